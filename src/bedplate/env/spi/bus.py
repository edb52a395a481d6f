"""A bus over the SPI bridge, from one function that moves bytes. No access is ever executed twice, however the line behaves.

Why that holds: the bridge executes a sequence number once, and only from a frame in which everything is right. So this side
may send the same frame again as often as it likes, until an answer whose checks are right says that this very number is decided.
An answer that comes late, to an earlier question, is known by its number or by the session byte that seeds its check.
What it cannot get an answer for it reports, and attaches anew before the next access.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence

from bedplate.bus.protocol import SIZES, WORD
from bedplate.bus.time import ms, poll_by_reading, us
from bedplate.env.owner import Owner
from bedplate.env.spi.frame import (
    HEAD,
    LONGEST_BURST,
    PAGE,
    STATUS_WORDS,
    Flaw,
    FrameOp,
    LinkStatus,
    ResponseFrame,
    Result,
    access,
    link_reset,
    parse_answer,
    parse_status,
    short,
)
from bedplate.errors import BusFault, BusSize, LinkDown, OutOfRange, OutOfReach

ATTEMPTS = 8
"""Tries of a frame before giving up. At a bit error in a thousand, a short frame still fails less than once in 10^5."""
WAITS = 1
"""Wait bytes that a first question leaves room for: the bridge sends that many at least, and an access is over by then."""
MORE_WAITS = 4
"""How many times that many, each time that they were too few."""
MOST_WAITS = 256
FEW_WAITS = 16
"""What a short way leaves room for, where a whole burst and MOST_WAITS would not fit into a frame."""
REQUEST, QUESTION, CHECK = 10, 4, 2
"""Bytes: what is before the payload of an access, a question, the CRC after a payload."""
LONGEST_FRAME = QUESTION + MOST_WAITS + HEAD + 4 * LONGEST_BURST + CHECK
SHORTEST_FRAME = QUESTION + FEW_WAITS + HEAD + 4 * STATUS_WORDS + CHECK
"""Bytes of the longest frame that may be wanted, and of the least without which there is no way to the bridge."""
SELECTS = 4
"""Sessions are equal to their chip select, modulo this: so the bridge at another select never takes a frame for its own."""
BUDGET = ms(100)
"""Device time for a bridge that is busy: a hundred times its own limit for an access."""

CAUSES = {
    Result.SLVERR: "the block refused, or the fabric answered for it",
    Result.DECERR: "nobody can live at this address",
    Result.AXI_TIMEOUT: "no answer in time: a block without power or clock, in reset, or hung",
    Result.FORMAT: "the bridge does not know this operation, alignment or length",
    Result.BUSY: "an earlier access was never answered by the fabric",
    Result.LOCKED: "the bridge is disabled, or takes no writes",
}

Transfer = Callable[[int, bytes], bytes]
"""`transfer(chip_select, out)`: one frame with chip select low, full duplex; as many bytes come back as went out.

