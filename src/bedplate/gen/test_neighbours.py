"""Writing one field leaves its neighbours as they are, whatever they are: tried on hardware that does what the
description says, for every pair of kinds. Where that cannot be, the method does not exist."""

from __future__ import annotations

from itertools import product

import pytest

from bedplate.bus import WORD, MemoryBus
from bedplate.gen.conftest import Load

EFFECTS = ("woset", "woclr", "wot", "wzs", "wzc", "wzt", "wclr", "wset", "wuser")
KINDS = (
    ("rw", "", ""),
    ("r", "", ""),
    ("w", "", ""),
    ("rw1", "", ""),
    ("w1", "", ""),
    ("rw", "rclr", ""),
    ("r", "rset", ""),
    *(("rw", "", effect) for effect in EFFECTS),
    ("w", "", "woclr"),
    ("w", "", "wzs"),
    ("rw", "rclr", "woclr"),
    ("rw", "", "singlepulse"),
    ("w", "", "singlepulse"),
)
"""(sw, onread, onwrite)"""


class Hardware(MemoryBus):
    """Two fields, a at bit 0 and b at bit 8; what a read or write does to them is what SystemRDL says."""

    def __init__(self, a: tuple[str, str, str], b: tuple[str, str, str]) -> None:
        super().__init__(4)
        self.kinds = (a, b)
        self.stored = [0, 0]
        self.pulses = [0, 0]
        self.disturbed = [False, False]  # by something that nobody can predict

    def ones(self, i: int) -> int:
        return 1 if self.kinds[i][2] == "singlepulse" else 0xF

    def read(self, address: int, size: int = WORD) -> int:
        word = 0xA5A5_0000  # reserved bits
        for i, (sw, onread, _) in enumerate(self.kinds):
            if "r" in sw:
                word |= self.stored[i] << 8 * i
            if onread:
                self.stored[i] = 0 if onread == "rclr" else self.ones(i)
        return word

    def write(self, address: int, value: int, size: int = WORD) -> None:
        for i, (sw, _, effect) in enumerate(self.kinds):
            if "w" not in sw:
                continue
            ones, old = self.ones(i), self.stored[i]
            data = value >> 8 * i & ones
            if effect == "singlepulse":
                self.pulses[i] += data
            elif effect == "wuser":
                self.disturbed[i] = True
            else:
                self.stored[i] = {
                    "": data,
                    "woset": old | data,
                    "woclr": old & ~data,
                    "wot": old ^ data,
                    "wzs": old | ~data & ones,
                    "wzc": old & data,
                    "wzt": old ^ (~data & ones),
                    "wclr": 0,
                    "wset": ones,
                }[effect]


def field(kind: tuple[str, str, str], name: str, low: int) -> str:
    sw, onread, effect = kind
    wide = 0 if effect == "singlepulse" else 3
    text = f"onread = {onread};" if onread else ""
    text += "singlepulse;" if effect == "singlepulse" else f"onwrite = {effect};" if effect else ""
    return f"field {{ sw = {sw}; hw = r; {text} }} {name}[{low + wide}:{low}] = 0;"


PAIRS = tuple(product(KINDS, KINDS))


@pytest.fixture(scope="module")
def device(load: Load) -> object:
    body = "\n".join(f"reg {{ {field(a, 'a', 0)} {field(b, 'b', 8)} }} r{i};" for i, (a, b) in enumerate(PAIRS))
    return load(f"regfile pairs {{ {body} }}; addrmap t {{ external pairs far @ 0x0; }};").top.CHILDREN[0].cls


@pytest.fixture(scope="module")
def classes(device) -> list[type]:
    return [child.cls for child in device.CHILDREN]


WHAT = {
    "modify": lambda old, data: data,
    "clear": lambda old, data: old & ~data,
    "set": lambda old, data: old | data,
    "toggle": lambda old, data: old ^ data,
}


