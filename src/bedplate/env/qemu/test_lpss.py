"""The SPI controller, driven as Linux drives it, in front of slaves that remember what they saw."""

import random

import pytest

from bedplate.env.qemu import lpss
from bedplate.env.qemu.lpss import (
    CS_CONTROL,
    CS_HIGH,
    CS_SELECT,
    FIFO,
    LBM,
    RESETS,
    RFS,
    RIE,
    RNE,
    ROR,
    RUNNING,
    SPH,
    SPO,
    SSCR0,
    SSCR1,
    SSDR,
    SSE,
    SSIRF,
    SSSR,
    SSTO,
    SW_MODE,
    TFS,
    TIE,
    TINT,
    TINTE,
    TNF,
    Controller,
)
from bedplate.env.qemu.testdata.pxa2xx import WORD8, Driver, Recorder
from bedplate.errors import EnvError


@pytest.fixture
def slaves():
    return [Recorder(), Recorder()]


@pytest.fixture
def driver(slaves):
    return Driver(Controller(slaves))


@pytest.fixture
def on(driver):
    """The driver with the port on and chip select 0 low, between two words of a frame."""
    driver.write(SSCR0, WORD8 | SSE)
    driver.select(0)
    return driver


class TestTransfer:
    @pytest.mark.parametrize("size", [1, 2, 64, 65, 255, 256, 257, 4096])
    def test_as_many_bytes_come_as_went(self, driver, slaves, size):
        data = random.Random(size).randbytes(size)
        assert driver.transfer(0, data) == bytes(byte ^ 0xFF for byte in data)
        assert slaves[0].seen == ["select", *data, "deselect"]

    def test_each_chip_select_reaches_its_slave_and_no_other(self, driver, slaves):
        for chip_select in (1, 0, 0, 1):
            driver.transfer(chip_select, bytes([chip_select]))
        assert slaves[0].seen == ["select", 0, "deselect"] * 2
        assert slaves[1].seen == ["select", 1, "deselect"] * 2

    def test_an_edge_is_a_change_of_level(self, on, slaves):
        on.write(SSDR, 1)
        on.write(CS_CONTROL, SW_MODE)
        on.write(SSDR, 2)
        on.write(CS_CONTROL, SW_MODE | CS_SELECT)
        on.write(CS_CONTROL, SW_MODE | CS_SELECT | CS_HIGH)
        assert slaves[0].seen == ["select", 1, 2, "deselect"]
        assert slaves[1].seen == ["select", "deselect"]

    def test_software_that_gives_chip_select_back_ends_the_frame(self, on, slaves):
        on.write(SSDR, 1)
        on.write(CS_CONTROL, 0)
        assert slaves[0].seen == ["select", 1, "deselect"]

    def test_nobody_at_a_chip_select_reads_as_ones(self):
        driver = Driver(Controller([Recorder()]))
        assert driver.transfer(1, b"\x0f" * 3) == b"\xff" * 3
        assert driver.transfer(0, b"\x0f") == b"\xf0"

    def test_more_slaves_than_chip_selects(self):
        with pytest.raises(EnvError, match="3 SPI slaves, wanted at most 2"):
            Controller([Recorder()] * 3)

    def test_costs_five_accesses_a_byte_and_34_a_frame(self, driver):
        """What that driver cannot do without: two to send a byte, two to fetch one, and a look between them."""
        driver.transfer(0, bytes(4))
        costs = []
        for size in (0, 1, 20, 1000):
            before = driver.accesses
            driver.transfer(0, bytes(size))
            costs.append(driver.accesses - before - 5 * size)
        assert max(costs) <= 34

    def test_leaves_no_interrupt_behind(self, driver):
        levels = []
        driver.function.interrupt_line = lambda level: (levels.append(level), driver.interrupt(level))
        driver.transfer(0, bytes(300))
        assert levels[0]
        assert not levels[-1]
        assert not driver.function.config_read(0x06, 2) & 1 << 3


