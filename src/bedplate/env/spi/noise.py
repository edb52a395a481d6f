"""A bad line to a bridge: what can happen to a frame on its way there and back. Everything follows from a seed.

A bit counts only where somebody looks at it: all that the controller sends of an access, the header of a question, and what
comes back behind that header. So a damaged frame is one whose damage its receiver had to notice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import expm1, log, log1p
from random import Random

from bedplate.env.spi.bridge import Bridge
from bedplate.env.spi.frame import FrameOp

HEADER = 4
"""Bytes of a question."""
SHORTEST_BURST, LONGEST_BURST = 17, 64
"""Bits from the first to the last wrong one: longer than the CRC, since it finds every shorter one."""


def bit_errors(bits: int, rate: float, chance: Random, some: bool = False) -> int:
    """A mask over so many bits, each of them set at that rate (0 to 1, neither included); with `some`, given that one is."""
    right = log1p(-rate)
    mask, at = 0, -1
    if some:
        at = min(int(log1p(chance.random() * expm1(bits * right)) / right), bits - 1)
        mask = 1 << at
    while (at := at + 1 + int(log(1 - chance.random()) / right)) < bits:
        mask |= 1 << at
    return mask


def flipped(data: bytes, mask: int) -> bytes:
    """The data with the bits of a mask wrong; bit 0 is the last one on the wire."""
    return (int.from_bytes(data, "big") ^ mask).to_bytes(len(data), "big") if mask else data


class NoisyLine:
    """A `Transfer` that does `damage(line, data)` to a share `often` of the frames, and is a good line for the others.

    `elsewhere` is the bridge at another chip select, for frames that go astray. `frames` and `octets` count what was sent,
    `damaged` the damaged ones.
    """

    def __init__(
        self, bridge: Bridge, damage: Damage, often: float, chance: Random, elsewhere: Bridge | None = None
    ) -> None:
        self.bridge, self.damage, self.often, self.chance, self.elsewhere = bridge, damage, often, chance, elsewhere
        self.frames = self.octets = self.damaged = 0
        self.answers = deque([b""], maxlen=5)
        """What the bridge answered, the last one first."""
        self.held: bytes | None = None
        """A frame that arrives after the next one."""
        self._astray = False  # then the next frame is not: more of them in a row are no noise, but another chip

    def __call__(self, chip_select: int, data: bytes) -> bytes:
        self.frames += 1
        self.octets += len(data)
        held, self.held = self.held, None
        if held is None and not self._astray and self.chance.random() < self.often:
            self.damaged += 1
            self._astray = self.damage is astray
            came = self.damage(self, data)
        else:
            self._astray = False
            came = self.exchange(data)
        if held is not None:
            self.exchange(held)
        return came

    def exchange(self, data: bytes, cut: bool = False) -> bytes:
        """One frame, as it is."""
        self.answers.appendleft(self.bridge.exchange(data, cut))
        return self.answers[0]

    def send(self, data: bytes, mask: int) -> bytes:
        """One frame with the live bits of a mask wrong (see above)."""
        if not is_question(data):
            return self.exchange(flipped(data, mask))
        head = mask & (1 << 8 * HEADER) - 1
        return flipped(self.exchange(flipped(data, head << 8 * (len(data) - HEADER))), mask >> 8 * HEADER)

    def either_way(self, data: bytes, damage: Callable[[bytes], bytes]) -> bytes:
        """One frame with the damage done to what goes out, or to what comes back."""
        if is_question(data) and self.chance.random() < 0.5:
            return damage(self.exchange(data))
        return self.exchange(damage(data), cut=self.chance.random() < 0.5)


Damage = Callable[[NoisyLine, bytes], bytes]
"""What happens to a frame: it is sent, or not, and this is what comes back."""


def is_question(data: bytes) -> bool:
    """Whether its answer comes back in the frame itself."""
    return data[0] & 0xF in (FrameOp.GET_RESULT, FrameOp.GET_STATUS)


def bits_at(rate: float, some: bool = True) -> Damage:
    """Bit errors at a rate; with `some`, given that there is one."""
    return lambda line, data: line.send(data, bit_errors(8 * len(data), rate, line.chance, some))


def burst(line: NoisyLine, data: bytes) -> bytes:
    """A burst of errors: the first and the last bit of it wrong, those between by chance."""
    bits = 8 * len(data)
    length = min(line.chance.randint(SHORTEST_BURST, LONGEST_BURST), bits)
    mask = 1 << length - 1 | line.chance.getrandbits(length) | 1
    return line.send(data, mask << line.chance.randrange(bits - length + 1))


def garbage(line: NoisyLine, data: bytes) -> bytes:
    """Nothing but chance, as long as the frame is."""
    return line.send(data, line.chance.getrandbits(8 * len(data)))


def shift(line: NoisyLine, data: bytes) -> bytes:
    """A clock edge or a byte too many or too few: everything behind some place comes earlier or later."""
    by, level = line.chance.choice((1, 8)), line.chance.getrandbits(1)
    at, early = line.chance.randrange(8 * len(data)), line.chance.random() < 0.5

    def moved(data: bytes) -> bytes:
        rest = 8 * len(data) - at
        tail = int.from_bytes(data, "big") & (1 << rest) - 1
        fill = (1 << by) - 1 if level else 0
        later = tail << by | fill if early else (fill << rest | tail) >> by
        return flipped(data, tail ^ later & (1 << rest) - 1)

    return line.either_way(data, moved)


def stuck(line: NoisyLine, data: bytes) -> bytes:
    """From some bit on the line stays at a level."""
    rest = line.chance.randint(1, 8 * len(data))
    level = line.chance.getrandbits(1)

    def held(data: bytes) -> bytes:
        tail = int.from_bytes(data, "big") & (1 << rest) - 1
        return flipped(data, tail ^ (1 << rest) - 1 if level else tail)

    return line.either_way(data, held)


def lost(line: NoisyLine, data: bytes) -> bytes:
    """The frame does not arrive, or what comes back does not."""
    if line.chance.random() < 0.5:
        line.exchange(data)
    return bytes(len(data))


def repeated(line: NoisyLine, data: bytes) -> bytes:
    """The frame arrives twice."""
    line.exchange(data)
    return line.exchange(data)


def late(line: NoisyLine, data: bytes) -> bytes:
    """The frame arrives after the next one."""
    line.held = data
    return bytes(len(data))


def stale(line: NoisyLine, data: bytes) -> bytes:
    """What comes back is what came back one to four frames ago."""
    line.exchange(data)
    return line.chance.choice([*line.answers][1:])[: len(data)].ljust(len(data), b"\0")


def astray(line: NoisyLine, data: bytes) -> bytes:
    """This one frame goes to the bridge at another chip select, which answers."""
    assert line.elsewhere is not None
    return line.elsewhere.exchange(data)


def mixed(line: NoisyLine, data: bytes) -> bytes:
    """Lost, repeated, late or stale, with or without a few bit errors."""
    damage = line.chance.choice((lost, repeated, late, stale, bits_at(1e-3)))
    return damage(line, data)
