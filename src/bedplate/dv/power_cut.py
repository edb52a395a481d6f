"""The controller loses power for real: the machine that runs the HAL is killed in mid-access, the chip lives on, a new one goes on.

The chip is in a device server. A Linux guest plays the controller and runs `bedplate up`, as production does. At an access to
the chip, chosen by a seed, its whole machine is killed, before that access or after it with the answer lost; a new machine
boots and runs `bedplate up` again, and may be killed again. What must hold says `kill/oracle.py`, told from the server's side. With a
workload running, moreover, no register is written that the undisturbed run leaves alone: on a healthy
chip, none.
"""

from __future__ import annotations

import json
import random
import signal
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple, cast

from bedplate.bus import Bus, Trace
from bedplate.component import make_model
from bedplate.converge import Chip
from bedplate.dv.jobs import TWO, Job, Runner, Tell
from bedplate.dv.kill import flows as flows_of
from bedplate.dv.kill.flows import BOOT, DOWN, Flow
from bedplate.dv.kill.oracle import Outcomes, Verdict, dangers, verdict_of
from bedplate.env import chip_type
from bedplate.env.qemu.guest import Guest, GuestEnded, inner_target
from bedplate.env.qemu.server import Server
from bedplate.env.qemu.service import SLOTS
from bedplate.model import ChipModel

WAYS = tuple(SLOTS)
"""How a controller reaches the chip: by each of the devices that a server has."""
HEALTHY = "healthy"
"""A flow without anything to do: the chip is at its goal."""
CUTS = 2
"""Of a life, at most."""


class LastAccess(NamedTuple):
    """Which access to the chip is a controller's last, counted from 1, and whether it still takes place."""

    at: int
    performed: bool


class Life(NamedTuple):
    """A chip at the start of a flow, and the controllers that it outlives. `number` and the campaign's seed make it again."""

    number: int
    flow: str
    way: str
    tenant: bool
    cuts: tuple[LastAccess, ...]


class Lived(NamedTuple):
    """How a life went: the cuts that came about (a controller may be done before), and what did not hold."""

    life: Life
    cuts: int
    transactions: int
    wrong: tuple[str, ...]
    replay: str


class PowerCuts(NamedTuple):
    """All lives."""

    seed: int
    lives: tuple[Lived, ...]

    @property
    def cuts(self) -> int:
        """How often power was cut, in all lives."""
        return sum(lived.cuts for lived in self.lives)

    @property
    def ok(self) -> bool:
        """Whether every life ended as it must."""
        return not any(lived.wrong for lived in self.lives)


class Want(NamedTuple):
    """The undisturbed run of a flow: what it ends in, how many transactions it makes, and where it writes."""

    verdict: Verdict
    transactions: int
    written: frozenset[int]


