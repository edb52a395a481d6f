"""Modules of others: of chips, and of what lies beside them. What is wrong with one is said as theirs, with the line."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TypeVar

from bedplate.bus import described, shown
from bedplate.errors import BedplateError, ConfigError, place_of
from bedplate.topology import Topology

T = TypeVar("T")


def load(module: str) -> ModuleType:
    """The module of that name. Raises ModuleNotFoundError where there is none, ConfigError for one that cannot be imported."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and f"{module}.".startswith(f"{error.name}."):
            raise
        raise _broken(module, error) from error
    except (Exception, SystemExit) as error:
        raise _broken(module, error) from error


def beside(chip: type[Topology], name: str) -> ModuleType | None:
    """The module of that name beside a chip's class, or beside the one that it is derived from; None without one. Raises ConfigError."""
    for cls in chip.__mro__:
        home = import_module(cls.__module__).__package__ if issubclass(cls, Topology) else None
        spec = find_spec(f"{home}.{name}") if home else None
        if spec is not None and spec.origin is not None:  # a folder of that name, of RTL for one, is no module
            return load(f"{home}.{name}")
    return None


def member(module: ModuleType, name: str, kind: type[T], wanted: str) -> T:
    """What a module says under that name. Raises ConfigError where it says nothing, or something else."""
    found = getattr(module, name, None)
    if not isinstance(found, kind):
        raise ConfigError(
            f"the module {module.__name__} says no {name}",
            where=module.__file__ or "",
            wanted=wanted,
            got="nothing" if found is None else shown(found),
        )
    return found


def _broken(module: str, error: BaseException) -> ConfigError:
    """What is said of Bedplate's own errors besides is kept: it is about what stands there."""
    ours = error if isinstance(error, BedplateError) else None
    return ConfigError(
        f"the module {module} cannot be imported: {described(error)}",
        where=place_of(error),
        wanted=ours.wanted if ours is not None else "",
        got=ours.got if ours is not None else "",
        cause="a mistake there, or something that it needs is not installed",
        next=(ours.next if ours is not None else "") or f"python -c 'import {module}' shows all of the traceback",
    )
