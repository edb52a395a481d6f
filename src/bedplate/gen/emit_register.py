"""The text of one register: its value class and its handle with exactly the methods that are legal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bedplate.gen.access import Action, RegisterAccess, access, mask_of
from bedplate.gen.ir import EnumIR, FieldIR, RegIR
from bedplate.gen.text import docstring, hexa, indent, one_line
from bedplate.reg import Effect

EnumNames = Mapping[EnumIR, str]

TUPLE_DECODE = 8
"""Fields up to this width decode an enumeration by indexing a tuple of all encodings."""


def register_text(
    register: RegIR, name: str, value: str, enums: EnumNames, decoder_of: Callable[[FieldIR], str], bus_width: int
) -> list[str]:
    """The lines of a register's two classes. `decoder_of` names the decoding tuple of a field with an enumeration.

    Methods that a bus of `bus_width` bits cannot carry out without harm are left out.
    """
    handle = _handle_class(register, name, value, enums, bus_width)
    return [*_value_class(register, value, enums, decoder_of), "", "", *handle]


def variant_text(base: str) -> Callable[..., list[str]]:
    """The same for a register that differs from that of another class on the hardware side alone."""

    def text(register: RegIR, name: str, value: str, enums: EnumNames, decoder_of: object, bus_width: int) -> list[str]:
        fields = [
            "__slots__ = ()",
            "FIELDS = (",
            *(f"    {_field_text(field, enums)}," for field in register.fields),
            ")",
        ]
        body = [*docstring(register.doc), "__slots__ = ()", f"Value = {value}"]
        if register.alias:
            body.append(f'ALIAS = "{register.alias}"')
        return [f"class {value}({base}Value):", *indent(fields), "", "", f"class {name}({base}):", *indent(body)]

    return text


# The value


def _value_class(register: RegIR, name: str, enums: EnumNames, decoder_of: Callable[[FieldIR], str]) -> list[str]:
    lines = [f"class {name}(Value):"]
    body = docstring(register.doc)
    body += ["__slots__ = ()", f'NAME = "{one_line(register.type_name)}"']
    if register.width != 32:
        body.append(f"WIDTH = {register.width}")
    body.append("FIELDS = (")
    body += [f"    {_field_text(field, enums)}," for field in register.fields]
    body.append(")")
    for field in register.fields:
        if field.readable:
            body += ["", "@property", f"def {field.name}(self) -> {_type(field, enums)}:"]
            body += [f'    """{_field_doc(field)}"""', f"    return {_extract(field, enums, decoder_of)}"]
    return lines + indent(body)


def _field_text(field: FieldIR, enums: EnumNames) -> str:
    parts = [f'"{field.name}"', str(field.low), str(field.width)]
    if field.sw != "rw":
        parts.append(f'sw="{field.sw}"')
    if field.hw != "r":
        parts.append(f'hw="{field.hw}"')
    if field.reset != 0:
        parts.append(f"reset={field.reset if field.reset is None or field.reset < 10 else hexa(field.reset)}")
    if field.onread:
        parts.append(f'onread="{field.onread}"')
    if field.onwrite:
        parts.append(f'onwrite="{field.onwrite}"')
    if field.singlepulse:
        parts.append("singlepulse=True")
    if field.enum:
        parts.append(f"enum={enums[field.enum]}")
    if field.msb0:
        parts.append("msb0=True")
    if field.effect is not Effect.NONE:
        parts.append(f"effect={_effect(field.effect)}")
    if field.signed:
        parts.append("signed=True")
    if field.fraction is not None:
        parts.append(f"fraction={field.fraction}")
    if field.unit:
        parts.append(f'unit="{one_line(field.unit)}"')
    if field.scale != 1.0:
        parts.append(f"scale={field.scale!r}")
    if field.props:
        inner = ", ".join(f'"{key}": {_prop(value)}' for key, value in field.props)
        parts.append(f"props={{{inner}}}")
    return f"Field({', '.join(parts)})"


def _prop(value: bool | int | str) -> str:
    return f'"{one_line(value)}"' if isinstance(value, str) else str(value)


def _effect(effect: Effect) -> str:
    return " | ".join(f"Effect.{one.name}" for one in effect)


def _field_doc(field: FieldIR) -> str:
    bits = f"bit {field.low}" if field.width == 1 else f"bits {field.low + field.width - 1}:{field.low}"
    facts = [bits, field.sw, *(fact for fact in (field.onread, field.onwrite) if fact)]
    if field.singlepulse:
        facts.append("single pulse")
    if field.msb0:
        facts.append("msb0")
    if field.signed:
        facts.append("signed")
    if field.fraction is not None:
        facts.append(f"{field.fraction} fraction bits")
    if field.unit or field.scale != 1.0:
        facts.append(f"in {'' if field.scale == 1.0 else f'{field.scale:g} '}{one_line(field.unit)}".rstrip())
    text = one_line(field.doc).rstrip(". ")
    places = ", ".join(facts)
    return f"{text}; {places}." if text else f"{places[0].upper()}{places[1:]}."


def _type(field: FieldIR, enums: EnumNames) -> str:
    if field.enum:
        return enums[field.enum]
    if field.fraction is not None:
        return "float"
    return "bool" if field.width == 1 and not field.signed else "int"


def _extract(field: FieldIR, enums: EnumNames, decoder_of: Callable[[FieldIR], str]) -> str:
    if field.width == 1 and _type(field, enums) == "bool":
        return f"(self & {hexa(field.mask)}) != 0"
    shifted = f"self >> {field.low}" if field.low else "self"
    raw = f"{shifted} & {hexa((1 << field.width) - 1)}"
    if field.msb0:
        raw = f"reverse({raw}, {field.width})"
    if field.signed:
        raw = f"signed({raw}, {field.width})"
    if field.fraction is not None:
        raw = f"fixed({raw}, {field.fraction})"
    if not field.enum:
        return raw
    if field.width > TUPLE_DECODE:
        return f"decode({enums[field.enum]}, {raw})"
    return f"{decoder_of(field)}[{raw}]"


# The handle


def _handle_class(register: RegIR, name: str, value: str, enums: EnumNames, bus_width: int) -> list[str]:
    can = access(register, bus_width)
    body = docstring(register.doc)
    body += ["__slots__ = ()", f"Value = {value}"]
    if register.width != 32:
        body.append(f"WIDTH = {register.width}")
    if register.access != 32:
        body.append(f"ACCESS = {register.access}")
    if register.big_endian:
        body.append("BIG_ENDIAN = True")
    if register.swapped:
        body.append("SWAPPED = True")
    if register.probe != "safe":
        body.append(f"PROBE = Probe.{register.probe.upper()}")
    if register.effect is not Effect.NONE:
        body.append(f"EFFECT = {_effect(register.effect)}")
    if register.alias:
        body.append(f'ALIAS = "{register.alias}"')
    if register.rsvdset:
        body.append("RSVDSET = True")
    methods = _Methods(register, can, value, enums)
    for method in methods.all():
        body += ["", *method]
    base = "ReadableRegister" if can.reads == "read" else "Register"
    return [f"class {name}({base}):", *indent(body)]


class _Methods:
    """The methods of one handle. Names of locals and of the positional argument step aside for fields of that name."""

    def __init__(self, register: RegIR, can: RegisterAccess, value: str, enums: EnumNames) -> None:
        self.register = register
        self.can = can
        self.value = value
        self.enums = enums
        self.taken = {field.name for field in register.fields}
        self.narrow = register.width <= 32 and register.access >= register.width and not register.swapped
        self.over = self.local("over")
        self.size = "" if register.width == 32 else f", {register.width // 8}"

    def all(self) -> list[list[str]]:
        can = self.can
        methods = []
        if can.reads:
            methods.append(self.reading())
        if can.writable:
            methods.append(self.write())
        if can.modifiable:
            methods.append(self.modify())
        methods += [self.action(action) for action in can.actions]
        if can.reads == "read":
            methods.append(self.wait())
        return methods

    def local(self, name: str) -> str:
        """A name that no field has (no field's name begins with an underscore)."""
        return f"_{name}" if name in self.taken else name

    def reading(self) -> list[str]:
        lines = [f"def {self.can.reads}(self) -> {self.value}:"]
        if self.can.reads == "take":
            may = "may have" if self.register.probe == "doubtful" else "has"
            lines.append(f'    """Read it, which {may} an effect: {self._why()}."""')
        return [*lines, f"    return {self.value}({self._read()})"]

    def write(self) -> list[str]:
        value = self.local("value")
        lines = [
            f"def write(self, {value}: int = {hexa(self.can.base)}, /, *, {self._optional(self.can.writable)}) -> None:"
        ]
        word = self.local("word")
        everything = (1 << self.register.width) - 1
        body = [f"{word}, {self.over} = {value}, {value} >> {self.register.width}"]
        for field in self.can.writable:
            others = everything & ~field.mask
            whole = f"{word} & {hexa(others)} | {_insert(field)}" if others else _insert(field)
            body.append(self._given(field, f"{word} = {whole}"))
        lines += self._checked("write", body, word, self.can.writable, value)
        return [*lines, f"    {self._write(word)}"]

    def modify(self) -> list[str]:
        can, keep, bits = self.can, self.local("keep"), self.local("bits")
        lines = [f"def modify(self, *, {self._optional(can.modifiable)}) -> None:"]
        if note := self._write_once(can.modifiable):
            lines.append(f'    """{note}"""')
        body = [f"{keep}, {bits}, {self.over} = {hexa(can.keep)}, {hexa(can.idle)}, 0"]
        for field in can.modifiable:
            body.append(self._given(field, f"{keep} ^= {hexa(field.mask)}; {bits} |= {_insert(field)}"))
        lines += self._checked("modify", body, bits, can.modifiable)
        lines.append(f"    if {keep} != {hexa(can.keep)}:")
        return lines + indent(self._read_write(keep, bits), 2)

    def action(self, action: Action) -> list[str]:
        if not action.fields:
            lines = [
                f"def {action.name}(self) -> None:",
                f'    """{action.name.capitalize()} all such fields at once: any write does."""',
            ]
            if action.keep is None:
                return [*lines, f"    {self._write(hexa(action.idle))}"]
            return lines + indent(self._read_write(hexa(action.keep), hexa(action.idle)))
        value, bits = self.local("value"), self.local("bits")
        whole = action.name != "pulse"
        arguments = [f"{value}: int = 0", "/", "*"] if whole else ["*"]
        none = {"bool": "bool = False", "float": "float = 0"}
        arguments += [f"{f.name}: {none.get(_type(f, self.enums), 'int = 0')}" for f in action.fields]
        lines = [f"def {action.name}(self, {', '.join(arguments)}) -> None:", *self._action_doc(action, value)]
        if whole:
            body = [f"{self.over}, {bits} = {value} >> {self.register.width}, {value} & {hexa(mask_of(action.fields))}"]
        else:
            body = [f"{self.over} = {bits} = 0"]
        for field in action.fields:
            body.append(f"if {field.name}: {_add(field, f'{bits} |= {_insert(field)}', self.over)}")
        lines += self._checked(action.name, body, bits, action.fields, value if whole else "")
        lines.append(f"    if {bits}:")
        word = f"{bits} ^ {hexa(action.idle)}" if action.idle else bits
        if action.keep is None:
            return [*lines, f"        {self._write(word)}"]
        if action.idle:
            lines += [f"        {bits} ^= {hexa(action.idle)}"]
        return lines + indent(self._read_write(hexa(action.keep), bits), 2)

    def wait(self) -> list[str]:
        """For type checkers and editors alone: one method of the base class serves all registers."""
        given = ", ".join(f"{field.name}: {_type(field, self.enums)} = ..." for field in self.can.readable)
        return ["if TYPE_CHECKING:", f"    def wait(self, *, {given}, timeout: int) -> {self.value}: ..."]

    # Pieces

    def _optional(self, fields: tuple[FieldIR, ...]) -> str:
        return ", ".join(f"{field.name}: {_type(field, self.enums)} | None = None" for field in fields)

    def _given(self, field: FieldIR, then: str) -> str:
        return f"if {field.name} is not None: {_add(field, then, self.over)}"

    def _checked(
        self, method: str, body: list[str], word: str, fields: tuple[FieldIR, ...], value: str = ""
    ) -> list[str]:
        """The word is made of what was given. Whatever is no integer, or does not fit, is told by `_again`, at one place: other
        integers (`__index__`) come back as Python's own, for a second try.
        """
        named = ", ".join(f"{field.name}={field.name}" for field in fields)
        first = f"{value}, " if value else ""
        return [
            "    try:",
            *indent(body, 2),
            f"        if {self.over} or not isinstance({word}, int): raise TypeError",
            "    except TypeError:",
            f'        return self._again("{method}", {first}{named})',
        ]

    def _read(self, bus: str = "self.bus") -> str:
        return f"{bus}.read(self.address{self.size})" if self.narrow else "self._load()"

    def _write(self, word: str, bus: str = "self.bus") -> str:
        return f"{bus}.write(self.address, {word}{self.size})" if self.narrow else f"self._store({word})"

    def _read_write(self, keep: str, bits: str) -> list[str]:
        if not self.narrow:
            return [f"self._update({keep}, {bits})"]
        bus = self.local("bus")
        return [f"{bus} = self.bus", self._write(f"{self._read(bus)} & {keep} | {bits}", bus)]

    def _why(self) -> str:
        said = [f"{field.name} {field.onread}" for field in self.register.fields if field.onread]
        return ", ".join(said) or ("nobody says which" if self.register.probe == "doubtful" else self.register.probe)

    def _action_doc(self, action: Action, value: str) -> list[str]:
        what = {"clear": "Clear", "set": "Set", "toggle": "Toggle", "pulse": "Pulse"}[action.name]
        how = "one write, no read" if action.keep is None else "one read, one write"
        seen = f", and those set in `{value}`" if action.name != "pulse" else ""
        plain = tuple(field for field in self.register.fields if field.sw == "rw1" and not field.onwrite)
        once = f" {note}" if action.keep is not None and (note := self._write_once(plain)) else ""
        return [
            f'    """{what} the bits given{seen}; the others stay. {how.capitalize()}; none if no bit is given.{once}"""'
        ]

    def _write_once(self, fields: tuple[FieldIR, ...]) -> str:
        once = [field.name for field in fields if field.sw == "rw1"]
        return f"Counts as the one write of {', '.join(once)}." if once else ""


def _insert(field: FieldIR) -> str:
    name = _whole(field)
    if field.signed or field.fraction is not None:
        name = f"({name} & {hexa((1 << field.width) - 1)})"
    if field.msb0:
        name = f"reverse({name}, {field.width})"
    return f"{name} << {field.low}" if field.low else name


def _whole(field: FieldIR) -> str:
    """The local that holds the bits of what was given, as an integer with a sign. Fixed-point numbers have one of their own."""
    return f"_{field.name}_" if field.fraction is not None else field.name


def _add(field: FieldIR, then: str, over: str) -> str:
    """Statements for one given argument: convert it where it is a fixed-point number, put it in, and note whether it fits."""
    whole = _whole(field)
    convert = f"{whole} = unfixed({field.name}, {field.fraction}); " if whole != field.name else ""
    placed = f"({whole} + {hexa(1 << field.width - 1)})" if field.signed else whole
    return f"{convert}{then}; {over} |= {placed} >> {field.width}"
