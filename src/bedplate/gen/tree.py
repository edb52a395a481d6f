"""Questions about one component of the elaborated tree that the compiler does not answer directly."""

from __future__ import annotations

import re
from pathlib import Path

from systemrdl.component import Addrmap, Component, Root
from systemrdl.node import AddressableNode, AddrmapNode, Node, RootNode
from systemrdl.rdltypes.user_enum import UserEnum
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
    """The name of a component's type, whatever its parameters are; an anonymous one is called like its instance."""
    declared = node.orig_type_name if isinstance(node, AddressableNode) else None
    return declared or node.inst.type_name or node.inst_name


def scope(component: Component | type[UserEnum]) -> tuple[str, ...]:
    """What a type is declared in, from the address map inwards, whose module is its own: register files and registers."""
    names = (component.get_scope_path() or "").split("::")
    inner = component.get_parent_scope() if isinstance(component, type) else component.parent_scope
    depth = 0
    while inner is not None and not isinstance(inner, Addrmap | Root):
        inner, depth = inner.parent_scope, depth + 1
    return tuple(names[len(names) - depth :])


def documentation(node: Node) -> str:
    """What the description says about a component: `name` where it says more than the instance, and `desc`."""
    title = node.get_property("name", default=None)
    return "\n".join(plain(part, node.inst_name) for part in (title, node.get_property("desc")) if part)


PAIRED = re.compile(r"\[(b|i|u|p|color|size|url|email|img|code|list|quote)(?:=[^\]]*)?\](.*?)\[/\1\]", re.DOTALL)
SINGLE = {"[br]": "\n", "[*]": "\n- ", "[sp]": " ", "[lb]": "[", "[rb]": "]"}


def plain(text: str, name: str) -> str:
    """A description without SystemRDL's codes for formatted text; what is no such code, entry[i] for one, stays."""
    while (found := PAIRED.sub(r"\2", text)) != text:
        text = found
    for code, said in {"[name]": name, "[instname]": name, **SINGLE}.items():
        text = text.replace(code, said)
    return text


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


def byte_order(node: Node) -> tuple[str, Node]:
    """What the nearest of a component and its surroundings says of the order of bytes, and which; "little" if none does."""
    around: Node | None = node
    while around is not None and not isinstance(around, RootNode):
        if "byte_order" in around.inst.properties:
            return str(around.get_property("byte_order")), around
        around = around.parent
    return "little", node


def reserved_set(node: Node) -> bool:
    """Whether bits without a field read as 1 in this address map."""
    block = nearest_map(node)
    return block is not None and bool(block.get_property("rsvdset"))
