"""The environment `spi:`: Tern through spidev's ioctls, in front of bridges and a model of the chip."""

import errno
import os

import pytest

from bedplate.bus import Decorator
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env import open_bus, open_chip, parse
from bedplate.env.linux import clock, spi, spidev
from bedplate.env.linux.conftest import Board, PowerCut
from bedplate.env.linux.spidev import Spidev
from bedplate.env.spi.bridge import Bridge
from bedplate.env.targets import chip_type
from bedplate.errors import AccessError, BusFault, BusSize, EnvError, LinkDown, UnknownName, WrongChip

LAST = 0x0100_0000
"""The first address of die 1."""


def healthy(chip):
    """Everything is at its goal already: converging writes nothing."""
    return chip.converge().ok and chip.meter.writes == 0


class TestTarget:
    def test_nodes_that_are_swapped_are_refused_at_opening(self, board, monkeypatch):
        class Other(Decorator):
            """What the bridge of the other die leads to."""

            def transact(self, request):
                assert not request.is_write
                return super().transact(request._replace(address=request.address ^ LAST))

        monkeypatch.setattr(spi.open_bus, "__defaults__", (board.ioctl,))
        with monkeypatch.context() as swapped:
            swapped.setattr(board, "bridges", {node: Bridge(Other(board.model)) for node in board.nodes})
            with pytest.raises(WrongChip, match=r"port 0x0: .*wanted .* die 0, got .* die 1"):
                open_chip(board.target)
        assert open_chip(board.target).converge(only=["die0.otp", "die1.otp"]).ok

    def test_names_nodes_and_the_chip_is_an_option(self):
        assert parse("spi:/dev/spidev0.0") == ("spi", "tern", (("at", "/dev/spidev0.0"),))
        target = parse("spi:/dev/spidev0.0,/dev/spidev0.1?speed=1000000&chip=bench")
        assert (target.name, target.all("at")) == ("bench", ["/dev/spidev0.0,/dev/spidev0.1"])
        assert chip_type(parse("spi:/dev/spidev0.0").name) is Tern

    def test_an_environment_that_does_not_exist_is_answered_with_examples_of_those_that_do(self):
        with pytest.raises(UnknownName) as caught:
            parse("spy:/dev/spidev0.0")
        assert "spi:/dev/spidev0.0" in caught.value.next

    @pytest.mark.parametrize("speed", ["", "fast", "0", "-1", "5000000000"])
    def test_a_speed_is_a_number_of_hz(self, board, speed):
        with pytest.raises(AccessError, match="cannot read a clock rate"):
            board.open(f"?speed={speed}")

    def test_an_option_that_does_not_exist(self, board):
        with pytest.raises(UnknownName, match="sped"):
            board.open("?sped=1")

    def test_more_nodes_than_the_chip_has_ports(self, board):
        with pytest.raises(AccessError, match=r"3 nodes.*at most 2, one a port"):
            spi.open_bus(parse(board.target + ",/dev/x"), Tern, board.ioctl)


class TestOpening:
    def test_sets_the_node_and_moves_no_frame(self, board):
        board.open("?speed=2500000")
        assert list(board.settings.values()) == [{"mode": 0, "bits": 8, "speed": 2_500_000}] * 2
        assert board.frames == []

    def test_ten_megahertz_unless_asked_otherwise(self, board):
        board.open()
        assert board.settings[board.nodes[0]]["speed"] == 10_000_000

    def test_a_node_that_does_not_exist_says_what_to_do(self):
        with pytest.raises(EnvError, match="no such device node") as caught:
            open_bus("spi:/dev/nonexistent")
        assert caught.value.where == "/dev/nonexistent"
        assert "driver_override" in caught.value.next
        assert caught.value.exit_code == 3

    def test_a_node_that_is_not_ours(self, monkeypatch):
        def forbid(node, flags):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(os, "open", forbid)
        with pytest.raises(EnvError, match="no permission") as caught:
            open_bus("spi:/dev/spidev0.0")
        assert "group" in caught.value.next

    def test_a_node_of_something_else(self):
        with pytest.raises(EnvError, match="no spidev node"):
            open_bus("spi:/dev/null")

    def test_a_controller_that_cannot_do_it(self, board):
        board.fail = errno.EINVAL
        with pytest.raises(EnvError, match="cannot do mode 0"):
            board.open()

    def test_closes_what_it_opened(self, board):
        before = os.listdir("/proc/self/fd")
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        assert len(os.listdir("/proc/self/fd")) == len(before) + 4, "for each node one for frames and one for its lock"
        del bus
        assert len(os.listdir("/proc/self/fd")) == len(before)


