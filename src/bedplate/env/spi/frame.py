"""The frames of the SPI bridge (`ip/spi_br`), as bytes. No I/O, no state.

A frame lasts while chip select is low: SPI mode 0, most significant bit first, numbers of several bytes most significant first.

    NOP, GET_RESULT, GET_STATUS   OP  SEQ  SESSION  HCRC                        then the answer, in the same frame
    LINK_RESET                    OP  SEQ  SESSION  HCRC  nonce(4)  CRC(2)
    READ, WRITE, WRITE_MASKED     OP  LEN  SEQ  SESSION  address(5)  HCRC  payload  CRC(2)
    answer                        0x00 ...  0xA5  STATUS1  SEQ  RESULT  LEN  HCRC  payload  CRC(2)

OP holds the protocol version (1) in its high half. LEN of a request: bit 7 fixed address, bit 6 words of 64 bits, bits 5 to 0
the count of words less one; a masked word is its mask, then its data, and a mask is made of whole bytes. LEN of an answer: bit 7
words follow, bits 6 to 0 how many were accessed without error. STATUS1 says `valid` in an answer to GET_RESULT alone: so a
question that became GET_STATUS on the way cannot be answered with what looks like data. HCRC is a CRC-8 (0x07, init 0xFF) over the header before it;
CRC is a CRC-16 (0x1021, init 0xFFFF) over everything before it, in an answer from STATUS1 on and seeded with the session byte
of the question. Both find every error of up to three bits within their reach, and every frame is within it; of bursts longer
than 16 bits in a payload, one in 2^16 gets through. GET_STATUS wants no session: its byte may be anything, and binds the answer
to this one question.

The session is the low byte of the nonce of the last LINK_RESET, never 0. Sequence numbers run from 1 to 255, then 1 again.
"""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Iterable, Sequence
from enum import Enum, IntEnum
from struct import unpack
from typing import NamedTuple

from bedplate.ip.spi_br.regs import ResultE

Result = ResultE

PROTOCOL = 0x10
TOKEN = 0xA5
LONGEST_BURST = 64
"""Words in one frame."""
PAGE = 4096
"""Bytes; a burst does not cross their multiples."""
HEAD = 6
"""Bytes of an answer from the token to HCRC."""
STATUS_WORDS = 4


class FrameOp(IntEnum):
    """What a frame asks for."""

    NOP = 0
    WRITE = 1
    READ = 2
    GET_RESULT = 3
    GET_STATUS = 4
    WRITE_MASKED = 5
    LINK_RESET = 6


ACCESSES = frozenset({FrameOp.WRITE, FrameOp.READ, FrameOp.WRITE_MASKED})
WORDS_ON_WIRE = {FrameOp.READ: 0, FrameOp.WRITE: 1, FrameOp.WRITE_MASKED: 2}
"""Payload words for each word of the burst."""


class RequestFrame(NamedTuple):
    """A frame from the controller. For LINK_RESET `address` is the nonce; `words` is the payload, masks before their data."""

    op: FrameOp
    seq: int = 0
    session: int = 0
    address: int = 0
    length: int = 0
    words: tuple[int, ...] = ()
    fixed: bool = False
    wide: bool = False
    crc: int = 0


class ResponseFrame(NamedTuple):
    """An answer whose checks are right. `words` is what was read, or the content of GET_STATUS."""

    status: int
    seq: int
    result: Result
    done: int
    words: tuple[int, ...]

    @property
    def busy(self) -> bool:
        """An access is under way on the fabric."""
        return bool(self.status & 0x01)

    @property
    def valid(self) -> bool:
        """The result of the sequence number asked for is in here."""
        return bool(self.status & 0x02)

    @property
    def was_reset(self) -> bool:
        """The target was reset since the last LINK_RESET: its configuration is lost."""
        return bool(self.status & 0x04)


class Flaw(Enum):
    """Why an answer cannot be believed."""

    ZEROS = "nothing but zeros: no token"
    ONES = "nothing but ones: nobody drives the line"
    CUT = "the answer had begun, the frame was too short for it"
    CORRUPT = "a check failed"


class LinkStatus(NamedTuple):
    """What GET_STATUS tells: enough for a new controller to know what became of the last access of the old one."""

    epoch: int
    """Resets of the bridge, 16 bits."""
    done: int
    seq: int
    """Of the last access that was decided; 0 for none since LINK_RESET."""
    crc: int
    """Of its frame."""
    dropped: Result
    """Why a frame was dropped since then; OKAY for none."""
    result: Result
    """BUSY while the access is under way."""
    address: int
    nonce: int


# Checksums


def _table(polynomial: int) -> tuple[int, ...]:
    table = []
    for crc in range(256):
        for _ in range(8):
            crc = (crc << 1 ^ polynomial if crc >> 7 else crc << 1) & 0xFF
        table.append(crc)
    return tuple(table)


_TABLE8 = _table(0x07)


def crc8(data: Iterable[int]) -> int:
    """CRC-8, polynomial 0x07, init 0xFF."""
    crc = 0xFF
    for byte in data:
        crc = _TABLE8[crc ^ byte]
    return crc


def crc16(data: bytes) -> int:
    """CRC-16-CCITT, polynomial 0x1021, init 0xFFFF."""
    return crc_hqx(data, 0xFFFF)


def _with_crc(data: bytes) -> bytes:
    return data + crc16(data).to_bytes(2, "big")


# Building, the controller's side


