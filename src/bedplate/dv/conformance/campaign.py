"""Conformance: does every register of every instance behave as its description says? On any target, in one boot.

Reset values, and the driver's `reset_state`, are read when an instance is first reached, before any step. Then, users before their providers, every register
is bashed bit by bit, read-only ones are written to, sticky bits cleared one by one, locks closed last; after each write of a
whole word all safe registers of the block are read (aliasing), and after each instance those of all other instances.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from bedplate.block import State, Wait
from bedplate.bus import MemoryBus
from bedplate.converge import Chip, Scheduler
from bedplate.dv.conformance import gaps, semantics
from bedplate.dv.conformance.gaps import Failure
from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import Job, Runner, Tell, counted
from bedplate.env import chip_type, open_bus, parse
from bedplate.errors import AccessError, BusFault
from bedplate.reg import Effect, Probe, Register, registers
from bedplate.reg.value import hexadecimal
from bedplate.topology import Instance

NEVER_WRITTEN = Effect.PERMANENT | Effect.OPENS_SECURITY
"""A register that may do one of these is never written, whatever else it does."""

TAKES_NOTHING = "takes no write"

WHOLE_WORDS = 4
"""The first patterns write whole words: after each of them all other registers of the block are read (aliasing)."""


class ConformanceReport(NamedTuple):
    """How much was checked, what failed, and what was left out for which reason."""

    registers: int
    checks: int
    failed: tuple[Failure, ...]
    excluded: tuple[tuple[str, str], ...]


class Checked(NamedTuple):
    """One register of one instance."""

    name: str
    register: Register


Patterns = Callable[[type[Register]], Iterator[int]]


def whole_patterns(cls: type[Register]) -> Iterator[int]:
    """Zeros, ones, checkerboards."""
    ones = (1 << cls.WIDTH) - 1
    yield from (0, ones, ones // 3, ones // 3 << 1)


def every_pattern(cls: type[Register]) -> Iterator[int]:
    """Whole words first, then every bit up and down."""
    yield from whole_patterns(cls)
    for bit in range(cls.WIDTH):
        yield 1 << bit
        yield (1 << cls.WIDTH) - 1 ^ 1 << bit


def run(chip: Chip, pattern: str = "*", tell: Tell | None = None, *, by_type: bool = False) -> ConformanceReport:
    """All checks on the instances that the pattern names. The chip must be fresh from power-on, and is not usable after.

    `by_type` is for instances of a type that are the same logic: one of them is tried with every bit, the others with whole words.
    `tell(instance, done, total)` is called on the way. Raises UnknownName, LinkDown.
    """
    chosen = _chosen(chip, pattern)
    return _run(chip, chosen, _every_bit_of(chosen, by_type), tell)


def run_shared(
    target: str, pattern: str, runner: Runner, tell: Tell | None = None, *, by_type: bool = False
) -> ConformanceReport:
    """The same, by jobs that open a chip each and share the instances.

    Raises UnknownName; AccessError for a target that is the same chip each time it is opened.
    """
    if not parse(target).is_made_anew:
        raise AccessError(
            "a chip that is there once is checked by one process",
            where=target,
            wanted="--jobs 1 --on local",
            got=f"--jobs {runner.jobs} --on {runner.on}",
        )
    drawing = chip_type(parse(target).name)(MemoryBus(0))
    chosen = _chosen(drawing, pattern)
    names, every_bit_of = [block.name for block in chosen], _every_bit_of(chosen, by_type)
    parts = min(runner.width, len(names))
    shares = [names[len(names) * part // parts : len(names) * (part + 1) // parts] for part in range(parts)]
    again = f"bedplate --target '{target}' dv conformance"
    jobs = [Job(" ".join(share), f"{again} {share[0]}", checked, (target, share, every_bit_of)) for share in shares]
    return merged(runner.run(jobs, counted(tell, "shares", len(jobs))))


def checked(target: str, names: Sequence[str], every_bit_of: Collection[str]) -> ConformanceReport:
    """A job: all checks on these instances, on a chip that is opened in a fork, and gone with it."""
    return in_fork(partial(_checked, target, names, every_bit_of))


def _checked(target: str, names: Sequence[str], every_bit_of: Collection[str]) -> ConformanceReport:
    kind = chip_type(parse(target).name)
    chip = kind(open_bus(target, kind))
    return _run(chip, [block for block in _chosen(chip) if block.name in names], every_bit_of, None)


def _every_bit_of(chosen: Sequence[Instance], by_type: bool) -> frozenset[str]:
    """Whose registers are tried with every bit, not with whole words alone: everybody's, or those of one instance of each type."""
    return frozenset({block.ip if by_type else block.name: block.name for block in chosen}.values())


