"""Interrupt fields: latching, enabling, aggregation, hierarchy (SystemRDL 2.0, 9.9)."""

from __future__ import annotations

import itertools

import pytest

from bedplate.model import RegisterModel
from bedplate.reg import Child, Field, Register, RegisterBlock, Value


class Lines:
    """Remembers what a register model tells of its interrupt outputs."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bool]] = []

    def interrupt_changed(self, register: str, active: bool) -> None:
        self.seen.append((register, active))


def model_of(listener=None, **registers: tuple[Field, ...]) -> RegisterModel:
    children = []
    for i, (name, fields) in enumerate(registers.items()):
        value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields})
        children.append(Child(name, 4 * i, type(name, (Register,), {"Value": value})))
    block = type("Regs", (RegisterBlock,), {"CHILDREN": tuple(children), "SIZE": 4 * len(children)})
    return RegisterModel(block, listener)


def drive(registers: RegisterModel, name: str, value: int) -> None:
    register, _, field = name.partition(".")
    slot = registers.plan.block.slots[register]
    registers.drive(slot, registers.plan.block.plans[slot].fields[field], value)


def flag(width: int = 1, **props: object) -> Field:
    return Field("flag", 0, width, sw="rw", hw="w", onwrite="woclr", props=props)


def oracle(kind: str, before: int, now: int) -> int:
    """Does this input bit trigger?"""
    return {
        "level": now,
        "posedge": now and not before,
        "negedge": before and not now,
        "bothedge": before != now,
    }[kind]


@pytest.mark.parametrize("kind", ["level", "posedge", "negedge", "bothedge"])
@pytest.mark.parametrize("width", [1, 2])
def test_stickybit_latches_each_bit_for_itself(kind, width):
    """Over all short histories: input, perhaps a clear, input, perhaps a clear, and so on."""
    full = 1 << width
    for history in itertools.product(range(full), range(full), range(full), range(full)):
        registers = model_of(reg=(flag(width, intr=kind, stickybit=True),))
        stored = before = 0
        for step, value in enumerate(history):
            drive(registers, "reg.flag", value)
            for bit in range(width):
                if oracle(kind, before >> bit & 1, value >> bit & 1):
                    stored |= 1 << bit
            assert registers.words[0] == stored
            before = value
            if step % 2:
                clear = history[0] | 1
                registers.write(0, clear)
                stored &= ~clear
                if kind == "level":
                    stored |= value
                assert registers.words[0] == stored


def test_level_that_rises_in_the_cycle_of_a_clear_and_stays_is_not_lost():
    """Software has the precedence in that cycle, whatever the field held; in the next one the level is still there."""
    for old in (0, 1):
        registers = model_of(reg=(flag(intr="level"),))
        registers.words[0] = old
        registers.coincide("reg.flag", 1)
        registers.write(0, 1)
        assert registers.words[0] == 1


def test_level_that_is_still_there_is_latched_again_at_once():
    """Software cannot clear a level interrupt whose cause persists."""
    registers = model_of(reg=(flag(intr="level"),))
    drive(registers, "reg.flag", 1)
    registers.write(0, 1)
    assert registers.read(0) == 1
    drive(registers, "reg.flag", 0)
    assert registers.read(0) == 1
    registers.write(0, 1)
    assert registers.read(0) == 0


def test_level_cleared_by_reading_is_seen_again():
    field = Field("flag", 0, 1, sw="r", hw="w", onread="rclr", props={"intr": "level"})
    registers = model_of(reg=(field,))
    drive(registers, "reg.flag", 1)
    assert [registers.read(0), registers.read(0)] == [1, 1]
    drive(registers, "reg.flag", 0)
    assert [registers.read(0), registers.read(0)] == [1, 0]


def test_an_interrupt_field_latches_bits_unless_it_says_otherwise():
    """9.9.1: `stickybit` is the default of an interrupt field."""
    registers = model_of(reg=(flag(4, intr="posedge"),))
    drive(registers, "reg.flag", 0b0101)
    drive(registers, "reg.flag", 0b1010)
    drive(registers, "reg.flag", 0)
    assert registers.words[0] == 0b1111


@pytest.mark.parametrize("props", [{"intr": "nonsticky"}, {"intr": "level", "stickybit": False}])
def test_nonsticky_follows_its_input(props):
    registers = model_of(reg=(Field("flag", 0, 4, sw="r", hw="w", props=props),))
    for value in (3, 5, 0):
        drive(registers, "reg.flag", value)
        assert registers.read(0) == value


@pytest.mark.parametrize(("kind", "second"), [("level", 0b0110), ("posedge", 0b0110)])
def test_sticky_latches_the_whole_value_until_it_is_cleared(kind, second):
    registers = model_of(reg=(Field("flag", 0, 4, hw="w", onwrite="wclr", props={"intr": kind, "sticky": True}),))
    drive(registers, "reg.flag", 0b1001)
    drive(registers, "reg.flag", 0b0110)
    assert registers.words[0] == 0b1001
    registers.write(0, 0)
    assert registers.words[0] == (0b0110 if kind == "level" else 0)
    drive(registers, "reg.flag", 0)
    registers.write(0, 0)
    drive(registers, "reg.flag", second)
    assert registers.words[0] == second


def test_stickybit_without_interrupt():
    registers = model_of(reg=(flag(2, stickybit=True),))
    drive(registers, "reg.flag", 2)
    drive(registers, "reg.flag", 1)
    assert registers.words[0] == 3
    assert not registers.active(0)


@pytest.mark.parametrize("guard", ["", "enable", "mask", "haltenable", "haltmask"])
@pytest.mark.parametrize("bits", range(4))
@pytest.mark.parametrize("latched", range(4))
def test_enables_and_masks_decide_about_outputs_only(guard, bits, latched):
    """What is latched is latched all the same. `halt` exists only where the description speaks of it."""
    props = {guard: "en.bits"} if guard else {}
    registers = model_of(reg=(flag(2, intr="posedge", **props),), en=(Field("bits", 0, 2),))
    drive(registers, "reg.flag", latched)
    registers.write(4, bits)
    assert registers.words[0] == latched
    intr = {"enable": latched & bits, "mask": latched & ~bits}.get(guard, latched)
    halt = {"haltenable": latched & bits, "haltmask": latched & ~bits}.get(guard, 0)
    assert registers.active(0, "intr") == bool(intr)
    assert registers.active(0, "halt") == bool(halt)


def test_output_is_told_when_it_changes_and_only_then():
    lines = Lines()
    one, two = (
        flag(intr="posedge", enable="en.one"),
        Field("two", 1, 1, hw="w", onwrite="woclr", props={"intr": "posedge"}),
    )
    registers = model_of(lines, reg=(one, two), en=(Field("one", 0, 1),))
    drive(registers, "reg.flag", 1)
    assert lines.seen == []
    registers.write(4, 1)
    drive(registers, "reg.two", 1)
    registers.write(0, 1)
    assert lines.seen == [("reg", True)]
    registers.write(0, 2)
    assert lines.seen == [("reg", True), ("reg", False)]
    drive(registers, "reg.flag", 0)
    drive(registers, "reg.flag", 1)
    registers.reset()
    assert lines.seen[2:] == [("reg", True), ("reg", False)]


def test_hierarchy_of_interrupts():
    """Leaf, group and top: each level refers to the `intr` output of the one below, with an enable of its own."""
    lines = Lines()
    group = Field("leaf", 0, 1, sw="r", hw="w", props={"intr": "nonsticky", "next": "leaf->intr", "enable": "en.leaf"})
    top = Field("group", 0, 1, sw="r", hw="w", props={"intr": "nonsticky", "next": "group->intr"})
    registers = model_of(lines, leaf=(flag(3, intr="posedge"),), group=(group,), top=(top,), en=(Field("leaf", 0, 1),))
    drive(registers, "leaf.flag", 0b100)
    assert [registers.read(4), registers.read(8)] == [1, 0]
    registers.write(12, 1)
    assert [registers.read(4), registers.read(8)] == [1, 1]
    assert sorted(lines.seen) == [("group", True), ("leaf", True), ("top", True)]
    registers.write(0, 0b100)
    assert [registers.read(0), registers.read(4), registers.read(8)] == [0, 0, 0]


def test_hierarchy_of_halts():
    up = Field("up", 0, 1, sw="r", hw="w", props={"next": "leaf->halt"})
    registers = model_of(
        leaf=(flag(intr="posedge", haltmask="en.mask"),), top=(up,), en=(Field("mask", 0, 1, reset=1),)
    )
    drive(registers, "leaf.flag", 1)
    assert registers.read(4) == 0
    registers.write(8, 0)
    assert registers.read(4) == 1


def test_one_enable_for_all_bits():
    registers = model_of(reg=(flag(4, intr="posedge", enable="en.all"),), en=(Field("all", 0, 1),))
    drive(registers, "reg.flag", 0b1000)
    assert not registers.active(0)
    registers.write(4, 1)
    assert registers.active(0)


def test_enable_by_signal():
    registers = model_of(reg=(flag(intr="posedge", enable="signal:unmask"),))
    drive(registers, "reg.flag", 1)
    assert not registers.active(0)
    registers.signal("unmask", 1)
    assert registers.active(0)


def test_narrow_clear_leaves_other_lanes_latched():
    registers = model_of(reg=(flag(16, intr="posedge"),))
    drive(registers, "reg.flag", 0xFFFF)
    registers.write(1, 0x0F, 1)
    assert registers.words[0] == 0xF0FF
