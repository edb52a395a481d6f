"""The SPI link under fire: frames are damaged in every way, and no access may be wrong, lost in silence, or done twice.

A bus over SPI talks to a bridge with memory behind it, on a line that damages every second frame. After each access the memory
tells what was really done. Right is: exactly this access, once, and its very data; or LinkDown, and the access once or not at all.
Everything else is undetected, and so is any other error.

Bit errors are drawn given that the frame has one, since at 1e-6 nearly all frames have none. How much of the line's bytes are
payload is measured on lines without that condition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil, sqrt
from random import Random
from typing import NamedTuple

from bedplate.bus import Decorator, MemoryBus, Request
from bedplate.bus.protocol import WORD
from bedplate.dv.jobs import TWO, Job, Runner, Tell, counted
from bedplate.env.spi import SpiBus, noise
from bedplate.env.spi.bridge import Bridge
from bedplate.env.spi.noise import Damage, NoisyLine
from bedplate.errors import LinkDown, UnknownName

RATES = (1e-6, 1e-5, 1e-4)
"""Bit errors per bit, both ways."""
PART = 10_000
"""Damaged frames of one part: what a process does at a time, and what is shown again to look at a finding."""
SIZE = 0x1000
"""Bytes of the memory: one page, so that bursts of every place and length occur."""
SHARE = 10
"""Each kind but the bit errors gets this part of the frames."""
LINES = ("read", "write", "read 64", "write 64")


class DamageKind(NamedTuple):
    """A way to damage frames, and at which rate theory lets one through (`slips`, per damaged frame; 0 for never)."""

    damage: Damage
    why: str
    slips: float = 0.0


FEW = "up to 3 wrong bits are always found; of 4 and more one in 2^15 is not: in all less than one frame in 10^7"
KINDS: dict[str, DamageKind] = {
    **{f"{rate:.0e}".replace("e-0", "e-"): DamageKind(noise.bits_at(rate), FEW) for rate in RATES},
    "burst": DamageKind(
        noise.burst, "longer than the CRC-16 and in a payload: one in 2^16 gets through, 2^15 at 17 bits", 2**-15
    ),
    "garbage": DamageKind(
        noise.garbage, "CRC-8, CRC-16, version, length, session and number must fit: less than one in 2^40"
    ),
    "shift": DamageKind(noise.shift, "by a bit or a byte: as a burst, where it begins in a payload", 2**-16),
    "stuck": DamageKind(noise.stuck, "from some bit on: as a burst, where it begins in a payload", 2**-16),
    "lost": DamageKind(noise.lost, "the sequence number tells"),
    "repeated": DamageKind(noise.repeated, "a number is executed once"),
    "late": DamageKind(noise.late, "the sequence number tells"),
    "stale": DamageKind(noise.stale, "number and session of the answer tell"),
    "astray": DamageKind(
        noise.astray, "sessions differ between chip selects; never two frames in a row: that is another chip"
    ),
    "mixed": DamageKind(noise.mixed, "lost, repeated, late, stale, and bit errors at 1e-3"),
}


class NoiseFinding(NamedTuple):
    """An access that was wrong, and nobody noticed. `replay` is the command that shows it again."""

    kind: str
    access: str
    what: str
    replay: str


class Tally(NamedTuple):
    """What one kind of damage did. `given_up` are accesses that ended in LinkDown, `noticed` is SpiBus.errors."""

    kind: str
    why: str
    frames: int
    damaged: int
    accesses: int
    given_up: int
    noticed: dict[str, int]
    undetected: int
    allowed: int
    """More undetected than this is no chance: theory, and five standard deviations."""


class Goodput(NamedTuple):
    """Payload bytes of 100 on the wire, at a rate of bit errors."""

    line: str
    rate: float
    percent: float


class NoiseReport(NamedTuple):
    """What a campaign found. Bit errors, and what a rule excludes, may not have one undetected."""

    seed: int
    tallies: tuple[Tally, ...]
    findings: tuple[NoiseFinding, ...]
    goodput: tuple[Goodput, ...]

    @property
    def ok(self) -> bool:
        """No kind let more through than theory says."""
        return all(tally.undetected <= tally.allowed for tally in self.tallies)


class Witness(Decorator):
    """Memory that remembers what was done to it: (address, word, bytes written or 0 for a read)."""

    def __init__(self) -> None:
        super().__init__(MemoryBus(SIZE))
        self.done: list[tuple[int, int, int]] = []

    def transact(self, request: Request) -> Sequence[int]:
        words = super().transact(request)
        for index, word in enumerate(words if request.values is None else request.values):
            self.done.append((request.address + WORD * index, word, request.size if request.values is not None else 0))
        return words


class NoisyAccess(NamedTuple):
    """Some access: what the chip must see of it (words of reads are 0 here), and how to make it."""

    name: str
    wanted: list[tuple[int, int, int]]
    play: Callable[[], list[int] | None]


def draw(bus: SpiBus, chance: Random) -> NoisyAccess:
    """Words, bytes and bursts, anywhere in the page."""
    address, choice, value = WORD * chance.randrange(SIZE // WORD), chance.random(), chance.getrandbits(32)
    if choice < 0.4:
        return NoisyAccess(f"read 0x{address:x}", [(address, 0, 0)], lambda: [bus.read(address)])
    if choice < 0.7:
        return NoisyAccess(f"write 0x{address:x}", [(address, value, WORD)], lambda: bus.write(address, value))
    if choice < 0.85:
        at, byte = address + chance.randrange(WORD), value & 0xFF
        return NoisyAccess(f"write byte 0x{at:x}", [(at, byte, 1)], lambda: bus.write(at, byte, 1))
    count = min(chance.choice((2, 4, 8, 16, 64)), (SIZE - address) // WORD)
    places = range(address, address + WORD * count, WORD)
    if choice < 0.925:
        wanted = [(at, 0, 0) for at in places]
        return NoisyAccess(f"read 0x{address:x}+{count}", wanted, lambda: list(bus.read_block(address, count)))
    words = [chance.getrandbits(32) for _ in places]
    wanted = [(at, word, WORD) for at, word in zip(places, words, strict=True)]
    return NoisyAccess(f"write 0x{address:x}+{count}", wanted, lambda: bus.write_block(address, words))


def judge(access: NoisyAccess, chip: Witness) -> tuple[bool, str]:
    """Make an access: whether it was given up, and what was wrong with it; "" for nothing."""
    chip.done.clear()
    given_up, got = False, None
    try:
        got = access.play()
    except LinkDown:
        given_up = True
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"
    if given_up and not chip.done:
        return True, ""
    done = [(address, word if size else 0, size) for address, word, size in chip.done]
    told = [word for _, word, size in chip.done if not size]
    if done != access.wanted:
        return given_up, f"the chip saw {chip.done}"
    if got is not None and got != told:
        return given_up, f"read {got}, but the chip told {told}"
    return given_up, ""


def part(
    seed: int, kind: str, number: int, frames: int | None = None
) -> tuple[Counter[str], Counter[str], list[NoiseFinding]]:
    """One part of a campaign, from its own seed, with so many damaged frames (`PART`): counts, what the bus noticed, what nobody did."""
    most = PART if frames is None else frames
    chance = Random(f"{seed} {kind} {number}")
    nonce = partial(chance.getrandbits, 32)
    chip, other = Witness(), Witness()
    beside = Bridge(other)
    neighbour = SpiBus(lambda select, data: beside.exchange(data), other.now, other.sleep, 1, nonce)
    line = NoisyLine(Bridge(chip), KINDS[kind].damage, 0.5, chance, beside)
    bus = SpiBus(line, chip.now, chip.sleep, nonce=nonce)
    counts, findings = Counter[str](), list[NoiseFinding]()
    theirs = 0
    while line.damaged < most:
        if beside.nonce != theirs or not theirs:  # its own controller would lose its session, and attach anew
            neighbour.attach()
            theirs = beside.nonce
        access = draw(bus, chance)
        given_up, what = judge(access, chip)
        counts["accesses"] += 1
        counts["given_up"] += given_up
        if other.done:
            what = f"the chip beside saw {other.done}"
            other.done.clear()
        if what:
            findings.append(NoiseFinding(kind, access.name, what, _replay(seed, kind, number)))
    counts["frames"], counts["damaged"] = line.frames, line.damaged
    return counts, bus.errors, findings


def _replay(seed: int, kind: str, number: int) -> str:
    return f"bedplate dv spi-noise --kind {kind} --seed {seed} --part {number}"


def goodput(seed: int, what: str, rate: float, octets: int) -> Goodput:
    """How much of the wire is payload, for accesses of one sort, over so many bytes of wire."""
    chance, chip = Random(f"{seed} {what} {rate}"), Witness()
    fault = noise.bits_at(rate, some=False) if rate else noise.lost
    line = NoisyLine(Bridge(chip), fault, 1.0 if rate else 0.0, chance)
    bus = SpiBus(line, chip.now, chip.sleep, nonce=partial(chance.getrandbits, 32))
    bus.attach()
    line.octets, payload, count = 0, 0, 64 if "64" in what else 1
    while line.octets < octets:
        try:
            if what.startswith("read"):
                bus.read_block(0, count)
            else:
                bus.write_block(0, [0x5AA5_C33C] * count)
            payload += WORD * count
        except LinkDown:
            pass  # its bytes are on the wire all the same
        chip.done.clear()
    return Goodput(what, rate, 100 * payload / line.octets)


def run(
    frames: int,
    seed: int = 1,
    kinds: Sequence[str] = (),
    number: int | None = None,
    runner: Runner = TWO,
    tell: Tell | None = None,
) -> NoiseReport:
    """At least so many frames with bit errors, and a tenth of it with each other kind of damage. Raises UnknownName.

    `kinds` are all by default. `number` is one part of them alone, as a finding's replay line says.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("kind of damage", kind, KINDS)
    chosen = list(kinds) or list(KINDS)
    shares = {kind: ceil(frames / (SHARE if n >= len(RATES) else len(RATES))) for n, kind in enumerate(KINDS)}
    todo = [
        (kind, n, min(PART, shares[kind] - n * PART) if number is None else PART)
        for kind in chosen
        for n in ([number] if number is not None else range(ceil(shares[kind] / PART)))
    ]
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in chosen}
    noticed: dict[str, Counter[str]] = {kind: Counter() for kind in chosen}
    findings: list[NoiseFinding] = []
    jobs = [Job(f"{kind}, part {n}", _replay(seed, kind, n), part, (seed, kind, n, size)) for kind, n, size in todo]
    for (kind, *_), (count, errors, found) in zip(
        todo, runner.run(jobs, counted(tell, "parts", len(jobs))), strict=True
    ):
        counts[kind] += count
        noticed[kind] += errors
        findings += found
    lines = [(what, rate) for what in LINES for rate in (0.0, *RATES)] if not kinds and number is None else []
    wire = min(max(frames * 2, 200_000), 10_000_000)
    again = f"bedplate dv spi-noise --seed {seed} --frames {frames}"
    measured = runner.run(
        [Job(f"{what} at {rate:g}", again, goodput, (seed, what, rate, wire)) for what, rate in lines]
    )
    return NoiseReport(seed, tuple(_tallies(chosen, counts, noticed, findings)), tuple(findings), tuple(measured))


def _tallies(
    kinds: Sequence[str],
    counts: dict[str, Counter[str]],
    noticed: dict[str, Counter[str]],
    findings: Sequence[NoiseFinding],
) -> Iterator[Tally]:
    found = Counter(finding.kind for finding in findings)
    for kind in kinds:
        count, how = counts[kind], KINDS[kind]
        expected = how.slips * count["damaged"]
        yield Tally(
            kind,
            how.why,
            count["frames"],
            count["damaged"],
            count["accesses"],
            count["given_up"],
            dict(noticed[kind]),
            found[kind],
            int(expected + 5 * sqrt(expected)) + (expected > 0),
        )
