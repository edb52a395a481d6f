"""Two worlds compared: durations may differ, nothing else; and a mutant of one of them is found and named."""

import re
from pathlib import Path

import pytest

from bedplate.bus import Killed, MemoryBus, us
from bedplate.chips.tern import Tern, mutants
from bedplate.chips.tern.scenarios import KILLS
from bedplate.component import make_model
from bedplate.component.mutant import RtlMutant
from bedplate.dv.compare import campaign as compare
from bedplate.dv.compare import scenario
from bedplate.dv.compare.record import Recorder
from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import HERE
from bedplate.dv.mutant.rtl import open_mutant, planted
from bedplate.env import open_bus
from bedplate.env.rtl.designs import design_of
from bedplate.errors import AccessError, BusFault, ConfigError, EnvError, UnknownName

ROOT = Path(__file__).parent.parent
HONEST, _ = compare.worlds("model:tern", "model:tern")
SOME = [
    "boot",
    "resume",
    "killed:die1.hbm1.phy=8",
    "walk",
    "die1.pll.d2d:lock_lost=1us",
    "die1.rstmgr:block_reset",
    "die1.otp:digest",
    "die1.ppu.hbm1:deny",
]


def other(change):
    """A world with a model of Tern that was changed before power met it."""

    def opened():
        model = make_model(Tern)
        change(model)
        return model

    return compare.World("model:tern", opened)


def findings(world, *names):
    return [finding for one in compare.run(HONEST, world, names, runner=HERE).scenarios for finding in one.findings]


class TestAgreement:
    def test_a_world_agrees_with_itself_and_says_how_much_was_compared(self):
        report = compare.run(HONEST, HONEST, ["boot", "walk"])
        assert report == compare.run(HONEST, HONEST, ["boot", "walk"], runner=HERE)
        assert report.identical
        boot = report.scenarios[0]
        assert boot.transactions[0] == boot.transactions[1] > boot.compared > 2000

    def test_a_slow_bus_is_no_difference(self):
        """Each access takes as long as a PLL's lock, as in a simulator with a speed-up."""

        def slow_bus(model):
            model.access_time = model.burst_time = us(12)
            model.timeout = us(50)

        report = compare.run(HONEST, other(slow_bus), SOME, runner=HERE)
        assert [one.scenario for one in report.scenarios if one.findings] == []
        assert report.scenarios[0].transactions[0] != report.scenarios[0].transactions[1]

    @pytest.mark.parametrize("factor", [0.3, 3.0])
    def test_slow_or_fast_hardware_is_no_difference(self, factor):
        def stretch(model):
            for name in model:
                model[name].slow = factor

        report = compare.run(HONEST, other(stretch), SOME, runner=HERE)
        assert [one.scenario for one in report.scenarios if one.findings] == []


class TestTeeth:
    @pytest.mark.parametrize("mutant", mutants.MODEL, ids=lambda mutant: mutant.name)
    def test_a_mutant_is_found_and_named(self, mutant):
        first = findings(compare.World("model:tern", lambda: mutant.open(Tern)), mutant.scenario)[0]
        assert first.place.startswith(mutant.named)
        assert first.a != first.b
        assert first.source.startswith("bedplate/")

    def test_hardware_that_fails_is_named_with_the_line_of_the_driver_that_saw_it(self):
        first = findings(other(lambda model: model.plant_text("die0.pll.sys:wrong_divisor*1")), "boot")[0]
        assert first.place == "die0.pll.sys.meas.count"
        assert first.source.startswith("bedplate/ip/pll/driver.py:")

    def test_a_line_that_stays_in_reset_is_named_as_the_reset_managers(self):
        first = findings(other(lambda model: model.plant_text("die1.rstmgr:stuck_line=hbm0_phy")), "boot")[0]
        assert (first.instance, first.place) == ("die1.rstmgr", "die1.rstmgr.lines.released")

    def test_a_dangerous_act_is_counted(self):
        first = findings(other(lambda model: model["die0.otp"].violation("smoke")), "boot")[0]
        assert (first.a, first.b) == ("0 violations", "1 violations")