def _chosen(chip: Chip, pattern: str = "*") -> list[Instance]:
    """Users before their providers."""
    chosen = chip.select(pattern)
    return [block for block in reversed(chip.order) if block in chosen]


def merged(reports: Sequence[ConformanceReport]) -> ConformanceReport:
    """Several reports as one, in the order of names, so that it does not matter who found what."""
    return ConformanceReport(
        sum(report.registers for report in reports),
        sum(report.checks for report in reports),
        tuple(sorted((one for report in reports for one in report.failed), key=lambda one: one.name)),
        tuple(sorted(one for report in reports for one in report.excluded)),
    )


def _run(chip: Chip, blocks: list[Instance], every_bit_of: Collection[str], tell: Tell | None) -> ConformanceReport:
    suite = Suite(chip, blocks)
    suite.check_resets()
    for done, block in enumerate(blocks, 1):
        with chip.allow(force=True):
            suite.check_instance(block, every_pattern if block.name in every_bit_of else whole_patterns)
        if tell is not None:
            tell(block.name, done, len(blocks))
    return merged([ConformanceReport(suite.registers, suite.checks, tuple(suite.failed), tuple(suite.excluded))])


class _ResetValues(Scheduler):
    """Brings the chip up, and hands over every instance when it is reached for the first time."""

    def __init__(self, chip: Chip, first_look: Callable[[Instance], None]) -> None:
        super().__init__(chip)
        self._first_look = first_look
        self._seen: set[str] = set()

    def look(self, block: Instance) -> State:
        if block.name not in self._seen:
            self._seen.add(block.name)
            self._first_look(block)
        return super().look(block)


