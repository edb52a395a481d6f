"""Which instances can be reached, and what those are in: asked of the chip once each, in the order of needs. Reads only.

An instance that is unpowered, unclocked, in reset or fused off is not read at all: an access to it would hang a real fabric.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from bedplate.block import Output, State
from bedplate.errors import BedplateError, CheckFailed
from bedplate.topology.answer import is_on, observed, sound
from bedplate.topology.parts import Harvest, Instance
from bedplate.topology.topology import Topology

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


Asking = Generator[Instance, Look, T]
"""A question about one instance, which yields whose look it has to know first."""


class Reach:
    """What is known of the reachability of a chip's instances, for as long as nothing is written. Raises LinkDown, PathLost.

    To come into service, an output wants its provider at its goal. On the way out (`leaving`) it counts alone: what still has its
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
        self.unreadable: dict[Instance, BedplateError] = {}
        """Fuses at their goal whose mask cannot be read, each with the error."""

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
        """Observe the instance, if it can be reached. What was seen of a part counts no more when the part is lost."""
        return self._answer(self._look(block))

    def obstacle(self, block: Instance) -> Obstacle | None:
        """What stands in the way; None if nothing does."""
        return self._answer(self._obstacle(block))

    def _answer(self, asking: Asking[T]) -> T:
        """The answer, once all that it asks for is known: by no recursion, since chains of needs may be long."""
        open_: list[Asking[Any]] = [asking]
        answer: Any = None
        while open_:
            try:
                open_.append(self._look(open_[-1].send(answer)))
                answer = None
            except StopIteration as end:
                open_.pop()
                answer = end.value
        known: T = answer
        return known

    def _look(self, block: Instance) -> Asking[Look]:
        if self._lost and (loss := self._lost.get(self.chip.region_of(block).name)) is not None:
            return Look(block, error=loss)
        if block.name not in self._looks:
            self._looks[block.name] = yield from self._see(block)
        return self._looks[block.name]

    def _see(self, block: Instance) -> Asking[Look]:
        if (obstacle := (yield from self._obstacle(block))) is not None:
            return Look(block, obstacle=obstacle)
        state = sound(lambda: observed(block), block.name)
        return Look(block, error=state) if isinstance(state, BedplateError) else Look(block, state)

    def _obstacle(self, block: Instance) -> Asking[Obstacle | None]:
        if block.name not in self._obstacles:
            self._obstacles[block.name] = yield from self._find(block)
        return self._obstacles[block.name]

    def _find(self, block: Instance) -> Asking[Obstacle | None]:
        if (gone := (yield from self._fused_off(block))) is not None:
            return gone
        for need in block.needs:
            if not need.kind.gates_access:
                continue
            provider = need.provider
            seen = yield provider
            if seen.obstacle is not None:
                return seen.obstacle if seen.obstacle.is_absence else seen.obstacle._replace(text=f"no {need}")
            is_judged_alone = self._leaving and isinstance(need, Output) and seen.state is not None
            if seen.state is not provider.goal and not is_judged_alone:
                text = f"is {seen.state.name}: {seen.state.text}" if seen.state is not None else f"says: {seen.error}"
                return Obstacle(f"no {need}", provider.name, text, is_doubt=seen.state is None)
            if isinstance(need, Output):
                on = is_on(need)
                if isinstance(on, BedplateError) or not on:
                    is_doubt = isinstance(on, BedplateError)
                    text = f"says: {on}" if is_doubt else f"has {need.port} off"
                    return Obstacle(f"no {need}", provider.name, text, is_doubt=is_doubt)
        return None

    def _fused_off(self, block: Instance) -> Asking[Obstacle | None]:
        for harvest, bit in self.chip.fuses_of(block):
            mask = yield from self._mask(harvest)
            if mask is not None and mask >> bit & 1:
                name = harvest.fuses.name
                return Obstacle(f"fused off, by {name}", name, f"holds mask 0x{mask:x}", True)
        return None

    def _mask(self, harvest: Harvest) -> Asking[int | None]:
        """The harvest mask; None where the fuses cannot be believed."""
        fuses = harvest.fuses
        if (yield fuses).state is not fuses.goal:
            return None
        if fuses.name not in self._masks:
            mask = sound(harvest.mask, fuses.name)
            if isinstance(mask, BedplateError):
                self.unreadable[fuses] = mask
                return None
            self._masks[fuses.name] = mask
        return self._masks[fuses.name]
