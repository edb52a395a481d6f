"""What has gone wrong once, with everything at once: several faults, the wrong chip, resets behind the back, held-up processes."""

import pytest

from bedplate.block import OFF, SERVICE, Effect
from bedplate.bus import Decorator, ErrorInjector, InjectedError, Trace, ms, perform, us
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.converge import Outcome
from bedplate.errors import AccessError, BusFault, DriverDefect, Flapping, LinkDown, UnderLoad, UnknownName, WrongChip
from bedplate.ip.pll.driver import Pll
from bedplate.ip.sysid.driver import MAGIC
from bedplate.topology import LOOKING, Act


def booted():
    model = make_model(Tern)
    assert Tern(model).converge().ok
    return model


class Hook(Decorator):
    """Does something before the transaction of a given number."""

    def __init__(self, bus, at, act):
        super().__init__(bus)
        self.at, self.act, self.count = at, act, 0

    def transact(self, request):
        if self.count == self.at:
            self.act()
        self.count += 1
        return perform(self.bus, request)


class Swapped(Decorator):
    """Two dies whose ports are swapped."""

    def transact(self, request):
        return perform(self.bus, request._replace(address=request.address ^ 1 << 24))


class TestIdentityIsTheRoot:
    def test_swapped_dies_are_not_written_to(self):
        model = make_model(Tern)
        report = Tern(Swapped(model)).converge()
        assert (report.writes, report.number(Outcome.GOAL)) == (0, 0)
        assert isinstance(report.first_error, WrongChip)
        assert ("die 0" in report.first_error.wanted, "die 1" in report.first_error.got) == (True, True)
        assert [line.name for line in report.of(Outcome.FAILED)] == ["die0.sysid", "die1.sysid"]

    def test_a_chip_with_another_magic_word_is_not_written_to(self):
        model = make_model(Tern)

        class Other(Decorator):
            """Another chip, whose magic word is not Tern's."""

            def transact(self, request):
                return [word ^ 1 if word == MAGIC else word for word in perform(self.bus, request)]

        report = Tern(Other(model)).converge()
        assert report.writes == 0
        assert isinstance(report.ended, WrongChip)
        assert report.ended.exit_code == 3

    def test_one_wrong_die_leaves_the_other_alone(self):
        model = make_model(Tern)
        model["die1.sysid"].hw.chip_id.die = 0
        bus = Trace(model)
        report = Tern(bus).converge()
        assert {line.name.split(".")[0] for line in report.of(Outcome.GOAL)} == {"die0"}
        assert report.number(Outcome.GOAL) == 40
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {"die1.sysid"}
        assert not [t for t in bus.log if t.request.is_write and t.request.address >= 1 << 24]

    def test_a_person_cannot_write_to_the_wrong_chip_either(self):
        model = make_model(Tern)
        with pytest.raises(WrongChip):
            Tern(Swapped(model)).die[0].sysid.regs.scratch[2].write(value=1)
        assert model["die1.sysid"].hw.scratch[2].value == 0

    def test_every_report_and_event_says_who_answered(self):
        events = []
        report = Tern(make_model(Tern)).converge(listen=events.append)
        assert [text.split()[0] for text in report.identity] == ["die0", "die1"]
        assert all("boot 0x" in text and "serial 0x" in text for text in report.identity)
        assert {event.identity for event in events} == set(report.identity)

    def test_a_proof_ends_with_the_chip_that_gave_it(self):
        """Somebody plugs another chip in after a good run: the next run finds out, and nobody writes by hand either."""
        model = booted()
        chip = Tern(model)
        assert chip.converge().ok
        chip.meter.bus = Swapped(model)
        assert isinstance(chip.converge().first_error, WrongChip)
        with pytest.raises(WrongChip):
            chip.die[0].sysid.regs.scratch[2].write(value=1)

    def test_what_comes_back_after_a_dead_link_proves_itself_once_more(self):
        class Way(Decorator):
            """A link that is up, or down, or leads elsewhere."""

            is_down, other = False, 0

            def transact(self, request):
                if self.is_down:
                    return () if request.is_write else (0xFFFF_FFFF,) * request.length
                return perform(self.bus, request._replace(address=request.address ^ self.other))

        way = Way(booted())
        chip = Tern(way)
        assert chip.converge().ok
        way.is_down = True
        with pytest.raises(LinkDown):
            chip.bus.read(0)
        way.is_down, way.other = False, 1 << 24
        with pytest.raises(WrongChip):
            chip.die[0].sysid.regs.scratch[2].write(value=1)

    def test_a_part_of_a_chip_can_be_brought_up_alone(self):
        model = make_model(Tern)
        report = Tern(model).converge(only={"die0.ppu.fab"})
        assert report.ok, str(report)
        assert {line.name for line in report.lines} == {"die0.ppu.fab", "die0.pwrmgr"}

    @pytest.mark.parametrize(
        "how",
        [
            {"goal": "of"},
            *({"only": {"die0.ppu.fob"}}, {"force": ["nobody"]}, {"intent": ["x"]}),
            *({"only": "die0.ppu.fab"}, {"only": [7]}, {"force": "die0.ppu.fab"}),
        ],
    )
    def test_what_nobody_knows_is_refused_before_any_transaction(self, how):
        chip = Tern(booted())
        with pytest.raises((UnknownName, AccessError)):
            chip.converge(**how)
        with pytest.raises((UnknownName, AccessError)):
            chip.plan(**how)
        assert chip.meter.transactions == 0

    @pytest.mark.parametrize("only", [["die[0].hbm0.mc"], ["ip:pvt", "die1.otp"], ["die*.ppu.se0"]])
    @pytest.mark.parametrize("goal", [SERVICE, OFF])
    def test_a_run_takes_the_patterns_that_select_takes(self, only, goal):
        full = [block.name for pattern in only for block in Tern(booted()).select(pattern)]
        assert len(full) > len(only)
        led, named = (
            [line.name for line in Tern(booted()).converge(goal=goal, only=names).lines] for names in (only, full)
        )
        assert led == named
        planned, named = (Tern(booted()).plan(goal=goal, only=names).acts for names in (only, full))
        assert planned == named

    @pytest.mark.parametrize(
        ("wrong", "near"), [("die0.hmb0", "die0.hbm0"), ("ip:pvd", "pvt"), ("die0.ppu.fob", "fab")]
    )
    def test_a_pattern_that_names_nobody_offers_what_is_near(self, wrong, near):
        for act in (Tern(booted()).converge, Tern(booted()).plan):
            with pytest.raises(UnknownName) as caught:
                act(only=[wrong])
            assert near in caught.value.next

    @pytest.mark.parametrize("how", ["force", "intent"])
    def test_whoever_forces_names_whom_he_forces(self, how):
        with pytest.raises(UnknownName):
            Tern(booted()).converge(**{how: ["die0.hbm0"]})