class Suite:
    """The checks, and what came of them."""

    def __init__(self, chip: Chip, chosen: list[Instance]) -> None:
        self.chip = chip
        self.chosen = chosen
        self.registers = 0
        self.checks = 0
        self.failed: list[Failure] = []
        self.excluded: list[tuple[str, str]] = []
        self.absent: set[str] = set()
        self.bashed: list[tuple[Register, int]] = []
        self._types = {block.name: block.ip for block in chip.all}
        names = sorted(map(re.escape, self._types), key=len, reverse=True)
        self._instance = re.compile(rf"(?<![\w.])(?:{'|'.join(names)})(?!\w)")

    def check(self, name: str, what: str, wanted: int, got: int, width: int, cls: type[Register] | None = None) -> None:
        """Count a check; where the values differ, note them as a failure of `name`, in hexadecimal of `width` bits."""
        self.checks += 1
        if wanted != got:
            self.fail(name, what, hexadecimal(wanted, width), hexadecimal(got, width), cls, wanted ^ got)

    def fail(
        self, name: str, what: str, wanted: str, got: str, cls: type[Register] | None = None, differing: int = 0
    ) -> None:
        """Note a failure, with the kinds of gap that it shows."""
        typed = self._instance.sub(lambda match: self._types[match[0]], f"{name}\0{what}")
        typed_name, _, typed_what = typed.partition("\0")
        kinds = gaps.kinds(typed_name, typed_what, cls, differing)
        self.failed.append(Failure(name, what, wanted, got, kinds))

    def exclude(self, name: str, reason: str) -> None:
        """Note what is not checked, and why: the report lists it."""
        self.excluded.append((name, reason))

    # Reset values

    def check_resets(self) -> None:
        """Compare reset values while the chip comes up: each instance when it can first answer, before anything is written to it."""
        reached: set[str] = set()

        def first_look(block: Instance) -> None:
            reached.add(block.name)
            if block in self.chosen:
                self._reset_values(block)

        report = _ResetValues(self.chip, first_look).run()
        for line in report.lines:
            if line.name not in reached:
                self.absent.add(line.name)
                if any(block.name == line.name for block in self.chosen):
                    self.exclude(line.name, f"{line.outcome.value}: {line.cause or 'fused off'}")

    def _reset_values(self, block: Instance) -> None:
        state = block.observe()
        if state is block.goal and block.goal is not block.reset_state:
            self.exclude(block.name, "reset values: configured before this run; power-cycle the chip first")
            return
        self.checks += 1
        if state not in _out_of_reset(type(block)):
            self.fail(block.name, "`reset_state` of its driver", block.reset_state.name, state.name)
        for name, register in handles_of(block):
            cls = type(register)
            fields = [f for f in cls.Value.FIELDS if f.readable and f.reset is not None and semantics.is_stable(f)]
            if not readable(cls) or not fields:
                continue
            mask = sum(field.mask & ~semantics.uncompared(field) for field in fields)
            wanted = sum(field.insert(field.reset or 0) for field in fields) & mask
            self.check(name, "reset value", wanted, register._load() & mask, cls.WIDTH, cls)

    # One instance

    def check_instance(self, block: Instance, patterns: Patterns) -> None:
        """All checks but reset values, of an instance that is there; those who do not use it must not change by them."""
        if block.name in self.absent:
            return
        others = [other for other in self._not_users_of(block) if other.name not in self.absent]
        before = {other.name: _stable(other) for other in others}
        handles = list(handles_of(block))
        self.registers += len(handles)
        writable = [one for one in handles if not one.register.EFFECT & NEVER_WRITTEN]
        for name, register in handles:
            if register.EFFECT & NEVER_WRITTEN:
                self.exclude(name, f"writes: effect {register.EFFECT.words}")
        for name, register in writable:
            if not is_lock(register):
                self.check_register(name, register, handles, patterns)
        for name, register in writable:
            if is_lock(register):
                self.check_lock(name, register, writable)
        for other in others:
            after = _stable(other)
            for name, word in before[other.name].items():
                self.check(name, f"unchanged by {block.name}", word, after.get(name, -1), 32)
        while self.bashed:  # only now: a write that lands in another instance would be undone there as well
            register, original = self.bashed.pop()
            register._store(original)

    def _not_users_of(self, block: Instance) -> list[Instance]:
        """The instances that this one's registers must not change: all that do not need it, directly or not."""
        users = {block.name}
        for other in self.chip.order:
            if any(need.provider.name in users for need in other.needs):
                users.add(other.name)
        return [other for other in self.chip.order if other.name not in users]

    def check_register(self, name: str, register: Register, handles: list[Checked], patterns: Patterns) -> None:
        """Writes to a register, and what becomes of it and of its neighbours."""
        cls = type(register)
        if semantics.untested(cls):
            self.exclude(name, "writes: donttest")
            return
        primary = _primary(register, handles)
        if primary is not register and readable(type(primary)) and _twin_mask(cls, type(primary)):
            self._check_writes(name, register, primary, handles, patterns)
            return
        if not readable(cls):
            reason = f"probe {cls.PROBE.value}" if cls.PROBE is not Probe.SAFE else "write-only"
            self.exclude(name, f"read back: {reason}")
            return
        self._check_sticky(name, register)
        self._check_writes(name, register, register, handles, patterns)

    def _check_writes(
        self, name: str, register: Register, shown: Register, handles: list[Checked], patterns: Patterns
    ) -> None:
        """Patterns written to a register, and what `shown` then holds: itself, or what an alias is one of."""
        cls = type(register)
        family = _family(register, handles)
        original = shown._load()
        mask = semantics.stable_mask(cls) if register is shown else _twin_mask(cls, type(shown))
        closed = _closed(register, handles)
        neighbours = _words(handles, family)
        wrong: list[tuple[str, int, int]] = []
        tried, seen = 0, set()
        for number, data in enumerate(patterns(cls)):
            before = shown._load() & mask
            register._store(data)
            wanted = semantics.expected(cls, before, data, mask) & ~closed | before & closed
            got = shown._load() & mask
            seen.add(got)
            tried += 1
            if wanted != got:
                wrong.append((f"write {hexadecimal(data, cls.WIDTH)}", wanted, got))
            for twin in family if number < WHOLE_WORDS else ():
                self._check_twin(twin, shown, name)
            if number < WHOLE_WORDS:
                for other, word in _words(handles, family).items():
                    kind = next(type(one.register) for one in handles if one.name == other)
                    self.check(other, f"unchanged by a write of {name}", neighbours[other], word, 32, kind)
        self.checks += tried
        if wrong and len(seen) == 1:
            _, wanted, got = wrong[0]
            self.fail(name, TAKES_NOTHING, hexadecimal(wanted, cls.WIDTH), hexadecimal(got, cls.WIDTH))
        for what, wanted, got in wrong if len(seen) > 1 else ():
            self.fail(name, what, hexadecimal(wanted, cls.WIDTH), hexadecimal(got, cls.WIDTH), cls, wanted ^ got)
        self.bashed.append((shown, original))

    def _check_twin(self, twin: Checked, shown: Register, written: str) -> None:
        """An alias, or what it is one of, shows the same storage."""
        cls = type(twin.register)
        if twin.register.address == shown.address or not readable(cls):
            return
        mask = semantics.stable_mask(cls) & semantics.stable_mask(type(shown))
        self.check(
            twin.name,
            f"shows what {written} wrote",
            shown._load() & mask,
            twin.register._load() & mask,
            cls.WIDTH,
            cls,
        )

    def _check_sticky(self, name: str, register: Register) -> None:
        """Bits that hardware sets and software clears, one by one: a no-op keeps them, clearing one leaves the others."""
        cls = type(register)
        sticky = [field for field in cls.Value.FIELDS if semantics.is_sticky(field)]
        ones = (1 << cls.WIDTH) - 1
        idle = sum(field.mask for field in cls.Value.FIELDS if field.onwrite in ("wzs", "wzc", "wzt"))
        mask = sum(field.mask for field in sticky)
        for field in sticky:
            before = register._load()
            plain = before & ~mask & ~idle & ones
            register._store(plain | idle)
            self.check(
                name, f"no-op write, before clearing {field.name}", before & mask, register._load() & mask, cls.WIDTH
            )
            register._store((plain | idle) ^ field.mask)
            wanted = before & mask & ~field.mask
            self.check(name, f"clear {field.name} alone", wanted, register._load() & mask, cls.WIDTH)

    def check_lock(self, name: str, register: Register, handles: list[Checked]) -> None:
        """A lock takes no opening value, closes, stays closed, and then what it locks does not change."""
        cls = type(register)
        locks = [field for field in cls.Value.FIELDS if semantics.is_lock(field)]
        mask = sum(field.mask for field in locks)
        opening = (1 << cls.WIDTH) - 1 if locks[0].onwrite == "wzc" else 0
        self.check(name, "open from reset", mask, register._load() & mask, cls.WIDTH)
        register._store(opening)
        self.check(name, "a no-op write leaves it open", mask, register._load() & mask, cls.WIDTH)
        register._store(opening ^ mask)
        self.check(name, "closes", 0, register._load() & mask, cls.WIDTH)
        register._store(opening)
        self.check(name, "stays closed", 0, register._load() & mask, cls.WIDTH)
        for other, locked in handles:
            fields = semantics.locked_by(type(locked), register.path.rpartition(".")[2])
            held = sum(field.mask for field in fields) & semantics.stable_mask(type(locked))
            if held and readable(type(locked)):
                before = locked._load()
                locked._store(before ^ held)
                self.check(other, f"locked by {name}", before & held, locked._load() & held, type(locked).WIDTH)


