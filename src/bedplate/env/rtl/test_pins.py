"""The whole chip through the pins of its SPI bridges: both dies, words and parts of them, errors, a controller that dies."""

import pytest

from bedplate.chips.tern import Tern
from bedplate.env import open_bus
from bedplate.env.spi import SpiBus
from bedplate.env.spi.frame import FrameOp, Result, access
from bedplate.errors import BusFault
from bedplate.ip.sysid.driver import MAGIC

DIE1 = 0x1000000
UNPOWERED = 0x100000
"""`die0.hbm[0].stk`, which has no power after power-on."""


@pytest.fixture(scope="module")
def chip():
    bus = open_bus("rtl:tern?spi=1", Tern)
    yield bus
    bus.close()


@pytest.fixture
def link(chip):
    """The link to die 0, without a session."""
    return SpiBus(chip._simulation.spi, chip.now, chip.sleep)


def test_each_die_answers_at_its_own_chip_select(chip):
    assert (chip.read(0), chip.read(DIE1)) == (MAGIC, MAGIC)
    assert (Tern(chip).die[0].sysid.regs.chip_id.read().die, Tern(chip).die[1].sysid.regs.chip_id.read().die) == (0, 1)


def test_words_parts_of_words_and_bursts(chip):
    limit = Tern(chip).die[0].pll.sys.regs.lock_limit
    address = limit.address
    chip.write(address, 0x1234)
    chip.write(address, 0x56, 1)
    assert (chip.read(address), chip.read(address + 1, 1)) == (0x1256, 0x12)
    limit.write(cycles=5000)
    words = chip.read_block(0x20000, 10)
    assert words == [chip.read(0x20000 + 4 * n) for n in range(10)]


def test_the_fabric_answers_for_a_block_without_power(chip):
    with pytest.raises(BusFault, match="READ answered AXI_TIMEOUT"):
        chip.read(UNPOWERED)
    assert chip.read(0) == MAGIC


def test_an_address_of_no_die_makes_no_frame(chip):
    before = chip.now()
    with pytest.raises(BusFault, match="reaches no port"):
        chip.read(2 * DIE1)
    assert chip.now() == before


@pytest.mark.parametrize("cut", [1, 9, 10, 15])
def test_a_frame_that_breaks_off_is_not_executed(chip, link, cut):
    address = Tern(chip).die[0].pll.sys.regs.lock_limit.address
    link.write(address, 5000)
    link.attach()
    frame = access(FrameOp.WRITE, 1, link._session, address, 1, (77,))
    assert cut < len(frame)
    chip._simulation.spi(0, frame[:cut])
    other = SpiBus(chip._simulation.spi, chip.now, chip.sleep)
    assert other.read(address) == 5000
    assert other.left.dropped is not Result.OKAY


def test_the_next_controller_reads_what_the_one_before_did(chip, link):
    address = Tern(chip).die[0].pll.sys.regs.lock_limit.address
    link.attach()
    chip._simulation.spi(
        0, access(FrameOp.WRITE, 1, link._session, address, 1, (4321,))
    )  # and dies before it asks how it went
    other = SpiBus(chip._simulation.spi, chip.now, chip.sleep)
    assert other.read(address) == 4321
    left = other.left
    assert (left.seq, left.result, left.address) == (1, Result.OKAY, address)
    other.write(address, 5000)


def test_the_bridge_counts_what_came_through_its_pins(chip):
    regs = Tern(chip).die[1].spi_br.regs
    before = regs.frame_cnt.read().count
    chip.read(DIE1)
    assert regs.frame_cnt.read().count >= before + 4  # a read is asked for, and asked how it went
