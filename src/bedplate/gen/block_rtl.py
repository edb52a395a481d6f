"""An IP type as it is mounted on a chip, in SystemVerilog: `<ip>_block.sv`, a module with the block in its slot.

It is the unit in which simulators are built. A block has no parameters and its ports are plain vectors, so that a chip's top needs to know
nothing else of it, and all its instances are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bedplate.gen.chip_ports import SLOT, common_ports, own_ports, slot_ports
from bedplate.gen.ports import Ports, module_ports

BRIDGE_CLOCK = "bridge_clk"
"""The clock of a block that listens to pins, which has a port `master`: another one than that of its slot."""


def block_name(ip: str) -> str:
    """The name of the module."""
    return f"{ip}_block"


def block_file(home: Path, ip: str) -> Path:
    """Where it is, by the folder of its type."""
    return home / "rtl" / f"{block_name(ip)}.sv"


def port_name(name: str) -> str:
    """What a port of a type's own module is called at its block: not `near`, which libraries in C++ take for a word of theirs."""
    return f"own_{name}"


def block_sv(home: Path, ip: str, title: str) -> str:
    """The text of `<ip>_block.sv`, from the header of `rtl/<ip>.sv` in the folder of the type."""
    ports, slot = module_ports(home / "rtl" / f"{ip}.sv"), slot_ports()
    inner = [name for name in (*slot.inputs, *slot.outputs) if name.startswith(("block_", "faults"))]
    outer = [name for name in (*slot.inputs, *slot.outputs) if name not in inner and name != "deprived"]
    own = [name for name in (*ports.inputs, *ports.outputs) if name in own_ports(ports)]
    listens = "master" in ports.outputs
    header = [*(_port(name, slot) for name in outer), "output logic violation"]
    header += [f"input  logic {BRIDGE_CLOCK}"] * listens + [_port(name, ports, port_name(name)) for name in own]
    lines = [title, "", f"// A block of the type {ip} in its slot: what a chip mounts.", f"module {block_name(ip)}"]
    lines += ["    import block_pkg::*;", "(", ",\n".join(f"    {text}" for text in header), ");"]
    lines += [f"    {slot.types[name]} {_range(name, slot)}{name};" for name in inner]
    works = "in_use" in ports.outputs
    lines += ["    logic violated;", *["    logic in_use, deprived;"] * works]
    mounted = {name: _given(name, slot) for name in outer} | {name: name for name in inner}
    mounted["deprived"] = "deprived" if works else ""
    lines += _instance(SLOT, "slot", mounted)
    common = common_ports()
    wires = {name: _inner(name) for name in (*common.inputs, *common.outputs)}
    wires |= {"clk": BRIDGE_CLOCK if listens else "clk", "violation": "violated"}
    wires |= {name: _given(name, ports, port_name(name)) for name in own}
    if works:
        wires["in_use"] = "in_use"
    if "chip_reset" in ports.inputs:
        wires["chip_reset"] = _given("chip_reset", ports)
    lines += _instance(ip, "block", wires)
    violation = "(violated && block_rst_n) || (deprived && in_use)" if works else "violated && block_rst_n"
    lines += [f"    assign violation = {violation};", "endmodule", ""]
    return "\n".join(lines)


def _inner(name: str) -> str:
    """What a port that every block has is connected to: the slot's port towards it."""
    return name if name.startswith("faults") else {"apb_rsp": "block_rsp"}.get(name, f"block_{name}")


def _port(name: str, ports: Ports, called: str = "") -> str:
    """The same port as a plain vector, which may be called otherwise."""
    kind, width = ports.types[name], _range(name, ports).strip()
    if kind != "logic" or width.count("[") > 1:
        width = f"[$bits({f'{kind} {width}'.strip()})-1:0]"
    return f"{'input ' if name in ports.inputs else 'output'} logic {f'{width} ' if width else ''}{called or name}"


def _range(name: str, ports: Ports) -> str:
    width = (ports.inputs | ports.outputs)[name]
    return f"{width} " if width else ""


def _given(name: str, ports: Ports, called: str = "") -> str:
    """A plain vector as the type of the port that it goes to."""
    kind, signal = ports.types[name], called or name
    return signal if kind == "logic" or name in ports.outputs else f"{kind}'({signal})"


def _instance(module: str, name: str, wires: dict[str, str]) -> Iterator[str]:
    yield f"    {module} {name} ("
    yield ",\n".join(f"        .{port}({signal})" for port, signal in wires.items())
    yield "    );"
