"""Progress of long work: who is told what, on a terminal and in a log."""

import io

from bedplate.env import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_has_one_line_that_is_overwritten():
    stream = Terminal()
    with progress.progress(stream) as tell:
        tell("compiled 1 of 2")
        tell("compiled 2 of 2")
    assert stream.getvalue() == "\r\x1b[Kcompiled 1 of 2\r\x1b[Kcompiled 2 of 2\n"


def test_on_a_terminal_too_nothing_to_tell_is_nothing_told():
    stream = Terminal()
    with progress.progress(stream):
        pass
    assert stream.getvalue() == ""


def test_a_log_hears_once_of_each_thing_and_again_after_some_time(monkeypatch):
    stream = io.StringIO()
    now = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    with progress.progress(stream) as tell:
        tell("verilating 7 files")
        for now in (1.0, 2.0, 12.0, 13.0):
            tell(f"compiled {now:.0f} of 20")
        tell("linking")
    assert stream.getvalue().splitlines() == ["verilating 7 files", "compiled 1 of 20", "compiled 12 of 20", "linking"]
