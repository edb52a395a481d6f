"""The environment `rtl:` on the smallest chip: boots, errors, time, forks, and what it says when something is missing."""

import os
import re
import shutil

import pytest

import bedplate
from bedplate.bus import Backdoor, MemoryBus
from bedplate.chips.tern import Tern
from bedplate.env import open_bus, parse, release
from bedplate.env import rtl as environment
from bedplate.env.rtl import designs, library
from bedplate.env.rtl.bus import TENANT
from bedplate.env.rtl.faults import Faults
from bedplate.env.rtl.notes import INSTANCE, REGISTER, STEP, Notes
from bedplate.env.rtl.one_register import OneRegister
from bedplate.env.rtl.pins import Pins
from bedplate.env.spi.bridge import Bridge
from bedplate.errors import AccessError, BusFault, BusSize, EnvError, NotOwner, ToolMissing, UnknownName

BOX = "rtl:bedplate.env.rtl.one_register:OneRegister"
CTRL, WINDOW, NOWHERE = 0x4, 0x1000, 0x40


@pytest.fixture
def bus():
    bus = open_bus(BOX)
    yield bus
    bus.close()


def test_the_same_driver_boots_the_rtl():
    chip = bedplate.open(BOX)
    report = chip.converge()
    assert report.ok
    assert report.device_time >= 1000  # the hardware takes a hundred clocks to settle
    again = chip.converge()
    assert (again.writes, again.ok) == (0, True)
    chip.box.regs.ctrl.modify(gain=77)
    assert chip.box.regs.ctrl.read().gain == 77


def test_bursts_and_parts_of_words(bus):
    bus.write(CTRL, 0xA501)
    assert bus.read(CTRL) & 0xFFFF == 0xA501
    bus.write(CTRL + 1, 0x3C, 1)
    assert (bus.read(CTRL + 1, 1), bus.read(CTRL, 2)) == (0x3C, 0x3C01)
    bus.write(CTRL, 0x00, 1)
    assert bus.read(CTRL, 2) == 0x3C00
    assert list(bus.read_block(WINDOW, 3)) == [bus.read(CTRL)] * 3
    bus.write_block(WINDOW, [0x1101, 0x2201])
    assert bus.read(CTRL, 2) == 0x2201


def test_an_error_response_is_a_bus_fault_that_says_where(bus):
    with pytest.raises(BusFault, match="0x00000040: read ended in an error response"):
        bus.read(NOWHERE)
    with pytest.raises(BusFault):
        bus.write_block(NOWHERE, [1, 2])
    assert bus.read(0) == 0x0BED0001


@pytest.mark.parametrize(("address", "size"), [(2, 4), (1, 2), (0, 3), (0, 8)])
def test_what_the_bus_cannot_carry_makes_no_transaction(bus, address, size):
    before = bus.now()
    with pytest.raises(BusSize):
        bus.read(address, size)
    with pytest.raises(BusSize):
        bus.read_block(0, 5000)
    assert bus.now() == before


def test_time_is_simulated_time(bus):
    before = bus.now()
    bus.sleep(123_456)
    assert bus.now() - before == 123_456
    bus.write(CTRL, 1)
    got = bus.poll(CTRL, 1 << 31, 1 << 31, 2_000)
    assert got >> 31
    assert bus.now() - before < 126_000


