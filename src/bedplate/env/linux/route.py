"""The environment `route:CHIP?path=TARGET&path=TARGET...`: one chip over several paths, the fastest first.

    route:tern?path=pci:auto&path=spi:/dev/spidev0.0,/dev/spidev0.1

A path is a target of its own; if it has several options of its own, `&` in it is written `%26`. When the first path is lost,
what follows goes over the next, in mid-boot too, and returns when it answers again: see `bus/route.py` for what is repeated
and what is not. Which registers may be read twice the chip's description says, and which chip and boot it is, the chip.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from bedplate.bus import Bus, MemoryBus, Path, Request, Route
from bedplate.converge import Chip
from bedplate.env import targets
from bedplate.env.owner import Owner
from bedplate.env.targets import Target
from bedplate.errors import AccessError, EnvError, LinkDown, NotOwner

T = TypeVar("T")


class OwnedRoute(Route):
    """The route to a chip that has an owner, as its paths have."""

    def __init__(self, paths: Sequence[Path], chip: type[Chip]) -> None:
        super().__init__(paths, chip.canary, partial(identity, chip), chip(MemoryBus(0)).addresses.is_probe_safe)
        self._owner = Owner("route: " + ", ".join(path.name for path in paths))

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who may use it, and each path that is open (see `env/owner.py`)."""
        return (self._owner, *(owner for path in self.paths for owner in getattr(path.raw, "owners", ())))

    def _through(self, request: Request, act: Callable[[Bus], T]) -> T:
        self._owner.enter()
        return super()._through(request, act)


MANY = ("path",)
"""The options of a target."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError, OutOfRange for options that make no sense, those of each path included."""
    target.require_known(many=MANY)
    if not target.all("path"):
        raise AccessError(
            "route wants paths", wanted="path=pci:auto&path=spi:/dev/spidev0.0", where=f"route:{target.name}"
        )
    for name in target.all("path"):
        said = targets.said_chip(name)
        if said not in (None, target.name):
            _require_same(said, chip, target.where, name)
        targets.check(name, chip)


def _require_same(said: str, chip: type[Chip], where: str, path: str) -> None:
    """Raise AccessError for a path that says another chip than the route does, UnknownName for one that says none."""
    kind = targets.chip_type(said)
    if not issubclass(chip, kind):
        raise AccessError(
            "a path leads to another chip than the route",
            where=where,
            wanted=f"{chip.name}, by each path",
            got=f"path={path}",
        )


def open_bus(target: Target, chip: type[Chip]) -> OwnedRoute:
    """The raw bus; nothing is read from the chip.

    Who is to write has the writer's lease of every path. Raises UnknownName and AccessError for what is wrong with any path,
    NotOwner for one with another writer, EnvError when none of them can be opened.
    """
    check(target, chip)
    paths = [Path(name, partial(targets.open_bus, name, chip, target.write)) for name in target.all("path")]
    for path in paths:
        try:
            path.open()
        except NotOwner:  # by this path somebody writes to the chip: so nobody else does by another one
            raise
        except (EnvError, LinkDown) as error:
            path.give_up(0, error)
    if all(path.raw is None for path in paths):
        raise EnvError(
            "none of the paths can be opened",
            where=f"route:{target.name}",
            got="; ".join(f"{path.name}: {path.trouble}" for path in paths),
            next="`bedplate doctor` lists what this machine can reach",
        )
    return OwnedRoute(paths, chip)


def identity(chip: type[Chip], bus: Bus) -> object:
    """Which boot of which chip is at the end of a path."""
    return chip(bus).identify()
