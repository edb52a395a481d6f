"""The RTL of Tern and its HAL are made of one wiring; what a testbench counts in numbers, the door counts the same."""

import re
from pathlib import Path

import pytest

from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern
from bedplate.env.model import make_model
from bedplate.env.rtl.faults import Faults
from bedplate.errors import AccessError

ROOT = Path(__file__).parents[1]
TOP = (ROOT / "hw" / "tern" / "tern.sv").read_text()
NAMES = (ROOT / "hw" / "tern" / "tern_pkg.sv").read_text()
BLOCKS = Tern(MemoryBus(0)).all


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_every_instance_is_mounted_at_its_address(block):
    name = block.name.replace(".", "_")
    assert f"// {block.name} at 0x{block.regs.base:08x}:" in TOP
    assert re.search(rf"^    {block.ip} (#\(.*\) )?{name} \($", TOP, re.MULTILINE)


def test_a_need_is_a_wire():
    slot = TOP[TOP.index("block_slot die1_hbm1_mc3_slot (") :]
    gates = next(line for line in slot.splitlines() if ".power(" in line)
    assert ".power(die1_ppu_hbm1_provides)" in gates
    assert ".clock(die1_clkmgr_root_provides[3])" in gates  # the root hbm1
    assert ".released(die1_rstmgr_provides[9])" in gates  # the line hbm1_ctl


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_faults_have_the_same_numbers_on_both_sides(block):
    faults = Faults(Tern)
    target = int(re.search(rf'"{re.escape(block.name)}": return (\d+);', NAMES)[1])
    for fault in make_model(Tern)[block.name].faults:
        kind = int(re.search(rf'"{block.ip}:{fault}": return (\d+);', NAMES)[1])
        assert faults.numbers(f"{block.name}:{fault}=7*2") == (target, kind, 7, 2)


def test_an_outlet_may_be_named_in_a_faults_value():
    faults = Faults(Tern)
    assert faults.numbers("die0.rstmgr:stuck_line=hbm0_phy")[2] == 5
    with pytest.raises(AccessError, match="outlet"):
        faults.numbers("die0.rstmgr:stuck_line=nothing")
