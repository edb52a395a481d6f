"""Wiring: is everything where the topology says, and fed by whom it says? On any target in this process that has a back door.

Experiments, each in a fork of a booted chip:

decoder                      each instance answers at its own addresses, and nobody beside them: found by hanging it
without PROVIDER [OUTPUT]    a power domain, a clock root, a reset line goes: exactly its users fall silent, all others are as they
                             were; when an output comes back, its users have lost what their drivers say, or nothing
starved of PROVIDER          a rail, a source, a link, fuses stay away while its users, and others of their types, begin anew
harvest DIE:MASK,...         a chip with these fuses boots, and only the parts that they name are absent

What the topology foretells is judged by it; all that registers then hold is compared with the model, which is made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from bedplate.block import Effect, Need, Output, Step, ms, us
from bedplate.bus import Backdoor, Bus, Decorator, MemoryBus, Request
from bedplate.converge import Chip, Outcome
from bedplate.dv.compare.normal import normal_of
from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import TWO, Job, Runner, Tell
from bedplate.dv.kill.oracle import outcomes
from bedplate.dv.kill.patient import Patient
from bedplate.env import chip_type, open_bus, parse
from bedplate.errors import BedplateError, BusFault, EnvError, UnknownName
from bedplate.reg import registers
from bedplate.reg.value import integer
from bedplate.topology import Instance

DECODER, WITHOUT, STARVED, HARVEST = "decoder", "without", "starved of", "harvest"
SETTLES = ms(1)
"""After something went or came: what that brings about has happened before anybody looks (ns)."""
FOR_LONG = 1000
"""How much slower a provider is that is to stay away: what it does by itself after a reset takes milliseconds then."""
SILENT = "does not answer"
BOOTS = 2
"""Chips that a worker boots, one after the other, to experiment on: so that all of them end at about the same time."""

Opener = Callable[[Sequence[str]], Bus]
"""Opens a chip at power-on, on its raw bus, with harvest masks such as `die0:0x20`."""


class WiringSeen(NamedTuple):
    """What an experiment showed: the state of each instance, one look after the other; registers; violations; what was wrong."""

    looks: list[Mapping[str, object]]
    registers: dict[str, int]
    violations: int
    wrong: list[str]


class WiringFinding(NamedTuple):
    """What does not hold in an experiment, and the command that shows it again."""

    experiment: str
    what: str
    replay: str


class WiringReport(NamedTuple):
    """How many experiments were made, how many instances were looked at in them, and what did not hold."""

    experiments: int
    looks: int
    failed: tuple[WiringFinding, ...]


def names(kind: type[Chip]) -> list[str]:
    """All experiments on a chip."""
    chip = kind(MemoryBus(0))
    needs = list(
        dict.fromkeys((need.kind, need.provider.name, need.port) for block in chip.all for need in block.needs)
    )
    gating = [f"{WITHOUT} {' '.join(filter(None, need[1:]))}" for need in needs if need[0].gates_access]
    others = [f"{STARVED} {provider}" for need, provider, _ in needs if not need.gates_access]
    return list(dict.fromkeys([*_harvests(chip), DECODER, *gating, *others]))


def _harvests(chip: Chip) -> Iterator[str]:
    """One fuse of each die at a time, another one in each; then all of them."""
    if not chip.harvests:
        return
    fuses = [(harvest.group, len(harvest.parts)) for harvest in chip.harvests]
    for bit in range(max(bits for _, bits in fuses)):
        yield f"{HARVEST} " + ",".join(
            f"{die}:0x{1 << (bit + 3 * n) % bits:02x}" for n, (die, bits) in enumerate(fuses)
        )
    yield f"{HARVEST} " + ",".join(f"{die}:0x{(1 << bits) - 1:02x}" for die, bits in fuses)


def run(
    target: str,
    chosen: Sequence[str] | None = None,
    runner: Runner = TWO,
    tell: Tell | None = None,
    opener: Opener | None = None,
) -> WiringReport:
    """The experiments of these names, or all. Raises UnknownName, and EnvError for a target without a back door.

    `opener` opens the target otherwise than by its name; to be done elsewhere, it can be pickled.
    """
    environment, chip, _ = parse(target)
    known = names(chip_type(chip))
    for name in chosen or ():
        if name not in known:
            raise UnknownName("experiment", name, known)
    wanted = list(chosen or known)
    found = _play(wanted, chip, opener or partial(_opened, target), target, runner, tell)
    failed = [(name, what) for name, seen in found.items() for what in seen.wrong]
    if environment != "model":
        model = _play(wanted, chip, partial(_opened, f"model:{chip}"), target, runner)
        failed += [(name, what) for name, seen in found.items() for what in differences(model[name], seen)]
    return WiringReport(
        len(wanted),
        sum(len(look) for seen in found.values() for look in seen.looks),
        tuple(WiringFinding(*one, f"bedplate --target '{target}' dv wiring --only '{one[0]}'") for one in failed),
    )


def _opened(target: str, masks: Sequence[str]) -> Bus:
    """The target, with these harvest masks."""
    options = "&".join(f"harvest={mask}" for mask in masks)
    return open_bus(f"{target}{'&' if '?' in target else '?'}{options}" if masks else target)


def _play(
    names: Sequence[str], chip: str, opener: Opener, target: str, runner: Runner, tell: Tell | None = None
) -> dict[str, WiringSeen]:
    """Each experiment by its name, harvests first; `tell` how many of all are done."""
    harvests = [[name] for name in names if name.startswith(HARVEST)]
    others = [name for name in names if not name.startswith(HARVEST)]
    parts = BOOTS * runner.width
    shares = [*harvests, *filter(None, (others[part::parts] for part in range(parts)))]
    again = f"bedplate --target '{target}' dv wiring"
    jobs = [
        Job(", ".join(share), again + "".join(f" --only '{one}'" for one in share), experiments, (chip, opener, share))
        for share in shares
    ]
    found: dict[str, WiringSeen] = {}

    def listen(_: int, seen: dict[str, WiringSeen]) -> None:
        found.update(seen)
        if tell is not None:
            tell("experiments", len(found), len(names))

    runner.run(jobs, listen)
    return {name: found[name] for name in names}


def experiments(chip: str, opener: Opener, names: Sequence[str]) -> dict[str, WiringSeen]:
    """A job: these experiments, in a fork; a harvest alone, others on a chip that boots there once."""
    return in_fork(partial(_experiments, chip_type(chip), opener, names))


def _experiments(kind: type[Chip], opener: Opener, names: Sequence[str]) -> dict[str, WiringSeen]:
    if names[0].startswith(HARVEST):
        return {names[0]: _harvest(names[0].removeprefix(f"{HARVEST} "), opener, kind)}
    lab = _Lab(kind, opener(()))
    return {name: in_fork(partial(lab.experiment, name)) for name in names}


def differences(model: WiringSeen, other: WiringSeen) -> Iterator[str]:
    """Where another world shows something else than the model."""
    for number, (here, there) in enumerate(zip(model.looks, other.looks, strict=True), 1):
        yield from (
            f"{name}: {there[name]}, on the model {here[name]} (look {number})"
            for name in here
            if here[name] != there[name]
        )
    for name in dict.fromkeys((*model.registers, *other.registers)):
        a, b = (f"0x{one[name]:x}" if name in one else "no answer" for one in (model.registers, other.registers))
        if a != b:
            yield f"{name}: holds {b}, on the model {a}"
    if model.violations != other.violations:
        yield f"{other.violations} dangerous acts, on the model {model.violations}"


def _harvest(masks: str, opener: Opener, kind: type[Chip]) -> WiringSeen:
    bus = opener(masks.split(","))
    chip = kind(bus)
    report = chip.converge()
    absent = {line.name for line in report.of(Outcome.HARVESTED)}
    mask_of = {die: integer(mask) for die, _, mask in (one.partition(":") for one in masks.split(","))}
    wanted = {
        part.name
        for harvest in chip.harvests
        for bit, parts in enumerate(harvest.parts)
        if mask_of[harvest.group] >> bit & 1
        for part in parts
    }
    wrong = [f"{name}: {'absent' if name in absent else 'there'}" for name in sorted(absent ^ wanted)]
    wrong += [] if report.ok else [str(report)]
    patient = Patient(kind, bus, normal_of(kind))
    return WiringSeen([outcomes(report)], patient.state(), len(patient.violations()), wrong)


class _Paper(Decorator):
    """A bus that leads nowhere, and holds what registers hold after a reset, by address, until something else is written there."""

    def __init__(self, words: dict[int, int]) -> None:
        super().__init__(MemoryBus(0))
        self.words = words

    def transact(self, request: Request) -> Sequence[int]:
        places = range(request.address, request.address + 4 * request.length, 4)
        if request.values is not None:
            self.words.update(zip(places, request.values, strict=True))
        return tuple(self.words.get(place, 0) for place in places)


class _Lab:
    """A booted chip to experiment on. Raises EnvError where it has no back door."""

    def __init__(self, kind: type[Chip], bus: Bus) -> None:
        if not isinstance(bus, Backdoor):
            raise EnvError("this target cannot plant faults", wanted="a raw bus with a backdoor")
        self.kind, self.bus, self.raw = kind, bus, bus
        self.chip = kind(bus)
        self.chip.converge()
        self.chip.bus.forced = True  # what an experiment turns on again, it turned off itself
        self.patient = Patient(kind, bus, normal_of(kind))
        self.wrong: list[str] = []
        self.before = self.look()

    def experiment(self, name: str) -> WiringSeen:
        """One experiment; the chip is spoilt by it."""
        if name == DECODER:
            return self.decoder()
        if name.startswith(STARVED):
            return self.starved(name.removeprefix(f"{STARVED} "))
        provider, _, port = name.removeprefix(f"{WITHOUT} ").partition(" ")
        return self.without(provider, port)

    # What is done to it.

    def plant(self, instance: str, fault: str) -> None:
        self.raw.plant_text(f"{instance}:{fault}")

    def begin_anew(self, instance: str) -> None:
        """It resets itself."""
        self.plant(instance, "block_reset*1")
        self.bus.sleep(us(3))

    def stay_away(self, provider: str) -> None:
        """It resets itself, and takes for ever to come back by itself."""
        self.plant(provider, f"slow={FOR_LONG}")
        self.begin_anew(provider)

    # What is seen.

    def answers(self, address: int) -> bool:
        try:
            self.bus.read(address)
        except BusFault:
            return False
        return True

    def look(self) -> dict[str, str]:
        """The state of each instance that answers."""
        return {
            block.name: block.observe().name if self.answers(block.regs.base) else SILENT
            for block in self.kind(self.bus).all
        }

    def seen(self, *looks: dict[str, str]) -> WiringSeen:
        return WiringSeen(list(looks), self.patient.state(), len(self.patient.violations()), self.wrong)

    def check(self, what: str, holds: bool) -> None:
        if not holds:
            self.wrong.append(what)

    # The experiments.

    def decoder(self) -> WiringSeen:
        """Each instance has a number from 1 on; for each bit of the numbers those hang that have it, and are found silent."""
        blocks = list(self.chip.all)
        silent = {block.name: 0 for block in blocks}
        for bit in range(len(blocks).bit_length()):
            for number, block in enumerate(blocks, 1):
                if number >> bit & 1:
                    self.plant(block.name, "hung*1")
            for block in blocks:
                silent[block.name] |= (not self.answers(block.regs.base)) << bit
        for number, block in enumerate(blocks, 1):
            others = [other.name for n, other in enumerate(blocks, 1) if n == silent[block.name]]
            self.check(
                f"{block.name}: at its addresses answers {' '.join(others) or 'more than one, or nobody'}",
                silent[block.name] == number,
            )
            first, size = block.regs.base, (type(block.regs).SIZE + 3) // 4 * 4
            for beside in (first - 4, first + size):
                lives = any(0 <= beside - one.regs.base < type(one.regs).SIZE for one in blocks)
                if beside >= 0 and not lives:
                    self.check(f"{block.name}: somebody answers beside it, at 0x{beside:x}", not self.answers(beside))
            self.check(f"{block.name}: its last word is not there", self.answers(first + size - 4))
        return self.seen({name: str(code) for name, code in silent.items()})

    def without(self, provider: str, port: str) -> WiringSeen:
        """What a provider gives, or one of its outputs, goes; an output comes back."""
        need = self.need(provider, port)
        if isinstance(need, Output):
            self.turn_off(need)
        else:
            self.stay_away(provider)
        self.bus.sleep(SETTLES)
        gone = self.look()
        silent, affected = self.silent(provider, port), self.users({provider})
        for name, state in gone.items():
            want = SILENT if name in silent else self.before[name]
            if name in silent or name not in affected:
                self.check(f"{name}: {state}, wanted {want}", state == want)
        held = self.seen(gone)
        if not isinstance(need, Output):
            return held
        need.turn_on()
        self.bus.sleep(SETTLES)
        back = self.look()
        for block in self.chip.all:
            state, kinds = (
                back[block.name],
                {n.kind for n in block.needs if (n.provider.name, n.port) == (provider, port)},
            )
            self.check(f"{block.name}: {SILENT} though all came back", state != SILENT)
            costs = [type(block).loses.get(kind, Effect.NONE) for kind in kinds]
            harmless = all(cost is Effect.NONE for cost in costs)
            if any(Effect.LOSES_DATA in cost for cost in costs):  # who only stops may go on where it was
                self.check(f"{block.name}: {state}, though something was lost", state != self.before[block.name])
            if (kinds and harmless) or block.name not in affected:
                self.check(f"{block.name}: {state}, wanted {self.before[block.name]}", state == self.before[block.name])
        return held._replace(looks=[gone, back])

    def starved(self, provider: str) -> WiringSeen:
        """Its users and all of their types begin anew, and take their first step as if all that they need were there.

        Those who hand on to others what they get from elsewhere stay as they are: they would starve these others as well.
        """
        fed = [(b, n) for b in self.chip.all for n in b.needs if not n.kind.gates_access]
        users = [b for b, n in fed if n.provider.name == provider]
        kinds = {n.kind for _, n in fed if n.provider.name == provider}
        hand_on = {n.provider.name for _, n in fed if n.kind in kinds}
        types = {b.ip for b in users}
        asking = [b for b in self.chip.all if b in users or (b.ip in types and b.name not in hand_on)]
        self.stay_away(provider)
        for block in asking:
            if self.answers(block.regs.base):
                self.begin_anew(block.name)
                way = type(block).way_from(block.reset_state)
                if isinstance(way, Step):
                    with suppress(BedplateError):  # one that waits for what does not come
                        way.run(block)
        self.bus.sleep(SETTLES)
        return self.seen(self.look())

    # What the topology says.

    def need(self, provider: str, port: str) -> Need:
        return next(n for b in self.chip.all for n in b.needs if (n.provider.name, n.port) == (provider, port))

    def silent(self, provider: str, port: str) -> set[str]:
        """Who does not answer without this: its users, and the users of what they hand out."""
        silent: set[str] = set()
        for block in self.chip.order:
            gates = [need for need in block.needs if need.kind.gates_access]
            if any((n.provider.name, n.port) == (provider, port) or n.provider.name in silent for n in gates):
                silent.add(block.name)
        return silent

    def users(self, of: set[str]) -> set[str]:
        """These, and everybody who needs them for anything, directly or not; an end of a pair is nothing without the other."""
        found = set(of)
        for block in self.chip.order:
            if any(need.provider.name in found for need in block.needs):
                found.add(block.name)
                found |= {other.name for other in [self.chip.partner_of(block)] if other is not None}
        return found

    def turn_off(self, output: Output[Instance]) -> None:
        """As its driver does; one that stays on for its driver loses the bits that turning it on changes, and no others."""
        if type(output).turn_off is not Output.turn_off:
            output.turn_off()
            return
        provider = output.provider.regs
        reset = {
            provider.base + offset: sum(field.insert(field.reset or 0) for field in cls.Value.FIELDS)
            for _, offset, cls in registers(type(provider))
        }
        paper = _Paper(dict(reset))
        there = self.kind(paper)
        there.bus.forced = True
        for region in there.regions:
            there.bus.proved(region)
        same = next(
            need for block in there.all for need in block.needs
            if (need.provider.name, need.port) == (output.provider.name, output.port)
        )  # fmt: skip
        assert isinstance(same, Output)
        same.turn_on()
        for address, word in reset.items():
            if changed := word ^ paper.words[address]:
                self.bus.write(address, self.bus.read(address) & ~changed | word & changed)
