"""What a description becomes: blocks, arrays, widths, byte and bit orders, memories, aliases, addresses."""

from __future__ import annotations

from enum import IntEnum

import pytest

from bedplate.errors import OutOfRange, PollTimeout
from bedplate.gen.conftest import Load, Tape
from bedplate.reg import LazyArray, registers


def test_blocks_arrays_and_register_files(load: Load, tape: Tape) -> None:
    chip = load("everything.rdl").top(tape, 0x0)
    assert chip.part[1].ch[1][2].ctrl.address == 0x1000 + 0x40 + 5 * 0x10
    assert chip.part[1].ch[1][2].ctrl.path == "part1.ch[1][2].ctrl", "maps count without brackets, register files with"
    assert isinstance(chip.part, tuple)
    assert isinstance(chip.part[0].ch[0], tuple)
    assert isinstance(chip.many, LazyArray)
    assert chip.many[1499].address == 0x4000 + 4 * 1499
    assert chip.part[0].scratch[3].read() == 0
    assert tape.told() == [("r", 12, 4)]
    assert type(chip.part[0]).SIZE == 0x40 + 6 * 0x10 - 8
    assert chip.SIZE == 0x4000 + 4 * 1500


def test_values_decode_and_enumerations_tolerate_holes(load: Load, tape: Tape) -> None:
    module = load("everything.rdl")
    ctrl = module.top(tape).part[0].ch[0][0].ctrl
    tape.write(0x40, 0x71)
    value = ctrl.read()
    assert value.run is True
    assert value.rate.name == "MAX"
    assert isinstance(value.rate, IntEnum)
    tape.write(0x40, 0x30)
    assert ctrl.read().rate.name == "UNDEFINED_3"
    assert ctrl.read().rate == 3
    speed = type(value.rate)
    assert ctrl.read().rate not in list(speed)
    ctrl.modify(rate=speed.MAX)
    assert tape.read(0x40) == 0x70
    assert ctrl.Value.FIELDS[1].enum is speed
    assert ctrl.Value.FIELDS[1].reset == 1


def test_wide_enumerations_are_decoded_without_a_table(load: Load, tape: Tape) -> None:
    block = load("enum e { A = 0; B = 0xFFFF; }; addrmap t { reg { field { encode = e; } f[15:0] = 0; } x; };").top(
        tape
    )
    tape.write(0, 0xFFFF)
    assert block.x.read().f.name == "B"
    tape.write(0, 3)
    assert block.x.read().f.name == "UNDEFINED_3"


