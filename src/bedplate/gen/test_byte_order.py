"""Numbers whose most significant byte stands at the lowest address, on a bus that is little-endian."""

from __future__ import annotations

import pytest

from bedplate.bus import MemoryBus
from bedplate.errors import RdlError
from bedplate.gen.conftest import Load, Tape
from bedplate.model import ChipModel, Model, Placed

HEADER = """
`include "bedplate.rdl"
addrmap header {
    regfile {
        byte_order = "big";
        reg { regwidth = 16; field { sw = rw; hw = na; } port[15:0] = 0; } source @ 0x0;
        reg { regwidth = 8; field { sw = rw; hw = na; } ttl[7:0] = 0; } life @ 0x2;
        reg { field { sw = rw; hw = na; } low[11:0] = 0; field { sw = rw; hw = na; } high[31:24] = 0; } word @ 0x4;
        reg { regwidth = 64; accesswidth = 32; field { sw = rw; hw = na; } mac[63:0] = 0; } station @ 0x8;
        reg { regwidth = 32; accesswidth = 8; field { sw = rw; hw = na; } v[31:0] = 0; } bytes @ 0x10;
        reg { field { sw = rw; hw = na; onwrite = woclr; } f[7:0] = 0xff; } flags @ 0x14;
    } ip @ 0x0;
    reg { field { sw = rw; hw = na; } v[31:0] = 0; } plain @ 0x40;
    external mem { byte_order = "big"; mementries = 4; memwidth = 64; } wide @ 0x80;
    external mem { byte_order = "big"; mementries = 4; memwidth = 16; } half @ 0xc0;
};"""


def model_of(regs: type) -> ChipModel:
    return ChipModel([Placed("dev", 0, type("Header", (Model,), {"regs": regs})())])


def memory(regs: type) -> MemoryBus:
    return MemoryBus()


@pytest.mark.parametrize("make", [memory, model_of])
def test_bytes_stand_as_the_description_says(load: Load, make):
    regs = load(HEADER).top
    bus = make(regs)
    block = regs(bus)
    block.ip.source.write(port=0x1234)
    block.ip.life.write(ttl=0x40)
    block.ip.word.write(low=0xABC, high=0xDE)
    block.ip.station.write(mac=0x0011_2233_4455_6677)
    block.ip.bytes.write(v=0x8899_AABB)
    block.plain.write(v=0x0102_0304)
    block.wide.write(1, [0x0123_4567_89AB_CDEF])
    block.half.write(1, [0xBEEF])

    def at(first: int, count: int) -> str:
        return bytes(bus.read(first + index, 1) for index in range(count)).hex()

    assert at(0, 3) == "123440"
    assert at(4, 4) == "de000abc"
    assert at(8, 8) == "0011223344556677"
    assert at(0x10, 4) == "8899aabb"
    assert at(0x40, 4) == "04030201"
    assert at(0x88, 8) == "0123456789abcdef"
    assert at(0xC2, 2) == "beef"
    assert (block.ip.source.read().port, block.ip.word.read().low, block.ip.station.read().mac) == (
        *(0x1234, 0xABC, 0x0011_2233_4455_6677),
    )
    block.ip.word.modify(high=1)
    assert at(4, 4) == "01000abc"
    assert block.ip.word.wait(high=1, low=0xABC, timeout=0)
    assert (block.wide.read(1), block.half.read(1)) == ([0x0123_4567_89AB_CDEF], [0xBEEF])
    assert block.ip.bytes.read() == 0x8899_AABB
    assert block.dump()["ip.word"] == 0x0100_0ABC


def test_a_write_one_to_clear_meets_its_bit(load: Load):
    regs = load(HEADER).top
    block = regs(model_of(regs))
    block.ip.flags.clear(f=0x81)
    assert block.ip.flags.read().f == 0x7E


def test_accesses_are_the_same_as_without(load: Load, tape: Tape):
    block = load(HEADER).top(tape)
    block.ip.word.modify(high=1)
    block.ip.station.write(mac=1)
    assert tape.told() == [("r", 4, 4), ("w", 4, 0x1, 4), ("W", 8, (0, 0x0100_0000))]


def test_another_word_is_refused_with_its_place(load: Load):
    with pytest.raises(RdlError, match="byte_order is 'middle'") as caught:
        load('`include "bedplate.rdl"\naddrmap t { byte_order = "middle"; reg { field {} f = 0; } a; };')
    assert ":2:" in str(caught.value.where)
