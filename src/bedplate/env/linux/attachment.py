"""A bus that outlives its link: when that is lost it is attached anew, and the chip must say again who it is before it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bedplate.bus import SIZES, WORD, Backoff, Bus, Canary, Request, often, perform
from bedplate.env.linux import clock
from bedplate.env.linux.writer import Writer
from bedplate.env.owner import Owner
from bedplate.errors import EnvError, LinkDown, NotOwner


class Attached(NamedTuple):
    """One attachment: a raw bus, who may use it, the writer's lease for who is to write, and what could be better (`notes`)."""

    bus: Bus
    owner: Owner
    writer: Writer | None
    notes: tuple[str, ...] = ()


class Attachment:
    """The raw bus of a device, over as many attachments as it takes (`count`).

    An access that meets LinkDown ends the attachment, and is not repeated. The next one attaches anew: `attach` looks at the
    device from outside, then the canary is read; nothing else reaches the chip before both are right, so what was plugged in
    instead of it is never written to. Another boot of the same chip is let in: who was interrupted knows by the LinkDown, and
    nothing is kept here or above that it could contradict. An attachment that does not last makes the next one wait.

    The lease of a writer outlives its attachments. Raises LinkDown, NotOwner, and what the bus of `attach` raises.
    """

    def __init__(self, attach: Callable[[], Attached], canary: Canary | None) -> None:
        self._attach, self._canary = attach, canary
        self._backoff = Backoff()
        self._pause = 0
        """Between the beginnings of this attachment and the next one."""
        self._began = clock.now()
        self.count = 1
        self._losses, self._lost = 0, ""
        """How often its link was lost, and why at last."""
        self._take(attach())
        self._known: Bus | None = None
        """The bus, once the chip has said who it is."""

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who may use it (see `env/owner.py`)."""
        return (self._owner,)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The accesses (bytes) that it carries."""
        return (*SIZES, 8)

    def read(self, address: int, size: int = WORD) -> int:
        self._enter()
        bus = self._known or self._identified()
        try:
            return bus.read(address, size)
        except LinkDown as error:
            self._drop(error)
            raise

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._transact(Request(address, 1, (value,), size))

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return self._transact(Request(address, count)) if count != 1 else (self.read(address),)

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self._transact(Request(address, len(values), tuple(values)))

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        self._enter()
        bus = self._known or self._identified()
        try:
            return bus.poll(address, mask, value, timeout, size)
        except LinkDown as error:
            self._drop(error)
            raise

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def _transact(self, request: Request) -> Sequence[int]:
        self._enter()
        bus = self._known or self._identified()
        try:
            return perform(bus, request)
        except LinkDown as error:
            self._drop(error)
            raise

    def _take(self, attached: Attached) -> None:
        self._attached: Attached | None = attached
        self._owner, self._enter = attached.owner, attached.owner.enter
        self._writer, self._notes = attached.writer, attached.notes

    @property
    def notes(self) -> tuple[str, ...]:
        """What could be better with this attachment, and how often the link was lost before it."""
        lost = (f"lost its link {often(self._losses)}, at last: {self._lost}",) if self._losses else ()
        return self._notes + lost

    def _drop(self, error: LinkDown) -> None:
        self._attached = self._known = None
        self._losses, self._lost = self._losses + 1, str(error)

    def _identified(self) -> Bus:
        if self._attached is None:
            self._take(self._again())
            self._enter()
        assert self._attached is not None
        bus = self._attached.bus
        try:
            word = bus.read(self._canary.address, self._canary.size) if self._canary is not None else 0
        except LinkDown as error:
            self._drop(error)
            raise
        if self._canary is not None and not self._canary.alive(word):
            silence = self._canary.silence(word, "the canary does not answer: this is not the chip, or it is dead")
            self._drop(silence)
            raise silence
        self._known = bus
        return bus

    def _again(self) -> Attached:
        early = self._began + self._pause - clock.now()
        if early > 0:
            clock.sleep(early)
        self._pause = self._backoff.next(clock.now() - self._began)
        self._began = clock.now()
        self.count += 1
        try:
            return self._attach()
        except NotOwner:
            raise
        except EnvError as error:  # it was there; now this is a matter of the link
            raise LinkDown(
                f"cannot attach anew: {error.what}",
                where=error.where,
                wanted=error.wanted,
                got=error.got,
                cause=error.cause,
                next=error.next,
            ) from error
