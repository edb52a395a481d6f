"""The RTL side of the register matrix: a testbench that plays operations on many register blocks at once, and its build.

Blocks with the same program hear the same operation in the same clock cycle, so that a thousand registers cost the time of
one. An operation is a line of hexadecimal numbers, and so is each block's answer to it:

    program kind address data strobe next enable set clear gate
    block read after settled

In the very clock in which the register sees software's access, the inputs of all fields are taken from `next` (at the bits of
the field), `enable` (`we`, `wel`), `set` (`hwset`, `incr`), `clear` (`hwclr`, `decr`); the last three at the field's lowest bit,
for that clock only. `next` and `gate` (`swwe`, `swwel`) stay. `after` is what the block's storage holds right after that clock,
`settled` one clock later. All registers hear the inputs, so an operation is about one of them, its `slot`; looking at another
one begins with a reset.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from bedplate.env.cache import cached, run, tool
from bedplate.gen.hardware import HARDWARE
from bedplate.reg import Child, Field, RegisterBlock

OPTIONS = (
    *("--cc", "--exe", "--main", "--timing", "--structs-packed", "-O0", "--output-split", "0"),
    *("--top-module", "bench", "--prefix", "Vbench", "-o", "bench"),
    *("-Wno-fatal", "-Wno-lint", "-Wno-style", "-Wno-MULTIDRIVEN"),
)
FLAGS = ("VM_PARALLEL_BUILDS=0", "OPT_FAST=-O0", "OPT_SLOW=-O0", "OPT_GLOBAL=-O0")
"""The simulation is short: what costs is compiling it, and in many small files the headers alone."""


class OperationKind(IntEnum):
    """What software does in an operation."""

    NOTHING = 0
    READ = 1
    WRITE = 2
    RESET = 3


class MatrixOp(NamedTuple):
    """One operation; see the head of this module. Inputs are at the bits of a 64-bit register."""

    slot: int
    kind: OperationKind
    address: int = 0
    data: int = 0
    strobe: int = 0
    next: int = 0
    enable: int = 0
    set: int = 0
    clear: int = 0
    gate: int = 0

    def __str__(self) -> str:
        words = (
            f"{name}=0x{value:x}" for name, value in self._asdict().items() if name not in ("slot", "kind") and value
        )
        return " ".join((self.kind.name.lower(), *words))


class RtlOutcome(NamedTuple):
    """What RTL did: data that was read, storage right after the access, storage one clock later."""

    read: int
    after: int
    settled: int


class BlockUnderTest(NamedTuple):
    """One block under test: its classes for the model, its module for the simulator."""

    name: str
    program: str
    cls: type[RegisterBlock]
    rtl: str


def testbench(blocks: Sequence[BlockUnderTest], programs: Sequence[str]) -> str:
    """The module `bench` with all blocks in it."""
    numbers = range(len(blocks))
    instances = [_instance(n, block, programs.index(block.program)) for n, block in enumerate(blocks)]
    main = _MAIN.replace("/*sample*/", " ".join(f"got_{n} = prdata_{n};" for n in numbers))
    main = main.replace("/*after*/", " ".join(f"after_{n} = dut_{n}.field_storage;" for n in numbers))
    answers = (
        f"            if (program_ == {programs.index(block.program)})"
        f' $fdisplay(answers, "{n:x} %h %h %h", got_{n}, after_{n}, dut_{n}.field_storage);'
        for n, block in enumerate(blocks)
    )
    return "\n".join((_HEAD, *instances, main, *answers, _TAIL))


def _instance(number: int, block: BlockUnderTest, program: int) -> str:
    """An instance, and what drives its hardware side."""
    name = block.name
    inputs = [line for register in block.cls.CHILDREN for line in _inputs(f"in_{number}.{register.name}", register)]
    ports = [way for way in ("in", "out") if f"{name}__{way}_t hwif_{way}" in block.rtl]
    return "\n".join(
        (
            *(f"    {name}_regs_pkg::{name}__{way}_t {way}_{number};" for way in ports),
            f"    logic [{sum(slot.size for slot in layout(block)) - 1}:0] after_{number};",
            f"    logic [31:0] prdata_{number}, got_{number};",
            *(("    always_comb begin", *inputs, "    end") if inputs else ()),
            f"    block_pkg::apb_req_t apb_{number};",
            f"    block_pkg::apb_rsp_t rsp_{number};",
            f"    assign apb_{number} = '{{psel: psel && program_ == {program}, penable: penable, pwrite: pwrite,",
            "        paddr: 32'(paddr), pwdata: pwdata, pstrb: pstrb};",
            f"    assign prdata_{number} = rsp_{number}.prdata;",
            f"    {name}_regs dut_{number} (.clk, .rst_n,",
            *(f"        .hwif_{way}({way}_{number})," for way in ports),
            f"        .apb(apb_{number}), .apb_rsp(rsp_{number}));",
        )
    )


class Stored(NamedTuple):
    """Where a register's flip-flops are in `field_storage` (packed, the first register highest): bits there and in the register."""

    size: int
    parts: tuple[tuple[int, int, int], ...]
    """(bit in field_storage, bit in the register, ones) of each field."""

    @property
    def mask(self) -> int:
        """The bits of the register that have flip-flops."""
        return sum(ones << low for _, low, ones in self.parts)

    def word(self, storage: int) -> int:
        """The register's value."""
        return sum((storage >> place & ones) << low for place, low, ones in self.parts)


