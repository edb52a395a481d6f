"""The vfio-user front end: what a client may ask, INTx with its masks, files, and what is no request."""

import errno
import os
import socket
import struct
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.env.qemu.conftest import World
from bedplate.env.qemu.vfio_user import VfioUser
from bedplate.errors import EnvError


@pytest.fixture
def bench(make_world):
    world = make_world("vfio-user", interrupt_pin=1)
    world.host.enable()
    return world


@contextmanager
def event():
    file = os.eventfd(0, os.EFD_NONBLOCK)
    yield file
    os.close(file)


def rang(file):
    with suppress(BlockingIOError):
        return os.eventfd_read(file)
    return 0


class TestWhatAClientLearns:
    def test_the_device(self, bench):
        assert bench.host.request(4, struct.pack("<IIII", 16, 0, 0, 0)) == (0, struct.pack("<IIII", 16, 3, 9, 5))

    @pytest.mark.parametrize(("index", "size"), [(0, 4096), (1, 0), (2, 65536), (6, 0), (7, 256), (8, 0)])
    def test_the_regions(self, bench, index, size):
        error, body = bench.host.request(5, struct.pack("<IIIIQQ", 32, 0, index, 0, 0, 0))
        assert (error, body) == (0, struct.pack("<IIIIQQ", 32, 3 if size else 0, index, 0, size, 0))

    @pytest.mark.parametrize(("index", "count", "flags"), [(0, 1, 7), (1, 0, 0), (2, 0, 0)])
    def test_the_interrupts(self, bench, index, count, flags):
        error, body = bench.host.request(7, struct.pack("<IIII", 16, 0, index, 0))
        assert (error, body) == (0, struct.pack("<IIII", 16, flags, index, count))

    def test_no_interrupt_without_a_pin(self, make_world):
        host = make_world("vfio-user").host
        assert host.request(7, struct.pack("<IIII", 16, 0, 0, 0))[1] == bytes(16)[:0] + struct.pack(
            "<IIII", 16, 0, 0, 0
        )
        assert host.request(8, struct.pack("<IIIII", 20, 0x21, 0, 0, 0))[0] == errno.EINVAL

    def test_guest_memory_is_taken_note_of_and_not_kept(self, bench):
        before = os.listdir("/proc/self/fd")
        with open(os.devnull) as file:
            assert bench.host.request(2, struct.pack("<IIQQQ", 32, 3, 0, 0, 4096), [file.fileno()]) == (0, b"")
        unmap = struct.pack("<IIQQ", 24, 0, 0, 4096)
        assert bench.host.request(3, unmap) == (0, unmap)
        assert os.listdir("/proc/self/fd") == before


class TestAccesses:
    def test_the_whole_configuration_space_at_once(self, bench):
        error, body = bench.host.request(9, struct.pack("<QII", 0, 7, 256))
        assert error == 0
        assert body[16:20] == bytes.fromhex("3412170a")
        assert len(body) == 16 + 256

    def test_a_posted_write_gets_no_answer(self, bench):
        assert bench.host.request(10, struct.pack("<QII", 8, 0, 4) + bytes(4), flags=0x10) is None
        assert bench.host.read(0, 8, 4) == 0
        assert bench.memory.accesses == [("write", 8, 4), ("read", 8, 4)]

    @pytest.mark.parametrize(
        ("region", "offset", "count"), [(0, 0, 3), (0, 0, 0), (0, 4094, 4), (1, 0, 4), (7, 254, 4), (9, 0, 4)]
    )
    def test_what_cannot_be_accessed(self, bench, region, offset, count):
        assert bench.host.request(9, struct.pack("<QII", offset, region, count)) == (errno.EINVAL, b"")
        assert bench.host.request(10, struct.pack("<QII", offset, region, count) + bytes(count)) == (errno.EINVAL, b"")
        assert bench.memory.accesses == []

    def test_a_write_of_another_length_than_it_says(self, bench):
        assert bench.host.request(10, struct.pack("<QII", 0, 0, 4) + bytes(8))[0] == errno.EINVAL
        assert bench.memory.accesses == []