class TestScenarios:
    def test_the_default_ones_cover_every_fault_of_every_model(self):
        names = scenario.names("tern")
        assert {"boot", "resume", "walk", *KILLS} < set(names)
        assert len({name.partition(":")[0] for name in names if ":" in name and not name.startswith("killed")}) == len(
            {type(block) for block in Tern(MemoryBus(0)).all}
        )

    @pytest.mark.parametrize("name", KILLS)
    def test_the_controller_really_dies_in_the_middle(self, name):
        recorder = Recorder(make_model(Tern), scenario.scenario(name, "tern").kill)
        with pytest.raises(Killed):
            recorder.converge(Tern(recorder))

    def test_a_walk_is_the_same_for_the_same_seed(self):
        def walk(seed):
            how = scenario.Walk(seed, 50)
            played = scenario.scenario("walk", "tern").play(make_model(Tern), Tern, how)
            return [access.heard.request for access in played.accesses]

        assert walk(1) == walk(1) != walk(2)

    @pytest.mark.parametrize(
        "name", ["bot", "killed:die0.pll.sys", "killed:die0.pll.sys=0", "killed:die9.pll.sys=1", "die0.pll.sys:no_luck"]
    )
    def test_unknown_ones_are_refused(self, name):
        with pytest.raises((AccessError, UnknownName)):
            scenario.scenario(name, "tern")

    def test_a_bus_without_a_backdoor_cannot_play_faults(self):
        with pytest.raises(EnvError, match="cannot plant"):
            scenario.scenario("die0.pll.sys:no_lock", "tern").play(Recorder(make_model(Tern)), Tern, scenario.Walk())


class TestForks:
    def test_the_chip_in_the_fork_goes_its_own_way(self):
        bus = open_bus("model:tern")
        in_fork(lambda: Tern(bus).converge() and None)
        assert bus.now() == 0

    def test_errors_come_back_as_they_are(self):
        def fail():
            raise BusFault("no", where="die0", got="smoke")

        with pytest.raises(BusFault, match="die0: no, got smoke"):
            in_fork(fail)

    def test_an_error_that_does_not_travel_comes_back_as_text(self):
        class Local(Exception):
            """Of a class that another process cannot import."""

        def fail():
            raise Local("smoke")

        with pytest.raises(EnvError, match="Local: smoke"):
            in_fork(fail)


class TestRtlMutants:
    MUTANT = RtlMutant("early", "a.sv", "lock = «locked → 1'b1»;", "boot", "die0.pll.sys.status.lock")

    def test_one_is_told_only_when_asked(self):
        assert planted(self.MUTANT, "assign lock = locked;", 3) == (
            """assign lock = ($test$plusargs("mutant=03") != 0 ? (1'b1) : (locked));"""
        )

    def test_one_is_found_by_the_instance_however_many_are_mounted_before_it(self):
        mutant = RtlMutant("other power", "a.sv", "stk hbm1 (….power(«one → other»)", "boot", "")
        for index in (34, 35):
            before = "stk hbm0 (.alarm(alarms[33]), .power(one));\n"
            top = f"{before}stk hbm1 (.alarm(alarms[{index}]),\n  .power(one));"
            assert planted(mutant, top, 3) == (
                f"{before}stk hbm1 (.alarm(alarms[{index}]),\n"
                '  .power(($test$plusargs("mutant=03") != 0 ? (other) : (one))));'
            )

    def test_none_of_the_wiring_speaks_of_a_number_that_one_more_instance_would_shift(self):
        design_of(Tern).files()  # the top is made when it is asked for
        top = (ROOT / mutants.TOP).read_text()
        numbers = re.compile(r"(die\d_(?:alarms|slot|slot_rsp|gave_up))\[(\d+)\]")
        shifted = numbers.sub(lambda found: f"{found[1]}[{int(found[2]) + 1}]", top)
        assert shifted != top
        for mutant in mutants.WIRING:
            if mutant.file == mutants.TOP:
                assert planted(mutant, shifted, 1) != shifted

    def test_one_that_fits_no_more_is_refused(self):
        with pytest.raises(ConfigError, match="fits its file no more"):
            planted(self.MUTANT, "assign lock = is_locked();", 1)

    @pytest.mark.parametrize("number", range(1, len(mutants.RTL) + 1), ids=lambda n: mutants.RTL[n - 1].name)
    def test_each_is_found_and_named(self, number):
        mutant = mutants.RTL[number - 1]
        world = compare.World("rtl:tern", lambda: open_mutant(number, Tern, print))
        first = findings(world, mutant.scenario)[0]
        assert first.place.startswith(mutant.named)
        assert first.a != first.b
        assert first.source.startswith("bedplate/")

    def test_the_simulator_of_all_mutants_is_honest_unless_told_otherwise(self):
        assert findings(compare.World("rtl:tern", lambda: open_mutant(0, Tern, print)), "die1.ppu.hbm1:deny") == []
