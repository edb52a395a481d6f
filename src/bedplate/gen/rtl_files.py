"""`bedplate gen --rtl`: the registers of anybody's description, in files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from systemrdl.node import AddrmapNode, RegNode

from bedplate.gen.compile import elaborate
from bedplate.gen.layout import Generated
from bedplate.gen.rtl import registers_sv


def generate_rtl(
    files: Sequence[Path],
    *,
    top: str | None = None,
    include: Sequence[Path] = (),
    defines: Mapping[str, str] | None = None,
    out: Path,
) -> Generated:
    """`<name>_regs.sv` in a folder, for each address map in a description that has registers of its own; for `top` alone if it is named.

    Raises RdlError.
    """
    design = elaborate(files, top, include, defines)
    result = Generated(top=top or "")
    for name in [top] if top else dict.fromkeys(_blocks(design.top)):
        title = f"// Generated from {', '.join(path.name for path in files)} by `bedplate gen --rtl`; do not edit. Digest of the description: {design.digest}."
        result.put(out / f"{name}_regs.sv", registers_sv(files, name, include, title, defines or {}), check=False)
    nodes = [node for node in design.top.descendants() if isinstance(node, RegNode)]
    result.registers, result.fields = len(nodes), sum(len(node.fields()) for node in nodes)
    result.notes += design.notes
    return result


def _blocks(top: AddrmapNode) -> Iterator[str]:
    """The address maps with registers of their own, by the names of their types."""
    for node in (top, *(node for node in top.descendants(unroll=False) if isinstance(node, AddrmapNode))):
        if any(not isinstance(child, AddrmapNode) for child in node.children()):
            yield node.type_name or node.inst_name
