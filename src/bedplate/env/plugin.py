"""Modules of others: of chips, and of what lies beside them. What is wrong with one is said as theirs, with the line."""

from __future__ import annotations

import traceback
from importlib import import_module
from types import ModuleType

from bedplate.bus import described
from bedplate.errors import ConfigError


def load(module: str) -> ModuleType:
    """The module of that name. Raises ModuleNotFoundError where there is none, ConfigError for one that cannot be imported."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and f"{module}.".startswith(f"{error.name}."):
            raise
        raise _broken(module, error) from error
    except Exception as error:
        raise _broken(module, error) from error


def _broken(module: str, error: Exception) -> ConfigError:
    frames = [one for one in traceback.extract_tb(error.__traceback__) if not one.filename.startswith("<frozen ")]
    place = f"{frames[-1].filename}:{frames[-1].lineno}"
    if isinstance(error, SyntaxError) and error.filename is not None:
        place = f"{error.filename}:{error.lineno}"
    return ConfigError(
        f"the module {module} cannot be imported: {described(error)}",
        where=place,
        cause="a mistake there, or something that it needs is not installed",
        next=f"python -c 'import {module}' shows all of the traceback",
    )
