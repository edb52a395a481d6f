"""Every combination of software access that SystemRDL allows becomes a register with exactly the legal methods,
and every method makes exactly the transactions that it should."""

from __future__ import annotations

from itertools import product

import pytest

from bedplate.errors import OutOfRange, RdlError
from bedplate.gen.conftest import Load, Tape

SW = ("rw", "r", "w", "rw1", "w1", "na")
ONREAD = (None, "rclr", "rset", "ruser")
ONWRITE = (None, "woset", "woclr", "wot", "wzs", "wzc", "wzt", "wclr", "wset", "wuser")
METHODS = {"read", "take", "write", "modify", "clear", "set", "toggle", "pulse", "wait"}


def field(
    sw: str, onread: str | None, onwrite: str | None, name: str = "f", bits: str = "[7:4]", more: str = ""
) -> str:
    effects = (f"onread = {onread}; " if onread else "") + (f"onwrite = {onwrite}; " if onwrite else "")
    return f"field {{ sw = {sw}; hw = r; {effects}{more} }} {name}{bits} = 0;"


def register(combination: tuple[str, str | None, str | None], name: str) -> str:
    return f"reg {{ {field(*combination)} }} {name};"


def of_another_block(body: str) -> str:
    """What may have effects that only users define, and is taken at its word."""
    return f"external regfile {{ {body} }} far @ 0x0;"


@pytest.fixture(scope="module")
def legal(load: Load) -> list[tuple[str, str | None, str | None]]:
    """What the compiler itself accepts, asked one by one."""
    found = []
    for combination in product(SW, ONREAD, ONWRITE):
        try:
            load(f"addrmap t {{ {of_another_block(register(combination, 'x'))} }};")
        except RdlError:
            continue
        found.append(combination)
    return found


@pytest.fixture(scope="module")
def device(load: Load, legal: list[tuple[str, str | None, str | None]]) -> object:
    body = "\n".join(register(combination, f"r{i}") for i, combination in enumerate(legal))
    return load(f"addrmap every {{ {of_another_block(body)} }};").top


def test_the_compiler_accepts_75_combinations_and_those_with_user_effects(legal: list) -> None:
    known = [c for c in legal if c[1] != "ruser" and c[2] != "wuser"]
    assert len(known) == 75
    assert {sw: sum(c[0] == sw for c in known) for sw in SW} == {"rw": 27, "r": 3, "w": 9, "rw1": 27, "w1": 9, "na": 0}
    assert len(legal) == 4 * 10 + 4 + 10 + 4 * 10 + 10


def expected_methods(sw: str, onread: str | None, onwrite: str | None) -> set[str]:
    """The table, said once more in words of its own."""
    methods = set()
    if sw in ("rw", "r", "rw1"):
        methods |= {"take"} if onread else {"read", "wait"}
    if sw != "r":
        methods.add("write")
        methods |= {"woclr": {"clear"}, "wzc": {"clear"}, "wclr": {"clear"}}.get(onwrite or "", set())
        methods |= {"woset": {"set"}, "wzs": {"set"}, "wset": {"set"}}.get(onwrite or "", set())
        methods |= {"wot": {"toggle"}, "wzt": {"toggle"}}.get(onwrite or "", set())
        if onwrite is None and "read" in methods:
            methods.add("modify")
    return methods


def test_each_combination_has_exactly_the_legal_methods(device, legal) -> None:
    block = device(Tape()).far
    for i, combination in enumerate(legal):
        got = {name for name in METHODS if hasattr(getattr(block, f"r{i}"), name)}
        assert got == expected_methods(*combination), combination


