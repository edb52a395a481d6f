"""Wiring that cannot be is refused before any transaction; names mean the same everywhere."""

import re

import pytest

from bedplate.block import Block, State, Tenant, link, power
from bedplate.bus import Canary, MemoryBus, Meter
from bedplate.errors import AccessError, DriverDefect, UnknownName, WiringError
from bedplate.reg import Child, Field, Probe, Register, RegisterBlock, Value
from bedplate.topology import Budget, Group, Harvest, Reach, Region, Topology
from bedplate.topology.names import select


class Phase(State):
    READY = "ready"


class ModeValue(Value):
    NAME = "mode"
    FIELDS = (Field("speed", 0, 4), Field("on", 8, 1))


class Mode(Register):
    __slots__ = ()
    Value = ModeValue


class Pop(Register):
    __slots__ = ()
    Value = ModeValue
    PROBE = Probe.CONSUMES


class Regs(RegisterBlock):
    __slots__ = ("lane", "mode", "pop")
    SIZE = 0x20
    CHILDREN = (Child("mode", 0, Mode), Child("lane", 4, Mode, (4,), 4), Child("pop", 0x14, Pop))


class Thing(Block[Regs, None]):
    goal = reset_state = Phase.READY

    def observe(self):
        return Phase.READY


class Wired(Topology):
    """A topology whose instances are what the test hands in."""

    name = "wired"
    canary = Canary(0)

    def __init__(self, wire, bus=None):
        self._wire = wire
        super().__init__(bus or MemoryBus(0x1000))

    def wire(self, bus):
        self._wire(self, bus)


def thing(bus, base, name, *needs):
    return Thing(Regs(bus, base, name), None, *needs)


def two(chip, bus):
    chip.die = (Group(), Group())
    for n, die in enumerate(chip.die):
        die.a = thing(bus, 0x100 * n, f"die{n}.a")
        die.lane = tuple(thing(bus, 0x100 * n + 0x20 * i + 0x20, f"die{n}.lane{i}", link(die.a)) for i in range(2))


@pytest.mark.parametrize(("fuses", "group"), [("die0.otp", "die0"), ("die0.io.otp", "die0.io"), ("otp", "otp")])
def test_a_mask_is_said_of_the_part_whose_fuses_they_are(fuses, group):
    assert Harvest(thing(MemoryBus(0x100), 0, fuses), lambda: 0, ()).group == group


@pytest.mark.parametrize("mask", [1 << 80, 2, -1, "1", None, 0.0])
def test_a_mask_is_of_the_bits_that_there_are(mask):
    fuses = thing(MemoryBus(0), 0, "otp")
    with pytest.raises(DriverDefect, match="otp: the harvest mask is none, wanted an integer from 0 to 0x1"):
        Harvest(fuses, lambda: mask, ((fuses,),)).mask()


