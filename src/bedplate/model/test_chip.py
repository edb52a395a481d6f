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
    RESETS,
    Capacity,
    ChipModel,
    FabricNeed,
    Model,
    Placed,
    SoftwareAccess,
    after_pulse,
    after_write,
    fault_kinds,
)
from bedplate.reg import Child, Effect, Field, Register, RegisterBlock, Value


def register(name: str, *fields: Field, **members: object) -> type[Register]:
    value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields})
    return type(name, (Register,), {"Value": value, **members})


Enable = register("enable", Field("on", 0, 4))
Status = register(
    "status",
    Field("ready", 0, 1, sw="r", hw="w"),
    Field("event", 1, 1, hw="w", onwrite="woclr", props={"intr": "posedge"}),
)
Scratch = register("scratch", Field("value", 0, 32))
Fuse = register("fuse", Field("burn", 0, 1, singlepulse=True), EFFECT=Effect.PERMANENT)


class SupplyRegs(RegisterBlock):
    """Four outputs, each with its enable bit: a power, clock or reset manager."""

    CHILDREN = (Child("enable", 0, Enable), Child("scratch", 4, Scratch))
    SIZE = 0x10


class Supply(Model):
    regs = SupplyRegs

    @after_write("enable")
    def switched(self) -> None:
        self.outputs_changed()

    def provides(self, port: str) -> bool:
        return bool(self.hw.enable.on >> int(port) & 1)


class UserRegs(RegisterBlock):
    CHILDREN = (
        Child("enable", 0, Enable),
        Child("status", 4, Status),
        Child("scratch", 8, Scratch),
        Child("fuse", 12, Fuse),
    )
    SIZE = 0x10


class User(Model):
    regs = UserRegs
    faults = fault_kinds("stuck_busy")
    log: list[str]

    def after_reset(self) -> None:
        self.starts = getattr(self, "starts", 0) + 1
        self.after(us(2), self.ready)

    def ready(self) -> None:
        self.hw.status.ready = True
        self.strobe("status.event")
        self.outputs_changed()

    def provides(self, port: str) -> bool:
        return bool(self.hw.status.ready)

    def inputs_changed(self) -> None:
        self.inputs = getattr(self, "inputs", 0) + 1

    @after_pulse("fuse.burn")
    def burn(self, access: SoftwareAccess) -> None:
        self.burnt = True

    def fabric_error(self, error) -> None:
        self.errors = [*getattr(self, "errors", []), error.instance]

    def tenant(self, active: bool) -> None:
        self.rented = active

    @after_write("enable")
    def drawing(self, access: SoftwareAccess) -> None:
        if access.changed("on") and self.hw.enable.on:
            self.begins_to_draw("water")

    def draws(self, budget: str) -> bool:
        return budget == "water" and bool(self.hw.enable.on)


PWR, CLK, RST, A, B, C = 0x0000, 0x1000, 0x2000, 0x3000, 0x3010, 0x8000
ENABLE, STATUS, SCRATCH, FUSE = 0, 4, 8, 12


def small(kind: type[ChipModel] = ChipModel) -> ChipModel:
    """a needs power 0, clock 0 and reset 0; b needs a's output as its clock and power 1; c only listens."""
    return kind(
        [
            Placed("pwr", PWR, Supply()),
            Placed("clk", CLK, Supply()),
            Placed("rst", RST, Supply()),
            Placed(
                "a",
                A,
                User(),
                [FabricNeed("power", "pwr", "0"), FabricNeed("clock", "clk", "0"), FabricNeed("reset", "rst", "0")],
            ),
            Placed("b", B, User(), [("power", "pwr", "1"), ("clock", "a", "out"), ("path", "c", "x")]),
            Placed("c", C, User(), [("source", "a", "out")]),
        ]
    )


@pytest.fixture
def chip():
    return small()


def bring_up(chip: ChipModel) -> None:
    chip.write(PWR, 3)
    chip.write(CLK, 1)
    chip.write(RST, 1)
    chip.sleep(us(5))


def refused(chip: ChipModel, address: int) -> str:
    """Why an access is refused, by its log entry; every refusal costs the fabric's timeout."""
    start = chip.now()
    with pytest.raises(BusFault) as fault:
        chip.read(address)
    assert chip.now() - start == chip.timeout
    error = chip.fabric_log[-1]
    assert error.address == address
    assert error.kind in str(fault.value)
    assert fault.value.where == (error.instance or f"0x{address:08x}")
    return error.kind


