"""The wiring of the bench: the samples of every component, each with all it needs from the supply.

A sample is an IP type with hardware parameters: settings of its model, and parameters of its RTL. The tests of an IP type choose one
by them; where a test wants others, the component gets a sample.
"""

from __future__ import annotations

from typing import NamedTuple

from bedplate.block import Kind, Need, Tenant, is_end
from bedplate.bus import Bus, Canary
from bedplate.chips.bench.supply.driver import Supply
from bedplate.component import Component, Sample, components, registers_of
from bedplate.converge import Chip
from bedplate.ip.sysid.driver import MAGIC, Sysid
from bedplate.reg import RegisterBlock
from bedplate.topology import Instance, Pair, Region

STEP = 0x1000
"""Bytes from one instance to the next; those of the parts begin after the supplies, at FIRST."""
FIRST = STEP * 16
NEIGHBOUR = 3
"""The reset domain in which the supply of power counts as a neighbour of all parts: the fault `block_reset` resets it."""


class Part(NamedTuple):
    """A sample on the bench: its name and address there."""

    component: Component
    sample: Sample
    name: str
    base: int


def parts() -> list[Part]:
    """All samples, by the names of their types, then as the component has them."""
    found: list[Part] = []
    for name, component in components().items():
        for number, sample in enumerate(component.samples):
            found.append(Part(component, sample, f"bench.{name}{number}", FIRST + STEP * len(found)))
    return found


class Bench(Chip):
    """All samples, named `bench.pll0` and so on, and a supply for each kind of need, named `bench.rail` and so on."""

    name = "bench"
    canary = Canary(next(part.base for part in parts() if part.component.driver is Sysid), MAGIC)
    tenant = Tenant.IDLE

    def wire(self, bus: Bus) -> None:
        self.supply = tuple(
            Supply(RegisterBlock(bus, STEP * number, supply_name(kind)), None) for number, kind in enumerate(Kind, 1)
        )
        given = {kind: Need(kind, supply) for kind, supply in zip(Kind, self.supply, strict=True)}
        self.parts = tuple(
            part.component.driver(
                registers_of(part.component.driver)(bus, part.base, part.name),
                part.sample.config,
                *(given[kind] for kind in part.component.driver.requires),
            )
            for part in parts()
        )
        self.parameters = {part.name: part.sample.parameters for part in parts()}
        halves = [block for block in self.parts if is_end(type(block))]
        self.pairs = tuple(map(Pair, halves[::2], halves[1::2]))
        self.regions = (Region(self.name, self.ports[0], self.canary, tenant=self.tenant, epoch_of=domain_of),)


def part_of(component: Component, sample: Sample) -> Part:
    """Where a sample lies. Raises LookupError."""
    for part in parts():
        if part.component is component and part.sample is sample:
            return part
    raise LookupError(f"{component.name} {sample} lies on no bench")


def domain_of(block: Instance) -> int | None:
    """The reset domain that an instance is counted in."""
    return NEIGHBOUR if block.name == supply_name(Kind.POWER) else None


def supply_name(kind: Kind) -> str:
    """The name of the supply of a kind of need."""
    return f"bench.{kind.value}"