class TestIdentity:
    def test_is_the_one_with_two_chip_selects_and_interrupts_by_pin_a(self):
        function = Controller([])
        assert (function.config_read(0, 2), function.config_read(2, 2)) == (0x8086, 0x228E)
        assert function.config_read(0x3D, 1) == 1
        assert len(lpss.NODES) == 2


class TestFifo:
    def test_is_empty_and_takes_words_after_reset(self, driver):
        assert driver.read(SSSR) == TNF | 0xF000
        assert driver.read(SSDR) == 0

    def test_holds_256_words_and_loses_the_later_ones_visibly(self, on):
        for index in range(FIFO):
            on.write(SSDR, index & 0xFF)
        assert not on.read(SSSR) & ROR
        assert not on.level
        on.write(SSDR, 0x55)
        assert on.read(SSSR) & ROR
        assert on.level, "an overrun interrupts, whatever is enabled"
        assert [on.read(SSDR) for _ in range(FIFO)] == [index ^ 0xFF for index in range(FIFO)]
        assert not on.read(SSSR) & RNE
        on.write(SSSR, ROR)
        assert not on.read(SSSR) & ROR
        assert not on.level

    def test_an_overrun_can_be_masked(self, on):
        on.write(SSCR0, on.read(SSCR0) | lpss.RIM)
        for _ in range(FIFO + 1):
            on.write(SSDR, 0)
        assert on.read(SSSR) & ROR
        assert not on.level

    def test_wants_service_from_its_threshold_on(self, on):
        on.write(SSIRF, 3 - 1)
        on.write(SSCR1, RIE)
        for level in range(1, 5):
            on.write(SSDR, 0)
            assert bool(on.read(SSSR) & RFS) == on.level == (level >= 3)
        on.read(SSDR)
        on.read(SSDR)
        assert not on.level

    def test_a_few_words_left_lying_time_out(self, on):
        on.write(SSCR1, TINTE)
        on.write(SSDR, 0)
        assert not on.read(SSSR) & TINT, "SSTO of 0 is no time-out"
        on.write(SSTO, 1000)
        on.write(SSDR, 0)
        assert on.read(SSSR) & TINT
        assert on.level
        on.write(SSSR, TINT)
        assert not on.level
        on.read(SSDR)
        assert on.level, "and again after a look, while words are left"

    def test_a_port_that_is_off_sends_nothing_and_forgets_what_came(self, on, slaves):
        on.write(SSDR, 1)
        on.write(SSCR0, WORD8)
        assert not on.read(SSSR) & (RNE | TFS)
        on.write(SSDR, 2)
        on.write(SSCR0, WORD8 | SSE)
        assert not on.read(SSSR) & RNE
        assert slaves[0].seen == ["select", 1]

    def test_the_transmitter_interrupts_only_when_on_and_enabled(self, driver):
        driver.write(SSCR1, TIE)
        assert not driver.level
        driver.write(SSCR0, WORD8 | SSE)
        assert driver.level
        driver.write(SSCR1, 0)
        assert not driver.level


