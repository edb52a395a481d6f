"""The agent, which runs on any Linux: here on this one, with the guest's end of the link in this process."""

import json
import os
import signal
import socket
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.env.qemu import agent

KINDS = st.sampled_from([agent.OUTPUT, agent.ERRORS, agent.EXIT])


@given(st.lists(st.tuples(KINDS, st.binary(max_size=50))), st.lists(st.integers(1, 30)))
def test_frames_come_out_as_they_went_in_however_the_link_cuts_them(sent, sizes):
    data = b"".join(agent.frame(kind, body) for kind, body in sent)
    frames, found = agent.Frames(), []
    for size in [*sizes, len(data) + 1]:
        found += frames.feed(data[:size])
        data = data[size:]
    assert found == sent


class Host:
    """The host's end."""

    def __init__(self, link):
        self.link = link
        self.frames = agent.Frames()

    def begin(self, *argv, stdin=b"", tty=(), size=(24, 80), env=None):
        order = {"argv": argv, "env": env or {}, "tty": tty, "size": size}
        self.send(agent.JOB, json.dumps(order).encode() + b"\n" + stdin)

    def send(self, kind, data=b""):
        self.link.sendall(agent.frame(kind, data))

    def hear(self, until=agent.EXIT):
        """What is said until a frame of a kind: the last one's contents, and everything by its kind."""
        said, data = {}, b""
        while True:
            for kind, body in self.frames.feed(data):
                said[kind] = said.get(kind, b"") + body
                if kind == until:
                    return body, said
            data = self.link.recv(1 << 16)
            if not data:
                raise EOFError

    def run(self, *argv, **how):
        self.begin(*argv, **how)
        code, said = self.hear()
        return agent.CODE.unpack(code)[0], said.get(agent.OUTPUT, b""), said.get(agent.ERRORS, b"")


@pytest.fixture
def host():
    ours, theirs = socket.socketpair()
    serving = threading.Thread(target=agent.serve, args=[theirs.fileno()])
    serving.start()
    ours.settimeout(20)
    host = Host(ours)
    host.hear(agent.READY)
    yield host
    ours.close()
    serving.join(5)
    theirs.close()
    assert not serving.is_alive()


def test_it_says_first_what_the_guest_is():
    assert {"uptime", "used_kib", "kernel", "python"} <= set(agent.facts())


def test_output_errors_and_exit_code_come_back(host):
    assert host.run("sh", "-c", "echo out; echo err >&2; exit 7") == (7, b"out\n", b"err\n")


def test_output_is_exact_to_the_byte(host):
    data = bytes(range(256)) * 4000
    code = f"import sys; sys.stdout.buffer.write(bytes(range(256)) * {len(data) // 256})"
    assert host.run(sys.executable, "-c", code) == (0, data, b"")


def test_what_a_job_said_last_is_not_lost_when_it_ends(host):
    pipeful = 65536
    for _ in range(10):
        code, said, _ = host.run(
            sys.executable, "-ISc", f"import os; os.write(1, bytes({pipeful})); os.kill(os.getpid(), 9)"
        )
        assert (code, len(said)) == (-9, pipeful)


def test_input_is_exact_to_the_byte_and_ends(host):
    data = bytes(range(256)) * 4000
    assert host.run("cat", stdin=data) == (0, data, b"")


def test_a_job_without_input_reads_its_end(host):
    assert host.run("cat") == (0, b"", b"")


def test_jobs_follow_one_another_and_leave_no_file_open(host):
    def held():
        return len(os.listdir("/proc/self/fd"))

    host.run("true")
    before = held()
    for number in range(20):
        assert host.run("sh", "-c", f"exit {number}")[0] == number
        host.run("true", tty=[0, 1, 2])
    host.run("true")
    assert held() <= before + 1  # the last terminal goes with the next job


def test_a_job_gets_its_environment(host):
    assert host.run("sh", "-c", "echo $ANSWER $HOME", env={"ANSWER": "42", "HOME": "/x"})[1] == b"42 /x\n"