def test_each_method_makes_exactly_these_transactions(device, legal, tape: Tape) -> None:
    block = device(tape).far
    for i, (sw, _onread, onwrite) in enumerate(legal):
        handle, at = getattr(block, f"r{i}"), 4 * i
        inert = 0xF0 if onwrite in ("wzs", "wzc", "wzt") else 0
        tape.write(at, 0xABCD_EF6A)
        tape.told()

        if hasattr(handle, "read"):
            assert handle.read() == 0xABCD_EF6A
            assert tape.told() == [("r", at, 4)]
            assert handle.read().f == 6
            tape.told()
            assert handle.wait(f=6, timeout=100) == 0xABCD_EF6A
            assert tape.told() == [("r", at, 4)]
        if hasattr(handle, "take"):
            assert handle.take().f == 6
            assert tape.told() == [("r", at, 4)]
        if hasattr(handle, "modify"):
            handle.modify(f=5)
            assert tape.told() == [("r", at, 4), ("w", at, 0xABCD_EF5A, 4)]
            handle.modify()
            assert tape.told() == [], "nothing to modify is no transaction"
        for name in ("clear", "set", "toggle"):
            if not hasattr(handle, name):
                continue
            if onwrite in ("wclr", "wset"):
                getattr(handle, name)()
                assert tape.told() == [("w", at, 0, 4)]
                continue
            getattr(handle, name)(f=0b0101)
            assert tape.told() == [("w", at, 0x50 ^ inert, 4)], (sw, onwrite)
            getattr(handle, name)(0xFFFF_FF3F)  # exactly the bits seen, of this kind of field only
            assert tape.told() == [("w", at, 0x30 ^ inert, 4)]
            getattr(handle, name)()
            assert tape.told() == [], "no bits are no transaction"
            for wrong in (16, -1):
                with pytest.raises(OutOfRange, match="f"):
                    getattr(handle, name)(f=wrong)
        if hasattr(handle, "write"):
            handle.write()
            assert tape.told() == [("w", at, inert, 4)], "a bare write does nothing"
            handle.write(f=9)
            assert tape.told() == [("w", at, 0x90, 4)]
            handle.write(0x1234_5678)
            assert tape.told() == [("w", at, 0x1234_5678, 4)]
            for wrong in (16, -1):
                with pytest.raises(OutOfRange):
                    handle.write(f=wrong)
            for wrong in (1 << 32, -1):
                with pytest.raises(OutOfRange):
                    handle.write(wrong)
            assert tape.told() == [], "a refused value is not written"


def test_single_pulse_is_pulsed_and_nothing_else(load: Load, tape: Tape) -> None:
    block = load(
        """addrmap t {
            reg { field { sw = w; singlepulse; } go[3:3] = 0; field { sw = w; singlepulse; } stop[4:4] = 0; } alone;
            reg { field { sw = rw; singlepulse; } go[3:3] = 0; field { sw = rw; hw = r; } amount[7:4] = 9; } mixed;
            reg { field { sw = rw; singlepulse; onwrite = wzs; } go[3:3] = 0; } low;
            reg { field { sw = rw; singlepulse; } go[3:3] = 0; field { sw = w; hw = r; } blind[7:4] = 9; } never;
        };"""
    ).top(tape)
    block.alone.pulse(go=True)
    assert tape.told() == [("w", 0, 0x08, 4)]
    tape.write(4, 0x58)
    tape.told()
    block.mixed.pulse(go=True)
    assert tape.told() == [("r", 4, 4), ("w", 4, 0x58, 4)]
    block.mixed.modify(amount=6)
    assert tape.told() == [("r", 4, 4), ("w", 4, 0x60, 4)], "modify does not pulse again"
    block.low.pulse(go=True)
    assert tape.told() == [("w", 8, 0, 4)], "raised by a 0"
    block.mixed.write()
    assert tape.told() == [("w", 4, 0x90, 4)], "reset values, and no pulse"
    assert not hasattr(block.never, "pulse")
    assert not hasattr(block.never, "modify")


def test_arguments_are_checked_before_the_first_transaction(load: Load, tape: Tape) -> None:
    block = load("addrmap t { reg { field {} a[3:0] = 0; field {} b[7:4] = 0; field {} c[8:8] = 0; } x; };").top(tape)
    for call in (block.x.modify, block.x.write):
        for wrong in ({"a": 1, "b": 16}, {"a": -1}, {"c": 2}):
            with pytest.raises(OutOfRange):
                call(**wrong)
    with pytest.raises(OutOfRange):
        block.x.wait(a=16, timeout=1)
    assert tape.told() == []


def test_probe_decides_between_read_and_take(load: Load) -> None:
    block = load(
        """`include "bedplate.rdl"
        addrmap t {
            default sw = r;
            reg { field {} f; } plain;
            reg { field { rclr; } f; } cleared;
            reg { field { onread = rset; } f; } claimed;
            external reg { field { onread = ruser; } f; } used;
            reg { probe = "acquires"; field {} f; } told;
            reg { probe = "consumes"; field { rclr; } f; } overruled;
            reg { probe = "consumes"; field { sw = rw; } f; } fifo;
        };"""
    ).top(Tape())
    probes = {name: getattr(block, name).PROBE.value for name in ("plain", "cleared", "claimed", "used", "told")}
    assert probes == {
        "plain": "safe",
        "cleared": "clears",
        "claimed": "acquires",
        "used": "consumes",
        "told": "acquires",
    }
    assert block.overruled.PROBE.value == "consumes"
    assert hasattr(block.plain, "read")
    assert not hasattr(block.plain, "take")
    for name in ("cleared", "claimed", "used", "told", "overruled", "fifo"):
        assert hasattr(getattr(block, name), "take")
        assert not hasattr(getattr(block, name), "read")
        assert not hasattr(getattr(block, name), "wait")
    assert not hasattr(block.fifo, "modify"), "its read takes something away"
