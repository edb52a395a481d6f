"""A chip that is not ours: in its own distribution, found by entry point, with all of the command line."""

import json
import os
import subprocess
import sys

import pytest

CHIP = """
from bedplate.bus import Canary
from bedplate.converge import Chip
from bedplate.block import Tenant, rail
from bedplate.ip.pll.driver import Pll, PllConfig
from bedplate.ip.pll.regs import PllRegs
from bedplate.ip.pwrmgr.driver import Pwrmgr
from bedplate.ip.pwrmgr.regs import PwrmgrRegs


class Lamp(Chip):
    name = "lamp"
    canary = Canary(0x0)
    tenant = Tenant.IDLE

    def wire(self, bus):
        self.power = Pwrmgr(PwrmgrRegs(bus, 0x0, "power"), None)
        self.pll = Pll(PllRegs(bus, 0x100, "pll"), PllConfig(1, 20, 0, 2, 1), rail(self.power))
"""


@pytest.fixture
def lamp(tmp_path):
    """A distribution with one chip, installed beside this one."""
    package = tmp_path / "lampchip"
    package.mkdir()
    (package / "__init__.py").write_text("")
    info = tmp_path / "lampchip-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lampchip\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[bedplate.chips]\nlamp = lampchip.chip:Lamp\n")

    def bedplate(*arguments, change=("", "")):
        (package / "chip.py").write_text(CHIP.replace(*change))
        path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
        return subprocess.run(
            [sys.executable, "-m", "bedplate.cli", *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )

    return bedplate


def test_boots_like_ours(lamp):
    done = lamp("--target", "model:lamp", "--json", "up")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["instances"] == {
        "total": 2,
        "goal": 2,
        "failed": 0,
        "blocked": 0,
        "harvested": 0,
        "unknown": 0,
    }


def test_fails_like_ours(lamp):
    done = lamp("--target", "model:lamp?fault=pll:no_lock", "up")
    assert done.returncode == 1
    assert "NO_LOCK" in done.stderr + done.stdout


def test_is_suggested_when_its_name_is_wrong(lamp):
    done = lamp("--target", "model:lmap", "up")
    assert done.returncode == 2
    assert "lamp" in done.stderr


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('bus, 0x100, "pll"', 'bus, 0x4, "pll"'), "overlap of addresses: power and pll"),
        ((", rail(self.power)", ""), "missing need: Pll cannot work without rail"),
        (('"pll")', '"power")'), "two instances are named power"),
    ],
)
def test_wiring_that_cannot_be_is_a_configuration_error_without_a_traceback(lamp, change, says):
    done = lamp("--target", "model:lamp", "up", change=change)
    assert done.returncode == 5
    assert says in done.stderr
    assert "Traceback" not in done.stderr


ENVIRONMENT = """
from bedplate.component import make_model

DEVICE = "/dev/probe0"
ONCE = ("at",)


def check(target, chip):
    target.require_known(*ONCE)


def open_bus(target, chip):
    assert target.one("at") == "/dev/probe7"
    return make_model(chip)
"""


@pytest.mark.parametrize(("device", "code"), [(True, 0), (False, 2)], ids=["a device", "a chip"])
def test_an_environment_of_ones_own_may_take_a_device_as_its_name(tmp_path, device, code):
    (tmp_path / "probes.py").write_text(ENVIRONMENT if device else ENVIRONMENT.replace("DEVICE =", "OTHER ="))
    info = tmp_path / "probes-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: probes\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[bedplate.environments]\nprobe = probes\n")
    done = subprocess.run(
        [sys.executable, "-m", "bedplate.cli", "-t", "probe:/dev/probe7?chip=bench.pll", "up"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])},
        check=False,
    )
    assert done.returncode == code, done.stderr
