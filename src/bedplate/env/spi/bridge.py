"""The target's side in Python: the SPI bridge in front of any bus. What a device server offers, and what its RTL is held to.

Accesses take no time here, so this bridge is never busy and has no timeouts; everything else is as in `ip/spi_br`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bedplate.bus import Bus
from bedplate.bus.protocol import WORD
from bedplate.env.spi.frame import (
    ACCESSES,
    LONGEST_BURST,
    PAGE,
    PROTOCOL,
    Dropped,
    FrameOp,
    RequestFrame,
    Result,
    answer,
    parse_request,
    short,
)
from bedplate.errors import BusError


class Bridge:
    """One bridge: `exchange` a frame, or `select`, `shift` its bytes, `deselect`."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.enabled = True
        self.read_only = False
        self.fabric_fault = False
        self.epoch = 0
        self.counts: Counter[str] = Counter()
        """crc, trunc, format, slverr, frame: as the registers of those names, but without their limits."""
        self.reset()

    def reset(self) -> None:
        """The bridge is reset: the link is gone, and the next controller will see it."""
        self.epoch = (self.epoch + 1) & 0xFFFF
        self.nonce = 0
        self.was_reset = True
        self._forget()
        self._came = bytearray()
        self._answer: bytes | None = None

    def _forget(self) -> None:
        self.last = RequestFrame(FrameOp.NOP)
        self.result = Result.OKAY
        self.done = 0
        self.read: tuple[int, ...] = ()
        self.reason = Result.OKAY
        self.dropped = False

    # Pins

    def exchange(self, data: bytes, cut: bool = False) -> bytes:
        """One frame: what goes out while `data` comes in. `cut` adds a few bits at its end."""
        self.select()
        self._came += data
        out = bytes(len(data))
        if len(data) >= 4:
            self._ask(data[:4])
            if self._answer is not None:
                out = (bytes(5) + self._answer + out)[: len(data)]
        self.deselect(cut)
        return out

    def select(self) -> None:
        """Chip select falls."""
        self._came.clear()
        self._answer = None

    def shift(self, byte: int) -> int:
        """A byte comes in; the one that goes out at the same time."""
        at = len(self._came) - 5  # one wait byte follows the header
        out = self._answer[at] if self._answer is not None and 0 <= at < len(self._answer) else 0
        self._came.append(byte)
        if len(self._came) == 4:
            self._ask(self._came)
        return out

    def deselect(self, cut: bool = False) -> None:
        """Chip select rises: the frame, if it was one, is decided."""
        if self._came or cut:
            self._end(parse_request(bytes(self._came), cut))
        self.select()

    # Answers

    def _ask(self, head: bytes | bytearray) -> None:
        code, seq, session, _ = head
        for op in (FrameOp.GET_RESULT, FrameOp.GET_STATUS):
            if code == PROTOCOL | op and head == short(op, seq, session):
                self._answer = self._about_link(session) if op is FrameOp.GET_STATUS else self._about(seq, session)

    def _status(self, valid: bool) -> int:
        locked = not self.enabled or self.read_only
        return valid << 1 | self.was_reset << 2 | self.dropped << 3 | locked << 5 | self.fabric_fault << 6

    def _about(self, seq: int, session: int) -> bytes:
        ours = session == self.nonce & 0xFF != 0
        if ours and seq == self.last.seq and self.last.length:
            return answer(self._status(True), seq, self.result, self.done, self.read, session)
        result = Result.SESSION_MISMATCH if not ours else self.reason or Result.SEQ_GAP
        return answer(self._status(False), self.last.seq, result, 0, (), session)

    def _about_link(self, session: int) -> bytes:
        last = self.last
        words = (
            self.epoch << 16 | self.done << 8 | last.seq,
            last.crc << 16 | self.reason << 12 | self.result << 8 | last.address >> 32,
            last.address & 0xFFFF_FFFF,
            self.nonce,
        )
        return answer(self._status(False), last.seq, self.result, len(words), words, session)

    # Decisions

    def _end(self, frame: RequestFrame | Dropped) -> None:
        if isinstance(frame, Dropped):
            kind = "crc" if frame.result in (Result.HCRC, Result.CRC) else "trunc" if frame.truncated else "format"
            self._drop(frame.result, kind)
            return
        self.counts["frame"] += 1
        if frame.op is FrameOp.LINK_RESET:
            if not frame.address & 0xFF:
                self._drop(Result.FORMAT, "format")
                return
            self._forget()
            self.nonce = frame.address
            self.was_reset = False
        elif frame.op in ACCESSES:
            if frame.session != self.nonce & 0xFF or not frame.session:
                self._drop(Result.SESSION_MISMATCH, "format")
            elif self.last.length and (frame.seq, frame.crc) == (self.last.seq, self.last.crc):
                pass  # executed already: its result is kept
            elif frame.seq != self.last.seq % 255 + 1:
                self._drop(Result.SEQ_GAP, "format")
            else:
                self._decide(frame)

    def _drop(self, reason: Result, kind: str) -> None:
        self.reason = reason
        self.dropped = True
        self.counts[kind] += 1

    def _decide(self, frame: RequestFrame) -> None:
        self.last, self.reason, self.done, self.read = frame, Result.OKAY, 0, ()
        if not self.enabled or (self.read_only and frame.op is not FrameOp.READ):
            self.result = Result.LOCKED
        elif _malformed(frame):
            self.result = Result.FORMAT
            self.counts["format"] += 1
        elif frame.address >> 32:
            self.result = Result.DECERR
            self.counts["slverr"] += 1
        else:
            self.result = self._execute(frame)

    def _execute(self, frame: RequestFrame) -> Result:
        words: list[int] = []
        for index in range(frame.length):
            address = frame.address + (0 if frame.fixed else index * WORD)
            try:
                if frame.op is FrameOp.READ:
                    words.append(self.bus.read(address))
                elif frame.op is FrameOp.WRITE:
                    self.bus.write(address, frame.words[index])
                else:
                    write_masked(self.bus, address, *frame.words[2 * index : 2 * index + 2])
            except BusError:
                self.counts["slverr"] += 1
                break
            self.done = index + 1
        self.read = tuple(words)
        return Result.OKAY if self.done == frame.length else Result.PARTIAL if self.done else Result.SLVERR


def _malformed(frame: RequestFrame) -> bool:
    crossing = not frame.fixed and frame.address % PAGE + frame.length * WORD > PAGE
    masks: Sequence[int] = frame.words[::2] if frame.op is FrameOp.WRITE_MASKED else ()
    torn = any(byte not in (0x00, 0xFF) for mask in masks for byte in mask.to_bytes(4, "big"))
    return frame.wide or crossing or torn or bool(frame.address % WORD) or frame.length > LONGEST_BURST


def write_masked(bus: Bus, address: int, mask: int, word: int) -> None:
    """Write the bytes of a word that a mask names, as one access where the bus can carry it."""
    for size in (4, 2, 1):
        for at in range(0, WORD, size):
            ones = (1 << 8 * size) - 1
            if mask >> 8 * at & ones == ones:
                bus.write(address + at, word >> 8 * at & ones, size)
                mask &= ~(ones << 8 * at)
