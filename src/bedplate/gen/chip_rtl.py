"""A chip's top in SystemVerilog, from the topology that the HAL uses: every instance in its slot, wired as its needs say.

`<chip>.sv` is the module, `chip_pkg.sv` the names by which a testbench finds instances and plants faults. The chips of a family, such
as `bench.pll`, have a module of the same name, that of the family, since they have the same testbench.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from bedplate.block import Kind, Output
from bedplate.bus import MemoryBus
from bedplate.component import component_of
from bedplate.converge import Chip
from bedplate.errors import WiringError
from bedplate.gen.block_rtl import BRIDGE_CLOCK, block_name, port_name
from bedplate.gen.chip_ports import (
    GATING,
    constants_of,
    domain_counts,
    home_of,
    pads_of,
    require_connected,
    side_ports,
    signal_name,
)
from bedplate.gen.hardware import top_folder
from bedplate.gen.ports import Ports, module_ports
from bedplate.topology import Budget, Instance


def chip_files(kind: type[Chip], title: str) -> dict[Path, str]:
    """The files of a chip's top. Raises WiringError."""
    chip = kind(MemoryBus(0))
    faults = {block.ip: list(component_of(type(block)).model.faults) for block in chip.all}
    folder = top_folder(kind)
    return {
        folder / "chip_pkg.sv": chip_pkg(chip, faults, title),
        folder / f"{module_name(kind)}.sv": chip_sv(chip, title),
    }


def module_name(chip: Chip | type[Chip]) -> str:
    """The name of a chip's module: that of its family."""
    return chip.name.partition(".")[0]


def chip_sv(chip: Chip, title: str) -> str:
    """The text of `<chip>.sv`. Each driver has its `rtl/<ip>.sv` beside it.

    Raises WiringError for a need or a budget that RTL cannot meet.
    """
    instances = list(chip.all)
    members = {one.name: [block for block in instances if block.regs.base in one.reach] for one in chip.regions}
    homes = {block.ip: home_of(block) for block in instances}
    ports = {ip: module_ports(home / "rtl" / f"{ip}.sv") for ip, home in homes.items()}
    lines = [title, "", *_header(chip, len(members), len(instances))]
    for block in instances:
        lines += [f"    {text}" for text in _wires(block, ports[block.ip])]
    bridges = {
        name: [signal_name(b) for b in blocks if "master" in ports[b.ip].outputs] for name, blocks in members.items()
    }
    lines.append("")
    for number, (name, blocks) in enumerate(members.items()):
        lines += [f"    {text}".rstrip() for text in _clocks(number, name, chip, len(blocks), bridges[name])]
    lines += [f"    {text}" for text in _bridge_clock(list(members), list(chain(*bridges.values())))]
    lines += ["", *(f"    {text}" for text in domain_counts(chip, members, ports)), ""]
    for number, (name, blocks) in enumerate(members.items()):
        lines += [f"    {text}".rstrip() for text in _fabric(number, name, blocks, bridges[name])]
    regions_of = {block.name: name for name, blocks in members.items() for block in blocks}
    overruns: dict[str, list[str]] = {block.name: [] for block in instances}
    for number, budget in enumerate(chip.capacities):
        lines += ["", *(f"    {text}" for text in _budget(number, budget, regions_of, ports))]
        for at, block in enumerate(budget.among):
            overruns[block.name].append(f"budget{number}_overrun[{at}]")
    for number, block in enumerate(instances):
        region, index = next((name, blocks.index(block)) for name, blocks in members.items() if block in blocks)
        for need in block.needs:
            if need.provider not in members[region]:
                raise WiringError("need across regions, which have no clock in common", where=block.name, got=str(need))
        bridge = 1 + bridges[region].index(signal_name(block)) if signal_name(block) in bridges[region] else 0
        other = chip.partner_of(block)
        if other is not None and other not in members[region]:
            raise WiringError("pair across regions, which have no clock in common", where=block.name, got=other.name)
        wires = _wires_of_pair(block, other, ports)
        side = side_ports(block, chip, region, list(members).index(region), ports[block.ip])
        extra = constants_of(chip, block) | side | wires, overruns[block.name]
        lines += ["", *(f"    {text}" for text in _mounted(block, number, region, index, bridge, ports, *extra))]
    return "\n".join([*lines, "endmodule", ""])


