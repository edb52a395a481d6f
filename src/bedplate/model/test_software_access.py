"""Every access kind of software, against an oracle that looks at one bit at a time (SystemRDL 2.0, 9.6)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from bedplate.model import RegisterFile
from bedplate.reg import Child, Field, Register, RegisterBlock, Value
from bedplate.reg.effect import leaves_alone

SW = ("rw", "r", "w", "rw1", "w1", "na")
ONREAD = (None, "rclr", "rset", "ruser")
ONWRITE = (None, "woset", "woclr", "wot", "wzs", "wzc", "wzt", "wclr", "wset", "wuser")
GEOMETRY = ((3, 1), (8, 8), (5, 17))
"""One bit, exactly a byte lane, across three byte lanes."""
ACCESSES = ((0, 4), (0, 2), (2, 2), (0, 1), (1, 1), (2, 1))
DATA = (0x0000_0000, 0xFFFF_FFFF, 0x5A5A_A5A5, 0x1234_8A6C)


def file_of(*fields: Field) -> RegisterFile:
    value = type("RegValue", (Value,), {"NAME": "reg", "FIELDS": fields})
    register = type("Reg", (Register,), {"Value": value})
    return RegisterFile(type("Regs", (RegisterBlock,), {"CHILDREN": (Child("reg", 0, register),), "SIZE": 4}))


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
        file = file_of(below, field, above)
        for old, (offset, size) in itertools.product((0, 0xFFFF_FFFF, 0xA5C3_96F0), ACCESSES):
            lanes = range(8 * offset, 8 * (offset + size))

            file.words[0] = old
            seen = word(bit_read(kinds[i][0], old >> i & 1) for i in range(32))
            assert file.read(offset, size) == seen >> lanes.start & (1 << len(lanes)) - 1
            assert file.words[0] == word(bit_after_read(kinds[i][0], kinds[i][1], old >> i & 1) for i in range(32))

            for data in DATA:
                file.words[0] = old
                file.spent.clear()
                file.write(offset, data >> lanes.start & (1 << len(lanes)) - 1, size)
                assert file.words[0] == word(
                    bit_after_write(kinds[i][0], kinds[i][2], old >> i & 1, data >> i & 1, lane=i in lanes)
                    for i in range(32)
                ), f"{kinds[low]} at {low}:{width}, old {old:x}, wrote {data:x} in {size} at {offset}"


def test_all_kinds_in_one_register_at_once():
    """One field a kind: a single write does to each what it would do alone."""
    fields = tuple(Field(f"f{i}", 3 * i, 3, hw="rw", onwrite=kind) for i, kind in enumerate(ONWRITE))
    file = file_of(*fields)
    for old, data in itertools.product((0, 0x3FFF_FFFF, 0x2AAA_AAAA, 0x1555_5555), DATA):
        file.words[0] = old
        file.write(0, data)
        assert file.words[0] == word(
            bit_after_write("rw", ONWRITE[i // 3], old >> i & 1, data >> i & 1, lane=True) for i in range(30)
        )


@pytest.mark.parametrize("sw", ["rw1", "w1"])
def test_write_once(sw):
    """The first write after a reset counts, later ones do not, and a reset makes room for one more."""
    file = file_of(Field("key", 0, 8, sw=sw, hw="r"), Field("free", 8, 8))
    file.write(0, 0x1122)
    file.write(0, 0x3344)
    assert file.words[0] == 0x3322
    file.reset()
    file.write(0, 0x5566)
    assert file.words[0] == 0x5566


def test_write_once_is_spent_by_a_write_to_any_of_its_lanes():
    file = file_of(Field("key", 0, 16, sw="rw1"))
    file.write(0, 0x11, 1)
    file.write(0, 0x4455)
    assert file.words[0] == 0x11


def test_write_once_is_not_spent_by_a_write_beside_it():
    file = file_of(Field("key", 0, 8, sw="rw1"), Field("other", 8, 8))
    file.write(1, 0x11, 1)
    file.write(0, 0x22)
    assert file.words[0] == 0x22


@pytest.mark.parametrize(
    ("prop", "level", "opened"), [("swwe", 1, 1), ("swwe", 0, 0), ("swwel", 1, 0), ("swwel", 0, 1)]
)
@pytest.mark.parametrize(("onwrite", "free", "locked"), [(None, 0x0F, 0xF0), ("woclr", 0xF0, 0xF0), ("wclr", 0, 0xF0)])
def test_software_write_enable(prop, level, opened, onwrite, free, locked):
    """`swwe` opens the field while its reference is 1, `swwel` while it is 0; every kind of write is held back."""
    field = Field("field", 0, 8, onwrite=onwrite, props={prop: "reg.lock"})
    file = file_of(field, Field("lock", 31, 1))
    file.words[0] = level << 31 | 0xF0
    file.write(0, 0x0F | level << 31)
    assert file.words[0] & 0xFF == (free if opened else locked)


def test_software_write_enable_is_sampled_before_the_write():
    """A write that opens the lock and writes the field at once finds it closed."""
    file = file_of(Field("field", 0, 8, props={"swwe": "reg.lock"}), Field("lock", 31, 1))
    file.write(0, 0x8000_00AA)
    assert file.words[0] == 0x8000_0000
    file.write(0, 0x8000_00AA)
    assert file.words[0] == 0x8000_00AA


@pytest.mark.parametrize(
    ("prop", "level", "opened"), [("swwe", 0, 0), ("swwe", 1, 1), ("swwel", 0, 1), ("swwel", 1, 0)]
)
def test_software_write_enable_from_an_input_signal(prop, level, opened):
    """`swwe = true` makes an input of its own, called register.field.swwe."""
    file = file_of(Field("field", 0, 8, props={prop: True}))
    file.signal(f"reg.field.{prop}", level)
    file.write(0, 0x55)
    assert file.words[0] == (0x55 if opened else 0)


def test_singlepulse_reads_zero():
    file = file_of(Field("start", 0, 1, singlepulse=True), Field("other", 1, 1))
    file.write(0, 3)
    assert file.read(0) == 2


def test_fields_without_a_reset_value_are_remembered_as_unknown():
    file = file_of(Field("known", 0, 8, reset=7), Field("unknown", 8, 8, reset=None))
    assert file.words[0] == 7
    assert file.unknown[0] == 0xFF00
    file.write(1, 0x5A, 1)
    assert not file.unknown[0]
    file.reset()
    assert file.words[0] == 0x5A07, "what has no reset value is not reset (5.9.1)"
    file.reset(power=True)
    assert file.unknown[0] == 0xFF00


def test_reset_value_by_reference():
    file = file_of(Field("strap", 0, 4, reset=9), Field("mode", 4, 4, reset=None, props={"reset": "reg.strap"}))
    assert file.words[0] == 0x99
    assert not file.unknown


def test_reserved_bits_read_zero_and_ignore_writes():
    file = file_of(Field("only", 4, 4))
    file.write(0, 0xFFFF_FFFF)
    assert file.read(0) == 0xF0


def test_field_numbered_from_the_other_end():
    """An msb0 field has its bits reversed in the register; the hardware sees them in its own order."""
    file = file_of(Field("field", 8, 8, hw="rw", msb0=True))
    file.write(0, 0x0100)
    assert file.get(0, file.plan.block.plans[0].fields["field"]) == 0x80


@pytest.mark.parametrize("onwrite", ONWRITE)
def test_what_the_description_says_a_word_leaves_alone_the_hardware_leaves_alone(onwrite):
    """And nothing else, whatever the field held before. `wclr` and `wset` act beside their lanes, `wuser` may do anything."""
    field = Field("f", 6, 4, hw="rw", onwrite=onwrite)
    file = file_of(field)
    for offset, size in ((0, 4), (0, 2), (2, 2), *((byte, 1) for byte in range(4))):
        lanes = (1 << 8 * size) - 1 << 8 * offset
        for data in (value << 6 for value in range(16)):
            changed = False
            for old in (value << 6 for value in range(16)):
                file.words[0] = old
                file.write(offset, data >> 8 * offset & (1 << 8 * size) - 1, size)
                changed |= file.words[0] != old
            assert leaves_alone(field, data & lanes, lanes) == (not changed and onwrite != "wuser")
