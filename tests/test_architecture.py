"""The promises that hold for the project as a whole: no environment, no memory, no third party, no dead end, no stale page."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bedplate
from bedplate import chips
from bedplate.block import State
from bedplate.bus import MemoryBus
from bedplate.chips.bench import benches
from bedplate.chips.conftest import held
from bedplate.component import component_of, components, make_model
from bedplate.dv import docs
from bedplate.env import chip_type
from bedplate.reg import Probe, registers

SRC = Path(bedplate.__file__).parent
CORE = [
    path
    for path in sorted(SRC.rglob("*.py"))
    if not path.name.startswith("test_")
    and path.relative_to(SRC).parts[0] not in ("env", "dv", "bench", "gen", "cli", "agent")
]
DUO = "bedplate.chips.duo:Duo"
CHIPS = {
    "tern": "model:tern",
    DUO: f"model:{DUO}",
    **{name: f"qtest:{name}" for name in ("npcm750", "sifive_u", "edu", "nvme", "isl69260", "max31785")},
}
"""Every chip, and where it boots. Those that nobody here wrote have no model but a foreign one."""
BENCHES = {bench.name: bench for bench in benches().values()}
ONE_OF_EACH = {
    **{type(block): (name, block) for name, bench in BENCHES.items() for block in bench(MemoryBus(0)).parts},
    **{type(block): (name, block) for name in CHIPS for block in chip_type(name)(MemoryBus(0)).all},
}.values()
"""Those that lie on no chip yet are on their benches."""

EXAMPLE = re.compile(r"such as|for example|::test_")
"""In texts that give an example, or name a test."""
NAMES = ("id", "attr", "arg", "name", "asname", "module")
"""Fields of a syntax tree that hold a name."""

ENVIRONMENT = re.compile(
    r"verilator|icarus|\bvcs\b|xcelium|\bqemu\b|\bdpi\b|cocotb|spidev|vfio|mpqemu|is_?sim|in_?sim|simulat|emulat|"
    r"is_silicon|on_hardware|is_fpga|getenv|environ\b|/dev/|/sys/",
    re.IGNORECASE,
)


def code(path):
    """A module's code without comments and docstrings: what can act on what it knows."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.unparse(tree)


def words(text):
    """The names and the texts in a module's code, without docstrings, and without texts that give an example or name a test."""
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings and not EXAMPLE.search(node.value):
                yield node.value
        else:
            yield from (value for name, value in ast.iter_fields(node) if name in NAMES and isinstance(value, str))


class TestOneSource:
    """Environment leak: lines outside env/ that know where they run. The number is 0."""

    @pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(SRC)))
    def test_no_line_knows_its_environment(self, path):
        leaks = [line for line in code(path).splitlines() if ENVIRONMENT.search(line)]
        assert leaks == []

    @pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(SRC)))
    def test_no_folder_looks_at_the_machine_it_runs_on(self, path):
        wanted = {"os", "sys", "platform", "time", "datetime", "random", "socket", "subprocess", "threading", "pathlib"}
        imported = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [alias.name for alias in node.names]
                says_nothing = names in (["_getframe"], ["Random"])  # whose line calls; numbers of a seed that is given
                imported |= {(node.module or "").split(".")[0]} if not says_nothing else set()
        assert imported & wanted == set()

    def test_the_search_finds_what_it_looks_for(self):
        assert ENVIRONMENT.search("if bus.is_simulation:")
        assert ENVIRONMENT.search("open('/dev/spidev0.0')")


NAMED = sorted(
    {
        name
        for place in chips.CHIPS.values()
        for name in (place.split(".")[2].partition(":")[0], place.partition(":")[2])
    }
)
CHIP = re.compile(rf"\b(?:{'|'.join((*NAMED, 'duo', 'Duo'))})\b|\bdie[0-9]")
"""What code says that knows one chip: its folder, its class, or an instance of Tern's."""
KNOW = {
    "__init__.py": "a type checker cannot look into the registry: `bedplate.open` types its result",
    "chips/__init__.py": "the registry",
}
"""Modules that may, each with the reason. Besides: a chip's own folder, and `bench/`, which measures the reference chip on purpose."""
ANY_CHIP = [
    path
    for path in sorted(SRC.rglob("*.py"))
    if not path.name.startswith(("test_", "conftest"))
    and "testdata" not in path.parts
    and path.relative_to(SRC).parts[0] != "bench"
    and not path.is_relative_to(SRC / "chips")
    and str(path.relative_to(SRC)) not in KNOW
]


class TestAnyChip:
    """No line outside a chip's folder knows that chip. Examples in docstrings and in the words of an error are for people."""

    @pytest.mark.parametrize("path", ANY_CHIP, ids=lambda path: str(path.relative_to(SRC)))
    def test_no_line_knows_a_chip(self, path):
        assert [word for word in words(path.read_text()) if CHIP.search(word)] == []

    def test_the_search_finds_what_it_looks_for(self):
        for line in (
            'chip: str = "tern"',
            "from bedplate.chips.tern import Tern",
            "KILLS = ('killed:die0.pll.sys=4',)",
        ):
            assert any(CHIP.search(word) for word in words(line))
        for line in ('"""of Tern"""', "x = 1 # tern", "next = 'for example die0.pll'", "edited = pattern"):
            assert not any(CHIP.search(word) for word in words(line))

    def test_who_may_know_one_does(self):
        assert [name for name in KNOW if not any(map(CHIP.search, words((SRC / name).read_text())))] == []