class TestGate:
    def test_a_write_that_is_not_declared_never_reaches_the_chip(self):
        chip = Tern(make_model(Tern))
        before = chip.meter.writes
        pll = chip.die[0].pll.sys
        with pytest.raises(DriverDefect, match="stops traffic"), chip.bus.open(Act("a", "step", Effect.ELECTRICAL)):
            pll.regs.ctrl.write(power_down=True, reset=True, bypass=True)
        with pytest.raises(DriverDefect, match="nothing to write"), chip.bus.open(LOOKING):
            chip.die[0].sysid.regs.scratch[2].write(value=1)
        assert chip.meter.writes == before

    def test_a_permanent_command_that_a_step_does_not_declare_is_a_defect_of_the_driver(self):
        chip = Tern(booted())
        stack = chip.die[0].hbm[0].stk
        burn = next(n for n, offset, cls in _registers(stack) if Effect.PERMANENT in cls.EFFECT)
        act = Act(stack.name, "step", Effect.LOSES_DATA)
        before = chip.meter.writes
        with pytest.raises(DriverDefect, match="permanent"), chip.bus.open(act):
            chip.bus.write(next(stack.regs.base + o for n, o, _ in _registers(stack) if n == burn), 0xFFFF_FFFF)
        assert chip.meter.writes == before

    def test_an_output_is_refused_under_load_as_the_same_step_is(self):
        model = booted()
        model["die0.clkmgr.root"].hw.status.enabled = 0b01111
        model["die0.clkmgr.root"].hw.status.on_pll = 0b11011  # the root of hbm0 is off
        model.tenant(True)
        report = Tern(model).converge()
        assert report.writes == 0
        assert isinstance(report.first_error, UnderLoad)
        assert "turning on clock hbm0" in report.first_error.what

    def test_a_workload_that_begins_inside_a_step_stops_it_at_its_next_pause(self):
        """The PLL pauses between its divisors and its power-up: who was idle before may be busy after."""
        model = make_model(Tern)

        class Busy(Decorator):
            """A tenant begins once the divisors of a PLL are written."""

            def transact(self, request):
                if request.is_write and request.address == post:
                    model.tenant(True)
                return perform(self.bus, request)

        post = Tern(model).die[0].pll.sys.regs.post.address
        report = Tern(Busy(model)).converge(only={"die0.pll.sys"})
        assert isinstance(report.first_error, UnderLoad), str(report)
        assert model["die0.pll.sys"].hw.ctrl.power_down, "left as it was at the pause"

    def test_a_person_who_writes_by_hand_is_asked_too(self):
        model = booted()
        model.tenant(True)
        chip = Tern(model)
        with pytest.raises(UnderLoad):
            chip.die[0].pll.sys.regs.ctrl.modify(bypass=True)
        assert chip.meter.writes == 0
        with chip.allow(force=True):
            chip.die[0].pll.sys.regs.ctrl.modify(bypass=True)
        assert chip.meter.writes == 1
        with pytest.raises(UnderLoad):
            chip.die[0].pll.sys.regs.ctrl.modify(bypass=False)

    def test_an_act_writes_where_it_may_and_a_burst_ends_there_too(self):
        chip = Tern(make_model(Tern))
        scratch = [word.address for word in chip.die[0].sysid.regs.scratch]
        act = Act("a", "step", Effect.NONE, (range(scratch[2], scratch[4]),))
        with chip.bus.open(act):
            chip.bus.write_block(scratch[2], [1, 2])
        for address, words in ((scratch[1], [0, 1]), (scratch[3], [2, 3])):
            with pytest.raises(DriverDefect, match="nothing to write"), chip.bus.open(act):
                chip.bus.write_block(address, words)
        chip.bus.write_block(scratch[3], [2, 3])  # the act is over: a person writes anywhere
        assert list(chip.bus.read_block(scratch[1], 4)) == [0, 1, 2, 3]

    def test_a_pause_inside_an_act_is_followed_by_a_look(self):
        chip, looks = Tern(make_model(Tern)), []
        word = chip.die[0].sysid.regs.scratch[2]
        with chip.bus.open(Act("a", "step"), lambda: looks.append(1)):
            word.write(value=1)
            assert looks == []
            chip.bus.sleep(us(1))
            word.write(value=2)
            word.write(value=3)
            assert looks == [1]
            chip.bus.poll(word.address, 0, 0, us(1))
            word.write(value=4)
            assert looks == [1, 1]

    def test_a_neighbour_that_keeps_its_value_is_left_alone(self):
        """The scrub comes and goes under traffic, though the bits beside it would lose data."""
        model = booted()
        model.tenant(True)
        chip = Tern(model)
        chip.die[0].hbm[0].mc[0].regs.ecc_ctrl.modify(scrub_en=False)
        assert Tern(model).converge().ok, "and back again, by a step that declares nothing"


