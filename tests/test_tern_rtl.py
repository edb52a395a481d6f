"""The RTL of Tern and its HAL are made of one wiring; what a testbench counts in numbers, the environment counts the same."""

import re

import pytest

import bedplate
from bedplate.block import Kind, Tenant
from bedplate.bus import MemoryBus, ms, us
from bedplate.chips.bench import bench_of
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.converge import Outcome
from bedplate.env import open_bus
from bedplate.env.rtl.faults import Faults
from bedplate.errors import AccessError, WiringError
from bedplate.gen import chip_rtl
from bedplate.gen.chip_rtl import chip_files, chip_sv
from bedplate.gen.ports import Ports
from bedplate.ip.hbm_stk.model import HbmStkModel
from bedplate.ip.sysid.driver import Sysid
from bedplate.model import parse_plant
from bedplate.topology import Budget

NAMES, TOP = chip_files(Tern, "// title").values()
BLOCKS = Tern(MemoryBus(0)).all


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_instance_is_mounted_at_its_address(block):
    name = block.name.replace(".", "_")
    assert f"// {block.name} at 0x{block.regs.base:08x}:" in TOP
    assert re.search(rf"^    {block.ip}_block {name} \($", TOP, re.MULTILINE)


def connections(header):
    """The ports of the instance in the top whose text begins so, and what they are connected to."""
    text = TOP[TOP.index(header) :].partition(");\n")[0]
    return dict(re.findall(r"\.(\w+)\(((?:[^()]|\([^()]*\))*)\)", text.partition("(\n")[2]))


def mounted(block):
    """The same of an instance of the chip, own ports by the names that they have in its type's module."""
    found = connections(f"    {block.ip}_block {block.name.replace('.', '_')} (")
    return {port.removeprefix("own_"): signal for port, signal in found.items()}


def fed(block, kind):
    """The signals that meet the needs of a kind, by the wiring alone."""
    found = []
    for need in block.needs:
        if need.kind is kind:
            output = f"[{need.provider.config.index(need.port)}]" if need.port else ""
            found.append(f"{need.provider.name.replace('.', '_')}_provides{output}")
    return " && ".join(found) or "1'b1"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_need_of_every_instance_is_a_wire(block):
    name, ports = block.name.replace(".", "_"), mounted(block)
    assert (ports["power"], ports["clock"], ports["released"]) == tuple(
        fed(block, kind) for kind in (Kind.POWER, Kind.CLOCK, Kind.RESET)
    )
    for kind in (Kind.RAIL, Kind.SOURCE, Kind.LINK, Kind.FIRMWARE):
        if kind.value in ports:
            assert ports[kind.value] == fed(block, kind)
    assert ports.get("provides", f"{name}_provides") == f"{name}_provides"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_instance_has_the_slot_of_its_address(block):
    name, region = block.name.replace(".", "_"), block.name.partition(".")[0]
    ports = mounted(block)
    fabric = TOP[: TOP.index(f") {region}_fabric (")].rpartition("apb_fabric #(")[2]
    bases, sizes = (
        [int(word, 16) for word in reversed(re.findall(r"32'h(\w+)", values))]
        for values in re.findall(r"\.(?:BASE|SIZE)\(\{(.*?)\}\)", fabric)
    )
    at = bases.index(block.regs.base)
    assert sizes[at] == type(block.regs).SIZE
    assert (ports["alarm"], ports["apb"], ports["apb_rsp"], ports["gave_up"]) == (
        f"{region}_alarms[{at}]", f"{region}_slot[{at}]", f"{region}_slot_rsp[{at}]", f"{region}_gave_up[{at}]",
    )  # fmt: skip
    assert (ports["number"], ports["was_reset"]) == (f"10'd{BLOCKS.index(block)}", f"{name}_was_reset")


