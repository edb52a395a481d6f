"""The gate judges the very bytes that are written, however they are packed into accesses."""

from contextlib import suppress

import pytest

from bedplate.block import Block, State, Tenant, Vitals
from bedplate.bus import Canary, MemoryBus, Request
from bedplate.errors import DriverDefect, OutOfRange, UnderLoad, WrongChip
from bedplate.reg import Child, Effect, Field, Register, RegisterBlock, Value
from bedplate.topology import Act, Region, Topology

STOPS, LOSES, NONE = Effect.STOPS_TRAFFIC, Effect.LOSES_DATA, Effect.NONE


class Phase(State):
    READY = "ready"


def register(name, width, *fields):
    value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields, "WIDTH": width})
    members = {"__slots__": (), "Value": value, "WIDTH": width, "ACCESS": min(width, 32), "read": Register._load}
    return type(name, (Register,), members)


class Regs(RegisterBlock):
    """Three registers of a byte, a hole of one, one of two bytes beside a hole, one word, one of 64 bits."""

    __slots__ = ("fire", "half", "long", "plain", "stop", "word")
    SIZE = 0x20
    CHILDREN = (
        Child("plain", 0, register("plain", 8, Field("x", 0, 8))),
        Child("stop", 1, register("stop", 8, Field("on", 0, 1, effect=STOPS, singlepulse=True))),
        Child("fire", 2, register("fire", 8, Field("go", 7, 1, effect=LOSES, singlepulse=True))),
        Child("half", 4, register("half", 16, Field("go", 15, 1, effect=LOSES, singlepulse=True))),
        Child("word", 8, register("word", 32, Field("a", 0, 1, effect=STOPS), Field("b", 31, 1, effect=LOSES))),
        Child("long", 16, register("long", 64, Field("go", 63, 1, effect=STOPS, singlepulse=True))),
    )


class Thing(Block[Regs, None]):
    goal = reset_state = Phase.READY

    def observe(self):
        return Phase.READY


class One(Topology):
    name = "one"
    canary = Canary(0x100)

    def wire(self, bus):
        self.thing = Thing(Regs(bus, 0, "thing"), None)


@pytest.mark.parametrize(
    ("address", "size", "words", "effect"),
    [
        (0, 1, (0xFF,), NONE),
        (1, 1, (0x00,), NONE),
        (1, 1, (0x01,), STOPS),
        (2, 1, (0x80,), LOSES),
        (3, 1, (0xFF,), NONE),
        (0, 2, (0x00FF,), NONE),
        (0, 2, (0x0100,), STOPS),
        (0, 4, (0xFF00_00FF,), NONE),
        (0, 4, (0x0000_0100,), STOPS),
        (0, 4, (0x0080_0000,), LOSES),
        (0, 4, (0x0080_0100,), STOPS | LOSES),
        (4, 2, (0x8000,), LOSES),
        (4, 1, (0x00,), LOSES),  # a part of a register: what the rest becomes is the hardware's matter
        (4, 4, (0xFFFF_7FFF,), NONE),
        (0, None, (0xFF00_00FF, 0xFFFF_7FFF), NONE),
        (0, None, (0x0000_0100, 0x0000_8000), STOPS | LOSES),
        (4, None, (0, 0), NONE | STOPS | LOSES),  # plain fields count as written where nobody knows what they hold
        (16, None, (0xFFFF_FFFF, 0x7FFF_FFFF), NONE),
        (16, None, (0, 0x8000_0000), STOPS),
        (16, 4, (0,), STOPS),
    ],
)
def test_what_an_access_does_is_judged_by_its_bytes(address, size, words, effect):
    request = Request(address, len(words), words) if size is None else Request(address, 1, words, size)
    assert One(MemoryBus(0x200)).bus.effect_of(request) == effect


