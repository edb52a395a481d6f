"""What a behaviour can rely on: hooks, delays, resets, violations, state."""

from __future__ import annotations

import pytest

from bedplate.bus import us
from bedplate.errors import AccessError, ConfigError, NotWritable, OutOfRange, UnknownName
from bedplate.model import (
    ChipModel,
    Model,
    Placed,
    SoftwareAccess,
    act,
    after_pulse,
    after_read,
    after_write,
    before_read,
)
from bedplate.reg import Child, Field, Memory, Register, RegisterBlock, Value


def register(name: str, *fields: Field, **members: object) -> type[Register]:
    value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields})
    return type(name, (Register,), {"Value": value, **members})


Ctrl = register("ctrl", Field("power_down", 0, 1, reset=1), Field("mode", 4, 4), Field("start", 8, 2, singlepulse=True))
Status = register(
    "status",
    Field("lock", 0, 1, sw="r", hw="w"),
    Field("lost", 1, 1, hw="w", onwrite="woclr", props={"intr": "posedge"}),
)
Post = register("post", Field("div", 0, 8, hw="rw"))
Fifo = register("fifo", Field("data", 0, 8, sw="r", hw="w", onread="ruser"))
Timer = register("timer", Field("ticks", 0, 32, sw="r", hw="w"))
Keep = register(
    "keep", Field("por", 0, 8, props={"resetsignal": "signal:por_n"}), Field("named", 8, 8), Field("lost", 16, 8)
)
Stats = register(
    "stats", Field("errors", 0, 8, hw="r", props={"counter": True, "incrsaturate": True, "incrvalue": 100})
)
Wide = register("wide", Field("value", 0, 64), WIDTH=64)


class Buffer(Memory):
    ENTRIES = 16


class Spare(Memory):
    ENTRIES = 4


class Lane(RegisterBlock):
    CHILDREN = (Child("tune", 0, Post), Child("post", 4, Post, (2,), 4))
    SIZE = 12
    IS_FILE = True


class PllRegs(RegisterBlock):
    CHILDREN = (
        Child("ctrl", 0x00, Ctrl),
        Child("status", 0x04, Status),
        Child("fifo", 0x08, Fifo),
        Child("timer", 0x0C, Timer),
        Child("post", 0x10, Post, (4,), 4),
        Child("keep", 0x20, Keep),
        Child("stats", 0x24, Stats),
        Child("wide", 0x28, Wide),
        Child("lane", 0x40, Lane, (2,), 0x10),
        Child("spare", 0x70, Spare),
        Child("buffer", 0x80, Buffer),
        Child("grid", 0xC0, Post, (2, 3), 4),
    )
    SIZE = 0x100


class PllModel(Model):
    regs = PllRegs
    lock_time = us(15)
    survives = frozenset({"keep.named"})
    free = frozenset({"timer", "lane.post.div"})

    def after_reset(self) -> None:
        self.log: list[object] = []
        self.queue = [1, 2, 3]

    @after_write("ctrl")
    def control(self) -> None:
        self.log.append("control")
        if not self.hw.ctrl.power_down:
            self.after(self.lock_time, self.lock)

    def lock(self) -> None:
        self.hw.status.lock = True

    @after_pulse("ctrl.start")
    def start(self, access: SoftwareAccess) -> None:
        self.log.append(("start", access.field("start")))

    @after_write("post", "lane.post", "wide", "buffer")
    def divided(self, access: SoftwareAccess) -> None:
        self.log.append((access.name, int(access.old), int(access.new), int(access.data)))

    @before_read("fifo")
    def offer(self) -> None:
        self.hw.fifo.data = self.queue[0] if self.queue else 0

    @after_read("fifo")
    def consume(self, access: SoftwareAccess) -> None:
        self.log.append(int(access.data))
        del self.queue[:1]

    @before_read("timer")
    def tick(self) -> None:
        self.hw.timer.ticks = self.now // 1000


@pytest.fixture
def chip():
    return ChipModel([Placed("pll", 0, PllModel())])


@pytest.fixture
def pll(chip):
    return chip["pll"]


def test_a_write_has_consequences_after_a_while(chip):
    chip.write(0, 0)
    chip.sleep(us(15) - 101)
    assert chip.read(4) == 0
    assert chip.read(4) == 1


def test_hooks_are_called_for_every_write_even_if_nothing_changes(chip, pll):
    chip.write(0, 1)
    chip.write(0, 1)
    chip.write(0, 1, 1)
    assert pll.log == ["control"] * 3


def test_a_pulse_is_told_once_before_the_write_and_only_if_it_is_one(chip, pll):
    chip.write(0, 0x301)
    chip.write(0, 0x001)
    chip.write(0, 0x01, 1)
    assert pll.log == [("start", 3), "control", "control", "control"]
    assert chip.read(0) == 1


