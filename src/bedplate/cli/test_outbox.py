"""What is written during a run, when the disk is full, the reader gone or asleep: the run is the same, and says what was lost."""

import io
import json
import os
import subprocess
import sys
import termios
import threading
import tty
from contextlib import contextmanager, suppress

import pytest

from bedplate.bus import MemoryBus, Observer
from bedplate.chips.tern import Tern
from bedplate.cli import outbox, progress, trace
from bedplate.cli.conftest import SIZE, commands
from bedplate.cli.outbox import Outbox
from bedplate.cli.session import Session
from bedplate.cli.timeline import Timeline
from bedplate.converge import Event

OPTIONS = ("--trace", "--record", "--picture", "--events")
FAILING = "model:tern?fault=die0.pll.hbm0:no_lock"
PROGRAM = (sys.executable, "-m", "bedplate.cli")
RUN = {
    "up": "up die0.otp",
    "down": "down die0.pvt.io",
    "plan": "plan die0.otp",
    "status": "-t model:tern?up=1 status die0.otp",
    "ls": "ls die0.otp",
    "info": "info die0.otp",
    "reg get": "reg get die0.sysid.magic",
    "reg set": "-t model:tern?up=1 reg set die0.sysid.scratch.2=1",
    "dump": "dump die0.sysid",
    "trace": "trace up die0.otp",
    "dv inject": "dv inject --runs 1",
    "dv conformance": "dv conformance die0.otp",
    "bench": "bench construct --quick",
}
"""Commands that are done with in a moment, and how. Of the others what they help with is asked for."""


class Sink(io.BytesIO):
    """A file that takes so many bytes at once, and so many in all; then `then` happens."""

    def __init__(self, room=1 << 20, most=1 << 20, then=None):
        super().__init__()
        self.room = room
        self.most = most
        self.then = then or self.full

    def full(self):
        raise OSError(28, "No space left on device")

    def write(self, data):
        data = bytes(data[: min(self.most, self.room)])
        if not data:
            return self.then()
        self.room -= len(data)
        return super().write(data)


@pytest.fixture
def asleep():
    """A sink's `then`: a reader that sleeps until the test ends."""
    awake = threading.Event()
    yield lambda: awake.wait() and 0
    awake.set()


def filled(sink, lines=100, close=True):
    box = Outbox("box", sink, owned=False)
    for number in range(lines):
        box.write(f"{number:09}\n")
    if close:
        box.close()
    return box


class TestOutbox:
    def test_everything_arrives_in_order_and_then_there_is_nothing_to_say(self):
        box = filled(sink := Sink(most=7))
        assert sink.getvalue().decode().splitlines() == [f"{number:09}" for number in range(100)]
        assert (box.note, box.idle) == ("", True)

    @pytest.mark.parametrize("room", [0, 1, 9, 10, 11, 500, 999])
    def test_what_arrived_on_a_full_disk_is_a_beginning_and_the_rest_is_counted(self, room):
        box = filled(sink := Sink(room))
        sink.room = 1000  # somebody makes room
        box.write("more\n")
        box.close()
        assert sink.getvalue() == "".join(f"{number:09}\n" for number in range(100)).encode()[:room]
        assert box.note == f"box: lost {101 - room // 10} of 101 lines by OSError: [Errno 28] No space left on device"

    def test_a_reader_that_sleeps_holds_up_neither_the_writer_nor_the_end_for_long(self, asleep, monkeypatch):
        monkeypatch.setattr(outbox, "STALL", 0.05)
        box = filled(sink := Sink(500, then=asleep))
        assert (len(sink.getvalue()), box.idle) == (500, False)
        assert box.note == "box: lost 50 of 100 lines by TimeoutError: it took no more"

    def test_nor_does_one_that_takes_for_ever(self, monkeypatch):
        monkeypatch.setattr(outbox, "CHUNK", 1)
        monkeypatch.setattr(outbox, "PATIENCE", 0.1)
        box = Outbox("box", Sink(1 << 30), owned=False)
        box.write("x" * (1 << 24))
        box.close(0.1)
        assert box.note == "box: lost 1 of 1 lines by TimeoutError: it took no more"

    def test_one_that_is_waited_for_gets_everything(self, monkeypatch):
        monkeypatch.setattr(outbox, "STALL", 0.01)
        pause = threading.Event()
        sink = Sink(500, then=lambda: pause.wait(0.2) or setattr(sink, "room", 500) or 0)
        box = filled(sink, close=False)
        box.close(None)
        assert (len(sink.getvalue()), box.note) == (1000, "")

    def test_lines_that_wait_are_bounded_in_number_and_those_that_do_still_arrive(self, monkeypatch):
        monkeypatch.setattr(outbox, "MOST", 10)
        awake = threading.Event()
        sink = Sink(10, then=lambda: awake.wait() and (setattr(sink, "room", 1000) or 0))
        box = filled(sink, 1, close=False)
        while not sink.getvalue():
            pass  # the first one is on its way, and out of the queue
        for number in range(1, 100):
            box.write(f"{number:09}\n")
        awake.set()
        box.close()
        arrived = sink.getvalue().decode().splitlines()
        assert 10 <= len(arrived) <= 12
        assert arrived == [f"{number:09}" for number in range(len(arrived))]
        assert f"lost {100 - len(arrived)} of 100 lines by BlockingIOError: 10 lines were waiting" in box.note

    def test_a_pipe_that_would_not_wait_is_waited_for(self):
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        box = Outbox("box", io.FileIO(writer, "w"), owned=True)
        text = "x" * (1 << 20)
        box.write(text)
        with open(reader) as file:
            got = file.read(len(text))
            box.close()
        assert (got, box.note) == (text, "")

    def test_a_file_that_fails_as_it_is_closed_says_so(self):
        class Late(Sink):
            def close(self):
                raise OSError(122, "Disk quota exceeded")

        box = Outbox("box", Late(), owned=True)
        box.write("a")
        box.close()
        assert box.note == "box: lost 0 of 1 lines by OSError: [Errno 122] Disk quota exceeded"


