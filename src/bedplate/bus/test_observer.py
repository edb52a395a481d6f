"""Who watches a transaction can neither stop it nor change how it ends; a recording is a true beginning, and says how it ends."""

import io
import json

import pytest

from bedplate.bus import Killed, MemoryBus, Observer, Record, Replay, Trace
from bedplate.errors import BusError, BusFault, CheckFailed, OutOfRange, PathLost, UnknownName


class Mute(Exception):
    """An exception that cannot even say what it is."""

    def __str__(self):
        raise ValueError


FULL = OSError(28, "No space left on device")


def failing(*when, error=FULL):
    """A listener that fails at these calls (counted from 0), and keeps what it took."""

    def listen(heard):
        listen.calls += 1
        if listen.calls - 1 in when:
            raise error
        listen.took.append(heard)

    listen.calls, listen.took = 0, []
    return listen


class TestObserver:
    def test_what_a_listener_does_not_take_is_counted_and_the_next_thing_is_told_again(self):
        listen = failing(1, 2)
        observer = Observer(listen, "events")
        for heard in range(5):
            observer(heard)
        assert listen.took == [0, 3, 4]
        assert (observer.told, observer.lost) == (5, 2)
        assert observer.note == "events: lost 2 of 5, first by OSError: [Errno 28] No space left on device"

    def test_there_is_nothing_to_say_of_one_that_took_everything(self):
        observer = Observer(failing())
        observer(1)
        assert (observer.lost, observer.trouble, observer.note) == (0, "", "")

    @pytest.mark.parametrize(
        "error", [Mute(), StopIteration(), RecursionError(), MemoryError(), SystemExit(), GeneratorExit()], ids=repr
    )
    def test_no_exception_comes_through(self, error):
        observer = Observer(failing(0, error=error))
        observer(1)
        assert observer.trouble == type(error).__name__

    @pytest.mark.parametrize("stop", [KeyboardInterrupt, Killed])
    def test_whoever_stops_the_run_from_there_stops_it(self, stop):
        with pytest.raises(stop):
            Observer(failing(0, error=stop()))(1)


class TestTrace:
    def test_a_transaction_ends_as_it_would_without_its_listener(self):
        memory = MemoryBus(0x100)
        trace = Trace(memory, failing(*range(9)))
        trace.write(0, 5)
        assert trace.read(0) == 5
        with pytest.raises(BusFault):
            trace.read(0x8000)
        assert trace.observer.lost == 3


class Bad(MemoryBus):
    """A bus that fails at one address, in a way of its own."""

    def __init__(self, error):
        super().__init__(0x100)
        self.error = error

    def read(self, address, size=4):
        if address == 0x40:
            raise self.error
        return super().read(address, size)


class Disk(io.StringIO):
    """A disk with room for so many characters: of the text that does not fit, a part is written."""

    def __init__(self, room):
        super().__init__()
        self.room = room

    def write(self, text):
        fits = text[: max(self.room - self.tell(), 0)]
        super().write(fits)
        if fits != text:
            raise FULL
        return len(text)


