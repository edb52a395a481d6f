"""The outlook of a plan: who will not get to its goal, as the chip is now, and whose failure that is. It finds what a run would find."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from bedplate.block import SERVICE, Output, State, Step, path_to_goal
from bedplate.converge.cell import Cell
from bedplate.converge.down import MAY_BE_ABSENT, can_be_turned_off, sharers
from bedplate.converge.loss import kept_by
from bedplate.converge.pair import ends
from bedplate.converge.report import Outcome
from bedplate.converge.survey import Seen
from bedplate.topology import Budget, Region

MUTE = (Outcome.FAILED, Outcome.UNKNOWN)
"""How who cannot be asked is seen."""


class Lost(NamedTuple):
    """An instance that the run would not lead to its goal, as the chip is now: it will have failed by itself (also where the gate
    refuses what it has to do), be blocked by another, `by`, or not be reached (`unknown`)."""

    instance: str
    outcome: Outcome
    by: str
    why: str


class Outlook:
    """Who is lost, in the order of a run: first who waits for one that is lost, then who fails by what can be seen now.

    `refused` are the words of the gate, by the instance that would act; `kept` would act upon a part that is lost.
    """

    def __init__(
        self,
        cells: Mapping[str, Cell],
        seen: Mapping[str, Seen],
        budgets: Collection[Budget],
        refused: Mapping[str, str],
        kept: Mapping[str, Region],
    ) -> None:
        self.cells, self.seen, self.budgets, self.refused, self.kept = cells, seen, budgets, refused, kept
        self.found: dict[str, Lost] = {}
        led = [cell for cell in cells.values() if cell.led]
        self._order = led if all(cell.toward == SERVICE for cell in led) else led[::-1]
        self._released = {cell.name: needs for cell, needs in releases(cells, seen)}

    def lost(self) -> tuple[Lost, ...]:
        """All of them, as far as it spreads: in the order of a run, and to the other end of a pair."""
        known = -1
        while known < len(self.found):
            known = len(self.found)
            for cell in self._order:
                if cell.name not in self.found and (lost := self._judge(cell)) is not None:
                    self.found[cell.name] = lost
        return tuple(self.found.values())

    def _judge(self, cell: Cell) -> Lost | None:
        one = self.seen[cell.name]
        if one.outcome is Outcome.HARVESTED:
            return None
        if one.outcome is Outcome.UNKNOWN:
            return Lost(cell.name, *kept_by(cell.region), one.why)
        return (
            self._by_others(cell)
            or self._by_itself(cell)
            or self._by_partner(cell)
            or self._by_output(cell)
            or self._by_budget(cell)
            or self._by_gate(cell)
        )

    def _by_others(self, cell: Cell) -> Lost | None:
        """It does not come to its turn, unless others wait for it, and it is asked itself."""
        lost = [other for other in _before(cell) if other.name in self.found]
        if not lost or any(self.found[other.name].by == cell.name for other in lost):
            return None
        why = cell.lacks(lost[0]) if cell.toward == SERVICE else f"{lost[0].name} still needs it"
        return Lost(cell.name, Outcome.BLOCKED, self.found[lost[0].name].by, why)

    def _by_itself(self, cell: Cell) -> Lost | None:
        one = self.seen[cell.name]
        if one.outcome is Outcome.FAILED:
            fuses = self._mute_fuses(cell)
            if fuses is not None and cell.toward != SERVICE:
                return self._by_mute(cell, fuses, MAY_BE_ABSENT)
            return Lost(cell.name, one.outcome, cell.name, one.why)
        if one.state is not None and not _leads_on(cell, one.state):
            why = f"{one.state.name}, {one.state.text}: no step or wait of its driver leads on from there"
            return Lost(cell.name, Outcome.FAILED, cell.name, why)
        if one.doubtful and cell.toward != SERVICE and cell.goal is not None:
            return self._by_mute(cell, self.cells[one.doubtful], f"nobody can tell whether it works: {one.why}")
        return None

    def _by_partner(self, cell: Cell) -> Lost | None:
        """The other end is lost. Out of service an end that cannot be reached is where it is to be."""
        other = cell.partner
        if other is None or other.name not in self.found:
            return None
        if cell.toward != SERVICE and self.seen[cell.name].state is None:
            return None
        return Lost(cell.name, Outcome.BLOCKED, self.found[other.name].by, f"its other end {other.name} is lost")

    def _by_output(self, cell: Cell) -> Lost | None:
        """Nobody can tell whether an output is on that it is to turn off, after all others who have it."""
        for need in self._released.get(cell.name, ()):
            provider = self.cells[need.provider.name]
            is_mute = self.seen[provider.name].outcome in MUTE
            if is_mute and not any(user.name in self.found for user in sharers(self.cells, need)):
                return self._by_mute(cell, provider, f"no word of {need}")
        return None

    def _by_mute(self, cell: Cell, culprit: Cell, why: str) -> Lost:
        """Another one cannot be asked: it is the root, if this run leads it; or fuses are, which could say that this one is absent."""
        fuses = self._mute_fuses(cell)
        if fuses is not None:
            culprit, why = fuses, MAY_BE_ABSENT
        if self.seen[culprit.name].outcome is Outcome.UNKNOWN:
            return Lost(cell.name, *kept_by(culprit.region), why)
        if culprit.led:
            return Lost(cell.name, Outcome.BLOCKED, culprit.name, why)
        return Lost(cell.name, Outcome.FAILED, cell.name, why)

    def _by_budget(self, cell: Cell) -> Lost | None:
        """Those that cannot be asked may use up what a step of its way draws on."""
        state = self.seen[cell.name].state or (cell.block.reset_state if cell.toward == SERVICE else None)
        ways = path_to_goal(type(cell.block), state, cell.toward) if state is not None else ()
        drawn = {name for way in ways if isinstance(way, Step) for name in way.budgets}
        for budget in self.budgets:
            if budget.name in drawn and cell.block in budget.among:
                others = [self.cells[block.name] for block in budget.among if block is not cell.block]
                mute = [other for other in others if self.seen[other.name].outcome in MUTE]
                if len(mute) >= budget.most:
                    holder = mute[0]  # also one that the run does not lead
                    is_lost = self.seen[holder.name].outcome is Outcome.UNKNOWN
                    outcome, by = kept_by(holder.region) if is_lost else (Outcome.BLOCKED, holder.name)
                    return Lost(cell.name, outcome, by, f"budget {budget.name} may be held by {holder.name}")
        return None

    def _mute_fuses(self, cell: Cell) -> Cell | None:
        return next((fuses for fuses, _ in cell.fuses if self.seen[fuses.name].outcome in MUTE), None)

    def _by_gate(self, cell: Cell) -> Lost | None:
        if cell.name not in self.refused:
            return None
        outcome, by = kept_by(self.kept[cell.name]) if cell.name in self.kept else (Outcome.FAILED, cell.name)
        return Lost(cell.name, outcome, by, f"refused: {self.refused[cell.name]}")


def releases(cells: Mapping[str, Cell], seen: Mapping[str, Seen]) -> Iterator[tuple[Cell, list[Output[Any]]]]:
    """The outputs that each of these turns off on the way down, last one first: those that nobody who is led later has."""
    gone = {name for name, one in seen.items() if one.outcome is Outcome.HARVESTED}
    for cell in reversed(list(cells.values())):
        if (
            cell.name not in gone and cell.led and cell.toward != SERVICE and cell.goal is not None
        ):  # who stays keeps what it has
            gone.add(cell.name)
            needs = [
                need for need in reversed(cell.block.needs) if isinstance(need, Output) and can_be_turned_off(need)
            ]
            yield cell, [need for need in needs if all(user.name in gone for user in sharers(cells, need))]


def _leads_on(cell: Cell, state: State) -> bool:
    """Whether the ways of its driver lead from that state to where it is to be."""
    is_there = cell.goal is None or state is cell.goal
    if is_there or (cell.toward != SERVICE and state in type(cell.block).until_power_off):
        return True
    path = path_to_goal(type(cell.block), state, cell.toward)
    return bool(path) and path[-1].target is cell.goal


def _before(cell: Cell) -> list[Cell]:
    """Who is to be where it is led before it: what it needs; out of service who needs it, or the other end of its pair."""
    if cell.toward == SERVICE:
        return cell.before
    return [user for end in ends(cell) for user in end.users] if cell.goal is not None else []
