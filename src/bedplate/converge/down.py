"""Leading out of service: users before what they need, and what nobody uses any more is turned off."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bedplate.block import Output, State
from bedplate.converge.cell import Cell
from bedplate.converge.lead import MOST_TRIES, Leader, believed
from bedplate.converge.pair import ends
from bedplate.converge.report import Outcome
from bedplate.errors import BedplateError, BusFault, CheckFailed, NoWayOut, PollTimeout
from bedplate.topology import Act, Instance, Obstacle, Reach, is_coming, is_on, sound

DOWN = (Outcome.GOAL, Outcome.HARVESTED)
"""What has ended like this needs nothing any more."""
MAY_BE_ABSENT = "it does not answer, and nobody can say whether it is there"


class Descent(Leader):
    """The moves of a run to a goal out of service."""

    def lead(self, cell: Cell) -> None:
        """One move. Who turns out to have lost what it is reached by is led anew: it has nothing to be led from, and is not to blame.

        No reset epoch has told so before: a chip need not count the resets of what its instances need.
        """
        try:
            super().lead(cell)
        except (BusFault, PollTimeout, NoWayOut) as error:
            if isinstance(error, BusFault) and self._is_undecided(cell):
                return
            obstacle = self._obstacle(cell.block)
            if obstacle is None or cell.flapped(obstacle.text) is not None:
                if isinstance(error, BusFault):
                    self._say_that_it_may_be_absent(cell, error)
                raise
            self.run.acted = True
            cell.regressed()
            self.run.push(cell)

    def _say_that_it_may_be_absent(self, cell: Cell, error: BusFault) -> None:
        """Fuses that are not at their goal say nothing, and nobody leads them there on the way down."""
        for fuses, _ in cell.fuses:
            state = self._reach().look(fuses.block).state
            if state is not fuses.block.goal:
                error.cause = f"it may be absent: its fuses ({fuses.name}) are {state}, and were not read"
                error.next = f"bedplate up {fuses.name}"
                break

    def _is_undecided(self, cell: Cell) -> bool:
        """Whether what does not answer may be absent: then its fuses keep it, or who stands in the way to them, or their lost part."""
        for fuses, _ in cell.fuses:
            if fuses.region.name in self.run.vigil.lost:
                self.run.losses.settle_by(cell, fuses.region)
                return True
            obstacle = self._obstacle(fuses.block)
            culprit = self.run.cells[obstacle.culprit] if obstacle is not None else fuses
            if culprit.outcome is Outcome.FAILED:
                self.run.block(cell, culprit, MAY_BE_ABSENT)
                return True
        return False

    def _has_its_turn(self, cell: Cell) -> bool:
        """Whether everybody who needs it is where this run leads them.

        What has no such goal stays as it is, and what cannot be reached has nothing to be led from.
        """
        if cell.goal is None:
            look = self._reach().look(cell.block)
            if look.error is not None:
                raise look.error
            cell.state = look.state
            is_absent = look.obstacle is not None and look.obstacle.is_absence
            cell.settle(Outcome.HARVESTED if is_absent else Outcome.GOAL, self.chip.bus.now())
            return False
        users = [user for end in ends(cell) for user in end.users if user.led and user.outcome not in DOWN]
        if any(user.cause == cell.name for user in users):
            self._ask_again(cell)
            return False
        obstacle = self._obstacle(cell.block)
        if obstacle is not None and obstacle.is_absence:  # it has nothing, and who needs it is absent as well
            cell.state = None
            cell.settle(Outcome.HARVESTED, self.chip.bus.now())
            return False
        if users:
            self.run.block(cell, users[0], f"{users[0].name} still needs it")
            return False
        self._came_after(cell, cell.users)
        if obstacle is None:
            return True
        if obstacle.is_doubt:
            self._keep(cell, obstacle)
        elif self._release(cell):
            cell.state = None
            if cell.moved or cell.last is not Outcome.GOAL:
                self.run.tell(cell, "goal", obstacle.text)
            cell.settle(Outcome.GOAL, self.chip.bus.now())
        return False

    def _keep(self, cell: Cell, obstacle: Obstacle) -> None:
        """It may be at work, for all that is known: nothing is taken from it. Raises CheckFailed where this run leads nobody to blame."""
        if self._is_undecided(cell):
            return
        culprit = self.run.cells[obstacle.culprit]
        if culprit.region.name in self.run.vigil.lost:
            self.run.losses.settle_by(cell, culprit.region)
            return
        if not culprit.led:
            raise CheckFailed(
                f"nobody can tell whether it works: {obstacle.text}",
                where=culprit.name,
                got=obstacle.got,
                next=f"bedplate dump {culprit.name}",
            )
        self.run.block(cell, culprit, f"{culprit.name} {obstacle.got}")
        if culprit.outcome in DOWN:  # it had its turn before its users: it stays as it is
            self._ask_again(culprit)

    def _ask_again(self, cell: Cell) -> None:
        """Users are blocked because this one could not be asked what it gives: it can, and they are led anew, or that is its failure."""
        self._doubt(cell)
        reached = self._obstacle(cell.block) is None
        state = sound(partial(self.run.look, cell.block), cell.name) if reached else None
        error = state if isinstance(state, BedplateError) else cell.flapped("could not be asked, for those who need it")
        if error is not None:
            self.run.fail(cell, error)
            return
        for user in self.run.cells.values():
            if user.outcome is Outcome.BLOCKED and user.cause == cell.name:
                user.regressed()
                self.run.push(user)

    def _obstacle(self, block: Instance) -> Obstacle | None:
        """What stands in the way of reaching it, as the chip is now."""
        return self._reach().obstacle(block)

    def _reach(self) -> Reach:
        return Reach(self.chip, leaving=True, lost=self.run.vigil.lost)

    def _is_there(self, cell: Cell, state: State) -> bool:
        return super()._is_there(cell, state) or state in type(cell.block).until_power_off

    def _arrive(self, cell: Cell, state: State) -> None:
        if self._release(cell):
            super()._arrive(cell, state)

    def _require_providers(self, cell: Cell) -> None:
        """Nothing is built upon them."""

    def _release(self, cell: Cell) -> bool:
        """Turn off the outputs that nobody uses any more, last one first. False while one is not off yet."""
        for need in reversed(cell.block.needs):
            if isinstance(need, Output) and self._is_last_user(cell, need) and not self._is_off(cell, need):
                return False
        cell.pending = cell.watch = None
        return True

    def _no_word(self, cell: Cell, need: Output[Any], error: BedplateError) -> bool:
        """The provider of an output does not answer: that is its own failure, and no user's. False, for the caller."""
        self._keep(cell, Obstacle(f"no word of {need}", need.provider.name, f"says: {error}", is_doubt=True))
        return False

    def _is_last_user(self, cell: Cell, need: Output[Any]) -> bool:
        """Who stays as it is keeps what it has; who is absent has nothing."""
        others = [user for user in sharers(self.run.cells, need) if user is not cell]
        return all(
            (user.goal is not None and user.led and user.outcome in DOWN) or self._is_absent(user) for user in others
        )

    def _is_absent(self, cell: Cell) -> bool:
        """By fuses that can be read now."""
        obstacle = self._obstacle(cell.block) if cell.fuses else None
        return obstacle is not None and obstacle.is_absence

    def _is_off(self, cell: Cell, need: Output[Any]) -> bool:
        """Whether an output is off, or cannot be asked; where it is on, it is turned off, if it is one that can be.

        One that is still coming on, for whomever, is waited for: some cannot change their minds.
        """
        if not can_be_turned_off(need) or self._obstacle(need.provider) is not None:
            return True
        asked = self.chip.bus.now()
        name, watch = f"turning off {need}", cell.watch if cell.pending is need else None
        on = is_on(need)
        if isinstance(on, BedplateError):
            return self._no_word(cell, need, on)
        if not on and (cell.attempts[name] or not believed(is_coming(need))):
            return True
        is_late = watch is not None and watch.is_late(asked)
        if on and cell.attempts[name] < MOST_TRIES and (is_late or not cell.attempts[name]):
            taken = [user.block for user in sharers(self.run.cells, need)]
            act = Act.upon(need.provider, cell.name, name, need.effect)
            try:
                if not self._act(cell, act, need.turn_off, MOST_TRIES, taken=taken):
                    return False
            except BusFault as error:
                return self._no_word(cell, need, error)
            cell.attempts[name] += 1
            self.run.tell(cell, "off", str(need))
            watch = None
        if watch is None:
            watch = self._watch(need)
            cell.wait_for(need, watch)
        elif is_late:
            raise PollTimeout(
                f"{need.kind.value} {need.port} did not go off",
                where=need.provider.name,
                wanted=f"off, after {cell.name}",
                waited=asked - watch.since,
                next=f"bedplate dump {need.provider.name}",
            )
        else:
            watch.look_later(asked)
        self.run.push_at(cell, watch.when)
        return False


def can_be_turned_off(need: Output[Any]) -> bool:
    """Whether its driver says how."""
    return type(need).turn_off is not Output.turn_off


def sharers(cells: Mapping[str, Cell], output: Output[Any]) -> list[Cell]:
    """All who have this very output, in the order of needs."""
    return [
        cell
        for cell in cells[output.provider.name].users
        if any(
            isinstance(need, Output)
            and (type(need), need.provider, need.index) == (type(output), output.provider, output.index)
            for need in cell.block.needs
        )
    ]
