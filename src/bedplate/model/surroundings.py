"""What lies around a model, as far as the model can tell: what it gets, and whom it tells of what it does.

The chip's model calls a block's model; a block's model calls nothing but this.
"""

from __future__ import annotations

from typing import NamedTuple


class FabricError(NamedTuple):
    """An access that the fabric had to answer itself."""

    time: int
    kind: str
    """unpowered, in reset, unreachable, unclocked, hung, or decode where nobody lives."""
    instance: str
    address: int
    write: bool


class Surroundings:
    """Those of a model that lies in no chip: all its needs are met, it is never held, and nobody listens."""

    def outputs_changed(self, name: str) -> None:
        """What that instance provides to others may have changed."""

    def begins_to_draw(self, name: str, budget: str) -> None:
        """That instance draws on a budget from now on."""

    def supplied(self, name: str, kind: str | None, provider: str | None, port: str | None) -> bool:
        """Whether those needs of an instance are met."""
        return True

    def clocked_at(self, name: str, kind: str) -> int:
        """The rate of the clock that meets a need of an instance (MHz); 0 without one."""
        return 0

    def hears(self, name: str, wire: str) -> bool:
        """Whether the other end of the pair that an instance is an end of drives that wire."""
        return False

    def held(self, name: str) -> bool:
        """Whether an instance is without power or in reset."""
        return False

    def was_reset(self, name: str) -> None:
        """An instance entered reset or lost power, after it once had it."""

    def check_gates(self, name: str) -> None:
        """A fault was planted that may block the instance."""


NOWHERE = Surroundings()
"""Where a model is before a chip takes it in."""
