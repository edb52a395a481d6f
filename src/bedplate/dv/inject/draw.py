"""Which cases a seed makes: one to four harms at moments at which the undisturbed run is busy."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from bedplate.bus import ms, us
from bedplate.bus.inject import INJECTED_ERRORS
from bedplate.converge import Chip
from bedplate.dv.inject.case import GOALS, LOOKS, TENANT, Case, time_text
from bedplate.dv.inject.run import Ground, lines_of
from bedplate.model.faults import CHIP

MOST = 4
"""Harms of a case."""
BOOTS = 0.25
"""Share of cases that start at power-on: they cost five times as much as those on a booted chip."""
LOOKING = 0.05
"""Share of cases in which the HAL only looks."""
WHOLE = 20
"""One share of cases in so many is played on the whole chip, the others each on a part of it."""
STARTS_OF_EACH = (("power-on", "up"), ("booted", "up"), ("booted", "down"), *(("booted", look) for look in LOOKS))
TIMES = ("", "*1", "*2")
"""How often a planted fault triggers."""


def part_of_share(chip: Chip, seed: int, share: int) -> str:
    """The instance whose closure the cases of a share are played on; empty for the whole chip.

    Harms that meet do so where one can reach the other: in a closure. So most shares go there, and as often to each type of
    block, however many instances a chip has of it. Only the whole chip shows harms that must have nothing to do with each other.
    """
    if share % WHOLE == 0:
        return ""
    types: dict[str, list[str]] = {}
    for block in chip.order:
        types.setdefault(block.ip, []).append(block.name)
    chance = random.Random(f"{seed}/part/{share}")
    return chance.choice(types[sorted(types)[(seed + share) % len(types)]])


def draw(ground: Ground, seed: int, number: int) -> Case:
    """The case of that number, on that ground. The same seed and number make the same case."""
    chance = random.Random(f"{seed}/{number}")
    start, act = "power-on" if chance.random() < BOOTS else "booted", chance.choice(tuple(GOALS))
    if chance.random() < LOOKING:
        start, act = "booted", chance.choice(LOOKS)
    harms = HarmDrawer(ground, chance, start, act)
    words: dict[str, str] = {}
    for _ in range(chance.randint(1, MOST)):
        for word in harms.one():
            once = word.partition(":")[0] if word.startswith("harvest=") else word  # a die has one mask: the first
            words.setdefault(once, word)
    return Case(start, act, tuple(words.values()), ground.part)


def each(ground: Ground) -> Iterator[Case]:
    """A bus error at each single transaction: of a boot, of a resume, of a look at a chip that is booted.

    A look also meets each dead link, and each write of the others is lost in turn without an error.
    """
    for start, act in STARTS_OF_EACH:
        for at, line in enumerate(ground.undisturbed(start, act).log):
            more = ("dead",) if act in LOOKS else ("all_ones",) if line.request.is_write else ()
            for kind in ("error", *more):
                yield Case(start, act, (f"bus:{kind}@{at}",))


class HarmDrawer:
    """Draws single harms for a case. All choices come from `chance`."""

    def __init__(self, ground: Ground, chance: random.Random, start: str, act: str) -> None:
        self.ground = ground
        self.chance = chance
        self.log = ground.undisturbed(start, act).log
        kinds: dict[Callable[[], list[str]], int] = {
            self.fault: 5, self.bus_error: 5, self.reset: 5, self.kill: 4
        }  # fmt: skip
        self.masks = [
            f"{harvest.group}:0x{1 << bit:x}"
            for harvest in ground.drawing.harvests
            for bit, parts in enumerate(harvest.parts)
            if parts
        ]
        kinds |= {self.harvest: 1} if self.masks else {}
        kinds |= {self.tenant: 1} if ground.drawing.tells_tenant else {}
        self.kinds = list(kinds)
        self.weights = list(kinds.values())

    def one(self) -> list[str]:
        """The words of one harm."""
        (kind,) = self.chance.choices(self.kinds, self.weights)
        return kind()

    def fault(self) -> list[str]:
        """A fault of any instance. In a booted chip it mostly wants a reset of the block to trigger."""
        name = self.chance.choice(list(self.ground.blocks))
        kinds = self.ground.faults[name].fault_kinds()
        del kinds["block_reset"]
        fault = self.chance.choice(list(kinds))
        kind = kinds[fault]
        if fault == "slow":
            kind = kind._replace(value=str(self.chance.choice((2, 3, 8))))
        times = "" if fault == "slow" else self.chance.choice(TIMES)
        words = [kind.planting(name, fault, self.ground.faults[name]) + times]
        return [*words, f"{name}:block_reset={self.moment()}"] if self.chance.random() < 0.5 else words

    def reset(self) -> list[str]:
        """A reset of a block, of a domain, of a die, of the chip, or of its power."""
        block = self.chance.choice(list(self.ground.blocks.values()))
        what = self.chance.choice(("block", "block", "line", "die", "chip", "power"))
        if what == "power":
            return [f"{CHIP}:power_cycle={self.moment()}"]
        if what == "block":
            return [f"{block.name}:block_reset={self.moment()}"]
        lines = [line for one in self.ground.blocks.values() for line in lines_of(one)]
        group = block.name.partition(".")[0]
        name = {"line": self.chance.choice(lines or [CHIP]), "die": group if "." in block.name else CHIP}.get(
            what, CHIP
        )
        return [f"{name}:reset={self.moment()}"]

    def bus_error(self) -> list[str]:
        """An error of the bus, or a process that is held up."""
        kind = self.chance.choice([one for one in INJECTED_ERRORS if one != "dead" or self.chance.random() < 0.3])
        delay = (
            f"={time_text(self.chance.choice((us(5), us(200), ms(5), ms(200))))}" if kind in ("delay", "late") else ""
        )
        return [f"bus:{kind}@{self.at()}{delay}"]

    def kill(self) -> list[str]:
        """A controller that dies; sometimes the next one dies soon after."""
        at = self.at()
        words = [self._death(at)]
        if self.chance.random() < 0.3:
            words.append(self._death(at + self.chance.randint(0, 400)))
        return words

    def _death(self, at: int) -> str:
        length = self.log[at].request.length if at < len(self.log) else 1
        if length > 1 and self.chance.random() < 0.3:
            return f"kill:inside@{at}={self.chance.randint(1, length - 1)}"
        return f"kill:{self.chance.choice(('before', 'after', 'later'))}@{at}"

    def harvest(self) -> list[str]:
        """A part that is fused off, of those that a mask can remove."""
        return [f"harvest={self.chance.choice(self.masks)}"]

    def tenant(self) -> list[str]:
        """A workload."""
        return [TENANT]

    def at(self) -> int:
        """A transaction of the undisturbed run, or one of those that only harm brings about."""
        return self.chance.randrange(len(self.log)) if self.chance.random() < 0.9 else self.chance.randrange(4000)

    def moment(self) -> str:
        """A time at or right after a transaction of the undisturbed run."""
        return time_text(self.log[self.chance.randrange(len(self.log))].time + self.chance.choice((0, 50, 150, us(3))))
