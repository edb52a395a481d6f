"""Which instances can be reached, and what those are in: asked of the chip once each, in the order of needs. Reads only.

An instance that is unpowered, unclocked, in reset or fused off is not read at all: an access to it would hang a real fabric.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from bedplate.block import Outlet, State
from bedplate.bus import described, shown
from bedplate.errors import BedplateError, CheckFailed, DriverDefect, EnvError, LinkDown, PathLost
from bedplate.topology.topology import Harvest, Instance, Topology

T = TypeVar("T")


class Obstacle(NamedTuple):
    """Why an instance cannot be reached: in words, who is at the root of it, and what that one shows.

    `is_doubt` says that the one at the root could not be asked: the instance may well be at work.
    """

    text: str
    culprit: str
    got: str
    is_absence: bool = False
    is_doubt: bool = False


class Look(NamedTuple):
    """One instance as found: its state; or what stands in the way; or the error that looking at it gave."""

    block: Instance
    state: State | None = None
    obstacle: Obstacle | None = None
    error: BedplateError | None = None


class Reach:
    """What is known of the reachability of a chip's instances, for as long as nothing is written. Raises LinkDown, PathLost.

    To come into service, an outlet wants its provider at its goal. On the way out (`leaving`) it counts alone: what still has its
    clock and its release may be at work, however its provider is. `lost` are the regions that do not answer, or did not prove who
    they are, each with the error: nothing in them is asked, for whomever.
    """

    def __init__(
        self, chip: Topology, leaving: bool = False, lost: Mapping[str, BedplateError] = MappingProxyType({})
    ) -> None:
        self.chip = chip
        self._leaving = leaving
        self._lost = lost
        self._obstacles: dict[str, Obstacle | None] = {}
        self._looks: dict[str, Look] = {}
        self._masks: dict[str, int] = {}

    def require(self, block: Instance) -> None:
        """Raise CheckFailed, naming the unmet need, unless the instance can be reached. Reads its providers only."""
        obstacle = self.obstacle(block)
        if obstacle is not None:
            raise CheckFailed(
                f"not reachable: {obstacle.text}",
                where=block.name,
                got=f"{obstacle.culprit} {obstacle.got}",
                cause="an access now would not be answered",
                next="" if obstacle.is_absence else "bedplate up; or, on a model, this command with --up",
            )

    def look(self, block: Instance) -> Look:
        """Observe the instance, if it can be reached."""
        if block.name not in self._looks:
            self._looks[block.name] = self._look(block)
        return self._looks[block.name]

    def obstacle(self, block: Instance) -> Obstacle | None:
        """What stands in the way; None if nothing does."""
        if block.name not in self._obstacles:
            self._obstacles[block.name] = self._find(block)
        return self._obstacles[block.name]

    def _look(self, block: Instance) -> Look:
        if self._lost and (loss := self._lost.get(self.chip.region_of(block).name)) is not None:
            return Look(block, error=loss)
        if (obstacle := self.obstacle(block)) is not None:
            return Look(block, obstacle=obstacle)
        state = sound(lambda: observed(block), block.name)
        return Look(block, error=state) if isinstance(state, BedplateError) else Look(block, state)

    def _find(self, block: Instance) -> Obstacle | None:
        if (gone := self._fused_off(block)) is not None:
            return gone
        for need in block.needs:
            if not need.kind.gates_access:
                continue
            provider = need.provider
            seen = self.look(provider)
            if seen.obstacle is not None:
                return seen.obstacle if seen.obstacle.is_absence else seen.obstacle._replace(text=f"no {need}")
            is_judged_alone = self._leaving and isinstance(need, Outlet) and seen.state is not None
            if seen.state is not provider.goal and not is_judged_alone:
                text = f"is {seen.state.name}: {seen.state.text}" if seen.state is not None else f"says: {seen.error}"
                return Obstacle(f"no {need}", provider.name, text, is_doubt=seen.state is None)
            if isinstance(need, Outlet):
                on = is_on(need)
                if isinstance(on, BedplateError) or not on:
                    is_doubt = isinstance(on, BedplateError)
                    text = f"says: {on}" if is_doubt else f"has {need.port} off"
                    return Obstacle(f"no {need}", provider.name, text, is_doubt=is_doubt)
        return None

    def _fused_off(self, block: Instance) -> Obstacle | None:
        for harvest, bit in self.chip.fuses_of(block):
            mask = self._mask(harvest)
            if mask is not None and mask >> bit & 1:
                name = harvest.fuses.name
                return Obstacle(f"fused off, by {name}", name, f"holds mask 0x{mask:x}", True)
        return None

    def _mask(self, harvest: Harvest) -> int | None:
        """The harvest mask; None where the fuses cannot be believed."""
        fuses = harvest.fuses
        if self.look(fuses).state is not fuses.goal:
            return None
        if fuses.name not in self._masks:
            mask = sound(harvest.mask, fuses.name)
            if isinstance(mask, BedplateError):
                return None
            self._masks[fuses.name] = mask
        return self._masks[fuses.name]


def is_on(need: Outlet[Any]) -> bool | BedplateError:
    """Whether an outlet is on, by its own word; or the error of its provider, whose driver says it."""
    return sound(lambda: yes_or_no(need.is_on), need.provider.name)


def yes_or_no(ask: Callable[[], object]) -> bool:
    """The answer to a question that has two. Raises TypeError for any other, and whatever asking raises."""
    answer = ask()
    if not isinstance(answer, int):
        raise TypeError(f"{getattr(ask, '__name__', 'it')} answers neither yes nor no, but {shown(answer)}")
    return bool(answer)


def observed(block: Instance) -> State:
    """What a block observes. Raises DriverDefect for what is no state of its own."""
    state = block.observe()
    if not isinstance(state, type(block.goal)):
        raise DriverDefect(
            "observe answers what is no state of this block",
            where=block.name,
            wanted=type(block.goal).__name__,
            got=shown(state),
            cause="a defect of the driver, not of the hardware",
        )
    return state


def sound(ask: Callable[[], T], who: str) -> T | BedplateError:
    """The answer to a question that only reads, or the error of the instance that it gave: whatever was raised, nothing else fails.

    A question that failed is asked once more. Raises LinkDown, PathLost and EnvError of the bus, which are no instance's.
    """
    for _ in range(2):
        try:
            return ask()
        except Exception as caught:
            error = failure_of(caught, who)
    return error


def failure_of(error: Exception, who: str) -> BedplateError:
    """What an instance failed with: a Bedplate error as it is; anything else is a defect of its driver, with its traceback.

    Raises what is no instance's: LinkDown, PathLost and EnvError, if the bus said so. Of a driver that is a defect as well.
    """
    if isinstance(error, (LinkDown, PathLost, EnvError)):
        if error.is_of_bus:
            raise error
    elif isinstance(error, BedplateError) and _is_told_well(error):
        return error
    place = traceback.extract_tb(error.__traceback__)[-1]
    return DriverDefect(
        f"the driver raised {described(error)}",
        where=who,
        got=f"{place.filename.rpartition('/')[2]}:{place.lineno} in {place.name}",
        cause="a defect of the driver, not of the hardware",
        trace="".join(traceback.format_exception(error)),
    )


def _is_told_well(error: BedplateError) -> bool:
    """Whether an error can be printed: a driver may raise one that cannot."""
    words = (error.what, error.where, error.wanted, error.got, error.cause, error.next)
    if not all(isinstance(word, str) for word in words) or not isinstance(error.waited, int | None):
        return False
    try:
        str(error)
    except Exception:
        return False
    return True
