"""Modules of others: of chips, and of what lies beside them. What is wrong with one is said as theirs, with the line."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.abc import Traversable
from importlib.util import find_spec
from types import ModuleType
from typing import TypeVar

from bedplate.bus import described, shown
from bedplate.errors import BedplateError, ConfigError, place_of
from bedplate.topology import Topology

T = TypeVar("T")


def source_text(file: Traversable) -> str:
    """What stands in a file that an author wrote. Raises ConfigError for one that is not there, or is no UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise ConfigError(f"not UTF-8 text: {problem}", where=str(file), next="save it as UTF-8") from None
    except OSError as problem:
        next = "write it, or see that its name is right"
        raise ConfigError(f"no file that can be read: {problem.strerror}", where=str(file), next=next) from None


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
    """What Bedplate's own errors say besides is kept: it is about what stands there."""
    ours = error if isinstance(error, BedplateError) else None
    why = f"{type(error).__name__}: {ours.what}" if ours is not None else described(error)
    shows = f"python -c 'import {module}' shows all of the traceback"
    if isinstance(error, (ImportError, AttributeError)) and _is_of_registers(error):
        shows = f"bedplate gen, if the description has it; {shows}"
    places = [place_of(error)]
    if ours is not None and ours.where not in places:  # the line of a method, where that of its class alone is run
        places.insert(0, ours.where)
    return ConfigError(
        f"the module {module} cannot be imported: {why}",
        where=", in ".join(filter(None, places)),
        wanted=ours.wanted if ours is not None else "",
        got=ours.got if ours is not None else "",
        cause="a mistake there, or something that it needs is not installed",
        next=(ours.next if ours is not None else "") or shows,
    )


def _is_of_registers(error: ImportError | AttributeError) -> bool:
    """Whether what is missing is missing from generated registers: they may be older than their description."""
    owner = error.name if isinstance(error, ImportError) else getattr(error.obj, "__module__", None) or str(error)
    return "regs" in re.split(r"\W", owner or "")
