"""The mpqemu front end: messages in any pieces, what QEMU sends besides accesses, and what is no message."""

import os
import socket
import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.env.qemu.conftest import BASE, World, drain
from bedplate.env.qemu.mpqemu import Mpqemu
from bedplate.errors import EnvError


def message(command, payload=b"", size=None):
    return struct.pack("=iIQ", command, 0xFFFF_FFFF, len(payload) if size is None else size) + payload


def bar(command, address, value=0, size=4, memory=1):
    return message(command, struct.pack("=QQIB3x", address, value, size, memory))


@pytest.fixture
def bench(make_world):
    world = make_world("mpqemu")
    world.host.enable()
    return world


def answers(world, data):
    """What comes back for these bytes, all of it."""
    world.host.connection.sendall(data)
    drain(world.end)
    world.host.connection.setblocking(False)
    with suppress(BlockingIOError):
        return world.host.connection.recv(4096)
    return b""


class TestStart:
    def test_what_qemu_sends_first(self, bench):
        """As recorded at a QEMU 7.2: its memory map and interrupt eventfds are not answered, everything else is."""
        host = bench.host
        files = [os.eventfd(0) for _ in range(2)]
        socket.send_fds(host.connection, [message(0, bytes(192))], files)
        socket.send_fds(host.connection, [message(6)], files)
        for file in files:
            os.close(file)
        bench.end.serve()
        assert [host.config_read(offset, 2) for offset in (0x00, 0x02, 0x0A, 0x2E)] == [0x1234, 0x0A17, 0x1200, 0x00BD]
        for offset in range(0x10, 0x2C, 4):
            was = host.config_read(offset, 4)
            host.config_write(offset, 0xFFFF_FFFF, 4)
            host.config_read(offset, 4)
            host.config_write(offset, was, 4)
        assert host.config_read(0x10, 4) == BASE

    def test_files_that_come_along_are_not_kept(self, bench):
        before = os.listdir("/proc/self/fd")
        with open(os.devnull) as file:
            for _ in range(5):
                socket.send_fds(bench.host.connection, [message(0, bytes(192))], [file.fileno()] * 7)
                bench.end.serve()
                assert bench.host.config_read(0, 2) == 0x1234
        assert os.listdir("/proc/self/fd") == before

    def test_the_memory_map_may_come_between_any_two_messages(self, bench):
        data = message(0, bytes(192)) + bar(5, BASE) + message(0, bytes(192)) + bar(5, BASE + 4)
        assert len(answers(bench, data)) == 2 * 24
        assert bench.memory.accesses == [("read", 0, 4), ("read", 4, 4)]


class TestStream:
    @given(st.lists(st.integers(1, 60), max_size=40))
    def test_messages_in_any_pieces(self, cuts):
        world = World("mpqemu")
        world.host.enable()
        data = (
            bar(4, BASE, 0x55) + message(0, bytes(192)) + message(3, struct.pack("=IIi", 0, 0, 2)) + bar(5, BASE, 0, 2)
        )
        came = b""
        while data:
            size = cuts.pop() if cuts else len(data)
            came += answers(world, data[:size])
            data = data[size:]
        assert [struct.unpack_from("=16xQ", came, at)[0] for at in range(0, len(came), 24)] == [0, 0x1234, 0x55]
        assert world.memory.accesses == [("write", 0, 4), ("read", 0, 2)]
        world.close()

    def test_the_other_end_hangs_up(self, bench):
        assert bench.end.serve() is True, "nothing has come yet"
        bench.host.close()
        assert bench.end.serve() is False

    def test_half_a_message_at_the_end_does_nothing(self, bench):
        bench.host.connection.sendall(bar(4, BASE, 1)[:-1])
        bench.host.close()
        while bench.end.serve():
            pass
        assert bench.memory.accesses == []


class TestNoMessages:
    @pytest.mark.parametrize(
        "data",
        [
            message(8),
            message(-1),
            message(1, bytes(8)),
            message(5, bytes(12)),
            message(2, bytes(24)),
            message(0, bytes(184)),
            message(7, bytes(8)),
            message(5, b"", 1 << 63),
        ],
        ids=["unknown", "negative", "an answer", "short", "long", "map", "reset", "huge"],
    )
    def test_end_the_connection(self, bench, data):
        bench.host.connection.sendall(data)
        with pytest.raises(EnvError, match="malformed mpqemu message"):
            bench.end.serve()
        assert bench.memory.accesses == []

    @pytest.mark.parametrize("size", [0, 3, 5, 16, 0xFFFF_FFFF])
    def test_sizes_that_no_access_has(self, bench, size):
        ones = (1 << 8 * min(size, 8)) - 1
        assert answers(bench, bar(5, BASE, 0, size)) == struct.pack("=iIQQ", 1, 0, 8, ones)
        assert answers(bench, bar(4, BASE, 0, size)) == struct.pack("=iIQQ", 1, 0, 8, 0)
        assert bench.memory.accesses == []

    def test_there_is_no_io_space(self, bench):
        assert answers(bench, bar(5, BASE, memory=0)) == struct.pack("=iIQQ", 1, 0, 8, 0xFFFF_FFFF)
        answers(bench, bar(4, BASE, 1, memory=0))
        assert bench.memory.accesses == []

    def test_configuration_accesses_of_no_size(self, bench):
        assert bench.host.config_read(0, 3) == 0xFFFF_FFFF
        bench.host.config_write(0x10, 0, -4)
        assert bench.host.config_read(0x10, 4) == BASE

    @given(
        st.lists(st.binary(max_size=120) | st.builds(message, st.integers(-1, 9), st.binary(max_size=200)), max_size=5)
    )
    def test_whatever_comes_the_chip_is_touched_by_whole_accesses_only(self, parts):
        world = World("mpqemu")
        world.host.enable()
        before = world.function.config_read(0x10, 4)
        try:
            for part in parts:
                answers(world, part)
        except EnvError:
            pass
        if world.function.config_read(0x10, 4) == before:
            assert len(world.memory.accesses) <= 2 * b"".join(parts).count(BASE.to_bytes(8, "little")[2:])
        world.close()

    @given(
        command=st.sampled_from([4, 5]),
        offset=st.integers(-16, 4112),
        value=st.integers(0, 2**64 - 1),
        size=st.integers(0, 17),
        memory=st.integers(0, 2),
        announced=st.sampled_from([24, 24, 24, 23, 25, 0, 192]),
    )
    @settings(max_examples=300)
    def test_an_access_is_made_if_and_only_if_all_of_it_is_right(self, command, offset, value, size, memory, announced):
        world = World("mpqemu")
        world.host.enable()
        payload = struct.pack("=QQIB3x", BASE + offset, value, size, memory)
        right = size in (1, 2, 4, 8) and memory and announced == 24 and 0 <= offset <= 4096 - size
        try:
            answers(world, message(command, payload, announced))
        except EnvError:
            assert announced != 24
        assert len(world.memory.accesses) == (0 if not right else 2 if size == 8 else 1)
        world.close()


def test_it_takes_a_socket_that_has_died(make_world):
    world = make_world("direct")
    ours, theirs = socket.socketpair()
    end = Mpqemu(world.function, theirs)
    ours.sendall(bar(5, BASE))
    ours.close()
    with pytest.raises(OSError, match=r"Broken pipe|reset"):
        end.serve()
    end.close()
