"""Interrupt fields: latching, enabling, aggregation, hierarchy (SystemRDL 2.0, 9.9)."""

from __future__ import annotations

import itertools

import pytest

from bedplate.model import RegisterFile
from bedplate.reg import Child, Field, Register, RegisterBlock, Value


class Lines:
    """Remembers what a register file tells of its interrupt outputs."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bool]] = []

    def interrupt_changed(self, register: str, active: bool) -> None:
        self.seen.append((register, active))


def file_of(listener=None, **registers: tuple[Field, ...]) -> RegisterFile:
    children = []
    for i, (name, fields) in enumerate(registers.items()):
        value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields})
        children.append(Child(name, 4 * i, type(name, (Register,), {"Value": value})))
    block = type("Regs", (RegisterBlock,), {"CHILDREN": tuple(children), "SIZE": 4 * len(children)})
    return RegisterFile(block, listener)


def drive(file: RegisterFile, name: str, value: int) -> None:
    register, _, field = name.partition(".")
    slot = file.plan.block.slots[register]
    file.drive(slot, file.plan.block.plans[slot].fields[field], value)


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
        file = file_of(reg=(flag(width, intr=kind, stickybit=True),))
        stored = before = 0
        for step, value in enumerate(history):
            drive(file, "reg.flag", value)
            for bit in range(width):
                if oracle(kind, before >> bit & 1, value >> bit & 1):
                    stored |= 1 << bit
            assert file.words[0] == stored
            before = value
            if step % 2:
                clear = history[0] | 1
                file.write(0, clear)
                stored &= ~clear
                if kind == "level":
                    stored |= value
                assert file.words[0] == stored


def test_level_that_rises_in_the_cycle_of_a_clear_and_stays_is_not_lost():
    """Software has the precedence in that cycle, whatever the field held; in the next one the level is still there."""
    for old in (0, 1):
        file = file_of(reg=(flag(intr="level"),))
        file.words[0] = old
        file.coincide("reg.flag", 1)
        file.write(0, 1)
        assert file.words[0] == 1


def test_level_that_is_still_there_is_latched_again_at_once():
    """Software cannot clear a level interrupt whose cause persists."""
    file = file_of(reg=(flag(intr="level"),))
    drive(file, "reg.flag", 1)
    file.write(0, 1)
    assert file.read(0) == 1
    drive(file, "reg.flag", 0)
    assert file.read(0) == 1
    file.write(0, 1)
    assert file.read(0) == 0


def test_level_cleared_by_reading_is_seen_again():
    field = Field("flag", 0, 1, sw="r", hw="w", onread="rclr", props={"intr": "level"})
    file = file_of(reg=(field,))
    drive(file, "reg.flag", 1)
    assert [file.read(0), file.read(0)] == [1, 1]
    drive(file, "reg.flag", 0)
    assert [file.read(0), file.read(0)] == [1, 0]


def test_an_interrupt_field_latches_bits_unless_it_says_otherwise():
    """9.9.1: `stickybit` is the default of an interrupt field."""
    file = file_of(reg=(flag(4, intr="posedge"),))
    drive(file, "reg.flag", 0b0101)
    drive(file, "reg.flag", 0b1010)
    drive(file, "reg.flag", 0)
    assert file.words[0] == 0b1111


@pytest.mark.parametrize("props", [{"intr": "nonsticky"}, {"intr": "level", "stickybit": False}])
def test_nonsticky_follows_its_input(props):
    file = file_of(reg=(Field("flag", 0, 4, sw="r", hw="w", props=props),))
    for value in (3, 5, 0):
        drive(file, "reg.flag", value)
        assert file.read(0) == value


@pytest.mark.parametrize(("kind", "second"), [("level", 0b0110), ("posedge", 0b0110)])
def test_sticky_latches_the_whole_value_until_it_is_cleared(kind, second):
    file = file_of(reg=(Field("flag", 0, 4, hw="w", onwrite="wclr", props={"intr": kind, "sticky": True}),))
    drive(file, "reg.flag", 0b1001)
    drive(file, "reg.flag", 0b0110)
    assert file.words[0] == 0b1001
    file.write(0, 0)
    assert file.words[0] == (0b0110 if kind == "level" else 0)
    drive(file, "reg.flag", 0)
    file.write(0, 0)
    drive(file, "reg.flag", second)
    assert file.words[0] == second


def test_stickybit_without_interrupt():
    file = file_of(reg=(flag(2, stickybit=True),))
    drive(file, "reg.flag", 2)
    drive(file, "reg.flag", 1)
    assert file.words[0] == 3
    assert not file.active(0)


@pytest.mark.parametrize("guard", ["", "enable", "mask", "haltenable", "haltmask"])
@pytest.mark.parametrize("bits", range(4))
@pytest.mark.parametrize("latched", range(4))
def test_enables_and_masks_decide_about_outputs_only(guard, bits, latched):
    """What is latched is latched all the same. `halt` exists only where the description speaks of it."""
    props = {guard: "en.bits"} if guard else {}
    file = file_of(reg=(flag(2, intr="posedge", **props),), en=(Field("bits", 0, 2),))
    drive(file, "reg.flag", latched)
    file.write(4, bits)
    assert file.words[0] == latched
    intr = {"enable": latched & bits, "mask": latched & ~bits}.get(guard, latched)
    halt = {"haltenable": latched & bits, "haltmask": latched & ~bits}.get(guard, 0)
    assert file.active(0, "intr") == bool(intr)
    assert file.active(0, "halt") == bool(halt)


def test_output_is_told_when_it_changes_and_only_then():
    lines = Lines()
    one, two = (
        flag(intr="posedge", enable="en.one"),
        Field("two", 1, 1, hw="w", onwrite="woclr", props={"intr": "posedge"}),
    )
    file = file_of(lines, reg=(one, two), en=(Field("one", 0, 1),))
    drive(file, "reg.flag", 1)
    assert lines.seen == []
    file.write(4, 1)
    drive(file, "reg.two", 1)
    file.write(0, 1)
    assert lines.seen == [("reg", True)]
    file.write(0, 2)
    assert lines.seen == [("reg", True), ("reg", False)]
    drive(file, "reg.flag", 0)
    drive(file, "reg.flag", 1)
    file.reset()
    assert lines.seen[2:] == [("reg", True), ("reg", False)]


def test_hierarchy_of_interrupts():
    """Leaf, group and top: each level refers to the `intr` output of the one below, with an enable of its own."""
    lines = Lines()
    group = Field("leaf", 0, 1, sw="r", hw="w", props={"intr": "nonsticky", "next": "leaf->intr", "enable": "en.leaf"})
    top = Field("group", 0, 1, sw="r", hw="w", props={"intr": "nonsticky", "next": "group->intr"})
    file = file_of(lines, leaf=(flag(3, intr="posedge"),), group=(group,), top=(top,), en=(Field("leaf", 0, 1),))
    drive(file, "leaf.flag", 0b100)
    assert [file.read(4), file.read(8)] == [1, 0]
    file.write(12, 1)
    assert [file.read(4), file.read(8)] == [1, 1]
    assert sorted(lines.seen) == [("group", True), ("leaf", True), ("top", True)]
    file.write(0, 0b100)
    assert [file.read(0), file.read(4), file.read(8)] == [0, 0, 0]


def test_hierarchy_of_halts():
    up = Field("up", 0, 1, sw="r", hw="w", props={"next": "leaf->halt"})
    file = file_of(leaf=(flag(intr="posedge", haltmask="en.mask"),), top=(up,), en=(Field("mask", 0, 1, reset=1),))
    drive(file, "leaf.flag", 1)
    assert file.read(4) == 0
    file.write(8, 0)
    assert file.read(4) == 1


def test_one_enable_for_all_bits():
    file = file_of(reg=(flag(4, intr="posedge", enable="en.all"),), en=(Field("all", 0, 1),))
    drive(file, "reg.flag", 0b1000)
    assert not file.active(0)
    file.write(4, 1)
    assert file.active(0)


def test_enable_by_signal():
    file = file_of(reg=(flag(intr="posedge", enable="signal:unmask"),))
    drive(file, "reg.flag", 1)
    assert not file.active(0)
    file.signal("unmask", 1)
    assert file.active(0)


def test_narrow_clear_leaves_other_lanes_latched():
    file = file_of(reg=(flag(16, intr="posedge"),))
    drive(file, "reg.flag", 0xFFFF)
    file.write(1, 0x0F, 1)
    assert file.words[0] == 0xF0FF
