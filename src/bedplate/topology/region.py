"""Regions: the parts of a chip that are reached, identified and reset as one, such as a die behind its port."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bedplate.block import Block, Identity, Tenant, Vitals
from bedplate.bus import Bus, Canary
from bedplate.errors import RAISED, WrongChip
from bedplate.topology.answer import defect, failure_of

WHICH_ONE = "which one of its kind it is, and in which boot, is unknown"
UNSEEN = "resets behind our back are not seen"
LOAD = "whether a workload runs is unknown, and counts as yes"


class Region(NamedTuple):
    """A part of a chip with an identity of its own.

    `ask` reads its vitals in one burst, and raises WrongChip where they are not those of this part of this chip; it stands in
    the driver of `holder`, the instance that keeps them. A chip that has no such burst is known by its canary alone, if that
    holds a known value, and its `tenant` is what the chip's author can say once and for all.
    """

    name: str
    reach: range
    canary: Canary | None = None
    holder: Block[Any, Any] | None = None
    ask: Callable[[], Vitals] | None = None
    tenant: Tenant = Tenant.UNKNOWN
    epoch_of: Callable[[Block[Any, Any]], int | None] | None = None
    """Which of the reset epochs in its vitals counts the resets of an instance, None for one that is not counted. Where nothing is
    said, any of them may."""

    @property
    def is_mute(self) -> bool:
        """Whether it has no word of its own: there is nothing to ask it."""
        return self.ask is None and (self.canary is None or self.canary.value is None)

    def vitals(self, bus: Bus) -> Vitals:
        """What this part says of itself now. Raises WrongChip, BusError."""
        if self.ask is not None:
            return self._answer(self.ask)
        if self.canary is None or self.canary.value is None:
            return Vitals(tenant=self.tenant)
        word = bus.read(self.canary.address, self.canary.size)
        if not self.canary.alive(word):
            raise WrongChip(
                "another chip answers",
                where=f"{self.name}, canary 0x{self.canary.address:x}",
                wanted=self.canary.wanted,
                got=f"0x{word:x}",
                cause=f"the wrong target, the wrong device behind it, or {self.canary.doubt}",
                next=f"check the target; `bedplate doctor` lists what this machine can reach; {self.canary.check}",
            )
        return Vitals(Identity(chip=word), tenant=self.tenant)

    def epoch(self, block: Block[Any, Any], among: int | None = None) -> int | None:
        """What `epoch_of` says of an instance; `among` is how many epochs there are, where that is known.

        Raises DriverDefect for what is none of them, and for whatever saying it raised, as the author's.
        """
        if self.epoch_of is None:
            return None
        try:
            epoch = self.epoch_of(block)
        except RAISED as error:
            raise failure_of(error, self._who) from error
        is_one = type(epoch) is int and epoch >= 0 and (among is None or epoch < among)
        if epoch is not None and not is_one:
            wanted = "its number, from 0 on" if among is None else f"below {among}: its vitals have as many"
            what = f"which epoch counts the resets of {block.name} has no proper answer"
            raise defect(what, self._who, f"{wanted}; or None", epoch, self.epoch_of)
        return epoch

    @property
    def _who(self) -> str:
        return self.holder.name if self.holder is not None else self.name

    def _answer(self, ask: Callable[[], Vitals]) -> Vitals:
        try:
            vitals = ask()
        except RAISED as error:
            raise failure_of(error, self._who) from error
        if type(vitals) is not Vitals or not vitals.is_proper:
            raise defect("the question who answers has no proper answer", self._who, "Vitals", vitals, ask)
        return vitals

    def unknown(self, vitals: Vitals | None = None) -> tuple[str, ...]:
        """What cannot be told of this part, for reports and for `doctor`: whatever happens, or by what it says of itself."""
        if self.ask is None:
            lacks = [WHICH_ONE, UNSEEN]
            if self.canary is None:
                lacks.insert(0, "a dead link cannot be told from data")
            if self.canary is None or self.canary.value is None:
                lacks.insert(0, "which chip answers is unknown")
            if self.tenant is Tenant.UNKNOWN:
                lacks.append(LOAD)
        elif vitals is not None:
            lacks = [WHICH_ONE] * (vitals.identity == Identity()) + [UNSEEN] * (not vitals.epochs)
            lacks += [LOAD] * (vitals.tenant is Tenant.UNKNOWN)
        else:
            return ()
        return tuple(f"{self.name}: {what}" for what in lacks)