class TestInterrupt:
    def set(self, host, flags, count=0, files=()):
        error, _ = host.request(8, struct.pack("<IIIII", 20, flags, 0, 0, count), files)
        return error

    def test_rings_once_until_it_is_unmasked(self, bench):
        with event() as file:
            assert self.set(bench.host, 0x24, 1, [file]) == 0
            bench.function.set_interrupt(True)
            bench.function.set_interrupt(False)
            bench.function.set_interrupt(True)
            assert rang(file) == 1, "masked by its own event"
            assert self.set(bench.host, 0x11) == 0
            assert rang(file) == 1, "still high"
            bench.function.set_interrupt(False)
            assert self.set(bench.host, 0x11) == 0
            assert rang(file) == 0

    def test_masked_by_the_client(self, bench):
        with event() as file:
            self.set(bench.host, 0x24, 1, [file])
            assert self.set(bench.host, 0x09) == 0
            bench.function.set_interrupt(True)
            assert rang(file) == 0
            self.set(bench.host, 0x11)
            assert rang(file) == 1

    def test_a_level_from_before_rings_when_it_is_enabled(self, bench):
        bench.function.set_interrupt(True)
        with event() as file:
            self.set(bench.host, 0x24, 1, [file])
            assert rang(file) == 1

    @pytest.mark.parametrize(
        "make", [os.pipe, lambda: [s.detach() for s in socket.socketpair()], lambda: [os.open("/dev/full", os.O_RDWR)]]
    )
    def test_what_is_no_eventfd_is_refused(self, bench, make):
        """A pipe that nobody reads would hold up the chip and all its controllers."""
        files = make()
        before = len(os.listdir("/proc/self/fd"))
        assert self.set(bench.host, 0x24, 1, [files[-1]]) == errno.EINVAL
        bench.function.set_interrupt(True)
        assert len(os.listdir("/proc/self/fd")) == before
        for file in files:
            os.close(file)

    def test_one_that_is_full_and_would_wait_holds_up_nobody(self, bench):
        file = os.eventfd(0)
        os.eventfd_write(file, 2**64 - 2)
        assert self.set(bench.host, 0x24, 1, [file]) == 0
        bench.function.set_interrupt(True)
        assert os.eventfd_read(file) == 2**64 - 2
        os.close(file)

    def test_off_and_files_are_closed(self, bench):
        before = os.listdir("/proc/self/fd")
        with event() as file:
            for _ in range(3):
                assert self.set(bench.host, 0x24, 1, [file]) == 0
            assert self.set(bench.host, 0x21) == 0
            bench.function.set_interrupt(True)
            assert rang(file) == 0
        assert os.listdir("/proc/self/fd") == before

    @pytest.mark.parametrize(("flags", "count"), [(0x24, 1), (0x14, 1), (0x22, 1), (0x21, 1), (0, 0), (0x3F, 0)])
    def test_what_cannot_be_set(self, bench, flags, count):
        assert self.set(bench.host, flags, count) == errno.EINVAL


class TestNoRequests:
    def test_nothing_before_the_version(self, make_world):
        ours, theirs = socket.socketpair()
        end = VfioUser(make_world("direct").function, theirs)
        ours.sendall(struct.pack("<HHIII", 1, 13, 16, 0, 0))
        end.serve()
        assert ours.recv(100) == struct.pack("<HHIII", 1, 13, 16, 0x21, errno.EPROTO)
        end.close()
        ours.close()

    def test_another_major_version(self, bench):
        assert bench.host.request(1, struct.pack("<HH", 1, 0) + b"{}\0")[0] == errno.ENOTSUP

    @pytest.mark.parametrize("command", [0, 6, 11, 14, 15, 99])
    def test_what_is_not_offered(self, bench, command):
        assert bench.host.request(command) == (errno.ENOTSUP, b"")

    @pytest.mark.parametrize("command", [2, 3, 5, 7, 8, 9, 10])
    def test_bodies_that_are_too_short(self, bench, command):
        assert bench.host.request(command, b"abc") == (errno.EINVAL, b"")
        assert bench.memory.accesses == []

    @pytest.mark.parametrize(
        "header",
        [(1, 9, 15, 0, 0), (1, 9, 0, 0, 0), (1, 9, 1 << 20, 0, 0), (1, 9, 32, 1, 0)],
        ids=["15", "0", "1M", "an answer"],
    )
    def test_what_is_no_message_ends_the_connection(self, bench, header):
        bench.host.connection.sendall(struct.pack("<HHIII", *header))
        with pytest.raises(EnvError, match="malformed vfio-user message"):
            bench.end.serve()

    def test_more_files_than_any_message_may_have(self, bench):
        before = len(os.listdir("/proc/self/fd"))
        header = struct.pack("<HHIII", 1, 8, 20, 0, 0)
        for part in (header[:8], header[8:]):
            socket.send_fds(bench.host.connection, [part], [bench.host.connection.fileno()] * 16)
        with pytest.raises(EnvError, match="malformed vfio-user message, wanted 16 files"):
            bench.end.serve()
        bench.end.close()
        assert len(os.listdir("/proc/self/fd")) == before - 1

    def test_the_other_end_hangs_up(self, bench):
        assert bench.end.serve() is True
        bench.host.close()
        assert bench.end.serve() is False

    @given(
        st.lists(
            st.tuples(st.integers(0, 16), st.binary(max_size=48), st.sampled_from([0, 0, 0, 0x10, 0x40])), max_size=8
        )
    )
    def test_whatever_is_asked_the_server_lives(self, requests):
        world = World("vfio-user", interrupt_pin=1)
        for command, body, flags in requests:
            if command not in (9, 10, 13):
                world.host.request(command, body, flags=flags)
        assert world.host.config_read(0, 2) == 0x1234
        world.close()

    @given(
        command=st.sampled_from([9, 10]),
        region=st.sampled_from([0, 0, 0, 1, 2, 9, 1 << 31]),
        offset=st.integers(0, 4100) | st.integers(0, 2**64 - 1),
        count=st.integers(0, 17),
        given=st.integers(0, 17),
    )
    @settings(max_examples=300)
    def test_an_access_is_made_if_and_only_if_all_of_it_is_right(self, command, region, offset, count, given):
        world = World("vfio-user")
        world.host.enable()
        data = bytes(given) if command == 10 else b""
        error, _ = world.host.request(command, struct.pack("<QII", offset, region, count) + data)
        right = region == 0 and count in (1, 2, 4, 8) and offset + count <= 4096 and (command == 9 or given == count)
        assert len(world.memory.accesses) == (0 if not right else 2 if count == 8 else 1)
        assert error == 0 if right else error or region == 2
        world.close()
