"""The registers of a block as SystemVerilog, from the same description: PeakRDL-regblock, as a library.

One file, `<name>_regs.sv`, holds the package and the module: APB4 as `block_pkg` bundles it, synchronous active-low reset.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from peakrdl_regblock import RegblockExporter
from peakrdl_regblock.cpuif.apb4 import APB4_Cpuif_flattened
from peakrdl_regblock.udps import ALL_UDPS
from systemrdl.compiler import RDLCompiler
from systemrdl.messages import RDLCompileError
from systemrdl.node import AddrmapNode, FieldNode, MemNode, Node, RegNode
from systemrdl.rdltypes.builtin_enums import AccessType

from bedplate.errors import RdlError
from bedplate.gen.compile import Messages, elaborate, failure, place
from bedplate.gen.tree import big_endian, byte_order, reserved_set, source_of
from bedplate.gen.verilog import KEYWORDS

TAKEN_WRONG = "PeakRDL-regblock accepts this and makes something else of it"


class StructApb(APB4_Cpuif_flattened):  # type: ignore[misc]  # the library has no types
    """The bus of the registers: two ports, `apb` and `apb_rsp`, of the types of `hw/common/block_pkg.sv`."""

    @property
    def port_declaration(self) -> str:
        """The bus as two ports of struct type, as blocks have it; see `block_pkg.sv`."""
        return "input block_pkg::apb_req_t apb,\noutput block_pkg::apb_rsp_t apb_rsp"

    def signal(self, name: str) -> str:
        """A signal of APB by its lower-case name, as a member of one of the two ports."""
        return f"{'apb_rsp' if name in ('pready', 'prdata', 'pslverr') else 'apb'}.{name}"


def registers_sv(
    sources: Sequence[Path],
    top: str | None,
    include: Sequence[Path],
    title: str,
    defines: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The text of `<top>_regs.sv`; of the last address map if none is named. Raises RdlError for what regblock refuses, or would silently get wrong."""
    block = elaborate(sources, top, include, defines, compiler=_for_rtl).top
    for node in (block, *block.descendants(unroll=False)):
        _require_expressible(node)
    name, messages = f"{top or block.type_name}_regs", Messages()
    block.env.msg.printer = messages
    try:
        with tempfile.TemporaryDirectory() as folder:
            RegblockExporter().export(
                block,
                folder,
                cpuif_cls=StructApb,
                module_name=name,
                default_reset_async=False,
                default_reset_activelow=True,
            )
            parts = [(Path(folder) / f"{name}{kind}.sv").read_text(encoding="utf-8") for kind in ("_pkg", "")]
    except (RDLCompileError, SystemExit):
        raise failure(messages, ", ".join(map(str, sources))) from None
    return "\n".join([title, *map(packed, parts)])


def _for_rtl(messages: Messages) -> RDLCompiler:
    compiler = RDLCompiler(message_printer=messages)
    for udp in ALL_UDPS:  # the library asks for its own properties, whether a description uses them or not
        compiler.register_udp(udp)
    return compiler


ARRAY = re.compile(r"(?m)^(\s*(?:\}|\w+))((?: \[\d+:0\])?) (\w+)((?:\[\d+\])+);$")
"""A member of a struct that is an array: type, range, name, dimensions."""


def packed(text: str) -> str:
    """The same with all structs packed, and the arrays in them.

    Verilator 5.006 breaks on unpacked arrays in structs ("No VarRef or Const under ArraySel"); to all else the two are the same.
    """

    def array(member: re.Match[str]) -> str:
        ranges = "".join(f"[{int(size) - 1}:0]" for size in re.findall(r"\d+", member[4]))
        return f"{member[1]} {ranges}{member[2].strip()} {member[3]};"

    return ARRAY.sub(array, re.sub(r"\bstruct \{", "struct packed {", text))


def _require_expressible(node: Node) -> None:
    """What the library would take without a word and build wrong."""
    wrong, next = "", "describe it otherwise, or write the RTL of its registers by hand"
    if isinstance(node, FieldNode) and node.get_property("sw") in (AccessType.rw1, AccessType.w1):
        wrong = "write-once field"
    elif isinstance(node, RegNode) and node.is_alias:
        wrong = "alias register"
    elif isinstance(node, RegNode) and node.get_property("accesswidth") != 32:
        wrong = "register that is not accessed in words of 32 bits"
    elif (
        isinstance(node, RegNode)
        and big_endian(node)
        and node.get_property("regwidth") > node.get_property("accesswidth")
    ):
        wrong = "big-endian wide register"
    elif isinstance(node, RegNode | MemNode) and byte_order(node)[0] != "little":
        wrong = "register whose bytes stand in the other order"
    elif isinstance(node, AddrmapNode) and reserved_set(node):
        wrong = "rsvdset"
    elif node.inst_name in KEYWORDS:
        wrong = f"name that SystemVerilog reserves: `{node.inst_name}`"
        next = f"call it otherwise, {node.inst_name}_ for one"
    if wrong:
        raise RdlError(
            f"no RTL for a {wrong}",
            where=place(source_of(node, "sw")) or node.get_path(),
            cause=TAKEN_WRONG,
            next=next,
        )