def test_a_plain_field_that_keeps_its_value_is_left_alone_where_looking_is_harmless():
    bus = MemoryBus(0x200)
    bus.write(8, 0x8000_0000)
    gate = One(bus).bus
    assert gate.effect_of(Request(8, 1, (0x8000_0001,)), look=True) == STOPS
    assert gate.effect_of(Request(8, 1, (0x0000_0000,)), look=True) == LOSES
    assert gate.effect_of(Request(8, 2, (0x8000_0000, 0xFFFF_FFFF)), look=True) == NONE


class Halves(Topology):
    """Two parts of a chip, of which the second one is another chip's."""

    name = "halves"

    def wire(self, bus):
        self.thing = Thing(Regs(bus, 0, "thing"), None)
        self.other = Thing(Regs(bus, 0x20, "other"), None)
        self.regions = (
            Region("near", range(0x20), Canary(0x100, 0x4E454152), tenant=Tenant.IDLE),
            Region("far", range(0x20, 0x40), Canary(0x104, 0x46415200), tenant=Tenant.IDLE),
        )


def test_a_burst_proves_every_part_that_it_reaches_into():
    memory = MemoryBus(0x200)
    memory.write(0x100, 0x4E454152)
    memory.write(0x104, 0x57524F4E)
    chip = Halves(memory)
    chip.bus.write_block(0x18, (1, 2))
    with pytest.raises(WrongChip, match="far"):
        chip.bus.write_block(0x1C, (3, 4))
    assert list(memory.read_block(0x18, 3)) == [1, 2, 0]


class Writing(One):
    """Its author's question who answers writes."""

    def wire(self, bus):
        super().wire(bus)

        def ask():
            bus.write(0, 1)
            return Vitals(tenant=Tenant.IDLE)

        self.regions = (Region("one", range(0x40), ask=ask),)


@pytest.mark.parametrize(
    "verb", [lambda chip: chip.bus.write(0, 1), lambda chip: chip.bus.write(1, 1, 1), Topology.identify]
)
def test_a_question_that_writes_is_told_as_that(verb):
    memory = MemoryBus(0x200)
    with pytest.raises(DriverDefect, match="a write to where it has nothing to write") as told:
        verb(Writing(memory))
    assert told.value.where == "one"
    assert told.value.wanted == "no write"
    assert "topology/test_gate.py:" in told.value.got
    assert memory.read(0) == 0


def test_what_lies_behind_it_has_no_public_name():
    """A driver holds the gate; each bus behind it would let any write through."""
    gate = One(MemoryBus(0x200)).bus
    public = [getattr(gate, name) for name in dir(gate) if not name.startswith("_")]
    assert not [one for one in public if hasattr(one, "write")]


@pytest.mark.parametrize(
    "write",
    [
        lambda bus: bus.write(4, 1 << 32),
        lambda bus: bus.write(4, -1),
        lambda bus: bus.write(4, 256, 1),
        lambda bus: bus.write_block(4, [1 << 32]),
    ],
)
def test_a_word_that_does_not_fit_is_refused_whatever_the_bus_makes_of_it(write):
    with pytest.raises(OutOfRange, match="does not fit"):
        write(One(MemoryBus()).bus)


def test_after_a_refusal_that_its_driver_hides_an_act_writes_nothing_more():
    memory = MemoryBus(0x200)
    memory.write(0x100, 1)
    gate = One(memory).bus

    def act():
        with gate.open(Act("thing", "step start", LOSES)):
            with suppress(DriverDefect):
                gate.write(0, 0x0000_0100)
            with suppress(DriverDefect):
                gate.write(0, 0x0080_0000)

    with pytest.raises(DriverDefect, match="not declared"):
        act()
    assert memory.read(0) == 0


def test_nor_after_a_question_in_its_midst_that_was_answered_with_no():
    memory = MemoryBus(0x200)
    memory.write(0x100, 1)
    gate, answers = One(memory).bus, [UnderLoad("busy")]

    def refresh():
        if answers:
            raise answers.pop()

    with suppress(UnderLoad), gate.open(Act("thing", "step start", LOSES), refresh):
        gate.sleep(1)
        for _ in range(2):
            with suppress(UnderLoad):
                gate.write(0, 0x0080_0000)
    assert memory.read(0) == 0
