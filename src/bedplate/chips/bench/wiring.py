"""The wiring of a bench: the samples of one IP type, each with all it needs from supplies.

A sample is an instance with hardware parameters: settings of its model, and parameters of its RTL. The tests of an IP type choose one
by them; where a test wants others, the component gets a sample. Where a sample lies does not depend on what other types there are.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar, NamedTuple

from bedplate.block import Kind, Need, Tenant, is_end
from bedplate.bus import WORD, Bus, Canary
from bedplate.chips.bench.supply.driver import Supply
from bedplate.component import Component, component_of, components, registers_of
from bedplate.converge import Chip
from bedplate.reg import Probe, RegisterBlock, registers
from bedplate.topology import Instance, Pair, Region

STEP = 0x1000
"""Bytes from one instance to the next; the samples begin after the supplies, at FIRST."""
FIRST = STEP * 16
NEIGHBOUR = 3
"""The reset domain in which the supply of power counts as a neighbour of all samples: the fault `block_reset` resets it."""


class Part(NamedTuple):
    """Where a sample lies on the bench of its type."""

    name: str
    base: int


class Bench(Chip):
    """The samples of a type, named `bench.pll0` and so on, and a supply for each kind of need that it has, named `bench.rail` and so on.

    A supply of power is always there: it is the neighbour.
    """

    component: ClassVar[Component]
    tenant = Tenant.IDLE

    def wire(self, bus: Bus) -> None:
        driver, samples = self.component.driver, self.component.on_bench
        given = {
            kind: Need(kind, Supply(RegisterBlock(bus, STEP * number, supply_name(kind)), None))
            for number, kind in enumerate(Kind, 1)
            if kind is Kind.POWER or kind in driver.requires
        }
        self.supply = tuple(need.provider for need in given.values())
        places = [part_of(self.component, number) for number, _ in enumerate(samples)]
        self.parts = tuple(
            driver(
                registers_of(driver)(bus, at.base, at.name), sample.config, *(given[kind] for kind in driver.requires)
            )
            for at, sample in zip(places, samples, strict=True)
        )
        self.parameters = {at.name: sample.parameters for at, sample in zip(places, samples, strict=True)}
        self.unlimited = tuple(driver.draws_on)
        if is_end(driver):
            self.pairs = tuple(map(Pair, self.parts[::2], self.parts[1::2]))
        self.regions = (Region("bench", self.ports[0], self.canary, tenant=self.tenant, epoch_of=domain_of),)


@cache
def bench_of(driver: type[Instance]) -> type[Bench]:
    """The bench of a driver's type, such as `bench.pll`. Raises UnknownName for a type without a component."""
    component = component_of(driver)
    found = {
        "name": f"bench.{component.name}",
        "component": component,
        "canary": constant_of(driver),
        "__module__": __package__,
        "__doc__": Bench.__doc__,
    }
    return type(component.name, (Bench,), found)


@cache
def constant_of(driver: type[Instance]) -> Canary | None:
    """The register of the first sample that tells a dead bus from data: the first that never reads as anything but one word, by its
    description, and that is no word of a dead bus. None for a type that has no such register: nothing can be told there.
    """
    for _, offset, cls in registers(registers_of(driver)):
        fields, size = cls.Value.FIELDS, cls.WIDTH // 8
        word = sum(field.insert(field.reset or 0) for field in fields)
        is_fixed = all(
            not (field.writable or field.props or field.onread) and field.hw in ("na", "r") for field in fields
        )
        canary = Canary(FIRST + offset, size=size)
        if is_fixed and size <= WORD and cls.ACCESS >= cls.WIDTH and cls.PROBE is Probe.SAFE and canary.alive(word):
            return canary
    return None


def benches() -> dict[str, type[Bench]]:
    """The benches of all types of this tree that have samples, by the name of the type."""
    return {name: bench_of(one.driver) for name, one in components().items() if one.samples}


def part_of(component: Component, number: int) -> Part:
    """Where the sample of that number lies."""
    return Part(f"bench.{component.name}{number}", FIRST + STEP * number)


def domain_of(block: Instance) -> int | None:
    """The reset domain that an instance is counted in."""
    return NEIGHBOUR if block.name == supply_name(Kind.POWER) else None


def supply_name(kind: Kind) -> str:
    """The name of the supply of a kind of need."""
    return f"bench.{kind.value}"
