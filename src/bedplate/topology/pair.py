"""Pairs: two ends that train together, such as those of a die-to-die, PCIe or Ethernet link.

Neither end needs the other as a provider: that would be a cycle. They are one unit, each end in the part of the chip where it
lies, and what of it fails has one root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bedplate.block import SERVICE, Block, is_end, meetings
from bedplate.errors import WiringError


class Pair(NamedTuple):
    """The two ends. Their order means nothing."""

    one: Block[Any, Any]
    other: Block[Any, Any]

    def __str__(self) -> str:
        return f"{self.one.name} and {self.other.name}"


def partners(pairs: Sequence[Pair], blocks: Iterable[Block[Any, Any]]) -> dict[str, Block[Any, Any]]:
    """By the name of each end the other one. Raises WiringError for what cannot be a pair, and for an end that has none."""
    known = {block.name: block for block in blocks}
    found: dict[str, Block[Any, Any]] = {}
    for pair in pairs:
        for end, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if known.get(end.name) is not end:
                raise WiringError("end of a pair that is not on this chip", where=end.name, got=str(pair))
            if end is other:
                raise WiringError("an end paired with itself", where=end.name, wanted="two instances")
            if end.name in found:
                raise WiringError("an end of two pairs", where=end.name, got=f"{found[end.name].name} and {other.name}")
            if any(need.provider is other for need in end.needs):
                raise WiringError(
                    "an end that needs its other end",
                    where=end.name,
                    got=", ".join(map(str, end.needs)),
                    next="leave the need out: a pair comes up as one unit",
                )
            found[end.name] = other
        _fit(pair)
    for block in known.values():
        if is_end(type(block)) and block.name not in found:
            raise WiringError(
                f"an end without its other end: {type(block).__name__} trains together with another",
                where=block.name,
                next="name the two in `pairs`, where the chip's wiring makes them",
            )
    return found


def _fit(pair: Pair) -> None:
    """Both ends meet equally often on their way into service, at least once, and can be led to the same goals."""
    met = [meetings(type(end), end.reset_state) for end in pair]
    goals = [sorted([SERVICE, *end.goals]) for end in pair]
    if not met[0] or met[0] != met[1] or goals[0] != goals[1]:
        raise WiringError(
            "ends that do not fit",
            where=pair.one.name,
            wanted="as many ways that are taken together on the way into service, at least one, and the same goals",
            got=f"{' and '.join(f'{number or 0} of {end.name}' for number, end in zip(met, pair, strict=True))}; "
            f"goals {' and '.join(map('/'.join, goals))}",
        )


def require_closed(bits: Mapping[str, int], found: Mapping[str, Block[Any, Any]]) -> None:
    """Fuses that remove one end remove the other. `bits` are the fuses that remove an instance. Raises WiringError."""
    for name, other in found.items():
        alone = bits.get(name, 0) & ~bits.get(other.name, 0)
        if alone:
            raise WiringError(
                f"half a pair: {name} can be fused off without its other end",
                where=other.name,
                wanted=f"{other.name} in harvest bit {alone.bit_length() - 1} too",
            )
