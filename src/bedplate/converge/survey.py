"""The survey: how a chip is, from one look at everything. It writes nothing, and answers whatever it meets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from bedplate.block import State, Tenant, Vitals
from bedplate.converge.report import Outcome
from bedplate.errors import BedplateError, DriverDefect, EnvError, LinkDown, PathLost
from bedplate.topology import Instance, Reach, Topology, ask

Said = dict[str, Vitals | BedplateError]
"""By region what it says of itself, or why it is not believed."""


class NamedInstance(NamedTuple):
    """An instance in a copy of what was seen of it: who it is, without the way to it."""

    name: str
    ip: str


class Seen(NamedTuple):
    """One instance as observed: its state, or why it cannot be asked. Equal to another one of which the same is said; in a copy, by pickle
    for one, `block` has the name and type of the instance, and no bus.

    `outcome` is None where it is present but not at its goal. `doubtful` is who could not be asked, and so keeps anybody from knowing
    whether this one is at work; empty where that is known.
    """

    block: Instance | NamedInstance
    state: State | None
    outcome: Outcome | None
    why: str
    doubtful: str = ""

    def __reduce__(self) -> tuple[object, ...]:
        return Seen, self._facts()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and self._facts() == other._facts()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._facts())

    def _facts(self) -> tuple[object, ...]:
        return NamedInstance(self.block.name, self.block.ip), *self[1:]


class Survey(NamedTuple):
    """How a chip is: every instance in the order of the wiring, the worst that any part says of tenants, and who answered.

    `ended` is the error of the link, or of the identity, if no part of the chip was left to look at.
    """

    seen: tuple[Seen, ...]
    tenant: Tenant
    identity: tuple[str, ...]
    ended: BedplateError | None = None


def survey(chip: Topology) -> Survey:
    """Look at everything once. Reads only.

    An instance that is unpowered, unclocked or in reset is not read at all: its state follows from its needs. Nor is one in a
    part of the chip that does not prove who it is, or does not answer, also from the middle of it on. Raises PathLost.
    """
    said = identities(chip)
    seen = look(chip, said)
    names = tuple(f"{name} {one.identity if isinstance(one, Vitals) else one}" for name, one in said.items())
    return Survey(seen, tenant(said.values()), names, ended(said))


def identities(chip: Topology) -> Said:
    """What each region says of itself, or why it is not believed. Raises PathLost."""
    said: Said = {}
    for region in chip.regions:
        try:
            with chip.looking():
                said[region.name] = ask(region, chip.guard)
        except (PathLost, EnvError):
            raise
        except BedplateError as error:
            said[region.name] = error
    return said


def tenant(vitals: Collection[Vitals | BedplateError]) -> Tenant:
    """The worst that any part says: active before unknown before idle."""
    said = {one.tenant if isinstance(one, Vitals) else Tenant.UNKNOWN for one in vitals}
    return next(word for word in (Tenant.ACTIVE, Tenant.UNKNOWN, Tenant.IDLE) if word in said or word is Tenant.IDLE)


def ended(said: Mapping[str, Vitals | BedplateError]) -> BedplateError | None:
    """Why nothing of the chip can be believed; None if any part of it can."""
    errors = [one for one in said.values() if isinstance(one, BedplateError)]
    return errors[0] if len(errors) == len(said) else None


def look(chip: Topology, said: Said) -> tuple[Seen, ...]:
    """Every instance, in the order of the wiring. What regions say is amended by those whose link dies meanwhile."""
    lost = {name: one for name, one in said.items() if isinstance(one, BedplateError)}
    reach = Reach(chip, lost=lost)
    seen: dict[str, Seen] = {}
    for block in chip.order:
        region = chip.region_of(block)
        while region.name not in lost and block.name not in seen:
            try:
                with chip.looking():
                    seen[block.name] = _look(reach, block)
            except LinkDown as error:
                behind = [one for one in chip.regions_behind(error) if one.name not in lost]
                for down in behind or [region]:
                    said[down.name] = lost[down.name] = error
            except DriverDefect as error:
                seen[block.name] = Seen(block, None, Outcome.FAILED, str(error))
        if region.name in lost:
            seen[block.name] = Seen(block, None, Outcome.UNKNOWN, str(lost[region.name]))
    for fuses, why in reach.unreadable.items():
        seen[fuses.name] = Seen(fuses, None, Outcome.FAILED, str(why))
    for region in chip.regions:
        if region.name in lost and region.holder is not None:
            seen[region.holder.name] = Seen(region.holder, None, Outcome.FAILED, str(lost[region.name]))
    return tuple(seen[block.name] for block in chip.all)


def _look(reach: Reach, block: Instance) -> Seen:
    _, state, obstacle, error = reach.look(block)
    if error is not None:
        return Seen(block, None, Outcome.FAILED, str(error))
    if obstacle is not None:
        doubtful = obstacle.culprit if obstacle.is_doubt else ""
        return Seen(block, None, Outcome.HARVESTED if obstacle.is_absence else None, obstacle.text, doubtful)
    assert state is not None
    return Seen(block, state, Outcome.GOAL if state is block.goal else None, state.text)
