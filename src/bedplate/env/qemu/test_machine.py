"""A machine's life and death, told from the outside: QEMU is a script here, since nothing has to boot for it."""

import os
import select
import signal
import subprocess
import sys

import pytest

from bedplate.env.qemu import agent, guest, machine
from bedplate.env.qemu.guest import Guest, GuestEnded
from bedplate.env.qemu.image import LINK, Image
from bedplate.env.qemu.machine import Machine
from bedplate.errors import EnvError, ToolMissing, UnknownName

LIVES = "exec sleep 1000"
SAID = [(agent.READY, b"{}"), (agent.OUTPUT, b"x"), (agent.EXIT, bytes(4))]
READY = f"""exec {sys.executable} -c '
import os, sys, time
link = int(sys.argv[sys.argv.index("-chardev") + 1].rpartition("fd=")[2])
os.write(link, bytes({list(b"".join(agent.frame(*one) for one in SAID))}))
time.sleep(1000)' "$@"
"""


@pytest.fixture
def qemu(tmp_path, monkeypatch):
    """Sets what QEMU does; there is a kernel and an image, of a sort."""

    def does(text):
        for name in guest.TOOLS:
            (tmp_path / name).write_text("#!/bin/sh\n" + (text if name == machine.QEMU else ""))
            (tmp_path / name).chmod(0o755)

    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    (tmp_path / "archive").write_bytes(b"one")
    (tmp_path / "other").write_bytes(b"two")
    built = Image(tmp_path / "kernel", (tmp_path / "archive", tmp_path / "other"), {name: [name] for name in LINK})
    monkeypatch.setattr(guest, "image", lambda listen, carried: built)
    does(READY)
    return does


@pytest.fixture
def made(tmp_path, qemu):
    machines = []

    def make(text):
        qemu(text)
        archives = (tmp_path / "archive", tmp_path / "other")
        machines.append(Machine(tmp_path / "kernel", archives, ["A=b"], None, ["-more"], machine.core(), False))
        return machines[-1]

    yield make
    for one in machines:
        one.close()


def is_alive(pid):
    return select.select([os.pidfd_open(pid)], [], [], 0)[0] == []


