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
def open(target: Literal["model:tern"], *, write: bool = True) -> Tern: ...


@overload
def open(target: str, *, write: bool = True) -> Chip: ...


@overload
def open(target: str, chip: type[C], *, write: bool = True) -> C: ...


def open(target: str, chip: type[Chip] | None = None, *, write: bool = True) -> Chip:
    """The chip of a target, such as `model:tern`, which was asked who it is: one burst, or one read, for each part that can say.

    Another chip is refused before anything is written; a chip that does not answer is not, so that `status` can tell how it is.
    Who only reads is not asked for, and makes no transaction here.

    With `chip` given, the target's bus is opened as that class, and typed so. A chip has one writer at a time: who opens it to
    `write` is that writer from here on, until the chip object and its process are gone, and nobody else is. Who only reads says
    `write=False`, needs no lease, and is refused at the first write. The chip object belongs to one thread, the first that uses
    it; `release` lets another one have it.

    Raises UnknownName for a target or chip that does not exist, ConfigError for wiring that cannot be, EnvError where the way
    to the chip is missing, NotOwner where another process writes to it, WrongChip where another chip answers.
    """
    from bedplate.env import open_chip  # imported on first use: `import bedplate` stays a matter of milliseconds

    return open_chip(target, chip, write)


def release(chip: Chip) -> None:
    """Let go of a chip, for another thread to use it: the next one that does. Raises NotOwner where it is not this thread's."""
    from bedplate.env import release

    release(chip)
