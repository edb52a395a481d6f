"""`bedplate qemu`: a program that is run as people and programs run it, in real guests."""

import json
import os
import pty
import select
import socket
import subprocess
import sys
import time

import pytest

from bedplate.cli.conftest import SIZE
from bedplate.cli.qemu import Retold
from bedplate.converge import Event

LIMIT = 240
"""Seconds: for a machine that builds the guest first, or does other things."""


def bedplate(*words, script=None, **more):
    command = [sys.executable, "-m", "bedplate.cli", *words]
    return subprocess.run(command, input=script, capture_output=True, timeout=LIMIT, env={**os.environ, **more})


def test_what_a_guest_tells_is_told_again_and_its_talk_is_kept():
    heard = []
    retold = Retold(heard.append)
    for piece in (
        b'{"time": 1, "instance": "a", "ki',
        b'nd": "goal", "text": "ON"}\nerror BP-',
        b"BUS-004: gone\n[]\n",
    ):
        retold(piece)
    assert heard == [Event(1, "a", "goal", "ON")]
    assert retold.talk == ["error BP-BUS-004: gone", "[]"]


def test_up_gives_the_guests_own_document_and_exit_code():
    done = bedplate("-t", "model:tern?fault=die0.pll.noc:no_lock", "--json", "qemu", "up")
    document = json.loads(done.stdout)
    assert (done.returncode, document["schema"], document["ok"]) == (1, "bedplate.up/1", False)
    assert document["target"] == "pci:auto?chip=tern"
    found = {one["name"]: one["outcome"] for one in document["lines"]}
    assert (found["die0.pll.noc"], found["die1.hbm1.mc0"]) == ("failed", "goal")


def test_on_a_terminal_progress_is_drawn_here_from_what_the_guest_tells():
    person = Terminal("qemu", "up")
    person.see("▪".encode())
    person.see(f"{SIZE} of {SIZE} at goal".encode())


class TestServe:
    """A guest that stays, and its chip with it."""

    @pytest.fixture(scope="class")
    @classmethod
    def place(cls, tmp_path_factory):
        place = tmp_path_factory.mktemp("served") / "guest"
        command = [sys.executable, "-m", "bedplate.cli", "-t", "model:tern?up=1", "qemu", "serve", str(place)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            assert any("is served at" in line for line in server.stderr)
            yield place
            server.terminate()
            assert server.wait(LIMIT) == 0
        assert not place.exists()
        assert bedplate("qemu", "ask", str(place), "status").returncode == 3

    def test_what_one_command_did_another_one_finds(self, place):
        def gain():
            return json.loads(
                bedplate("--json", "qemu", "ask", str(place), "reg", "get", "die0.sysid.scratch[5]").stdout
            )

        before = gain()["values"][0]
        value = (before["value"] ^ 0x5A) & 0xFFFF_FFFF
        done = bedplate("qemu", "ask", str(place), "reg", "set", f"die0.sysid.scratch[5]={value}")
        assert done.returncode == 0, done.stderr
        assert gain()["values"][0]["value"] == value

    def test_the_exit_code_and_both_outputs_are_the_commands(self, place):
        done = bedplate("qemu", "ask", str(place), "reg", "get", "die0.nope")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"unknown instance 'die0.nope'" in done.stderr

    def test_who_hangs_up_leaves_the_guest_to_the_next_one(self, place):
        with subprocess.Popen(
            [sys.executable, "-m", "bedplate.cli", "qemu", "ask", str(place), "trace", "up"], stdout=subprocess.PIPE
        ) as left:
            left.stdout.read(1)
            left.kill()
        assert bedplate("qemu", "ask", str(place), "status").returncode in (0, 1)

    def test_what_is_no_command_is_hung_up_on(self, place):
        for said in (b"nonsense\n", b"[1]\n", b"{}\n", b""):
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(place))
                connection.sendall(said)
                connection.shutdown(socket.SHUT_WR)
                assert connection.recv(1) == b""
        assert bedplate("qemu", "ask", str(place), "--help").returncode == 0

    def test_a_second_one_is_refused_there(self, place):
        done = bedplate("qemu", "serve", str(place))
        assert (done.returncode, b"served here already" in done.stderr) == (2, True)


def test_shell_runs_a_script_with_the_chip_as_its_target():
    script = b"echo $BEDPLATE_TARGET; bedplate reg get die0.sysid.chip_id || exit 1; echo aside >&2; exit 7\n"
    done = bedplate("qemu", "shell", "--via", "spi", script=script)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 7
    assert lines[0] == "spi:/dev/spidev0.0,/dev/spidev0.1?chip=tern"
    assert "die0.sysid.chip_id" in lines[1]
    assert "aside" in done.stderr.decode()


class Terminal:
    """A person at a terminal."""

    def __init__(self, *words):
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.execv(sys.executable, [sys.executable, "-m", "bedplate.cli", *words])
        self.seen = b""

    def see(self, text):
        end = time.monotonic() + LIMIT
        while text not in self.seen:
            assert select.select([self.fd], [], [], max(0, end - time.monotonic()))[0], self.seen
            try:
                self.seen += os.read(self.fd, 4096)
            except OSError:
                raise AssertionError(f"ended: {self.seen!r}") from None
        before, _, self.seen = self.seen.partition(text)
        return before

    def type(self, text):
        os.write(self.fd, text)

    def end(self):
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.fd, 4096)
                except OSError:
                    break
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return status


def emulators(parent):
    """QEMUs below a process that have a machine: those that are only asked what they can do end at once."""
    found = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in found.splitlines() if "qemu" in line and " -machine " in line]


def test_a_prompt_is_a_terminal_and_ctrl_c_goes_to_the_guest():
    person = Terminal("qemu", "shell")
    assert b"Ctrl-D leaves" in person.see(b"always does")
    person.see(b"# ")
    # One job: between two of a shell's jobs there is nobody whom Ctrl-C could reach.
    person.type(b"sh -c 'tty; exec sleep 1000'\n")
    person.see(b"/dev/pts/0")
    (qemu,) = emulators(person.pid)
    person.type(b"\x03")
    person.see(b"# ")
    person.type(b"exit 5\n")
    assert person.end() == 5
    assert not os.path.exists(f"/proc/{qemu}")


def test_ctrl_c_ends_everything():
    person = Terminal("qemu", "up")
    while not (running := emulators(person.pid)):
        time.sleep(0.05)
    watched = os.pidfd_open(running[0])
    person.type(b"\x03")
    assert person.end() == 130
    assert select.select([watched], [], [], 10)[0]
    os.close(watched)


def test_a_missing_emulator_is_a_missing_tool(tmp_path):
    done = bedplate("--json", "qemu", "up", PATH=str(tmp_path))
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["type"]) == (6, "ToolMissing")
    assert error["next"] == "apt-get install qemu-system-x86"


@pytest.mark.parametrize("words", [["--via", "usb"], ["--device", "fpga"]])
def test_what_makes_no_sense_is_refused(run, words):
    ran = run("--json", "qemu", "up", *words)
    assert (ran.code, ran.doc["error"]["code"]) == (2, "BP-CLI-002")


def test_a_target_that_does_not_exist_starts_nothing(run):
    ran = run("--json", "-t", "model:nope", "qemu", "up")
    assert (ran.code, ran.doc["error"]["code"]) == (2, "BP-ACC-002")