def layout(block: BlockUnderTest) -> list[Stored]:
    """How a block's storage is laid out, by register."""
    found: list[Stored] = []
    place = 0
    for register in reversed(block.cls.CHILDREN):
        parts, first = [], place
        for f in reversed(fields(register)):
            store = f"field_storage.{register.name}.{f.name}"
            if f"{store}.next_q" in block.rtl:
                place += f.width
            if f"{store}.value" in block.rtl:
                parts.append((place, f.low, (1 << f.width) - 1))
                place += f.width
        found.append(Stored(place - first, tuple(parts)))
    return found[::-1]


def _inputs(path: str, register: Child) -> Iterator[str]:
    for f in fields(register):
        port, bits, bit = f"        {path}.{f.name}", f"[{f.low + f.width - 1}:{f.low}]", f"[{f.low}]"
        if f.hw in ("rw", "w") and "next" not in f.props:
            yield f"{port}.next = next_{bits};"
        for name, source in _SOURCES.items():
            if f.props.get(name) is True:
                yield f"{port}.{name} = {source}{bit};"
        if f.props.get("counter"):
            for name, source in (("incr", "set"), ("decr", "clear")):
                if counts(f, name) and not f.props.get(name):
                    yield f"{port}.{name} = {source}{bit};"
                if width := f.props.get(f"{name}width"):
                    yield f"{port}.{name}value = next_[{f.low} +: {width}];"


_SOURCES = {"we": "enable", "wel": "~enable", "hwset": "set", "hwclr": "clear", "swwe": "gate", "swwel": "gate"}


def counts(f: Field, way: str) -> bool:
    """Whether a counter counts that way (`incr`, `decr`): up where nothing is said."""
    down = any(name.startswith("decr") for name in f.props)
    return down if way == "decr" else not down or any(name.startswith("incr") for name in f.props)


def fields(register: Child) -> tuple[Field, ...]:
    """The fields of a register of a block."""
    return register.cls.Value.FIELDS  # type: ignore[union-attr]


_HEAD = """module bench;
    logic clk = 0, rst_n = 0, psel = 0, penable = 0, pwrite = 0;
    logic [31:0] paddr = 0, pwdata = 0;
    logic [3:0] pstrb = 0;
    int program_ = 0;
    logic [63:0] next_ = 0, enable = 0, set = 0, clear = 0, gate = 0;"""

_MAIN = """    task automatic tick();
        clk = 1;
        #1 clk = 0;
        #1;
    endtask
    int operations, answers, kind;
    logic [31:0] address, data, strobe;
    logic [63:0] new_next, new_enable, new_set, new_clear;
    string from, to;
    initial begin
        void'($value$plusargs("operations=%s", from));
        void'($value$plusargs("answers=%s", to));
        operations = $fopen(from, "r");
        answers = $fopen(to, "w");
        if (operations == 0 || answers == 0) $fatal(1, "no files");
        while ($fscanf(operations, "%h %h %h %h %h %h %h %h %h %h\\n", program_, kind, address, data, strobe,
                new_next, new_enable, new_set, new_clear, gate) == 10) begin
            if (kind == 3) begin
                rst_n = 0;
                tick();
                rst_n = 1;
            end
            if (kind == 1 || kind == 2) begin
                paddr = address;
                pwdata = data;
                pstrb = strobe[3:0];
                pwrite = kind == 2;
                psel = 1;
                tick();
                penable = 1;
            end
            next_ = new_next;
            enable = new_enable;
            set = new_set;
            clear = new_clear;
            #1;
            /*sample*/
            clk = 1;
            #1 clk = 0;
            /*after*/
            {psel, penable} = 2'b00;
            {enable, set, clear} = '0;
            #1;
            tick();"""

_TAIL = """        end
        $fclose(answers);
        $finish;
    end
endmodule
"""


def require() -> str:
    """Verilator's path; the compiler is there, too. Raises ToolMissing."""
    for needed in ("g++", "make"):
        tool(needed)
    return tool("verilator")


def build(blocks: Sequence[BlockUnderTest], programs: Sequence[str], listen: Callable[[str], None]) -> Path:
    """The simulator of the bench. Raises ToolMissing, EnvError."""
    verilator = require()
    bench = testbench(blocks, programs)
    package = (HARDWARE / "common" / "block_pkg.sv").read_text(encoding="utf-8")
    version = subprocess.run([verilator, "--version"], capture_output=True, text=True, check=True).stdout

    def make(folder: Path) -> None:
        sources = []
        for name, text in (("block_pkg", package), *((block.name, block.rtl) for block in blocks), ("bench", bench)):
            sources.append(folder / f"{name}.sv")
            sources[-1].write_text(text, encoding="utf-8")
        listen(f"building a simulator of {len(blocks)} register blocks ...")
        run([verilator, *OPTIONS, "--Mdir", str(folder), *map(str, sources)])
        run(["make", "-C", str(folder), "-f", "Vbench.mk", *FLAGS])
        for path in folder.iterdir():
            if path.name != "bench":
                path.unlink()

    key = [version, *OPTIONS, *FLAGS, package, bench, *(block.rtl for block in blocks)]
    return cached("matrix", key, make) / "bench"


def play(simulator: Path, folder: Path, programs: Sequence[Sequence[MatrixOp]], blocks: int) -> list[list[RtlOutcome]]:
    """The answers of each block to the operations of its program. Raises EnvError when the simulator fails."""
    operations, answers = folder / "operations", folder / "answers"
    with operations.open("w", encoding="ascii") as file:
        for number, program in enumerate(programs):
            for op in program:
                file.write(" ".join(f"{value:x}" for value in (number, *op[1:])) + "\n")
    run([str(simulator), f"+operations={operations}", f"+answers={answers}"])
    found: list[list[RtlOutcome]] = [[] for _ in range(blocks)]
    with answers.open(encoding="ascii") as file:
        for line in file:
            block, *values = (int(word, 16) for word in line.split())
            found[block].append(RtlOutcome(*values))
    return found
