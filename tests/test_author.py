"""Mistakes of who writes a chip, its drivers and its models: each is said as theirs, in one typed error, with their file and line.

A small chip, as somebody makes it outside of this tree, with one mistake at a time. No block of it has a constant register.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.errors import AccessError
from bedplate.ip.pll.regs import PllRegs
from bedplate.model.faults import STANDARD

RDL = """
`include "bedplate.rdl"

addrmap pll {
    desc = "A PLL.";
    reg {
        default sw = rw; default hw = r;
        field { desc = "On."; } on[0:0] = 0;
        field { desc = "Off at once."; effect = "stops_traffic"; } kill[1:1] = 0;
        field { desc = "Divider."; hw = rw; } refdiv[13:8] = 1;
        field { desc = "Locked."; sw = r; hw = w; } locked[31:31] = 0;
    } ctl @ 0x0;
};

addrmap eng {
    desc = "An engine.";
    reg {
        default sw = rw; default hw = r;
        field { desc = "On."; } on[0:0] = 0;
    } ctl @ 0x0;
    reg {
        field { desc = "Any word, also one that a dead bus reads as."; sw = rw; hw = r; } word[31:0] = 0;
    } data @ 0x4;
};

addrmap mine {
    desc = "The chip.";
    pll pll @ 0x0;
    eng eng @ 0x100;
};
"""

FILES = {
    "chip.py": """
from bedplate.block import Kind, Output, Tenant, source
from bedplate.bus import Canary
from bedplate.converge import Chip
from mine import regs
from mine.eng.driver import Eng
from mine.pll.driver import Pll


class Mine(Chip):
    name = "mine"
    tenant = Tenant.IDLE

    def wire(self, bus):
        chip = regs.Mine(bus)
        self.pll = Pll(chip.pll, None)
        self.eng = Eng(chip.eng, None, source(self.pll))
""",
    "pll/driver.py": """
from bedplate.block import Block, State, fault, ms, step, us, wait
from mine import regs


class PllState(State):
    OFF = "off"
    LOCKING = "locking"
    LOCKED = "locked"
    ODD = fault("another divider")


class Pll(Block[regs.Pll, None]):
    goal = PllState.LOCKED
    reset_state = PllState.OFF

    def observe(self):
        ctl = self.regs.ctl.read()
        if ctl.refdiv != 1:
            return PllState.ODD
        if not ctl.on:
            return PllState.OFF
        return PllState.LOCKED if ctl.locked else PllState.LOCKING

    @step(PllState.OFF, PllState.LOCKING)
    def start(self):
        self.regs.ctl.modify(on=True)

    lock = wait(PllState.LOCKING, PllState.LOCKED, typical=us(10), limit=ms(1))
""",
    "pll/model.py": """
from bedplate.bus import us
from bedplate.model import Model, after_write, fault_kinds
from mine import regs


class PllModel(Model):
    regs = regs.Pll
    faults = fault_kinds("no_lock", odd="comes up with another divider")

    def after_reset(self):
        self.hw.ctl.refdiv = 2 if self.fault("odd") else 1

    @after_write("ctl")
    def controlled(self):
        if self.hw.ctl.on and not self.fault("no_lock"):
            self.after(us(5), self.lock)

    def lock(self):
        self.hw.ctl.locked = True
        self.outputs_changed()

    def provides(self, port):
        return bool(self.hw.ctl.locked)
""",
    "pll/component.py": """
from bedplate.component import Component
from mine.pll.driver import Pll
from mine.pll.model import PllModel

COMPONENT = Component(Pll, PllModel)
""",
    "eng/driver.py": """
from bedplate.block import Block, Kind, State, step
from mine import regs


class EngState(State):
    OFF = "off"
    ON = "on"


class Eng(Block[regs.Eng, None]):
    goal = EngState.ON
    reset_state = EngState.OFF
    requires = (Kind.SOURCE,)

    def observe(self):
        return EngState.ON if self.regs.ctl.read().on else EngState.OFF

    @step(EngState.OFF, EngState.ON)
    def start(self):
        self.regs.ctl.modify(on=True)
""",
    "eng/component.py": """
from bedplate.component import Component
from bedplate.model import Model
from mine import regs
from mine.eng.driver import Eng


class EngModel(Model):
    regs = regs.Eng


COMPONENT = Component(Eng, EngModel)
""",
}


class Author:
    """Who writes the package `mine`, in a folder of its own."""

    def __init__(self, folder, regs):
        self.folder = folder
        for path, text in {**FILES, **dict.fromkeys(("__init__.py", "pll/__init__.py", "eng/__init__.py"), "")}.items():
            (folder / "mine" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "mine" / path).write_text(text)
        (folder / "mine" / "regs").symlink_to(regs)

    def change(self, path, old, new):
        """One mistake. The line in which it is."""
        file = self.folder / "mine" / path
        text = file.read_text()
        assert text.count(old) == 1, f"{old!r} in {path}"
        file.write_text(text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def run(self, *arguments, target="model:mine.chip:Mine"):
        path = os.pathsep.join([str(self.folder), *filter(None, sys.path)])
        return subprocess.run(
            [sys.executable, "-m", "bedplate.cli", "-t", target, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )

    def fails(self, *arguments, code, **how):
        """What is said by a command that ends with this exit code, and with no traceback."""
        done = self.run(*arguments, **how)
        said = done.stdout + done.stderr
        assert "Traceback" not in said, said
        assert done.returncode == code, said
        return said


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("regs")
    (folder / "mine.rdl").write_text(RDL)
    command = [sys.executable, "-m", "bedplate.cli", "gen", str(folder / "mine.rdl"), "-o", str(folder / "regs")]
    subprocess.run(command, capture_output=True, check=True)
    return folder / "regs"


@pytest.fixture
def author(tmp_path, generated):
    return Author(tmp_path, generated)


def test_without_a_mistake_it_comes_up(author):
    assert "2 of 2 at goal" in author.run("up").stdout


def test_a_budget_that_a_chip_says_it_does_not_limit(author):
    author.change("pll/driver.py", "PllState.LOCKING)\n    def", "PllState.LOCKING, budget='a')\n    def")
    author.change("chip.py", "    tenant = Tenant.IDLE", "    tenant, unlimited = Tenant.IDLE, ('a',)")
    assert "2 of 2 at goal" in author.run("up").stdout
    assert "no failure" in author.run("dv", "conformance").stdout


MISTAKES = {
    "a need without a word": (
        *("chip.py", "Eng(chip.eng, None, source(self.pll))", "Eng(chip.eng, None, self.pll)", 5),
        ("BP-CFG-003", "as a need is none", "where   eng", "<Pll pll", "source(...)", "mine/chip.py:{}"),
    ),
    "a need of a name": (
        *("chip.py", "source(self.pll)", 'source("pll")', 5),
        ("BP-CFG-003", "source(...) of what is no block", "where   eng", "got     'pll'", "mine/chip.py:{}"),
    ),
    "a block without registers": (
        *("chip.py", "Pll(chip.pll, None)", 'Pll("pll", None)', 5),
        ("BP-CFG-003", "Pll is given no registers", "mine/chip.py:{}"),
    ),
    "a name in the wiring that is none": (
        *("chip.py", "Pll(chip.pll, None)", "Pll(chip.plll, None)", 5),
        ("BP-CFG-003", "plll", "mine/chip.py:{} in wire"),
    ),
    "pairs that are none": (
        *("chip.py", "        chip = regs.Mine(bus)", "        chip, self.pairs = regs.Mine(bus), 7", 5),
        ("BP-CFG-003", "mine/chip.py:"),
    ),
    "a chip without a name": (
        *("chip.py", '    name = "mine"\n', "", 5),
        ("BP-CFG-003", "Mine has no `name`", "mine/chip.py:10"),
    ),
    "capacities that are none": (
        *("chip.py", "        chip = regs.Mine(bus)", "        chip, self.capacities = regs.Mine(bus), (5,)", 5),
        ("BP-CFG-003", "`capacities[0]` of mine is of a wrong kind", "Budget", "got     5", "mine/chip.py:14"),
    ),
    "parameters of nobody": (
        *("chip.py", "        chip = regs.Mine(bus)", '        chip, self.parameters = regs.Mine(bus), {"p": {}}', 5),
        ("BP-CFG-003", "`parameters` holds what is none", "mine/chip.py:14"),
    ),
    "a chip without a wiring": (
        *("chip.py", "def wire(self, bus)", "def wires(self, bus)", 5),
        ("BP-CFG-003", "Mine has no `wire`", "mine/chip.py:10"),
    ),
    "a chip that is not made": (
        *("chip.py", "    def wire(", "    def __init__(self, bus):\n        pass\n\n    def wire(", 5),
        ("BP-CFG-003", "`__init__` of the chip's class Mine does not call super().__init__(bus)", "mine/chip.py:{}"),
    ),
    "a chip that raises as it is made": (
        *("chip.py", "    def wire(", "    def __init__(self, bus):\n        1 // 0\n\n    def wire(", 5),
        ("BP-CFG-003", "`__init__` of the chip's class Mine raised ZeroDivisionError", "mine/chip.py:15 in __init__"),
    ),
    "an instance by a name that is taken": (
        *("chip.py", "self.eng =", "self.select =", 5),
        ("BP-CFG-003", "`select` of mine is Bedplate's own", "another name", "mine/chip.py:14"),
    ),
    "an attribute of each driver": (
        *(
            "pll/driver.py",
            "    def observe(",
            "    @property\n    def name(self):\n        return 1 // 0\n\n    def observe(",
            5,
        ),
        ("BP-CFG-001", "`name` of Pll is Bedplate's own", "next    rename it", "pll/driver.py:13"),
    ),
    "a model that is not made": (
        *("pll/model.py", "    def after_reset(", "    def __init__(self):\n        pass\n\n    def after_reset(", 5),
        ("BP-ENV-005", "`__init__` of the model PllModel does not call super().__init__", "where   pll", "model.py:{}"),
    ),
    "a canary where nothing lies": (
        *("chip.py", "    tenant = Tenant.IDLE", "    canary, tenant = Canary(0x5000, 5), Tenant.IDLE", 3),
        ("BP-BUS-004", "a `canary` that this chip does not have, by its class (mine/chip.py:10)", "lies at 0x5000"),
    ),
    "a canary that holds something else": (
        *("chip.py", "    tenant = Tenant.IDLE", "    canary, tenant = Canary(0x100, 5), Tenant.IDLE", 3),
        ("BP-BUS-007", "a `canary` that this chip does not have, by its class (mine/chip.py:10)", "holds 0x00000005"),
    ),
    "a canary that is none": (
        *("chip.py", "    tenant = Tenant.IDLE", "    tenant, canary = Tenant.IDLE, 0x100", 5),
        ("BP-CFG-003", "`canary` of Mine is of a wrong kind", "Canary | None", "got     256", "mine/chip.py:10"),
    ),
    "a driver without a goal": (
        *("pll/driver.py", "    goal = PllState.LOCKED\n", "", 5),
        ("BP-CFG-001", "Pll has no `goal`", "where   pll", "pll/driver.py:13", "mine/chip.py:16 in wire"),
    ),
    "a reset state of another driver": (
        "pll/driver.py",
        "class Pll(Block[regs.Pll, None]):\n    goal = PllState.LOCKED\n    reset_state = PllState.OFF\n",
        'class Odd(State):\n    OFF = "off"\n\n\n'
        "class Pll(Block[regs.Pll, None]):\n    goal = PllState.LOCKED\n    reset_state = Odd.OFF\n",
        5,
        ("BP-CFG-001", "`reset_state` of Pll is of the states of another block", "pll/driver.py:17", "one of PllState"),
    ),
    "what the loss of a need costs, as a number": (
        *("pll/driver.py", "    reset_state = PllState.OFF\n", "    reset_state = PllState.OFF\n    loses = 5\n", 5),
        ("BP-CFG-001", "`loses` of Pll is of a wrong kind", "Mapping[Kind, Effect]", "got     5", "pll/driver.py:13"),
    ),
    "a read in the wiring": (
        *("chip.py", "self.pll = Pll(chip.pll, None)", "self.pll = Pll(chip.pll, chip.pll.ctl.read().on)", 5),
        ("BP-CFG-003", "an access to the chip while it is wired", "read 0x00000000", "mine/chip.py:{} in wire"),
    ),
    "a write in the wiring": (
        *("chip.py", "chip = regs.Mine(bus)", "chip = regs.Mine(bus); chip.pll.ctl.write(on=True)", 5),
        ("BP-CFG-003", "an access to the chip while it is wired", "a write", "mine/chip.py:{} in wire"),
    ),
    "a pause in the wiring": (
        *("chip.py", "chip = regs.Mine(bus)", "chip = regs.Mine(bus); bus.sleep(5)", 5),
        ("BP-CFG-003", "an access to the chip while it is wired", "a pause of 5 ns", "mine/chip.py:{} in wire"),
    ),
    "two instances in one place": (
        *("chip.py", "Eng(chip.eng, None", "Eng(type(chip.eng)(bus, 0, 'eng'), None", 5),
        ("BP-CFG-003", "overlap of addresses", "where   eng", "the wiring, mine/chip.py:{}\n"),
    ),
    "an instance twice": (
        *("chip.py", "        self.eng =", "        self.again = Pll(chip.pll, None)\n        self.eng =", 5),
        (
            "BP-CFG-003",
            "the same registers are given to two instances",
            "where   pll",
            "made in mine/chip.py:16 and mine/chip.py:17",
        ),
    ),
    "a part of the chip that is no group": (
        "chip.py",
        "        self.eng = Eng(chip.eng, None, source(self.pll))",
        "        class Die:\n            eng = None\n\n        self.die = (Die(),)\n        self.die[0].eng = Eng(chip.eng, None, source(self.pll))",
        5,
        ("BP-CFG-003", "instances in a Die, which is no Group", "mine/chip.py:17", "wanted  class Die(Group)"),
    ),
    "an output that does not say what it is": (
        *("chip.py", "source(self.pll))", 'type("Line", (Output,), {})(self.pll, 0, "a"))', 5),
        ("BP-CFG-001", "the output Line has no `KIND`", "where   pll", "KIND = Kind.CLOCK", "mine/chip.py:{} in wire"),
    ),
    "an output that cannot be asked": (
        *("chip.py", "source(self.pll))", 'type("Line", (Output,), {"KIND": Kind.SOURCE})(self.pll, 0, "a"))', 5),
        ("BP-CFG-001", "the output Line has no `is_on`", "where   pll", "def is_on(self)", "mine/chip.py:{} in wire"),
    ),
    "a provider that is no member of the chip": (
        *("chip.py", "source(self.pll))", "source(Pll(type(chip.pll)(bus, 0x900, 'two'), None)))", 5),
        ("BP-CFG-003", "eng: need on an instance that is not on this chip", "two, made in mine/chip.py:{}\n"),
    ),
    "a budget that nothing limits": (
        *(
            "pll/driver.py",
            "@step(PllState.OFF, PllState.LOCKING)",
            '@step(PllState.OFF, PllState.LOCKING, budget="a")',
            5,
        ),
        (
            "BP-CFG-003",
            "nothing limits the budget 'a' that start of Pll draws on",
            "where   pll",
            "mine/chip.py:",
            "unlimited = ('a',)",
        ),
    ),
    "pads that are none": (
        *("chip.py", "    tenant = Tenant.IDLE", "    tenant, pads = Tenant.IDLE, 5", 5),
        ("BP-CFG-003", "`pads` of Mine is of a wrong kind", "tuple[str, ...]", "got     5", "mine/chip.py:10"),
    ),
    "a state that leads nowhere": (
        *(
            "pll/driver.py",
            "    lock = wait(PllState.LOCKING, PllState.LOCKED",
            "    lock = wait(PllState.ODD, PllState.LOCKED",
            5,
        ),
        (
            "BP-CFG-001",
            "state machine of Pll is wrong",
            "where   pll",
            "LOCKING does not lead to LOCKED",
            "pll/driver.py:13",
        ),
    ),
    "a goal that no step leads to": (
        "pll/driver.py",
        "    reset_state = PllState.OFF\n",
        "    reset_state = PllState.OFF\n    from types import MappingProxyType\n    goals = MappingProxyType({'off': PllState.OFF})\n",
        *(5, ("BP-CFG-001", "state machine of Pll is wrong", "Pll: LOCKED does not lead to OFF", "pll/driver.py:13")),
    ),
    "a step toward a goal that is none": (
        *(
            "pll/driver.py",
            "@step(PllState.OFF, PllState.LOCKING)",
            '@step(PllState.OFF, PllState.LOCKING, toward=("service", "of"))',
            5,
        ),
        ("BP-CFG-001", "start leads toward of, which is no goal", "pll/driver.py:13"),
    ),
    "a slip of the pen": (
        *("pll/driver.py", "    reset_state = PllState.OFF\n", "    reset_state = PllState.OFF\n    require = ()\n", 5),
        ("`require` of Pll declares nothing", "did you mean requires?", "pll/driver.py:13"),
    ),
    "an observation that does not run": (
        *("pll/driver.py", "def observe(self)", "async def observe(self)", 5),
        ("`observe` of Pll does not run when it is called", "got     async def, pll/driver.py:{}"),
    ),
    "a driver of no registers": (
        *("pll/driver.py", "class Pll(Block[regs.Pll, None]):", "class Pll(Block[PllState, None]):", 5),
        ("Pll says no class of registers that it drives", "got     Block[PllState, NoneType]", "pll/driver.py:{} in"),
    ),
    "a driver that observes nothing": (
        *("pll/driver.py", "def observe(self)", "def looks(self)", 5),
        ("BP-CFG-001", "Pll has no `observe`", "where   pll", "pll/driver.py:13"),
    ),
    "a state that is none, where the driver is made": (
        *("pll/driver.py", "@step(PllState.OFF,", "@step(PllState.OF,", 5),
        ("BP-CFG-001", "pll/driver.py:{}", "OF"),
    ),
    "a state that is none, in a step": (
        *("pll/driver.py", "self.regs.ctl.modify(on=True)", "PllState.OFFF", 1),
        ("got pll/driver.py:{} in start", "the driver raised AttributeError: OFFF"),
    ),
    "a text for a state": (
        *("pll/driver.py", "@step(PllState.OFF,", '@step("OFF",', 5),
        ("BP-CFG-001", "`source` of the step is of a wrong kind", "wanted  State | tuple[State", "pll/driver.py:{}"),
    ),
    "several sources side by side": (
        *("pll/driver.py", "@step(PllState.OFF, ", "@step(PllState.OFF, PllState.ODD, ", 5),
        ("BP-CFG-001", "several sources go in a tuple", "@step((SOURCE, ...), TARGET", "pll/driver.py:{}"),
    ),
    "a text for an effect": (
        *("pll/driver.py", "@step(PllState.OFF, PllState.LOCKING)", '@step(PllState.OFF, PllState.ODD, effect="x")', 5),
        ("BP-CFG-001", "`effect` of the step is of a wrong kind", "wanted  Effect", "got     'x'", "pll/driver.py:{}"),
    ),
    "a write with an effect that the step does not declare": (
        *("pll/driver.py", "self.regs.ctl.modify(on=True)", "self.regs.ctl.modify(kill=True)", 1),
        ("a write that is not declared: stops traffic", "where   pll", "(pll.ctl), pll/driver.py:{} in start"),
    ),
    "a write while it observes": (
        *("pll/driver.py", "ctl = self.regs.ctl.read()", "ctl = self.regs.ctl.modify(on=True)", 1),
        ("observe: a write to where it has nothing to write", "where   pll", "(pll.ctl), pll/driver.py:{} in observe"),
    ),
    "a state of nobody": (
        *("pll/driver.py", "return PllState.LOCKED if ctl.locked", "return 7 if ctl.locked", 1),
        ("observe answers what is no state of this block", "got     7, pll/driver.py:17"),
    ),
    "a step with an argument": (
        *("pll/driver.py", "def start(self)", "def start(self, how)", 1),
        ("BP-DRV-008", "Pll.start() missing", "got pll/driver.py:13"),
    ),
    "memory in a block": (
        *("pll/driver.py", "self.regs.ctl.modify(on=True)", "self.started = True", 1),
        ("got pll/driver.py:{} in start", "a driver keeps no memory"),
    ),
    "memory in a driver's class": (
        *("pll/driver.py", "    reset_state = PllState.OFF\n", "    reset_state = PllState.OFF\n    seen = []\n", 5),
        ("BP-CFG-001", "pll/driver.py:13", "constants only"),
    ),
    "a driver that loops": (
        "pll/driver.py",
        "self.regs.ctl.modify(on=True)",
        "while not self.regs.ctl.read().locked: pass",
        1,
        ("it loops", "got pll/driver.py:{} in start"),
    ),
    "a text for a field": (
        *("pll/driver.py", "self.regs.ctl.modify(on=True)", 'self.regs.ctl.modify(refdiv="2")', 1),
        ("got pll/driver.py:{} in start", "pll.ctl.refdiv", "0 to 63", "'2'"),
    ),
    "no component": (
        *("pll/component.py", "COMPONENT = Component(Pll, PllModel)", "", 5),
        ("BP-CFG-001", "mine.pll.component says no COMPONENT", "pll/component.py", "Component(Pll, ...Model)"),
    ),
    "the component of another driver": (
        *("eng/component.py", "COMPONENT = Component(Eng, EngModel)", "from mine.pll.component import COMPONENT", 5),
        ("BP-CFG-001", "beside Eng is that of another driver", "mine.eng.component"),
    ),
    "a model that is none": (
        *("pll/component.py", "Component(Pll, PllModel)", "Component(Pll, Pll)", 5),
        ("BP-CFG-001", "`model` of the component of Pll is of a wrong kind", "type[Model]", "mine.pll.component"),
    ),
    "a model without registers": (
        *("pll/model.py", "    regs = regs.Pll\n", "", 5),
        ("BP-ENV-005", "the model PllModel has no `regs`", "pll/model.py:7"),
    ),
    "a fault that is none": (
        *("pll/model.py", '"no_lock", odd', '"stuck", odd', 5),
        ("BP-CFG-001", "unknown standard fault 'stuck'", "stuck_busy", "pll/model.py:{}"),
    ),
    "faults that are none": (
        *("pll/model.py", 'fault_kinds("no_lock", odd="comes up with another divider")', '("no_lock",)', 5),
        ("BP-CFG-001", "`faults` of PllModel is of a wrong kind", "Mapping[str, FaultKind]", "pll/model.py:7"),
    ),
    "samples that are none": (
        *("eng/component.py", "Component(Eng, EngModel)", "Component(Eng, EngModel, samples=None)", 5),
        ("BP-CFG-001", "`samples` of the component of Eng is of a wrong kind", "mine.eng.component"),
    ),
    "a hook on a register that is none": (
        *("pll/model.py", '@after_write("ctl")', '@after_write("clt")', 5),
        (
            "BP-CFG-001",
            "unknown register 'clt'",
            "@after_write of PllModel.controlled, pll/model.py:{}",
            "mean ctl?; or bedplate gen",
        ),
    ),
    "registers that are older than their description": (
        *("pll/driver.py", "Block[regs.Pll, None]", "Block[regs.Pll2, None]", 5),
        ("BP-CFG-001", "Pll2", "pll/driver.py:{}", "next    bedplate gen, if the description has it"),
    ),
    "a pulse of a field that is none": (
        *("pll/model.py", "@after_write", "@__import__('bedplate.model').model.after_pulse", 5),
        (
            "BP-CFG-001",
            "unknown field 'ctl'",
            "@after_pulse of PllModel.controlled, pll/model.py:{}",
            "known: on, kill",
        ),
    ),
    "evidence in a register that is none": (
        *("pll/model.py", "    regs = regs.Pll\n", "    regs = regs.Pll\n    evidence = frozenset({'status'})\n", 5),
        ("BP-CFG-001", "unknown", "'status'", "`evidence` of PllModel, pll/model.py:7"),
    ),
    "a wait longer than its limit": (
        *("pll/driver.py", "typical=us(10)", "typical=us(5000)", 5),
        (
            "BP-CFG-001",
            "times that cannot be",
            "where   pll/driver.py:{} in Pll\n",
            "got     typical=5000000, limit=1000000",
        ),
    ),
    "a model that raises when it is asked what it provides": (
        *("pll/model.py", "return bool(self.hw.ctl.locked)", "return 1 // 0", 5),
        ("BP-ENV-005", "PllModel raised ZeroDivisionError", "where   pll", "pll/model.py:{} in provides"),
    ),
    "a model that takes other arguments, and raises so": (
        *("pll/model.py", "def provides(self, port)", "def provides(self)", 5),
        ("BP-ENV-005", "PllModel.provides() takes", "where   pll", "pll/model.py:7"),
    ),
    "a model that raises as it comes up": (
        *("pll/model.py", 'if self.fault("odd")', 'if self.fault("od")', 5),
        ("BP-ENV-005", "PllModel raised UnknownName", "where   pll", "pll/model.py:{} in after_reset", "odd"),
    ),
    "a model that raises at a write": (
        *("pll/model.py", "if self.hw.ctl.on and", "if self.hw.clt.on and", 5),
        ("BP-ENV-005", "unknown register 'clt'", "where   pll", "pll/model.py:{} in controlled", "did you mean ctl?"),
    ),
    "a model that leaves the process": (
        *("pll/model.py", "self.hw.ctl.locked = True", "raise SystemExit(0)", 5),
        ("BP-ENV-005", "PllModel raised SystemExit", "where   pll", "pll/model.py:{} in lock"),
    ),
    "a model whose event takes other arguments": (
        *("pll/model.py", "def lock(self)", "def lock(self, late)", 5),
        ("BP-ENV-005", "PllModel raised TypeError", "where   pll", "pll/model.py:"),
    ),
    "a model that plans an event for ever at one moment": (
        *("pll/model.py", "self.hw.ctl.locked = True", "self.after(0, self.lock)", 5),
        ("BP-ENV-005", "PllModel plans events for ever at one moment", "where   pll", "pll/model.py:"),
    ),
    "a model that raises as it is made": (
        "pll/model.py",
        "    def after_reset(self):",
        "    def __init__(self, **how):\n        raise ValueError('not today')\n\n    def after_reset(self):",
        *(5, ("BP-ENV-005", "PllModel raised ValueError: not today", "pll/model.py:")),
    ),
    "fuses whose model cannot be told which are burnt": (
        "chip.py",
        "        self.eng = Eng(chip.eng, None, source(self.pll))\n",
        "        self.eng = Eng(chip.eng, None, source(self.pll))\n        from bedplate.topology import Harvest\n\n"
        "        self.harvests = (Harvest(self.pll, lambda: 0, ((self.eng,),)),)\n",
        *(
            5,
            (
                "BP-ENV-005",
                "PllModel cannot be told which fuses are burnt",
                "where   pll",
                "pll/model.py:",
                "harvest = 0",
            ),
        ),
    ),
    "a driver that leaves the process": (
        *("pll/driver.py", "ctl = self.regs.ctl.read()", "raise SystemExit(0)", 1),
        ("BP-DRV-008", "the driver raised SystemExit", "where   pll", "pll/driver.py:{} in observe"),
    ),
    "a wiring that leaves the process": (
        *("chip.py", "chip = regs.Mine(bus)", "raise SystemExit(3)", 5),
        ("BP-CFG-003", "the wiring of mine raised SystemExit", "mine/chip.py:{} in wire"),
    ),
    "a canary of a port that is none": (
        "chip.py",
        "    def wire(self, bus):",
        "    @classmethod\n    def canary_of(cls, port):\n        return 3\n\n    def wire(self, bus):",
        *(5, ("BP-CFG-003", "canary", "got     3", "mine/chip.py:")),
    ),
    "a model that raises later": (
        *("pll/model.py", "self.hw.ctl.locked = True", "self.hw.ctl.locked = 2 + None", 5),
        ("BP-ENV-005", "PllModel raised TypeError", "where   pll", "pll/model.py:{} in lock"),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_with_its_line(author, mistake):
    path, old, new, code, words = MISTAKES[mistake]
    line = author.change(path, old, new)
    said = author.fails("up", code=code)
    assert [word for word in words if word.format(line) not in said] == [], said


def test_a_configuration_that_fits_no_register_is_said_with_the_line_of_the_wiring(author):
    author.change("pll/driver.py", "Block[regs.Pll, None]", "Block[regs.Pll, int]")
    author.change("pll/driver.py", "modify(on=True)", "modify(refdiv=self.config)")
    line = author.change("chip.py", "Pll(chip.pll, None)", "Pll(chip.pll, 400)")
    said = author.fails("up", code=1)
    assert "OutOfRange: pll.ctl.refdiv: value does not fit" in said
    assert f"a defect of the driver or of its configuration (400, given in the wiring, mine/chip.py:{line})" in said


@pytest.mark.parametrize("command", ["kill", "inject"])
@pytest.mark.parametrize("mistake", [one for one in MISTAKES if "a model that raises" in one])
def test_the_proofs_say_a_model_that_raises_likewise(author, mistake, command):
    path, old, new, code, words = MISTAKES[mistake]
    line = author.change(path, old, new)
    said = author.fails("dv", command, *(("--runs", "4") if command == "inject" else ()), code=code)
    assert [word for word in words if word.format(line) not in said] == [], said


@pytest.mark.parametrize("how", [("kill",), ("kill", "--whole"), ("kill", "--fork"), ("inject", "--runs", "100")])
def test_a_model_that_raises_in_one_case_of_many_is_said_with_the_command_that_plays_it_alone(author, how):
    """No undisturbed run begins the step twice, and only its beginning twice makes the model raise."""
    author.change(
        "eng/driver.py",
        "self.regs.ctl.modify(on=True)",
        "self.regs.data.write(5)\n        self.regs.ctl.modify(on=True)",
    )
    author.change("eng/component.py", "import Model\n", "import Model, after_write\n")
    author.change(
        "eng/component.py",
        "    regs = regs.Eng\n",
        "    regs = regs.Eng\n\n    def after_reset(self):\n        self.begun = 0\n\n    @after_write('data')\n"
        "    def begin(self):\n        self.begun += 1\n        if self.begun > 1:\n            raise ValueError('no more')\n",
    )
    said = author.fails("dv", *how, code=5)
    (again,) = [line.partition("again: ")[2].partition(";")[0] for line in said.splitlines() if "again: " in line]
    program, *alone = shlex.split(again)
    assert program == "bedplate"
    target = alone.pop(1)
    assert (alone.pop(0), target) in (("-t", "model:mine.chip:Mine"), ("--target", "model:mine.chip:Mine"))
    assert ("--at" if "kill" in how else "--replay") in alone
    assert "EngModel raised ValueError: no more" in author.fails(*alone, code=5)


class TestProofs:
    """What the proofs say of a chip that does not come up by itself, and of registers without an identity."""

    def test_conformance_wants_no_constant_register(self, author):
        done = author.run("dv", "conformance")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "no failure" in done.stdout

    @pytest.mark.parametrize(
        ("old", "new", "method"),
        [
            ("ctl.refdiv != 1", "ctl.refdivider != 1", "observe"),
            ("self.regs.ctl.modify(on=True)", "self.regs.ctl.modify(on=self.config.on)", "start"),
        ],
    )
    def test_conformance_names_the_line_of_a_driver_that_raises(self, author, old, new, method):
        """The second reads a configuration, and no sample in its component has any."""
        line = author.change("pll/driver.py", old, new)
        said = author.fails("dv", "conformance", code=1)
        assert "BP-DRV-008: the driver raised AttributeError" in said
        assert f"pll/driver.py:{line} in {method}" in said

    def test_kill_says_who_fails_undisturbed(self, author):
        author.change("pll/model.py", "refdiv = 2 if", "refdiv = 2 if True or")
        said = author.fails("dv", "kill", "--flow", "boot", code=1)
        assert "without any kill it does not come to its goal: pll in ODD failed, eng blocked" in said
        assert "1 flow does not come to the goal undisturbed" in said

    def test_kill_says_who_fails_by_a_fault_that_lasts_which_is_no_finding(self, author):
        said = author.fails("dv", "kill", "--flow", "pll:odd", "--flow", "boot", code=0)
        assert "pll in ODD failed, eng blocked" in said
        assert "nothing found" in said
        assert "1 flow does not come to the goal undisturbed" in said

    def test_inject_judges_nothing_where_the_undisturbed_chip_is_not_well(self, author):
        author.change("pll/model.py", "refdiv = 2 if", "refdiv = 2 if True or")
        said = author.fails("dv", "inject", "--runs", "4", code=1)
        assert "undisturbed, `up` does not come to its goal" in said
        assert "got     pll in ODD failed, eng blocked" in said
        assert "bedplate -t model:mine.chip:Mine up" in said

    def test_inject_names_a_state_without_a_way_out_as_such(self, author):
        """The step may be interrupted between its two writes: the driver has no way on from there."""
        author.change(
            "pll/driver.py", "modify(on=True)", "modify(refdiv=2)\n        self.regs.ctl.modify(refdiv=1, on=True)"
        )
        said = author.fails("dv", "inject", "--replay", "power-on up kill:after@3", code=1)
        assert "no way out: pll NoWayOut: fault ODD" in said
        assert "false root" not in said


class TestPlan:
    def test_says_who_will_fail_and_who_is_blocked_by_it(self, author):
        author.change("pll/driver.py", "if not ctl.on:", "if ctl.onn:")
        said = author.fails("plan", code=1)
        assert "pll       will fail" in said
        assert "AttributeError" in said
        assert "eng       will be blocked  pll" in said
        assert "0 of 2 at goal" in said
        assert "2 will not get there" in said

    def test_says_who_has_no_way_out(self, author):
        said = author.fails("plan", code=1, target="model:mine.chip:Mine?fault=pll:odd")
        assert "ODD, another divider: no step or wait of its driver leads on from there" in said
        assert "eng       will be blocked  pll" in said

    def test_nobody_of_a_healthy_chip(self, author):
        assert "will" not in author.fails("plan", code=0)


def test_the_papers_say_what_the_names_of_faults_by_position_are():
    page = (Path(__file__).parent.parent / "docs" / "your-chip.md").read_text()
    assert [name for name in STANDARD if f"`{name}`" not in page] == []
    assert "source(self.pll0)" in page


def test_exit_code_70_is_explained(author):
    assert "70 is a bug of Bedplate itself" in author.run("--help").stdout
    assert "70 is a bug of Bedplate itself" in (Path(__file__).parent.parent / "README.md").read_text()


def test_words_of_a_register_are_numbers():
    regs = PllRegs(MemoryBus(0x100), 0, "pll")
    for wrong in (
        lambda: regs.div.write(refdiv="2"),
        lambda: regs.div.modify(refdiv=0.5),
        lambda: regs.div.wait(refdiv="2", timeout=1),
        lambda: regs.div.read().replace(refdiv="2"),
        lambda: regs.div.write("2"),
        lambda: regs.ctrl.write(None, bypass="1"),
    ):
        with pytest.raises(AccessError, match="is no number") as error:
            wrong()
        assert error.value.where
        assert "0 to " in error.value.wanted
        assert error.value.got


def test_what_has_no_such_goal_is_counted_as_at_goal_nowhere():
    chip = Tern(make_model(Tern))
    chip.converge()
    plan, report = chip.plan(goal="off"), chip.converge(goal="off")
    staying = sum("off" not in block.goals for block in chip.all)
    led = len(chip.all) - staying
    assert str(plan).startswith(f"0 of {led} at goal, ")
    assert str(plan).endswith(" without such a goal")
    assert str(report).startswith(f"{led} of {led} at goal and {staying} without one, ")
