"""A part of a chip, to be converged by itself: instances, and everything that they need."""

from __future__ import annotations

import copy

from bedplate.block import Step
from bedplate.converge.chip import Chip
from bedplate.errors import CheckFailed
from bedplate.topology import Instance


def part_of(chip: Chip, pattern: str) -> Chip:
    """The chip on the same bus, but with only the instances that the pattern names and what they need.

    Instances that share a limit with them (inrush current) stay outside; so nothing of it may be in progress there. Raises
    CheckFailed if it is (reads only), UnknownName.
    """
    members: set[str] = set()
    for block in chip.select(pattern):
        _add(chip, block, members)
    _require_calm_outside(chip, members)
    part = copy.copy(chip)
    part.all = tuple(block for block in chip.all if block.name in members)
    part.order = tuple(block for block in chip.order if block.name in members)
    part.limits = tuple(
        limit._replace(among=tuple(block for block in limit.among if block.name in members)) for limit in chip.limits
    )
    return part


def _add(chip: Chip, block: Instance, members: set[str]) -> None:
    if block.name in members:
        return
    members.add(block.name)
    for need in block.needs:
        _add(chip, need.provider, members)
    for harvest in chip.harvests:
        if any(block in parts for parts in harvest.parts):
            _add(chip, harvest.fuses, members)


def _require_calm_outside(chip: Chip, members: set[str]) -> None:
    outside = {
        block.name: limit.claim
        for limit in chip.limits
        if any(block.name in members for block in limit.among)
        for block in limit.among
        if block.name not in members
    }
    if not outside:
        return
    for seen in chip.observe():
        claim = outside.get(seen.block.name)
        claimed = [way.target for way in type(seen.block).ways if isinstance(way, Step) and way.claim == claim]
        if claim is not None and seen.state in claimed:
            raise CheckFailed(
                f"{seen.block.name} is on its way and shares the limit '{claim}'",
                where=", ".join(sorted(members)),
                got=f"{seen.block.name} {seen.state}",
                next="converge the whole chip: up",
            )
