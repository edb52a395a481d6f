"""PMBus devices that nobody here modelled: every register is as it is described, and the page about them is true."""

import doctest
from pathlib import Path

import pytest

import bedplate
from bedplate.dv.conformance import campaign as conformance

PAGE = Path(__file__).parent.parent / "docs" / "pmbus.md"


@pytest.mark.parametrize("name", ["isl69260", "max31785"])
def test_every_register_is_as_it_is_described(name):
    chip = bedplate.open(f"qtest:{name}")
    report = conformance.run(chip)
    chip.meter.bus.close()
    assert report.failed == ()
    assert {reason for _, reason in report.excluded} == {"read back: write-only"}


def test_the_page_does_what_it_says():
    assert doctest.testfile(str(PAGE), module_relative=False) == (0, 6)
