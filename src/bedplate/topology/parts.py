"""What a wiring is made of besides instances: groups that hold them, budgets that they share, fuses that remove them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from bedplate.block import Block
from bedplate.bus import shown
from bedplate.errors import WiringError, line_of
from bedplate.topology.answer import defect

Instance = Block[Any, Any]


class Budget(NamedTuple):
    """A budget that instances share: at most `most` of these may be in a state that draws on it at one time.

    Among a chip's `capacities` it says what the hardware bears, whatever its `budgets` allow the HAL.
    """

    name: str
    most: int
    among: tuple[Instance, ...]


class Harvest(NamedTuple):
    """Fuses that say which parts are absent: bit i of `read()` removes the instances `parts[i]`.

    `read` is legal once `fuses` is at its goal.
    """

    fuses: Instance
    read: Callable[[], int]
    parts: tuple[tuple[Instance, ...], ...]

    @property
    def group(self) -> str:
        """What a mask is said of: the part of the chip whose fuses they are, die0 of die0.otp; fuses beside all parts by their own name."""
        return self.fuses.name.rpartition(".")[0] or self.fuses.name

    @property
    def masks(self) -> range:
        """All masks that there can be."""
        return range(1 << len(self.parts))

    def mask(self) -> int:
        """What `read` says. Raises DriverDefect for what is no mask, or has bits that no instances belong to, and whatever reading raises."""
        mask = self.read()
        if not isinstance(mask, int) or int.__index__(mask) not in self.masks:
            wanted = f"an integer from 0 to 0x{self.masks.stop - 1:x}: {len(self.parts)} bits, as the wiring has it"
            raise defect("the harvest mask is none", self.fuses.name, wanted, mask, self.read)
        return int.__index__(mask)


class Group:
    """A named place in the wiring that holds instances and further groups as typed attributes, in order."""

    def instances(self) -> Iterator[Instance]:
        """All instances below, in the order of the source."""
        for member in vars(self).values():
            yield from _instances(member)


def _instances(member: object) -> Iterator[Instance]:
    if isinstance(member, Block):
        yield member
    elif isinstance(member, Group):
        yield from member.instances()
    elif (
        type(member) is tuple
    ):  # not its subclasses: budgets, harvests and pairs refer to instances, they do not hold them
        for item in member:
            yield from _instances(item)
    elif any(isinstance(item, (Block, Group)) for item in _held(member)):
        kind = type(member)
        if isinstance(member, (list, dict, set)):
            what, wanted = "", "a tuple of them, or a Group: what holds the parts of a chip does not change"
        else:
            what, wanted = ", which is no Group: they are not on this chip", f"class {kind.__name__}(Group)"
        raise WiringError(
            f"instances in a {kind.__name__}{what}", where=line_of(kind), wanted=wanted, got=shown(member)
        )


def _held(member: object) -> Iterable[object]:
    """What a member holds that is neither a part of a chip nor a tuple of such."""
    if isinstance(member, (list, set)):
        return member
    if isinstance(member, dict):
        return member.values()
    return () if isinstance(member, type) else getattr(member, "__dict__", {}).values()