class TestFrames:
    @pytest.fixture
    def node(self, board):
        return Spidev(board.nodes[0], 1_000_000, board.ioctl)

    def test_as_many_bytes_come_as_went(self, board, node, monkeypatch):
        monkeypatch.setattr(board, "wire", lambda node, data: bytes(byte ^ 0xFF for byte in data))
        for size in (1, 4, 7, 1100, 4096):
            assert node.transfer(0, bytes(range(256)) * 16 if size == 4096 else b"\x0f" * size)[:1] in (
                b"\xf0",
                b"\xff",
            )
            assert len(node.transfer(0, bytes(size))) == size

    def test_longer_than_bufsiz_is_refused_before_it_is_sent(self, board, node):
        with pytest.raises(BusSize, match=r"4097 bytes, wanted at most 4096 \(bufsiz\)"):
            node.transfer(0, bytes(4097))
        assert board.frames == []

    def test_bufsiz_is_what_the_module_says(self, board, tmp_path, monkeypatch):
        monkeypatch.setattr(spidev, "BUFSIZ", tmp_path / "bufsiz")
        (tmp_path / "bufsiz").write_text("512\n")
        assert Spidev(board.nodes[0], 1, board.ioctl).limit == 512
        (tmp_path / "bufsiz").unlink()
        assert Spidev(board.nodes[0], 1, board.ioctl).limit == 4096

    def test_the_longest_frames_of_the_bus_are_well_below_bufsiz(self, board):
        bus = board.open().bus
        bus.read_block(0, 2)
        with pytest.raises(BusFault, match=r"PARTIAL|SLVERR"):
            bus.write_block(0, [0] * 64)
        assert max(len(data) for _, data in board.frames) < 1100

    def test_chip_select_rests_between_frames(self, board, node, monkeypatch):
        assert spidev.GAP == 1_000
        monkeypatch.setattr(spidev, "GAP", 200_000)  # so much more that the cost of Python cannot make it
        for _ in range(20):
            node.transfer(0, bytes(4))
        rests = [begin - end for end, begin in zip(board.times[1::2], board.times[2::2], strict=False)]
        assert min(rests) >= 200_000

    def test_what_the_kernel_failed_to_bring_is_not_the_frame_before(self, board, monkeypatch):
        node = Spidev(board.nodes[0], 1, board.ioctl)
        monkeypatch.setattr(board, "wire", lambda node, data: b"\xaa" * len(data))
        node.transfer(0, bytes(8))
        lazy = Spidev(board.nodes[0], 1, lambda fd, request, argument: 8)
        lazy._in_view[:8] = b"\xaa" * 8
        assert lazy.transfer(0, bytes(8)) == bytes(8)

    @pytest.mark.parametrize("code", [errno.EIO, errno.ETIMEDOUT, errno.ESHUTDOWN])
    def test_a_kernel_that_fails_is_a_link_that_is_down(self, board, node, code):
        board.fail = code
        with pytest.raises(LinkDown, match=f"could not move an SPI frame.*got {errno.errorcode[code]}"):
            node.transfer(0, bytes(4))

    def test_a_frame_that_was_cut_is_a_link_that_is_down(self, board, node):
        node._ioctl = lambda fd, request, argument: 3
        with pytest.raises(LinkDown, match="got 3 of 8 bytes"):
            node.transfer(0, bytes(8))


def test_device_time_is_the_time_that_passes_here():
    began = clock.now()
    clock.sleep(2_000_000)
    assert 2_000_000 <= clock.now() - began < 1_000_000_000


