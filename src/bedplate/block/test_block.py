"""What a driver is made of, and what it cannot do."""

from types import MappingProxyType, new_class
from typing import Any, TypeVar

import pytest

from bedplate.block import Block, Kind, Need, Output, State, fault, mermaid, path_to_goal, power, step, us, wait
from bedplate.bus import MemoryBus
from bedplate.errors import AccessError, WiringError
from bedplate.reg import Effect, RegisterBlock

R = TypeVar("R", bound=RegisterBlock)


class Lamp(State):
    OFF = "dark"
    WARMING = "getting bright"
    ON = "bright"
    BROKEN = fault("dark for ever")


class LampBlock(Block[RegisterBlock, None]):
    goal = Lamp.ON
    reset_state = Lamp.OFF

    def observe(self):
        return Lamp.OFF

    @step(Lamp.OFF, Lamp.WARMING, effect=Effect.ELECTRICAL)
    def switch_on(self):
        """Let there be light."""

    warm_up = wait(Lamp.WARMING, Lamp.ON, typical=us(5), limit=us(50))


def lamp(*needs):
    return LampBlock(RegisterBlock(MemoryBus(4), 0, "lamp"), None, *needs)


def later(self):
    """Called, it makes a generator, and does nothing."""
    yield


async def waits_on(self):
    """Called, it makes a coroutine."""


async def laters(self):
    """Called, it makes a generator of that kind."""
    yield


class TestState:
    def test_says_what_it_means(self):
        assert repr(Lamp.OFF) == "Lamp.OFF: dark"
        assert Lamp.BROKEN.is_fault
        assert not Lamp.ON.is_fault

    @pytest.mark.parametrize("text", [3, "", " ", "two\nlines", None, [], (), ("a", "b"), "same"])
    def test_its_text_is_a_line_and_no_other_state_has_it(self, text):
        with pytest.raises(AccessError, match="`text` of Odd means nothing") as caught:
            State("Odd", {"FIRST": "same", "SECOND": text})
        assert caught.value.where.startswith("block/test_block.py:")

    @pytest.mark.parametrize("said", [(), ("",), (3,), ("a", "b")])
    def test_a_fault_says_what_is_wrong(self, said):
        with pytest.raises(AccessError, match=r"`text` of fault\(...\) means nothing") as caught:
            fault(*said)
        assert caught.value.where.startswith("block/test_block.py:")


class TestDeclarations:
    """What an author says that would be taken as it is, and mean nothing, is refused where the class is made."""

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("require", "requires"),
            ("lose", "loses"),
            ("losses", "loses"),
            ("resetstate", "reset_state"),
            ("gaol", "goal"),
            ("Goal", "goal"),
            ("until_poweroff", "until_power_off"),
            ("details", "detail"),
        ],
    )
    def test_a_slip_of_the_pen_is_named_with_what_was_meant(self, name, meant):
        with pytest.raises(AccessError, match=f"`{name}` of Dark declares nothing") as caught:
            type(LampBlock)("Dark", (LampBlock,), {name: ()})
        assert meant in caught.value.next
        assert caught.value.where.startswith("block/test_block.py:")

    def test_names_of_an_authors_own_are_free(self):
        class Dark(LampBlock):
            _goals = ()
            closed = 3

            @step(Lamp.BROKEN, Lamp.OFF)
            def details(self):
                """What is marked as a step is no mistaken declaration."""

        assert Dark.closed == 3

    def test_an_output_is_held_to_the_same(self):
        with pytest.raises(AccessError, match="`limits` of Line declares nothing"):
            type("Line", (Output,), {"KIND": Kind.RESET, "limits": 5})

    @pytest.mark.parametrize(
        "declare",
        [
            lambda: type(LampBlock)("Dark", (LampBlock,), {"requires": (Kind.POWER, Kind.POWER)}),
            lambda: step((Lamp.OFF, Lamp.OFF), Lamp.ON),
            lambda: step(Lamp.OFF, Lamp.ON, toward=("off", "off")),
            lambda: step(Lamp.OFF, Lamp.ON, budget=("inrush", "inrush")),
        ],
    )
    def test_nothing_is_said_twice(self, declare):
        with pytest.raises(AccessError, match="means nothing") as caught:
            declare()
        assert "once" in caught.value.wanted

    @pytest.mark.parametrize("later", [later, laters, waits_on])
    @pytest.mark.parametrize(
        "declare",
        [
            lambda later: type(LampBlock)("Dark", (LampBlock,), {"observe": later}),
            lambda later: type(LampBlock)("Dark", (LampBlock,), {"detail": later}),
            lambda later: step(Lamp.OFF, Lamp.ON)(later),
            lambda later: wait(Lamp.OFF, Lamp.ON, typical=1, limit=1, elapsed=later),
            lambda later: type("Line", (Output,), {"KIND": Kind.RESET, "turn_on": later}),
        ],
    )
    def test_what_is_called_runs_when_it_is_called(self, declare, later):
        with pytest.raises(AccessError, match="does not run when it is called") as caught:
            declare(later)
        assert caught.value.where.startswith("block/test_block.py:")
        assert caught.value.got.endswith(f"block/test_block.py:{later.__code__.co_firstlineno}")

    @pytest.mark.parametrize(
        "bases", [(Block,), (Block[None, None],), (Block[Lamp, None],), (Block[Any, None],), (Block["Regs", None],)]
    )
    def test_a_driver_says_its_registers(self, bases):
        said = {"goal": Lamp.ON, "reset_state": Lamp.OFF}
        with pytest.raises(AccessError, match="Dark says no class of registers that it drives") as caught:
            new_class("Dark", bases, exec_body=lambda space: space.update(said))
        assert caught.value.where.startswith("block/test_block.py:")

    def test_what_is_there_to_be_derived_from_may_leave_them_open(self):
        class Common(Block[R, None]):
            """Of many types."""

        assert not hasattr(Common, "goal")


