"""What is killed: a boot, the way out of service and back, and the recovery of every IP type from every fault of its model."""

from __future__ import annotations

from typing import NamedTuple

from bedplate.block import OFF, SERVICE, Wait
from bedplate.bus import Backdoor, Bus, MemoryBus, us
from bedplate.component import component_of, make_model
from bedplate.converge import Chip
from bedplate.env import chip_type
from bedplate.errors import AccessError, EnvError, UnknownName
from bedplate.model import ChipModel, FaultKind, Model, parse_plant
from bedplate.model.faults import EVERYWHERE
from bedplate.reg import normal
from bedplate.topology import Instance

BOOT, DOWN, AGAIN = "boot", "down", "again"
"""From power-on into service; from service out of it; and from there into service again."""
RESET = "block_reset"
BY_NAME = (BOOT, DOWN, AGAIN)


class Flow(NamedTuple):
    """A way from some state of the chip to its goal. `name` is one of BY_NAME, or the fault: `die0.pll.sys:lock_lost`."""

    name: str

    @property
    def fault_of(self) -> str:
        """The instance that has the fault; empty for a flow by name."""
        return self.name.partition(":")[0] if self.name not in BY_NAME else ""

    @property
    def goal(self) -> str:
        """Where it leads."""
        return OFF if self.name == DOWN else SERVICE

    def prepare(self, chip: type[Chip]) -> ChipModel:
        """The chip at the start of the flow.

        For a fault: booted, then the fault is planted, to trigger once, and the block resets behind the HAL's back, so that
        it has to be brought up again with the fault there.
        """
        model = make_model(chip)
        self.begin(model, chip)
        return model

    def begin(self, bus: Bus, chip: type[Chip]) -> None:
        """Bring a chip at power-on, on its raw bus, to the start of the flow. Raises EnvError where it has no backdoor."""
        if self.name != BOOT:
            chip(bus).converge()
        if self.name == AGAIN:
            chip(bus).converge(goal=OFF)
        if self.name not in BY_NAME:
            self.trigger(bus, chip)

    def trigger(self, bus: Bus, chip: type[Chip]) -> None:
        """Plant the fault in a booted chip, through the backdoor of its raw bus. Raises EnvError where there is none."""
        if not isinstance(bus, Backdoor):
            raise EnvError("this target cannot plant faults", where=self.name, wanted="a raw bus with a backdoor")
        instance, fault, *_ = parse_plant(self.name)
        kind = self._kind(chip, instance, fault)
        if fault != RESET:
            bus.plant_text(self.name + ("" if kind.lasts else "*1"))
        if not kind.at_work:
            bus.plant_text(f"{instance}:{RESET}")
        bus.sleep(us(2))

    @staticmethod
    def _kind(chip: type[Chip], instance: str, fault: str) -> FaultKind:
        (block,) = (one for one in chip(MemoryBus(0)).all if one.name == instance)
        return component_of(type(block)).model.fault_kinds()[fault]


class Choice(NamedTuple):
    """The flows that a target can be put through, and why others are left out, by their names."""

    flows: list[Flow]
    left_out: dict[str, str]

    @property
    def names(self) -> list[str]:
        """The names of the flows."""
        return [one.name for one in self.flows]


def choice(chip: str, backdoor: bool = True) -> Choice:
    """All flows of a chip. Those with a fault are left out without a `backdoor`, or where a type has no model that says which it can have."""
    by_name = [Flow(name) for name in BY_NAME]
    kind = chip_type(chip)
    for block in kind(MemoryBus(0)).all:
        try:
            component_of(type(block))
        except UnknownName as missing:
            why = f"{type(block).__name__} has no model ({missing.where}), and models say which faults there are"
            return Choice(by_name, {"INSTANCE:FAULT": why})
    faults = _of_faults(kind)
    if not backdoor:
        return Choice(by_name, {one.name: "the target has no back door, by which faults are planted" for one in faults})
    return Choice(by_name + faults, {})


def _of_faults(chip: type[Chip]) -> list[Flow]:
    """A flow for each fault of each IP type, in one instance of it."""
    found: list[Flow] = []
    model = make_model(chip)
    for behaviour, instance in _one_of_each(model).items():
        for fault, kind in {**behaviour.faults, RESET: EVERYWHERE[RESET]}.items():
            found.append(Flow(kind.planting(instance, fault, model[instance])))
    slowest = _slowest(chip(MemoryBus(0)))
    return [*found, *(Flow(EVERYWHERE["slow"].planting(name, "slow", model[name])) for name in slowest)]


def _slowest(drawing: Chip) -> list[str]:
    """The instance whose hardware takes longest by itself, the last one of several: no end of a pair, for which the other end waits.

    None on a chip of pairs alone.
    """

    def longest(block: Instance) -> int:
        return max((way.typical for way in type(block).ways if isinstance(way, Wait)), default=0)

    alone = [one.name for one in sorted(drawing.order, key=longest) if drawing.partner_of(one) is None]
    return alone[-1:]


def names(chip: str) -> list[str]:
    """The names of all flows of a chip of models."""
    return choice(chip).names


def flow(name: str, chip: str) -> Flow:
    """The flow of that name; any fault of any instance makes one, with the value that proofs plant where none is said. Raises UnknownName and AccessError."""
    if name in BY_NAME:
        return Flow(name)
    if ":" not in name:
        example = "".join(f", such as {one}" for one in names(chip)[len(BY_NAME) :][:1])
        known = f"{', '.join(BY_NAME)}, or INSTANCE:FAULT{example}"
        raise AccessError(f"unknown flow '{name}'", wanted=known, next="`bedplate info INSTANCE` lists its faults")
    instance, fault, params = parse_plant(name := normal(name))
    whole = make_model(chip_type(chip))
    model = whole[instance]
    kind = model.kind_of(fault)
    if params["value"] is not None:
        whole.require_said(name)
        return Flow(name)
    return Flow(kind.planting(instance, fault, model))


def _one_of_each(model: ChipModel) -> dict[type[Model], str]:
    """An instance of each behaviour: the last one, which is furthest from the roots of all needs."""
    return {type(model[name]): name for name in model}