def test_a_fork_of_the_process_is_a_fork_of_the_simulation(bus):
    bus.write(CTRL, 0x0101)
    reader, writer = os.pipe()
    child = os.fork()
    bus.write(CTRL, 0x0301 if child else 0x0201)
    bus.sleep(1000 if child else 5000)
    if not child:
        os.write(writer, f"{bus.read(CTRL, 2):x} {bus.now()}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    theirs, when = os.read(reader, 100).split()
    os.close(reader)
    os.close(writer)
    assert (bus.read(CTRL, 2), int(theirs, 16)) == (0x0301, 0x0201)
    assert int(when) - bus.now() == 4000


def test_another_thread_is_refused_and_harms_nothing(bus, elsewhere):
    scratch = bus.read(0)
    for act in (lambda: bus.read(0), lambda: bus.sleep(1000), lambda: bus.backdoor(0), lambda: release(bus)):
        with pytest.raises(NotOwner, match="simulation: this bus belongs to another thread"):
            elsewhere(act)
    with pytest.raises(NotOwner, match="stays with the thread that opened it"):
        release(bus)
    assert bus.read(0) == scratch


def test_two_simulations_in_one_process_do_not_disturb_each_other(bus):
    other = open_bus(BOX)
    bus.write(CTRL, 0x1101)
    other.write(CTRL, 0x2201)
    assert (bus.read(CTRL, 2), other.read(CTRL, 2)) == (0x1101, 0x2201)
    before = bus.now()
    other.sleep(500_000)
    bus.sleep(1_000)
    assert bus.now() - before == 1_000
    other.close()
    assert bus.read(CTRL, 2) == 0x1101


def test_after_the_end_of_the_simulation_there_is_an_error_and_no_data(bus):
    bus.close()
    with pytest.raises(EnvError, match="the simulation has ended"):
        bus.read(0)


def test_a_testbench_without_a_back_door_says_so(bus):
    assert not isinstance(bus, Backdoor)
    with pytest.raises(EnvError, match="no back door"):
        bus.backdoor(TENANT, 1)


def test_the_testbench_is_told_what_the_hal_is_about():
    heard = []

    class Listening(MemoryBus):
        def note(self, which, text):
            heard.append((which, text))

    listening = Listening(64)
    listening.write(0, 0x0BED0001)
    OneRegister(Notes(listening, listening, OneRegister)).converge()
    assert heard[0] == (REGISTER, "box.id"), "who is it, before anything else"
    first = heard.index((INSTANCE, "box"))
    assert heard[first : first + 3] == [(INSTANCE, "box"), (STEP, "observe"), (REGISTER, "box.ctrl")]
    assert (STEP, "switch_on") in heard


def test_through_the_pins_only_spi_transfers_reach_the_simulator():
    class Wire:
        exchange = type("exchange", (), {"time": 100})
        bridge = Bridge(MemoryBus(64))

        def spi(self, chip_select, data):
            return self.bridge.exchange(data)

        def now(self):
            return 0

        def sleep(self, duration):
            pass

    pins = Pins(Wire(), [range(64)])
    pins.write(8, 0x12345678)
    assert (pins.read(8), pins.read(9, 1)) == (0x12345678, 0x56)


def test_the_numbers_of_faults_are_those_of_the_rtl():
    faults = Faults(bedplate.env.chip_type("tern"))
    names = [block.name for block in bedplate.open("model:tern").all]
    assert faults.numbers("die0.pll.sys:no_lock") == (names.index("die0.pll.sys"), 0, 0, 0)
    assert faults.numbers("die1.pll.sys:lock_lost=15us*2") == (names.index("die1.pll.sys"), 1, 15_000, 2)
    assert faults.numbers("die0.pll.sys:slow=4")[1:] == (16, 4, 0)
    assert faults.numbers("die0.pll.sys:hung")[1:] == (18, 0, 0)
    assert faults.plain("die0.pll.sys:lock_lost=15us*2") == "die0.pll.sys:lock_lost=15000*2"
    for text in ("die0.pll.sis:no_lock", "die0.pll.sys:nolock"):
        with pytest.raises(UnknownName):
            faults.numbers(text)
    with pytest.raises(AccessError):
        faults.numbers("die0.pll.sys:wrong_divisor=fbdiv")


def test_options_reach_the_testbench_as_plusargs():
    target = parse("rtl:tern?seed=7&plusarg=a=1&plusarg=b&waves=x.fst&spi=1&tenant=1&harvest=die0:0x20&harvest=die1:3")
    assert environment.plusargs(target, Tern, ["x:y*1"]) == [
        *("a=1", "b", f"waves={os.getcwd()}/x.fst", "spi", "tenant", "verilator+seed+7", "verilator+rand+reset+2"),
        *("fault=x:y*1", "harvest=die0:20,die1:3"),
    ]
    assert environment.plusargs(parse("rtl:tern?spi=0&tenant=0"), Tern) == []
    with pytest.raises(UnknownName, match="unknown target option"):
        open_bus("rtl:tern?wave=1")


@pytest.mark.parametrize("missing", ["verilator", "g++", "make"])
def test_a_missing_tool_is_named_with_its_package(missing, tmp_path, monkeypatch):
    for name in environment.TOOLS:
        if name != missing:
            (tmp_path / name).symlink_to(shutil.which(name))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match=re.escape(f"{missing} is not installed")) as caught:
        open_bus(BOX)
    assert caught.value.next == f"apt-get install {missing}"
    assert caught.value.exit_code == 6
    assert {tool: bool(found) for tool, found, _ in environment.requirements()} == {
        name: name != missing for name in (*environment.TOOLS, "embeddable Python")
    }


def test_missing_headers_of_python_are_a_missing_tool(tmp_path, monkeypatch):
    monkeypatch.setattr(library.sysconfig, "get_path", lambda name: str(tmp_path))
    with pytest.raises(ToolMissing, match="C headers") as caught:
        open_bus(BOX)
    assert caught.value.next == "apt-get install python3-dev"


def test_without_a_checkout_there_is_nothing_to_simulate(tmp_path, monkeypatch):
    monkeypatch.setattr(designs, "ROOT", tmp_path)
    with pytest.raises(EnvError, match="no SystemVerilog") as caught:
        open_bus(BOX)
    assert "wheel" in caught.value.cause
