"""A small chip for the tests of the chip model: a supply, and users of what it gives."""

from __future__ import annotations

import pytest

from bedplate.bus import us
from bedplate.errors import (
    BusFault,
)
from bedplate.model import (
    ChipModel,
    FabricNeed,
    Model,
    Placed,
    SoftwareAccess,
    after_pulse,
    after_write,
    fault_kinds,
)
from bedplate.reg import Child, Effect, Field, Register, RegisterBlock, Value


def register(name: str, *fields: Field, **members: object) -> type[Register]:
    value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields})
    return type(name, (Register,), {"Value": value, **members})


Enable = register("enable", Field("on", 0, 4))
Status = register(
    "status",
    Field("ready", 0, 1, sw="r", hw="w"),
    Field("event", 1, 1, hw="w", onwrite="woclr", props={"intr": "posedge"}),
)
Scratch = register("scratch", Field("value", 0, 32))
Fuse = register("fuse", Field("burn", 0, 1, singlepulse=True), EFFECT=Effect.PERMANENT)


class SupplyRegs(RegisterBlock):
    """Four outputs, each with its enable bit: a power, clock or reset manager."""

    CHILDREN = (Child("enable", 0, Enable), Child("scratch", 4, Scratch))
    SIZE = 0x10


class Supply(Model):
    regs = SupplyRegs

    @after_write("enable")
    def switched(self) -> None:
        self.outputs_changed()

    def provides(self, port: str) -> bool:
        return bool(self.hw.enable.on >> int(port) & 1)


class UserRegs(RegisterBlock):
    CHILDREN = (
        Child("enable", 0, Enable),
        Child("status", 4, Status),
        Child("scratch", 8, Scratch),
        Child("fuse", 12, Fuse),
    )
    SIZE = 0x10


class User(Model):
    regs = UserRegs
    faults = fault_kinds("stuck_busy")
    log: list[str]

    def after_reset(self) -> None:
        self.starts = getattr(self, "starts", 0) + 1
        self.after(us(2), self.ready)

    def ready(self) -> None:
        self.hw.status.ready = True
        self.strobe("status.event")
        self.outputs_changed()

    def provides(self, port: str) -> bool:
        return bool(self.hw.status.ready)

    def inputs_changed(self) -> None:
        self.inputs = getattr(self, "inputs", 0) + 1

    @after_pulse("fuse.burn")
    def burn(self, access: SoftwareAccess) -> None:
        self.burnt = True

    def fabric_error(self, error) -> None:
        self.errors = [*getattr(self, "errors", []), error.instance]

    def tenant(self, active: bool) -> None:
        self.rented = active

    @after_write("enable")
    def drawing(self, access: SoftwareAccess) -> None:
        if access.changed("on") and self.hw.enable.on:
            self.begins_to_draw("water")

    def draws(self, budget: str) -> bool:
        return budget == "water" and bool(self.hw.enable.on)


PWR, CLK, RST, A, B, C = 0x0000, 0x1000, 0x2000, 0x3000, 0x3010, 0x8000
ENABLE, STATUS, SCRATCH, FUSE = 0, 4, 8, 12


def small(kind: type[ChipModel] = ChipModel) -> ChipModel:
    """a needs power 0, clock 0 and reset 0; b needs a's output as its clock and power 1; c only listens."""
    return kind(
        [
            Placed("pwr", PWR, Supply()),
            Placed("clk", CLK, Supply()),
            Placed("rst", RST, Supply()),
            Placed(
                "a",
                A,
                User(),
                [FabricNeed("power", "pwr", "0"), FabricNeed("clock", "clk", "0"), FabricNeed("reset", "rst", "0")],
            ),
            Placed("b", B, User(), [("power", "pwr", "1"), ("clock", "a", "out"), ("path", "c", "x")]),
            Placed("c", C, User(), [("source", "a", "out")]),
        ]
    )


@pytest.fixture
def chip():
    return small()


def bring_up(chip: ChipModel) -> None:
    chip.write(PWR, 3)
    chip.write(CLK, 1)
    chip.write(RST, 1)
    chip.sleep(us(5))


def refused(chip: ChipModel, address: int) -> str:
    """Why an access is refused, by its log entry; every refusal costs the fabric's timeout."""
    start = chip.now()
    with pytest.raises(BusFault) as fault:
        chip.read(address)
    assert chip.now() - start == chip.timeout
    error = chip.fabric_log[-1]
    assert error.address == address
    assert error.kind in str(fault.value)
    assert fault.value.where == (error.instance or f"0x{address:08x}")
    return error.kind