Chip select has been high for at least a microsecond before. Raises BusSize for a frame that is too long for this way, of which nothing was sent.
"""


class SpiBus:
    """A bus through the bridge at a chip select. It attaches at the first access; only the link's own state is kept.

    `now` and `sleep` are device time (ns). `nonce` makes 32 random bits for a new session. `errors` counts what went wrong on
    the line, by name: ZEROS, ONES, CUT, CORRUPT for answers; STALE for an answer to something else; HCRC, CRC, SEQ_GAP, ...
    for frames that the bridge dropped or never saw; LINK_RESET for one without effect, SESSION_MISMATCH for a lost session.
    `left` is what the controller before left, as of the last attach. Whoever is not the `owner` is told so (NotOwner).
    """

    sizes = SIZES

    def __init__(
        self,
        transfer: Transfer,
        now: Callable[[], int],
        sleep: Callable[[int], None],
        chip_select: int = 0,
        nonce: Callable[[], int] = lambda: int.from_bytes(os.urandom(4)),
        owner: Owner | None = None,
        longest: int | None = None,
    ) -> None:
        """`longest` is that of the frames (bytes) that the way may take; how long they are indeed is found before the first access. None: any."""
        self.now = now
        self.sleep = sleep
        self.chip_select = chip_select
        self.errors: Counter[str] = Counter()
        self.left: LinkStatus | None = None
        self.owner = owner or Owner(f"SPI link at chip select {chip_select}")
        self._transfer = transfer
        self._nonce = nonce
        self._session = 0
        self._seq = 0
        self._questions = 0
        self._longest = LONGEST_FRAME if longest is None else min(longest, LONGEST_FRAME)
        self._fits = longest is None
        """Whether a frame so long goes."""

    # Bus

    def read(self, address: int, size: int = WORD) -> int:
        """One word's frame, whatever the size: the bridge reads whole words. Raises BusSize, BusFault, LinkDown."""
        self._check(address, size)
        at = address % WORD
        return self._access(FrameOp.READ, address - at, 1)[0] >> 8 * at & (1 << 8 * size) - 1

    def write(self, address: int, value: int, size: int = WORD) -> None:
        """One frame; narrower than a word it is a masked write. Raises BusSize, OutOfRange, BusFault, LinkDown."""
        self._check(address, size)
        ones, at = (1 << 8 * size) - 1, address % WORD
        if not 0 <= value <= ones:
            raise OutOfRange(f"0x{value:x} is no value of {size} bytes", where=f"0x{address:08x}")
        if size == WORD:
            self._access(FrameOp.WRITE, address, 1, (value,))
        else:
            self._access(FrameOp.WRITE_MASKED, address - at, 1, (ones << 8 * at, value << 8 * at))

    def read_block(self, address: int, count: int) -> Sequence[int]:
        """As few frames as their length and the bridge's pages allow. Raises BusSize, BusFault, LinkDown."""
        self._check(address, WORD, count)
        words: list[int] = []
        while len(words) < count:
            at = address + len(words) * WORD
            words += self._access(FrameOp.READ, at, self._burst(FrameOp.READ, at, count - len(words)))
        return words

    def write_block(self, address: int, values: Sequence[int]) -> None:
        """As few frames as their length and the bridge's pages allow; one that fails leaves those before it done.

        Raises BusSize, OutOfRange, BusFault, LinkDown.
        """
        self._check(address, WORD, len(values))
        for value in values:
            if not 0 <= value < 1 << 32:
                raise OutOfRange(f"0x{value:x} is no word", where=f"burst at 0x{address:08x}")
        done = 0
        while done < len(values):
            at = address + done * WORD
            count = self._burst(FrameOp.WRITE, at, len(values) - done)
            self._access(FrameOp.WRITE, at, count, values[done : done + count])
            done += count

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        """Each sample is a frame of its own."""
        return poll_by_reading(self, address, mask, value, timeout, size)

    # Link

    def status(self) -> LinkStatus:
        """What the bridge says of itself and of the last access. Touches nothing. Raises LinkDown."""
        self.owner.enter()
        self._fit()
        return self._look()[1]

    def attach(self) -> LinkStatus:
        """Begin a session of our own; the status that the controller before left. Waits for its last access to end.

        The chip's configuration and the bridge's counters stay. Raises LinkDown, and BusFault for a bridge that stays busy.
        """
        self.owner.enter()
        self._fit()
        self._session = 0
        self._questions = self._nonce() & 0xFF  # not where the controller before began
        left = self._when_idle()
        nonce = self._nonce() & -SELECTS | self.chip_select % SELECTS
        for _ in range(ATTEMPTS):
            # Each time another nonce: a LINK_RESET that went astray, or comes late, must not open a bridge to what follows.
            nonce = _next_nonce(nonce, left.nonce)
            self._transfer(self.chip_select, link_reset(nonce))
            if self.status().nonce == nonce:
                self._session, self._seq, self.left = nonce & 0xFF, 0, left
                return left
            self.errors["LINK_RESET"] += 1
        raise self._down("the bridge does not take a new session", "LINK_RESET without effect")

    def _fit(self) -> None:
        """Find the longest frame that this way takes, by a question that touches nothing. Raises BusSize for none that would do.

        It is asked before any access: what was read is lost where its answer is too long for the way.
        """
        while not self._fits:
            question = short(FrameOp.GET_STATUS, 0, self._questions)
            try:
                self._transfer(self.chip_select, question + bytes(self._longest - len(question)))
                self._fits = True
            except BusSize:
                if self._longest == SHORTEST_FRAME:
                    raise
                self._longest = max(self._longest // 2, SHORTEST_FRAME)

    def _burst(self, op: FrameOp, address: int, words: int) -> int:
        """How many of so many words one frame can carry from this address on."""
        if not self._fits:
            self.owner.enter()
            self._fit()
        around = REQUEST + CHECK if op is FrameOp.WRITE else QUESTION + FEW_WAITS + HEAD + CHECK
        return min(words, LONGEST_BURST, (self._longest - around) // WORD, (PAGE - address % PAGE) // WORD)

    def _when_idle(self) -> LinkStatus:
        deadline, pause = self.now() + BUDGET, us(10)
        while True:
            late = self.now() >= deadline
            busy, status = self._look()
            if not busy:
                return status
            if late:
                raise self._fault("attach", status.address, Result.BUSY)
            pause = self._rest(pause, deadline)

    def _access(self, op: FrameOp, address: int, count: int, words: Sequence[int] = ()) -> Sequence[int]:
        """One access, executed once. Raises BusFault by the result's name, LinkDown."""
        self.owner.enter()
        if not self._session:
            self.attach()
        seq = self._seq % 255 + 1
        frame = access(op, seq, self._session, address, count, words)
        session, self._session = self._session, 0  # whatever leaves here early must attach anew
        answer = self._decide(frame, seq, session, op, address, count)
        self._seq, self._session = seq, session
        if answer.result is Result.OKAY:
            return answer.words
        raise self._fault(op.name, address, answer.result, f"{answer.done} of {count} words")

    def _decide(self, frame: bytes, seq: int, session: int, op: FrameOp, address: int, count: int) -> ResponseFrame:
        """Send the frame until the bridge has decided it. A busy bridge costs time, a bad line costs attempts."""
        doing = f"{op.name} at 0x{address:08x}"
        words = count if op is FrameOp.READ else 0
        deadline, pause, attempts, resend = self.now() + BUDGET, us(10), 0, True
        while True:
            late = self.now() >= deadline
            if resend:
                self._transfer(self.chip_select, frame)
            answer = self._ask(FrameOp.GET_RESULT, seq, session, words)
            whole = (answer.done, len(answer.words)) == (count, words)
            if answer.valid and answer.seq == seq and (whole or answer.result is not Result.OKAY):
                return answer
            flaw = "STALE" if answer.valid or answer.result is Result.OKAY else answer.result.name
            self.errors[flaw] += 1
            if answer.result is Result.SESSION_MISMATCH:
                raise self._down(
                    f"lost the session in {doing}", "SESSION_MISMATCH", "another controller, or a reset of the bridge"
                )
            if answer.result is Result.BUSY:
                if late:
                    raise self._fault(op.name, address, Result.BUSY)
                resend = answer.seq != seq  # ours is under way: only ask again
                pause = self._rest(pause, deadline)
                continue
            resend = True
            attempts += 1
            if attempts == ATTEMPTS:
                raise self._down(f"no attempt at {doing} got through", flaw, "frames towards the chip are damaged")

    def _look(self) -> tuple[bool, LinkStatus]:
        """Whether the bridge is busy, and its status. Each question is one of its own, or a late answer could be believed."""
        for _ in range(ATTEMPTS):
            self._questions = self._questions % 255 + 1
            answer = self._ask(FrameOp.GET_STATUS, 0, self._questions, STATUS_WORDS)
            status = parse_status(answer.words)
            if isinstance(status, LinkStatus) and not answer.valid:
                return answer.busy, status
            self.errors["STALE"] += 1
        raise self._down("no answer to GET_STATUS", "answers to something else", "a bridge of another protocol")

    def _ask(self, op: FrameOp, seq: int, session: int, words: int) -> ResponseFrame:
        """Ask until an answer can be believed: questions change nothing. Raises LinkDown."""
        question, waits, flaw = short(op, seq, session), WAITS, Flaw.ZEROS
        for _ in range(ATTEMPTS):
            room = min(waits + HEAD + 4 * words + CHECK, self._longest - len(question))
            came = self._transfer(self.chip_select, question + bytes(room))
            answer = parse_answer(came[len(question) :], session)
            if isinstance(answer, ResponseFrame):
                return answer
            flaw = answer
            self.errors[flaw.name] += 1
            if flaw in (Flaw.CUT, Flaw.ZEROS):
                waits = min(MORE_WAITS * waits, MOST_WAITS)
        raise self._down(f"no answer to {op.name}", flaw.value)

    def _rest(self, pause: int, deadline: int) -> int:
        """Sleep, but hardly past the deadline; the pause after this one."""
        self.sleep(min(pause, max(deadline - self.now(), us(10))))
        return 2 * pause

    # Errors

    def _check(self, address: int, size: int, count: int = 1) -> None:
        if size not in SIZES or address % size:
            raise BusSize(f"access of {size} bytes at 0x{address:x}", wanted="1, 2 or 4 bytes, aligned")
        if not 0 <= address <= (1 << 40) - size * count:
            raise OutOfReach("no frame can carry this address", where=f"0x{address:08x}", wanted="below 2^40")

    def _down(self, what: str, got: str, cause: str = "chip without power, wiring, or a clock too fast") -> LinkDown:
        return LinkDown(
            what,
            where=f"chip select {self.chip_select}",
            wanted="a checked answer of the bridge",
            got=got,
            cause=cause,
            next="check power, wiring and clock rate; the next access attaches anew",
        )

    def _fault(self, doing: str, address: int, result: Result, detail: str = "") -> BusFault:
        return BusFault(
            f"{doing} answered {result.name}" + (f", {detail}" if detail else ""),
            where=f"0x{address:08x}",
            wanted="OKAY",
            got=result.name,
            cause=CAUSES.get(result, "a word of the burst was not answered, or with an error"),
        )


def _next_nonce(nonce: int, old: int) -> int:
    """The next one of the same chip select, whose session is neither 0 nor that of the old one."""
    while (nonce := nonce + SELECTS & 0xFFFF_FFFF) & 0xFF in (0, old & 0xFF):
        pass
    return nonce