class TestWords:
    @pytest.mark.parametrize(
        ("sscr0", "word", "sent"), [(0xF, 0x1234, 2), (1 << 20 | 7, 0x123456, 3), (1 << 20 | 0xF, 0x12345678, 4)]
    )
    def test_of_several_bytes_go_most_significant_byte_first(self, on, slaves, sscr0, word, sent):
        on.write(SSCR0, sscr0 | SSE)
        on.write(SSDR, word)
        assert slaves[0].seen[1:] == [0x12, 0x34, 0x56, 0x78][:sent]
        assert on.read(SSDR) == word ^ (1 << 8 * sent) - 1

    def test_more_bits_than_a_word_has_are_not_sent(self, on, slaves):
        on.write(SSDR, 0xABCD)
        assert slaves[0].seen == ["select", 0xCD]

    @pytest.mark.parametrize(
        ("sscr0", "sscr1"), [(0xB, 0), (0, 0), (1 << 4 | WORD8, 0), (WORD8, SPO), (WORD8, SPH), (WORD8, SPO | SPH)]
    )
    def test_that_the_slave_cannot_follow_spoil_the_rest_of_the_frame(self, on, slaves, sscr0, sscr1):
        on.write(SSDR, 0x11)
        on.read(SSDR)
        on.write(SSCR1, sscr1)
        on.write(SSCR0, sscr0 | SSE)
        on.write(SSDR, 0x22)
        assert on.read(SSDR) & 1
        on.write(SSCR1, 0)
        on.write(SSCR0, WORD8 | SSE)
        on.write(SSDR, 0x33)
        on.deselect()
        assert slaves[0].seen == ["select", 0x11, "cut"]
        on.transfer(0, b"\x44")
        assert slaves[0].seen[3:] == ["select", 0x44, "deselect"]

    def test_in_loop_back_come_as_they_went_and_nobody_hears(self, driver, slaves):
        assert driver.transfer(0, b"\x12\x34", mode=LBM) == b"\x12\x34"
        assert slaves[0].seen == ["select", "deselect"]

    def test_with_chip_select_by_hardware_are_frames_each(self, driver, slaves):
        driver.write(CS_CONTROL, CS_SELECT)
        driver.write(SSCR0, WORD8 | SSE)
        driver.write(SSDR, 1)
        driver.write(SSDR, 2)
        assert slaves[1].seen == ["select", 1, "deselect", "select", 2, "deselect"]

    def test_without_chip_select_reach_nobody(self, driver, slaves):
        driver.write(SSCR0, WORD8 | SSE)
        driver.write(SSDR, 1)
        assert driver.read(SSDR) == 0xFF
        assert slaves[0].seen == slaves[1].seen == []


class TestAccesses:
    def test_narrow_reads_get_their_lanes_and_narrow_writes_are_lost(self, on, slaves):
        port = on.function.port
        port.write(SSTO, 0x123456, 4)
        assert [port.read(SSTO + at, 1) for at in range(4)] == [0x56, 0x34, 0x12, 0]
        assert port.read(SSTO + 2, 2) == 0x12
        port.write(SSTO, 0, 1)
        port.write(SSDR, 0x77, 1)
        assert port.read(SSTO, 4) == 0x123456
        assert slaves[0].seen == ["select"]

    def test_what_is_no_register_reads_as_zeros(self, driver):
        for offset in (0x0C, 0x14, 0x100, 0x41C, 0xFFC):
            driver.write(offset, 0xFFFF_FFFF)
            assert driver.read(offset) == 0

    def test_a_port_held_in_reset_is_empty_and_deaf_but_its_pins_stay(self, on, slaves):
        on.write(SSCR1, TIE)
        on.write(SSDR, 1)
        for held in (0, 1, 2):
            on.write(RESETS, held)
            assert not on.level
            assert on.read(SSCR0) == on.read(SSCR1) == 0
            on.write(SSCR0, WORD8 | SSE)
            on.write(SSDR, 2)
            assert on.read(SSSR) == TNF | 0xF000
        assert slaves[0].seen == ["select", 1]
        assert on.read(CS_CONTROL) == SW_MODE
        on.write(RESETS, RUNNING)
        on.deselect()
        assert on.transfer(0, b"\x00") == b"\xff"

    def test_a_reset_of_the_bus_lets_go_of_chip_select(self, on, slaves):
        on.write(SSCR1, TIE)
        on.write(SSDR, 1)
        on.function.reset()
        assert slaves[0].seen == ["select", 1, "deselect"]
        assert not on.level
        assert Driver(on.function).transfer(0, b"\x0f") == b"\xf0"

    def test_an_edge_at_which_the_chip_cuts_the_power_comes_once(self, slaves):
        class Cut(Exception):
            pass

        def rise(cut=False):
            slaves[0].seen.append("rise")
            raise Cut

        driver = Driver(Controller(slaves))
        slaves[0].deselect = rise
        driver.write(SSCR0, WORD8 | SSE)
        driver.select(0)
        with pytest.raises(Cut):
            driver.deselect()
        driver.function.reset()
        assert slaves[0].seen == ["select", "rise"]
