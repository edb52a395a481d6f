"""The bridge to cocotb, in a simulator that cocotb takes: `testdata/cocotb_example.py` is the test, and the example."""

from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cocotb_tools.runner import get_runner

HERE = Path(__file__).parent
HARDWARE = HERE.parents[3] / "hw"
EXAMPLE = HERE / "testdata" / "cocotb_example.py"


def played(build, test, timescale):
    """What came of each of a module's tests."""
    runner = get_runner("icarus")
    runner.build(
        sources=[HARDWARE / "tb" / "one_register.sv"],
        hdl_toplevel="one_register",
        timescale=timescale,
        build_dir=build,
    )
    file = build / "results.xml"
    with pytest.MonkeyPatch.context() as patch, suppress(SystemExit):  # the runner's way to say that a test failed
        patch.syspath_prepend(str(HERE / "testdata"))  # which it hands to the simulator
        runner.test(
            hdl_toplevel="one_register",
            test_module=test,
            test_dir=build,
            build_dir=build,
            results_xml=str(file),
        )
    return {case.get("name"): case for case in ElementTree.parse(file).iter("testcase")}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return played(tmp_path_factory.mktemp("cocotb"), EXAMPLE.stem, ("1ns", "1ps"))


TESTS = [
    line.split()[2].partition("(")[0] for line in EXAMPLE.read_text().splitlines() if line.startswith("async def ")
]


@pytest.mark.parametrize("test", [name for name in TESTS if name != "start"])
def test_in_the_simulator(results, test):
    case = next(case for name, case in results.items() if name.endswith(test))
    failure = case.find("failure")
    assert failure is None, ElementTree.tostring(case).decode()


def test_where_time_is_coarser_than_a_nanosecond_waits_are_rounded_up(tmp_path):
    (case,) = played(tmp_path, "cocotb_coarse", ("1us", "1us")).values()
    assert case.find("failure") is None, ElementTree.tostring(case).decode()
