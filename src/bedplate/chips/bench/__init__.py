"""Benches: for each IP type a chip with its samples alone, on a supply that gives whatever they need. The chips of the folders' own tests.

They are made of the types' components: the chip `bench.pll` is the attribute `pll` here. `wiring.py` says what lies on one, `supply/` what
feeds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.chips.bench.wiring import bench_of, benches
from bedplate.component import component_named, type_names

if TYPE_CHECKING:
    from bedplate.chips.bench.wiring import Bench

__all__ = ["bench_of", "benches"]


def __getattr__(name: str) -> type[Bench]:
    """The bench of a type by its name, whatever is wrong with the folders of others. Raises AttributeError, ConfigError."""
    component = component_named(name) if name in type_names() else None
    if component is None or not component.samples:
        raise AttributeError(f"no type with samples is named {name}", name=name)
    return bench_of(component.driver)


def __dir__() -> list[str]:
    return [*__all__, *benches()]