def chip_pkg(chip: Chip, kinds: Mapping[str, Sequence[str]], title: str) -> str:
    """The text of `chip_pkg.sv`: instances by name, and the kinds of fault of each IP type, in the order of its model."""
    instances = list(chip.all)
    cases = [f'            "{block.name}": return {number};' for number, block in enumerate(instances)]
    types = [f'            {number}: return "{block.ip}";' for number, block in enumerate(instances)]
    faults = [
        f'            "{ip}:{fault}": return {number};'
        for ip, names in sorted(kinds.items())
        for number, fault in enumerate(names)
    ]
    return f"""{title}

// Names by which a testbench finds instances and plants faults; -1 and "" for those that do not exist.
package chip_pkg;

    localparam int INSTANCES = {len(instances)};

    function automatic int instance_of(string name);
        case (name)
{chr(10).join(cases)}
            default: return -1;
        endcase
    endfunction

    function automatic string ip_of(int number);
        case (number)
{chr(10).join(types)}
            default: return "";
        endcase
    endfunction

    function automatic int fault_of(string ip, string fault);
        case (fault)
            "slow": return block_pkg::SLOW;
            "block_reset": return block_pkg::BLOCK_RESET;
            "hung": return block_pkg::HUNG;
            default: ;
        endcase
        case ({{ip, ":", fault}})
{chr(10).join(faults)}
            default: return -1;
        endcase
    endfunction

endpackage
"""


def _header(chip: Chip, regions: int, instances: int) -> Iterator[str]:
    yield f"// {chip.name}: {instances} instances in {regions} regions, each region with an APB port of its own."
    yield f"module {module_name(chip)}"
    yield "    import block_pkg::*;"
    yield "("
    yield "    input  logic     clk,"
    yield "    output logic     clk_request,  // `clk` is needed: otherwise it may stop"
    yield "    input  logic     us_clk,       // a cycle each microsecond of device time: a faster one is a speed-up"
    yield "    output us_t      us_quiet,     // while `clk` is not needed: in how many microseconds it will be, if nobody comes before"
    yield "    input  us_t      us_stride,    // microseconds in a cycle of it: 1, but where some are skipped"
    yield "    input  logic     por_n,"
    yield f"    input  apb_req_t port    [{regions}],"
    yield f"    output apb_rsp_t port_rsp[{regions}],"
    for name, pad in pads_of(chip).items():
        yield f"    {'input ' if pad.is_input else 'output'} {pad.kind(regions)} {name},"
    yield "    input  logic tenant_active,"
    yield ""
    yield "    // towards the testbench"
    yield "    input  plant_t plant,"
    yield "    input  chip_reset_t chip_reset,  // one clock: all blocks are reset"
    yield "    input  logic   acknowledge,  // of the fabrics' first errors"
    yield f"    output fabric_error_t error[{regions}],"
    yield f"    output logic [{instances - 1}:0] violation  // one cycle of `clk` each"
    yield ");"


def _clocks(number: int, name: str, chip: Chip, blocks: int, bridges: Sequence[str]) -> Iterator[str]:
    """A region's clock, and the chip's inputs, registered by it."""
    yield f"// {name} sleeps until its soonest alarm, or until something comes in. Its logic hangs on its own clock alone."
    yield f"logic {name}_clk, {name}_request, {name}_busy;"
    yield f"us_t {name}_tick, {name}_quiet, {name}_alarm, {name}_alarms[{blocks}];"
    yield f"chip_clock {name}_chip_clock ("
    yield f"    .clk, .us_clk, .stride(us_stride), .por_n, .busy({name}_busy), .alarm({name}_alarm), .request({name}_request),"
    yield f"    .gated({name}_clk), .quiet({name}_quiet), .tick({name}_tick)"
    yield ");"
    straps = {pad: one.kind(len(chip.regions)) for pad, one in pads_of(chip).items() if one.is_strap}
    inputs = {"por_n": "logic", "plant": "plant_t", "chip_reset": "chip_reset_t", "tenant_active": "logic", **straps}
    for signal, kind in inputs.items():
        yield f"{kind} {name}_{signal};"
    yield f"always_ff @(posedge {name}_clk) begin"
    for signal in inputs:
        yield f"    {name}_{signal} <= {signal};"
    yield "end"
    changed = [f"{name}_{signal} != {signal}" for signal in ("tenant_active", *straps)]
    asked = [f"{bridge}_master.psel" for bridge in bridges]
    causes = ["acknowledge", "plant.valid", "chip_reset != NO_RESET", f"port[{number}].psel", *asked, *changed]
    yield f"assign {name}_busy = {' || '.join(causes)};"
    yield "always_comb begin"
    yield f"    {name}_alarm = '0;"
    yield f"    for (int i = 0; i < {blocks}; i++) {name}_alarm = sooner({name}_alarm, {name}_alarms[i]);"
    yield "end"
    yield ""