def test_hooks_learn_old_and_new_and_which_element(chip, pll):
    chip.write(0x18, 5)
    chip.write(0x18, 7)
    chip.write(0x58, 9)
    assert pll.log == [("post[2]", 0, 5, 5), ("post[2]", 5, 7, 7), ("lane[1].post[1]", 0, 9, 9)]
    access = SoftwareAccess("lane[1].post[3]", Ctrl.Value(0x10), Ctrl.Value(0x21), Ctrl.Value(0x21))
    assert (access.index, access.indexes) == (3, (1, 3))
    assert (access.changed("mode"), access.changed("start"), access.field("mode")) == (True, False, 2)
    assert SoftwareAccess("ctrl", Value(0), Value(0), Value(0)).index == 0


def test_a_wide_register_calls_once_per_access_word(chip, pll):
    chip.write_block(0x28, [1, 2])
    assert pll.log == [("wide", 0, 1, 1), ("wide", 1, 0x2_0000_0001, 0x2_0000_0000)]


def test_memory_writes_call_with_the_entry(chip, pll):
    chip.write(0x70, 1)
    chip.write(0x88, 0x1234)
    assert pll.log == [("buffer[2]", 0, 0x1234, 0x1234)]
    assert pll.hw.buffer[2] == 0x1234
    pll.hw.buffer[3] = 7
    assert (chip.read(0x8C), len(pll.hw.buffer)) == (7, 16)
    pll.hw.buffer[0] = 5
    assert (pll.hw.buffer[0], pll.hw.buffer[15]) == (5, 0)
    for entry in (16, -1):
        with pytest.raises(OutOfRange):
            pll.hw.buffer[entry] = 1
        with pytest.raises(OutOfRange):
            _ = pll.hw.buffer[entry]


def test_reads_that_consume(chip, pll):
    assert [chip.read(8) for _ in range(4)] == [1, 2, 3, 0]
    assert pll.log == [1, 2, 3, 0]


def test_live_values_are_worked_out_when_read(chip):
    chip.sleep(us(7))
    assert chip.read(0x0C) == 7
    chip.sleep(us(7))
    assert chip.read(0x0C) == 14


def test_the_hardware_side_by_name(pll):
    pll.hw.post[3].div = 9
    pll.hw.lane[1].tune.div = 8
    pll.hw.grid[1][2].div = 7
    assert pll.registers.state()["post[3]"] == 9
    assert pll.registers.state()["lane[1].tune"] == 8
    assert pll.registers.state()["grid[1][2]"] == 7
    assert pll.hw.post[3].div == 9
    assert int(pll.hw.ctrl) == 1


def test_names_that_are_not_there(pll):
    with pytest.raises(UnknownName, match="statsu") as error:
        _ = pll.hw.statsu
    assert "stats" in error.value.next
    with pytest.raises(UnknownName) as error:
        pll.hw.status.lokc = 1
    assert "lock" in error.value.next
    with pytest.raises(UnknownName):
        _ = pll.hw.status.lokc
    with pytest.raises(AttributeError, match="one of its fields"):
        pll.hw.status = 1
    with pytest.raises(NotWritable):
        pll.hw.ctrl.mode = 1
    with pytest.raises(OutOfRange):
        pll.hw.post[0].div = 256


@pytest.mark.parametrize("hook", [after_write, after_read, before_read, after_pulse])
@pytest.mark.parametrize("name", ["ctlr", "ctrl.strat"])
def test_hooks_with_wrong_names_fail_when_the_class_is_made(hook, name):
    with pytest.raises(ConfigError, match=r"unknown (register|field)") as caught:

        class Wrong(Model):
            regs = PllRegs

            @hook(name)
            def method(self) -> None: ...

    assert caught.value.where.startswith(f"@{hook.__name__} of Wrong.method, model/test_model.py:")
    assert "did you mean" in caught.value.next or "known: " in caught.value.next


def test_a_pulse_hook_on_another_field_fails_when_the_class_is_made():
    with pytest.raises(ConfigError, match="singlepulse"):

        class Wrong(Model):
            regs = PllRegs

            @after_pulse("ctrl.mode")
            def method(self) -> None: ...


@pytest.mark.parametrize("attribute", ["free", "survives"])
def test_field_lists_with_wrong_names_fail_when_the_class_is_made(attribute):
    with pytest.raises(ConfigError, match=f"`{attribute}` of Wrong.*: unknown field 'luck'"):
        type("Wrong", (Model,), {"regs": PllRegs, attribute: frozenset({"status.luck"})})


async def later(self):
    """Called, it makes a coroutine, and does nothing."""


