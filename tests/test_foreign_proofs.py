"""Proofs on chips that lack what those of this tree have: a package, models, a back door, a process of their own."""

import os
import subprocess
import sys

import pytest

from bedplate.block import Identity, Tenant, Vitals
from bedplate.dv.compare import campaign as compare
from bedplate.errors import AccessError
from bedplate.topology import Region

FLAT = """
from bedplate.block import Block, State, Tenant, step
from bedplate.component import Component
from bedplate.converge import Chip
from bedplate.ip.spi_br.regs import SpiBrRegs
from bedplate.model import Model


class LampState(State):
    OFF = "dark"
    LIT = "lit"


class Lamp(Block[SpiBrRegs, None]):
    goal = LampState.LIT
    reset_state = LampState.OFF

    def observe(self):
        return LampState.LIT if int(self.regs.scratch.read()) == 5 else LampState.OFF

    @step(LampState.OFF, LampState.LIT)
    def light(self):
        self.regs.scratch.write(5)


class Flat(Chip):
    name = "flat"
    tenant = Tenant.IDLE

    def wire(self, bus):
        self.lamp = Lamp(SpiBrRegs(bus, 0x0, "lamp"), None)


class LampModel(Model):
    regs = SpiBrRegs


COMPONENT = Component(Lamp, LampModel)
"""


@pytest.mark.parametrize(
    "command",
    [
        "up", "ls ip:lamp", "info lamp", "dump --up lamp", "dv kill", "dv conformance", "dv inject --runs 5",
        "dv compare model:component:Flat model:component:Flat --scenario boot",
    ],
)  # fmt: skip
def test_chip_driver_and_model_in_one_module_that_is_in_no_package(command, tmp_path):
    (tmp_path / "component.py").write_text(FLAT)
    done = subprocess.run(
        [sys.executable, "-m", "bedplate.cli", "-t", "model:component:Flat", *command.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_a_chip_cannot_tell_is_unknown_and_what_follows_is_said(tmp_path):
    (tmp_path / "component.py").write_text(FLAT.replace("    tenant = Tenant.IDLE\n", ""))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}

    def run(*words):
        command = [sys.executable, "-m", "bedplate.cli", "-t", "model:component:Flat", *words]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    up = run("up")
    assert (up.returncode, "answered by    flat unknown" in up.stdout) == (0, True)
    said = run("doctor").stdout
    for unknown in (
        "which chip answers is unknown",
        "a dead link cannot be told from data",
        "which one of its kind it is, and in which boot, is unknown",
        "resets behind our back are not seen",
        "whether a workload runs is unknown, and counts as yes",
    ):
        assert unknown in said


@pytest.mark.parametrize(
    ("vitals", "unknown"),
    [
        (Vitals(), 3),
        (Vitals(Identity(boot=1)), 2),
        (Vitals(Identity(1), (0,)), 1),
        (Vitals(Identity(1), (0,), Tenant.IDLE), 0),
        (Vitals(Identity(1), (), Tenant.IDLE), 1),
        (None, 0),  # nobody has asked yet
    ],
)
def test_a_part_that_can_be_asked_may_lack_a_word_for_each(vitals, unknown):
    assert len(Region("a", range(4), ask=Vitals).unknown(vitals)) == unknown


class TestCompare:
    def test_machines_of_qemu_are_compared(self):
        report = compare.run(*compare.worlds("qtest:npcm750", "qtest:npcm750"), ["boot", "down"])
        assert report.identical
        assert report.transactions > 40

    def test_scenarios_that_want_a_model_are_left_out_and_named(self):
        report = compare.run(*compare.worlds("qtest:edu", "qtest:edu"))
        assert [one.scenario for one in report.scenarios] == ["boot", "resume", "down", "again", "walk"]
        ((what, why),) = report.left_out.items()
        assert what == "INSTANCE:FAULT"
        assert "has no model" in why

    def test_a_chip_that_stays_is_refused(self):
        with pytest.raises(AccessError, match="power-on for each scenario"):
            compare.worlds("model:tern", "pci:auto")