def _registers(block):
    from bedplate.reg import registers

    return list(registers(type(block.regs)))


class TestBlastRadius:
    def test_a_sysid_that_hangs_takes_its_die_along_and_nothing_else(self):
        model = make_model(Tern)
        model.plant_text("die1.sysid:hung")
        report = Tern(model).converge()
        assert [line.name for line in report.of(Outcome.FAILED)] == ["die1.sysid"]
        assert {line.name.split(".")[0] for line in report.of(Outcome.GOAL)} == {"die0"}
        assert report.number(Outcome.GOAL) == 40
        seen = {one.block.name: one for one in Tern(model).observe()}
        assert seen["die0.pll.sys"].outcome is Outcome.GOAL
        assert seen["die1.pll.sys"].outcome is Outcome.UNKNOWN
        Tern(model).plan()

    def test_a_die_that_falls_silent_at_the_end_is_not_reported_as_well(self):
        """What was seen of it in the same round, before, counts no more."""
        model = booted()
        total = Tern(model).converge().transactions

        class Silent(Hook):
            """Die 1 does not answer any more."""

            def transact(self, request):
                self.count += 1
                if self.count > self.at and request.address >= 1 << 24:
                    raise BusFault("no answer", where="die 1")
                return perform(self.bus, request)

        for at in range(total - 90, total, 3):
            report = Tern(Silent(model, at, None)).converge()
            assert not report.ok
            assert {line.name.split(".")[0] for line in report.of(Outcome.GOAL)} == {"die0"}, (
                f"transaction {at}: {report}"
            )

    @pytest.mark.parametrize("where", ["observe", "detail", "start"])
    def test_an_exception_of_a_driver_is_its_failure_and_no_others(self, where, monkeypatch):
        def wrong(block):
            return 1 // 0

        if where == "start":
            monkeypatch.setattr(Pll.program, "run", wrong)
        else:
            monkeypatch.setattr(Pll, "_ways", Pll._ways)  # restored below: a class of a driver takes no attribute
            type.__setattr__(Pll, where, wrong)
        try:
            report = Tern(make_model(Tern)).converge()
        finally:
            if where != "start":
                type.__setattr__(Pll, where, ORIGINAL[where])
        if where == "detail":
            assert report.ok
            return
        failed = report.of(Outcome.FAILED)
        assert {line.ip for line in failed} == {"pll"}
        assert len(failed) == 14
        assert all(isinstance(line.error, DriverDefect) and "ZeroDivisionError" in line.error.trace for line in failed)
        assert {line.ip for line in report.of(Outcome.GOAL)} >= {"ppu", "pvt", "otp", "sysid"}

    def test_one_error_response_anywhere_fails_at_most_one_instance(self):
        total = Tern(make_model(Tern)).converge().transactions
        for at in range(0, total, 53):
            report = Tern(ErrorInjector(make_model(Tern), {at: InjectedError("error")})).converge()
            assert report.number(Outcome.FAILED) <= 1, f"transaction {at}: {report}"

    def test_one_error_response_anywhere_stops_no_look(self):
        model = booted()
        total = _cost(lambda bus: Tern(bus).observe(), model)
        for at in range(total):
            assert (
                sum(
                    one.outcome is Outcome.FAILED
                    for one in Tern(ErrorInjector(model, {at: InjectedError("error")})).observe()
                )
                <= 1
            )
        total = _cost(lambda bus: Tern(bus).plan(), model)
        for at in range(total):
            Tern(ErrorInjector(model, {at: InjectedError("error")})).plan()

    def test_a_listener_that_fails_changes_nothing(self):
        def listen(event):
            raise OSError("disk full")

        quiet, model = make_model(Tern), make_model(Tern)
        assert Tern(quiet).converge().transactions == (report := Tern(model).converge(listen=listen)).transactions
        assert report.ok
        assert any("disk full" in note for note in report.notes)
        assert model.state() == quiet.state()


