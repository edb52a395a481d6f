"""Scenarios: what is done in every world, so that the worlds can be compared.

boot                       from power-on to every goal
resume                     booted; the HAL is dropped, a new one converges
killed:die0.pll.sys=3      the HAL dies right after the third write that it made for that instance; a new one goes on
down                       booted; led out of service, and looked at once more
again                      booted and led out of service; brought up again
walk                       booted; a random walk of register operations, the same for the same seed
die0.pll.sys:no_lock       booted; that fault is planted and the block has to come up with it (`bedplate dv kill` flows)

Each ends with a dump of everything that may be read without effect. After a fault its evidence is acknowledged, bit by bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from bedplate.block import OFF
from bedplate.bus import Backdoor, Bus, Killed, MemoryBus, ms
from bedplate.component.plugin import beside, member
from bedplate.converge import Chip
from bedplate.dv.compare import walk
from bedplate.dv.compare.record import Recorder, Recording
from bedplate.dv.fork import in_fork
from bedplate.dv.kill import flows
from bedplate.env import chip_type
from bedplate.errors import AccessError, BedplateError, BusFault, UnknownName

BOOT, RESUME, WALK, KILLED = "boot", "resume", "walk", "killed"
DOWN, AGAIN = flows.DOWN, flows.AGAIN

CONSEQUENCES = ms(1)
"""After a fault was planted: what it brings about by itself has happened before the HAL looks, in every world."""


class Walk(NamedTuple):
    """What a walk depends on: its seed, and how many operations it makes."""

    seed: int = 1
    steps: int = 300


class Scenario(NamedTuple):
    """One scenario by its name. `kill` says after which write the HAL dies: made for whom, and its how many-th."""

    name: str
    kill: tuple[str, int] | None = None

    def play(self, bus: Bus, kind: type[Chip], how: Walk) -> Recording:
        """Do it, on a chip at power-on or, unless it is a boot of some kind, a booted one."""
        recorder = Recorder(bus, self.kill)
        if self.plants_fault:
            flows.Flow(self.name).trigger(bus, kind)
            bus.sleep(CONSEQUENCES)
        if self.name == AGAIN:
            kind(bus).converge(goal=OFF)
        if self.name == WALK:
            _perform(walk.operations(kind(recorder), how.seed, how.steps), recorder)
        else:
            with suppress(Killed):
                for _ in range(1 + (self.name == DOWN)):
                    recorder.converge(kind(recorder), flows.Flow(self.name).goal)
            if self.kill is not None:
                recorder.converge(kind(recorder))
        dump(kind(recorder), recorder)
        if self.plants_fault:
            block = kind(recorder).select(self.name.partition(":")[0])[0]
            _perform(walk.acknowledgements(block), recorder)
        violations = len(bus.violations()) if isinstance(bus, Backdoor) else None
        return Recording(recorder.accesses, recorder.complete, recorder.outcomes, violations)

    @property
    def wants_booted(self) -> bool:
        """Whether it begins with a booted chip."""
        return self.name != BOOT and self.kill is None

    @property
    def plants_fault(self) -> bool:
        """Whether it begins with a fault, for which there must be a back door."""
        return ":" in self.name and self.kill is None


def scenario(name: str, chip: str) -> Scenario:
    """The scenario of that name. Raises UnknownName and AccessError."""
    if name in (BOOT, RESUME, DOWN, AGAIN, WALK):
        return Scenario(name)
    if name.startswith(f"{KILLED}:"):
        instance, _, write = name.partition(":")[2].partition("=")
        if not re.fullmatch("0*[1-9][0-9]*", write):
            raise AccessError(f"cannot understand the scenario '{name}'", wanted="killed:instance=write, from 1")
        known = [block.name for block in chip_type(chip)(MemoryBus(0)).all]
        if instance not in known:
            raise UnknownName("instance", instance, known, where=name)
        return Scenario(name, (instance, int(write)))
    if ":" not in name:
        raise UnknownName("scenario", name, names(chip))
    return Scenario(flows.flow(name, chip).name)


def choice(chip: str) -> flows.Choice:
    """Which flows with a fault the chip has, and why not others."""
    known = flows.choice(chip)
    return flows.Choice([one for one in known.flows if one.fault_of], known.left_out)


def names(chip: str) -> list[str]:
    """Those that are played when none is named: of any chip, and the kills that `scenarios.py` beside its class names."""
    declared = beside(chip_type(chip), "scenarios")
    kills = () if declared is None else member(declared, "KILLS", tuple, 'KILLS = ("killed:INSTANCE=WRITE",)')
    return [BOOT, RESUME, DOWN, AGAIN, *kills, WALK, *choice(chip).names]


def play(bus: Bus, kind: type[Chip], one: Scenario, how: Walk) -> Recording:
    """One scenario on a chip at power-on, which is booted first where it wants that."""
    if one.wants_booted:
        kind(bus).converge()
    return one.play(bus, kind, how)


def play_all(bus: Bus, kind: type[Chip], scenarios: Sequence[Scenario], how: Walk) -> dict[str, Recording]:
    """Every scenario on a chip at power-on, each in a fork, so that they do not see each other; booted only once."""
    booted = [one for one in scenarios if one.wants_booted]
    found = {one.name: in_fork(partial(one.play, bus, kind, how)) for one in scenarios if one not in booted}
    if booted:
        kind(bus).converge()
    return found | {one.name: in_fork(partial(one.play, bus, kind, how)) for one in booted}


def _perform(operations: Iterable[walk.Operation], recorder: Recorder) -> None:
    """Each operation is a round of its own: what is read there counts."""
    for operation in operations:
        with (
            recorder.round(),
            recorder.turn(operation.block.name),
            suppress(BedplateError),
        ):  # to refuse is an answer too
            operation.perform()


def dump(chip: Chip, recorder: Recorder) -> None:
    """What everything holds in the end."""
    with recorder.round():
        for block in chip.all:
            with recorder.turn(block.name), suppress(BusFault):
                block.regs.dump()