def test_a_constant_is_what_the_wiring_says_or_else_as_in_the_model():
    ports = {block.name: mounted(block) for block in BLOCKS}
    assert [ports[name]["serial"] for name in ("die0.otp", "die1.otp")] == [
        "64'h5445524e00000001",
        "64'h5445524e00000002",
    ]
    assert ports["die1.sysid"]["die"] == "4'h1"
    stack = ports["die0.hbm1.stk"]
    assert int(stack["celsius"].partition("h")[2], 16) == HbmStkModel.celsius
    assert stack["bad_lanes"] == f"128'h{(0x80 | 17) << 8 * 5:x}"
    assert HbmStkModel.bad_lanes == ((5, 17),)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_faults_have_the_same_numbers_on_both_sides(block):
    faults = Faults(Tern)
    target = int(re.search(rf'"{re.escape(block.name)}": return (\d+);', NAMES)[1])
    model = make_model(Tern)[block.name]
    for fault, kind in model.faults.items():
        number = int(re.search(rf'"{block.ip}:{fault}": return (\d+);', NAMES)[1])
        text = f"{kind.planting(block.name, fault, model)}*2"
        value = parse_plant(text).params["value"] or 0
        if isinstance(value, str):
            value = block.config.index(value)
        assert faults.numbers(text) == (target, number, value, 2)


def bearing(most, *names):
    """Tern whose supply bears that many of these."""
    chip = Tern(MemoryBus(0))
    chip.capacities = (Budget("inrush", most, tuple(chip.select(name)[0] for name in names)),)
    return chip


def test_a_budget_counts_its_members_by_their_outputs():
    text = chip_sv(bearing(1, "die1.ppu.fab", "die1.ppu.io"), "// title")
    assert "budget #(.MEMBERS(2), .MOST(1)) budget0" in text
    assert ".draws({die1_ppu_io_draws_inrush, die1_ppu_fab_draws_inrush})" in text
    assert "die1_ppu_fab_violation || budget0_overrun[0]" in text
    assert "die1_ppu_io_violation || budget0_overrun[1]" in text
    assert text.count("budget0_overrun[") == 2


@pytest.mark.parametrize(
    ("members", "wrong"),
    [
        (("die0.ppu.io", "die1.ppu.io"), "no clock in common"),
        (("die0.ppu.io", "die0.pll.sys"), "no port draws_inrush"),
    ],
)
def test_a_budget_that_rtl_cannot_count_is_refused(members, wrong):
    with pytest.raises(WiringError, match=wrong):
        chip_sv(bearing(2, *members), "// title")


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        (
            "input logic rail, output logic provides, output logic [15:0] mhz, input logic spare",
            "`spare` of pll.sv is conn",
        ),
        ("output logic provides, output logic [15:0] mhz", "no port `rail`"),
    ],
)
def test_a_port_that_is_connected_to_nothing_is_an_error(header, wrong, monkeypatch):
    real = chip_rtl.module_ports

    def ports(file):
        found = real(file)
        if file.stem != "pll":
            return found
        own = dict.fromkeys(re.findall(r"input logic (\w+)", header), "")
        return Ports({name: "" for name in found.inputs if name != "rail"} | own, found.outputs)

    monkeypatch.setattr(chip_rtl, "module_ports", ports)
    with pytest.raises(WiringError, match=wrong):
        chip_sv(Tern(MemoryBus(0)), "// title")


def test_an_output_may_be_named_in_a_faults_value():
    faults = Faults(Tern)
    assert faults.numbers("die0.rstmgr:stuck_line=hbm0_phy")[2] == 5
    with pytest.raises(AccessError, match="stuck_line"):
        faults.numbers("die0.rstmgr:stuck_line=nothing")


def test_a_chip_is_brought_up_before_faults_and_a_workload_begin():
    """As on the model: the PLL that lost its lock in service is the only one that is not at its goal by itself."""
    chip = bedplate.open("rtl:tern?up=1&tenant=1&fault=die0.pll.noc:lock_lost=1us")
    assert chip.survey().tenant is Tenant.ACTIVE
    assert sum(one.outcome is Outcome.GOAL for one in chip.observe()) > 60


def test_the_sleep_of_a_chip_costs_what_happens_in_it_and_its_time_goes_on():
    bus = open_bus("rtl:bench.sysid")
    try:
        (sysid,) = bench_of(Sysid)(bus).parts
        before, begun, edges = sysid.regs.timer.read().us, bus.now(), bus.slots
        bus.sleep(ms(500))
        passed = sysid.regs.timer.read().us - before
        assert bus.slots - edges < 2000
        assert abs(us(passed) - (bus.now() - begun)) <= us(20)
    finally:
        bus.close()
