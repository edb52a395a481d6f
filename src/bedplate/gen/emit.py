"""The text of a module: the classes of one or more address maps and of everything in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from bedplate.gen import names
from bedplate.gen.access import WIDEST, harm
from bedplate.gen.emit_register import TUPLE_DECODE, register_text, variant_text
from bedplate.gen.ir import BlockIR, ChildIR, EnumIR, FieldIR, MemIR, Note, RegIR
from bedplate.gen.text import docstring, hexa, indent
from bedplate.reg.block import LAZY_ABOVE

Anything = BlockIR | RegIR | MemIR | EnumIR


class Module:
    """One module to be: which classes it holds, what they are called, and their text.

    `foreign` are address maps whose classes live in other modules: their (module, class).
    """

    def __init__(
        self,
        blocks: Sequence[BlockIR],
        foreign: Mapping[BlockIR, tuple[str, str]],
        map_suffix: str = "",
        avoid: Iterable[str] = (),
        bus_width: int = WIDEST,
    ) -> None:
        self.notes: list[Note] = []
        self._bus_width = bus_width
        self.foreign = dict(foreign)
        self._source = blocks[-1].source
        self._names: dict[Anything, str] = {}
        self._order: dict[Anything, None] = {}
        self._decoders: dict[tuple[EnumIR, int], str] = {}
        self._views: dict[object, Anything] = {}
        self._bases: dict[Anything, Anything] = {}
        self._variants: dict[Anything, list[Anything]] = {}
        self._taken = {*names.CLASS_TAKEN}
        for block in blocks:
            self._taken |= _attribute_names(block, foreign)
        for block in reversed(blocks):  # maps choose their names first: these are what users import
            self._choose(block, names.camel(block.type_name) + map_suffix, (), avoid)
        for block in blocks:
            self._visit(block, block, block.type_name)
        for base, variants in self._variants.items():
            text = f"'{base.type_name}' has {len(variants)} variants that are alike for software: classes made from {self._names[base]}"
            self.notes.append(Note(self._source, text))

    def class_of(self, block: BlockIR) -> str:
        """The name of a block's class in this module."""
        return self._names[block]

    # Naming: children first, in the order in which they appear

    def _visit(self, item: BlockIR | RegIR | MemIR, parent: BlockIR, member: str) -> None:
        if item in self._order:
            return
        if isinstance(item, BlockIR) and item in self.foreign:
            self._choose(item, self.foreign[item][1], (names.camel(parent.type_name) + self.foreign[item][1],))
            self._order[item] = None
            return
        if isinstance(item, BlockIR):
            for child in item.children:
                self._visit(child.what, item, child.name)
        if item not in self._names:
            wanted, here = _class_name(item), names.camel(member)
            if here == wanted:  # an anonymous type is called like its member
                other = names.camel(parent.type_name) + wanted
            else:
                other = here if here.startswith(wanted) else wanted + here
            self._choose(item, wanted, (other,), base=self._base_of(item))
        if isinstance(item, RegIR):
            for verb, why in zip(("read", "write"), harm(item, self._bus_width), strict=True):
                if why:
                    text = f"'{item.type_name}' has no way to {verb} it over {self._bus_width} bits, it promises accesses of {item.access}: {why}"
                    self.notes.append(Note(self._source, text))
            for field in item.fields:
                if field.enum:
                    self._visit_enum(field.enum, field.width, self._names[item])
        self._order[item] = None

    def _visit_enum(self, enum: EnumIR, width: int, register: str) -> None:
        if enum not in self._names:
            wanted = _class_name(enum)
            self._choose(enum, wanted, (register + names.camel(enum.type_name),))
            self._order[enum] = None
        if width <= TUPLE_DECODE and (enum, width) not in self._decoders:
            base = "_" + names.snake(self._names[enum]).upper()
            known = set(self._decoders.values())
            self._decoders[enum, width] = names.unique(f"{base}_{width}" if base in known else base, known)

    def _base_of(self, item: Anything) -> Anything | None:
        """The class that an item is a variant of: of the same type, alike for software, and other for the hardware side alone."""
        if not isinstance(item, RegIR | BlockIR) or (isinstance(item, BlockIR) and item.is_map):
            return None
        known = self._views.setdefault(view_of(item, self._bus_width), item)
        return None if known is item else known

    def _choose(
        self,
        item: Anything,
        wanted: str,
        others: tuple[str, ...],
        avoid: Iterable[str] = (),
        base: Anything | None = None,
    ) -> None:
        """Give an item the wanted class name, or the next one that is free."""
        avoided = set(avoid)
        needs = ("", "Value") if isinstance(item, RegIR) else ("",)
        numbered = (f"{wanted}_{i}" for i in count(2))
        tries = ({name + need for need in needs} for name in chain((wanted, *others), numbered))
        free = next(tried for tried in tries if self._taken.isdisjoint(tried) and avoided.isdisjoint(tried))
        name = min(free, key=len)
        if base is not None:
            self._variants[base] = [*self._variants.get(base, []), item]
            self._bases[item] = base
        elif name != wanted:
            self.notes.append(Note(self._source, f"'{item.type_name}' is class {name}: {wanted} was taken"))
        self._taken |= free
        self._names[item] = name

    # Text

    def text(self, title: str) -> str:
        """The whole module."""
        enums = {item: self._names[item] for item in self._order if isinstance(item, EnumIR)}
        parts: list[list[str]] = []
        for enum, name in enums.items():
            parts.append(_enum_text(enum, name))
        if self._decoders:
            parts.append([f"{name} = decoder({enums[e]}, {width})" for (e, width), name in self._decoders.items()])
        for item in self._order:
            name = self._names[item]
            base = self._names[self._bases[item]] if item in self._bases else ""
            if isinstance(item, RegIR):
                make = variant_text(base) if base else register_text
                parts.append(make(item, name, name + "Value", enums, self._decoder_of, self._bus_width))
            elif isinstance(item, MemIR):
                parts.append(_memory_text(item, name))
            elif isinstance(item, BlockIR) and item not in self.foreign:
                parts.append(self._block_text(item, name, base))
        body = "\n\n\n".join("\n".join(part) for part in parts)
        return "\n".join(
            [title, "", "from __future__ import annotations", "", *self._import_text(body), "", "", body, ""]
        )

    def _decoder_of(self, field: FieldIR) -> str:
        assert field.enum is not None
        return self._decoders[field.enum, field.width]

    def _import_text(self, body: str) -> list[str]:
        code = re.sub(r'""".*?"""', "", body, flags=re.DOTALL)  # a description may say Memory and mean none
        words = set(re.findall(r"\w+", code))
        used = [name for name in names.BASES if name in words]
        lines = ["from enum import IntEnum"] if "IntEnum" in words else []
        lines += ["from typing import TYPE_CHECKING"] if "TYPE_CHECKING" in words else []
        lines += [""] if lines else []
        base = ["from bedplate.reg import (", *(f"    {name}," for name in used), ")"]
        others = []
        for module, name, here in sorted(
            (*home, self._names[i]) for i, home in self.foreign.items() if i in self._order
        ):
            others.append(f"from {module} import {name}" + (f" as {here}" if here != name else ""))
        if others and others[0].startswith("from ."):
            return [*lines, *base, "", *others]
        return [*lines, *others, *base]

    def _block_text(self, block: BlockIR, name: str, base: str) -> list[str]:
        body = docstring(block.doc)
        if base:  # its members are there, what they are is not
            body.append("__slots__ = ()")
        else:
            body += ["__slots__ = (", *(f'    "{child.name}",' for child in block.children), ")"]
            body.append(f"SIZE = {hexa(block.size)}")
            if not block.is_map:
                body.append("IS_FILE = True")
        body += ["CHILDREN = (", *(f"    {self._child_text(child)}," for child in block.children), ")"]
        body += [f"{child.name}: {self._annotation(child)}" for child in block.children]
        return [f"class {name}({base or 'RegisterBlock'}):", *indent(body)]

    def _child_text(self, child: ChildIR) -> str:
        parts = [f'"{child.name}"', f"0x{child.offset:X}", self._names[child.what]]
        if child.dims:
            dims = ", ".join(map(str, child.dims))
            parts += [f"({dims},)" if len(child.dims) == 1 else f"({dims})", hexa(child.stride)]
        return f"Child({', '.join(parts)})"

    def _annotation(self, child: ChildIR) -> str:
        text = self._names[child.what]
        for dim in reversed(child.dims):
            text = f"LazyArray[{text}]" if dim > LAZY_ABOVE else f"tuple[{text}, ...]"
        return text