def _bridge_clock(regions: Sequence[str], bridges: Sequence[str]) -> Iterator[str]:
    """The clock of what listens to pins, and what the chip needs of the clock that it gets."""
    requests = " || ".join(f"{name}_request" for name in regions)
    yield "always_comb begin"
    yield f"    us_quiet = {regions[0]}_quiet;"
    for name in regions[1:]:
        yield f"    us_quiet = sooner(us_quiet, {name}_quiet);"
    yield "end"
    if not bridges:
        yield f"assign clk_request = {requests};"
        return
    yield "// What listens to pins has a clock that runs while they are in use, and whenever a region's does."
    yield "logic bridge_clk;"
    yield "awake_clock bridge_clock ("
    yield f"    .clk, .need({requests} || {' || '.join(f'{name}_working' for name in bridges)}),"
    yield "    .request(clk_request), .gated(bridge_clk)"
    yield ");"


def _wires(block: Instance, ports: Ports) -> Iterator[str]:
    name = signal_name(block)
    if "provides" in ports.outputs:
        yield f"logic {ports.outputs['provides']} {name}_provides;".replace("  ", " ")
    if "mhz" in ports.outputs:
        yield f"logic {ports.outputs['mhz']} {name}_mhz;"
    if "near" in ports.outputs:
        yield f"logic {ports.outputs['near']} {name}_near;".replace("  ", " ")
    yield f"logic {name}_was_reset;"
    for port in _draws(ports):
        yield f"logic {name}_{port};"
    if "master" in ports.outputs:
        yield f"apb_req_t {name}_master;"
        yield f"logic {name}_working;"


def _wires_of_pair(block: Instance, other: Instance | None, all_ports: Mapping[str, Ports]) -> dict[str, str]:
    """An end of a pair tells its other end by `near`, and hears it by `far`; what has no clock drives nothing."""
    if other is None:
        return {}
    bits = all_ports[other.ip].outputs["near"]
    near, clocked = f"{signal_name(other)}_near", _met(other, Kind.CLOCK, all_ports)
    high = int(bits.strip("[]").partition(":")[0]) + 1 if bits else 1
    return {"near": f"{signal_name(block)}_near", "far": f"{near} & {{{high}{{{clocked}}}}}"}


def _draws(ports: Ports) -> list[str]:
    """The outputs by which a block says that it draws on a budget: `draws_inrush`."""
    return [port for port in ports.outputs if port.startswith("draws_")]


def _budget(number: int, budget: Budget, regions_of: Mapping[str, str], ports: Mapping[str, Ports]) -> Iterator[str]:
    """Who draws on a budget, and whether that is one too many."""
    port, drawing = f"draws_{budget.name}", budget.among
    for block in drawing:
        if port not in ports[block.ip].outputs:
            raise WiringError(f"member of the budget {budget.name} that has no port {port}", where=block.name)
    regions = sorted({regions_of[block.name] for block in drawing})
    if len(regions) != 1:
        raise WiringError(f"budget {budget.name} across regions, which have no clock in common", got=", ".join(regions))
    (region,) = regions
    yield f"// Budget {budget.name}: {budget.most} of {', '.join(block.name for block in drawing)}"
    yield f"logic [{len(drawing) - 1}:0] budget{number}_overrun;"
    yield f"budget #(.MEMBERS({len(drawing)}), .MOST({budget.most})) budget{number} ("
    yield f"    .clk({region}_clk), .por_n({region}_por_n), .overrun(budget{number}_overrun),"
    yield f"    .draws({{{', '.join(f'{signal_name(block)}_{port}' for block in reversed(drawing))}}})"
    yield ");"


def _fabric(number: int, name: str, blocks: Sequence[Instance], bridges: Sequence[str]) -> Iterator[str]:
    """The fabric of a region: the chip's port asks first, then the blocks that are bridges (they have a port `master`)."""
    slots = len(blocks)
    yield f"// Fabric of {name}"
    yield f"apb_req_t {name}_slot[{slots}];"
    yield f"apb_rsp_t {name}_slot_rsp[{slots}];"
    yield f"logic [{slots - 1}:0] {name}_gave_up;"
    yield f"apb_req_t {name}_port[{1 + len(bridges)}];"
    yield f"apb_rsp_t {name}_port_rsp[{1 + len(bridges)}];"
    yield f"assign {name}_port[0] = port[{number}];"
    yield f"assign port_rsp[{number}] = {name}_port_rsp[0];"
    for index, bridge in enumerate(bridges, 1):
        yield f"assign {name}_port[{index}] = {bridge}_master;"
    yield "apb_fabric #("
    yield f"    .PORTS({1 + len(bridges)}), .SLOTS({slots}),"
    yield f"    .BASE({{{_words(block.regs.base for block in blocks)}}}),"
    yield f"    .SIZE({{{_words(block.regs.SIZE for block in blocks)}}})"
    yield f") {name}_fabric ("
    yield f"    .clk({name}_clk), .por_n({name}_por_n), .tick({name}_tick), .port({name}_port), .port_rsp({name}_port_rsp),"
    yield f"    .slot({name}_slot), .slot_rsp({name}_slot_rsp), .gave_up({name}_gave_up),"
    yield f"    .acknowledge, .error(error[{number}])"
    yield ");"


