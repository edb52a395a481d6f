"""What an act does beyond the instance that it acts upon: who uses it, what those lose, and where it is felt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bedplate.block import SERVICE, Kind, Step
from bedplate.converge.cell import Cell
from bedplate.converge.pair import ends
from bedplate.reg import Effect
from bedplate.topology import Region


def all_users(cell: Cell, fused: bool = True) -> list[Cell]:
    """Everybody who needs it, directly or not, `fused` also whom its fuses may remove.

    What one end of a pair loses, the other loses as well.
    """

    def beside(one: Cell) -> Iterable[Cell]:
        users = one.users
        if not fused:
            users = [user for user in users if one.block in (need.provider for need in user.block.needs)]
        return (*users, *ends(one)[1:])

    return _reached(cell, beside)


def regions_in_reach(cell: Cell, effect: Effect) -> list[Region]:
    """The regions that an act of this instance may disturb: its own, and of what it acts upon, and its users', if it disturbs."""
    others = [*cell.providers, *all_users(cell)] if effect else cell.providers
    return list(dict.fromkeys([cell.region, *(other.region for other in others)]))


def regions_under(cell: Cell) -> list[Region]:
    """The regions of all that it builds upon, however many providers away: what is reset there, it loses by."""
    under = _reached(cell, lambda one: (*one.providers, *ends(one)))
    return list(dict.fromkeys(one.region for one in (cell, *under)))


def users_lose(cell: Cell) -> Effect:
    """What all its users lose together, when it withdraws what it gives them. Whom fuses may remove does not use them."""
    users = all_users(cell, fused=False)
    without = {one.name for one in (cell, *users)}
    lost = Effect.NONE
    for user in users:
        for need in user.block.needs:
            if need.provider.name in without:
                lost |= type(user.block).loses.get(need.kind, Effect.NONE)
    return lost


def effect_of(cell: Cell, step: Step[Any]) -> Effect:
    """All that a step does to the world: what it writes, what users lose by it, and, out of service, what it did there itself."""
    effect = step.effect | (users_lose(cell) if step.withdraws else Effect.NONE)
    return effect if SERVICE in step.toward else effect | Effect.STOPS_TRAFFIC


def reset_with(cell: Cell) -> list[Cell]:
    """All whom it resets when it gives nothing any more: who has power or reset release from it, and theirs."""

    def taken(one: Cell) -> Iterable[Cell]:
        for user in one.users:
            if any(need.provider is one.block and need.kind in (Kind.POWER, Kind.RESET) for need in user.block.needs):
                yield user

    return _reached(cell, taken)


def _reached(cell: Cell, beside: Callable[[Cell], Iterable[Cell]]) -> list[Cell]:
    """All that one comes to from a cell by ever going to those beside, each once, and not the cell itself."""
    found = {cell.name: cell}
    open_ = [cell]
    while open_:
        new = {other.name: other for other in beside(open_.pop()) if other.name not in found}
        found.update(new)
        open_ += new.values()
    return list(found.values())[1:]
