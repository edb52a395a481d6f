"""From the elaborated tree to plain data: every component becomes IR, equal ones become the same object."""

from __future__ import annotations

from collections.abc import Collection
from math import prod
from typing import TypeVar

from systemrdl.node import AddrmapNode, FieldNode, MemNode, Node, RegfileNode, RegNode, SignalNode
from systemrdl.rdltypes import NoValue
from systemrdl.rdltypes.user_enum import UserEnum
from systemrdl.source_ref import SourceRefBase

from bedplate.gen import names, props, tree
from bedplate.gen.compile import error_at, place
from bedplate.gen.ir import BlockIR, ChildIR, EnumIR, FieldIR, MemIR, Note, PropValue, RegIR
from bedplate.reg import Effect, Probe

T = TypeVar("T")

PROBES = tuple(probe.value for probe in Probe)
EFFECTS = {effect.names: effect for effect in (Effect.NONE, *Effect)}
"""The words of a description."""

ONREAD_PROBE = {"rclr": "clears", "rset": "acquires", "ruser": "consumes"}

# Properties of whole components that change how the hardware is reached, and that handles do not express.
NOTED = {
    "bridge": "a bridge: its maps show the same things from several sides; each is a member at its own address",
    "sharedextbus": "sharedextbus is a matter of the interface behind it; addresses are expressed",
    "errextbus": "errextbus: an access can be answered with an error, which the bus raises as BusFault",
    "rsvdsetX": "rsvdsetX: bits without a field read as anything, where handles expect 0",
    "shared": "shared with other address maps: what this register shows, another map may change",
}

LAST = (1 << 64) - 1
"""The last address that any bus has."""

MOST_REGISTERS = 1 << 32
"""Of one description: sixteen gigabytes of them. Memories count as none."""

MEMORY = "memory"
"""The name of the memory itself among its virtual registers."""


