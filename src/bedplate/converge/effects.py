"""What an act does beyond the instance that it acts upon: who uses it, what those lose, and where it is felt."""

from __future__ import annotations

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
    found: dict[str, Cell] = {}
    open_ = [cell]
    while open_:
        one = open_.pop()
        users = (
            one.users if fused else [user for user in one.users if one.block in (n.provider for n in user.block.needs)]
        )
        more = [other for other in (*users, *ends(one)[1:]) if other is not cell and other.name not in found]
        found.update((other.name, other) for other in more)
        open_ += more
    return list(found.values())


def regions_in_reach(cell: Cell, effect: Effect) -> list[Region]:
    """The regions that an act of this instance may disturb: its own, and of what it acts upon, and its users', if it disturbs."""
    others = [*cell.providers, *all_users(cell)] if effect else cell.providers
    return list(dict.fromkeys([cell.region, *(other.region for other in others)]))


def regions_under(cell: Cell) -> list[Region]:
    """The regions of all that it builds upon, however many providers away: what is reset there, it loses by."""
    found = {cell.name: cell}
    open_ = [cell]
    while open_:
        one = open_.pop()
        more = [other for other in (*one.providers, *ends(one)) if other.name not in found]
        found.update((other.name, other) for other in more)
        open_ += more
    return list(dict.fromkeys(one.region for one in found.values()))


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
    found: dict[str, Cell] = {}
    more = [cell]
    while more:
        one = more.pop()
        for user in one.users:
            needs = (need for need in user.block.needs if need.provider is one.block)
            if user.name not in found and any(need.kind in (Kind.POWER, Kind.RESET) for need in needs):
                found[user.name] = user
                more.append(user)
    return list(found.values())