@pytest.fixture(scope="module")
def plain():
    """The document of a boot that nobody watches."""
    return without_wall(json.loads(ended("--json", "up").stdout))


def without_wall(document):
    return {key: value for key, value in document.items() if key not in ("wall_time_s", "lost")}


def ended(*args, **how):
    """The program in a process of its own, once it has ended."""
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    done = subprocess.run([*PROGRAM, *args], text=True, timeout=120, **how)
    assert "Traceback" not in (done.stderr or "")
    assert "Exception" not in (done.stderr or "")
    return done


class TestFiles:
    def test_the_same_boot_with_every_file_on_a_full_disk(self, plain):
        files = [word for option in OPTIONS for word in (option, "/dev/full")]
        done = ended("--json", "up", *files)
        document = json.loads(done.stdout)
        assert (done.returncode, done.stderr) == (0, "")
        assert without_wall(document) == plain
        assert len(document["lost"]) == len(OPTIONS)
        for option in OPTIONS:
            (lost,) = [sentence for sentence in document["lost"] if sentence.startswith(f"{option} /dev/full: lost ")]
            assert lost.endswith("lines by OSError: [Errno 28] No space left on device")

    def test_people_hear_what_was_lost_at_the_end_and_the_exit_code_is_that_of_the_run(self):
        for target, code in (("model:tern", 0), (FAILING, 1)):
            done = ended("--target", target, "up", "--record", "/dev/full")
            assert done.returncode == code
            assert done.stderr.splitlines()[-1].startswith("note: --record /dev/full: lost ")

    def test_so_does_the_document_of_a_run_that_could_not_end(self, run, monkeypatch):
        monkeypatch.setattr(Tern, "converge", lambda self, **how: self.bus.read(1 << 40))
        document = run("--json", "up", "--record", "/dev/full").doc
        assert document["schema"] == "bedplate.error/1"
        assert [sentence.split(": ")[0] for sentence in document["lost"]] == ["--record /dev/full"]

    @pytest.mark.parametrize("option", OPTIONS)
    def test_a_pipe_that_nobody_reads_is_refused_before_anything_happens(self, run, tmp_path, monkeypatch, option):
        monkeypatch.setattr(outbox, "STALL", 0.1)
        os.mkfifo(tmp_path / "fifo")
        ran = run("up", option, str(tmp_path / "fifo"))
        assert (ran.code, ran.transactions) == (2, 0)
        assert "nobody reads it" in ran.err

    def test_a_reader_that_is_a_little_late_gets_everything(self, tmp_path):
        os.mkfifo(tmp_path / "fifo")
        reader = f"sleep 0.5; exec wc -l {tmp_path / 'fifo'}"
        with subprocess.Popen(["sh", "-c", reader], stdout=subprocess.PIPE, text=True) as late:
            done = ended("--json", "up", "--record", str(tmp_path / "fifo"))
            counted = int(late.stdout.read().split()[0])
        assert counted == json.loads(done.stdout)["transactions"] + 2  # the head and the end mark

    @pytest.mark.parametrize("leaves", [True, False])
    def test_the_same_boot_with_a_reader_that_leaves_or_sleeps(self, plain, tmp_path, leaves):
        os.mkfifo(tmp_path / "fifo")
        reader = os.open(tmp_path / "fifo", os.O_RDONLY | os.O_NONBLOCK)
        with subprocess.Popen(
            [*PROGRAM, "--json", "up", "--trace", tmp_path / "fifo"], stdout=subprocess.PIPE
        ) as boots:
            if leaves:
                while not readable(reader):
                    pass
                os.close(reader)
            document = json.load(boots.stdout)
        if not leaves:
            os.close(reader)
        assert boots.returncode == 0
        assert without_wall(document) == plain
        (lost,) = document["lost"]
        assert ("BrokenPipeError" if leaves else "TimeoutError") in lost

    @pytest.mark.parametrize("option", OPTIONS)
    def test_what_is_no_file_is_refused_before_anything_happens(self, run, tmp_path, option):
        ran = run("up", option, str(tmp_path))
        assert (ran.code, ran.transactions) == (2, 0)
        assert "Is a directory" in ran.err

    def test_two_options_do_not_write_into_each_other(self, run, tmp_path):
        (tmp_path / "link").symlink_to(tmp_path / "file")
        ran = run("up", "--trace", str(tmp_path / "file"), "--record", str(tmp_path / "link"))
        assert (ran.code, ran.transactions) == (2, 0)
        assert "another option has that file" in ran.err

    @pytest.mark.parametrize(
        "refused",
        [
            "up nosuch",
            "up --force nosuch",
            "-t model:nosuch up",
            "-t model:tern?tenant=no up",
            "-t pci:auto up",
            "up -x",
        ],
    )
    @pytest.mark.parametrize("option", OPTIONS)
    def test_a_call_that_is_refused_destroys_nothing(self, run, tmp_path, option, refused):
        (tmp_path / "file").write_text("old")
        ran = run(*refused.split(), option, str(tmp_path / "file"))
        assert (ran.code in (2, 3), ran.transactions) == (True, 0)
        assert (tmp_path / "file").read_text() == "old"

    @pytest.mark.parametrize("option", OPTIONS)
    def test_what_a_run_writes_replaces_the_file_also_where_it_is_nothing(self, run, tmp_path, option):
        (tmp_path / "file").write_text("old\n" * 1_000_000)
        assert run("-t", "model:tern?up=1", "up", "die0.sysid", option, str(tmp_path / "file")).code == 0
        assert "old" not in (tmp_path / "file").read_text()

    def test_completing_a_command_line_empties_no_file(self, tmp_path):
        file = tmp_path / "file"
        file.write_text("old")
        words = f"bedplate up --record {file} --"
        completing = {"_BEDPLATE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "4"}
        done = ended(env=os.environ | completing)
        assert (done.returncode, "--events" in done.stdout) == (0, True)
        assert file.read_text() == "old"


def readable(descriptor, most=1):
    with suppress(BlockingIOError):
        return os.read(descriptor, most)
    return b""


class TestListeners:
    """Everything that listens to `up`, made to fail at one event or at all of them."""

    @pytest.mark.parametrize("broken", [(Timeline, "add"), (Timeline, "svg"), (trace.Tracer, "lines"), (json, "dumps")])
    @pytest.mark.parametrize("at", [0, 1, 7, 200, None])
    def test_the_boot_is_the_same(self, run, plain, tmp_path, monkeypatch, broken, at):
        place, name = broken
        calls, works = [], getattr(place, name)

        def fails(*args, **more):
            if "indent" in more:  # the answer itself
                return works(*args, **more)
            calls.append(args)
            if at is None or len(calls) == at + 1:
                raise RuntimeError("a bug in a listener")
            return works(*args, **more)

        monkeypatch.setattr(place, name, fails)
        files = [word for option in OPTIONS for word in (option, str(tmp_path / option))]
        ran = run("--json", "up", *files)
        assert ran.code == 0
        assert without_wall(ran.doc) == plain
        assert any("RuntimeError" in sentence for sentence in ran.doc["lost"]) is (at is None or len(calls) > at)


class TestTerminal:
    @pytest.mark.parametrize("how", ["gone", "stopped", "broken"])
    def test_the_boot_is_the_same_whatever_has_become_of_the_terminal(self, how, monkeypatch):
        monkeypatch.setattr(outbox, "STALL", 0.05)
        with terminal() as (leader, stream):
            session, chip = Session(), Tern(MemoryBus(0))
            monkeypatch.setattr(sys, "stderr", stream)
            if how == "stopped":
                termios.tcflow(stream.fileno(), termios.TCOOFF)
            elif how == "broken":
                monkeypatch.setattr(progress.Board, "picture", lambda board: 1 // 0)
            with progress.watch(session, chip) as listen:
                if how == "gone":
                    os.close(leader)
                for number in range(200):
                    listen(Event(number, "die0.pll.sys", "goal", "text"))
            if how == "stopped":
                termios.tcflow(stream.fileno(), termios.TCOON)
            assert {"gone": "Errno 5", "stopped": "TimeoutError", "broken": "ZeroDivisionError"}[how] in " ".join(
                session.lost
            )

    def test_the_board_is_drawn_and_taken_away_again(self, monkeypatch):
        with terminal() as (leader, stream):
            monkeypatch.setattr(sys, "stderr", stream)
            with progress.watch(session := Session(), Tern(MemoryBus(0))) as listen:
                listen(Event(5, "die0.pll.sys", "goal", "text"))
            os.set_blocking(leader, False)
            drawn = b"".join(iter(lambda: readable(leader, 1 << 16), b""))
        assert f"1 of {SIZE}".encode() in drawn
        assert b"\x1b[?25h" in drawn  # the cursor is back
        assert session.lost == []

    @pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", "2> >(true)"])
    def test_talk_that_nobody_hears_changes_nothing(self, redirected):
        shell = f"{' '.join(PROGRAM)} --target '{FAILING}' up --record /dev/full {redirected}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (1, "")
        assert "largest working chip" in done.stdout


@contextmanager
def terminal():
    """A terminal, and a text stream that writes to it."""
    leader, follower = os.openpty()
    tty.setraw(follower)
    stream = os.fdopen(follower, "w")
    try:
        yield leader, stream
    finally:
        with suppress(OSError):
            stream.close()
        with suppress(OSError):
            os.close(leader)


class TestAnswer:
    @pytest.mark.parametrize("json", [["--json"], []])
    @pytest.mark.parametrize(("target", "code"), [("model:tern", 141), (FAILING, 1), ("model:nope", 2)])
    @pytest.mark.parametrize(
        ("redirected", "said"), [("| true", ""), (">/dev/full", "No space left"), (">&-", "Bad file")]
    )
    def test_one_that_nobody_takes_leaves_the_exit_code_that_of_the_run(self, json, target, code, redirected, said):
        shell = f"{' '.join([*PROGRAM, *json])} --target '{target}' up {redirected}; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True)
        if code == 2 and not json:  # there is no answer but the error, on standard error
            said = ""
        assert done.returncode == code
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert "Exception" not in done.stderr

    @pytest.mark.parametrize(
        ("path", "redirected"),
        [
            *((" ".join(path), ">/dev/full") for path, _ in commands()),
            *((path, ">&-") for path in RUN),  # help is one thing, whoever it is about
        ],
    )
    def test_of_every_command_that_nobody_takes_is_no_success(self, path, redirected, tmp_path):
        shell = f"{' '.join(PROGRAM)} {RUN.get(path, f'{path} --help')} {redirected}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 141, done.stderr
        assert "standard output: " in done.stderr
        assert "Traceback" not in done.stderr

    def test_each_command_that_runs_here_is_one(self):
        assert set(RUN) < {" ".join(path) for path, _ in commands()}

    @pytest.mark.parametrize(("target", "code"), [("model:tern", 141), (FAILING, 1)])
    def test_trace_goes_on_when_its_reader_leaves(self, target, code):
        shell = f"{' '.join(PROGRAM)} --target '{target}' trace up | head -1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True)
        assert done.returncode == code
        assert len(done.stdout.splitlines()) == 1
        assert "at goal" in done.stderr
        assert "note: " not in done.stderr

    def test_a_reader_of_the_trace_that_reads_on_much_later_gets_all_of_it(self):
        shell = f"{' '.join(PROGRAM)} trace up | (sleep 4; wc -l); exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True)
        assert done.returncode == 0
        assert int(done.stdout) == len(ended("trace", "up").stdout.splitlines())

    def test_help_that_nobody_takes_is_no_defect(self):
        shell = f"{' '.join(PROGRAM)} --help >/dev/full"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True)
        assert done.returncode == 141
        assert "Traceback" not in done.stderr

    def test_what_is_opened_never_takes_the_place_of_a_stream_that_was_closed(self, tmp_path):
        script = """if True:
            import os
            from bedplate.cli import app
            def say(*_):
                with open(3, "w") as file:
                    print(*(os.readlink(f"/proc/self/fd/{n}") for n in range(3)), file=file)
            app.app.get_command = say
            app.app.main(["up"])
        """
        shell = f'{sys.executable} -c "$0" 3>{tmp_path / "said"} <&- >&- 2>&-'
        subprocess.run(["bash", "-c", shell, script])
        assert (tmp_path / "said").read_text() == "/dev/null /dev/null /dev/null\n"


def test_progress_of_other_work_stops_nothing_either():
    with suppress(OSError), open("/dev/full", "w", buffering=1) as full:
        from bedplate.env import progress as work

        with work.progress(full) as tell:
            assert isinstance(tell, Observer)
            tell("building")
            assert tell.lost == 1