def test_a_job_that_cannot_be_started_ends_as_in_a_shell(host, tmp_path):
    assert host.run("/no/such/program") == (127, b"", b"/no/such/program: No such file or directory\n")
    (tmp_path / "data").write_text("")
    assert host.run(str(tmp_path / "data"))[0] == 126
    assert host.run("true")[0] == 0


def test_a_job_that_is_killed_says_by_which_signal(host):
    assert host.run("sh", "-c", "kill -9 $$")[0] == -9


def test_a_signal_reaches_the_job_and_what_it_started(host):
    host.begin("sh", "-c", "echo started; sleep 100; echo never")
    host.hear(agent.OUTPUT)
    host.send(agent.SIGNAL, bytes([signal.SIGTERM]))
    code, said = host.hear()
    assert agent.CODE.unpack(code)[0] == -signal.SIGTERM
    assert agent.OUTPUT not in said


def test_what_a_job_leaves_running_does_not_hold_up_the_next(host):
    code, left, _ = host.run("sh", "-c", "sleep 100 & echo $!")
    assert code == 0
    assert host.run("true")[0] == 0
    os.kill(int(left), signal.SIGKILL)


def test_output_comes_as_it_is_said(host, tmp_path):
    host.begin("sh", "-c", f"echo first; until test -e {tmp_path}/go; do sleep 0.01; done; echo last")
    assert host.hear(agent.OUTPUT)[0] == b"first\n"
    (tmp_path / "go").touch()
    assert host.hear()[1][agent.OUTPUT] == b"last\n"


class TestTerminal:
    def test_it_is_one_of_the_size_that_was_said(self, host):
        host.begin("sh", "-c", "test -t 0 && test -t 1 && test -t 2 && stty size", tty=[0, 1, 2], size=(33, 99))
        code, said = host.hear()
        assert (agent.CODE.unpack(code)[0], said[agent.TERMINAL]) == (0, b"33 99\r\n")

    def test_only_what_was_asked_for_is_one(self, host):
        host.begin("sh", "-c", "test -t 1 && ! test -t 0 && ! test -t 2", tty=[1])
        assert agent.CODE.unpack(host.hear()[0])[0] == 0

    def test_what_is_typed_arrives_and_ctrl_c_is_a_signal(self, host):
        host.begin("sh", "-c", "stty -echo; echo ready; read line; echo got $line; exec sleep 100", tty=[0, 1, 2])
        host.hear(agent.TERMINAL)
        host.send(agent.TYPED, b"hello\n")
        while b"got hello" not in host.hear(agent.TERMINAL)[0]:
            pass
        host.send(agent.TYPED, b"\x03")
        assert agent.CODE.unpack(host.hear()[0])[0] in (-signal.SIGINT, 128 + signal.SIGINT)

    def test_its_size_may_change(self, host):
        host.begin("sh", "-c", "echo ready; read line; stty size", tty=[0, 1, 2])
        host.hear(agent.TERMINAL)
        host.send(agent.SIZE, agent.WINDOW.pack(50, 132))
        host.send(agent.TYPED, b"\n")
        assert b"50 132" in host.hear()[1][agent.TERMINAL]


def test_what_comes_when_there_is_no_job_does_no_harm(host):
    for kind, data in ((agent.TYPED, b"x"), (agent.SIGNAL, bytes([2])), (agent.SIZE, agent.WINDOW.pack(1, 1))):
        host.send(kind, data)
    host.run("true")
    host.send(agent.TYPED, b"x")
    host.send(agent.SIGNAL, bytes([2]))
    time.sleep(0.05)
    assert host.run("true")[0] == 0


def test_it_ends_when_the_host_wants_no_more():
    ours, theirs = socket.socketpair()
    serving = threading.Thread(target=agent.serve, args=[theirs.fileno()])
    serving.start()
    ours.sendall(agent.frame(agent.OFF))
    serving.join(5)
    assert not serving.is_alive()
    ours.close()
    theirs.close()
