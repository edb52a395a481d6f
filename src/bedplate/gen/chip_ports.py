"""The ports of a block's module, and what of a chip they are connected to besides needs and the bus."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bedplate.block import Kind
from bedplate.component import component_of
from bedplate.converge import Chip
from bedplate.errors import WiringError
from bedplate.gen.hardware import INCLUDED
from bedplate.gen.ports import Ports, included_ports, module_ports
from bedplate.topology import Instance

GATING = {Kind.POWER: "power", Kind.CLOCK: "clock", Kind.RESET: "released"}
"""Needs without which a block cannot answer: the slot takes them. The others go to the block."""


SLOT = "block_slot"
"""The module in which a block is mounted. Its ports towards the block begin with `block_`, or are those of planted faults."""


def slot_ports() -> Ports:
    """The ports of the slot."""
    return module_ports(INCLUDED / f"{SLOT}.sv")


def common_ports() -> Ports:
    """The ports that every block has."""
    return included_ports("block_ports.svh")


IN_THE_SLOT = ("chip_reset", "in_use")
"""Ports that some blocks have, and that are connected to nothing but the slot."""


def own_ports(ports: Ports) -> set[str]:
    """The ports of a block's module that are its own: the chip connects them."""
    common = common_ports()
    return {*ports.inputs, *ports.outputs} - {*common.inputs, *common.outputs, *IN_THE_SLOT}


def home_of(block: Instance) -> Path:
    """The folder of its type."""
    return Path(inspect.getfile(type(block))).parent


def signal_name(block: Instance) -> str:
    """What its signals begin with."""
    return block.name.replace(".", "_")


class Pad(NamedTuple):
    """A port of a component that leads out of the chip, once for each region. A strap is registered by its region's clock."""

    width: int
    is_input: bool
    is_strap: bool

    def kind(self, regions: int) -> str:
        """Its type in the chip's header: an element for each region."""
        return f"logic [{regions - 1}:0]" + (f"[{self.width - 1}:0]" if self.width > 1 else "")


def pads_of(chip: Chip) -> dict[str, Pad]:
    """The pads of a chip, in its order. Raises WiringError for one that no component has."""
    known: dict[str, Pad] = {}
    for block in chip.all:
        component = component_of(type(block))
        known |= {name: Pad(width, True, True) for name, width in component.straps.items()}
        known |= {name: Pad(width, True, False) for name, width in component.inputs.items()}
        known |= {name: Pad(width, False, False) for name, width in component.outputs.items()}
    for name in chip.pads:
        if name not in known:
            raise WiringError("pad that is no port of any component", where=chip.name, got=name)
    return {name: known[name] for name in chip.pads}


def side_ports(block: Instance, chip: Chip, region: str, number: int, ports: Ports) -> dict[str, str]:
    """Ports of a block that are neither needs nor its bus: by names that mean the same in every block, and those of its component."""
    component, found = component_of(type(block)), {}
    shared = {
        "tenant_active": f"{region}_tenant_active",
        "domain_resets": f"{region}_domain_resets",
        "link_fault": f"error[{number}].valid && !error[{number}].decode",
    }
    found.update({port: signal for port, signal in shared.items() if port in ports.inputs})
    pads = pads_of(chip)
    for port in (*component.straps, *component.inputs, *component.outputs):
        if port in pads:
            found[port] = f"{region}_{port}[{number}]" if pads[port].is_strap else f"{port}[{number}]"
        else:
            found[port] = "" if port in component.outputs else "'0"
    return found


def constants_of(chip: Chip, block: Instance) -> dict[str, str]:
    """The hardware parameters of an instance, as its module has them: inputs that never change. What the wiring does not say is as in its model."""
    component, given = component_of(type(block)), chip.parameters.get(block.name, {})
    return {
        name: literal(width, component.encodings.get(name, int)(given.get(name, getattr(component.model, name))))
        for name, width in component.widths.items()
    }


def literal(width: int, value: int) -> str:
    """A number as Verilog writes it, of so many bits."""
    return f"{width}'h{value & (1 << width) - 1:x}"


def domain_counts(chip: Chip, members: Mapping[str, Sequence[Instance]], ports: Mapping[str, Ports]) -> Iterator[str]:
    """For each region how many instances of each of its reset domains are reset in this clock, if somebody counts them."""
    for region in chip.regions:
        counts = [ports[block.ip].inputs.get("domain_resets") for block in members[region.name]]
        width = next(filter(None, counts), "")
        if not width or region.epoch_of is None:
            continue
        yield f"logic {width} {region.name}_domain_resets;"
        yield "always_comb begin"
        yield f"    {region.name}_domain_resets = '0;"
        domains: dict[int, list[str]] = {}
        for block in members[region.name]:
            if (domain := region.epoch(block)) is not None:
                domains.setdefault(domain, []).append(f"8'({signal_name(block)}_was_reset)")
        for domain, terms in sorted(domains.items()):
            yield f"    {region.name}_domain_resets[{domain}] = {' + '.join(terms)};"
        yield "end"


def require_connected(block: Instance, ports: Ports, wires: Mapping[str, str]) -> None:
    """Raise WiringError for a port of a block's module that nothing is connected to, or a connection without a port.

    A need whose loss costs the block something has to have one.
    """
    there = own_ports(ports)
    for name in sorted(there - wires.keys()):
        raise WiringError(
            f"port `{name}` of {block.ip}.sv is connected to nothing",
            where=block.name,
            cause="a need that the driver does not require, or a port that leads out of the chip",
            next=f"say so in `requires` of its driver, or in `straps`, `inputs` or `outputs` of {block.ip}/component.py",
        )
    suffers = {kind.value for kind, cost in type(block).loses.items() if cost and kind not in GATING}
    suffers -= {port.removesuffix("_mhz") for port in ports.inputs if port.endswith("_mhz")}
    for name in sorted({*wires, *suffers} - there):
        raise WiringError(f"{block.ip}.sv has no port `{name}`", where=block.name, wanted=f"`{name}` in its header")