def short(op: FrameOp, seq: int = 0, session: int = 0) -> bytes:
    """NOP, GET_RESULT or GET_STATUS: the header. The answer comes in the bytes that follow in the same frame."""
    head = bytes((PROTOCOL | op, seq, session))
    return head + bytes((crc8(head),))


def link_reset(nonce: int) -> bytes:
    """LINK_RESET with a nonce of 32 bits, whose low byte is the new session and not 0."""
    return _with_crc(short(FrameOp.LINK_RESET) + nonce.to_bytes(4, "big"))


def access(
    op: FrameOp,
    seq: int,
    session: int,
    address: int,
    count: int,
    words: Sequence[int] = (),
    *,
    fixed: bool = False,
    wide: bool = False,
) -> bytes:
    """READ, WRITE or WRITE_MASKED of `count` words at a byte address of 40 bits; `words` is the payload, in units of 32 bits."""
    head = bytes((PROTOCOL | op, fixed << 7 | wide << 6 | count - 1, seq, session)) + address.to_bytes(5, "big")
    payload = b"".join([word.to_bytes(4, "big") for word in words])
    return _with_crc(head + bytes((crc8(head),)) + payload)


def answer(status: int, seq: int, result: int, done: int, words: Sequence[int], session: int) -> bytes:
    """The target's side: an answer from its token on. `status` without parity."""
    status |= (status.bit_count() & 1) << 7
    head = bytes((status, seq, result, bool(words) << 7 | done))
    body = head + bytes((crc8(head),)) + b"".join([word.to_bytes(4, "big") for word in words])
    return bytes((TOKEN,)) + body + crc16(bytes((session,)) + body).to_bytes(2, "big")


# Taking apart


def parse_answer(data: bytes, session: int) -> ResponseFrame | Flaw:
    """What came in after the header of a question with that session byte: wait bytes, an answer, zeros."""
    body = data.lstrip(b"\0")
    if not body:
        return Flaw.ZEROS
    if body[0] != TOKEN:
        return Flaw.ONES if set(data) == {0xFF} else Flaw.CORRUPT
    if len(body) < HEAD:
        return Flaw.CUT
    status, seq, result, length, hcrc = body[1:HEAD]
    if crc8(body[1 : HEAD - 1]) != hcrc or result > Result.PARTIAL:
        return Flaw.CORRUPT
    done = length & 0x7F
    end = HEAD + (4 * done if length & 0x80 else 0)
    if len(body) < end + 2:
        return Flaw.CUT
    if crc16(bytes((session,)) + body[1:end]) != int.from_bytes(body[end : end + 2], "big"):
        return Flaw.CORRUPT
    return ResponseFrame(status, seq, Result(result), done, _words(body[HEAD:end]))


def parse_status(words: Sequence[int]) -> LinkStatus | Flaw:
    """The content of an answer to GET_STATUS; CORRUPT for that of another question, or of no bridge of this protocol."""
    if len(words) != STATUS_WORDS or max(words[1] >> 12 & 0xF, words[1] >> 8 & 0xF) > Result.PARTIAL:
        return Flaw.CORRUPT
    first, second, low, nonce = words
    return LinkStatus(
        epoch=first >> 16,
        done=first >> 8 & 0x7F,
        seq=first & 0xFF,
        crc=second >> 16,
        dropped=Result(second >> 12 & 0xF),
        result=Result(second >> 8 & 0xF),
        address=(second & 0xFF) << 32 | low,
        nonce=nonce,
    )


class Dropped(NamedTuple):
    """A frame that the target does not act on, and why."""

    result: Result
    truncated: bool = False


def parse_request(data: bytes, cut: bool = False) -> RequestFrame | Dropped:
    """The target's side: a whole frame, of which `cut` says that it did not end at the end of a byte."""
    if not data:
        return Dropped(Result.FORMAT, truncated=True)
    code = data[0] & 0xF
    if data[0] & 0xF0 != PROTOCOL or code > FrameOp.LINK_RESET:
        return Dropped(Result.FORMAT)
    op = FrameOp(code)
    header = 10 if op in ACCESSES else 4
    if len(data) < header:
        return Dropped(Result.FORMAT, truncated=True)
    if crc8(data[: header - 1]) != data[header - 1]:
        return Dropped(Result.HCRC)
    if op is FrameOp.LINK_RESET:
        return _whole(data, cut, 10) or RequestFrame(op, data[1], data[2], int.from_bytes(data[4:8], "big"))
    if op not in ACCESSES:
        return RequestFrame(op, data[1], data[2])
    fixed, wide, count = bool(data[1] & 0x80), bool(data[1] & 0x40), (data[1] & 0x3F) + 1
    end = 10 + (4 * count * WORDS_ON_WIRE[op] << wide)
    flaw = _whole(data, cut, end + 2)
    if flaw is not None:
        return flaw
    address, crc = int.from_bytes(data[4:9], "big"), int.from_bytes(data[end:], "big")
    return RequestFrame(op, data[2], data[3], address, count, _words(data[10:end]), fixed, wide, crc)


def _words(data: bytes) -> tuple[int, ...]:
    return unpack(f">{len(data) // 4}I", data)


def _whole(data: bytes, cut: bool, length: int) -> Dropped | None:
    if len(data) < length or (len(data) == length and cut):
        return Dropped(Result.FORMAT, truncated=True)
    if len(data) > length:
        return Dropped(Result.FORMAT)
    return Dropped(Result.CRC) if crc16(data) else None
