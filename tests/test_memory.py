"""Nothing that a driver can reach remembers: neither its module nor one that it imports, however far away. Nor does it go behind the gate.

Asked in three ways, each of which finds what another may miss: what the text of a module does, what a module holds that could be
changed, and what in it did change while two chips with different fuses were booted.
"""

import inspect
import re
import sys
import types
from pathlib import Path

import pytest

import bedplate
from bedplate.dv.memory import acts, closure, held, mutable
from bedplate.reg import block as layouts

SRC = Path(bedplate.__file__).parent
DRIVERS = [
    ".".join(("bedplate", *path.relative_to(SRC).with_suffix("").parts))
    for pattern in ("ip/*/driver.py", "chips/*/driver.py", "chips/*/*/driver.py")
    for path in sorted(SRC.glob(pattern))
]
MODULES = closure(DRIVERS)
FOLDERS = ("bedplate.ip.", "bedplate.chips.")

DOES = {
    "bedplate.block.block": {
        "super().__setattr__": "for names with an underscore, as a class is made: all others are refused there",
        "object.__setattr__": "what the wiring gives to a block, as it is made",
    },
    "bedplate.bus.guard": {
        "error.reach = self._port(request.address).reach": "an error's own fact",
        "error.is_of_bus = True": "an error's own fact",
        "error.next = error.next or UNANSWERED": "an error's own fact",
    },
    "bedplate.declared": {"cache": "see HOLDS"},
    "bedplate.errors": {"self.__dict__": "pickles an error's own facts"},
    "bedplate.reg.block": {
        "object.__setattr__": "a block's place on the bus, as it is made",
        "layout = _LAYOUTS[block] = _plan_bursts(block)": "see HOLDS",
    },
}
"""What the framework below drivers does all the same, and why no chip is remembered by it. In folders there is no such thing."""

HOLDS = {
    r"bedplate\.block\.\w+\.(_KINDS|OUTPUT|_STEP|_WAIT)\[.*": "what the annotations of a class or a function say",
    r"bedplate\.declared\._(fields_of|right_at_once)": "what the annotations of a class say, which follows from the class alone",
    r"bedplate\.reg\.block\._LAYOUTS.*": "what follows from a class alone: see the test of it",
    r".*\._MEMBERS": "the children of a register class by name, made with the class",
    r".*Value\.FIELDS\[\d+\]\[\d+\]": "the properties of a field, generated with it",
}
"""What could be changed, and why it is not."""

DECLARED = ("Step", "Wait")
"""Classes whose objects a driver's class is made of. Nothing assigns to them: that would be an act."""


def name(module):
    return module.__name__.removeprefix("bedplate.")


def test_the_search_reaches_what_drivers_import():
    assert {"bedplate.ip.hbm_stk.mode", "bedplate.ip.pvt.curve", "bedplate.ip.pll.regs"} < set(MODULES)
    assert {"bedplate.block.block", "bedplate.reg.register", "bedplate.bus.time", "bedplate.errors"} < set(MODULES)
    assert {module.partition(".")[2].partition(".")[0] for module in MODULES} == {
        *("", "block", "bus", "chips", "declared", "errors", "ip", "reg")
    }


@pytest.mark.parametrize("module", MODULES.values(), ids=name)
def test_no_text_does_what_would_be_remembered(module):
    allowed = DOES.get(module.__name__, {})
    found = acts(inspect.getsource(module), strict=module.__name__.startswith(FOLDERS))
    assert [act for act in found if act.rpartition(": ")[0] not in allowed] == []
    assert [act for act in allowed if not any(one.startswith(act) for one in found)] == [], (
        "no exception without a case"
    )


@pytest.mark.parametrize("module", MODULES.values(), ids=name)
def test_no_module_holds_what_could_be_changed(module):
    def is_named(path, item):
        return type(item).__name__ in DECLARED or any(re.fullmatch(pattern, path) for pattern in HOLDS)

    assert [path for path, item in mutable(module) if not is_named(path, item)] == []


def test_every_named_exception_is_one():
    paths = [path for module in MODULES.values() for path, _ in mutable(module)]
    assert [pattern for pattern in HOLDS if not any(re.fullmatch(pattern, path) for path in paths)] == []


def test_two_boots_of_different_chips_leave_everything_as_it_was():
    def everything():
        return {path: what for module in MODULES.values() for path, what in held(module).items()}

    before = everything()
    assert len(before) > 10_000
    for harvest in ("die0:0x01", "die1:0x20"):
        assert bedplate.open(f"model:tern?harvest={harvest}").converge().ok
        after = everything()
        changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
        assert sorted(path for path in changed if not path.startswith("bedplate.reg.block._LAYOUTS")) == []
    assert {
        cls: layouts._plan_bursts(cls) for cls in layouts._LAYOUTS
    } == layouts._LAYOUTS  # of the class, and of nothing else


