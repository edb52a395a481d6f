"""The ports of a SystemVerilog module, read from its header in ANSI style. What is not understood is an error with its place, never passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bedplate.component.plugin import source_text
from bedplate.errors import WiringError
from bedplate.gen.hardware import INCLUDED
from bedplate.gen.verilog import KEYWORDS

OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")

EXAMPLE = "`input` or `output`, a type, ranges and a name: `input logic [7:0] level`"


class Ports(NamedTuple):
    """The ports of a block's module: name to its range, such as `[7:0]`, empty for one bit."""

    inputs: dict[str, str]
    outputs: dict[str, str]
    types: Mapping[str, str] = MappingProxyType({})
    """By their names: `logic`, or a type of `block_pkg`."""


def module_ports(file: Path) -> Ports:
    """The ports of the module in a file, which is called like it; what its header includes is read too. Raises ConfigError, WiringError."""
    tokens, before = _tokens(file), ""
    for token in tokens:
        if (before, token.text) == ("module", file.stem):
            return _ports(_list_of_ports(tokens, token))
        before = token.text
    raise WiringError(f"no module `{file.stem}`", where=str(file), next="call the module like its file")


def included_ports(name: str) -> Ports:
    """The ports in a file that headers include. Raises ConfigError, WiringError."""
    return _ports(_tokens(INCLUDED / name))


class Token(NamedTuple):
    """A word, a name, a sign, or an include as a whole, and where it stands."""

    text: str
    where: str


TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ | \s+ )
    | `include\s+"\w+\.svh" | "(?:\\.|[^"\\])*" | \\\S+ | [\w$]+ | :: | \S
    """,
    re.VERBOSE | re.DOTALL,
)


def _tokens(file: Path) -> Iterator[Token]:
    line = 1
    for found in TOKEN.finditer(source_text(file)):
        if not found["comment"]:
            yield Token(found[0], f"{file}:{line}")
        line += found[0].count("\n")


def _list_of_ports(tokens: Iterator[Token], name: Token) -> Iterator[Token]:
    """What is between the brackets, by the tokens after a module's name; imports and parameters go before it."""
    end = Token("", name.where)
    token = next(tokens, end)
    while token.text == "import":
        while token.text not in (";", ""):
            token = next(tokens, end)
        token = next(tokens, end)
    if token.text == "#":
        for _ in _enclosed(tokens, next(tokens, end)):
            pass
        token = next(tokens, end)
    return _enclosed(tokens, token)


def _enclosed(tokens: Iterator[Token], opening: Token) -> Iterator[Token]:
    if opening.text != "(":
        raise WiringError("no list of ports", where=opening.where, got=opening.text or "the end", wanted="`(`")
    depth = 1
    for token in tokens:
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if not depth:
            return
        yield token
    raise WiringError("bracket that is not closed", where=opening.where)


def _with_includes(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.text.startswith("`include"):
            yield from _with_includes(_tokens(INCLUDED / token.text.split('"')[1]))
        else:
            yield token


NAME = r"[A-Za-z_]\w*"
PORT = re.compile(
    r"(?:(?P<direction>input|output) )?"
    rf"(?P<said>(?:(?:wire|var) )?(?:(?P<kind>(?!(?:un)?signed ){NAME}(?: :: {NAME})?) )?(?:(?:un)?signed )?"
    rf"(?P<range>(?:\[ [^][]* \] )*))\\?(?P<name>{NAME})"  # escaped, a name is the same
)
"""A port, its tokens a space apart. Where nothing is `said`, it is as the port before it, but for its direction."""

VECTORS = (None, "logic", "bit", "reg")
KINDS = (*VECTORS, "byte", "shortint", "int", "longint", "integer")
"""The types among the words of the language."""


def _ports(tokens: Iterable[Token]) -> Ports:
    ports = Ports({}, {}, types := {})
    direction = kind = width = ""
    for where, text in _separated(_with_includes(tokens)):
        port = PORT.fullmatch(text)
        direction = (port and port["direction"]) or direction
        if port is None or not direction or (port["kind"] in KEYWORDS and port["kind"] not in KINDS):
            raise WiringError("port that is not understood", where=where, wanted=EXAMPLE, got=text or "nothing")
        if port["direction"] or port["said"]:
            kind = "logic" if port["kind"] in VECTORS else port["kind"].replace(" ", "")
            width = port["range"].replace(" ", "")
        name = port["name"]
        if name in KEYWORDS:
            next = f"call it otherwise, {name}_ for one"
            raise WiringError(f"port of a name that SystemVerilog reserves: `{name}`", where=where, next=next)
        if name in types:
            raise WiringError(f"two ports called `{name}`", where=where)
        types[name] = kind
        (ports.inputs if direction == "input" else ports.outputs)[name] = width
    return ports


def _separated(tokens: Iterator[Token]) -> Iterator[tuple[str, str]]:
    """The ports between the commas: where they begin, and what they say, its tokens a space apart. Of no tokens there are none."""
    port: list[Token] = []
    depth, where = 0, ""
    for token in tokens:
        where = port[0].where if port else token.where
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if token.text == "," and not depth:
            yield where, " ".join(one.text for one in port)
            port = []
        else:
            port.append(token)
    if where:
        yield where, " ".join(one.text for one in port)
