"""Where accesses fall: widths, lanes, endianness, aliases, memories, holes; the rules of `register_model.py` one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BusSize, OutOfRange, UnknownName
from bedplate.model import RegisterModel
from bedplate.reg import Child, Field, Memory, Register, RegisterBlock, Value
from bedplate.reg.register import split


def register(*fields: Field, width: int = 32, access: int = 32, big: bool = False, alias: str = "") -> type[Register]:
    value = type("RegValue", (Value,), {"NAME": "reg", "WIDTH": width, "FIELDS": fields})
    members = {"Value": value, "WIDTH": width, "ACCESS": access, "BIG_ENDIAN": big, "ALIAS": alias}
    return type("Reg", (Register,), members)


def whole(width: int, **kinds) -> Field:
    return Field("value", 0, width, hw="rw", **kinds)


def block(*children: Child, size: int = 0x100) -> RegisterModel:
    return RegisterModel(type("Regs", (RegisterBlock,), {"CHILDREN": children, "SIZE": size}))


@pytest.mark.parametrize("width", [64, 128, 256])
@pytest.mark.parametrize("access", [8, 16, 32, 64])
@pytest.mark.parametrize("big", [False, True])
def test_wide_register_moves_in_access_words(width, access, big):
    """Access words stand at ascending addresses, the least significant first, or last under `bigendian`."""
    registers = block(Child("wide", 0x10, register(whole(width), width=width, access=access, big=big)))
    value = int.from_bytes(bytes(range(1, width // 8 + 1)), "little")
    size = access // 8
    parts = split(value, width, 8 * size, big)
    for i, part in enumerate(parts):
        registers.write(0x10 + size * i, part, size)
    assert registers.words == [value]
    assert [registers.read(0x10 + size * i, size) for i in range(len(parts))] == parts


@pytest.mark.parametrize("big", [False, True])
def test_words_of_a_wide_access_stand_in_the_order_of_the_description(big):
    registers = block(Child("wide", 0x10, register(whole(64), width=64, access=64, big=big)))
    registers.write(0x10, 0x1111_2222_3333_4444, 8)
    assert registers.words == [0x1111_2222_3333_4444]
    assert [registers.read(at) for at in (0x10, 0x14)] == split(0x1111_2222_3333_4444, 64, 32, big)


@pytest.mark.parametrize("half", [0, 4])
def test_any_half_of_a_wide_access_has_the_effects_of_the_whole(half):
    """What a bus does that is narrower than `accesswidth`, and why handles refuse it."""
    registers = block(Child("log", 0, register(whole(64, onread="rclr"), width=64, access=64)))
    registers.words[0] = 0x1111_2222_3333_4444
    assert registers.read(half) == (0x1111_2222 if half else 0x3333_4444)
    assert registers.words == [0]
    registers.words[0] = 0x1111_2222_3333_4444
    assert registers.read(0, 8) == 0x1111_2222_3333_4444


def test_only_who_promises_wide_accesses_has_them():
    with pytest.raises(BusSize, match="1, 2, 4 bytes"):
        block(Child("wide", 0, register(whole(64), width=64))).read(0, 8)


def test_read_effects_reach_the_access_word_that_was_read():
    """A read has no byte lanes: reading one byte clears all of its access word, and nothing of the next."""
    registers = block(Child("log", 0, register(whole(64, onread="rclr"), width=64)))
    registers.words[0] = 0x1111_2222_3333_4444
    assert registers.read(1, 1) == 0x44
    assert registers.words[0] == 0x1111_2222_0000_0000


def test_read_effects_stop_at_the_access_width():
    registers = block(Child("log", 0, register(whole(32, onread="rclr"), access=8)))
    registers.words[0] = 0x1122_3344
    assert registers.read(2, 1) == 0x22
    assert registers.words[0] == 0x1100_3344


def test_wclr_acts_on_a_write_to_its_access_word_whichever_lanes_it_has():
    low, high = Field("low", 0, 8, onwrite="wclr"), Field("high", 32, 8, onwrite="wclr")
    registers = block(Child("reg", 0, register(low, high, width=64)))
    registers.words[0] = 0xFF_0000_00FF
    registers.write(3, 0, 1)
    assert registers.words[0] == 0xFF_0000_0000


@pytest.mark.parametrize("width", [8, 16])
def test_narrow_registers_share_a_bus_word(width):
    """A wider access falls on every register under its lanes, and on nothing in between."""
    step, count = width // 8, 32 // width
    registers = block(Child("reg", 0, register(whole(width), width=width, access=width), (count,), step))
    registers.write(0, 0x4433_2211)
    assert registers.words == split(0x4433_2211, 32, width)
    registers.write(step, 0xEE, 1)
    assert registers.words[1] & 0xFF == 0xEE
    assert registers.words[0] == 0x4433_2211 & (1 << width) - 1
    assert registers.read(0) == sum(word << width * i for i, word in enumerate(registers.words))


def test_narrow_register_alone_in_its_word():
    registers = block(Child("reg", 4, register(whole(16), width=16, access=16)))
    registers.write(4, 0xFFFF_8001)
    assert registers.read(4) == 0x8001
    assert registers.read(6, 2) == 0


def test_a_hole_reads_zero_and_ignores_writes():
    """As regblock without `err_if_bad_addr`: no error inside an address map."""
    registers = block(Child("reg", 0, register(whole(32))))
    registers.write(8, 0xFFFF_FFFF)
    assert registers.read(8) == 0
    assert registers.words == [0]


def test_write_to_read_only_and_read_of_write_only():
    """As regblock without `err_if_bad_rw`: the write is ignored, the read gives 0 and does nothing."""
    ro, wo = register(whole(32, sw="r", reset=5)), register(whole(32, sw="w", reset=6))
    registers = block(Child("ro", 0, ro), Child("wo", 4, wo))
    registers.write(0, 99)
    assert registers.read(0) == 5
    assert registers.read(4) == 0
    assert registers.words == [5, 6]


@pytest.mark.parametrize(("offset", "size"), [(1, 4), (2, 4), (3, 2), (0, 3), (0, 8), (0, 0)])
def test_unaligned_accesses_and_odd_sizes_are_refused(offset, size):
    registers = block(Child("reg", 0, register(whole(32, onread="rclr"))))
    registers.words[0] = 7
    with pytest.raises(BusSize):
        registers.read(offset, size)
    with pytest.raises(BusSize):
        registers.write(offset, 0, size)
    assert registers.words[0] == 7


def test_value_wider_than_the_access_is_refused():
    registers = block(Child("reg", 0, register(whole(32))))
    with pytest.raises(OutOfRange):
        registers.write(0, 0x100, 1)


def test_alias_shows_the_same_storage_in_its_own_way():
    """SystemRDL 10.5: an alias has its own software access; storage, reset and the hardware's side are the primary's."""
    primary = register(Field("flags", 0, 8, hw="rw", onwrite="woclr", reset=0xF0))
    alias = register(Field("flags", 0, 8, onwrite="woset"), alias="status")
    registers = block(Child("status", 0, primary), Child("status_set", 4, alias))
    assert registers.read(4) == 0xF0
    registers.write(4, 0x0F)
    assert registers.read(0) == 0xFF
    registers.write(0, 0xAA)
    assert registers.read(4) == 0x55
    assert registers.state() == {"status": 0x55}


def test_alias_of_a_latching_field():
    """A level that persists is latched again, whichever name was used to clear it."""
    primary = register(Field("flag", 0, 1, sw="r", hw="w", props={"intr": "level"}))
    registers = block(Child("status", 0, primary), Child("raw", 4, register(Field("flag", 0, 1), alias="status")))
    registers.drive(0, registers.plan.block.plans[0].fields["flag"], 1)
    registers.write(4, 0)
    assert registers.read(0) == 1
    registers.drive(0, registers.plan.block.plans[0].fields["flag"], 0)
    registers.write(4, 0)
    assert registers.read(0) == 0


def test_alias_of_an_array_goes_element_by_element():
    registers = block(
        Child("reg", 0, register(whole(8)), (2,), 4), Child("view", 8, register(whole(8, sw="r"), alias="reg"), (2,), 4)
    )
    registers.write(4, 9)
    assert [registers.read(8), registers.read(12)] == [0, 9]


def test_alias_of_nothing_is_an_error():
    with pytest.raises(UnknownName, match="statsu"):
        block(Child("status", 0, register(whole(8))), Child("view", 4, register(whole(8), alias="statsu")))


def test_two_names_for_the_same_bits():
    """SystemRDL 10.1: a read-only and a write-only field may share their place; each has storage of its own."""
    rx, tx = Field("rx", 0, 8, sw="r", hw="w", reset=1), Field("tx", 0, 8, sw="w", hw="r", reset=2)
    registers = block(Child("data", 0, register(rx, tx, Field("more", 8, 8))))
    fields = registers.plan.block.plans[0].fields
    registers.write(0, 0x5566)
    assert registers.read(0) == 0x5501
    assert registers.get(0, fields["tx"]) == 0x66
    registers.drive(0, fields["rx"], 0x77)
    assert registers.read(0) == 0x5577
    assert registers.get(0, fields["tx"]) == 0x66
    registers.reset()
    assert registers.get(0, fields["tx"]) == 2


class Sram(Memory):
    ENTRIES, WIDTH, STRIDE = 8, 32, 4


class Narrow(Memory):
    ENTRIES, WIDTH, STRIDE = 8, 6, 1


class Wide(Memory):
    ENTRIES, WIDTH, STRIDE = 4, 48, 8


class WideBig(Wide):
    BIG_ENDIAN = True


class Rom(Memory):
    ENTRIES, WIDTH, STRIDE, SW = 4, 32, 4, "r"


def test_memory():
    registers = block(Child("reg", 0, register(whole(32))), Child("sram", 0x20, Sram))
    registers.write(0x24, 0xDDCC_BBAA)
    registers.write(0x25, 0x11, 1)
    assert registers.read(0x24) == 0xDDCC_11AA
    assert registers.read(0x26, 2) == 0xDDCC
    assert registers.memories == [{1: 0xDDCC_11AA}]
    assert registers.state() == {"reg": 0, "sram[1]": 0xDDCC_11AA}
    registers.reset()
    assert registers.read(0x24) == 0xDDCC_11AA, "a memory has no reset"
    registers.reset(power=True)
    assert registers.read(0x24) == 0


def test_memory_of_narrow_entries():
    """Bits above `memwidth` are not there; a word access moves four entries."""
    registers = block(Child("sram", 0, Narrow))
    registers.write(0, 0xFFFF_FFFF)
    assert registers.read(0) == 0x3F3F_3F3F
    assert registers.memories[0] == dict.fromkeys(range(4), 0x3F)


@pytest.mark.parametrize(("cls", "low", "high"), [(Wide, 0, 4), (WideBig, 4, 0)])
def test_memory_of_wide_entries(cls, low, high):
    registers = block(Child("sram", 0, cls))
    registers.write(8 + low, 0x4433_2211)
    registers.write(8 + high, 0x8877_6655)
    assert registers.memories[0] == {1: 0x6655_4433_2211}
    assert registers.read(8 + high) == 0x6655


def test_memory_that_software_may_only_read():
    registers = block(Child("rom", 0, Rom))
    registers.memories[0][2] = 77
    registers.write(8, 1)
    assert registers.read(8) == 77


class Inner(RegisterBlock):
    CHILDREN = (Child("reg", 4, register(whole(32))),)
    SIZE = 8
    IS_FILE = True


def test_register_files_and_their_arrays():
    registers = block(Child("lane", 0x20, Inner, (3,), 8), Child("top", 0, register(whole(32))))
    registers.write(0x20 + 8 + 4, 5)
    assert registers.state() == {"top": 0, "lane[0].reg": 0, "lane[1].reg": 5, "lane[2].reg": 0}


@given(st.lists(st.tuples(st.integers(0, 15), st.sampled_from([1, 2, 4]), st.integers(0, 0xFFFF_FFFF)), max_size=20))
def test_plain_storage_is_memory(accesses):
    """Whatever the widths of plain registers, together they act as bytes in a row."""
    registers = block(
        Child("a", 0, register(whole(8), width=8, access=8), (2,), 1),
        Child("b", 2, register(whole(16), width=16, access=16)),
        Child("c", 4, register(whole(32))),
        Child("d", 8, register(whole(64), width=64, access=16)),
    )
    memory = bytearray(16)
    for place, size, value in accesses:
        offset = place // size * size
        value &= (1 << 8 * size) - 1
        registers.write(offset, value, size)
        memory[offset : offset + size] = value.to_bytes(size, "little")
        for at in range(0, 16, size):
            assert registers.read(at, size) == int.from_bytes(memory[at : at + size], "little")
