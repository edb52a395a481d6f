"""Whatever authors declare is held to its annotation, at once: each attribute, argument and field there is, with each odd thing."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import pytest

from bedplate.block import OFF, Block, Kind, Need, Output, State, fault, source, step, us, wait
from bedplate.bus import Canary, MemoryBus, Meter
from bedplate.component import Component, Sample, component_of
from bedplate.converge import Chip
from bedplate.declared import kinds_of
from bedplate.errors import AccessError, ConfigError, WiringError
from bedplate.ip.pll import component as pll
from bedplate.ip.pll.driver import Pll
from bedplate.ip.pll.regs import PllRegs
from bedplate.ip.ppu.regs import PpuRegs
from bedplate.model import Model, fault_kinds
from bedplate.reg import Effect
from bedplate.topology import Budget, Harvest, Pair, Region

WORD, NUMBER, BY_WORD = "off", 5, MappingProxyType({"off": 5})
ODD = (NUMBER, WORD, None, 0.5, True, (5,), BY_WORD)
FITS = {
    **dict.fromkeys(("index", "limit", "typical", "channels", "most", "address", "size", "attempts"), (NUMBER,)),
    **dict.fromkeys(("name", "ip", "label", "budget", "toward", "elsewhere"), (WORD,)),
    **dict.fromkeys(("canary", "pci_id", "holder", "ask", "epoch_of", "elapsed", "said_by"), (None,)),
    **dict.fromkeys(("withdraws", "together"), (True,)),
    **dict.fromkeys(("widths", "straps", "inputs", "outputs"), (BY_WORD,)),
    "value": (NUMBER, None),
}
"""Which of them are right after all, by the name of what is declared."""


def odd_ones(names):
    """Each name with each thing that is not right for it."""
    return [(name, odd) for name in sorted(names) for odd in ODD if not any(odd is one for one in FITS.get(name, ()))]


def said(name, owner):
    """How it is said: of what is declared, or of a part of it."""
    return rf"`(a \w+ of )?{re.escape(name)}[^`]*` of {owner} is of a wrong kind"


class Lamp(State):
    OFF = "dark"
    ON = "bright"
    BROKEN = fault("dark for ever")


class Other(State):
    OFF = "dark"


class LampBlock(Block[PllRegs, None]):
    goal = Lamp.ON
    reset_state = Lamp.OFF

    def observe(self):
        return Lamp.OFF

    @step(Lamp.OFF, Lamp.ON, budget="inrush")
    def switch_on(self):
        """Let there be light."""


def lamp(bus, at, *needs):
    return LampBlock(PllRegs(bus, 0x100 * at, f"lamp{at}"), None, *needs)


class TestOfADriver:
    @pytest.mark.parametrize(("name", "odd"), odd_ones(kinds_of(Block).keys() - {"regs", "config", "needs"}))
    def test_each_attribute(self, name, odd):
        with pytest.raises(AccessError, match=said(name, "Odd")):
            type(Block)("Odd", (LampBlock,), {name: odd})

    @pytest.mark.parametrize(
        ("space", "match"),
        [
            ({"loses": MappingProxyType({"clock": Effect.NONE})}, "`a key of loses` of Odd.*wanted Kind, got 'clock'"),
            ({"loses": MappingProxyType({Kind.CLOCK: "none"})}, r"`loses\[<Kind.CLOCK.*wanted Effect, got 'none'"),
            ({"until_power_off": frozenset({"X"})}, "`a member of until_power_off`.*wanted State, got 'X'"),
            ({"requires": (Kind.CLOCK, "rail")}, r"`requires\[1\]` of Odd.*wanted Kind, got 'rail'"),
            ({"requires": Kind.CLOCK}, r"`requires`.*wanted tuple\[Kind, \.\.\.\], got <Kind.CLOCK"),
        ],
    )
    def test_down_to_the_part(self, space, match):
        with pytest.raises(AccessError, match=match):
            type(Block)("Odd", (LampBlock,), space)

    @pytest.mark.parametrize(
        "space",
        [
            {"goals": MappingProxyType({OFF: Other.OFF})},
            {"until_power_off": frozenset({Other.OFF})},
            {"reset_state": Other.OFF},
            {"goal": Other.OFF},
            {"warm": wait(Other.OFF, Lamp.ON, typical=us(1), limit=us(2))},
            {"warm": wait(Lamp.OFF, Other.OFF, typical=us(1), limit=us(2))},
            {"warm": step(Other.OFF, Lamp.ON)(LampBlock.observe)},
            {"warm": step((Lamp.OFF, Other.OFF), Lamp.ON)(LampBlock.observe)},
        ],
    )
    def test_states_of_another(self, space):
        with pytest.raises(AccessError, match=r"is of the states of another block, wanted one of (Lamp|Other), "):
            type(Block)("Odd", (LampBlock,), space)

    @pytest.mark.parametrize(
        ("make", "name", "odd"), [(make, *one) for make in (step, wait) for one in odd_ones(kinds_of(make))]
    )
    def test_each_argument_of_a_step_and_a_wait(self, make, name, odd):
        times = {"typical": us(1), "limit": us(2)} if make is wait else {}
        with pytest.raises(AccessError, match=said(name, f"the {make.__name__}")):
            make(**{"source": Lamp.OFF, "target": Lamp.ON, **times, name: odd})


def test_several_sources_of_a_step_go_in_a_tuple():
    with pytest.raises(AccessError, match="several sources go in a tuple") as error:
        step(Lamp.OFF, Lamp.ON, Lamp.OFF, toward="off")
    assert "3 states side by side" in error.value.got


TAKEN = [
    "regs",
    "config",
    "needs",
    "name",
    "made_at",
    "goal_of",
    "settle",
    "ways",
    "way_from",
    "problems",
    "draws_on",
    "holding",
]


class TestNamesThatAreTaken:
    @pytest.mark.parametrize("name", [*TAKEN, "__init__"])
    def test_by_a_driver(self, name):
        with pytest.raises(AccessError, match=f"`{name}` of Odd is Bedplate's own") as error:
            type(Block)("Odd", (LampBlock,), {name: property(lambda lamp: 5)})
        assert error.value.next

    def test_what_a_driver_says_is_no_such_name(self):
        public = [name for kit in (Block, type(Block)) for name in vars(kit) if not name.startswith("_")]
        said = ["ip", "goal", "reset_state", "goals", "requires", "until_power_off", "loses", "observe", "detail"]
        assert sorted({*public}) == sorted({*said, *TAKEN} & {*public})

    @pytest.mark.parametrize("name", ["kind", "provider", "port", "index", "label"])
    def test_by_an_output(self, name):
        with pytest.raises(AccessError, match=f"`{name}` of Odd is Bedplate's own"):
            type("Odd", (Output,), {name: property(lambda line: 5)})

    @pytest.mark.parametrize(
        "name",
        [name for kit in Chip.__mro__[:2] for name in vars(kit) if name[0] != "_" and name not in kinds_of(Chip)],
    )
    def test_by_a_chip(self, name):
        if name not in ("wire", "canary_of"):
            with pytest.raises(WiringError, match=f"`{name}` of Odd is Bedplate's own"):
                type("Odd", (Lamps,), {name: 5})(MemoryBus(0))

    @pytest.mark.parametrize("name", ["meter", "guard", "bus", "all", "order", "select", "plan", "instances"])
    def test_by_a_wiring(self, name):
        class Odd(Lamps):
            def wire(self, bus):
                super().wire(bus)
                setattr(self, name, lamp(bus, 3))

        with pytest.raises(WiringError, match=f"`{name}` of lamps is Bedplate's own"):
            Odd(MemoryBus(0))


class Line(Output):
    KIND = Kind.RESET

    def is_on(self):
        return True

    def turn_on(self):
        pass


class TestOfANeed:
    @pytest.mark.parametrize(
        ("name", "odd"), odd_ones(kinds_of(Output).keys() - {"kind", "provider", "index", "label"})
    )
    def test_each_attribute_of_an_output(self, name, odd):
        with pytest.raises(AccessError, match=said(name, "Odd")):
            type("Odd", (Output,), {name: odd})

    @pytest.mark.parametrize(("name", "odd"), odd_ones(["kind", "index", "label"]))
    def test_each_of_one(self, name, odd):
        provider = lamp(MemoryBus(0), 0)
        need = Need(odd, provider) if name == "kind" else Line(provider, **{"index": 0, "label": "a", name: odd})
        with pytest.raises(WiringError, match=said(name, "(Need|Line)")) as error:
            lamp(MemoryBus(0), 1, need)
        assert error.value.where == "lamp1"


class Lamps(Chip):
    name = "lamps"

    def wire(self, bus):
        self.one = lamp(bus, 0)
        self.two = lamp(bus, 1, source(self.one))
        self.three = lamp(bus, 2)
        self.budgets = self.capacities = (Budget("inrush", 1, (self.one, self.two, self.three)),)
        self.harvests = (Harvest(self.one, lambda: 0, ((self.three,),)),)
        self.regions = (Region("all", range(0x1000)),)


TUPLES = {"budgets": Budget, "capacities": Budget, "harvests": Harvest, "regions": Region}


class TestOfAChip:
    def refused(self, kind, match):
        meter = Meter(MemoryBus(0x1000))
        with pytest.raises(WiringError, match=match) as error:
            kind(meter)
        assert meter.transactions == 0
        return error.value

    def test_one_without_anything_odd(self):
        assert Lamps(MemoryBus(0)).order

    @pytest.mark.parametrize(("name", "odd"), odd_ones(kinds_of(Chip)))
    def test_each_attribute_of_the_class(self, name, odd):
        self.refused(type("Odd", (Lamps,), {name: odd}), said(name, "Odd"))

    @pytest.mark.parametrize(("name", "odd"), odd_ones(kinds_of(Chip)))
    def test_each_attribute_that_the_wiring_gives(self, name, odd):
        class Odd(Lamps):
            def wire(self, bus):
                super().wire(bus)
                setattr(self, name, odd)

        assert "the wiring, tests/test_kinds.py:" in self.refused(Odd, said(name, "lamps")).cause

    @pytest.mark.parametrize(
        ("name", "field", "odd"), [(name, *one) for name, kind in TUPLES.items() for one in odd_ones(kind._fields)]
    )
    def test_each_field_of_what_the_wiring_gives(self, name, field, odd):
        class Odd(Lamps):
            def wire(self, bus):
                super().wire(bus)
                setattr(self, name, (getattr(self, name)[0]._replace(**{field: odd}),))

        self.refused(Odd, said(f"{name}[0].{field}", "lamps"))

    @pytest.mark.parametrize("end", [0, 1])
    @pytest.mark.parametrize("odd", ODD)
    def test_each_end_of_a_pair(self, end, odd):
        class Odd(Lamps):
            def wire(self, bus):
                super().wire(bus)
                self.pairs = (Pair(*((odd, self.one) if not end else (self.one, odd))),)

        self.refused(Odd, said(f"pairs[0].{('one', 'other')[end]}", "lamps"))

    @pytest.mark.parametrize(("field", "odd"), odd_ones(Canary._fields))
    def test_each_field_of_a_canary(self, field, odd):
        canary = Canary(0, 5)._replace(**{field: odd})
        self.refused(type("Odd", (Lamps,), {"canary": canary}), said("canary", "Odd"))
        answering = type("Odd", (Lamps,), {"canary_of": classmethod(lambda cls, port: canary)})
        self.refused(answering, said("canary", "lamps, as `canary_of` answers,"))


class TestOfAModel:
    @pytest.mark.parametrize(("name", "odd"), odd_ones(kinds_of(Model)))
    def test_each_attribute(self, name, odd):
        with pytest.raises(ConfigError, match=said(name, "Odd")):
            type("Odd", (Model,), {"regs": PllRegs, name: odd})

    def test_the_meaning_of_a_fault(self):
        with pytest.raises(ConfigError, match=r"`faults\['odd'\].text` of Odd is of a wrong kind, wanted str, got 5"):
            type("Odd", (Model,), {"regs": PllRegs, "faults": fault_kinds("no_lock", odd=5)})

    @pytest.mark.parametrize(("field", "odd"), odd_ones(Component._fields))
    def test_each_field_of_a_component(self, monkeypatch, field, odd):
        monkeypatch.setattr(pll, "COMPONENT", pll.COMPONENT._replace(**{field: odd}))
        with pytest.raises(ConfigError, match=said(field, "the component of Pll")) as error:
            component_of.__wrapped__(Pll)
        assert error.value.where == "bedplate.ip.pll.component"

    @pytest.mark.parametrize("field", ["driver", "model"])
    def test_a_class_of_another_kind(self, monkeypatch, field):
        monkeypatch.setattr(pll, "COMPONENT", pll.COMPONENT._replace(**{field: Effect}))
        with pytest.raises(ConfigError, match=said(field, "the component of Pll")):
            component_of.__wrapped__(Pll)

    @pytest.mark.parametrize("odd", [NUMBER, WORD, None, (5,)])
    def test_the_parameters_of_a_sample(self, monkeypatch, odd):
        monkeypatch.setattr(pll, "COMPONENT", pll.COMPONENT._replace(samples=(Sample(None, odd),)))
        with pytest.raises(ConfigError, match=said("samples[0].parameters", "the component of Pll")):
            component_of.__wrapped__(Pll)


class TestWhatMeansNothing:
    """It is of its kind, and refused where it is declared all the same."""

    @pytest.mark.parametrize(
        ("name", "odd"),
        [("attempts", 0), ("attempts", -1), ("source", ()), ("toward", ()), ("toward", ""), ("budget", "")],
    )
    def test_of_a_step(self, name, odd):
        with pytest.raises(AccessError, match=f"`{name}` of the step means nothing, wanted .*, got "):
            step(**{"source": Lamp.OFF, "target": Lamp.ON, name: odd})

    @pytest.mark.parametrize(
        ("name", "odd"),
        [
            ("goals", MappingProxyType({"service": Lamp.OFF})),
            ("goals", MappingProxyType({"": Lamp.OFF})),
            ("until_power_off", frozenset({Lamp.OFF})),
        ],
    )
    def test_of_a_driver(self, name, odd):
        with pytest.raises(AccessError, match=f"`{name}` of Odd means nothing"):
            type(Block)("Odd", (LampBlock,), {name: odd})

    @pytest.mark.parametrize("limit", [0, -1])
    def test_of_an_output(self, limit):
        with pytest.raises(AccessError, match="`limit` of Odd means nothing"):
            type("Odd", (Output,), {"KIND": Kind.RESET, "limit": limit})

    @pytest.mark.parametrize(
        ("name", "odd"),
        [
            ("ports", ()),
            ("ports", (range(0),)),
            ("ports", (range(-4, 4),)),
            ("pci_id", (0x10000, 1)),
            ("canary", Canary(0, size=3)),
            ("canary", Canary(0, size=8)),
            ("canary", Canary(2)),
            ("canary", Canary(-4)),
            ("canary", Canary(0, 0)),
            ("canary", Canary(0, 0xFFFF_FFFF)),
            ("canary", Canary(0, 0xDEAD_BEEF)),
            ("canary", Canary(0, 0x100, 1)),
            ("canary", Canary(0, -5)),
        ],
    )
    def test_of_a_chip(self, name, odd):
        with pytest.raises(WiringError, match=f"`{name}.*` of lamps means nothing"):
            type("Odd", (Lamps,), {name: odd})(MemoryBus(0))

    @pytest.mark.parametrize(
        ("name", "change"),
        [
            ("regions", {"name": ""}),
            ("regions", {"reach": range(0)}),
            ("regions", {"reach": range(0, 0x1000, 4)}),
            ("regions", {"canary": Canary(0, 0)}),
            ("harvests", {"parts": ()}),
            ("budgets", {"name": ""}),
        ],
    )
    def test_of_what_the_wiring_gives(self, name, change):
        class Odd(Lamps):
            def wire(self, bus):
                super().wire(bus)
                setattr(self, name, (getattr(self, name)[0]._replace(**change),))

        with pytest.raises(WiringError, match="of lamps means nothing") as error:
            Odd(MemoryBus(0))
        assert "the wiring, tests/test_kinds.py:" in error.value.cause

    @pytest.mark.parametrize("name", ["widths", "straps", "inputs", "outputs"])
    def test_of_a_component(self, monkeypatch, name):
        monkeypatch.setattr(pll, "COMPONENT", pll.COMPONENT._replace(**{name: {"odd": 0}}))
        with pytest.raises(ConfigError, match="of the component of Pll means nothing"):
            component_of.__wrapped__(Pll)


class Wanted(NamedTuple):
    ratios: tuple[int, int]
    rate: float = 1.5
    mode: Literal["fast", "slow"] = "fast"
    word: int = 0


@dataclass(frozen=True)
class Kept:
    count: int


class TestWhatADriverIsGiven:
    """Registers and a configuration of the kinds that it is for: who wires another has made the mistake, and not the driver."""

    @pytest.mark.parametrize(
        ("driver", "regs", "config", "match"),
        [
            (Pll, PllRegs, "fast", "Pll is given a configuration of another kind, wanted PllConfig, got 'fast'"),
            (Pll, PllRegs, None, "wanted PllConfig, got None"),
            (LampBlock, PllRegs, 5, "LampBlock is given a configuration of another kind, wanted None, got 5"),
            (type("Bright", (LampBlock,), {}), PllRegs, 5, "Bright is given a configuration of another kind"),
            (LampBlock, PpuRegs, None, "LampBlock is given registers of another kind, wanted PllRegs, got"),
        ],
    )
    def test_is_checked_as_its_class_says(self, driver, regs, config, match):
        class Odd(Lamps):
            def wire(self, bus):
                super().wire(bus)
                self.four = driver(regs(bus, 0x300, "four"), config)

        with pytest.raises(WiringError, match=f"four: .*{match}") as error:
            Odd(MemoryBus(0))
        assert "the wiring, tests/test_kinds.py:" in error.value.cause

    @pytest.mark.parametrize("config", [Wanted((2, 4.5)), Wanted([2, 4]), Wanted((2, 4), word="loud"), Kept("2")])
    def test_each_field_of_a_configuration_is_checked_as_its_class_says(self, config):
        class Takes(Block[PllRegs, Any]):
            goal = reset_state = Lamp.ON

            def observe(self):
                return Lamp.ON

        with pytest.raises(
            WiringError, match=r"`config\.\w+.*` of Takes is of a wrong kind, wanted .*, as (Wanted|Kept) says"
        ):
            Takes(PllRegs(MemoryBus(0), 0, "a"), config)

    @pytest.mark.parametrize(
        ("hint", "config"),
        [(int | None, None), (Any, 5), (tuple[str, ...], ("a",)), (Any, Wanted((2, 4), 3)), (Any, Kept(2))],
    )
    def test_what_fits_passes(self, hint, config):
        class Takes(Block[PllRegs, hint]):
            goal = reset_state = Lamp.ON

            def observe(self):
                return Lamp.ON

        assert Takes(PllRegs(MemoryBus(0), 0, "a"), config).config == config