def test_it_is_a_bus(chip):
    for name, method in vars(Bus).items():
        if not name.startswith("_"):
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


def test_reset_is_one_edge_however_often_it_is_written(chip):
    bring_up(chip)
    chip.write(A + SCRATCH, 1)
    for _ in range(3):
        chip.write(RST, 0)
    assert chip["a"].starts == 1
    assert chip["a"].reset_cause == "reset"
    chip.write(RST, 1)
    chip.write(RST, 1)
    assert chip["a"].starts == 2
    assert chip.read(A + SCRATCH) == 0
    assert chip.read(A + STATUS) == 0


def test_a_provider_that_resets_itself_takes_its_users_along(chip):
    bring_up(chip)
    chip["clk"].reset("watchdog")
    assert chip.blocked("a") == "unclocked"


def test_inputs_changed_is_told_to_those_that_run(chip):
    bring_up(chip)
    before = chip["c"].inputs
    chip.write(PWR, 2)
    assert chip["c"].inputs == before + 1
    assert not hasattr(chip["pwr"], "inputs")


class Counting(ChipModel):
    """A chip that counts what its instances lose."""

    def was_reset(self, name: str) -> None:
        self.lost = [*getattr(self, "lost", []), name]


def test_a_chip_hears_of_every_reset_and_loss_of_power_once():
    chip = Counting([Placed("pwr", PWR, Supply()), Placed("a", A, User(), [("power", "pwr", "0")])])
    assert not hasattr(chip, "lost"), "coming up is no loss"
    chip.write(PWR, 1)
    chip["a"].reset("watchdog")
    chip.write(PWR, 0)
    chip.write(PWR, 0)
    assert chip.lost == ["a", "a"]


def up_with_all(cause: str) -> ChipModel:
    """A counting chip with a and b up and something in their scratch words, then reset by that cause."""
    chip = small(Counting)
    bring_up(chip)
    chip.sleep(us(5))
    for at in (A, B, C, CLK):
        chip.write(at + (SCRATCH if at in (A, B, C) else 4), 1)
    chip.plant("a", "stuck_busy")
    chip.tenant(True)
    chip.lost = []
    chip.reset(cause)
    return chip


@pytest.mark.parametrize("cause", RESETS)
def test_a_reset_of_the_chip_brings_everybody_to_where_power_on_does(cause):
    chip, fresh = up_with_all(cause), small()
    for each in (chip, fresh):
        each.sleep(us(10))
    assert chip.state() == fresh.state()
    assert [chip.blocked(name) for name in chip] == [fresh.blocked(name) for name in fresh]
    assert [chip[name].reset_cause for name in ("pwr", "c")] == [cause, cause]
    assert chip["a"].planted, "what a test planted stays"
    bring_up(chip)
    assert chip.read(A + STATUS) & 1


def test_a_reset_of_the_chip_is_told_once_of_each_that_was_up():
    chip = up_with_all("warm")
    assert sorted(chip.lost) == ["a", "b", "c", "clk", "pwr", "rst"]
    chip.lost = []
    chip.reset("warm")
    assert sorted(chip.lost) == ["c", "clk", "pwr", "rst"], "a and b had no power any more"


class Keeping(User):
    """Its scratch word survives a reset, but no loss of power."""

    survives = frozenset({"scratch"})


@pytest.mark.parametrize(("cause", "kept"), [("warm", 1), ("watchdog", 1), ("power", 0)])
def test_what_survives_a_reset_does_so_while_power_stays(cause, kept):
    chip = ChipModel(
        [Placed("pwr", PWR, Supply()), Placed("a", A, Keeping(), [("power", "pwr", "0")]), Placed("c", C, Keeping())]
    )
    chip.write(PWR, 1)
    for at in (A, C):
        chip.write(at + SCRATCH, 1)
    chip.reset(cause)
    chip.write(PWR, 1)
    assert (chip.read(A + SCRATCH), chip.read(C + SCRATCH)) == (0, kept), "the reset of its switch took the power of a"


def test_what_was_under_way_ends_with_a_reset_of_the_chip():
    chip = up_with_all("warm")
    bring_up(chip)
    chip.sleep(us(1))
    chip.reset("warm")
    chip.sleep(us(1.5))
    assert not chip.read(C + STATUS) & 1
    chip.sleep(us(1))
    assert chip.read(C + STATUS) & 1


def test_only_power_ends_a_workload():
    assert up_with_all("warm")["c"].rented
    assert not up_with_all("power")["c"].rented
    with pytest.raises(UnknownName, match="hot"):
        small().reset("hot")


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
