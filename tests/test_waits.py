"""What a driver says that the hardware usually takes is what its model takes: neither is off by a factor unnoticed."""

import pytest

from bedplate.block import Wait
from bedplate.dv.observe_seed import part, subjects
from bedplate.dv.testbed_model import ModelTestbed

SHORTEST, LONGEST = 1 / 3, 1.3
"""The model's time as a share of `typical`, which rounds up, and what looking costs is in it as well."""
LOOKS = 50

TYPES = {type(block): block for block in subjects().values() if part(block)[1] is not None}


def bench(driver):
    want, model = part(TYPES[driver])
    return ModelTestbed(driver, want, model())


def times(bed):
    """How long each wait on the way to the goal takes, as a share of its `typical`."""
    while bed.state is not bed.driver.goal:
        state, since = bed.state, bed.now()
        way = bed.driver.way_from(state)
        if not isinstance(way, Wait):
            way.run(bed.dut)
            bed.far_keeps_up()
            continue
        while bed.state is state and bed.now() - since < way.limit:
            bed.sleep(way.typical // LOOKS)
        yield way.name, (bed.now() - since) / way.typical


@pytest.mark.parametrize("driver", TYPES, ids=lambda driver: driver.__name__)
def test_typical_is_what_the_model_takes(driver):
    wrong = {name: share for name, share in times(bench(driver)) if not SHORTEST <= share <= LONGEST}
    assert wrong == {}


@pytest.mark.parametrize("factor", [0.25, 3])
def test_a_delay_that_is_off_by_a_factor_is_noticed(factor):
    phy = bench(next(driver for driver in TYPES if driver.__name__ == "HbmPhy"))
    phy.plant("slow", factor)
    assert not any(SHORTEST <= share <= LONGEST for name, share in times(phy) if name in ("lock", "training", "test"))