class TestOneName:
    """One name, one thing. A chip's folder names its own parts; what is generated has the description's names."""

    def test_no_two_classes_share_one(self):
        where = {}
        for path in ANY_CHIP + [SRC / name for name in KNOW]:
            if path.name != "regs.py":
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, ast.ClassDef):
                        where.setdefault(node.name, []).append(str(path.relative_to(SRC)))
        assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


class TestNoMemory:
    """More in `test_memory.py`: what drivers import holds nothing either."""

    def test_every_driver_is_looked_at(self):
        assert {type(block) for _, block in ONE_OF_EACH} == set(docs.drivers())

    @pytest.mark.parametrize("block", [block for _, block in ONE_OF_EACH], ids=lambda block: type(block).__name__)
    def test_a_driver_takes_no_attribute(self, block):
        assert not hasattr(block, "__dict__")
        with pytest.raises(AttributeError):
            block.seen = 1


class Unwritable:
    """A bus that only answers reads, from a few words by their addresses, and notes where."""

    def __init__(self, words):
        self.words = words
        self.addresses = set()

    def read(self, address, size=4):
        self.addresses.add(address // 4 * 4)
        return self.words.get(address // 4 * 4, 0) >> 8 * (address % 4) & (1 << 8 * size) - 1

    def read_block(self, address, count):
        return [self.read(address + 4 * i) for i in range(count)]


def safe_addresses(regs):
    """Where a block may be read, from its own base."""
    safe = set()
    for _, offset, cls in registers(type(regs)):
        if cls.PROBE is Probe.SAFE:
            safe |= set(range(offset // 4 * 4, offset + cls.WIDTH // 8, 4))
    return safe


def words_of(block):
    """What those addresses hold, each register read as wide as it is."""
    words = dict.fromkeys(sorted(safe_addresses(block.regs)), 0)
    values = held(block)
    for name, offset, cls in registers(type(block.regs)):
        value = values.get(name, 0) << 8 * (offset % 4)
        for at in range(offset // 4 * 4, offset + cls.WIDTH // 8, 4):
            words[at] = words.get(at, 0) | value >> 8 * (at - offset // 4 * 4) & 0xFFFFFFFF
    return words


@cache
def booted(name):
    """What every type of block holds on a booted chip: arbitrary contents reach deepest when they start from there."""
    chip = BENCHES[name](make_model(BENCHES[name])) if name in BENCHES else bedplate.open(CHIPS[name])
    assert chip.converge().ok
    bus = chip.meter.bus
    held = {type(block): words_of(block) for block in {type(block): block for block in chip.all}.values()}
    if hasattr(bus, "close"):
        bus.close()
    return held


@pytest.mark.parametrize(
    ("name", "block"), ONE_OF_EACH, ids=lambda value: value if isinstance(value, str) else value.ip
)
@given(data=st.data())
@settings(max_examples=80)
def test_observe_is_total_and_reads_only_what_is_safe(name, block, data):
    held = booted(name)[type(block)]
    word = st.one_of(st.sampled_from([0, 1, 0xFFFFFFFF, 0x80000000]), st.integers(0, 0xFFFFFFFF))
    if data.draw(st.booleans()):
        words = dict(zip(held, data.draw(st.lists(word, min_size=len(held), max_size=len(held))), strict=True))
    else:
        words = held | data.draw(st.dictionaries(st.sampled_from(list(held)), word, max_size=6))
    bus = Unwritable(words)
    alone = type(block)(type(block.regs)(bus, 0, "block"), block.config, *block.needs)
    state = alone.observe()
    assert isinstance(state, State)
    assert isinstance(alone.detail(), str)
    assert bus.addresses <= safe_addresses(block.regs)


class TestSmall:
    @staticmethod
    def modules(statement):
        script = f"import sys; before = set(sys.modules); {statement}; print(*set(sys.modules) - before)"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        return {name.split(".")[0] for name in done.stdout.split()}

    @pytest.mark.parametrize(
        "statement",
        [
            "import bedplate",
            "import bedplate; bedplate.open('model:tern').converge()",
            "import bedplate; bedplate.open('qtest:npcm750').converge()",
        ],
        ids=["import", "boot", "foreign"],
    )
    def test_the_core_stands_on_the_standard_library_alone(self, statement):
        assert self.modules(statement) - sys.stdlib_module_names == {"bedplate"}


@pytest.mark.parametrize("name", [path.parent.name for path in (SRC / "ip").glob("*/driver.py")])
def test_every_type_lies_on_the_bench_or_says_where_it_is_tested(name):
    """Else the tests of acts, needs and waits do not see it."""
    component = components()[name]
    assert component.name == name
    assert bool(component.samples) != bool(component.elsewhere)
    assert component_of(component.driver) is component
    assert set(component.widths) <= set(dir(component.model))
    assert all(component.model(**sample.parameters) for sample in component.samples)


@pytest.mark.parametrize("path", list(docs.pages()), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pages_made_from_the_code_are_fresh(path):
    assert path.read_text(encoding="utf-8") == docs.pages()[path], "stale: run `make docs`"