def _words(values: Iterable[int]) -> str:
    """Elements of a packed array, the highest index first."""
    return ", ".join(f"32'h{value:08x}" for value in reversed(list(values)))


def _mounted(
    block: Instance,
    number: int,
    region: str,
    index: int,
    bridge: int,
    all_ports: Mapping[str, Ports],
    extra: Mapping[str, str],
    overruns: Sequence[str],
) -> Iterator[str]:
    name, ports = signal_name(block), all_ports[block.ip]
    needs = ", ".join(map(str, block.needs)) or "nothing"
    yield f"// {block.name} at 0x{block.regs.base:08x}: needs {needs}"
    yield f"logic {name}_violation;"
    yield f"{block_name(block.ip)} {name} ("
    yield f"    .number(10'd{number}), .clk({region}_clk), .por_n({region}_por_n), .tick({region}_tick),"
    yield f"    .alarm({region}_alarms[{index}]),"
    gates = (f".{port}({_met(block, kind, all_ports)})" for kind, port in GATING.items())
    givers = dict.fromkeys(f"{signal_name(need.provider)}_was_reset" for need in block.needs if need.kind in GATING)
    excuse = (" || ".join(givers) if "in_use" in ports.outputs else "") or "1'b0"
    yield f"    {', '.join(gates)}, .provider_reset({excuse}),"
    yield f"    .apb({region}_slot[{index}]), .apb_rsp({region}_slot_rsp[{index}]), .gave_up({region}_gave_up[{index}]),"
    yield f"    .was_reset({name}_was_reset), .plant({region}_plant), .chip_reset({region}_chip_reset),"
    wires: dict[str, str] = {
        kind.value: _met(block, kind, all_ports) for kind in Kind if kind not in GATING and kind.value in ports.inputs
    }
    if "provides" in ports.outputs:
        wires["provides"] = f"{name}_provides"
    if "mhz" in ports.outputs:
        wires["mhz"] = f"{name}_mhz"
    wires |= {port: _rate(block, Kind(port.removesuffix("_mhz"))) for port in ports.inputs if port.endswith("_mhz")}
    wires |= {port: f"{name}_{port}" for port in _draws(ports)}
    if "master" in ports.outputs:
        wires["master"], wires["master_rsp"] = f"{name}_master", f"{region}_port_rsp[{bridge}]"
        wires["working"] = f"{name}_working"
    wires |= extra
    require_connected(block, ports, wires)
    wires = {port_name(port): signal for port, signal in wires.items()}
    if "master" in ports.outputs:
        wires[BRIDGE_CLOCK] = "bridge_clk"
    yield f"    {', '.join(f'.{port}({signal})' for port, signal in [('violation', f'{name}_violation'), *wires.items()])}"
    yield ");"
    violations = " || ".join([f"{name}_violation", *overruns])
    yield f"assign violation[{number}] = {f'({violations})' if overruns else violations} && {region}_request;"


def _rate(block: Instance, kind: Kind) -> str:
    """The signal that says at which rate the clock comes that meets a need of that kind."""
    clocks = [need for need in block.needs if need.kind is kind]
    if len(clocks) != 1:
        raise WiringError(f"{kind.value} from other than one clock", where=block.name, got=", ".join(map(str, clocks)))
    return f"{signal_name(clocks[0].provider)}_mhz"


def _met(block: Instance, kind: Kind, all_ports: Mapping[str, Ports]) -> str:
    """The signal that says that all needs of a kind are met."""
    terms = []
    for need in block.needs:
        if need.kind is kind:
            provider = f"{signal_name(need.provider)}_provides"
            if isinstance(need, Output):
                terms.append(f"{provider}[{need.index}]")
            elif all_ports[need.provider.ip].outputs.get("provides") == "":
                terms.append(provider)
            else:
                raise WiringError("need on a block that hands out outputs, or nothing", where=block.name, got=str(need))
    return " && ".join(terms) or "1'b1"