def handles_of(block: Instance) -> Iterator[Checked]:
    """Every register of an instance."""
    for path, offset, cls in registers(type(block.regs)):
        name = f"{block.name}.{path}"
        yield Checked(name, cls(block.regs.bus, block.regs.base + offset, name))


def _out_of_reset(driver: type[Instance]) -> set[State]:
    """The states in which an instance is met that has come out of reset: what the driver says, and what hardware makes of it alone."""
    states = [driver.reset_state]
    while isinstance(way := driver.way_from(states[-1]), Wait) and way.target not in states:
        states.append(way.target)
    return set(states)


def readable(cls: type[Register]) -> bool:
    """Whether reading it is harmless, and shows something."""
    return cls.PROBE is Probe.SAFE and any(field.readable for field in cls.Value.FIELDS)


def is_lock(register: Register) -> bool:
    """Whether it holds a lock that nobody opens again. A twin that clears does not: what it clears another one sets."""
    return not register.ALIAS and any(semantics.is_lock(field) for field in type(register).Value.FIELDS)


def _closed(register: Register, handles: list[Checked]) -> int:
    """The bits of a register that another field of the block locks now."""
    closed = 0
    for field in type(register).Value.FIELDS:
        for name, opens_at in (("swwe", 1), ("swwel", 0)):
            path = str(field.props.get(name, ""))
            for other, gate in handles if "." in path else ():
                there = f"{register.path.rpartition('.')[0]}.{path}"
                for one in type(gate).Value.FIELDS:
                    if f"{other}.{one.name}" == there and bool(one.extract(gate._load())) != bool(opens_at):
                        closed |= field.mask
    return closed


