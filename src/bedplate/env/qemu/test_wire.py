"""The SPI controller and its cable, in front of bridges: whole frames are executed, once, whatever happens to the pins."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.bus import Split
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env.qemu import lpss
from bedplate.env.qemu.lpss import CS_CONTROL, RESETS, SSCR0, SSDR, SSE, SSSR, Controller
from bedplate.env.qemu.testdata.pxa2xx import WORD8, Driver
from bedplate.env.qemu.wire import Wire
from bedplate.env.spi import SpiBus
from bedplate.env.spi.bridge import Bridge
from bedplate.env.spi.conftest import Memory
from bedplate.env.spi.frame import FrameOp, access, link_reset, short
from bedplate.errors import LinkDown


class Chip:
    """Memory behind a bridge at chip select 0, and a session with it."""

    def __init__(self, **damage):
        self.memory = Memory()
        self.bridge = Bridge(self.memory)
        self.wire = Wire(self.bridge, **damage)
        self.driver = Driver(Controller([self.wire]))
        nonces = iter(range(0x1001, 1 << 32))
        self.bus = SpiBus(self.driver.transfer, self.memory.now, self.memory.sleep, nonce=lambda: next(nonces))

    def attached(self):
        self.bus.attach()
        self.session = self.bridge.nonce
        return self

    def frame(self):
        """The next write of this session: 0x5A to 0x40."""
        return access(FrameOp.WRITE, 1, self.session & 0xFF, 0x40, 1, [0x5A])


@pytest.fixture
def chip():
    return Chip().attached()


class TestFrames:
    """A bridge behind the pins executes whole frames, once."""

    def test_reads_and_writes(self, chip):
        chip.bus.write(0x10, 0x1234_5678)
        chip.bus.write_block(0x20, list(range(64)))
        assert chip.bus.read(0x10) == 0x1234_5678
        assert list(chip.bus.read_block(0x20, 64)) == list(range(64))
        assert chip.bus.errors == {}
        assert [entry[0] for entry in chip.memory.accesses()].count(0x10) == 2

    def send(self, chip, data):
        chip.driver.write(SSCR0, WORD8 | SSE)
        chip.driver.select(0)
        for byte in data:
            chip.driver.write(SSDR, byte)

    def test_half_of_one_is_none(self, chip):
        for size in range(len(chip.frame())):
            self.send(chip, chip.frame()[:size])
            chip.driver.deselect()
        assert chip.memory.accesses() == []
        chip.bus.write(0x40, 0x5A)
        assert chip.memory.accesses() == [(0x40, 0x5A, 4)]

    def test_a_whole_one_is_executed_when_chip_select_rises(self, chip):
        self.send(chip, chip.frame())
        assert chip.memory.accesses() == []
        chip.driver.deselect()
        assert chip.memory.accesses() == [(0x40, 0x5A, 4)]

    @pytest.mark.parametrize("size", [0, 1, 9, 14])
    def test_a_controller_that_dies_within_one_leaves_nothing_behind(self, chip, size):
        self.send(chip, chip.frame()[:size])
        chip.driver.function.reset()
        assert chip.memory.accesses() == []
        chip.bus = SpiBus(Driver(Controller([chip.bridge])).transfer, chip.memory.now, chip.memory.sleep)
        assert chip.bus.attach().nonce == chip.session
        chip.bus.write(0x40, 0x5A)
        assert chip.memory.accesses() == [(0x40, 0x5A, 4)]


class TestWire:
    @pytest.mark.parametrize(("level", "text"), [(0, "nothing but zeros"), (1, "nothing but ones")])
    def test_a_stuck_line_is_a_dead_link(self, chip, level, text):
        chip.wire.damage(stuck=level)
        with pytest.raises(LinkDown, match=text):
            chip.bus.read(0x10)
        chip.wire.damage()
        chip.bus.write(0x10, 1)
        assert chip.bus.read(0x10) == 1

    def test_chip_select_that_never_falls_is_a_line_that_nobody_drives(self, chip):
        chip.wire.damage(losses=1.0)
        with pytest.raises(LinkDown, match="nothing but ones"):
            chip.bus.write(0x10, 1)
        assert chip.memory.accesses() == []

    @pytest.mark.parametrize("damage", [{"errors": 1e-3}, {"losses": 1e-2}, {"errors": 5e-4, "losses": 5e-3}])
    @pytest.mark.parametrize("seed", range(4))
    def test_noise_costs_frames_and_no_access_is_made_twice(self, damage, seed):
        chip = Chip(**damage, seed=seed).attached()
        for index in range(100):
            chip.bus.write(0x100 + 4 * index, index)
            assert chip.bus.read(0x100 + 4 * index) == index
        assert chip.memory.accesses() == [
            entry for index in range(100) for entry in ((0x100 + 4 * index, index, 4), (0x100 + 4 * index, None, 4))
        ]
        assert sum(chip.bus.errors.values()) > 0

    def test_noise_is_the_same_for_the_same_seed(self):
        def errors(seed):
            chip = Chip(errors=1e-3, seed=seed).attached()
            for _ in range(20):
                chip.bus.read_block(0, 4)
            return chip.driver.accesses, dict(chip.bus.errors)

        assert errors(3) == errors(3)
        assert len({str(errors(seed)) for seed in range(5)}) > 1


class TestFuzz:
    OFFSETS = st.sampled_from([*lpss.WRITABLE, SSSR, SSDR, SSDR, RESETS, CS_CONTROL, CS_CONTROL]) | st.integers(
        0, 0xFFF
    )
    ACCESS = st.tuples(
        OFFSETS, st.integers(0, 0xFFFF_FFFF) | st.integers(0, 7), st.sampled_from([1, 2, 4, 8]), st.booleans()
    )

    @staticmethod
    def apply(function, accesses):
        for offset, value, size, write in accesses:
            if write:
                function.write(0, offset, value & (1 << 8 * size) - 1, size)
            else:
                assert 0 <= function.read(0, offset, size) < 1 << 8 * size

    @given(accesses=st.lists(ACCESS, max_size=200))
    @settings(max_examples=300)
    def test_no_access_to_the_registers_raises_or_reaches_the_chip(self, accesses):
        chip = Chip().attached()
        self.apply(chip.driver.function, accesses)
        chip.driver.function.reset()
        assert chip.memory.accesses() == []
        assert chip.bridge.nonce == chip.session
        assert not chip.driver.level

    @given(accesses=st.lists(ACCESS, max_size=8), at=st.integers(0, 16), data=st.binary(max_size=3))
    @settings(max_examples=300)
    def test_whatever_happens_within_a_frame_it_is_executed_once_as_it_is_or_not_at_all(self, accesses, at, data):
        chip = Chip().attached()
        frame = chip.frame()
        driver = chip.driver
        driver.write(SSCR0, WORD8 | SSE)
        driver.select(0)
        for byte in frame[:at]:
            driver.write(SSDR, byte)
        self.apply(driver.function, accesses)
        for byte in frame[at:] + data:
            driver.write(SSDR, byte)
        driver.deselect()
        driver.function.reset()
        assert chip.memory.accesses() in ([], [(0x40, 0x5A, 4)])

    def test_a_question_is_answered_amid_garbage(self, chip):
        noise = random.Random(5)
        for _ in range(50):
            chip.driver.transfer(0, noise.randbytes(noise.randrange(1, 40)))
            assert chip.bus.status().nonce == chip.session
        chip.driver.transfer(0, link_reset(0x77)[:-1] + b"\x00")
        chip.driver.transfer(0, short(FrameOp.NOP))
        assert chip.bridge.nonce == chip.session
        assert chip.memory.accesses() == []


def test_tern_boots_through_both_chip_selects():
    model = make_model(Tern)
    recorded = [0, 0]
    bridges = [Bridge(model), Bridge(model)]
    driver = Driver(Controller(bridges))

    def transfer(chip_select, data):
        recorded[chip_select] += 1
        return driver.transfer(chip_select, data)

    def bus():
        links = (SpiBus(transfer, model.now, model.sleep, select) for select in range(2))
        return Split(list(zip(Tern.ports, links, strict=True)))

    assert Tern(bus()).converge().ok
    assert min(recorded) > 1000, "each die through its own chip select"
    again = Tern(bus())
    assert again.converge().ok
    assert again.meter.writes == 0
    assert model.violations() == []
