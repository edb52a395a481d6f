"""A bus for whoever only looks."""

from __future__ import annotations

from collections.abc import Sequence

from bedplate.bus.decorator import Decorator, Request
from bedplate.bus.protocol import WORD
from bedplate.errors import NotOwner


class ReadOnly(Decorator):
    """Refuses writes, before the bus. A read that has an effect is for its caller to think of."""

    def read(self, address: int, size: int = WORD) -> int:
        return self.bus.read(address, size)

    def transact(self, request: Request) -> Sequence[int]:
        if request.is_write:
            raise NotOwner(
                "this chip was opened to be read only",
                where=str(request),
                wanted="the writer's lease, from opening on",
                got="a reader, which has none",
                next="open it to be written to: bedplate.open(target), a target without write=0 and readonly=1",
            )
        return super().transact(request)