def _class_name(item: Anything) -> str:
    """By what the type is called and declared in: nothing that stands beside it can change that."""
    return "".join(names.camel(part) for part in (*item.scope, item.type_name))


def view_of(item: Anything, bus_width: int) -> tuple[object, ...]:
    """What software sees of a register or a register file, over a bus of so many bits: with equal ones the same code works."""
    if isinstance(item, RegIR):
        fields = tuple(replace(field, hw="", props=(), doc="") for field in item.fields)
        return harm(item, bus_width), replace(item, fields=fields, doc="", alias="")
    if isinstance(item, BlockIR):
        children = tuple(
            (child.name, child.offset, child.dims, child.stride, view_of(child.what, bus_width))
            for child in item.children
        )
        return item.type_name, item.scope, item.is_map, item.size, children
    return (item,)


def _enum_text(enum: EnumIR, name: str) -> list[str]:
    body = []
    for member, value, doc in enum.members:
        body.append(f"{member} = {value}")
        body += docstring(doc)
    return [f"class {name}(IntEnum):", *indent(body)]


def _memory_text(memory: MemIR, name: str) -> list[str]:
    bases = []
    if memory.sw in ("rw", "r", "rw1"):
        bases.append("ReadableMemory")
    if memory.sw in ("rw", "w", "rw1", "w1"):
        bases.append("WritableMemory")
    body = [*docstring(memory.doc), "__slots__ = ()", f"ENTRIES = {memory.entries}"]
    if memory.width != 32:
        body.append(f"WIDTH = {memory.width}")
    if memory.stride != 4:
        body.append(f"STRIDE = {memory.stride}")
    if memory.big_endian:
        body.append("BIG_ENDIAN = True")
    if memory.swapped:
        body.append("SWAPPED = True")
    if memory.sw != "rw":
        body.append(f'SW = "{memory.sw}"')
    return [f"class {name}({', '.join(bases) or 'Memory'}):", *indent(body)]


def _attribute_names(block: BlockIR, foreign: Mapping[BlockIR, object]) -> set[str]:
    """Names of members and fields: a class of that name would be hidden by them in annotations."""
    found: set[str] = set()
    for child in block.children:
        found.add(child.name)
        if isinstance(child.what, RegIR):
            found |= {field.name for field in child.what.fields}
        elif isinstance(child.what, BlockIR) and child.what not in foreign:
            found |= _attribute_names(child.what, foreign)
    return found
