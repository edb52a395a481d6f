"""What generated registers stand on: values, fields, wide and narrow accesses, arrays, dumps."""

from enum import IntEnum

import pytest

from bedplate.bus import MemoryBus, Trace
from bedplate.errors import OutOfRange, PollTimeout, UnknownName
from bedplate.reg import (
    Child,
    Field,
    LazyArray,
    Probe,
    ReadableMemory,
    Register,
    RegisterBlock,
    Value,
    WritableMemory,
    decode,
    decoder,
    reverse,
)
from bedplate.reg.value import integer


class Mode(IntEnum):
    IDLE = 0
    RUN = 2


class StatusValue(Value):
    NAME = "status"
    FIELDS = (Field("mode", 0, 2, enum=Mode), Field("count", 8, 12), Field("secret", 31, 1, sw="w"))


class Status(Register):
    __slots__ = ()
    Value = StatusValue


class Fifo(Register):
    __slots__ = ()
    Value = StatusValue
    PROBE = Probe.CONSUMES


class Wide(Register):
    __slots__ = ()
    WIDTH = 64
    ACCESS = 32
    Value = type("WideValue", (Value,), {"WIDTH": 64, "FIELDS": (Field("all", 0, 64),)})


class Table(ReadableMemory, WritableMemory):
    __slots__ = ()
    ENTRIES = 8


class Inner(RegisterBlock):
    __slots__ = ("status",)
    SIZE = 4
    CHILDREN = (Child("status", 0, Status),)


class Block(RegisterBlock):
    __slots__ = ("fifo", "inner", "post", "status", "table", "wide")
    SIZE = 0x100
    CHILDREN = (
        Child("status", 0x0, Status),
        Child("wide", 0x8, Wide),
        Child("post", 0x10, Status, (4,), 4),
        Child("fifo", 0x20, Fifo),
        Child("inner", 0x30, Inner, (2,), 0x10),
        Child("table", 0x80, Table),
    )


@pytest.fixture
def bus():
    return Trace(MemoryBus(0x1000))


@pytest.fixture
def block(bus):
    return Block(bus, 0x100, "blk")


class TestValue:
    def test_prints_its_name_and_every_readable_field(self):
        assert repr(StatusValue(0x0001_2302)) == "status 0x0001_2302: mode=RUN count=0x123"

    def test_replace_checks_ranges_and_names(self):
        assert StatusValue(0).replace(count=5, mode=Mode.RUN) == 0x502
        with pytest.raises(OutOfRange, match="0 to 4095"):
            StatusValue(0).replace(count=4096)
        with pytest.raises(OutOfRange):
            StatusValue(0).replace(count=-1)
        with pytest.raises(UnknownName, match="cuont") as caught:
            StatusValue(0).replace(cuont=1)
        assert "did you mean count" in caught.value.next


class TestEnums:
    def test_decode_to_members_and_never_to_a_wrong_one(self):
        table = decoder(Mode, 2)
        assert table[2] is Mode.RUN
        assert table[3].name == "UNDEFINED_3"
        assert table[3] not in list(Mode)
        assert decode(Mode, 1) == 1

    def test_msb0_fields_are_reversed(self):
        assert reverse(0b0011, 4) == 0b1100
        assert Field("x", 4, 4, msb0=True).extract(0b0001_0000) == 0b1000