@pytest.mark.parametrize("order", ["littleendian", "bigendian"])
@pytest.mark.parametrize(
    ("width", "access"), [(8, 8), (16, 8), (16, 16), (32, 8), (32, 16), (32, 32)] + [(64, a) for a in (8, 16, 32, 64)]
    + [(128, 32), (256, 8), (256, 32), (1024, 64)],
)  # fmt: skip
def test_any_width_by_any_access_in_both_orders(load: Load, order: str, width: int, access: int) -> None:
    top = load(
        f"""addrmap t {{ {order}; reg {{ regwidth = {width}; accesswidth = {access};
            field {{}} rest[{width - 2}:0] = 0; field {{}} top_bit[{width - 1}:{width - 1}] = 0; }} x @ 0x100; }};"""
    ).top
    tape = Tape()
    value = int.from_bytes(bytes(range(0x91, 0x91 + width // 8 % 100)) * 2, "little") & (1 << width) - 1
    top(tape).x.write(value)
    part = min(access, 64) // 8
    # Memory is little-endian within one access; the order of the accesses is the description's.
    parts = [value >> 8 * part * i & (1 << 8 * part) - 1 for i in range(width // 8 // part)]
    if order == "bigendian":
        parts.reverse()
    stored = b"".join(word.to_bytes(part, "little") for word in parts)
    assert bytes(tape._bytes[0x100 : 0x100 + width // 8]) == stored
    log = tape.told()
    if part != 4 or width == 32:
        assert [entry[0] for entry in log] == ["w"] * len(parts)
        assert all(entry[3] == part for entry in log)
        assert [entry[1] for entry in log] == [0x100 + part * i for i in range(len(parts))]
    else:
        assert [entry[0] for entry in log] == ["W"], "one burst"
    assert top(tape).x.read() == value
    top(tape).x.modify(top_bit=False)
    assert top(tape).x.read() == value & ~(1 << width - 1)
    for wrong in (1 << width, -1):
        with pytest.raises(OutOfRange):
            top(tape).x.write(wrong)


def test_waiting_polls_or_reads_and_says_what_it_saw(load: Load, tape: Tape) -> None:
    chip = load("everything.rdl").top(tape)
    with pytest.raises(PollTimeout) as caught:
        chip.part[0].ch[0][0].status.wait(overrun=True, timeout=1000)
    assert caught.value.where == "part0.ch[0][0].status"
    assert (caught.value.wanted, caught.value.waited) == ("overrun=1", 1000)
    with pytest.raises(PollTimeout, match="ready=1"):
        chip.wide.wait(ready=True, timeout=1000)
    tape.write(0x2004, 1 << 31)
    assert chip.wide.wait(ready=True, straddle=0, timeout=1000).ready


def test_msb0_fields_read_and_write_mirrored(load: Load, tape: Tape) -> None:
    """[low:high] puts a field's most significant bit at the lowest position, in SystemRDL as in its RTL."""
    block = load(
        """addrmap t { msb0;
            reg { field {} a[0:7] = 0x01; field {} b[8:8] = 0; field { woclr; } c[12:15] = 0; } x;
            reg { field {} a[7:0] = 0x01; } y;
        };"""
    ).top(tape)
    block.x.write()
    assert tape.read(0) == 0x80, "reset value 1: its least significant bit stands at bit 7"
    assert block.x.read().a == 1
    assert block.x.Value.FIELDS[0].msb0
    tape.write(0, 0x0C)
    assert block.x.read().a == 0x30 == block.x.Value.FIELDS[0].extract(0x0C)
    block.x.modify(a=0b1101, b=True)
    assert tape.read(0) == 0x1B0
    tape.told()
    block.x.clear(c=0b0001)
    assert tape.told()[-1] == ("w", 0, 0x81B0, 4)
    block.x.wait(a=0b1101, timeout=1)
    assert not block.y.Value.FIELDS[0].msb0, "a register that says [high:low] is not msb0"


def test_aliases_have_their_own_access_and_name_their_primary(load: Load) -> None:
    block = load(
        """addrmap t {
            reg { field { woclr; } f[3:0] = 0; } pending @ 0;
            reg peek_t { field { sw = r; } f[3:0] = 0; };
            reg force_t { field { woset; } f[3:0] = 0; };
            alias pending peek_t peek @ 4;
            alias pending force_t force @ 8;
        };"""
    ).top(Tape())
    assert (block.pending.ALIAS, block.peek.ALIAS, block.force.ALIAS) == ("", "pending", "pending")
    assert hasattr(block.pending, "clear")
    assert hasattr(block.force, "set")
    assert not hasattr(block.peek, "write")


def test_overlapping_read_only_and_write_only_fields(load: Load, tape: Tape) -> None:
    block = load(
        """addrmap t { reg {
            field { sw = r; hw = w; } state[7:0];
            field { sw = w; onwrite = woset; } command[7:0] = 0;
            field { sw = rw; } mode[11:8] = 0;
        } x; };"""
    ).top(tape)
    tape.write(0, 0x3FF)
    tape.told()
    block.x.modify(mode=5)
    assert tape.told() == [("r", 0, 4), ("w", 0, 0x500, 4)], "the state read is no command to write"
    assert not hasattr(block.x.Value(0), "command")


def test_memories_of_any_width(load: Load, tape: Tape) -> None:
    chip = load("everything.rdl").top(tape)
    chip.table.write(2, [0xABCDEF, 1])
    assert tape.told() == [("W", 0x3008, (0xABCDEF, 1))]
    tape.write(0x3008, 0xFFABCDEF)
    assert chip.table.read(2, 2) == [0xABCDEF, 1], "24 bits in a place of 32"
    with pytest.raises(OutOfRange):
        chip.table.write(0, [1 << 24])
    with pytest.raises(OutOfRange):
        chip.table.read(15, 2)
    assert len(chip.log) == 8
    assert not hasattr(chip.log, "write")
    tape.write(0x308C, 1)
    assert chip.log.read(1) == [1 << 32]
    widths = (1, 7, 8, 9, 16, 33, 65, 256)
    body = "".join(f"external mem {{ mementries = 4; memwidth = {w}; }} m{w}; " for w in widths)
    bus = Tape()
    block = load(f"addrmap t {{ {body} }};").top(bus)
    for width in widths:
        memory = getattr(block, f"m{width}")
        memory.write(1, [(1 << width) - 1, 1])
        assert memory.read(0, 4) == [0, (1 << width) - 1, 1, 0]
        bus.write(memory.address, 0xFF, 1)
        assert memory.read(0) == [0xFF & (1 << width) - 1], "what lies beside an entry is not part of it"
        assert max(1 << (width - 1).bit_length(), 8) // 8 == memory.STRIDE


def test_virtual_registers_stand_beside_their_memory(load: Load, tape: Tape) -> None:
    ring = load("everything.rdl").top(tape).ring
    ring.head.write(valid=True, next_one=3)
    assert ring.memory.read(0) == [0x31]
    ring.memory.write(3, [7])
    assert ring.entries[1].read().length == 7
    assert ring.entries[1].path == "ring.entries[1]"


def test_ispresent_false_is_not_there(load: Load) -> None:
    block = load(
        """addrmap t #(boolean more = false) {
            reg { field {} a; field { ispresent = more; } b; } x; reg { ispresent = false; field {} c; } y;
        };"""
    ).top(Tape())
    assert [child.name for child in block.CHILDREN] == ["x"]
    assert [f.name for f in block.x.Value.FIELDS] == ["a"]


def test_addresses_follow_every_allocation_rule(load: Load) -> None:
    block = load(
        """addrmap t { alignment = 8;
            reg r8 { regwidth = 8; field {} x[7:0]; }; reg r64 { regwidth = 64; field {} x[7:0]; };
            r8 a; r64 b %= 0x40; r8 c[2][3] @ 0x100 += 0x8; r8 d;
        };"""
    ).top(Tape())
    places = {name: offset for name, offset, _ in registers(type(block))}
    assert places["b"] == 0x40
    assert places["c[1][2]"] == 0x100 + 5 * 8
    assert places["d"] == 0x130
    assert block.c[1][0].address == 0x118