@pytest.mark.parametrize("method", [*WHAT, "pulse"])
def test_the_neighbour_stays_as_it_is(classes: list[type], method: str) -> None:
    tried = 0
    for cls, (a, b) in zip(classes, PAIRS, strict=True):
        call = getattr(cls, method, None)
        if call is None or "a" not in (call.__kwdefaults__ or {}):
            continue
        for start, data in ((0b0011, 0b0110), (0b1111, 0b0001), (0b0000, 0b1111), (0b1010, 0b0101)):
            bus = Hardware(a, b)
            bus.stored = [start & bus.ones(0), 0b1001 & bus.ones(1)]
            data &= bus.ones(0)
            if not data:
                continue
            old, neighbour = bus.stored
            call(cls(bus, 0, "r"), a=data)
            assert bus.stored[1] == neighbour, (method, a, b)
            assert bus.pulses[1] == 0, (method, a, b)
            assert not any(bus.disturbed), (method, a, b)
            if method == "pulse":
                assert bus.pulses[0] == data
            else:
                assert bus.stored[0] == WHAT[method](old, data), (method, a, b)
            tried += 1
    assert tried > 50


def safe(kind: tuple[str, str, str], needs_read: bool) -> bool:
    """Can a neighbour of this kind be left alone, by an access that reads before it writes, or not?"""
    sw, onread, effect = kind
    if needs_read and onread:
        return False
    if "w" not in sw:
        return True
    if effect in ("wclr", "wset", "wuser"):
        return False
    return bool(effect) or ("r" in sw and not onread)


@pytest.mark.parametrize(
    ("method", "effects"),
    [
        ("modify", ("",)),
        ("clear", ("woclr", "wzc")),
        ("set", ("woset", "wzs")),
        ("toggle", ("wot", "wzt")),
        ("pulse", ("singlepulse",)),
    ],
)
def test_a_method_is_absent_only_where_a_neighbour_would_suffer(classes, method: str, effects: tuple[str, ...]) -> None:
    for cls, (a, b) in zip(classes, PAIRS, strict=True):
        sw, onread, effect = a
        call = getattr(cls, method, None)
        offered = call is not None and "a" in (call.__kwdefaults__ or {})
        able = "w" in sw and effect in effects
        plain = [kind for kind in (a, b) if "w" in kind[0] and not kind[2]]
        if method == "modify":
            able = able and "r" in sw and not onread and safe(b, needs_read=True)
        else:
            able = able and safe(b, needs_read=bool(plain)) and not (plain and onread)
        assert offered == able, (method, a, b)


def test_a_write_that_acts_on_all_is_offered_only_where_nothing_else_acts(classes) -> None:
    for cls, (a, b) in zip(classes, PAIRS, strict=True):
        for effect, method in (("wclr", "clear"), ("wset", "set")):
            if a[2] != effect:
                continue
            call = getattr(cls, method, None)
            alone = "w" not in b[0] or b[2] == effect or (b == ("rw", "", "") or b == ("rw1", "", ""))
            assert (call is not None and not call.__kwdefaults__) == alone, (a, b)
            if call is not None and not call.__kwdefaults__ and b[2] != effect:
                bus = Hardware(a, b)
                bus.stored = [0b0101, 0b1001]
                call(cls(bus, 0, "r"))
                assert bus.stored == [0 if effect == "wclr" else 0xF, 0b1001]


def test_reserved_and_read_only_bits_are_written_back_as_read(load: Load) -> None:
    module = load("addrmap t { reg { field {} a[3:0] = 0; field { sw = r; } s[11:8]; } x; };")

    class Watch(Hardware):
        written = 0

        def write(self, address: int, value: int, size: int = WORD) -> None:
            self.written = value

    bus = Watch(("rw", "", ""), ("r", "", ""))
    bus.stored = [3, 6]
    module.top(bus).x.modify(a=5)
    assert bus.written == 0xA5A5_0605