class TestChecks:
    def wrong(self, wire, match):
        meter = Meter(MemoryBus(0x1000))
        with pytest.raises(WiringError, match=match):
            Wired(wire, meter)
        assert meter.transactions == 0

    @pytest.mark.parametrize("held", [lambda a: [a], lambda a: {"x": a}, lambda a: (Group(), [a])])
    def test_instances_where_nobody_looks_for_them(self, held):
        def wire(chip, bus):
            chip.all_of_them = held(thing(bus, 0, "a"))

        self.wrong(wire, "instances in a (list|dict)")

    def test_overlapping_addresses(self):
        def wire(chip, bus):
            chip.a, chip.b = thing(bus, 0, "a"), thing(bus, 0x10, "b")

        self.wrong(wire, "b: overlap of addresses: a and b")

    def test_one_name_twice(self):
        def wire(chip, bus):
            chip.a, chip.b = thing(bus, 0, "a"), thing(bus, 0x20, "a")

        self.wrong(wire, "two instances are named a")

    def test_a_need_on_something_that_is_not_there(self):
        def wire(chip, bus):
            chip.a = thing(bus, 0, "a", link(thing(bus, 0x100, "ghost")))

        self.wrong(wire, "not on this chip.*ghost")

    def test_a_cycle(self):
        def wire(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.b = thing(bus, 0x20, "b", link(chip.a))
            object.__setattr__(chip.a, "needs", (link(chip.b),))

        self.wrong(wire, "cycle in needs.*a -> b -> a")

    def test_a_chain_of_any_length_is_put_in_order_and_asked(self):
        def wire(chip, bus):
            made = []
            for n in range(3000):
                made.append(thing(bus, 0x20 * n, f"t{n}", *([power(made[-1])] if made else [])))
            chip.users_first = tuple(reversed(made))

        chip = Wired(wire)
        assert [block.name for block in chip.order] == [f"t{n}" for n in range(3000)]
        assert Reach(chip).look(chip.users_first[0]).state is Phase.READY

    def test_a_need_on_a_part_that_can_be_fused_off_alone(self):
        def wire(chip, bus):
            chip.fuses, chip.a = thing(bus, 0, "fuses"), thing(bus, 0x20, "a")
            chip.b = thing(bus, 0x40, "b", link(chip.a))
            chip.harvests = (Harvest(chip.fuses, lambda: 0, ((chip.a,),)),)

        self.wrong(wire, "need on a harvested part: a can be fused off without b")

    def test_nor_may_other_fuses_remove_its_user(self):
        def wire(chip, bus):
            chip.fuses, chip.a = thing(bus, 0, "fuses"), thing(bus, 0x20, "a")
            chip.b = thing(bus, 0x40, "b", link(chip.a))
            chip.harvests = (Harvest(chip.fuses, lambda: 0, ((chip.a,), (chip.b,))),)

        self.wrong(wire, "need on a harvested part: a can be fused off without b")

    @pytest.mark.parametrize("parameters", [{"a": 5}, {"b": {}}, 5])
    def test_parameters_of_no_instance(self, parameters):
        def wire(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.parameters = parameters

        self.wrong(wire, "`parameters")

    @pytest.mark.parametrize(
        ("most", "among", "match"),
        [
            (1, (), "nobody draws on the budget 'inrsh'"),
            (0, (), "the budget 'inrsh' is for nobody"),
        ],
    )
    def test_a_budget_that_would_limit_nothing(self, most, among, match):
        def limited(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.budgets = (Budget("inrsh", most, among or (chip.a,)),)

        self.wrong(limited, match)

    def test_a_limit_or_a_fuse_over_an_instance_of_another_chip(self):
        def limited(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.budgets = (Budget("inrush", 1, (thing(bus, 0x100, "ghost"),)),)

        def fused(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.harvests = (Harvest(chip.a, lambda: 0, ((thing(bus, 0x100, "ghost"),),)),)

        def asked(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.regions = (Region("all", range(0x1000), holder=thing(bus, 0x100, "ghost")),)

        self.wrong(limited, "budget inrush: .*not on this chip.*ghost")
        self.wrong(fused, "fuses of a: .*not on this chip.*ghost")
        self.wrong(asked, "region all: .*not on this chip.*ghost")

    def test_regions_that_cannot_be_told_apart(self):
        def named(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.regions = (Region("die", range(0x100)), Region("die", range(0x100, 0x200)))

        def overlapping(chip, bus):
            chip.a = thing(bus, 0, "a")
            chip.regions = (Region("x", range(0x100)), Region("y", range(0x80, 0x200)))

        self.wrong(named, "two regions are named die")
        self.wrong(overlapping, "regions overlap: x and y")

    def test_a_mistake_of_its_author(self):
        def wire(chip, bus):
            chip.a = Thing(Regs(bus, 0, "a"))

        with pytest.raises(WiringError, match="the wiring of wired raised TypeError") as error:
            Wired(wire)
        assert error.value.where.startswith("topology/test_topology.py:")
        assert error.value.where.endswith(" in wire")

    def test_good_wiring_is_in_the_order_of_needs(self):
        chip = Wired(two)
        names = [block.name for block in chip.order]
        assert names.index("die0.a") < names.index("die0.lane0")
        assert sorted(names) == sorted(block.name for block in chip.all)
        assert chip.meter.transactions == 0


def test_a_part_that_says_nothing_of_workloads_is_not_idle():
    assert Region("chip", range(4)).vitals(MemoryBus(4)).tenant is Tenant.UNKNOWN


class TestNames:
    @pytest.mark.parametrize(
        ("pattern", "names"),
        [
            ("die0.a", ["die0.a"]),
            ("die[0].a", ["die0.a"]),
            ("die1", ["die1.a", "die1.lane0", "die1.lane1"]),
            ("die*.lane*", ["die0.lane0", "die0.lane1", "die1.lane0", "die1.lane1"]),
            ("die.lane1", ["die0.lane1", "die1.lane1"]),
            ("die0.lane", ["die0.lane0", "die0.lane1"]),
            ("ip:thing", ["die0.a", "die0.lane0", "die0.lane1", "die1.a", "die1.lane0", "die1.lane1"]),
        ],
    )
    def test_select(self, pattern, names):
        assert [block.name for block in Wired(two).select(pattern)] == names

    @pytest.mark.parametrize("pattern", ["die2", "die[10]", "die0.b", "di", "die0.a.x", "ip:nothing", ""])
    def test_unknown_ones_are_refused(self, pattern):
        with pytest.raises(UnknownName):
            Wired(two).select(pattern)

    def test_a_full_name_is_that_of_one_alone(self):
        def alike(bus):
            return thing(bus, 0, "a"), thing(bus, 4, "a0"), thing(bus, 8, "a.b")

        blocks = alike(MemoryBus(0))
        assert [block.name for block in select("a", blocks)] == ["a"]
        assert [block.name for block in select("a*", blocks)] == ["a", "a0", "a.b"]

    def test_names_of_several(self):
        chip = Wired(two)
        assert chip.names([]) == set()
        assert chip.names(["die0.lane", "die1.a", "die1.a"]) == {"die0.lane0", "die0.lane1", "die1.a"}
        for wrong, what in (("die0", "no collection of names"), ([7], "7 is no name")):
            with pytest.raises(AccessError, match=what):
                chip.names(wrong)

    def test_an_instance_instead_of_its_name_and_a_pattern_for_a_full_name_are_said_as_such(self):
        chip = Wired(two)
        (block,) = chip.select("die1.a")
        for wrong in (block, [block]):
            with pytest.raises(AccessError, match="is an instance, and no name") as caught:
                chip.names(wrong)
            assert caught.value.next == "['die1.a']"
        with pytest.raises(UnknownName, match="patterns are not taken here"):
            chip.require_known(["die0.*"])

    def test_an_unknown_one_gets_a_suggestion(self):
        with pytest.raises(UnknownName) as caught:
            Wired(two).select("die0.lame1")
        assert "die0.lane1" in caught.value.next

    @pytest.mark.parametrize(
        ("name", "address", "field"),
        [("die0.a.mode", 0, None), ("die1.a.lane[2].speed", 0x10C, "speed"), ("die[1].lane[1].mode.on", 0x140, "on")],
    )
    def test_registers_and_fields(self, name, address, field):
        target = Wired(two).register(name)
        assert target.register.address == address
        assert (target.field.name if target.field else None) == field

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("die0.a.mode", ["die0.a.mode"]),
            ("die*.a.mode.on", ["die0.a.mode.on", "die1.a.mode.on"]),
            ("die*.pop", [f"die{n}.{name}.pop" for n in range(2) for name in ("a", "lane0", "lane1")]),
        ],
    )
    def test_registers_of_several(self, name, found):
        assert Wired(two).register_names(name) == found

    def test_a_register_of_several_that_none_of_them_has(self):
        with pytest.raises(UnknownName) as caught:
            Wired(two).register_names("die*.node")
        assert "a pattern is of instances" in caught.value.next

    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("die0.a.node", "register 'node'"),
            ("die0.a.mode.sped", "field 'sped'"),
            ("die0.a.mode.speed.x", "part of a field 'x'"),
            ("die0.a.mode.speed.x.y", "part of a field 'x.y'"),
            ("die0.a.lane[4]", "array element '4'"),
            ("die0.a.lane", "array; name one element"),
            ("die9.a.mode", "instance"),
        ],
    )
    def test_say_where_a_name_went_wrong(self, name, what):
        with pytest.raises(UnknownName, match=what.replace("[", r"\[")) as caught:
            Wired(two).register(name)
        assert caught.value.next
        wrong = caught.value.what.partition("'")[2].rstrip("'")
        assert wrong not in re.split(r"[ ?,]+", caught.value.next)

    def test_who_names_an_instance_where_a_register_is_wanted_is_led_to_all_of_its_registers(self):
        with pytest.raises(UnknownName, match="not a register") as caught:
            Wired(two).register("die0.a")
        assert caught.value.next.startswith("all registers of it: bedplate dump die0.a; known: ")


class TestAddressMap:
    def test_leads_from_an_address_to_a_name(self):
        found = Wired(two).addresses.find(0x10C)
        assert found is not None
        assert found.path == "die1.a.lane[2]"
        assert Wired(two).addresses.find(0x1C) is None

    def test_knows_what_may_be_read_again(self):
        addresses = Wired(two).addresses
        assert addresses.is_probe_safe(0x0)
        assert not addresses.is_probe_safe(0x14)  # consumes
        assert not addresses.is_probe_safe(0xF00)  # nobody there
