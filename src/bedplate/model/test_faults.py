"""Planted faults: the text form, counting, and names that are checked."""

from __future__ import annotations

import pytest

from bedplate.bus import us
from bedplate.errors import AccessError, UnknownName
from bedplate.model import ChipModel, Fault, FaultKind, Model, Placed, fault_kinds, parse_plant
from bedplate.reg import Child, Field, Register, RegisterBlock, Value


class BusyValue(Value):
    NAME = "busy"
    FIELDS = (Field("busy", 0, 1, sw="r", hw="w", reset=1),)


class Busy(Register):
    Value = BusyValue


class Regs(RegisterBlock):
    CHILDREN = (Child("busy", 0, Busy),)
    SIZE = 4


class Block(Model):
    regs = Regs
    faults = fault_kinds(
        "stuck_busy",
        "train_fail",
        "lock_lost",
        drunk="says the opposite",
        stuck_line=FaultKind("a line never comes out of reset, =name", fits=lambda model: ("noc", "hbm")),
    )
    channels = 4
    starts = 0
    told = ""

    def fault_planted(self, fault: Fault) -> None:
        self.told = repr(fault)

    def after_reset(self) -> None:
        self.starts += 1
        self.after(us(1), self.done)

    def done(self) -> None:
        self.hw.busy.busy = False


@pytest.mark.parametrize(
    ("text", "instance", "fault", "value", "times"),
    [
        ("die0.pll.sys:no_lock*1", "die0.pll.sys", "no_lock", None, 1),
        ("die0.pll.sys:no_lock", "die0.pll.sys", "no_lock", None, None),
        ("die0.pll.sys:slow=4", "die0.pll.sys", "slow", 4, None),
        ("die0.pll.sys:slow=2.5", "die0.pll.sys", "slow", 2.5, None),
        ("die1.hbm[0].phy:train_fail=3", "die1.hbm[0].phy", "train_fail", 3, None),
        ("die1.hbm0.phy:train_fail=0x10*2", "die1.hbm0.phy", "train_fail", 16, 2),
        ("a:lock_lost=15us", "a", "lock_lost", 15_000, None),
        ("a:lock_lost=1.5ms*3", "a", "lock_lost", 1_500_000, 3),
        ("a:mode=fast", "a", "mode", "fast", None),
    ],
)
def test_text_form(text, instance, fault, value, times):
    assert parse_plant(text) == (instance, fault, {"value": value, "times": times})


@pytest.mark.parametrize(
    "text", ["", "pll", "pll:", ":no_lock", "pll:no_lock*", "pll:no_lock*0", "pll:no lock", "a:b:c"]
)
def test_text_that_says_nothing(text):
    with pytest.raises(AccessError) as error:
        parse_plant(text)
    assert "no_lock*1" in error.value.next


def test_a_fault_is_used_up_or_lasts():
    model = Block()
    model.plant("stuck_busy", times=2)
    assert model.peek_fault("stuck_busy")
    assert [bool(model.fault("stuck_busy")) for _ in range(4)] == [True, True, False, False]
    model.plant("drunk")
    assert all(model.fault("drunk") for _ in range(10))


def test_a_fault_remembers_whether_the_block_met_it():
    model = Block()
    for name in ("stuck_busy", "drunk", "hung"):
        model.plant(name)
    stuck, drunk, hung = model.planted
    slow = model.plant("slow", 2)
    model.kind_of("hung")
    assert (stuck.obeyed, drunk.obeyed, hung.obeyed, slow.obeyed) == (False, False, False, True)
    model.fault("stuck_busy")
    model.peek_fault("drunk")
    assert (stuck.obeyed, drunk.obeyed, hung.obeyed) == (True, True, False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("train_fail=4", "one of 0 to 3"),
        ("train_fail=2.5", "one of 0 to 3"),
        ("train_fail=two", "one of 0 to 3"),
        ("stuck_line=nok", "one of noc, hbm"),
        ("stuck_line=1", "one of noc, hbm"),
        ("drunk=1", "no value"),
        ("lock_lost=1.5", "a time: =15us"),
        ("lock_lost=soon", "a time: =15us"),
        ("block_reset=soon", "a time: =15us"),
        ("slow", "a factor above 0: =4"),
        ("slow=0", "a factor above 0: =4"),
        ("slow=very", "a factor above 0: =4"),
    ],
)
def test_a_value_that_the_fault_cannot_have_is_refused_where_it_is_planted(text, wanted):
    chip = ChipModel([Placed("block", 0, Block())])
    with pytest.raises(AccessError) as error:
        chip.plant_text(f"block:{text}")
    assert (error.value.wanted, error.value.where) == (wanted, "block")
    assert not chip["block"].planted
    chip.sleep(us(2))
    assert chip["block"].starts == 1


def test_a_fault_carries_its_value_and_parameters():
    model = Block()
    model.plant("train_fail", 3, times=1, step=7)
    fault = model.fault("train_fail")
    assert (fault.value, fault.params) == (3, {"step": 7})
    assert model.told == "train_fail=3*1", "at once, before it was used up"


@pytest.mark.parametrize("text", [f"a:slow={'9' * 400}s", f"a:slow*{'9' * 5000}"])
def test_numbers_without_end_are_no_faults(text):
    with pytest.raises(AccessError, match="cannot understand the fault"):
        parse_plant(text)


def test_unknown_faults_are_refused_where_they_are_planted_and_where_they_are_asked_for():
    model = Block()
    with pytest.raises(UnknownName) as error:
        model.plant("stuck_bussy")
    assert "stuck_busy" in error.value.next
    with pytest.raises(UnknownName):
        model.plant("no_lock")
    with pytest.raises(UnknownName):
        model.fault("no_lock")
    with pytest.raises(UnknownName) as error:
        fault_kinds("no_luck")
    assert error.value.where.startswith("model/test_faults.py:")


def test_slow_stretches_what_begins_after_it():
    chip = ChipModel([Placed("block", 0, Block())])
    chip.plant_text("block:slow=4")
    chip["block"].reset("test")
    chip.sleep(us(3.5))
    assert chip.read(0) == 1
    chip.sleep(us(0.5))
    assert chip.read(0) == 0
    with pytest.raises(AccessError, match="factor"):
        chip.plant_text("block:slow")


def test_block_reset_comes_by_itself():
    chip = ChipModel([Placed("block", 0, Block())])
    chip.sleep(us(2))
    chip.plant_text("block:block_reset=5us")
    assert chip.read(0) == 0
    chip.sleep(us(5))
    assert chip["block"].reset_cause == "block_reset"
    assert chip.read(0) == 1
    assert chip["block"].starts == 2
    chip.sleep(us(2))
    assert chip.read(0) == 0


def test_block_reset_at_once_and_its_delay_is_a_time():
    chip = ChipModel([Placed("block", 0, Block())])
    chip.sleep(us(2))
    chip.plant("block", "block_reset")
    assert chip.read(0) == 1
    with pytest.raises(AccessError, match="delay"):
        chip.plant("block", "block_reset", "soon")


def test_hung_is_planted_before_or_after_the_block_is_placed():
    model = Block()
    model.plant("hung")
    chip = ChipModel([Placed("block", 0, model)])
    assert chip.blocked("block") == "hung"