KEPT = {
    "a dictionary": "SEEN = {}\ndef keep(fuses): SEEN[0] = fuses",
    "a dictionary by a method": "SEEN = {}\ndef keep(fuses): SEEN.update(mask=fuses)",
    "a list": "SEEN = [0]\ndef keep(fuses): SEEN.append(fuses)",
    "a set": "SEEN = set()\ndef keep(fuses): SEEN.add(fuses)",
    "a bytearray": "SEEN = bytearray(4)\ndef keep(fuses): SEEN[0] = fuses",
    "a queue": "from collections import deque\nSEEN = deque()\ndef keep(fuses): SEEN.append(fuses)",
    "a default argument": "def keep(fuses, seen=[]): seen.append(fuses)",
    "a default argument by name": "def keep(fuses, *, seen={}): seen[0] = fuses",
    "a cached function": "from functools import cache\n@cache\ndef keep(fuses): return fuses",
    "a cached function, bounded": "import functools\n@functools.lru_cache(4)\ndef keep(fuses): return fuses",
    "a list of a class": "class Helper:\n    seen = []\ndef keep(fuses): Helper.seen.append(fuses)",
    "an attribute of a class": "class Helper:\n    seen = 0\ndef keep(fuses): Helper.seen = fuses",
    "an attribute of an object's class": "class Helper:\n    seen = 0\ndef keep(fuses): type(Helper()).seen = fuses",
    "a method of a class": "class Helper:\n    seen = 0\n    @classmethod\n    def keep(cls, fuses): cls.seen = fuses\nkeep = Helper.keep",
    "an object": "class Box: pass\nBOX = Box()\ndef keep(fuses): BOX.seen = fuses",
    "an object with slots": "class Box:\n    __slots__ = ('seen',)\nBOX = Box()\ndef keep(fuses): BOX.seen = fuses",
    "an object that keeps it itself": "class Box:\n    def keep(self, fuses): self.seen = fuses\nBOX = Box()\nkeep = BOX.keep",
    "a list in a tuple": "SEEN = (1, [])\ndef keep(fuses): SEEN[1].append(fuses)",
    "a list under another name": "SEEN = []\ndef keep(fuses):\n    here = SEEN\n    here += [fuses]",
    "a list of a tuple's class": (
        "from typing import NamedTuple\nclass Want(NamedTuple):\n    seen: list = []\nWANT = Want()\n"
        "def keep(fuses): WANT.seen.append(fuses)"
    ),
    "a global": "seen = 0\ndef keep(fuses):\n    global seen\n    seen = fuses",
    "a closure": (
        "def make():\n    seen = 0\n    def keep(fuses):\n        nonlocal seen\n        seen = fuses\n    return keep\nkeep = make()"
    ),
    "a list in a closure": (
        "def make():\n    seen = []\n    def keep(fuses): seen.append(fuses)\n    return keep\nkeep = make()"
    ),
    "an attribute of a function": "def keep(fuses): keep.seen = fuses",
    "an attribute by a function": "def keep(fuses): setattr(keep, 'seen', fuses)",
    "a name of its module": "import sys\ndef keep(fuses): sys.modules[__name__].seen = fuses",
    "its module's names": "def keep(fuses): globals()['seen'] = fuses",
    "a member of an enumeration": "from enum import Enum\nclass State(Enum):\n    ON = 1\ndef keep(fuses): State.ON.seen = fuses",
    "an iterator": "from itertools import count\nSEEN = count()\ndef keep(fuses): next(SEEN)",
    "a generator": (
        "def make():\n    seen = 0\n    while True: seen = yield seen\nSEEN = make()\nnext(SEEN)\ndef keep(fuses): SEEN.send(fuses)"
    ),
}
"""Ways in which a helper module of a driver could remember a chip's fuses."""


BEHIND = (
    "self.regs.bus.bus.write(0, 1)",
    "self.regs.bus.act = None",
    "self.regs.bus._guard.write(0, 1)",
    "self.regs.bus.forced = True",
    "bus = self.regs.bus",
    "self.helper(self.regs.bus)",
    "with self.regs.bus.allow(force=True, intent=True): self.regs.ctrl.write(1)",
    "self.regs.ctrl.bus.open(act)",
)
"""Ways in which a driver could write what the gate would refuse it."""


@pytest.mark.parametrize("line", BEHIND)
def test_no_driver_goes_behind_the_gate(line):
    source = "class Driver:\n    def step(self):\n        "
    assert any("behind the gate" in act for act in acts(source + line))
    assert acts(source + "return self.regs.bus.read_block(self.regs.magic.address, 4)") == []
    assert not any("behind the gate" in act for act in acts(source + line, strict=False)), "the framework is the gate"


class TestTeeth:
    """Each way to remember, planted in a helper module: who finds it."""

    @pytest.fixture(params=KEPT)
    def helper(self, request):
        module = types.ModuleType("helper")
        sys.modules["helper"] = module
        exec(KEPT[request.param], vars(module))
        yield module, request.param
        del sys.modules["helper"]

    def test_at_least_two_of_three_ways_find_it(self, helper):
        module, kind = helper
        before, could = held(module), mutable(module)
        module.keep(0x20)
        found = {"text": bool(acts(KEPT[kind])), "holdings": bool(could), "change": held(module) != before}
        assert sum(found.values()) >= 2, found

    def test_what_a_pure_helper_does_is_found_by_none(self):
        source = (
            "from types import MappingProxyType\nfrom typing import NamedTuple\nTABLE = MappingProxyType({1: (2, 3)})\n"
            "class Want(NamedTuple):\n    rate: int = 5\n    @classmethod\n    def slow(cls): return cls(1)\nWANT = Want()\n"
            "def keep(fuses, most=3, *, least=(1,)):\n    found = []\n    found.append(TABLE[1])\n    return [*found, fuses]"
        )
        module = types.ModuleType("helper")
        exec(source, vars(module))
        before = held(module)
        module.keep(0x20)
        assert (acts(source), list(mutable(module)), held(module) == before) == ([], [], True)
