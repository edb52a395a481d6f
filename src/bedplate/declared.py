"""What somebody declares is of the kind that the annotation says: of an attribute of a class, an argument, a field of a tuple.

One check for all that authors of chips, drivers and models say, made when a class is made or a chip wired: what is of another kind
would be taken as it is, and go wrong later, or mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, ClassVar, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from bedplate.bus import shown
from bedplate.errors import AccessError, BedplateError, line_at, place_now


class Misfit(NamedTuple):
    """A thing of another kind, by its name in the source, such as `budgets[0].most`."""

    name: str
    wanted: str
    got: object


def kinds_of(owner: Callable[..., object]) -> Mapping[str, Any]:
    """What the annotations of a class, with those that it is derived from, or of a function say, by name, but for private ones."""
    hints = get_type_hints(owner)
    return MappingProxyType({name: hint for name, hint in hints.items() if name != "return" and name[0] != "_"})


def require_kinds(
    kinds: Mapping[str, Any],
    given: Mapping[str, object],
    owner: str,
    error: type[BedplateError] = AccessError,
    where: Callable[[], str] = place_now,
) -> None:
    """Raise that error for the first of `given` that is of another kind. What of it no annotation speaks of passes.

    `where` is asked only then, since to find a line costs more than all checks of a chip; it is the line that declares, unless said.
    """
    for name, hint in kinds.items():
        if name in given and (found := misfit(name, given[name], hint)) is not None:
            raise error(
                f"`{found.name}` of {owner} is of a wrong kind",
                where=where(),
                wanted=found.wanted,
                got=shown(found.got),
            )


class Meaning(NamedTuple):
    """A thing of the right kind that may mean nothing all the same, by its name: whether it makes sense, and what does."""

    name: str
    is_sense: bool
    wanted: str
    got: object


def require_sense(
    meanings: Iterable[Meaning],
    owner: str,
    error: type[BedplateError] = AccessError,
    where: Callable[[], str] = place_now,
) -> None:
    """Raise that error for the first that means nothing: no attempt at all, a budget for nobody. What is no kind's matter is said here."""
    for one in meanings:
        if not one.is_sense:
            raise error(f"`{one.name}` of {owner} means nothing", where=where(), wanted=one.wanted, got=shown(one.got))


def is_once(said: Collection[object]) -> bool:
    """Whether nothing in there is said twice."""
    return len(set(said)) == len(said)


def own_names(*kits: type, free: Collection[str]) -> frozenset[str]:
    """The public names of these classes, but for those that are there to be said or done otherwise."""
    return frozenset(name for kit in kits for name in vars(kit) if name[0] != "_" and name not in free)


def require_free(
    own: Collection[str],
    given: Iterable[str],
    owner: str,
    error: type[BedplateError] = AccessError,
    where: Callable[[], str] = place_now,
) -> None:
    """Raise that error for the first of `given` that is a name of Bedplate's own."""
    for name in given:
        if name in own:
            raise error(
                f"`{name}` of {owner} is Bedplate's own",
                where=where(),
                wanted="another name: this one means something already",
                next=f"rename it, or leave it out: what may be said is in the docstring of the class that {owner} is derived from",
            )


def require_near_none(
    declared: Collection[str],
    given: Iterable[str],
    owner: str,
    error: type[BedplateError] = AccessError,
    where: Callable[[], str] = place_now,
) -> None:
    """Raise that error for the first of `given` that is a slip of the pen away from what may be declared: it would say nothing."""
    for name in given:
        if name[0] != "_" and name not in declared and (meant := [one for one in declared if _is_slip(name, one)]):
            raise error(
                f"`{name}` of {owner} declares nothing",
                where=where(),
                wanted="a declaration by its very name, or a name that is less like one",
                got=name,
                next=f"did you mean {' or '.join(sorted(meant))}?",
            )


def _is_slip(name: str, meant: str) -> bool:
    """Whether they differ in capitals and underscores only, in one letter, or in two that changed places."""
    a, b = (one.replace("_", "").lower() for one in (name, meant))
    if abs(len(a) - len(b)) > 1:
        return False
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return max(len(a), len(b)) <= 1 or (len(a) == 2 and a == b[::-1])