ORIGINAL = {"observe": Pll.observe, "detail": Pll.detail}


def _cost(act, bus):
    trace = Trace(bus)
    act(trace)
    return len(trace.log)


class TestBehindOurBack:
    @pytest.mark.parametrize("at", range(0, 3200, 160))
    def test_a_power_cycle_in_mid_converge_is_seen(self, at):
        """One write may be on its way already; none is made later than that."""
        model, struck = make_model(Tern), []

        def strike():
            struck.append(model.now())
            model.reset("power")

        report = Tern(Hook(model, at, strike)).converge()
        assert [violation for violation in model.violations() if violation.time > struck[0] + us(1)] == []
        assert report.ok, str(report)
        assert Tern(model).converge().writes == 0

    @pytest.mark.parametrize("at", range(0, 3200, 320))
    def test_a_block_reset_in_mid_converge_is_blamed_on_nobody(self, at):
        model = make_model(Tern)
        report = Tern(Hook(model, at, lambda: model.plant_text("die0.ppu.hbm0:block_reset"))).converge()
        assert report.ok, str(report)
        assert model.violations() == []

    def test_a_domain_that_resets_while_its_users_train_is_no_failure_of_theirs(self):
        model = make_model(Tern)
        model.plant_text("die0.ppu.hbm0:block_reset=300ms")
        report = Tern(model).converge()
        assert report.ok, str(report)

    def test_epochs_that_never_rest_are_no_success(self):
        model = booted()

        class Restless(Decorator):
            def transact(self, request):
                model["die0.sysid"].domain_was_reset(3)
                return perform(self.bus, request)

        report = Tern(Restless(model)).converge()
        assert (report.ok, report.settled) == (False, False)
        assert "did not settle" in str(report)

    def test_a_reset_right_before_the_end_is_not_reported_as_well(self):
        model = booted()
        total = _cost(lambda bus: Tern(bus).converge(), model)
        for at in range(total - 40, total):
            model = booted()
            Tern(Hook(model, at, lambda model=model: model.plant_text("die1.hbm1.mc3:block_reset"))).converge()
            assert Tern(model).converge().writes == 0, f"before transaction {at} of {total}"


class TestTime:
    def test_a_process_that_is_held_up_loses_nothing(self):
        """Held up for 5 ms right after a read: what the hardware did meanwhile is not called late."""
        total = Tern(make_model(Tern)).converge().transactions
        for at in range(0, total, 101):
            model = make_model(Tern)
            bus = Held(model, at, ms(5))
            assert Tern(bus).converge().ok, f"after transaction {at}"

    def test_a_lock_that_does_not_hold_is_named_with_its_count(self):
        model = make_model(Tern)
        model.plant_text("die0.pll.noc:lock_lost=50us")
        report = Tern(model).converge()
        line = next(line for line in report.lines if line.name == "die0.pll.noc")
        assert line.outcome is Outcome.FAILED
        assert isinstance(line.error, Flapping), line.error
        assert "3 times" in line.error.what


class Held(Decorator):
    """The process is held up after one transaction."""

    def __init__(self, bus, at, duration):
        super().__init__(bus)
        self.at, self.duration, self.count = at, duration, 0

    def transact(self, request):
        words = perform(self.bus, request)
        if self.count == self.at:
            self.bus.sleep(self.duration)
        self.count += 1
        return words
