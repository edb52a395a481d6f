"""The embedded model of any chip: its instances behave as their components say, and are wired like the chip itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bedplate.block import Output
from bedplate.bus import WORD, MemoryBus
from bedplate.component.declaration import NONE
from bedplate.component.find import component_of
from bedplate.errors import ModelDefect, OutOfRange, UnknownName, line_of
from bedplate.model import Capacity, ChipModel, FabricError, FabricNeed, Model, Placed, blamed_on_models, hearing
from bedplate.topology import Instance, Topology


class WiredModel(ChipModel):
    """What the regions of a chip have in common besides needs: who counts resets, and who is told of the fabric's first error.

    The holder of a region's identity counts the resets of its domains (`domain_was_reset`); every instance that listens
    (`fabric_timed_out`) hears when the first error that its region's fabric answered, and froze, was a timeout.
    """

    def __init__(self, chip: Topology, placed: Iterable[Placed], **rest: Any) -> None:
        self._counted: dict[str, tuple[str, int]] = {}
        self._regions: dict[str, tuple[range, tuple[str, ...]]] = {}
        self._erred: frozenset[str] = frozenset()
        for region in chip.regions:
            inside = tuple(block.name for block in chip.all if block.regs.base in region.reach)
            self._regions[region.name] = region.reach, inside
            if region.holder is None:
                continue
            for block in chip.all:
                if block.name in inside and (epoch := region.epoch(block)) is not None:
                    self._counted[block.name] = region.holder.name, epoch
        super().__init__(placed, **rest)

    def was_reset(self, name: str) -> None:
        if name in self._counted:
            holder, epoch = self._counted[name]
            self[holder].domain_was_reset(epoch)

    def refused(self, error: FabricError) -> None:
        for region, (reach, inside) in self._regions.items():
            if error.address in reach and region not in self._erred:
                self._erred |= {region}
                for name in inside if error.kind != "decode" else ():
                    self[name].fabric_timed_out()


def make_model(
    chip: type[Topology],
    fuses: Mapping[str, int] | None = None,
    faults: Iterable[str] = (),
    models: Mapping[str, Model] = NONE,
) -> WiredModel:
    """A chip's model at power-on. `fuses` are harvest masks by the group that they are in, such as {"die0": 0x20}; `faults` are there
    from the start; `models` by the names of their instances stand in for those that components make. The model of a chip's fuses takes
    its mask as the setting `harvest`. Raises UnknownName for a group without such fuses, and where an instance's type has no component,
    OutOfRange for a mask with bits that those fuses have not.
    """
    wired = chip(MemoryBus(0))
    masks = dict(fuses or {})
    burnt: dict[str, int] = {}
    for harvest in wired.harvests:
        burnt[harvest.fuses.name] = mask = masks.pop(harvest.group, 0)
        if mask not in harvest.masks:
            raise OutOfRange(
                "a harvest mask has bits that the chip has no fuse for",
                where=harvest.group,
                wanted=f"0 to 0x{harvest.masks[-1]:x}",
                got=f"0x{mask:x}",
                next=f"`bedplate info {harvest.fuses.name}` says what each bit removes",
            )
    for name in masks:
        wired.require_fuses(wired.name, f"a mask for {name}")
        raise UnknownName("part with harvest fuses", name, [one.group for one in wired.harvests])
    placed = [_placed(wired, block, burnt, models.get(block.name)) for block in wired.all]
    capacities = [Capacity(one.name, one.most, tuple(part.name for part in one.among)) for one in wired.capacities]
    return WiredModel(wired, placed, faults=faults, capacities=capacities)


def _placed(chip: Topology, block: Instance, burnt: Mapping[str, int], given: Model | None) -> Placed:
    settings = dict(chip.parameters.get(block.name, {}))
    if block.name in burnt:
        settings["harvest"] = burnt[block.name]
    if given is None:
        kind = component_of(type(block)).model
        if block.name in burnt and not hasattr(kind, "harvest"):
            raise ModelDefect(
                f"the model {kind.__name__} cannot be told which fuses are burnt",
                where=block.name,
                wanted="harvest = 0, a mask that it shows where the driver reads it: the chip has a Harvest of these fuses",
                cause=line_of(kind),
            )
        try:
            with blamed_on_models:
                given = kind(**settings)
        except UnknownName as error:
            error.where = error.where or f"the parameters of {block.name}"
            raise
        if not hasattr(given, "around"):
            raise ModelDefect(
                f"`__init__` of the model {kind.__name__} does not call super().__init__(**settings)",
                where=block.name,
                wanted="that, or no `__init__` at all: `after_reset` sets what it keeps",
                cause=line_of(kind.__init__),
            )
    model = given
    needs = [
        FabricNeed(need.kind.value, need.provider.name, need.port if isinstance(need, Output) else "")
        for need in block.needs
    ]
    if (other := chip.partner_of(block)) is not None:
        needs += hearing(model, other.name)
    return Placed(block.name, block.regs.base, model, needs, size=0 if block.regs.SIZE else WORD)
