"""Finding declarations: from a driver, or all that there are."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from bedplate.component.declaration import Component
from bedplate.errors import UnknownName
from bedplate.reg import RegisterBlock
from bedplate.topology import Instance

MODULE = "component"


@cache
def component_of(driver: type[Instance]) -> Component:
    """The declaration of a driver's type, in the module `component` beside it. Raises UnknownName where there is none."""
    package = driver.__module__.rpartition(".")[0]
    if not find_spec(f"{package}.{MODULE}"):
        missing = UnknownName("component", driver.__name__, (), where=f"{package}.{MODULE}")
        missing.cause = "a type that has no model here: nothing can play its hardware"
        missing.next = "see what stands in component.py: CONTRIBUTING, Add an IP type"
        raise missing
    found: Component = import_module(f"{package}.{MODULE}").COMPONENT
    return found


@cache
def components() -> dict[str, Component]:
    """All IP types of this tree by name, in alphabetical order."""
    names = sorted(one.name for one in iter_modules(import_module("bedplate.ip").__path__) if one.ispkg)
    return {name: import_module(f"bedplate.ip.{name}.{MODULE}").COMPONENT for name in names}


def registers_of(driver: type[Instance]) -> type[RegisterBlock]:
    """The registers that a driver is written for."""
    found: type[RegisterBlock] = driver.__orig_bases__[0].__args__[0]  # type: ignore[attr-defined]
    return found
