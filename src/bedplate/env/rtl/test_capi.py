"""The C API as its callers see it: this test is the simulator, a dictionary is the hardware."""

import ctypes
import json

import pytest

from bedplate.env.rtl import session as sessions
from bedplate.env.rtl.exchange import ExchangeOp, Status
from bedplate.env.rtl.library import library
from bedplate.env.rtl.simulation import load_capi

BOX = b"sv:bedplate.env.rtl.one_register:OneRegister"
ID = 0x0BED0001


@pytest.fixture(scope="module")
def api():
    load_capi()
    api = ctypes.PyDLL(str(library()))
    for name in ("text", "error"):
        getattr(api, f"bedplate_{name}").restype = ctypes.c_char_p
    for name in ("address", "value"):
        getattr(api, f"bedplate_{name}").restype = ctypes.c_ulonglong
    api.bedplate_word.restype = ctypes.c_uint
    api.bedplate_put_word.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_uint)
    api.bedplate_next.argtypes = (ctypes.c_int, ctypes.c_ulonglong, ctypes.c_int)
    api.bedplate_speedup.argtypes = (ctypes.c_int, ctypes.c_double)
    return api


class Hardware:
    """The one-register chip as a caller would have it: `turn` carries out one request."""

    def __init__(self, api, target=BOX):
        self.api = api
        self.handle = api.bedplate_open(target)
        self.words = {0: ID, 4: 0}
        self.time = 0
        self.requests = []
        self.answer = Status.OK

    def start(self, command):
        assert self.api.bedplate_start(self.handle, command.encode()), self.error
        self.status = Status.OK

    def turn(self):
        api, handle = self.api, self.handle
        op = ExchangeOp(api.bedplate_next(handle, self.time, self.status))
        address, count = api.bedplate_address(handle), api.bedplate_count(handle)
        self.status = self.answer
        if op is ExchangeOp.READ:
            for i in range(count):
                api.bedplate_put_word(handle, i, self.words[address + 4 * i])
        if op is ExchangeOp.WRITE:
            self.words[address] = api.bedplate_word(handle, 0) | 1 << 31
        if op is ExchangeOp.IDLE:
            self.time += address
            self.status = Status.OK
        self.requests.append((op, address))
        return op

    def run(self, command):
        self.start(command)
        while (op := self.turn()) > ExchangeOp.DONE:
            pass
        return op

    @property
    def error(self):
        return self.api.bedplate_error(self.handle).decode()

    @property
    def document(self):
        return json.loads(self.api.bedplate_text(self.handle))


@pytest.fixture
def box(api):
    box = Hardware(api)
    yield box
    api.bedplate_close(box.handle)


def test_blocking_code_is_suspended_at_every_access_and_the_document_is_the_command_lines(box):
    assert box.run("up") is ExchangeOp.DONE
    assert box.document["schema"] == "bedplate.up/1"
    assert box.document["ok"]
    assert [op for op, _ in box.requests].count(ExchangeOp.WRITE) == 1
    assert box.words[4] == 0x8000_0001


def test_registers_are_read_and_written_by_name(box):
    assert box.run("reg set box.ctrl.gain=0x5a") is ExchangeOp.DONE
    assert box.document["writes"][0]["did"] == "modify(gain=90)"
    assert box.run("reg get box.ctrl.gain box.id") is ExchangeOp.DONE
    assert box.api.bedplate_value(box.handle) == 0x5A
    assert [value["value"] for value in box.document["values"]] == [0x5A, ID]


@pytest.mark.parametrize(
    ("answer", "what"),
    [(Status.SLVERR, "read ended in an error response"), (Status.UNKNOWN, "read returned unknown bits")],
)
def test_trouble_with_one_register_is_told_apart_from_a_dead_bus(box, answer, what):
    box.start("reg get box.ctrl")
    assert box.turn() is ExchangeOp.READ
    box.status = answer
    assert box.turn() is ExchangeOp.READ  # the canary answers
    assert box.requests[-1] == (ExchangeOp.READ, 0)
    assert box.turn() is ExchangeOp.FAILED
    assert box.document["error"]["type"] == "BusFault"
    assert box.error.startswith(f"error BP-BUS-002: {what}\n  where   0x00000004")


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Status.SLVERR, "the bus is dead"),
        (Status.UNKNOWN, "the bus is dead"),
        (Status.TIMEOUT, "read got no answer from the bus"),
    ],
)
def test_a_bus_on_which_nothing_answers_is_a_link_down(box, answer, what):
    box.answer = answer
    assert box.run("reg get box.ctrl") is ExchangeOp.FAILED
    assert box.document["error"]["type"] == "LinkDown"
    assert what in box.error


def test_waits_are_simulated_time_and_a_speed_up_shortens_them(api):
    spent = {}
    for factor in (1.0, 10.0):
        box = Hardware(api)
        assert api.bedplate_speedup(box.handle, factor)
        box.words[4] = 1  # on, and it never settles
        assert box.run("up") is ExchangeOp.FAILED
        spent[factor] = box.time
        assert box.document["device_time_ns"] >= 10_000
        api.bedplate_close(box.handle)
    assert 8 < spent[1.0] / spent[10.0] < 12
    assert api.bedplate_speedup(api.bedplate_open(BOX), 0.0) == 0