def run(
    chip: str,
    cuts: int = 20,
    seed: int = 1,
    ways: Sequence[str] = WAYS,
    numbers: Sequence[int] | None = None,
    runner: Runner = TWO,
    tell: Tell | None = None,
) -> PowerCuts:
    """Lives until so many power cuts have come about; or just the lives of these numbers. `tell` after each life.

    Raises what the server and the guest raise: ToolMissing, EnvError.
    """
    done: list[Lived] = []
    chosen = numbers if numbers is not None else range((cuts + CUTS - 1) // CUTS)

    def listen(_: int, lived: Lived) -> None:
        done.append(lived)
        if tell is not None:
            tell("lives", len(done), max(len(chosen), len(done)))

    while chosen:
        runner.run([_job(number, seed, ways, chip) for number in chosen], listen)
        short = cuts - sum(lived.cuts for lived in done)
        chosen = range(len(done), len(done) + (short + CUTS - 1) // CUTS) if numbers is None else ()
    return PowerCuts(seed, tuple(done))


def _job(number: int, seed: int, ways: Sequence[str], chip: str) -> Job[Lived]:
    via = f" --via {ways[0]}" if len(ways) == 1 else ""
    replay = f"bedplate -t model:{chip} dv power-cut --seed {seed} --life {number}{via}"
    return Job(f"life {number} of seed {seed}", replay, lived, (number, seed, ways, chip, replay))


def lived(number: int, seed: int, ways: Sequence[str], chip: str, replay: str) -> Lived:
    """A job: the life of that number, and how it went."""
    return live(life(chip, number, seed, ways), chip, replay)


def life(chip: str, number: int, seed: int, ways: Sequence[str] = WAYS) -> Life:
    """The life of that number: boots, recoveries and chips under load in turn, every third one by the last of the ways."""
    chance = random.Random(f"{seed}/{number}")
    kind = number % 4
    tenant = kind == 3
    if tenant:
        flow = chance.choice((HEALTHY, chance.choice(flows_of.names(chip)[1:])))
    else:
        others = [name for name in flows_of.names(chip) if name not in (BOOT, DOWN)]  # its controllers run `up`
        flow = BOOT if kind % 2 == 0 else chance.choice(others)
    most = want(chip, flow, tenant).transactions
    first = chance.randint(1, most)
    second = chance.randint(1, max(most - first, 2))
    cuts = tuple(LastAccess(at, chance.random() < 0.5) for at in (first, second))
    return Life(number, flow, ways[-1] if number % 3 == 2 else ways[0], tenant, cuts)


def want(chip: str, flow: str, tenant: bool) -> Want:
    """The undisturbed run, on a model in this process."""
    kind = chip_type(chip)
    model = make_model(kind)
    begin(flow, tenant, kind, model)
    trace = Trace(model)
    report = kind(trace).converge()
    written = frozenset(one.request.address for one in trace.log if one.request.is_write)
    return Want(verdict_of(kind, model, report, len(model.violations())), report.transactions, written)


def begin(flow: str, tenant: bool, kind: type[Chip], bus: Bus) -> None:
    """A chip at power-on is brought to the start of the flow, with a workload on it or not."""
    if flow == HEALTHY:
        kind(bus).converge()
    else:
        Flow(flow).begin(bus, kind)
    if tenant:
        cast(ChipModel, bus).tenant(True)


def live(life: Life, chip: str, replay: str) -> Lived:
    """Live a life: cut after cut, then a controller that comes to its end, and is judged."""
    kind = chip_type(chip)
    wanted = want(chip, life.flow, life.tenant)
    devices = (life.way,)
    made = 0
    with Server(f"model:{chip}", kind, partial(begin, life.flow, life.tenant, kind)) as server:
        violations = len(cast(Sequence[object], server.ask("violations")))
        for cut in life.cuts:
            with Guest(server, devices) as guest:
                server.cut(guest.pid, cut.at, performed=cut.performed)
                try:
                    guest.run(up(life.way, kind))
                except GuestEnded as ended:
                    if ended.status != -signal.SIGKILL:
                        raise
                    made += 1
        with Guest(server, devices) as guest:
            last = guest.run(up(life.way, kind))
            more = guest.run(up(life.way, kind)) if wanted.verdict.settles else None
        settles = more is None or _document(more.stdout)["writes"] == 0
        wrong = judge(wanted.verdict, server, _document(last.stdout), violations, settles)
        if life.tenant:
            wrong += disturbances(kind, server, wanted.written)
        transactions = len(server.log())
    return Lived(life, made, transactions, tuple(wrong), replay)


def up(way: str, kind: type[Chip]) -> list[str]:
    """What a controller does."""
    return ["bedplate", "--json", "-t", inner_target(way, kind), "up"]


def judge(
    want: Verdict, server: Server, document: Mapping[str, object], violations: int, settles: bool = True
) -> list[str]:
    """What does not hold after a life whose last controller said this, and whether the one after it had nothing to write."""
    lines = cast(Sequence[Mapping[str, str]], document.get("lines") or ())
    if not lines:
        return [f"the last controller answered with an error: {json.dumps(document)}"]
    outcomes: Outcomes = {line["name"]: (line["outcome"], line["state"]) for line in lines}
    state = cast(Mapping[str, int], server.ask("state"))
    permanent = cast(Mapping[str, int], server.ask("permanent"))
    made = cast(Sequence[object], server.ask("violations"))[violations:]
    return want.differences(Verdict(outcomes, state, permanent, dangers(made), settles))


def disturbances(kind: type[Chip], server: Server, allowed: frozenset[int]) -> list[str]:
    """Writes of the log that the undisturbed run did not make: nobody may write elsewhere while a workload runs."""
    addresses = kind(ChipModel([])).addresses
    return [
        f"under load: {addresses.describe(entry.transaction)[0]}, which the undisturbed run does not write"
        for entry in server.log()
        if entry.transaction.request.is_write and entry.transaction.request.address not in allowed
    ]


def _document(text: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(text)
    except ValueError:
        return {"error": text.decode(errors="replace")}
    assert isinstance(document, dict)
    return document
