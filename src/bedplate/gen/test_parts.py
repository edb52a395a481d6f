"""Registers wider than an access of the bus: as wide as they promise, or refused where halves would matter."""

from __future__ import annotations

import pytest

from bedplate.bus import SIZES, Guard, Split
from bedplate.errors import BusSize, TornRead
from bedplate.gen.conftest import Load, Tape
from bedplate.model import ChipModel, Model, Placed

WIDE = """
property buffer_reads { component = reg; type = boolean; default = true; };
property buffer_writes { component = reg; type = boolean; default = true; };
addrmap wide {
    default regwidth = 64;
    reg { field { sw = r; hw = w; onread = rclr; } events[63:0] = 0; } cnt @ 0x0;
    reg { field { sw = rw; hw = r; } go[0:0] = 0; field { sw = rw; } ptr[63:1] = 0; } doorbell @ 0x8;
    reg { field { sw = rw; hw = na; } low[31:0] = 0; field { sw = rw; hw = na; } high[63:32] = 0; } scratch @ 0x10;
    reg { field { sw = r; hw = w; } us[63:0] = 0; } timer @ 0x18;
    reg { field { sw = rw; onwrite = woclr; hw = na; } fault[63:32] = 0; } faults @ 0x20;
    reg { buffer_writes; field { sw = rw; hw = r; } base[63:0] = 0; } buffered @ 0x28;
    reg { accesswidth = 32; field { sw = r; hw = w; } us[63:0] = 0; } split @ 0x30;
    reg { accesswidth = 32; buffer_reads; field { sw = r; hw = w; } us[63:0] = 0; } held @ 0x38;
    reg { accesswidth = 32; field { sw = rw; hw = r; } base[63:0] = 0; } pointer @ 0x40;
};
"""


class Narrow(Tape):
    """A bus of 32 bits. `counts` is what the hardware adds to the number at an address before each of its parts is read."""

    sizes = SIZES

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[int, int] = {}

    def read(self, address: int, size: int = 4) -> int:
        for at, more in self.counts.items():
            now = int.from_bytes(self._bytes[at : at + 8], "little") + more
            self._bytes[at : at + 8] = (now % (1 << 64)).to_bytes(8, "little")
        return super().read(address, size)

    def holds(self, address: int, value: int) -> None:
        self._bytes[address : address + 8] = value.to_bytes(8, "little")


@pytest.fixture
def narrow() -> Narrow:
    return Narrow()


def test_a_bus_that_has_them_makes_one_access_of_what_was_promised(load: Load, tape: Tape):
    block = load(WIDE).top(tape)
    block.cnt.take()
    block.doorbell.write(go=True, ptr=0x1234_5678_9ABC)
    block.doorbell.modify(ptr=1)
    block.faults.clear(fault=1)
    block.timer.wait(us=0, timeout=0)
    assert tape.told() == [
        ("r", 0x0, 8),
        ("w", 0x8, 0x2468_ACF1_3579, 8),
        ("r", 0x8, 8),
        ("w", 0x8, 3, 8),
        ("w", 0x20, 1 << 32, 8),
        ("r", 0x18, 8),
    ]


def test_behind_any_decorator(load: Load, tape: Tape):
    block = load(WIDE).top(Guard(Split([(range(1 << 16), tape)]), None))
    block.cnt.take()
    assert tape.told() == [("r", 0x0, 8)]


def test_of_two_ports_the_narrower_one_counts(load: Load, tape: Tape, narrow: Narrow):
    with pytest.raises(BusSize):
        load(WIDE).top(Split([(range(0x100), tape), (range(0x100, 0x200), narrow)])).cnt.take()


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda block: block.cnt.take(), "a read of any part clears the whole"),
        (lambda block: block.doorbell.write(go=True), "hardware would see go before what is written with it"),
        (lambda block: block.doorbell.modify(ptr=1), "hardware would see go"),
        (lambda block: block.faults.clear(fault=1), "a write of any part acts on fault"),
        (lambda block: block.faults.write(fault=1), "a write of any part acts on fault"),
    ],
)
def test_a_narrower_one_is_refused_where_halves_would_matter(load: Load, narrow: Narrow, act, why):
    with pytest.raises(BusSize, match="takes accesses of 64 bits") as caught:
        act(load(WIDE).top(narrow, 0, "dev"))
    assert why in caught.value.cause
    assert caught.value.where.startswith("dev.")
    assert "accesswidth = 32" in caught.value.next
    assert not narrow.told(), "before any transaction"


def test_where_halves_do_not_matter_it_makes_them(load: Load, narrow: Narrow):
    block = load(WIDE).top(narrow)
    block.scratch.write(low=1, high=2)
    block.buffered.write(base=3)
    block.pointer.write(base=1 << 40)
    assert block.scratch.read().high == 2
    assert [entry[0] for entry in narrow.told()] == ["W", "W", "W", "R"]


@pytest.mark.parametrize("name", ["timer", "split"])
def test_a_number_that_runs_is_read_high_low_high(load: Load, narrow: Narrow, name):
    register = getattr(load(WIDE).top(narrow), name)
    narrow.holds(register.address, 0x1_FFFF_FFFE)
    narrow.counts[register.address] = 1
    assert register.read().us in range(0x1_FFFF_FFFF, 0x2_0000_0008)
    low, high = register.address, register.address + 4
    reads = [entry[1] for entry in narrow.told()]
    assert reads == [high, low, high, low, high], "the carry came in between, so once more"


