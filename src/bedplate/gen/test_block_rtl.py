"""A block of each type in its slot: what simulators are built of has plain ports, and connects the one with the other."""

import re

import pytest

from bedplate.component import components
from bedplate.gen.block_rtl import block_sv, port_name
from bedplate.gen.chip_ports import common_ports, own_ports, slot_ports
from bedplate.gen.layout import PACKAGE
from bedplate.gen.ports import module_ports

HOMES = [*(PACKAGE / "ip" / name for name in components()), PACKAGE / "chips" / "bench" / "supply"]
PORT = re.compile(r"(?m)^    (input |output) logic (?:\[([^;\n]*)-1:0\] |(\[\d+:0\]) )?(\w+),?$")


def instance(text, module):
    """What the ports of the instance of a module are connected to."""
    return dict(re.findall(r"\.(\w+)\((.*)\)", text[text.index(f"    {module} ") :].partition(");\n")[0]))


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_a_block_has_plain_ports_and_no_parameters(home):
    header, _, _ = block_sv(home, home.name, "// title").partition(");\n")
    assert "#(" not in header
    lines = header.partition("(\n")[2].splitlines()
    found = [PORT.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, found, strict=True) if match is None] == []


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_a_block_is_connected_to_its_slot_and_to_the_ports_that_lead_out(home):
    text, ports = block_sv(home, home.name, "// title"), module_ports(home / "rtl" / f"{home.name}.sv")
    header = {match[4]: match[1].strip() for match in PORT.finditer(text.partition(");\n")[0])}
    slot, block = instance(text, "block_slot"), instance(text, home.name)
    assert set(slot) == {*slot_ports().inputs, *slot_ports().outputs}
    assert set(block) == {*ports.inputs, *ports.outputs}
    plain = {name: re.sub(r"^\w+'\((\w+)\)$", r"\1", signal) for name, signal in (slot | block).items()}
    for name in own_ports(ports):
        assert plain[name] == port_name(name)
        assert header[port_name(name)] == ("input" if name in ports.inputs else "output")
    for name in {*common_ports().inputs, *common_ports().outputs} - {"clk", "violation"}:
        towards = {"apb_rsp": "block_rsp"}.get(name, name if name.startswith("faults") else f"block_{name}")
        assert block[name] == slot[towards]
    assert block["clk"] == ("bridge_clk" if "master" in ports.outputs else "clk")
    assert slot["clk"] == "clk"
    assert "violated && block_rst_n" in text
    assert ("deprived && in_use" in text) == ("in_use" in ports.outputs)


def test_a_struct_and_an_array_become_vectors_and_come_back():
    text = block_sv(PACKAGE / "ip" / "sysid", "sysid", "// title")
    assert "input  logic [$bits(apb_req_t)-1:0] apb," in text
    assert "input  logic [$bits(logic [15:0][7:0])-1:0] own_domain_resets" in text
    assert ".chip_reset(chip_reset_t'(chip_reset))" in text