@pytest.mark.parametrize("said", [{"after_reset": later}, {"provides": later}, {"control": later}])
def test_what_is_called_and_would_not_run_fails_when_the_class_is_made(said):
    with pytest.raises(ConfigError, match="does not run when it is called"):
        type("Wrong", (PllModel,), said)
    with pytest.raises(AccessError, match="`later` of the acts does not run when it is called"):
        act()(later)


@pytest.mark.parametrize(
    ("name", "meant"), [("fault", "faults"), ("channel", "channels"), ("after_resets", "after_reset")]
)
def test_a_name_that_is_nearly_a_declaration_fails_when_the_class_is_made(name, meant):
    with pytest.raises(ConfigError, match=f"`{name}` of Wrong declares nothing") as caught:
        type("Wrong", (PllModel,), {name: ()})
    assert caught.value.next == f"did you mean {meant}?"


def test_a_subclass_overrides_a_hook_without_decorating_it_again():
    class Quiet(PllModel):
        def control(self) -> None:
            self.log.append("quiet")

    chip = ChipModel([Placed("pll", 0, Quiet())])
    chip.write(0, 0)
    assert chip["pll"].log == ["quiet"]


def test_settings_of_one_instance():
    chip = ChipModel([Placed("fast", 0, PllModel(lock_time=us(1))), Placed("slow", 0x1000, PllModel())])
    chip.write(0, 0)
    chip.write(0x1000, 0)
    chip.sleep(us(2))
    assert [chip.read(4), chip.read(0x1004)] == [1, 0]
    with pytest.raises(UnknownName, match="lok_time"):
        PllModel(lok_time=1)


def test_after_takes_methods_of_the_model_only(pll):
    with pytest.raises(TypeError, match="snapshot"):
        pll.after(1, lambda: None)


def test_what_was_announced_can_be_cancelled(chip, pll):
    event = pll.after(us(1), pll.lock)
    pll.cancel(event)
    chip.sleep(us(2))
    assert chip.read(4) == 0


def test_reset_restores_cancels_and_starts_again(chip, pll):
    chip.write(0, 0x50)
    chip.write(0x20, 0x112233)
    pll.reset("software")
    assert pll.reset_cause == "software"
    assert chip.read(0) == 1
    assert chip.read(0x20) == 0x2233, "por_n and what `survives` names; the rest is reset"
    chip.sleep(us(100))
    assert chip.read(4) == 0, "the lock that was under way never came"
    assert pll.log == []


def test_power_loss_spares_nothing(chip, pll):
    chip.write(0x20, 0x112233)
    pll.power_lost()
    assert chip.read(0x20) == 0


def test_events_of_edge_sensitive_fields(chip, pll):
    pll.strobe("status.lost")
    chip.write(4, 2)
    assert chip.read(4) == 0
    pll.strobe("status.lost")
    assert chip.read(4) == 2
    assert pll.interrupt("status")
    chip.write(4, 2)
    assert not pll.interrupt("status")


def test_counting(chip, pll):
    pll.increment("stats.errors")
    pll.increment("stats.errors", 3)
    assert chip.read(0x24) == 103
    pll.decrement("stats.errors", 3)
    pll.increment("stats.errors")
    pll.increment("stats.errors")
    assert chip.read(0x24) == 255


def test_violations_are_remembered(chip, pll):
    chip.sleep(10)
    pll.violation("divider written while its output is in use")
    assert chip.violations() == [(10, "pll", "divider written while its output is in use")]


def test_state_leaves_out_what_is_free_to_differ(chip, pll):
    pll.hw.timer.ticks = 5
    chip.write(0x54, 7)
    chip.write(0x14, 8)
    state = pll.state()
    assert (state["timer"], state["lane[1].post[0]"], state["post[1]"]) == (0, 0, 8)
    assert chip.state()["pll.post[1]"] == 8


def test_a_stopped_clock_halts_what_is_under_way(chip, pll):
    chip.write(0, 0)
    chip.sleep(us(10))
    pll.clock_changed(False)
    chip.sleep(us(100))
    assert chip.read(4) == 0
    late = pll.after(us(1), pll.lock)
    pll.cancel(late)
    pll.clock_changed(True)
    chip.sleep(us(4))
    assert chip.read(4) == 0
    chip.sleep(us(1))
    assert chip.read(4) == 1


def test_a_reset_forgets_what_a_stopped_clock_held_back(chip, pll):
    chip.write(0, 0)
    pll.clock_changed(False)
    pll.reset("software")
    pll.clock_changed(True)
    chip.sleep(us(100))
    assert chip.read(4) == 0


def test_what_was_under_way_dies_with_the_power(chip, pll):
    chip.write(0, 0)
    pll.power_lost()
    chip.sleep(us(100))
    assert chip.read(4) == 0
