"""Waves of a simulation: what the HAL was about stands beside what the hardware did, at the same time."""

from collections import defaultdict

import pylibfst
import pytest

from bedplate.bus import Decorator
from bedplate.env import open_bus, rtl
from bedplate.env.rtl.one_register import OneRegister
from bedplate.errors import AccessError

BOX = "rtl:bedplate.env.rtl.one_register:OneRegister"
HAL, PINS = "one_register_tb.hal", "one_register_tb.dut"
CLOCK = 10  # ns; Verilator 5.006 records what happens right after a bare delay only at the next edge
NOTES = ("instance_name", "step_name", "register_name")


class Waves:
    """An FST file, read back: the changes of each signal as (time in ns, bits)."""

    def __init__(self, file):
        lib, ffi = pylibfst.lib, pylibfst.ffi
        fst = lib.fstReaderOpen(str(file).encode())
        assert fst != ffi.NULL
        _, signals = pylibfst.get_scopes_signals2(fst)
        self.handles = {name.partition(" ")[0].removeprefix("TOP."): s.handle for name, s in signals.by_name.items()}
        per_ns = 10 ** (-9 - lib.fstReaderGetTimescale(fst))
        self.end = lib.fstReaderGetEndTime(fst) / per_ns
        self.changes = defaultdict(list)
        lib.fstReaderSetFacProcessMaskAll(fst)
        pylibfst.fstReaderIterBlocks(
            fst, lambda _, time, handle, bits: self.changes[handle].append((time / per_ns, pylibfst.string(bits)))
        )
        lib.fstReaderClose(fst)

    def __getitem__(self, name):
        return self.changes[self.handles[name]]

    def at(self, name, time):
        """A signal's bits right before a time: what a flip-flop clocked then sees."""
        return [bits for when, bits in self[name] if when < time][-1]

    def text(self, note, time):
        """What a viewer shows as ASCII."""
        bits = self.at(f"{HAL}.{note}", time)
        return int(bits, 2).to_bytes(len(bits) // 8, "big").strip(b"\0").decode()

    def transfers(self):
        """Every APB transfer at the pins of the design: (time, address, whether it writes)."""
        for time, bits in self[f"{PINS}.clk"]:
            pins = {name: self.at(f"{PINS}.{name}", time) for name in ("psel", "penable", "pready")} if time else {}
            if bits == "1" and set(pins.values()) == {"1"}:
                address = int(self.at(f"{PINS}.paddr", time), 2)
                yield time, address, self.at(f"{PINS}.pwrite", time) == "1"


class Clocked(Decorator):
    """Remembers each transaction, from when to when it took, and each wait."""

    def __init__(self, bus):
        super().__init__(bus)
        self.seen = []
        self.waits = []

    def sleep(self, duration):
        start = self.now()
        super().sleep(duration)
        self.waits.append((start, self.now()))

    def transact(self, request):
        start = self.now()
        words = super().transact(request)
        self.seen.append((start, self.now(), request.address, request.is_write))
        return words


@pytest.fixture(scope="module")
def booted(tmp_path_factory):
    """A boot with waves: what the HAL did and when, and the waves."""
    file = tmp_path_factory.mktemp("waves") / "box.fst"
    clocked = Clocked(open_bus(f"{BOX}?waves={file}"))
    assert OneRegister(clocked).converge().ok
    clocked.bus.close()
    return clocked, Waves(file)


@pytest.mark.parametrize("place", ["no/such/place/box.fst", "."])
def test_waves_that_cannot_be_written_are_refused_before_anything_is_built(tmp_path, monkeypatch, place):
    monkeypatch.setattr(rtl, "require_tools", lambda: pytest.fail("it went on"))
    with pytest.raises(AccessError, match="cannot write waves"):
        open_bus(f"{BOX}?waves={tmp_path / place}")


def test_each_transaction_of_the_hal_is_a_transfer_on_the_pins_at_its_time(booted):
    hal, waves = booted
    transfers = list(waves.transfers())
    assert len(hal.seen) == len(transfers) > 3
    for (start, end, *done), (time, *transfer) in zip(hal.seen, transfers, strict=True):
        assert start < time <= end
        assert done == transfer


def test_the_names_stand_beside_the_transfer_that_they_are_of(booted):
    _, waves = booted
    shown = [(*(waves.text(note, time) for note in NOTES), writes) for time, _, writes in waves.transfers()]
    assert shown[0] == ("", "", "box.id", False), "who is it, before anything else"
    assert shown[1] == ("box", "observe", "box.ctrl", False)
    assert [names for *names, writes in shown if writes] == [["box", "switch_on", "box.ctrl"]]
    assert shown[-2:] == [("box", "observe", "box.ctrl", False), ("", "", "box.id", False)], "and who it is, at the end"


def test_a_name_changes_when_the_hal_turns_to_something_else_and_not_in_between(booted):
    hal, waves = booted
    starts = {start for start, *_ in (*hal.seen, *hal.waits)}
    for note in NOTES:
        changes = [time for time, _ in waves[f"{HAL}.{note}"] if time]
        assert 0 < len(changes) < len(hal.seen) + len(hal.waits)
        assert [time for time in changes if not any(0 <= time - start <= CLOCK for start in starts)] == []
    assert waves.text("step_name", min(starts)) == ""


def test_while_the_hal_waits_it_is_about_no_register(booted):
    hal, waves = booted
    assert {waves.text("register_name", end) for _, end in hal.waits} == {""}


def test_what_the_hardware_does_on_its_own_is_there_too(booted):
    hal, waves = booted
    settled = [time for time, bits in waves[f"{PINS}.left"] if int(bits.replace("x", "0"), 2) == 0 and time > 100]
    written = next(end for _, end, _, writes in hal.seen if writes)
    assert len(settled) == 1
    assert settled[0] - written == pytest.approx(1000, abs=20)  # a hundred clocks
    assert waves.end >= hal.seen[-1][1]
