"""What number the bits of a field are, and what counts as a number."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from bedplate.converge.access import parse_value
from bedplate.errors import AccessError, OutOfRange, RdlError, UnknownName
from bedplate.gen.conftest import Load, Tape
from bedplate.model import ChipModel, Model, Placed
from bedplate.reg import Field
from bedplate.reg.value import show

NUMBERS = """
`include "bedplate.rdl"
"""

SENSOR = f"""{NUMBERS}
addrmap sensor {{
    reg {{
        field {{ is_signed; unit = "degC"; scale = "0.0625"; }} temp[11:0] = 0;
        field {{ is_signed; intwidth = 4; }} offset[19:12] = 0;
        field {{}} mode[31:24] = 0;
    }} first @ 0x0;
    reg {{ field {{ fracwidth = 8; unit = "V"; }} volt[15:0] = 0x180; field {{ sw = w; }} go[31:31] = 0; }} second @ 0x4;
    reg {{ field {{ intwidth = 12; fracwidth = -4; }} big[7:0] = 0; field {{ is_signed; }} turn[15:8] = 0; }} third @ 0x8;
    reg {{ field {{ onwrite = woclr; hw = w; }} low[7:0] = 0; field {{ onwrite = woclr; hw = w; }} hi[31:24] = 0; }} bits @ 0xc;
}};
"""


class Narrow:
    """An integer that keeps its 8 bits when it is shifted, as a scalar of numpy does."""

    def __init__(self, value: int) -> None:
        self.value = value & 0xFF

    def __index__(self) -> int:
        return self.value

    def __rshift__(self, by: int) -> Narrow:
        return Narrow(self.value >> by)

    def __lshift__(self, by: int) -> Narrow:
        return Narrow(self.value << by)

    def __and__(self, other: object) -> Narrow:
        return Narrow(self.value & int(other))  # type: ignore[call-overload]

    __rand__ = __and__

    def __ror__(self, other: object) -> Narrow:
        return Narrow(self.value | int(other))  # type: ignore[call-overload]

    __or__ = __ror__


class Bare:
    """An integer to whoever asks, and nothing else."""

    def __index__(self) -> int:
        return 200


@pytest.fixture
def sensor(load: Load, tape: Tape):
    return load(SENSOR).top(tape)


@pytest.mark.parametrize("number", [Narrow(200), Bare(), 200], ids=["narrow", "bare", "int"])
def test_whatever_is_an_integer_is_written_as_one(load: Load, tape: Tape, number):
    block = load("addrmap t { reg { field {} low[23:0] = 0; field {} hi[31:24] = 0; } r0; };").top(tape)
    block.r0.write(hi=number)
    assert tape.told() == [("w", 0, 0xC800_0000, 4)]
    block.r0.modify(hi=number, low=3)
    assert tape.told()[1:] == [("w", 0, 0xC800_0003, 4)]
    block.r0.write(number)
    assert tape.told() == [("w", 0, 200, 4)]
    assert block.r0.wait(low=number, timeout=0).low == 200
    assert block.r0.read().replace(hi=number) == 0xC800_00C8


def test_actions_take_the_same(sensor, tape: Tape):
    sensor.bits.clear(hi=Narrow(0x81))
    sensor.bits.clear(Narrow(3))
    assert tape.told() == [("w", 0xC, 0x8100_0000, 4), ("w", 0xC, 3, 4)]


@pytest.mark.parametrize("wrong", [1.0, "1", float("nan"), [1], object()])
@pytest.mark.parametrize("verb", ["write", "modify", "wait", "replace"])
def test_what_is_no_number_is_said_before_any_transaction(sensor, tape: Tape, verb, wrong):
    on = sensor.first.read() if verb == "replace" else sensor.first
    tape.told()
    with pytest.raises(AccessError, match="'mode' is no number"):
        getattr(on, verb)(mode=wrong, **({"timeout": 1} if verb == "wait" else {}))
    assert not tape.told()


def test_signed_fields_read_and_write_as_numbers(sensor, tape: Tape):
    sensor.first.write(temp=-400)
    assert tape.told() == [("w", 0, 0xE70, 4)]
    assert sensor.first.read().temp == -400
    sensor.first.modify(temp=2047, mode=1)
    assert (sensor.first.read().temp, sensor.first.read().mode) == (2047, 1)
    assert sensor.first.wait(temp=2047, timeout=0)
    assert sensor.first.read().replace(temp=-1).temp == -1


@pytest.mark.parametrize(
    ("number", "bits"), [(-8.0, 0x80), (7.9375, 0x7F), (0.03, 0x00), (0.04, 0x01), (Fraction(-1, 16), 0xFF)]
)
def test_fixed_point_takes_the_nearest(sensor, tape: Tape, number, bits):
    sensor.first.write(offset=number)
    assert tape.told() == [("w", 0, bits << 12, 4)]
    assert abs(sensor.first.read().offset - float(number)) <= 1 / 32


def test_bits_far_before_the_point(sensor, tape: Tape):
    sensor.third.write(big=0xFF0, turn=-128)
    assert tape.told() == [("w", 8, 0x80FF, 4)]
    assert (sensor.third.read().big, sensor.third.read().turn) == (4080.0, -128)


@pytest.mark.parametrize(
    ("field", "number", "wanted"),
    [
        ("temp", 2048, r"-2048 to 2047 \(12 bits\)"),
        ("temp", -2049, "-2048 to 2047"),
        ("offset", 8, r"-8 to 7.9375, in steps of 0.0625 \(8 bits\)"),
        ("offset", -8.1, "-8 to 7.9375"),
        ("mode", -1, "0 to 255"),
    ],
)
def test_what_does_not_fit_is_said_with_the_range(sensor, tape: Tape, field, number, wanted):
    for verb in (sensor.first.write, sensor.first.modify, lambda **given: sensor.first.wait(timeout=1, **given)):
        with pytest.raises(OutOfRange, match=f"'{field}'") as caught:
            verb(**{field: number})
        assert re.search(wanted, caught.value.wanted)
    assert not tape.told()


@pytest.mark.parametrize("not_a_number", [float("nan"), float("inf"), "0.5", object()])
def test_no_fixed_point_number(sensor, tape: Tape, not_a_number):
    with pytest.raises(AccessError, match="'volt' is no number"):
        sensor.second.write(volt=not_a_number)
    assert not tape.told()


def test_people_see_numbers_in_their_unit(sensor, tape: Tape):
    sensor.first.write(temp=-400, offset=1.5)
    assert "temp=-400 (-25 degC) offset=1.5" in repr(sensor.first.read())
    sensor.second.write(volt=1.5)
    assert show(sensor.second.Value.FIELDS[0], 0x180) == "1.5 V"


def test_people_write_them(sensor):
    temp, offset, mode = sensor.first.Value.FIELDS
    assert parse_value("-400", temp, "s.first.temp") == -400
    assert parse_value("-0.5", offset, "s.first.offset") == -0.5
    assert parse_value("0x10", mode, "s.first.mode") == 0x10
    for text, field in (("2048", temp), ("8", offset), ("256", mode)):
        with pytest.raises(OutOfRange):
            parse_value(text, field, f"s.first.{field.name}")
    for text, field in (("0.5", temp), ("nan", offset), ("much", offset)):
        with pytest.raises(AccessError):
            parse_value(text, field, f"s.first.{field.name}")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("intwidth = 4; fracwidth = 5;", "intwidth 4 and fracwidth 5 of 'f' are not its 8 bits"),
        ('scale = "much";', "scale is 'much'"),
        ('scale = "0";', "scale is '0'"),
        ("is_signed; encode = e;", "'f' has an enumeration, and is no number"),
    ],
)
def test_what_contradicts_itself_is_refused(load: Load, said, why):
    with pytest.raises(RdlError, match=why) as caught:
        load(f"{NUMBERS} enum e {{ a = 0; }}; addrmap t {{ reg {{ field {{ {said} }} f[8] = 0; }} a; }};")
    assert ".rdl:" in str(caught.value.where)


def test_a_field_of_one_signed_bit(load: Load, tape: Tape):
    block = load(f"{NUMBERS} addrmap t {{ reg {{ field {{ is_signed; }} f = 0; }} a; }};").top(tape)
    block.a.write(f=-1)
    assert block.a.read().f == -1
    with pytest.raises(OutOfRange):
        block.a.write(f=1)


def test_wait_knows_the_fields(sensor):
    with pytest.raises(UnknownName, match="unknown field 'mod'"):
        sensor.first.wait(mod=1, timeout=1)


def test_a_field_says_its_number():
    field = Field("x", 4, 8, signed=True, fraction=4)
    assert [field.number(bits) for bits in (0x7F, 0x80)] == [7.9375, -8.0]
    assert field.bits(-8.0) == 0x80


def test_a_model_drives_and_reads_them_as_numbers(load: Load):
    regs = load(SENSOR).top
    model = type("Sensor", (Model,), {"regs": regs})()
    block = regs(ChipModel([Placed("dev", 0, model)]))
    model.hw.first.temp = -5
    model.hw.first.offset = -1.5
    assert (block.first.read().temp, block.first.read().offset) == (-5, -1.5)
    block.first.write(temp=-400, offset=0.5)
    assert (model.hw.first.temp, model.hw.first.offset) == (-400, 0.5)
    with pytest.raises(OutOfRange, match="-2048 to 2047"):
        model.hw.first.temp = 4000
