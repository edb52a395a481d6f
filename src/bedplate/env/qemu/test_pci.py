"""One function, the same promises whatever carries it: directly, by mpqemu, by vfio-user."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.env.qemu.conftest import BASE, IDENTITY, Memory
from bedplate.env.qemu.pci import Function, PcieLink, PciIdentity
from bedplate.errors import OutOfRange

ONES = 0xFFFF_FFFF
ABORTED = 1 << 11


class TestConfigurationSpace:
    def test_says_who_it_is(self, world):
        host = world.host
        assert host.config_read(0x00, 4) == 0x0A17_1234
        assert host.config_read(0x08, 4) == 0x12_0000_03
        assert host.config_read(0x2C, 4) == 0x00BD_4321
        assert host.config_read(0x0E, 1) == 0

    def test_identity_cannot_be_written(self, world):
        for offset in (0x00, 0x08, 0x2C, 0x34):
            was = world.host.config_read(offset, 4)
            world.host.config_write(offset, 0x5555_5555, 4)
            assert world.host.config_read(offset, 4) == was

    def test_a_bar_written_with_ones_says_its_size(self, world):
        for bar, size in ((0, 4096), (2, 1 << 16)):
            world.host.config_write(0x10 + 4 * bar, ONES, 4)
            assert world.host.config_read(0x10 + 4 * bar, 4) == (1 << 32) - size, "32 bits, in memory, not prefetchable"

    @pytest.mark.parametrize("offset", [0x14, 0x1C, 0x20, 0x24, 0x28, 0x30], ids=hex)
    def test_bars_that_are_not_there_and_the_cis_pointer_stay_zero(self, world, offset):
        world.host.config_write(offset, ONES, 4)
        assert world.host.config_read(offset, 4) == 0

    def test_bytes_and_halves_of_a_register(self, world):
        world.host.config_write(0x13, 0xE1, 1)
        world.host.config_write(0x11, 0x2FFF, 2)
        assert world.host.config_read(0x10, 4) == 0xE12F_F000
        assert world.host.config_read(0x12, 2) == 0xE12F

    def test_reset_clears_bars_command_and_status(self, world):
        world.host.enable()
        world.memory.broken.add(0)
        world.host.read(0, 0, 4)
        world.host.reset()
        assert world.host.config_read(0x10, 4) == 0
        assert world.host.config_read(0x04, 4) == 0x0010_0000, "a capability list, and nothing else"
        assert world.host.config_read(0x00, 4) == 0x0A17_1234
        assert world.host.read(0, 4, 4) == ONES
        assert world.memory.accesses == [("read", 0, 4)], "it decodes nothing any more"

    def test_an_express_capability_tells_of_the_link(self, world):
        host = world.host
        assert host.status & 1 << 4
        at = host.config_read(0x34, 1)
        assert host.config_read(at, 2) == 0x0010, "PCI Express, and the last capability"
        assert host.config_read(at + 2, 2) == 0x0002, "version 2, an endpoint"
        assert host.config_read(at + 0x0C, 4) & 0x3FF == 5 | 16 << 4, "can do 32 GT/s and 16 lanes"
        assert host.config_read(at + 0x12, 2) & 0x3FF == 4 | 8 << 4, "does 16 GT/s and 8 lanes"
        assert host.config_read(at + 0x2C, 4) == 0b111110, "2.5 to 32 GT/s"
        world.function.set_link(PcieLink(speed=1, width=1))
        assert host.config_read(at + 0x12, 2) & 0x3FF == 1 | 1 << 4

    @given(
        st.lists(
            st.tuples(st.integers(0, 0xFF), st.sampled_from([1, 2, 4]), st.integers(0, ONES)),
            max_size=30,
        )
    )
    def test_no_writes_move_what_is_read_only(self, writes):
        function = Function(IDENTITY, [Memory(), None, Memory(1 << 16)], link=PcieLink(), interrupt_pin=1)
        fixed = {
            0x00: ONES,
            0x08: ONES,
            0x10: 0xFFF,
            0x14: ONES,
            0x18: 0xFFFF,
            0x28: ONES,
            0x2C: ONES,
            0x30: ONES,
            0x4C: ONES,
        }
        fixed |= {0x04: 0xFFFF_FAB9, 0x3C: 0xFF00, 0x40: ONES, 0x34: ONES}
        before = {offset: function.config_read(offset, 4) & bits for offset, bits in fixed.items()}
        for offset, size, value in writes:
            function.config_write(offset, value & (1 << 8 * size) - 1, size)
        assert {offset: function.config_read(offset, 4) & bits for offset, bits in fixed.items()} == before

    def test_nobody_lives_outside_of_it(self, world):
        assert world.function.config_read(254, 4) == ONES
        world.function.config_write(254, 0, 4)


class TestBars:
    @pytest.mark.parametrize("size", [1, 2, 4])
    def test_an_access_reaches_the_region_once_as_wide_as_it_is(self, world, size):
        world.host.enable()
        value = 0x8765_4321 & (1 << 8 * size) - 1
        world.host.write(0, 0x104, value, size)
        assert world.host.read(0, 0x104, size) == value
        assert world.memory.accesses == [("write", 0x104, size), ("read", 0x104, size)]

    def test_eight_bytes_are_two_accesses_the_lower_first(self, world):
        world.host.enable()
        world.host.write(0, 0x10, 0x1122_3344_5566_7788, 8)
        assert world.memory.bytes[0x10:0x18] == bytes.fromhex("8877665544332211")
        assert world.host.read(0, 0x10, 8) == 0x1122_3344_5566_7788
        assert world.memory.accesses == [(verb, at, 4) for verb in ("write", "read") for at in (0x10, 0x14)]

    def test_the_listener_hears_of_an_access_before_it_is_split_and_made(self, world):
        world.host.enable()
        heard = []
        world.function.listener = lambda *access: heard.append((access, len(world.memory.accesses)))
        world.host.write(0, 8, 7, 8)
        world.host.read(0, 8, 2)
        assert heard == [((0, 8, 8, 7, True), 0), ((0, 8, 2, 0, False), 2)]

    def test_two_bars(self, world):
        world.host.enable()
        world.host.config_write(0x18, BASE + (2 << 24), 4)
        world.host.write(2, 0xFFFC, 5, 4)
        assert world.other.accesses == [("write", 0xFFFC, 4)]
        assert world.memory.accesses == []

    def test_decodes_where_its_bars_stand(self, world):
        world.host.enable(0xE000_0000)
        world.host.config_write(0x18, 0xE100_0000, 4)
        decode = world.function.decode
        assert decode(0xE000_0000) == (0, 0)
        assert decode(0xE000_0FFF) == (0, 0xFFF)
        assert decode(0xE000_1000) is None
        assert decode(0xDFFF_FFFF) is None
        assert decode(0xE100_FFFE) == (2, 0xFFFE)
        world.host.config_write(0x10, 0xD000_0000, 4)
        assert decode(0xE000_0000) is None
        assert decode(0xD000_0004) == (0, 4)

    def test_memory_space_off_is_a_master_abort(self, world):
        world.host.enable()
        world.host.config_write(0x04, 0, 2)
        assert world.host.read(0, 0, 4) == ONES
        world.host.write(0, 0, 1, 4)
        assert world.memory.accesses == []
        assert not world.host.status & ABORTED

    def test_beyond_a_bar_nobody_answers(self, world):
        world.host.enable()
        for offset in (4096, 4094):
            assert world.host.read(0, offset, 4) == ONES
            world.host.write(0, offset, 1, 4)
        assert world.host.read(1, 0, 4) == ONES
        assert world.memory.accesses == []
        assert not world.host.status & ABORTED

    @pytest.mark.parametrize("size", [8, 15, 24, 1 << 32])
    def test_sizes_that_no_bar_can_have(self, size):
        with pytest.raises(OutOfRange, match="BAR"):
            Function(PciIdentity(1, 2, 3), [Memory(16), type("Region", (), {"size": size})()])


class TestErrorResponses:
    def test_a_read_gives_ones_and_is_told_from_data_by_the_status(self, world):
        world.host.enable()
        world.memory.bytes[0:4] = b"\xff" * 4
        assert world.host.read(0, 0, 4) == ONES
        assert not world.host.status & ABORTED, "that was data"
        world.memory.broken.add(8)
        assert world.host.read(0, 8, 4) == ONES
        assert world.host.status & ABORTED

    def test_a_write_is_dropped_and_told_of(self, world):
        world.host.enable()
        world.memory.broken.add(8)
        world.host.write(0, 8, 1, 2)
        assert world.host.status & ABORTED

    def test_the_bit_stays_until_a_one_clears_it(self, world):
        world.host.enable()
        world.memory.broken.add(8)
        world.host.read(0, 8, 1)
        world.host.read(0, 0, 4)
        world.host.config_write(0x06, 0, 2)
        world.host.config_write(0x06, ABORTED ^ 0xFFFF, 2)
        world.host.config_write(0x04, 0x6, 2)
        assert world.host.status & ABORTED
        world.host.config_write(0x06, ABORTED, 2)
        assert not world.host.status & ABORTED
        assert world.host.config_read(0x04, 2) == 0x6

    @pytest.mark.parametrize("half", [0, 4])
    def test_eight_bytes_with_one_bad_half_are_bad(self, world, half):
        world.host.enable()
        world.memory.broken.add(half)
        assert world.host.read(0, 0, 8) == (1 << 64) - 1
        assert world.host.status & ABORTED
        assert len(world.memory.accesses) == half // 4 + 1


class TestSurpriseLinkDown:
    def test_nobody_answers(self, world):
        world.host.enable()
        world.function.link_up = False
        assert world.host.config_read(0x00, 4) == ONES
        assert world.host.read(0, 0, 4) == ONES
        world.host.write(0, 0, 1, 4)
        world.host.config_write(0x04, 0, 2)
        assert world.memory.accesses == []

    def test_what_was_written_meanwhile_is_lost_and_the_rest_lives(self, world):
        world.host.enable()
        world.function.link_up = False
        world.host.config_write(0x10, 0, 4)
        world.function.link_up = True
        assert world.host.config_read(0x10, 4) == BASE
        world.host.write(0, 0, 1, 4)
        assert world.memory.accesses == [("write", 0, 4)]

    def test_its_interrupt_is_let_go(self):
        function = Function(IDENTITY, [], interrupt_pin=1)
        levels = []
        function.interrupt_line = levels.append
        function.set_interrupt(True)
        function.link_up = False
        function.link_up = True
        assert levels == [True, False, True]


class TestInterruptPin:
    @pytest.fixture
    def levels(self):
        self.function = Function(IDENTITY, [], interrupt_pin=1)
        levels = []
        self.function.interrupt_line = levels.append
        return levels

    def test_the_line_is_told_of_changes_only(self, levels):
        for level in (False, True, True, False):
            self.function.set_interrupt(level)
        assert levels == [True, False]
        assert self.function.config_read(0x3D, 1) == 1

    def test_it_shows_in_the_status_even_when_disabled(self, levels):
        self.function.config_write(0x04, 1 << 10, 2)
        self.function.set_interrupt(True)
        assert self.function.config_read(0x06, 2) & 1 << 3
        assert levels == []
        self.function.config_write(0x04, 0, 2)
        assert levels == [True]
        self.function.config_write(0x04, 1 << 10, 2)
        assert levels == [True, False]

    def test_a_reset_of_the_bus_enables_it_again(self, levels):
        self.function.config_write(0x04, 1 << 10, 2)
        self.function.set_interrupt(True)
        self.function.reset()
        assert levels == [True]
        assert self.function.config_read(0x06, 2) & 1 << 3
