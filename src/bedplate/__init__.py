"""Bedplate: one Python hardware abstraction layer for AI-accelerator chips, in three worlds.

>>> import bedplate
>>> chip = bedplate.open("model:tern")
>>> chip.die[0].pll.sys.observe()
PllState.OFF: powered down, output bypassed to the reference clock
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar, overload

if TYPE_CHECKING:
    from bedplate.chips.tern import Tern
    from bedplate.converge import Chip

    C = TypeVar("C", bound=Chip)

__version__ = "0.1.0"


@overload
def open(target: Literal["model:tern"]) -> Tern: ...


@overload
def open(target: str) -> Chip: ...


@overload
def open(target: str, chip: type[C]) -> C: ...


def open(target: str, chip: type[Chip] | None = None) -> Chip:
    """The chip of a target, such as `model:tern`; no transaction is made yet.

    With `chip` given, the target's bus is opened as that class, and typed so. Raises UnknownName for a target or chip that
    does not exist, ConfigError for wiring that cannot be, EnvError where the way to the chip is missing.
    """
    from bedplate.env import open_chip  # imported on first use: `import bedplate` stays a matter of milliseconds

    return open_chip(target, chip)
