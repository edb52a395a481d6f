"""Bugs made from a driver's source: each is a program, none is the driver as it is; and the page says of each driver who finds them."""

import ast
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from bedplate.dv.mutant.driver import COLUMNS, Page, finder, made, proof, table
from bedplate.dv.mutant.driver_make import DriverMutant, folders, mutants, source

STALE = "stale: run `python -m bedplate.dv.mutant.driver --write` with the name of the driver that changed"


@pytest.mark.parametrize("folder", folders())
def test_every_driver_has_some_and_no_two_are_one(folder):
    made = list(mutants(folder))
    texts = {mutant.text for mutant in made}
    assert made
    assert len({mutant.name for mutant in made}) == len(made)
    assert len({ast.unparse(ast.parse(source(folder).read_text())), *texts}) == len(made) + 1
    for changed in texts:
        compile(changed, folder, "exec")


def test_what_is_tried_on_a_driver():
    assert [mutant.name for mutant in mutants("sysid")] == [
        "sign: leads back to where it came from",
        "sign: without `self.regs.scratch[1].write(value=self.config.digest)`",
        "sign: without `self.regs.scratch[0].write(value=SIGNATURE)`",
        "sign: `self.regs.scratch[0].write(value=SIGNATURE)` first",
    ]
    assert {mutant.name for mutant in mutants("pll")} > {
        *("lock: typical off by 5", "lock: limit off by 5", "restart: withdraws not declared"),
        *("take_output: another bypass=False", "restart: self.settle(us(3)) off by 5"),
    }
    assert {mutant.name for mutant in mutants("pvt")} > {
        "start: without `self._send(sdif, SdifAddrE.CFG, self.config.mode)`",  # within a loop
        "_send: another prog=True",
    }
    assert {"ClockRoot: limit off by 5", "turn_off: another enable=False"} < {
        mutant.name for mutant in mutants("clkmgr")
    }
    assert {"train: together not declared", "sideband: together not declared", "leave_error: attempts not declared"} < {
        mutant.name for mutant in mutants("d2d")
    }


class TestPage:
    @pytest.mark.parametrize("folder", folders())
    def test_its_numbers_are_those_of_the_driver(self, folder):
        row, harmless = Page.of(folder)
        assert tuple(row) == COLUMNS, STALE
        assert (row["in observe"], row["in ways"]) == made(folder), STALE
        assert row["harmless"] == len(harmless), STALE
        assert sum(row.values()) == row["in observe"] + 2 * row["in ways"]
        assert source(folder).with_name("mutants.txt").read_text(encoding="utf-8") == Page(row, harmless).text(), STALE

    @pytest.mark.parametrize("folder", folders())
    def test_what_is_said_to_be_harmless_is_still_a_mutant(self, folder):
        assert set(Page.of(folder).harmless) - {mutant.name for mutant in mutants(folder)} == set()

    @pytest.mark.parametrize("folder", ["otp", "pll"])
    def test_what_is_said_to_be_harmless_is_found_by_none(self, folder):
        """The command plays all of them, every night; here the first of two folders."""
        name = next(iter(Page.of(folder).harmless))
        assert finder(next(mutant for mutant in mutants(folder) if mutant.name == name)) == ("", "SURVIVED")

    def test_the_table_has_every_driver(self):
        assert [line.split()[1] for line in table().splitlines()[2:]] == [*folders(), "all"]


@pytest.fixture(autouse=True, scope="module")
def loaded_before():
    """In a run of all tests, those that look at a mutant have been loaded with the driver as it is, under this name."""
    spec = spec_from_file_location("tests.test_ways", Path(__file__).with_name("test_ways.py"))
    sys.modules.setdefault(spec.name, module := module_from_spec(spec))
    spec.loader.exec_module(module)


def test_a_bug_is_found_by_who_is_said_to_and_the_driver_as_it_is_by_none():
    torn = next(mutant for mutant in mutants("sysid") if mutant.name.endswith("first"))
    found, _ = finder(torn)
    assert found.startswith("src/bedplate/ip/sysid/test_sysid.py::")
    assert proof(found) == "folder"
    assert finder(DriverMutant("sysid", "", source("sysid").read_text())) == ("", "SURVIVED")
