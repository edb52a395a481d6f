"""A bus that outlives its link: when that is lost it is attached anew, and the chip must say again who it is before it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bedplate.bus import WORD, Backoff, Bus, Canary, Request, perform
from bedplate.env.linux import clock
from bedplate.env.linux.writer import Writer
from bedplate.errors import EnvError, LinkDown


class Attached(NamedTuple):
    """One attachment: a raw bus, the right to write through it, and what is worse than it could be (`notes`)."""

    bus: Bus
    writer: Writer
    notes: tuple[str, ...] = ()


class Attachment:
    """The raw bus of a device, over as many attachments as it takes (`count`). `notes` are those of the last one.

    An access that meets LinkDown ends the attachment, and is not repeated. The next one attaches anew: `attach` looks at the
    device from outside, then the canary is read; nothing else reaches the chip before both are right, so what was plugged in
    instead of it is never written to. Another boot of the same chip is let in: who was interrupted knows by the LinkDown, and
    nothing is kept here or above that it could contradict. An attachment that does not last makes the next one wait.

    The first write takes the writer's lock. Raises LinkDown, EnvError for another writer, and what the bus of `attach` raises.
    """

    def __init__(self, attach: Callable[[], Attached], canary: Canary) -> None:
        self._attach, self._canary = attach, canary
        self._backoff = Backoff()
        self._pause = 0
        """Between the beginnings of this attachment and the next one."""
        self._began = clock.now()
        self.count = 1
        self._attached: Attached | None = attach()
        self.notes = self._attached.notes
        self._known: Bus | None = None
        """The bus, once the chip has said who it is."""

    def read(self, address: int, size: int = WORD) -> int:
        bus = self._known or self._identified()
        try:
            return bus.read(address, size)
        except LinkDown:
            self._drop()
            raise

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._transact(Request(address, 1, (value,), size))

    def read_block(self, address: int, count: int) -> Sequence[int]:
        return self._transact(Request(address, count)) if count != 1 else (self.read(address),)

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self._transact(Request(address, len(values), tuple(values)))

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        bus = self._known or self._identified()
        try:
            return bus.poll(address, mask, value, timeout, size)
        except LinkDown:
            self._drop()
            raise

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def _transact(self, request: Request) -> Sequence[int]:
        bus = self._known or self._identified()
        if request.is_write and self._attached is not None:
            self._attached.writer.take()
        try:
            return perform(bus, request)
        except LinkDown:
            self._drop()
            raise

    def _drop(self) -> None:
        self._attached = self._known = None

    def _identified(self) -> Bus:
        if self._attached is None:
            self._attached = self._again()
            self.notes = self._attached.notes
        bus = self._attached.bus
        try:
            word = bus.read(self._canary.address)
        except LinkDown:
            self._drop()
            raise
        if not self._canary.alive(word):
            self._drop()
            raise LinkDown(
                "the canary does not answer: this is not the chip, or it is dead",
                where=f"canary 0x{self._canary.address:08x}",
                wanted=self._canary.wanted,
                got=f"0x{word:08x}",
                cause="chip without power, held in reset, or another chip behind this target",
                next="check power and target; `bedplate doctor` lists what this machine can reach",
            )
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
        except EnvError as error:  # it was there; now this is a matter of the link
            raise LinkDown(
                f"cannot attach anew: {error.what}",
                where=error.where,
                wanted=error.wanted,
                got=error.got,
                cause=error.cause,
                next=error.next,
            ) from error