def test_an_exception_in_a_callback_is_a_failure_with_a_text_and_never_a_value(box, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(sessions, "execute", broken)
    box.start("up")
    assert box.turn() is ExchangeOp.FAILED
    assert "defect in Bedplate: ZeroDivisionError: planted" in box.error
    assert not box.document["ok"]
    for status in Status:
        assert box.api.bedplate_next(box.handle, 0, status) == ExchangeOp.FAILED


def test_misuse_is_refused_in_words(api, box):
    assert api.bedplate_open(b"sv:turn") == 0
    assert b"did you mean tern?" in api.bedplate_error(0)
    assert api.bedplate_open(b"no:tern") == 0
    assert api.bedplate_start(77, b"up") == 0
    assert b"no session has the handle 77" in api.bedplate_error(77)
    assert api.bedplate_next(77, 0, 0) == ExchangeOp.FAILED
    assert api.bedplate_next(box.handle, 0, 0) == ExchangeOp.FAILED
    assert "no command is running" in box.error
    assert api.bedplate_call(box.handle, b"up") == 0
    assert "the bus of this chip is the caller's" in box.error
    assert box.run("upp") is ExchangeOp.FAILED
    assert "unknown command 'upp'" in box.error
    assert box.run("up") is ExchangeOp.DONE


def test_a_command_that_was_not_finished_leaves_nothing_behind(box):
    box.start("up")
    assert box.turn() is ExchangeOp.READ
    assert box.run("up") is ExchangeOp.DONE
    assert box.document["ok"]


def test_several_chips_take_turns(api):
    boxes = [Hardware(api) for _ in range(3)]
    for box in boxes:
        box.start("up")
    running = list(boxes)
    while running:
        running = [box for box in running if box.turn() > ExchangeOp.DONE]
    assert all(box.document["ok"] and box.words[4] == 0x8000_0001 for box in boxes)
    for box in boxes:
        api.bedplate_close(box.handle)


def test_a_chip_on_a_bus_of_bedplates_own_needs_no_turns(api):
    tern = api.bedplate_open(b"model:tern")
    assert api.bedplate_call(tern, b"up die0.pll.sys"), api.bedplate_error(tern)
    document = json.loads(api.bedplate_text(tern))
    assert "die0.pll.sys" in document["working"]
    assert len(document["lines"]) < 10
    assert api.bedplate_call(tern, b"status die0.pll.sys")
    assert json.loads(api.bedplate_text(tern))["states"][0]["state"] == "RUNNING"
    api.bedplate_close(tern)


class TestHandles:
    """What is said of a session is its own: not that of another one which had the handle before, nor a defect of Bedplate."""

    def said(self, api, handle):
        return api.bedplate_error(handle), api.bedplate_text(handle), api.bedplate_value(handle)

    def test_one_that_was_never_opened(self, api):
        assert self.said(api, 60) == (
            b"error BP-ACC-001: no session has the handle 60\n  next    bedplate_open gives one",
            b"",
            0,
        )
        for call in (
            lambda: api.bedplate_start(60, b"up"),
            lambda: api.bedplate_next(60, 0, 0),
            lambda: api.bedplate_call(60, b"up"),
        ):
            assert call() == 0
            assert b"no session has the handle 60" in api.bedplate_error(60)
        assert api.bedplate_next(-5, 0, 0) == 0
        assert b"no session has the handle -5" in api.bedplate_error(-5)

    def test_one_that_was_closed_or_opened_again(self, api):
        chip = api.bedplate_open(b"model:tern")
        assert self.said(api, chip) == (b"", b"", 0)
        assert api.bedplate_call(chip, b"reg get die0.sysid.magic")
        assert api.bedplate_call(chip, b"upp") == 0
        api.bedplate_close(chip)
        assert self.said(api, chip) == (
            f"error BP-ACC-001: no session has the handle {chip}\n  next    bedplate_open gives one".encode(),
            b"",
            0,
        )
        assert api.bedplate_open(b"model:tern") == chip
        assert self.said(api, chip) == (b"", b"", 0)
        api.bedplate_close(chip)

    @pytest.mark.parametrize(("text", "what"), [(None, b"NULL is no "), (b"\xff\xfe", b"wanted  UTF-8")])
    def test_what_is_no_text_is_the_callers_mistake(self, api, box, text, what):
        assert api.bedplate_open(text) == 0
        assert what in api.bedplate_error(0)
        for call in (api.bedplate_start, api.bedplate_call):
            chip = box.handle if call is api.bedplate_start else api.bedplate_open(b"model:tern")
            assert call(chip, text) == 0
            assert what in api.bedplate_error(chip)
            assert b"defect" not in api.bedplate_error(chip)
        api.bedplate_close(chip)
