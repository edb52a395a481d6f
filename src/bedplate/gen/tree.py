"""Questions about one component of the elaborated tree that the compiler does not answer directly."""

from __future__ import annotations

from pathlib import Path

from systemrdl.node import AddressableNode, AddrmapNode, Node, RootNode
from systemrdl.source_ref import FileSourceRef, SourceRefBase


def native_properties(node: Node) -> list[str]:
    """The properties given to a component that are SystemRDL's own."""
    rules = node.env.property_rules.rdl_properties
    return [name for name in node.inst.properties if name in rules]


def source_of(node: Node, prop: str) -> SourceRefBase | None:
    """Where a property of a component was given, as near as is known."""
    return node.inst.property_src_ref.get(prop) or node.inst.inst_src_ref or node.inst.def_src_ref


def file_of(node: Node) -> str:
    """The name of the file that defines a component."""
    where = node.inst.def_src_ref
    return Path(where.path).name if isinstance(where, FileSourceRef) else ""


def type_name(node: Node) -> str:
    """The name of a component's type; an anonymous one is called like its instance."""
    return node.inst.type_name or node.inst_name


def documentation(node: Node) -> str:
    """What the description says about a component: `name` where it says more than the instance, and `desc`."""
    title = node.get_property("name", default=None)
    return "\n".join(part for part in (title, node.get_property("desc")) if part)


def ancestors(node: Node) -> list[Node]:
    """From the top down to the node itself."""
    chain: list[Node] = []
    current: Node | None = node
    while current is not None and not isinstance(current, RootNode):
        chain.insert(0, current)
        current = current.parent
    return chain


def index_of(node: Node) -> str:
    """The index of an array element, `[]` where the whole array (or each element of it) is meant."""
    if isinstance(node, AddressableNode) and node.is_array:
        if node.current_idx is None:
            return "[]"
        return "".join(f"[{index}]" for index in node.current_idx)
    return ""


def segment(node: Node) -> str:
    """One step of a path."""
    return node.inst_name + index_of(node)


def nearest_map(node: Node) -> AddrmapNode | None:
    """The address map that a component stands in, or is."""
    while not isinstance(node, AddrmapNode):
        if node.parent is None:
            return None
        node = node.parent
    return node


def big_endian(node: Node) -> bool:
    """What the nearest surrounding address map says that says anything."""
    block = nearest_map(node)
    while block is not None:
        if block.get_property("bigendian") or block.get_property("littleendian"):
            return bool(block.get_property("bigendian"))
        block = nearest_map(block.parent) if block.parent is not None else None
    return False


def reserved_set(node: Node) -> bool:
    """Whether bits without a field read as 1 in this address map."""
    block = nearest_map(node)
    return block is not None and bool(block.get_property("rsvdset"))
