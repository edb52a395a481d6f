"""What the RTL of the bench has besides parts and supplies: the settings of its parts, as parameters, and a tenant."""

from __future__ import annotations

from typing import Any

from bedplate.block import Kind
from bedplate.chips.bench.wiring import PARTS, Bench, places, supply_name
from bedplate.ip.otp.driver import Otp
from bedplate.ip.sysid.driver import Sysid
from bedplate.topology import Instance

INPUTS = {"tenant_active": "logic"}
PINS: dict[str, str] = {}
OUTPUTS: dict[str, str] = {}

DOMAIN = 3
"""The reset domain in which the supply of power counts as a neighbour of all parts: the fault `block_reset` resets it."""

WIDTHS = {
    ("sysid", "die"): 32,
    ("d2d", "side"): 1,
    ("otp", "harvest"): 8,
    ("otp", "serial"): 64,
    ("pvt", "series"): 4,
    ("hbm_stk", "vendor"): 4,
    ("hbm_stk", "density"): 4,
    ("hbm_stk", "serial"): 50,
    ("hbm_stk", "celsius"): 8,
    ("hbm_stk", "bad_lanes"): 128,
}
"""Bits of each setting that RTL has as a parameter of the same name. It knows outlets by their numbers: their names are left out."""


def regions(chip: Bench) -> list[str]:
    """One fabric for all."""
    return ["bench"]


def parameters(block: Instance) -> dict[str, str]:
    """Parameters of an instance's module."""
    settings = {name: part.settings for part, (name, _) in zip(PARTS, places(), strict=True)}.get(block.name, {})
    return {
        name.upper(): literal(WIDTHS[block.ip, name], value)
        for name, value in settings.items()
        if (block.ip, name) in WIDTHS
    }


def literal(width: int, value: Any) -> str:
    """A value as Verilog writes it. Lanes are a byte a channel, with its highest bit set."""
    if isinstance(value, tuple):
        value = sum((0x80 | lane) << 8 * channel for channel, lane in value)
    return f"{width}'h{value & (1 << width) - 1:x}"


def ports(block: Instance, chip: Bench) -> dict[str, str]:
    """Ports of an instance's module that are not needs, and what they are connected to."""
    if isinstance(block, Sysid):
        return {
            "tenant_active": "bench_tenant_active",
            "chip_reset": "bench_chip_reset",
            "domain_resets": "domain_resets",
        }
    return {"harvest_straps": "'0"} if isinstance(block, Otp) else {}


def declarations(chip: Bench) -> list[str]:
    """Signals that `ports` refers to."""
    neighbour = supply_name(Kind.POWER).replace(".", "_")
    return [
        "logic [15:0][7:0] domain_resets;",
        "always_comb begin",
        "    domain_resets = '0;",
        f"    domain_resets[{DOMAIN}] = 8'({neighbour}_was_reset);",
        "end",
    ]