class TestMachine:
    def test_it_has_one_processor_emulated_whatever_the_host_offers(self, made):
        command = made(LIVES).command
        assert command[command.index("-smp") + 1] == "1"
        assert command[command.index("-accel") + 1] == "tcg"

    def test_its_memory_may_be_mapped_by_the_server(self, made):
        assert any("memory-backend-memfd" in word and "share=on" in word for word in made(LIVES).command)

    def test_archives_are_laid_one_behind_the_other(self, made):
        one = made('while [ "$1" != -initrd ]; do shift; done; cat "$2"')
        assert one.ended(5) == 0
        assert one.console() == "onetwo"

    def test_it_stays_on_its_processor(self, made):
        assert os.sched_getaffinity(made(LIVES).pid) == {machine.core()}

    def test_a_power_cut_is_sigkill(self, made):
        one = made("trap '' TERM INT; while :; do sleep 0.1; done")
        one.cut()
        assert one.ended(0) == -signal.SIGKILL

    def test_the_console_keeps_its_end(self, made):
        one = made("i=0; while [ $i -lt 100 ]; do echo line $i; i=$((i+1)); done; echo; echo last")
        one.ended(5)
        lines = one.console().splitlines()
        assert (len(lines), lines[-2:]) == (machine.TAIL, ["line 99", "last"])
        one.close()
        one.close()
        assert one.console() == ""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_qemu_outlives_who_started_it(qemu, tmp_path, number):
    qemu(LIVES)
    code = (
        "import sys, time; from pathlib import Path; from bedplate.env.qemu.machine import Machine\n"
        f"machine = Machine(Path('k'), [], [], None, [], {machine.core()}, False)\n"
        "print(machine.pid, flush=True); time.sleep(1000)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=env)
    pid = int(parent.stdout.readline())
    watched = os.pidfd_open(pid)
    assert is_alive(pid)
    parent.send_signal(number)
    parent.wait()
    parent.stdout.close()
    assert select.select([watched], [], [], 10)[0]
    os.close(watched)


class TestGuest:
    def test_one_that_is_ready_is_a_guest(self, qemu):
        with Guest() as one:
            assert one.facts["boot"] > 0

    def test_frames_that_come_together_are_not_lost_when_one_was_enough(self, qemu):
        with Guest() as one:
            for wanted in SAID[1:]:
                assert next(one.frames(5)) == wanted

    def test_one_that_does_not_boot_is_started_once_more(self, qemu, tmp_path):
        qemu(f"test -e {tmp_path}/again || {{ touch {tmp_path}/again; exit 1; }}\n{READY}")
        heard = []
        Guest(listen=heard.append).close()
        assert len([text for text in heard if "once more" in text]) == 1

    def test_one_that_never_boots_says_what_its_console_said(self, qemu, tmp_path):
        qemu(f"echo x >> {tmp_path}/starts; echo 'Kernel panic: no init'; exit 3")
        with pytest.raises(GuestEnded, match="Kernel panic: no init") as caught:
            Guest()
        assert caught.value.status == 3
        assert (tmp_path / "starts").read_text() == "x\nx\n"

    def test_one_that_hangs_is_given_up(self, qemu, monkeypatch):
        monkeypatch.setattr(guest, "BOOT_LIMIT", 0.2)
        qemu("echo SeaBIOS; " + LIVES)
        with pytest.raises(EnvError, match=r"takes too long.*SeaBIOS"):
            Guest()

    def test_a_job_that_takes_too_long_is_told(self, qemu):
        with Guest() as one:
            assert one.run(["once"]).code == 0
            with pytest.raises(EnvError, match="takes too long"):
                one.run(["never"], limit=0.1)

    def test_a_power_cut_in_a_job_is_told_from_an_accident(self, qemu):
        with Guest() as one:
            one.run(["once"])
            one.cut()
            with pytest.raises(GuestEnded, match="power was cut") as caught:
                one.run(["x"])
            assert caught.value.status == -signal.SIGKILL

    def test_a_missing_tool_is_named_with_its_package(self, qemu, tmp_path, monkeypatch):
        (tmp_path / machine.QEMU).unlink()
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(ToolMissing, match="qemu-system-x86_64 is not installed") as caught:
            Guest()
        assert caught.value.next == "apt-get install qemu-system-x86"
        found = {tool: bool(found) for tool, found, _ in guest.requirements()}
        assert found == {name: name != machine.QEMU for name in guest.TOOLS}

    def test_a_module_that_the_guest_does_not_have_is_refused(self, qemu):
        with pytest.raises(UnknownName, match="virtio_consol"):
            Guest(modules=["virtio_consol"])


class TestProtocol:
    @pytest.mark.parametrize(
        ("version", "answer", "wanted"),
        [
            ("7.2.22", "not found", "mpqemu"),
            ("8.1.0", "not found", "mpqemu"),
            ("10.1.0", "vfio-user-pci options:", "vfio-user"),
            ("11.1.3", "vfio-user-pci options:", "vfio-user"),
        ],
    )
    def test_a_qemu_is_spoken_to_as_it_can(self, qemu, version, answer, wanted):
        qemu(f"case $1 in --version) echo QEMU emulator version {version};; *) echo '{answer}';; esac")
        assert machine.protocol() == wanted

    @pytest.mark.parametrize("version", ["8.2.0", "9.0.1", "10.0.13"])
    def test_one_that_would_crash_is_not_started(self, qemu, version):
        qemu(f"case $1 in --version) echo QEMU emulator version {version};; *) echo not found;; esac")
        with pytest.raises(EnvError, match=f"got {'.'.join(version.split('.')[:2])}"):
            machine.protocol()