class TestRecord:
    @staticmethod
    def session(bus):
        bus.write(0, 5)
        words = [bus.read(0), *bus.read_block(0, 3)]
        with pytest.raises(BusFault):
            bus.read(0x8000)
        bus.write_block(8, [1, 2])
        return words

    @pytest.mark.parametrize("room", range(0, 228, 4))
    def test_on_a_full_disk_the_run_is_the_same_and_the_record_a_true_beginning_that_says_so(self, room):
        memory, disk = MemoryBus(0x100), Disk(room)
        record = Record(memory, disk)
        words = self.session(record)
        record.finish()
        disk.room = 1000  # somebody makes room: a line that comes now would be one with the half one before
        record.read(0)
        record.finish()
        assert words == [5, 5, 0, 0]
        assert list(memory.read_block(0, 4)) == [5, 0, 1, 2]
        assert record.observer.note.endswith("first by OSError: [Errno 28] No space left on device")
        kept = disk.getvalue()
        assert len(kept) == room
        replay = Replay(kept.splitlines())
        with pytest.raises(CheckFailed, match=r"without its end mark|damaged here") as stopped:
            self.session(replay)
        assert stopped.value.where == f"transaction {kept.count('}')}"

    def test_a_whole_record_has_its_end_marked(self):
        file = io.StringIO()
        record = Record(MemoryBus(0x100), file)
        self.session(record)
        record.finish()
        assert record.observer.note == ""
        assert json.loads(file.getvalue().splitlines()[-1]) == {"end": 5}
        replay = Replay(file.getvalue().splitlines())
        self.session(replay)
        with pytest.raises(CheckFailed, match=r"the record ends here, got"):
            replay.read(0)

    def test_a_record_that_lost_only_its_end_mark_is_not_taken_for_a_whole_one(self):
        file = io.StringIO()
        self.session(Record(MemoryBus(0x100), file))
        replay = Replay(file.getvalue().splitlines())
        self.session(replay)
        with pytest.raises(CheckFailed, match="without its end mark"):
            replay.read(0)

    @pytest.mark.parametrize(
        ("error", "kind"),
        [
            (PathLost("lost"), PathLost),
            (OutOfRange("too large"), OutOfRange),
            (UnknownName("chip", "x", ()), UnknownName),
        ],
    )
    def test_every_error_of_the_bus_is_played_back_as_what_it_was(self, error, kind):
        file = io.StringIO()
        with pytest.raises(kind):
            Record(Bad(error), file).read(0x40)
        with pytest.raises(kind, match=error.what) as again:
            Replay(file.getvalue().splitlines()).read(0x40)
        assert type(again.value) is kind

    def test_a_defect_of_the_bus_is_played_back_as_a_failure_that_names_it(self):
        file = io.StringIO()
        with pytest.raises(ZeroDivisionError):
            Record(Bad(ZeroDivisionError("oops")), file).read(0x40)
        with pytest.raises(BusError, match="ZeroDivisionError: oops"):
            Replay(file.getvalue().splitlines()).read(0x40)

    def test_after_a_transaction_that_was_broken_off_nothing_more_is_recorded(self):
        file = io.StringIO()
        record = Record(Bad(KeyboardInterrupt()), file)
        record.read(0)
        with pytest.raises(KeyboardInterrupt):
            record.read(0x40)
        record.read(0)
        record.finish()
        assert len(file.getvalue().splitlines()) == 1
        assert record.observer.note == "record: lost 3 of 4, first by KeyboardInterrupt"

    @pytest.mark.parametrize(
        "line",
        [
            "{",
            "[]",
            "7",
            '"a"',
            "{}",
            '{"t":0,"a":0,"n":1,"z":4}',
            '{"t":0,"a":0,"n":1,"z":4,"r":[]}',
            '{"t":0,"a":0,"n":1,"z":4,"r":[1,2]}',
            '{"t":0,"a":0,"n":1,"z":4,"r":["1"]}',
            '{"t":0,"a":0,"n":1,"z":4,"r":null}',
            '{"t":0,"a":0,"n":1,"z":4,"e":"x"}',
            '{"t":0.5,"a":0,"n":1,"z":4,"r":[1]}',
        ],
    )
    def test_a_damaged_line_is_named_and_never_data(self, line):
        good = '{"t":0,"a":0,"n":1,"z":4,"r":[1]}'
        replay = Replay([good, line])
        assert replay.read(0) == 1
        with pytest.raises(CheckFailed, match="damaged here") as found:
            replay.read(0)
        assert (found.value.where, found.value.got) == ("transaction 1", line)

    @pytest.mark.parametrize("before", [[], ['{"t":0,"a":0,"n":1,"z":4,"r":[1]}']], ids=["head", "line"])
    def test_so_is_one_that_is_nested_without_end(self, before):
        replay = Replay([*before, "[" * 100_000])
        for _ in before:
            replay.read(0)
        with pytest.raises(CheckFailed, match="damaged here") as found:
            replay.read(0)
        assert found.value.where == f"transaction {len(before)}"
