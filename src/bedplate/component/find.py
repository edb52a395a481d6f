"""Finding declarations: from a driver, or all that there are."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from bedplate.bus import shown
from bedplate.component.declaration import Component
from bedplate.component.plugin import load, member
from bedplate.declared import Meaning, kinds_of, require_kinds, require_sense
from bedplate.errors import ConfigError, UnknownName
from bedplate.reg import RegisterBlock
from bedplate.topology import Instance

MODULE = "component"


@cache
def component_of(driver: type[Instance]) -> Component:
    """The declaration of a driver's type, in the module `component` beside it.

    Raises UnknownName where there is none, ConfigError for one that says no component, or the one of another driver.
    """
    place = f"{driver.__module__.rpartition('.')[0]}.{MODULE}".removeprefix(".")
    if not find_spec(place):
        missing = UnknownName("component", driver.__name__, (), where=place)
        missing.cause = "a type that has no model here: nothing can play its hardware"
        missing.next = "see what stands in component.py: CONTRIBUTING, Add an IP type"
        raise missing
    wanted = f"COMPONENT = Component({driver.__name__}, ...Model), with a class of a model"
    found = member(load(place), "COMPONENT", Component, wanted)
    require_kinds(
        kinds_of(Component), found._asdict(), f"the component of {driver.__name__}", ConfigError, lambda: place
    )
    bits = ((name, getattr(found, name)) for name in ("widths", "straps", "inputs", "outputs"))
    meanings = (
        Meaning(f"{name}[{port!r}]", n > 0, "bits, 1 or more", n) for name, said in bits for port, n in said.items()
    )
    require_sense(meanings, f"the component of {driver.__name__}", ConfigError, lambda: place)
    if not (issubclass(found.driver, driver) or issubclass(driver, found.driver)):
        raise ConfigError(
            f"the component beside {driver.__name__} is that of another driver",
            where=place,
            wanted=wanted,
            got=shown(found.driver),
            next="give each type a folder of its own: the component beside a driver is the driver's",
        )
    return found


@cache
def components() -> dict[str, Component]:
    """All IP types of this tree by name, in alphabetical order."""
    return {name: component_named(name) for name in type_names()}


def type_names() -> list[str]:
    """The names of all IP types of this tree, in alphabetical order."""
    return sorted(one.name for one in iter_modules(import_module("bedplate.ip").__path__) if one.ispkg)


@cache
def component_named(name: str) -> Component:
    """The declaration of the type of that name. Raises ConfigError for a folder that is broken, and says no word of the others."""
    place = f"bedplate.ip.{name}.{MODULE}"
    try:
        module = load(place)
    except ModuleNotFoundError as error:
        raise ConfigError(f"the type {name} has no component.py", where=f"ip/{name}", wanted=place) from error
    return member(module, "COMPONENT", Component, "COMPONENT = Component(driver, model, ...)")


def registers_of(driver: type[Instance]) -> type[RegisterBlock]:
    """The registers that a driver is written for."""
    found: type[RegisterBlock] = driver.__orig_bases__[0].__args__[0]  # type: ignore[attr-defined]
    return found