class TestChip:
    def test_boots_and_then_nothing_is_left_to_write(self, board):
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        assert Tern(bus).converge().ok
        assert bus.errors == {}
        assert {node for node, _ in board.frames} == set(board.nodes), "each die through its own bridge"
        assert healthy(board.open())

    def test_in_real_time(self, tmp_path, monkeypatch):
        model = make_model(Tern)
        board = Board(tmp_path, model)
        began = clock.now()

        def keep_up(node, data, wire=board.wire):
            model.sleep(max(clock.now() - began - model.now(), 0))
            return wire(node, data)

        board.wire = keep_up
        chip = board.open()
        assert chip.converge().ok

    def test_reads_the_same_as_the_model(self, board):
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        for die in (0, LAST):
            assert bus.read(die) == board.model.read(die)

    def test_one_node_reaches_one_die_and_says_so_of_the_other(self, board):
        bus = spi.open_bus(parse("spi:" + board.nodes[0]), Tern, board.ioctl)
        assert bus.read(0) == board.model.read(0)
        with pytest.raises(BusFault, match="reaches no port of the chip, wanted 0x0 to 0xffffff"):
            bus.read(LAST)

    @pytest.mark.parametrize("longest", [64, 100, 512])
    def test_a_controller_that_moves_little_at_once_gets_bursts_in_parts(self, board, longest):
        board.longest = longest
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        assert Tern(bus).converge().ok
        assert max(len(data) for _, data in board.frames) <= longest
        assert Tern(board.model).converge().writes == 0
        bus.write_block(0x80, range(1, 9))  # scratch of die 0
        assert list(bus.read_block(0x80, 8)) == list(range(1, 9))

    def test_so_does_a_module_with_a_small_buffer(self, board, tmp_path, monkeypatch):
        monkeypatch.setattr(spidev, "BUFSIZ", tmp_path / "bufsiz")
        (tmp_path / "bufsiz").write_text("64\n")
        assert board.open().converge().ok

    def test_a_controller_that_moves_too_little_is_said(self, board):
        board.longest = 16
        with pytest.raises(BusSize, match=r"SPI frame of 44 bytes.*got EMSGSIZE"):
            spi.open_bus(parse(board.target), Tern, board.ioctl).read(0)
        assert board.frames == []

    def test_bit_errors_cost_frames_and_nothing_else(self, board):
        board.errors = 1e-4
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        assert Tern(bus).converge().ok
        assert bus.errors["CORRUPT"] > 0
        assert bus.notes[-1].startswith("frames were sent again: ")
        board.errors = 0
        assert healthy(board.open())

    @pytest.mark.parametrize(("level", "text"), [(0x00, "nothing but zeros"), (0xFF, "nothing but ones")])
    def test_a_dead_line_is_a_dead_link(self, board, level, text):
        board.stuck = level
        report = board.open().converge()
        assert isinstance(report.ended, LinkDown)
        assert text in str(report.ended)

    def test_a_line_that_dies_in_mid_boot_is_noticed_and_the_next_run_goes_on(self, board):
        board.die_at = 400
        chip = board.open()
        with pytest.raises(PowerCut):
            chip.converge()
        board.stuck = 0xFF
        assert isinstance(chip.converge().ended, LinkDown)
        board.stuck = None
        assert chip.converge().ok

    def test_a_kernel_that_fails_once_ends_the_run_and_not_the_chip(self, board):
        chip = board.open()
        board.fail = errno.EIO
        report = chip.converge()
        assert isinstance(report.ended, LinkDown)
        assert "EIO" in str(report.ended)
        board.fail = 0
        assert chip.converge().ok

    @pytest.mark.parametrize("frame", [1, 3, 40, 301, 1000, 2001, -2, -41, -300, -1001, -2000])
    def test_a_controller_that_dies_in_mid_boot_leaves_what_the_next_one_finishes(self, board, frame):
        """Before a frame (positive) or after it, with the answer lost (negative)."""
        board.die_at = frame
        with pytest.raises(PowerCut):
            board.open().converge()
        board.die_at = None
        assert board.open().converge().ok
        assert healthy(board.open())
        assert board.model.violations() == []
