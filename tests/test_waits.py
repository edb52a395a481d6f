"""The times of a driver: those of the data sheet, `times.txt` beside it; and what is usual there is what its model takes.

Neither is off by a factor unnoticed.
"""

from importlib import import_module
from pathlib import Path

import pytest

import bedplate
from bedplate.block import Output, Wait
from bedplate.dv import times
from bedplate.dv.observe.seed import part, subjects
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.errors import duration

SHORTEST, LONGEST = 1 / 3, 1.3
"""The model's time as a share of `typical`, which rounds up, and what looking costs is in it as well."""
LOOKS = 50
SLOW = 3
"""Hardware that is slower by this factor still works."""
AT_MOST = " at most "
"""Rows of waits and outputs; those of pauses within a step are in `test_ways.py`."""

DRIVERS = {type(block): block for block in subjects().values()}
TYPES = {driver: block for driver, block in DRIVERS.items() if part(block)[1] is not None}


def outputs(driver):
    """The kinds of output that its module has."""
    items = vars(import_module(driver.__module__)).values()
    return [item for item in items if isinstance(item, type) and issubclass(item, Output) and item is not Output]


def waits(driver):
    return [way for way in driver.ways if isinstance(way, Wait)]


SHEETS = sorted(
    {path.parent for path in Path(bedplate.__file__).parent.rglob(times.TIMES)}
    | {times.folder_of(driver) for driver in DRIVERS if waits(driver)}
)


def said(driver):
    """Its times, as the data sheet would have them."""
    for way in waits(driver):
        timer = ", by its own timer" if way.elapsed is not None else ""
        times = f"typical {duration(way.typical)}, at most {duration(way.limit)}{timer}"
        yield f"{driver.__name__}.{way.name}: {times}"
    for output in outputs(driver):
        yield f"{output.__name__}: at most {duration(output.limit)}"


def rows(driver):
    """What the data sheet has of a driver, with the origins of the figures."""
    names = (f"{driver.__name__}.", *(f"{output.__name__}:" for output in outputs(driver)))
    stated = times.stated(times.folder_of(driver))
    return {row: origins for row, origins in stated.items() if row.startswith(names) and AT_MOST in row}


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.__name__)
def test_times_are_those_of_the_data_sheet(driver):
    assert set(said(driver)) == set(rows(driver))


@pytest.mark.parametrize("folder", SHEETS, ids=lambda folder: folder.name)
def test_each_figure_says_where_it_comes_from_or_that_it_is_ours(folder):
    for row, origins in times.stated(folder).items():
        wanted = ["limit"] if AT_MOST in row else ["pause"]
        assert list(origins) == ["typical"] * ("typical" in row) + wanted, row
        assert [origin for origin in origins.values() if not times.is_founded(origin, folder)] == [], row


@pytest.mark.parametrize(
    "origin",
    ["", "ours", "ours: ", "500 cycles", "Linux: 1 ms", "no.rdl, meas: 1024 cycles", "pll.rdl, nowhere: 1024 cycles"],
)
def test_a_figure_without_an_origin_is_noticed(origin):
    folder = next(folder for folder in SHEETS if folder.name == "pll")
    assert times.is_founded("pll.rdl, meas: 1024 cycles", folder)
    assert not times.is_founded(origin, folder)


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.__name__)
def test_slow_hardware_is_waited_for(driver):
    assert [way.name for way in waits(driver) if way.limit < SLOW * way.typical] == []


def bench(driver):
    config, model = part(TYPES[driver])
    return ModelTestbed(driver, config, model())


def shares(bed):
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
    wrong = {name: share for name, share in shares(bench(driver)) if not SHORTEST <= share <= LONGEST}
    assert wrong == {}


@pytest.mark.parametrize("factor", [0.25, 3])
def test_a_delay_that_is_off_by_a_factor_is_noticed(factor):
    phy = bench(next(driver for driver in TYPES if driver.__name__ == "HbmPhy"))
    phy.plant("slow", factor)
    assert not any(SHORTEST <= share <= LONGEST for name, share in shares(phy) if name in ("lock", "training", "test"))


@pytest.mark.parametrize("factor", [5, 1 / 5])
@pytest.mark.parametrize(
    ("driver", "at"),
    [(driver, at) for driver in DRIVERS for at, _ in enumerate(waits(driver))],
    ids=lambda value: value.__name__ if isinstance(value, type) else str(value),
)
def test_a_limit_that_is_off_by_a_factor_is_noticed(driver, at, factor, monkeypatch):
    way = waits(driver)[at]
    monkeypatch.setattr(way, "limit", round(way.limit * factor))
    with pytest.raises(AssertionError):
        test_times_are_those_of_the_data_sheet(driver)


def test_no_data_sheet_is_left_over():
    for folder in SHEETS:
        drivers = [driver for driver in DRIVERS if times.folder_of(driver) == folder]
        stated = [row for row in times.stated(folder) if AT_MOST in row]
        assert sorted(stated) == sorted({line for one in drivers for line in said(one)})