class Scanner:
    """Walks one elaborated design. `notes` collects what the result does not say."""

    def __init__(self) -> None:
        self.notes: dict[Note, None] = {}
        self._pool: dict[object, object] = {}
        self._members: dict[int, dict[str, str]] = {}
        self._enums: dict[int, EnumIR] = {}
        self._resets: dict[int, str] = {}
        self._foreign: dict[str, tuple[SourceRefBase | None, int]] = {}

    def scan(self, top: AddrmapNode) -> BlockIR:
        """The whole design as data."""
        block = self._block(top)
        if block.size > LAST + 1:
            raise error_at(
                top.inst.def_src_ref,
                f"it reaches up to 0x{block.size - 1:x}, where the addresses of no bus go beyond 0x{LAST:x}",
            )
        if (count := registers_in(block)) > MOST_REGISTERS:
            raise error_at(top.inst.def_src_ref, f"{count} registers, where no chip has more than {MOST_REGISTERS}")
        for name, (where, count) in sorted(self._foreign.items()):
            times = "" if count == 1 else f" (and {count - 1} more)"
            self._note(where, f"user-defined property '{name}' is not expressed{times}")
        return block

    # Blocks

    def _block(self, node: AddrmapNode | RegfileNode) -> BlockIR:
        self._remark(node)
        children = tuple(self._children(node))
        size = max((c.offset + _extent(c) for c in children), default=0)
        return self._same(
            BlockIR(
                type_name=tree.type_name(node),
                scope=tree.scope(node.inst),
                is_map=isinstance(node, AddrmapNode),
                size=size,
                children=children,
                doc=tree.documentation(node),
                source=tree.file_of(node),
            )
        )

    def _children(self, node: AddrmapNode | RegfileNode | MemNode) -> list[ChildIR]:
        members = self._names(node)
        found = []
        for child in node.children():
            what: RegIR | MemIR | BlockIR
            if isinstance(child, RegNode):
                what = self._register(child)
                step = min(what.access, what.width, 32) // 8
                if child.raw_address_offset % step or (child.is_array and (child.array_stride or 0) % step):
                    text = f"'{child.inst_name}' lies across accesses of {8 * step} bits: buses refuse those"
                    self._note(child.inst_src_ref, text)
            elif isinstance(child, MemNode):
                what = self._memory(child)
            elif isinstance(child, AddrmapNode | RegfileNode):
                what = self._block(child)
            else:
                continue  # signals
            last = child.raw_address_offset + child.total_size
            if last > LAST + 1:
                text = f"'{child.inst_name}' reaches up to 0x{last - 1:x}, where the addresses of no bus go beyond 0x{LAST:x}"
                raise error_at(child.inst_src_ref, text)
            dims = tuple(child.array_dimensions or ())
            stride = child.array_stride if dims and child.array_stride else 0
            found.append(ChildIR(members[child.inst_name], child.raw_address_offset, what, dims, stride))
        return found

    def _memory(self, node: MemNode) -> MemIR | BlockIR:
        self._remark(node)
        width = node.get_property("memwidth")
        entries = node.get_property("mementries")
        memory = self._same(
            MemIR(
                type_name=tree.type_name(node),
                scope=tree.scope(node.inst),
                entries=entries,
                width=width,
                stride=node.size // entries,
                big_endian=tree.big_endian(node) or self._swapped(node),
                swapped=self._swapped(node),
                sw=node.get_property("sw").name,
                doc=tree.documentation(node),
            )
        )
        virtual = self._children(node)
        if not virtual:
            return memory
        whole = ChildIR(MEMORY, 0, memory)
        return self._same(
            BlockIR(
                type_name=f"{memory.type_name}_registers",
                scope=memory.scope,
                is_map=False,
                size=node.size,
                children=(whole, *virtual),
                doc=f"Virtual registers in a memory, and the memory itself. {memory.doc}".rstrip(),
                source=tree.file_of(node),
            )
        )

    # Registers

    def _register(self, node: RegNode) -> RegIR:
        user = self._remark(node)
        for_all = props.register_props(node, user, lambda target: self._path(target, node))
        fields = tuple(self._field(field, node, for_all) for field in node.fields())
        return self._same(
            RegIR(
                type_name=tree.type_name(node),
                scope=tree.scope(node.inst),
                fields=fields,
                width=node.get_property("regwidth"),
                access=self._access(node),
                big_endian=tree.big_endian(node) or self._swapped(node),
                swapped=self._swapped(node),
                probe=self._probe(node, fields),
                effect=self._effect(node),
                alias=self._names(node.parent)[node.alias_primary.inst_name] if node.is_alias else "",
                rsvdset=tree.reserved_set(node),
                doc=tree.documentation(node),
            )
        )

    def _field(self, node: FieldNode, register: RegNode, for_all: dict[str, PropValue]) -> FieldIR:
        user = self._remark(node)
        spell = lambda target: self._path(target, register)  # noqa: E731
        own = dict(props.field_props(node, tree.native_properties(node), user, spell))
        if "resetsignal" not in own and (signal := self._reset_signal(register)):
            own["resetsignal"] = f"signal:{signal}"
        onread, onwrite = node.get_property("onread"), node.get_property("onwrite")
        reset, encode = node.get_property("reset"), node.get_property("encode")
        return self._same(
            FieldIR(
                name=self._names(register)[node.inst_name],
                low=node.low,
                width=node.width,
                sw=node.get_property("sw").name,
                hw=node.get_property("hw").name,
                reset=reset if isinstance(reset, int) else None,
                onread=onread.name if onread else None,
                onwrite=onwrite.name if onwrite else None,
                singlepulse=bool(node.get_property("singlepulse")),
                enum=self._enum(encode, node) if encode else None,
                msb0=node.width > 1 and node.msb < node.lsb,
                effect=self._effect(node),
                **props.number(node, user)._asdict(),
                props=tuple(sorted((for_all | own).items())),
                doc=tree.documentation(node),
            )
        )

    def _access(self, node: RegNode) -> int:
        """The least access that it promises to understand. A memory is moved in words, and what stands in it with it."""
        promised: int = node.get_property("accesswidth")
        return min(promised, 32) if isinstance(node.parent, MemNode) else promised

    def _probe(self, node: RegNode, fields: tuple[FieldIR, ...]) -> str:
        onread = {field.onread for field in fields if field.onread}
        derived = next((probe for kind, probe in ONREAD_PROBE.items() if kind in onread), "safe")
        said = self._said(node, "probe", PROBES)
        if said == ["safe"] and onread:
            guilty = next(field.name for field in fields if field.onread)
            text = (
                f"register '{node.inst_name}' says probe = \"safe\", but reading it has an effect on field '{guilty}'"
            )
            raise error_at(tree.source_of(node, "probe"), text)
        if not said and derived == "safe" and (why := self._doubt(node, fields)):
            text = f"reading '{node.inst_name}' may have an effect ({why}), so it is taken, not read: "
            self._note(node.inst_src_ref, text + "say what a read does with `probe`")
            return "doubtful"
        return said[0] if said else derived

    def _doubt(self, node: RegNode, fields: tuple[FieldIR, ...]) -> str:
        """Why nobody knows what a read does; empty where the description says it, or there is nothing to read.

        A register that is external by itself is often a port of a FIFO. A whole register file, map or memory that is external is
        somebody's block that its author described: what stands in it is taken at its word.
        """
        readable = [field for field in fields if field.readable]
        strobed = [f.name for f in readable if any(f.props_of(name) for name in ("swacc", "rd_swacc"))]
        if strobed:
            return f"hardware notices: swacc of {strobed[0]}"
        own = node.external and not (isinstance(node.parent, RegfileNode | MemNode) and node.parent.external)
        return "it is external" if own and readable else ""

    def _swapped(self, node: RegNode | MemNode) -> bool:
        order, said_by = tree.byte_order(node)
        if order not in ("little", "big"):
            text = f'byte_order is {order!r}, which is neither "little" nor "big"'
            raise error_at(tree.source_of(said_by, "byte_order"), text)
        return order == "big"

    def _effect(self, node: RegNode | FieldNode) -> Effect:
        """What a description says of a register or a field. An alias does what its primary does, and perhaps more."""
        found = self._effect(node.alias_primary) if node.is_alias else Effect.NONE
        for word in self._said(node, "effect", EFFECTS, several=True):
            found |= EFFECTS[word]
        return found

    def _said(self, node: Node, name: str, known: Collection[str], several: bool = False) -> list[str]:
        """What one of our own properties says, checked: a word, or several between commas or blanks; nothing if not given."""
        if name not in node.inst.properties:
            return []
        value = node.get_property(name)
        text = value.name if isinstance(value, UserEnum) else value
        words = text.replace(",", " ").split() if several and isinstance(text, str) else [text]
        for word in words or [""]:
            if word not in known:
                shown = "nothing" if value is NoValue else repr(word)
                raise error_at(tree.source_of(node, name), f"{name} is {shown}, which is none of {', '.join(known)}")
        return words

    def _enum(self, enum: type[UserEnum], field: FieldNode) -> EnumIR:
        if id(enum) not in self._enums:
            used: set[str] = set()
            members = []
            for member in enum:
                name = names.unique(names.python_name(member.name, names.ENUM_TAKEN), used)
                if name != member.name:
                    self._note(field.inst_src_ref, f"'{member.name}' of enum {enum.type_name} is called {name}")
                text = ": ".join(part for part in (member.rdl_name, member.rdl_desc) if part)
                members.append((name, member.value, " ".join(text.split())))
            self._enums[id(enum)] = EnumIR(enum.type_name, tree.scope(enum), tuple(members))
        return self._enums[id(enum)]

    # Names and references

    def _names(self, parent: Node) -> dict[str, str]:
        """The Python name of every child of a component, by its name in the description."""
        known = self._members.get(id(parent.inst))
        if known is None:
            taken = names.FIELD_TAKEN if isinstance(parent, RegNode) else names.MEMBER_TAKEN
            used = {MEMORY} if isinstance(parent, MemNode) else set()
            known = {}
            children = [c for c in parent.children(skip_not_present=False) if not isinstance(c, SignalNode)]
            # Names that can stay as they are come first, so that a mangled one never takes another's.
            children.sort(key=lambda child: names.python_name(child.inst_name, taken) != child.inst_name)
            elements = [child for child in children if isinstance(child, AddrmapNode) and child.is_array]
            for child in children:
                wanted = names.python_name(child.inst_name, taken)
                if any(_is_element(wanted, array) for array in elements):
                    wanted += "_"  # die0 is what paths call the first of die[2]
                name = names.unique(wanted, used)
                if name != child.inst_name:
                    self._note(child.inst_src_ref, f"'{child.inst_name}' is called {name}")
                known[child.inst_name] = name
            self._members[id(parent.inst)] = known
        return known

    def _path(self, target: Node, register: RegNode) -> str:
        """A component's path relative to the parent of a register (the grammar is that of `Field.props`)."""
        if isinstance(target, SignalNode):
            return f"signal:{target.inst_name}"
        assert register.parent is not None
        here, there = tree.ancestors(register.parent), tree.ancestors(target)
        common = 0
        while common < min(len(here), len(there)) and tree.segment(here[common]) == tree.segment(there[common]):
            common += 1
        down = [
            self._names(node.parent)[node.inst_name] + tree.index_of(node) for node in there[common:] if node.parent
        ]
        return "../" * (len(here) - common) + ".".join(down)

    def _reset_signal(self, node: Node) -> str:
        """The `field_reset` signal nearer to a component than its address map, whose own is the default of all."""
        if isinstance(node, AddrmapNode):
            return ""
        known = self._resets.get(id(node.inst))
        if known is None:
            known = next((s.inst_name for s in node.signals() if s.get_property("field_reset")), "")
            if not known and node.parent is not None:
                known = self._reset_signal(node.parent)
            self._resets[id(node.inst)] = known
        return known

    # What is not expressed

    def _remark(self, node: Node) -> list[str]:
        """Note what the output leaves out; the names of the component's user-defined properties."""
        given = node.inst.properties
        for name in NOTED:
            if given.get(name):
                self._note(tree.source_of(node, name), f"'{node.inst_name}': {NOTED[name]}")
        user: list[str] = node.list_properties(include_native=False) if given else []
        ours = ("probe", "effect", "byte_order", *props.KNOWN_OF_FIELDS, *props.KNOWN_OF_REGISTERS, *props.OF_NUMBERS)
        for name in user:
            if name not in ours:
                where, count = self._foreign.get(name, (tree.source_of(node, name), 0))
                self._foreign[name] = (where, count + 1)
        return user

    def _note(self, where: SourceRefBase | None, text: str) -> None:
        self.notes[Note(place(where), text)] = None

    def _same(self, new: T) -> T:
        """Equal data becomes one object, so that comparing is cheap later."""
        return self._pool.setdefault(new, new)  # type: ignore[return-value]


def registers_in(block: BlockIR, known: dict[BlockIR, int] | None = None) -> int:
    """Registers in a block, elements of arrays counted one by one."""
    known = {} if known is None else known
    if block not in known:
        known[block] = sum(
            prod(child.dims) * (registers_in(child.what, known) if isinstance(child.what, BlockIR) else 1)
            for child in block.children
            if not isinstance(child.what, MemIR)
        )
    return known[block]


def _extent(child: ChildIR) -> int:
    count = 1
    for dim in child.dims:
        count *= dim
    what = child.what
    if isinstance(what, RegIR):
        size = what.width // 8
    elif isinstance(what, MemIR):
        size = what.entries * what.stride
    else:
        size = what.size
    return (count - 1) * child.stride + size


def _is_element(name: str, array: AddrmapNode) -> bool:
    """Whether paths call an element of this array of address maps by that name."""
    indexes = name.removeprefix(array.inst_name).split("_") if name.startswith(array.inst_name) else []
    dims = array.array_dimensions or []
    return len(indexes) == len(dims) and all(
        index.isdecimal() and str(int(index)) == index and int(index) < dim
        for index, dim in zip(indexes, dims, strict=True)
    )