class TestStatelessness:
    def test_a_block_takes_no_attribute(self):
        block = lamp()
        for name in ("memory", "regs", "config", "goal", "_hidden"):
            with pytest.raises(AttributeError):
                setattr(block, name, 1)
        with pytest.raises(AttributeError):
            del block.regs

    def test_a_block_has_no_dictionary_even_where_its_author_forgot_slots(self):
        assert not hasattr(lamp(), "__dict__")

    def test_a_class_takes_no_attribute(self):
        with pytest.raises(AttributeError):
            LampBlock.memory = 1

    def test_what_is_no_block_could_keep_something_and_is_not_mixed_in(self):
        with pytest.raises(TypeError, match="Remembers is no block"):
            type(LampBlock)("Bad", (type("Remembers", (), {"seen": 3}), LampBlock), {})

    @pytest.mark.parametrize("memory", [[], {}, set(), object(), bytearray(1)])
    def test_a_class_with_something_mutable_is_refused(self, memory):
        with pytest.raises(TypeError, match="constants only"):
            type(LampBlock)("Bad", (LampBlock,), {"seen": memory})

    def test_slots_are_refused(self):
        with pytest.raises(TypeError, match="no slots"):
            type(LampBlock)("Bad", (LampBlock,), {"__slots__": ("seen",)})


class TestNeeds:
    def test_what_a_driver_requires_its_wiring_must_name(self):
        class Fed(LampBlock):
            requires = (Kind.POWER, Kind.CLOCK)

        with pytest.raises(WiringError, match="missing need: Fed cannot work without clock") as caught:
            Fed(RegisterBlock(MemoryBus(4), 0, "fed"), None, power(lamp()))
        assert caught.value.where == "fed"

    def test_without_power_clock_and_release_from_reset_nothing_is_read(self):
        assert [kind for kind in Kind if kind.gates_access] == [Kind.POWER, Kind.CLOCK, Kind.RESET]

    def test_say_what_they_are(self):
        assert str(Need(Kind.LINK, lamp())) == "link from lamp"


class TestLadder:
    def test_a_good_one_has_no_problems(self):
        assert LampBlock.problems == ()
        assert [way.name for way in path_to_goal(LampBlock, Lamp.OFF)] == ["switch_on", "warm_up"]
        assert path_to_goal(LampBlock, Lamp.BROKEN) == []

    def test_a_state_that_leads_nowhere_is_found(self):
        class Stuck(LampBlock):
            warm_up = None

        assert Stuck.problems == ("Stuck: OFF does not lead to ON", "Stuck: WARMING does not lead to ON")

    def test_two_ways_out_are_found(self):
        class Torn(LampBlock):
            again = wait(Lamp.OFF, Lamp.ON, typical=1, limit=1)

        assert Torn.problems == ("Torn: OFF has 2 ways out to service: switch_on, again",)

    def test_a_circle_is_found(self):
        class Circle(LampBlock):
            warm_up = wait(Lamp.WARMING, Lamp.OFF, typical=1, limit=1)

        assert any("does not lead to ON" in problem for problem in Circle.problems)

    def test_a_step_out_of_a_fault_and_of_what_is_none_is_found(self):
        """Its attempts are counted over the whole run, or between two recoveries: not both."""

        class Both(LampBlock):
            @step((Lamp.OFF, Lamp.BROKEN), Lamp.WARMING)
            def switch_on(self):
                """Whatever it is in."""

        assert Both.problems == ("Both: switch_on leads out of faults and of states without one; make it two steps",)

    @pytest.mark.parametrize(
        "said", [{"goal": Lamp.BROKEN}, {"reset_state": Lamp.BROKEN}, {"goals": MappingProxyType({"off": Lamp.BROKEN})}]
    )
    def test_a_fault_is_no_goal_and_no_state_after_reset(self, said):
        found = type(LampBlock)("Dark", (LampBlock,), said).problems
        assert "Dark: neither a goal nor the state after reset may be a fault" in found

    def test_a_wait_has_a_budget(self):
        with pytest.raises(ValueError, match="typical <= limit"):
            wait(Lamp.OFF, Lamp.ON, typical=2, limit=1)

    @pytest.mark.parametrize(
        "declare",
        [
            lambda: wait(Lamp.OFF, Lamp.ON, typical=2, limit=1),
            lambda: wait(Lamp.OFF, Lamp.ON, typical="2", limit=1),
            lambda: step(Lamp.OFF, Lamp.ON, attempts=0),
            lambda: step(Lamp.OFF, Lamp.WARMING, Lamp.ON),
            lambda: step(Lamp.OFF, Lamp.ON, budget=5),
            lambda: type(LampBlock)("Dark", (LampBlock,), {"loses": 5}),
        ],
    )
    def test_what_cannot_be_declared_is_refused_with_the_line_that_says_it(self, declare):
        with pytest.raises(AccessError) as caught:
            declare()
        assert caught.value.where.startswith(f"block/test_block.py:{declare.__code__.co_firstlineno} in ")

    def test_the_diagram_shows_states_effects_times_and_faults(self):
        diagram = mermaid(LampBlock)
        assert "OFF --> WARMING: switch_on [electrical]" in diagram
        assert "WARMING --> ON: warm_up (5 us, at most 50 us)" in diagram
        assert "class BROKEN fault" in diagram