def _words(handles: list[Checked], but: Collection[Checked]) -> dict[str, int]:
    """The stable bits of all safe registers of a block but some."""
    left_out = {one.name for one in but}
    return {
        name: register._load() & semantics.stable_mask(type(register))
        for name, register in handles
        if name not in left_out and readable(type(register)) and semantics.stable_mask(type(register))
    }


def _primary(register: Register, handles: list[Checked]) -> Register:
    """The register whose storage an alias shows; itself for one that is no alias."""
    if not register.ALIAS:
        return register
    there = f"{register.path.rpartition('.')[0]}.{register.ALIAS}"
    return next((one.register for one in handles if one.name == there), register)


def _family(register: Register, handles: list[Checked]) -> list[Checked]:
    """All registers of a block that show the same storage, itself among them."""
    primary = _primary(register, handles).path
    return [one for one in handles if _primary(one.register, handles).path == primary]


def _twin_mask(alias: type[Register], primary: type[Register]) -> int:
    """The bits of an alias of which can be foretold what a write of it does to its primary, and read there."""
    mask = sum(field.mask for field in alias.Value.FIELDS if semantics.is_stable(field) and field.sw in ("rw", "w"))
    return mask & semantics.stable_mask(primary)


def _stable(block: Instance) -> dict[str, int]:
    """The stable bits of an instance's safe registers; empty if it does not answer."""
    try:
        return {
            name: register._load() & semantics.stable_mask(type(register))
            for name, register in handles_of(block)
            if readable(type(register)) and semantics.stable_mask(type(register))
        }
    except BusFault:
        return {}
