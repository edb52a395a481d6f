"""Bugs made from a driver's source: each is a program, none is the driver as it is, and the tests of its room see one."""

import ast

import pytest

from bedplate.dv.mutant_driver import Mutant, finder, mutants, rooms, source


@pytest.mark.parametrize("room", rooms())
def test_every_driver_has_some_and_no_two_are_one(room):
    texts = [mutant.text for mutant in mutants(room)]
    honest = ast.unparse(ast.parse(source(room).read_text()))
    assert texts
    assert len({honest, *texts}) == len(texts) + 1
    for text in texts:
        compile(text, room, "exec")


def test_what_is_tried_on_a_driver():
    assert [mutant.name for mutant in mutants("sysid")] == [
        "sign: leads back to where it came from",
        "sign: without `self.regs.scratch[1].write(value=self.want.digest)`",
        "sign: without `self.regs.scratch[0].write(value=SIGNATURE)`",
        "sign: `self.regs.scratch[0].write(value=SIGNATURE)` first",
    ]
    assert {"lock: typical off by 5", "restart: withdraws not declared", "take_output: another bypass=False"} <= {
        mutant.name for mutant in mutants("pll")
    }


def test_it_is_found_by_the_tests_of_its_room_and_the_driver_as_it_is_by_none():
    torn = next(mutant for mutant in mutants("sysid") if mutant.name.endswith("first"))
    assert finder(torn)[0].startswith("src/bedplate/ip/sysid/test_sysid.py::")
    assert finder(Mutant("sysid", "", source("sysid").read_text())) == ("", "")
