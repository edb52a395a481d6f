"""A chip of several instances: decoding, time, gates, reset propagation, snapshots."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.bus import Bus, us
from bedplate.errors import (
    BusFault,
    BusSize,
    EnvError,
    LinkDown,
    ModelDefect,
    News,
    NotOwner,
    PathLost,
    UnknownName,
    WiringError,
)
from bedplate.model import (
    Capacity,
    ChipModel,
    Placed,
    after_write,
)
from bedplate.model.conftest import (
    CLK,
    FUSE,
    PWR,
    RST,
    SCRATCH,
    STATUS,
    A,
    B,
    C,
    Supply,
    User,
    bring_up,
    refused,
    small,
)


def test_it_is_a_bus(chip):
    assert ChipModel.sizes is not None
    for name, method in vars(Bus).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            expected = list(inspect.signature(method).parameters)
            assert list(inspect.signature(getattr(ChipModel, name)).parameters) == expected


def test_time(chip):
    """100 ns an access, 10 ns each further word of a burst, and what one sleeps."""
    chip.write(C + SCRATCH, 1)
    assert chip.now() == 100
    chip.read_block(C, 4)
    assert chip.now() == 230
    chip.write_block(C, [0, 0, 5])
    assert chip.now() == 350
    chip.sleep(us(1))
    assert chip.now() == 1350


def test_an_access_takes_effect_after_what_was_due_until_its_end(chip):
    chip.sleep(us(2) - 101)
    assert chip.read(C + STATUS) == 0
    assert chip.read(C + STATUS) == 3


def test_an_event_cannot_use_the_bus(chip):
    """It would make time pass inside of a moment: models reach each other by `chip[name].hw`."""
    chip.event_queue.at(10, chip.read, C)
    with pytest.raises(RuntimeError, match="inside an event"):
        chip.sleep(20)
    assert chip.read(C) == 0


def test_bursts(chip):
    chip.write_block(C, [1, 2, 3])
    assert chip.read_block(C, 3) == [1, 0, 3]
    assert chip.read_block(C, 0) == []
    with pytest.raises(BusSize):
        chip.read_block(C + 2, 1)
    with pytest.raises(BusSize):
        chip.write_block(C + 1, [1])
    with pytest.raises(BusFault):
        chip.write_block(C + SCRATCH, [7, 8, 9])
    assert chip.read(C + SCRATCH) == 7, "words before the fault are written"


def test_narrow_and_unaligned_accesses(chip):
    chip.write(C + SCRATCH + 1, 0xAB, 1)
    assert chip.read(C + SCRATCH) == 0xAB00
    assert chip.read(C + SCRATCH + 1, 1) == 0xAB
    with pytest.raises(BusSize):
        chip.read(C + 2)


def test_poll_sees_what_honest_reading_sees(chip):
    start = chip.now()
    assert chip.poll(C + STATUS, 1, 1, us(50)) & 1
    assert us(2) <= chip.now() - start < us(6)
    assert chip.poll(C + STATUS, 1, 0, us(50)) & 1
    assert chip.now() - start >= us(50)


@pytest.mark.parametrize("address", [0x10, 0x0FFC, 0x3020, 0x7FFC, 0x8010, 0xFFFF_FFFC])
def test_nobody_lives_there(chip, address):
    assert refused(chip, address) == "decode"


def test_decode_against_a_list(chip):
    """Every address of the map finds its instance, in any order, and only that."""
    bring_up(chip)
    for name, base in (("b", B), ("clk", CLK), ("a", A), ("c", C), ("pwr", PWR), ("rst", RST)):
        for word in range(base, base + 0x10, 4):
            assert chip._reach(word, False, 0).name == name


def test_the_end_of_an_instance_within_its_page():
    chip = ChipModel([Placed("x", 0, User(), size=0x20)])
    assert chip.read(0x1C) == 0
    assert refused(chip, 0x20) == "decode"


def test_overlaps_and_double_names_are_wiring_errors():
    with pytest.raises(WiringError, match="overlap"):
        ChipModel([Placed("x", 0, User()), Placed("y", 8, User())])
    with pytest.raises(WiringError, match="two instances"):
        ChipModel([Placed("x", 0, User()), Placed("x", 0x10, User())])
    with pytest.raises(UnknownName, match="pwrr"):
        ChipModel([Placed("x", 0, User(), [("power", "pwrr", "0")])])
    model = User()
    ChipModel([Placed("x", 0, model)])
    with pytest.raises(WiringError, match="one place"):
        ChipModel([Placed("x", 0, model)])


def test_gates_answer_for_a_block_that_cannot(chip):
    """Worst first: no power, in reset, no clock; then it answers."""
    assert refused(chip, A) == "unpowered"
    chip.write(PWR, 1)
    assert refused(chip, A) == "in reset"
    chip.write(RST, 1)
    assert refused(chip, A) == "unclocked"
    chip.write(CLK, 1)
    assert chip.read(A) == 0
    assert [chip.blocked(name) for name in chip] == ["", "", "", "", "unpowered", ""]


def test_path_and_other_kinds_of_need(chip):
    """Without a path there is no way to the block; a source gates nothing, the behaviour may ask for it."""
    bring_up(chip)
    assert chip.read(B) == 0
    chip["c"].reset("test")
    assert refused(chip, B) == "unreachable"
    assert chip["c"].errors == ["b"], "the instance on the path sees the error"
    assert chip.read(C) == 0
    chip.write(CLK, 0)
    chip["a"].reset("test")
    assert not chip["c"].supplied("source")
    assert not chip["c"].supplied(provider="a")
    assert chip["c"].supplied("clock"), "it has no such need"
    assert chip["b"].supplied("power", port="1")


def test_the_fabric_freezes_its_first_error_and_counts(chip):
    refused(chip, A)
    refused(chip, 0x7000)
    assert chip.fabric_first == (us(10), "unpowered", "a", A, False)
    assert (chip.fabric_count, len(chip.fabric_log)) == (2, 2)
    chip.acknowledge()
    assert (chip.fabric_first, chip.fabric_count, len(chip.fabric_log)) == (None, 0, 2)
    with pytest.raises(BusFault, match="write"):
        chip.write(A, 1)
    assert chip.fabric_first.write


def test_hung_block(chip):
    chip.plant("c", "hung", times=1)
    assert refused(chip, C) == "hung"
    assert chip.read(C) == 0


def test_power_loss_takes_everything_along(chip):
    """a loses its registers and its output; b, clocked by a, stops but keeps what it holds."""
    bring_up(chip)
    chip.write(A + SCRATCH, 1)
    chip.write(B + SCRATCH, 2)
    chip.write(PWR, 2)
    assert chip["a"].reset_cause == "power"
    assert chip.blocked("a") == "unpowered"
    assert chip.blocked("b") == "unclocked"
    chip.write(PWR, 3)
    assert chip.read(A + SCRATCH) == 0
    assert chip.blocked("b") == "unclocked"
    chip.sleep(us(3))
    assert chip.read(B + SCRATCH) == 2
    assert (chip["a"].starts, chip["b"].starts) == (2, 1)


def thirsty(*capacities: Capacity) -> ChipModel:
    return ChipModel([Placed("a", A, User()), Placed("b", B, User()), Placed("c", C, User())], capacities=capacities)


def test_a_budget_is_overrun_by_whoever_begins_to_draw_when_it_is_used_up():
    chip = thirsty(
        Capacity("water", 1, ("a", "b")), Capacity("water", 2, ("a", "b", "c")), Capacity("air", 0, ("a", "b", "c"))
    )
    chip.write(A, 1)
    chip.write(C, 1)
    assert chip.violations() == []
    chip.write(B, 1)
    assert [(violation.instance, violation.text) for violation in chip.violations()] == [
        ("b", "water: 2 draw at once, 1 may"),
        ("b", "water: 3 draw at once, 2 may"),
    ]
    chip.write(A, 0)
    chip.write(B, 0)
    chip.write(A, 1)
    assert len(chip.violations()) == 2


def test_nobody_minds_how_much_is_drawn_without_a_budget():
    chip = thirsty(Capacity("water", 1, ("c",)))
    for at in (A, B, C):
        chip.write(at, 1)
    assert chip.violations() == []


def test_a_budget_of_somebody_who_is_not_there():
    with pytest.raises(UnknownName, match="'d'"):
        thirsty(Capacity("water", 1, ("a", "d")))


def test_settling_is_until_nothing_is_under_way_and_says_what_happened(chip):
    happened = chip.settle()
    assert happened[-1][0] == us(2)
    assert all(isinstance(text, str) and text for _, text in happened)
    assert chip.settle() == []


def test_reset_asked_for_by_others_waits_for_the_wire(chip):
    """A block that is held in reset does not start when it is reset once more."""
    chip.write(PWR, 1)
    chip["a"].reset("watchdog")
    assert not hasattr(chip["a"], "starts")
    chip.write(RST, 1)
    assert chip["a"].starts == 1


def test_clock_that_stops_halts_and_goes_on(chip):
    chip.write(PWR, 1)
    chip.write(RST, 1)
    chip.sleep(us(50))
    chip.write(CLK, 1)
    chip.sleep(us(1))
    chip.write(CLK, 0)
    chip.sleep(us(50))
    chip.write(CLK, 1)
    assert chip.read(A + STATUS) == 0
    chip.sleep(us(1))
    assert chip.read(A + STATUS) == 3


def test_providers_in_a_circle_settle_in_the_off_state():
    chip = ChipModel([Placed("x", 0, User(), [("power", "y", "")]), Placed("y", 0x10, User(), [("power", "x", "")])])
    assert chip.blocked("x") == chip.blocked("y") == "unpowered"


def test_permanent_writes_are_counted_over_power_cycles(chip):
    bring_up(chip)
    chip.write(A + FUSE, 1)
    chip.write(PWR, 0)
    chip.write(PWR, 3)
    chip.write(A + FUSE, 0)
    assert chip.permanent() == {"a.fuse": 2}


def test_tenant_is_told_to_everybody(chip):
    chip.tenant(True)
    assert all(chip[name].rented for name in "abc")


def test_unknown_instance(chip):
    with pytest.raises(UnknownName, match="instance"):
        chip.plant("d", "hung")


def test_snapshot_goes_on_as_the_original_does(chip):
    """With events under way, halted and cancelled ones, a planted fault, an interrupt input and a coinciding event."""
    chip.write(PWR, 3)
    chip.write(RST, 1)
    chip.plant("a", "stuck_busy", times=2)
    chip["c"].registers.coincide("status.event", 1)
    chip["c"].hw.status.event = 1
    chip.sleep(us(1))
    copy = ChipModel.restore(chip.snapshot())
    runs = []
    for each in (chip, copy):
        each.write(CLK, 1)
        each.write(C + STATUS, 2)
        each.sleep(us(1.5))
        seen = [each.read(C + STATUS), each.read(A + STATUS)]
        each.sleep(us(10))
        seen += [each.read(A + STATUS), each.read(B + STATUS), each.now()]
        each.sleep(us(10))
        seen += [each.read(B + STATUS), each["a"].planted[0].left, each.state(), each["b"].starts]
        runs.append(seen)
    assert runs[0] == runs[1]
    assert copy["a"] is not chip["a"]
    assert copy["a"].hw.status.ready == 1


ADDRESSES = st.sampled_from([PWR, CLK, RST, A, A + 4, A + 8, B, B + 4, B + 8, C, C + 4, C + 8, 0x7000])
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), ADDRESSES, st.integers(0, 15)),
        st.tuples(st.just("read"), ADDRESSES, st.just(0)),
        st.tuples(st.just("sleep"), st.integers(0, 3000), st.just(0)),
    ),
    max_size=25,
)


def play(chip: ChipModel, actions) -> list[object]:
    seen: list[object] = []
    for kind, where, value in actions:
        try:
            seen.append(chip.read(where) if kind == "read" else None)
            if kind == "write":
                chip.write(where, value)
            if kind == "sleep":
                chip.sleep(where)
        except BusFault as fault:
            seen.append(str(fault))
        seen.append(chip.now())
    return [*seen, chip.state(), chip.fabric_log, [chip.blocked(name) for name in chip]]


@settings(max_examples=60)
@given(ACTIONS, ACTIONS)
def test_same_inputs_same_run_with_or_without_a_snapshot_between(first, second):
    one, other = small(), small()
    assert play(one, first) == play(other, first)
    copy = ChipModel.restore(one.snapshot())
    assert play(copy, second) == play(other, second) == play(one, second)


@settings(max_examples=60)
@given(ACTIONS)
def test_gates_always_agree_with_the_providers(actions):
    """After anything whatever, each instance is blocked exactly if a need of it is not met now."""
    chip = small()
    play(chip, actions)
    for name in chip:
        node = chip._node(name)
        missing = {need.kind for need in node.needs if not chip._gates.met(need)}
        assert bool(chip.blocked(name)) == bool(missing & {"power", "clock", "reset", "path"})
        if missing & {"power", "reset"}:
            assert int(chip[name].hw.scratch) == 0


@pytest.mark.parametrize(
    "error",
    [
        GeneratorExit(),
        SystemExit(1),
        LinkDown("down"),
        PathLost("lost"),
        EnvError("no room"),
        NotOwner("not yours"),
        News(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_model_speaks_neither_for_the_link_nor_for_python(error: BaseException) -> None:
    class Liar(Supply):
        @after_write("enable")
        def react(self) -> None:
            raise error

    chip = ChipModel([Placed("a", 0x1000, Liar())])
    with pytest.raises(ModelDefect, match=f"the model Liar raised {type(error).__name__}") as told:
        chip.write(0x1000, 1)
    assert told.value.where == "a"
    assert "model/test_chip.py:" in told.value.got


@pytest.mark.parametrize("error", [BusFault("refused"), BusSize("too narrow")], ids=lambda error: type(error).__name__)
def test_an_answer_of_the_chip_is_a_models_to_give(error: BaseException) -> None:
    class Refuses(Supply):
        @after_write("enable")
        def react(self) -> None:
            raise error

    with pytest.raises(type(error)):
        ChipModel([Placed("a", 0x1000, Refuses())]).write(0x1000, 1)
