"""What others may use says what it does: each public class, function, method and property of the package has a docstring.

One that overrides a documented method, or is one of a protocol that its class has all of, needs none: the bus of an environment reads
as `Bus` says.
"""

import inspect
import pkgutil
import sys
from functools import cache, cached_property
from importlib import import_module
from types import FunctionType
from typing import Protocol

import pytest

import bedplate
from bedplate.block import Step

SKIPPED = ("_", "test_", "conftest", "regs")
"""How the names of modules begin that nobody imports from, or that are generated."""
ELSEWHERE = {"bedplate.env.rtl.capi"}
"""Modules that only a simulator can import: it makes what they stand on."""
MADE = ("An enumeration.", "Alias for field number ")
"""How the texts begin that Python makes for an Enum and a NamedTuple."""


@cache
def modules():
    """All modules of the package that others import from."""
    found = [found.name for found in pkgutil.walk_packages(bedplate.__path__, "bedplate.")]
    return [
        name
        for name in ["bedplate", *found]
        if not name.rpartition(".")[2].startswith(SKIPPED) and ".testdata" not in name and name not in ELSEWHERE
    ]


def defined(module):
    """The classes and functions that it defines itself, by name."""
    own = {name: item for name, item in vars(module).items() if getattr(item, "__module__", "") == module.__name__}
    return {name: item for name, item in own.items() if not name.startswith("_")}


@cache
def protocols():
    """The documented members of each protocol of the package."""
    classes = [item for name in modules() for item in defined(import_module(name)).values() if isinstance(item, type)]
    return [
        {
            name
            for name, item in vars(one).items()
            if isinstance(item, FunctionType) and name[0] != "_" and is_said(item)
        }
        for one in classes
        if Protocol in one.__bases__
    ]


def function_of(item):
    """The function that is behind an attribute; None for data."""
    for name in ("fget", "func", "run", "callback", "__func__"):  # of properties, steps, commands and static methods
        if isinstance(item, (property, cached_property, Step, staticmethod, classmethod)) or name == "callback":
            item = getattr(item, name, item)
    return inspect.unwrap(item) if isinstance(item, FunctionType) else None


def is_said(item):
    return bool(function_of(item).__doc__) if function_of(item) else False


def is_inherited(cls, name):
    """Whether a class that it is derived from says what it overrides, or a protocol that it has all of."""
    bases = [base for base in cls.__mro__[1:] if name in vars(base)]
    return any(inspect.getdoc(vars(base)[name]) for base in bases) or any(
        name in members and members <= set(dir(cls)) for members in protocols()
    )


def undocumented(module):
    """What a module defines without a word."""
    if not module.__doc__:
        yield "the module"
    for name, item in defined(module).items():
        if not isinstance(item, type):
            if function_of(item) and not is_said(item):
                yield name
            continue
        doc = vars(item).get("__doc__") or ""
        if not doc or doc.startswith((f"{item.__name__}(", *MADE)):
            yield name
        for member, value in vars(item).items():
            function = function_of(value)
            if member.startswith("_") or function is None or "<locals>" in function.__qualname__:
                continue
            if function.__module__ == module.__name__ and not is_said(value) and not is_inherited(item, member):
                yield f"{name}.{member}"


PACKAGES = sorted({".".join(name.split(".")[:3]) for name in modules()})
"""A type, a chip, a proof, an environment: whoever has it looks at it alone."""


@pytest.mark.parametrize("package", PACKAGES)
def test_everything_public_says_what_it_does(package):
    mine = [name for name in modules() if name == package or name.startswith(f"{package}.")]
    missing = {name: list(undocumented(import_module(name))) for name in mine}
    assert {name: what for name, what in missing.items() if what} == {}


class Bare:
    """Documented, but for what it offers."""

    def offered(self):
        pass

    @property
    def shown(self):
        pass

    def read(self):
        """Said here."""


class Derived(Bare):
    def read(self):
        pass


def test_what_says_nothing_is_found():
    """The check has teeth: for classes, methods and properties; but not where a base class has the word."""
    found = list(undocumented(sys.modules[__name__]))
    assert {name for name in found if name.startswith(("Bare", "Derived"))} == {"Bare.offered", "Bare.shown", "Derived"}
