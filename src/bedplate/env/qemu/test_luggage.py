"""A chip that is not of this tree, in a guest: what is carried there, how it is named, and where its addresses end."""

import json
import sys

import pytest

from bedplate.chips.bench import bench_of
from bedplate.chips.tern import Tern
from bedplate.env import chip_type
from bedplate.env.qemu.chip import ports_of
from bedplate.env.qemu.guest import Guest, inner_target
from bedplate.env.qemu.luggage import carried, place_of
from bedplate.env.qemu.server import Server
from bedplate.errors import EnvError
from bedplate.ip.pll.driver import Pll
from bedplate.ip.spi_br.regs import SpiBrRegs

FILES = {
    "zinc/chip.py": """
from bedplate.block import Tenant
from bedplate.bus import Canary
from bedplate.converge import Chip
from bedplate.ip.spi_br.driver import SpiBr
from bedplate.ip.spi_br.regs import SpiBrRegs
from zinc_parts.lamp import MHZ
import zinc_alone


class Zinc(Chip):
    name = "zinc"
    tenant = Tenant.IDLE
    pci_id = (0x1D0F, 0xACE0)

    def wire(self, bus):
        self.bridge = SpiBr(SpiBrRegs(bus, 0x2_0000, "bridge"), None)
""",
    "zinc/deep/more.py": "",
    "zinc/rtl/zinc.sv": "module zinc; endmodule",
    "zinc/table.bin": "data",
    "zinc_parts/lamp.py": "MHZ = 25",
    "zinc_alone.py": "HERE = 1",
    "zinc_other/unused.py": "",
}


@pytest.fixture
def zinc(tmp_path, monkeypatch):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield chip_type("zinc.chip:Zinc")
    for name in [name for name in sys.modules if name.startswith("zinc")]:
        del sys.modules[name]


def test_the_packages_of_its_classes_and_what_they_import_are_carried(zinc):
    names = {name for name in carried(zinc) if "__pycache__" not in name}
    assert names == {"zinc/chip.py", "zinc/deep/more.py", "zinc/table.bin", "zinc_parts/lamp.py", "zinc_alone.py"}


@pytest.mark.parametrize("chip", [Tern, bench_of(Pll)])
def test_a_chip_of_this_tree_carries_nothing(chip):
    assert carried(chip) == {}
    assert place_of(chip) == chip.name


def test_what_is_compiled_for_this_machine_is_refused(zinc, tmp_path):
    (tmp_path / "zinc" / "fast.so").write_bytes(b"\x7fELF")
    with pytest.raises(EnvError, match="a guest cannot carry zinc") as caught:
        carried(zinc)
    assert "fast.so" in caught.value.got


def test_its_ports_follow_from_its_registers_where_its_class_says_none(zinc):
    assert ports_of(zinc) == (range(0x2_0000 + SpiBrRegs.SIZE),)
    assert ports_of(Tern) == Tern.ports


def test_it_comes_up_by_a_guest(zinc):
    target = inner_target("pci", zinc)
    assert target == "pci:auto?chip=zinc.chip:Zinc"
    with Server("model:zinc.chip:Zinc") as server, Guest(server) as guest:
        done = guest.run(["bedplate", "--json", "-t", target, "up"])
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["chip"] == "zinc"
