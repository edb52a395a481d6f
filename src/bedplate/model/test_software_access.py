"""Every access kind of software, against an oracle that looks at one bit at a time (SystemRDL 2.0, 9.6)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from bedplate.model import RegisterModel
from bedplate.reg import Child, Field, Register, RegisterBlock, Value
from bedplate.reg.effect import leaves_alone

SW = ("rw", "r", "w", "rw1", "w1", "na")
ONREAD = (None, "rclr", "rset", "ruser")
ONWRITE = (None, "woset", "woclr", "wot", "wzs", "wzc", "wzt", "wclr", "wset", "wuser")
GEOMETRY = ((3, 1), (8, 8), (5, 17))
"""One bit, exactly a byte lane, across three byte lanes."""
ACCESSES = ((0, 4), (0, 2), (2, 2), (0, 1), (1, 1), (2, 1))
DATA = (0x0000_0000, 0xFFFF_FFFF, 0x5A5A_A5A5, 0x1234_8A6C)


def model_of(*fields: Field) -> RegisterModel:
    value = type("RegValue", (Value,), {"NAME": "reg", "FIELDS": fields})
    register = type("Reg", (Register,), {"Value": value})
    return RegisterModel(type("Regs", (RegisterBlock,), {"CHILDREN": (Child("reg", 0, register),), "SIZE": 4}))


def bit_read(sw: str, stored: int) -> int:
    """What software sees of a stored bit."""
    return stored if sw in ("rw", "r", "rw1") else 0


def bit_after_read(sw: str, onread: str | None, stored: int) -> int:
    """`rclr` clears on read, `rset` sets on read, anything else leaves the bit alone."""
    if sw in ("rw", "r", "rw1"):
        if onread == "rclr":
            return 0
        if onread == "rset":
            return 1
    return stored


def bit_after_write(sw: str, onwrite: str | None, stored: int, wrote: int, *, lane: bool) -> int:
    """The bit after a write of `wrote` to the access word it lies in; `lane`: its own byte lane was enabled."""
    if sw not in ("rw", "w", "rw1", "w1"):
        return stored
    if onwrite == "wclr":
        return 0
    if onwrite == "wset":
        return 1
    if not lane or onwrite == "wuser":
        return stored
    if onwrite is None:
        return wrote
    acts = wrote if onwrite.startswith("wo") else 1 - wrote
    if not acts:
        return stored
    return {"s": 1, "c": 0, "t": 1 - stored}[onwrite[2]]


def word(bits: Iterable[int]) -> int:
    """A word from its bits, the least significant first."""
    return sum(bit << i for i, bit in enumerate(bits))


@pytest.mark.parametrize("sw", SW)
@pytest.mark.parametrize("onread", ONREAD)
@pytest.mark.parametrize("onwrite", ONWRITE)
def test_access_matrix(sw, onread, onwrite):
    """The field does as its kind says, bit by bit; its neighbours below and above are plain and keep to themselves."""
    for low, width in GEOMETRY:
        below, above = Field("below", 0, low), Field("above", low + width, 32 - low - width)
        field = Field("field", low, width, sw=sw, hw="rw", onread=onread, onwrite=onwrite)
        kinds = [(sw, onread, onwrite) if low <= i < low + width else ("rw", None, None) for i in range(32)]
        registers = model_of(below, field, above)
        for old, (offset, size) in itertools.product((0, 0xFFFF_FFFF, 0xA5C3_96F0), ACCESSES):
            lanes = range(8 * offset, 8 * (offset + size))

            registers.words[0] = old
            seen = word(bit_read(kinds[i][0], old >> i & 1) for i in range(32))
            assert registers.read(offset, size) == seen >> lanes.start & (1 << len(lanes)) - 1
            assert registers.words[0] == word(bit_after_read(kinds[i][0], kinds[i][1], old >> i & 1) for i in range(32))

            for data in DATA:
                registers.words[0] = old
                registers.spent.clear()
                registers.write(offset, data >> lanes.start & (1 << len(lanes)) - 1, size)
                assert registers.words[0] == word(
                    bit_after_write(kinds[i][0], kinds[i][2], old >> i & 1, data >> i & 1, lane=i in lanes)
                    for i in range(32)
                ), f"{kinds[low]} at {low}:{width}, old {old:x}, wrote {data:x} in {size} at {offset}"


def test_all_kinds_in_one_register_at_once():
    """One field a kind: a single write does to each what it would do alone."""
    fields = tuple(Field(f"f{i}", 3 * i, 3, hw="rw", onwrite=kind) for i, kind in enumerate(ONWRITE))
    registers = model_of(*fields)
    for old, data in itertools.product((0, 0x3FFF_FFFF, 0x2AAA_AAAA, 0x1555_5555), DATA):
        registers.words[0] = old
        registers.write(0, data)
        assert registers.words[0] == word(
            bit_after_write("rw", ONWRITE[i // 3], old >> i & 1, data >> i & 1, lane=True) for i in range(30)
        )


@pytest.mark.parametrize("sw", ["rw1", "w1"])
def test_write_once(sw):
    """The first write after a reset counts, later ones do not, and a reset makes room for one more."""
    registers = model_of(Field("key", 0, 8, sw=sw, hw="r"), Field("free", 8, 8))
    registers.write(0, 0x1122)
    registers.write(0, 0x3344)
    assert registers.words[0] == 0x3322
    registers.reset()
    registers.write(0, 0x5566)
    assert registers.words[0] == 0x5566


def test_write_once_is_spent_by_a_write_to_any_of_its_lanes():
    registers = model_of(Field("key", 0, 16, sw="rw1"))
    registers.write(0, 0x11, 1)
    registers.write(0, 0x4455)
    assert registers.words[0] == 0x11


def test_write_once_is_not_spent_by_a_write_beside_it():
    registers = model_of(Field("key", 0, 8, sw="rw1"), Field("other", 8, 8))
    registers.write(1, 0x11, 1)
    registers.write(0, 0x22)
    assert registers.words[0] == 0x22


@pytest.mark.parametrize(
    ("prop", "level", "opened"), [("swwe", 1, 1), ("swwe", 0, 0), ("swwel", 1, 0), ("swwel", 0, 1)]
)
@pytest.mark.parametrize(("onwrite", "free", "locked"), [(None, 0x0F, 0xF0), ("woclr", 0xF0, 0xF0), ("wclr", 0, 0xF0)])
def test_software_write_enable(prop, level, opened, onwrite, free, locked):
    """`swwe` opens the field while its reference is 1, `swwel` while it is 0; every kind of write is held back."""
    field = Field("field", 0, 8, onwrite=onwrite, props={prop: "reg.lock"})
    registers = model_of(field, Field("lock", 31, 1))
    registers.words[0] = level << 31 | 0xF0
    registers.write(0, 0x0F | level << 31)
    assert registers.words[0] & 0xFF == (free if opened else locked)


def test_software_write_enable_is_sampled_before_the_write():
    """A write that opens the lock and writes the field at once finds it closed."""
    registers = model_of(Field("field", 0, 8, props={"swwe": "reg.lock"}), Field("lock", 31, 1))
    registers.write(0, 0x8000_00AA)
    assert registers.words[0] == 0x8000_0000
    registers.write(0, 0x8000_00AA)
    assert registers.words[0] == 0x8000_00AA


@pytest.mark.parametrize(
    ("prop", "level", "opened"), [("swwe", 0, 0), ("swwe", 1, 1), ("swwel", 0, 1), ("swwel", 1, 0)]
)
def test_software_write_enable_from_an_input_signal(prop, level, opened):
    """`swwe = true` makes an input of its own, called register.field.swwe."""
    registers = model_of(Field("field", 0, 8, props={prop: True}))
    registers.signal(f"reg.field.{prop}", level)
    registers.write(0, 0x55)
    assert registers.words[0] == (0x55 if opened else 0)


def test_singlepulse_reads_zero():
    registers = model_of(Field("start", 0, 1, singlepulse=True), Field("other", 1, 1))
    registers.write(0, 3)
    assert registers.read(0) == 2


def test_fields_without_a_reset_value_are_remembered_as_unknown():
    registers = model_of(Field("known", 0, 8, reset=7), Field("unknown", 8, 8, reset=None))
    assert registers.words[0] == 7
    assert registers.unknown[0] == 0xFF00
    registers.write(1, 0x5A, 1)
    assert not registers.unknown[0]
    registers.reset()
    assert registers.words[0] == 0x5A07, "what has no reset value is not reset (5.9.1)"
    registers.reset(power=True)
    assert registers.unknown[0] == 0xFF00


def test_reset_value_by_reference():
    registers = model_of(Field("strap", 0, 4, reset=9), Field("mode", 4, 4, reset=None, props={"reset": "reg.strap"}))
    assert registers.words[0] == 0x99
    assert not registers.unknown


def test_reserved_bits_read_zero_and_ignore_writes():
    registers = model_of(Field("only", 4, 4))
    registers.write(0, 0xFFFF_FFFF)
    assert registers.read(0) == 0xF0


def test_field_numbered_from_the_other_end():
    """An msb0 field has its bits reversed in the register; the hardware sees them in its own order."""
    registers = model_of(Field("field", 8, 8, hw="rw", msb0=True))
    registers.write(0, 0x0100)
    assert registers.get(0, registers.plan.block.plans[0].fields["field"]) == 0x80


@pytest.mark.parametrize("onwrite", ONWRITE)
def test_what_the_description_says_a_word_leaves_alone_the_hardware_leaves_alone(onwrite):
    """And nothing else, whatever the field held before. `wclr` and `wset` act beside their lanes, `wuser` may do anything."""
    field = Field("f", 6, 4, hw="rw", onwrite=onwrite)
    registers = model_of(field)
    for offset, size in ((0, 4), (0, 2), (2, 2), *((byte, 1) for byte in range(4))):
        lanes = (1 << 8 * size) - 1 << 8 * offset
        for data in (value << 6 for value in range(16)):
            changed = False
            for old in (value << 6 for value in range(16)):
                registers.words[0] = old
                registers.write(offset, data >> 8 * offset & (1 << 8 * size) - 1, size)
                changed |= registers.words[0] != old
            assert leaves_alone(field, data & lanes, lanes) == (not changed and onwrite != "wuser")
