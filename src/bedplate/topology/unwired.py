"""The bus of a chip while its author wires it: nothing is asked of a chip before it is known what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.bus import Decorator, Request
from bedplate.errors import WiringError


class Unwired(Decorator):
    """A bus that nothing passes yet. Whatever wants to raises WiringError."""

    def transact(self, request: Request) -> Sequence[int]:
        raise unwired(str(request))

    def now(self) -> int:
        raise unwired("the chip's time")

    def sleep(self, duration: int) -> None:
        raise unwired(f"a pause of {duration} ns")


def unwired(got: str) -> WiringError:
    """The error of who wants that of a chip that is not wired yet."""
    return WiringError(
        "an access to the chip while it is wired",
        wanted="instances, addresses and needs alone: `wire` makes no access, also where there is no hardware",
        got=got,
        next="read it where it is asked for: in `observe` or a step of a driver, in `read` of a Harvest, in `ask` of a Region",
    )