@pytest.mark.parametrize("access", [8, 16])
def test_so_is_one_of_a_word_that_takes_smaller_accesses(load: Load, narrow: Narrow, access):
    field = "field { sw = r; hw = w; } count[31:0] = 0;"
    block = load(f"addrmap t {{ reg {{ accesswidth = {access}; {field} }} a @ 0x0; }};").top(narrow)
    narrow.holds(0, 0x00FF_FFFE)
    narrow.counts[0] = 1
    assert 0x00FF_FFFE < block.a.read().count < 0x0100_0020
    assert "a" in block.dump()


def test_variants_differ_where_a_bus_cannot_do_the_same_with_them(load: Load):
    text = """reg cfg_t { regwidth = 64; field { sw = rw; hw = na; } low[31:0] = 0; field { sw = rw; hw = na; } high[63:32] = 0; };
    addrmap t { cfg_t kept; cfg_t seen; seen.low->swmod = true; };"""
    wide, narrow = (load(text, bus_width=width).top(Tape()) for width in (64, 32))
    assert isinstance(wide.seen, type(wide.kept))
    assert hasattr(narrow.kept, "write")
    assert not hasattr(narrow.seen, "write")


def test_one_that_its_hardware_holds_is_read_in_order(load: Load, narrow: Narrow):
    load(WIDE).top(narrow).held.read()
    assert narrow.told() == [("R", 0x38, 2)]


def test_one_that_never_stands_still_is_no_number(load: Load, narrow: Narrow):
    narrow.counts[0x18] = 1 << 32
    with pytest.raises(TornRead) as caught:
        load(WIDE).top(narrow, 0, "dev").timer.read()
    assert caught.value.where == "dev.timer"
    assert len(narrow.told()) == 9


def test_a_dump_tears_nothing_and_leaves_nothing_out_without_a_word(load: Load, narrow: Narrow):
    block = load(WIDE).top(narrow)
    narrow.counts[0x18] = 1
    narrow.holds(0x18, 0xFFFF_FFF0)
    dump = block.dump()
    assert dict(dump.left_out) == {"cnt": "reading it has an effect"}
    assert [*dump] == ["doorbell", "scratch", "timer", "faults", "buffered", "split", "held", "pointer"]
    assert 0xFFFF_FFF0 < dump["timer"] < 0x1_0000_0100


NARROW = """addrmap small {
    reg { regwidth = 8;  field { sw = rw; } v[7:0] = 0; } a @ 0x0;
    reg { regwidth = 16; field { sw = rw; } v[15:0] = 0; } b @ 0x2;
    reg { regwidth = 32; accesswidth = 16; field { sw = rw; } v[31:0] = 0; } c @ 0x4;
    reg { field { sw = rw; } v[31:0] = 0; } d @ 0x8;
    reg { regwidth = 8; field { sw = r; hw = w; onread = rclr; } v[7:0] = 0; } e @ 0xc;
    reg { regwidth = 8; field { sw = rw; } v[7:0] = 0; } f @ 0xd;
    reg { field { sw = r; hw = w; } v[31:0] = 0; } status @ 0x10;
    reg { field { sw = w; } v[31:0] = 0; } command @ 0x10;
};"""


def test_a_dump_reads_narrow_registers_as_they_are(load: Load, tape: Tape):
    block = load(NARROW).top(tape)
    tape.write(0, 0x0B0B_000A)
    tape.told()
    dump = block.dump()
    assert {name: int(value) for name, value in dump.items() if value} == {"a": 0x0A, "b": 0x0B0B}
    assert {*dump} == {"a", "b", "c", "d", "f", "status"}
    assert dict(dump.left_out) == {"e": "reading it has an effect", "command": "it cannot be read"}
    assert tape.told() == [
        *(("r", 0x0, 1), ("r", 0x2, 2), ("r", 0x6, 2), ("r", 0x4, 2), ("r", 0x6, 2), ("r", 0xD, 1)),
        *(("R", 0x8, 1), ("R", 0x10, 1)),
    ]


def test_the_generator_leaves_out_what_a_bus_cannot_do(load: Load):
    module = load(WIDE, bus_width=32)
    block = module.top(Tape())
    assert not hasattr(block.cnt, "take")
    assert not any(hasattr(block.doorbell, verb) for verb in ("write", "modify"))
    assert not any(hasattr(block.faults, verb) for verb in ("write", "clear"))
    assert hasattr(block.faults, "read")
    assert hasattr(block.scratch, "modify")
    notes = "\n".join(map(str, module.result.notes))
    assert "'cnt' has no way to read it over 32 bits, it promises accesses of 64: a read of any part clears" in notes
    assert notes.count("has no way to write it") == 2
    assert not load(WIDE, bus_width=64).result.notes


def test_a_model_understands_what_its_registers_promise(load: Load):
    regs = load(WIDE).top

    model = type("Wide", (Model,), {"regs": regs})()
    chip = ChipModel([Placed("dev", 0, model)])
    assert chip.sizes == (*SIZES, 8)
    block = regs(chip)
    model.hw.cnt.events = 0x1111_2222_3333_4444
    assert block.cnt.take().events == 0x1111_2222_3333_4444
    block.doorbell.write(go=True, ptr=5)
    assert block.doorbell.read().ptr == 5
