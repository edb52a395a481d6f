"""The host's side of the link to a guest whose caller is interrupted. The agent is real, and a process of its own; the guest is not."""

import signal
import socket
import subprocess
import sys
import time

import pytest

from bedplate.env.owner import Owner
from bedplate.env.qemu import agent
from bedplate.env.qemu.guest import Guest
from bedplate.errors import EnvError, NotOwner

LIMIT = 60.0


class Interrupted(BaseException):
    """What Ctrl-C is, by another signal."""


class Host:
    """A guest's machine: this one, with an agent that serves the other end of a socket."""

    def __init__(self):
        self.link, theirs = socket.socketpair()
        code = f"from bedplate.env.qemu import agent; agent.serve({theirs.fileno()})"
        self.process = subprocess.Popen([sys.executable, "-c", code], pass_fds=[theirs.fileno()])
        theirs.close()

    def close(self):
        self.link.close()
        self.process.kill()
        self.process.wait()


@pytest.fixture
def guest():
    guest = Guest.__new__(Guest)
    guest.facts, guest.machine, guest._frames = {}, Host(), agent.Frames()
    guest._owner, guest._at_work, guest._torn = Owner("guest"), False, False
    guest._boot(lambda text: None)
    yield guest
    guest.machine.close()


@pytest.fixture
def interrupt():
    """Arms an interruption of whatever waits then."""

    def raise_it(number, frame):
        raise Interrupted

    before = signal.signal(signal.SIGALRM, raise_it)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, 0.5)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_a_job_whose_caller_was_interrupted_ends_and_its_words_are_nobody_elses(guest, interrupt, tmp_path):
    alive = tmp_path / "alive"
    code = f"echo old; trap '' INT TERM; while sleep 0.05; do echo more; touch {alive}; done"
    interrupt()
    with pytest.raises(Interrupted):
        guest.run(["sh", "-c", code])
    assert guest.run(["echo", "new"], limit=LIMIT) == (0, b"new\n", b"")
    alive.unlink(missing_ok=True)
    time.sleep(0.3)
    assert not alive.exists()


def test_one_that_had_ended_meanwhile_is_no_trouble(guest, interrupt):
    interrupt()
    with pytest.raises(Interrupted):
        guest.run(["sleep", "0.6"])
    time.sleep(0.5)
    assert guest.run(["echo", "new"], limit=LIMIT) == (0, b"new\n", b"")


def test_a_frame_that_was_torn_is_the_end_of_the_link(guest, interrupt):
    guest.machine.process.send_signal(signal.SIGSTOP)
    interrupt()
    with pytest.raises(Interrupted):
        guest.run(["cat"], stdin=bytes(1 << 24))
    guest.machine.process.send_signal(signal.SIGCONT)
    with pytest.raises(EnvError, match="the link to the guest is torn"):
        guest.run(["echo", "new"], limit=LIMIT)


def test_another_thread_is_refused(guest, elsewhere):
    with pytest.raises(NotOwner, match="guest: this bus belongs to another thread"):
        elsewhere(lambda: guest.run(["echo", "x"]))
    assert guest.run(["echo", "x"], limit=LIMIT).stdout == b"x\n"
