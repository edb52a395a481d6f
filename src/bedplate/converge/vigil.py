"""The watch that a run keeps over the chip as a whole: who answers, and whether anything was reset behind its back.

Every region is asked at the start of each round, right before each act whose effects reach it, and at the end, in one burst.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from bedplate.block import Vitals
from bedplate.errors import BedplateError, BusFault, EnvError, News, PathLost
from bedplate.topology import Instance, Region, Topology, sound


class Overtaken(News):
    """What this run has seen counts no more: something happened behind its back."""


class Regressed(News):
    """A provider that was at its goal is not there any more, or does not give what it gave."""

    def __init__(self, provider: str, why: str) -> None:
        super().__init__(why)
        self.provider = provider


class RegionLost(News):
    """A region does not prove any more who it is: nothing behind it is led further."""

    def __init__(self, region: Region, error: BedplateError) -> None:
        super().__init__(region.name)
        self.region, self.error = region, error


class Vigil:
    """What the regions of one chip said last in this run."""

    def __init__(self, chip: Topology) -> None:
        self.chip = chip
        self.known: dict[str, Vitals] = {}
        self.lost: dict[str, BedplateError] = {}
        """Regions that did not prove who they are, or whose link is down, each with the error."""
        self._given_up: dict[str, set[int]] = {}
        """By region the epochs that may change."""

    def begin(self) -> None:
        """At the start of a round: every region proves who it is. One that does not is lost for this run.

        What was given up before has had its consequences: from here on every reset is news again. Raises PathLost, and Overtaken if
        anything else was reset since the round before.
        """
        given_up, self._given_up = self._given_up, {}
        news: list[Overtaken] = []
        for region in self.chip.regions:
            if region.name not in self.lost:
                before = self.known.get(region.name)
                try:
                    now = self.known[region.name] = self._ask(region)
                    if before is not None:
                        _require_same_life(region, before, now, given_up)
                except Overtaken as overtaken:
                    news.append(overtaken)
                except RegionLost as loss:
                    self.lose(loss.region, loss.error)
        if news:
            raise news[0]

    def renew(self, regions: Iterable[Region]) -> list[Vitals | None]:
        """The vitals of these regions, right before an act, None of those that are lost.

        Raises Overtaken if anything was reset since they were last asked.

        Raises RegionLost, PathLost.
        """
        return [self._renew(region) for region in regions]

    def give_up(self, blocks: Iterable[Instance]) -> None:
        """An act of this run takes from these what they need: their resets, and no others, are its own doing from here on."""
        for block in blocks:
            region = self.chip.region_of(block)
            epochs = range(len(self.known[region.name].epochs)) if region.name in self.known else ()
            mine = [self._epoch_of(region, block, epochs)] if region.epoch_of is not None else epochs
            self._given_up.setdefault(region.name, set()).update(one for one in mine if one is not None)

    def _epoch_of(self, region: Region, block: Instance, epochs: Sequence[int]) -> int | None:
        """Which epoch counts its resets. Raises RegionLost where the word of the region's author for that fails."""
        is_told = region.ask is not None and region.name in self.known
        epoch = sound(partial(region.epoch, block, len(epochs) if is_told else None), region.name)
        if isinstance(epoch, BedplateError):
            raise RegionLost(region, epoch)
        return epoch

    def take_back(self) -> None:
        """The act has had its consequences: from here on every reset is news again. Raises as `renew` does."""
        self.renew(region for region in self.chip.regions if region.name in self._given_up)
        self._given_up.clear()

    def lose(self, region: Region, error: BedplateError) -> None:
        """Nothing behind this region is led or believed any more in this run."""
        self.lost[region.name] = error
        self.known.pop(region.name, None)
        self.chip.bus.disproved(region)

    def identity(self, region: Region) -> str:
        """Who answers there, in words."""
        vitals = self.known.get(region.name)
        return f"{region.name} {vitals.identity if vitals is not None else 'unknown'}"

    def _renew(self, region: Region) -> Vitals | None:
        if region.name in self.lost:
            return None
        before = self.known[region.name]
        if region.is_mute:
            return before
        now = self.known[region.name] = self._ask(region)
        _require_same_life(region, before, now, self._given_up)
        return now

    def _ask(self, region: Region) -> Vitals:
        """Ask; once more after an error, since asking is harmless."""
        for last in (False, True):
            try:
                with self.chip.looking():
                    vitals = region.vitals(self.chip.guard)
            except (PathLost, EnvError):
                raise
            except BusFault as error:
                if last:
                    raise RegionLost(region, error) from error
            except BedplateError as error:
                raise RegionLost(region, error) from error
            else:
                self.chip.bus.proved(region)
                return vitals
        raise AssertionError


def _require_same_life(region: Region, before: Vitals, now: Vitals, given_up: Mapping[str, Collection[int]]) -> None:
    """Raise Overtaken if anything was reset between these two but what was given up."""
    if not now.same_life(before, given_up.get(region.name, ())):
        who = "" if now.identity == before.identity else f": {before.identity}, then {now.identity}"
        raise Overtaken(f"{region.name} was reset{who}")