def require_runs(
    functions: Iterable[tuple[str, object]], owner: str = "", error: type[BedplateError] = AccessError
) -> None:
    """Raise that error for the first that Bedplate calls, and that would not run then: `async def`, or with a `yield`."""
    for name, function in functions:
        code = getattr(function, "__code__", None)
        if code is not None and code.co_flags & _RUNS_LATER:
            raise error(
                f"`{name}`{f' of {owner}' if owner else ''} does not run when it is called",
                where=place_now(),
                wanted="def, and no `yield` in it",
                got=("a `yield`" if code.co_flags & _GENERATOR else "async def")
                + f", {line_at(code.co_filename, code.co_firstlineno)}",
            )


_GENERATOR = 0x20
_RUNS_LATER = _GENERATOR | 0x80 | 0x100 | 0x200
"""Flags of code, as `inspect` has them (CO_GENERATOR, CO_COROUTINE, ...), which would take longer to import than all these checks."""


def misfit(name: str, value: object, hint: Any) -> Misfit | None:
    """What of a value is of another kind than the hint: the value or the first part of it; None where all is right."""
    if hint is int:  # most of them, and a chip has thousands
        return None if type(value) is int else Misfit(name, words(hint), value)
    if type(value) in _right_at_once(hint):
        return None
    origin, parts = get_origin(hint), get_args(hint)
    if hint is Any or isinstance(hint, TypeVar):
        return None
    if origin is ClassVar:
        return misfit(name, value, parts[0])
    inside: Iterable[tuple[str, object, Any]] = ()
    if origin in (Union, UnionType):
        is_right = any(misfit(name, value, part) is None for part in parts)
    elif origin is Callable:
        is_right = callable(value)
    elif origin is type:
        is_right = isinstance(value, type) and issubclass(value, get_origin(parts[0]) or parts[0])
    else:
        kind: type = origin or hint
        try:
            is_right = isinstance(value, kind) or (kind is float and isinstance(value, int))
        except TypeError:
            return None  # what no class can say: a Literal, a Protocol
        if is_right and isinstance(value, tuple) and parts and parts[-1] is not ...:
            is_right = len(value) == len(parts)
        if is_right:
            inside = _inside(name, value, parts, _fields_of(kind))
    if not is_right:
        return Misfit(name, words(hint), value)
    found = (misfit(*one) for one in inside)
    return next((one for one in found if one is not None), None)


@cache
def _right_at_once(hint: Any) -> frozenset[type]:
    """Of which classes all is right by the class alone: nothing inside is to be asked about."""
    origin = get_origin(hint)
    if origin in (Union, UnionType, ClassVar):
        return frozenset().union(*map(_right_at_once, get_args(hint)))
    is_plain = origin is None and isinstance(hint, type) and not _has_fields(hint)
    return frozenset((hint,)) if is_plain else frozenset()


def _has_fields(kind: type) -> bool:
    return hasattr(kind, "_fields") or hasattr(kind, "__dataclass_fields__")


@cache
def _fields_of(kind: type) -> Mapping[str, Any]:
    """The kinds of the fields of a tuple with names, or of a dataclass; none of any other class."""
    return kinds_of(kind) if _has_fields(kind) else MappingProxyType({})


def _inside(
    name: str, value: object, parts: Sequence[Any], fields: Mapping[str, Any]
) -> Iterator[tuple[str, object, Any]]:
    """What a value is made of, by name, each with its hint."""
    if fields:
        yield from ((f"{name}.{field}", getattr(value, field, None), hint) for field, hint in fields.items())
    elif isinstance(value, tuple) and parts:
        each = [parts[0]] * len(value) if parts[-1] is ... else parts
        yield from ((f"{name}[{n}]", one, part) for n, (one, part) in enumerate(zip(value, each, strict=True)))
    elif isinstance(value, Mapping) and parts:
        yield from ((f"a key of {name}", key, parts[0]) for key in value)
        yield from ((f"{name}[{shown(key)}]", one, parts[1]) for key, one in value.items())
    elif isinstance(value, Collection) and parts:
        yield from ((f"a member of {name}", one, parts[0]) for one in value)


def words(hint: Any) -> str:
    """A kind as its annotation has it, without the modules."""
    return hint.__name__ if isinstance(hint, type) and not get_args(hint) else re.sub(r"\b\w+\.(?=\w)", "", str(hint))