class TestWidths:
    @pytest.mark.parametrize("access", [8, 16, 32, 64])
    @pytest.mark.parametrize("big", [False, True])
    def test_parts_move_at_ascending_addresses_in_the_order_of_the_endianness(self, access, big):
        memory = MemoryBus(64)
        trace = Trace(memory)
        cls = type("R", (Register,), {"WIDTH": 64, "ACCESS": access, "BIG_ENDIAN": big, "__slots__": ()})
        register = cls(trace, 0, "r")
        register._store(0x0102030405060708)
        assert register._load() == 0x0102030405060708
        first = trace.log[0].request
        size = access // 8
        part = 0x0102030405060708 >> (64 - 8 * size if big else 0) & (1 << 8 * size) - 1
        assert first.values[0] == part
        assert [e.request.address for e in trace.log] == sorted(
            e.request.address for e in trace.log[: len(trace.log) // 2]
        ) * 2

    @pytest.mark.parametrize("width", [8, 16, 32])
    def test_a_narrow_register_touches_only_its_own_bytes(self, width):
        memory = MemoryBus(16)
        memory.write(0, 0xFFFFFFFF)
        cls = type("R", (Register,), {"WIDTH": width, "ACCESS": width, "__slots__": ()})
        cls(memory, 0, "r")._store(0)
        assert memory.read(0) == 0xFFFFFFFF >> width << width


class TestWait:
    def test_names_register_fields_and_time_when_it_does_not_come(self, block):
        with pytest.raises(PollTimeout) as caught:
            block.status._wait(0x3, Mode.RUN, 1000)
        error = caught.value
        assert (error.where, error.wanted, error.waited) == ("blk.status", "mode=RUN", 1000)
        assert "mode=IDLE" in error.got

    def test_polls_wide_registers_too(self, block):
        block.wide._store(1 << 40)
        assert block.wide._wait(1 << 40, 1 << 40, 1000) == 1 << 40
        with pytest.raises(PollTimeout):
            block.wide._wait(1, 1, 1000)


class TestBlock:
    def test_members_cannot_be_assigned_to(self, block):
        with pytest.raises(AttributeError, match=r"\.write\("):
            block.status = 5
        with pytest.raises(AttributeError):
            block.status.mode = 5

    def test_elements_have_names_and_addresses(self, block):
        assert [r.path for r in block.post] == [f"blk.post[{i}]" for i in range(4)]
        assert [r.address for r in block.post] == [0x110, 0x114, 0x118, 0x11C]
        assert [b.path for b in block.inner] == ["blk.inner0", "blk.inner1"]

    def test_a_dump_is_one_burst_a_run_and_leaves_unsafe_registers_alone(self, block, bus):
        bus.write(0x114, 0x502)
        bus.log.clear()
        dump = block.dump()
        assert dump["post[1]"] == 0x502
        assert "fifo" not in dump
        touched = {e.request.address + 4 * i for e in bus.log for i in range(e.request.length)}
        assert touched == {0x100, 0x108, 0x10C, 0x110, 0x114, 0x118, 0x11C, 0x130, 0x140}
        assert len(bus.log) == 4

    def test_long_arrays_are_made_when_asked(self, bus):
        class Long(RegisterBlock):
            __slots__ = ("r",)
            CHILDREN = (Child("r", 0, Status, (1 << 20,), 4),)

        long = Long(bus)
        assert isinstance(long.r, LazyArray)
        assert (len(long.r), long.r[-1].address) == (1 << 20, (1 << 22) - 4)
        with pytest.raises(IndexError):
            long.r[1 << 20]


class TestMemory:
    def test_moves_entries_in_one_burst(self, block, bus):
        block.table.write(2, [7, 8, 9])
        assert block.table.read(3, 2) == [8, 9]
        assert [e.request.length for e in bus.log] == [3, 2]

    def test_refuses_what_does_not_fit_before_any_transaction(self, block, bus):
        for act in (
            lambda: block.table.read(7, 2),
            lambda: block.table.read(-1),
            lambda: block.table.write(0, [1, 1 << 32]),
            lambda: block.table.write(0, [-1]),
            lambda: block.table.write(8, [0]),
        ):
            with pytest.raises(OutOfRange):
                act()
        assert bus.log == []


class TestNumbersThatPeopleWrite:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("10", 10),
            ("0x1F", 31),
            ("0b101", 5),
            ("0o17", 15),
            ("-3", -3),
            ("0x0001_0040", 0x10040),
            ("0x1_0040", 0x10040),
        ],
    )
    def test_are_taken_as_we_write_them(self, text, number):
        assert integer(text) == number

    @pytest.mark.parametrize(
        "text", ["1_0", "0x1_0", "0x_1", "0b1_0", "1_0000", "0x12345_0000", "_1", "1_", "\u0661", ""]
    )
    def test_are_no_slips(self, text):
        with pytest.raises(ValueError, match=r"no number|invalid literal"):
            integer(text)
