"""What the RTL of Tern has besides its instances and their needs: regions of the fabric, straps, pins, who counts resets."""

from __future__ import annotations

from bedplate.block import Kind, Outlet
from bedplate.chips.tern.model import serial_of
from bedplate.chips.tern.wiring import Tern
from bedplate.ip.otp.driver import Otp
from bedplate.ip.rstmgr.driver import Rstmgr
from bedplate.ip.spi_br.driver import SpiBr
from bedplate.ip.sysid.driver import Sysid
from bedplate.topology import Instance

DOMAINS = 16
"""Reset domains that a SYSID counts: 0 is the die's own, then one for each line of its reset manager."""

INPUTS = {
    "tenant_active": "logic",
    "harvest_straps": "logic [1:0][7:0]",
}
"""Inputs of the chip that are neither clock, reset nor bus: the tenant's side, and parts that the board leaves unused."""


PINS = {
    "sck": "logic [1:0]",
    "cs_n": "logic [1:0]",
    "mosi": "logic [1:0]",
}
"""Inputs that go to an instance as they are: each die's SPI bridge has pins of its own, in the order of the dies."""

OUTPUTS = {"miso": "logic [1:0]"}


def regions(chip: Tern) -> list[str]:
    """The groups of instances that share a fabric and its port, by the first part of their names."""
    return [f"die{n}" for n in range(len(chip.die))]


def parameters(block: Instance) -> dict[str, str]:
    """Parameters of an instance's module."""
    serial = {"SERIAL": f"64'h{serial_of(block):x}"}
    if isinstance(block, Sysid):
        return {"DIE": str(block.want.die), **serial}
    return serial if isinstance(block, Otp) else {}


def ports(block: Instance, chip: Tern) -> dict[str, str]:
    """Ports of an instance's module that are not needs, and what they are connected to."""
    die = block.name.partition(".")[0]
    if isinstance(block, Sysid):
        return {
            "tenant_active": f"{die}_tenant_active",
            "chip_reset": f"{die}_chip_reset",
            "domain_resets": f"{die}_domain_resets",
        }
    if isinstance(block, SpiBr):
        n = die.removeprefix("die")
        pins = {pin: f"{pin}[{n}]" for pin in (*PINS, *OUTPUTS)}
        return {**pins, "link_fault": f"error[{n}].valid && !error[{n}].decode"}
    if isinstance(block, Otp):
        return {"harvest_straps": f"{die}_harvest_straps[{die.removeprefix('die')}]"}
    return {}


def declarations(chip: Tern) -> list[str]:
    """Signals that `ports` refers to: how many instances of each domain are reset in this clock."""
    lines = []
    for n, die in enumerate(chip.die):
        lines.append(f"logic [{DOMAINS - 1}:0][7:0] die{n}_domain_resets;")
        lines.append("always_comb begin")
        lines.append(f"    die{n}_domain_resets = '0;")
        for domain in range(DOMAINS):
            members = [block for block in die.instances() if _domain(block, die.rstmgr) == domain]
            if members:
                terms = " + ".join(f"8'({block.name.replace('.', '_')}_was_reset)" for block in members)
                lines.append(f"    die{n}_domain_resets[{domain}] = {terms};")
        lines.append("end")
    return lines


def _domain(block: Instance, rstmgr: Rstmgr) -> int:
    for need in block.needs:
        if need.kind is Kind.RESET and isinstance(need, Outlet):
            return 1 + rstmgr.want.index(need.port)
    return 0
