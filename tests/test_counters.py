"""Counters of time after an hour: what has 32 bits ends as its description says, what has more goes on and is never torn.

Every register that counts microseconds (`us`) is found in the descriptions; time leaps over 2^32 us, on the model and in RTL.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from bedplate.block import Step, Wait, ms, us
from bedplate.component import component_of, components
from bedplate.dv.fork import in_fork
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.dv.testbed.rtl import RtlTestbed
from bedplate.reg import registers

WRAP = 1 << 32
LATE = us(100_000)
"""What looking and the rounding of a leap may cost (ns)."""
FOR_EVER = 1_000_000_000
"""How much slower a part is whose work is to last over the leap."""
TYPES = [component.driver for component in components().values() if component.samples]


def counters(driver):
    """The registers of a type whose field `us` hardware drives, each with its first offset and class."""
    found = {}
    for name, offset, cls in registers(component_of(driver).model.regs):
        if any(field.name == "us" and field.hw == "w" for field in cls.Value.FIELDS):
            found.setdefault(name, (offset, cls))
    return found


COUNTERS = [pytest.param(driver, name, id=f"{driver.__name__}-{name}") for driver in TYPES for name in counters(driver)]
WIDE = [param for param in COUNTERS if counters(param.values[0])[param.values[1]][1].WIDTH > 32]
WORLDS = pytest.mark.parametrize("world", [ModelTestbed, RtlTestbed], ids=["model", "rtl"])


def kind(driver, name):
    """`saturating` or `wrapping`, by the description; empty where it says neither."""
    source = Path(__import__(driver.__module__, fromlist=["x"]).__file__).parent
    text = next(source.glob("*.rdl")).read_text()
    plain = re.sub(r"\[\d+\]", "", name).rpartition(".")[2]
    body = re.split(r"\breg \{", text[: re.search(rf"\}} {plain}(\[\w+\])? @", text).end()])[-1]
    said = re.search(r"Microseconds[^.;]*?, (saturating|wrapping)", body)
    return said[1] if said else ""


def keep_busy(bed):
    """As far up as to the first work that has a timer, which then lasts; a type without any stays where it is."""
    timed = {way.source for way in bed.driver.ways if isinstance(way, Wait) and way.elapsed is not None}
    if not timed:
        return
    while bed.state not in timed:
        way = bed.driver.way_from(bed.state)
        if isinstance(way, Step):
            if way.target in timed:
                bed.plant("slow", FOR_EVER)
            way.run(bed.dut)
            if way.target not in timed:
                bed.far_keeps_up()  # but for the work itself: it is to last
        else:
            bed.sleep(way.typical)


@cache
def an_hour_later(world, driver):
    """What the counters of a type say after 2^32 us and a bit; and what they say two milliseconds later."""
    bed = world.of(component_of(driver))
    try:
        keep_busy(bed)
        bed.leap(us(WRAP) + ms(50))
        return said(bed), said(bed, ms(2))
    finally:
        bed.close()


def said(bed, later=0):
    bed.sleep(later)
    return {
        name: cls(bed.raw, bed.base + offset, name).read().us for name, (offset, cls) in counters(bed.driver).items()
    }


@WORLDS
@pytest.mark.parametrize(("driver", "name"), COUNTERS)
def test_after_more_than_an_hour(world, driver, name):
    """Saturated at all ones, begun anew, or beyond 32 bits: as the description says, and as the other world does."""
    first, then = (words[name] for words in an_hour_later(world, driver))
    _, cls = counters(driver)[name]
    width = next(field.width for field in cls.Value.FIELDS if field.name == "us")
    if width > 32:
        assert WRAP <= first < WRAP + LATE // 1000
    elif kind(driver, name) == "saturating":
        assert first == then == (1 << width) - 1
    else:
        assert kind(driver, name) == "wrapping", "the description has to say what it does after 2^32 us"
        assert 0 < first < LATE // 1000
    if kind(driver, name) != "saturating":
        assert 2000 <= then - first < 3000
    other = an_hour_later(ModelTestbed, driver)[0][name]
    assert abs(first - other) < LATE // 1000


@WORLDS
@pytest.mark.parametrize(("driver", "name"), WIDE)
def test_a_pair_of_words_is_one_time(world, driver, name):
    """A read of the low word freezes the high one, so that no read is torn where the low one comes to its end."""
    bed = world.of(component_of(driver))
    offset, cls = counters(driver)[name]
    low, high = (bed.base + offset + 4 * word for word in range(2))
    register = cls(bed.raw, bed.base + offset, name)
    try:
        bed.leap(us(WRAP) - ms(40))
        bed.sleep(us(WRAP - register.read().us - 4))
        seen = [in_fork(lambda tenths=tenths: (bed.sleep(100 * tenths), register.read().us)[1]) for tenths in range(60)]
        assert min(seen) < WRAP <= max(seen)
        assert all(abs(value - WRAP) < 20 for value in seen)
        assert bed.raw.read(low) > WRAP - 20
        bed.sleep(us(10))
        assert bed.raw.read(high) == 0, "frozen by the read before"
        assert bed.raw.read(low) < 100
        assert bed.raw.read(high) == 1
        assert WRAP < register.read().us < WRAP + 100
    finally:
        bed.close()
