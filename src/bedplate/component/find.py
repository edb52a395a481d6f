"""Finding declarations: from a driver, or all that there are."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from bedplate.bus import shown
from bedplate.component.declaration import Component, Sample
from bedplate.component.plugin import load, member
from bedplate.errors import ConfigError, UnknownName
from bedplate.model import Model
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
    if not isinstance(found.model, type) or not issubclass(found.model, Model):
        raise ConfigError(f"the model of {driver.__name__} is none", where=place, wanted=wanted, got=shown(found.model))
    if not isinstance(found.samples, tuple) or not all(isinstance(one, Sample) for one in found.samples):
        raise ConfigError(
            f"the samples of {driver.__name__} are none",
            where=place,
            wanted="samples=(Sample(config), ...), a tuple",
            got=shown(found.samples),
        )
    if not isinstance(found.driver, type) or not (issubclass(found.driver, driver) or issubclass(driver, found.driver)):
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
    names = sorted(one.name for one in iter_modules(import_module("bedplate.ip").__path__) if one.ispkg)
    return {name: import_module(f"bedplate.ip.{name}.{MODULE}").COMPONENT for name in names}


def registers_of(driver: type[Instance]) -> type[RegisterBlock]:
    """The registers that a driver is written for."""
    found: type[RegisterBlock] = driver.__orig_bases__[0].__args__[0]  # type: ignore[attr-defined]
    return found
