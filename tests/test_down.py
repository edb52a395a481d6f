"""Tern is led out of service: users before providers, nothing harmed, and back again as if it had never been up."""

import pytest

from bedplate.block import OFF, Effect, Output, Step
from bedplate.bus import Decorator, MemoryBus, ms, us
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.converge import Outcome, Scheduler
from bedplate.converge.vigil import Overtaken, Vigil
from bedplate.dv import docs
from bedplate.errors import BusFault, PollTimeout, UnderLoad
from bedplate.ip.rstmgr.driver import ResetLine
from bedplate.model import ChipModel

STAY = {"sysid", "rstmgr", "pwrmgr", "otp", "spi_br"}
"""IP types that have no way down: without them the chip is not reached, or there is nothing about them to turn off."""


def down(model, **how):
    report = Tern(model).converge(goal=OFF, **how)
    return report, {line.name: line for line in report.lines}


def acts_of(model, **how):
    """Who did what, in the words of a plan."""
    events = []
    report = Tern(model).converge(goal=OFF, listen=events.append, **how)
    assert report.ok, str(report)
    done = [
        (e.instance, e.text.partition(":")[0] if e.kind == "step" else f"turn off {e.text}")
        for e in events
        if e.kind in ("step", "off")
    ]
    return done


class TestWhole:
    def test_it_goes_down_unharmed_and_a_second_time_nothing_is_written(self, booted):
        report, lines = down(booted)
        assert report.ok
        assert not report.notes
        assert {line.outcome for line in lines.values()} == {Outcome.GOAL}
        assert booted.violations() == []
        assert not any(booted[name].provides("") for name in booted if ".ppu." in name or ".pll." in name)
        assert down(booted)[0].writes == 0

    def test_whoever_arrives_says_so_once(self, booted):
        """Those whose last output went off cannot be asked any more; they have arrived as well."""
        events = []
        assert Tern(booted).converge(goal=OFF, only={"die0.hbm0.stk"}, listen=events.append).ok
        arrived = [event.instance for event in events if event.kind == "goal"]
        assert sorted(arrived) == sorted(f"die0.hbm0.{name}" for name in ("stk", "phy", "mc0", "mc1", "mc2", "mc3"))

    def test_up_again_is_a_first_boot_but_for_declared_evidence(self, booted):
        before, evidence = booted.state(), booted.evidence()
        down(booted)
        assert Tern(booted).converge().ok
        after = booted.state()
        assert {name for name in before if (before[name] ^ after[name]) & ~evidence.get(name, 0)} == set()
        assert booted.violations() == []

    def test_users_are_down_before_what_they_need_is_touched(self, booted):
        acts = [name for name, _ in acts_of(booted)]
        last = {name: at for at, name in enumerate(acts)}
        for block in Tern(MemoryBus(0)).all:
            for need in block.needs:
                if block.name in last and need.provider.name in last:
                    assert last[block.name] < acts.index(need.provider.name), f"{block.name} after {need.provider.name}"

    def test_the_plan_is_what_is_done_each_act_once(self, booted):
        planned = [(act.instance, act.act) for act in Tern(booted).plan(goal=OFF).acts]
        steps = {way.name for block in Tern(MemoryBus(0)).all for way in type(block).ways if isinstance(way, Step)}
        planned = [act for act in planned if act[1] in steps or act[1].startswith("turn off")]
        assert len(planned) == len(set(planned))
        assert sorted(act for _, act in planned) == sorted(act for _, act in acts_of(booted))
        plan = Tern(booted).plan(goal=OFF)
        assert plan.acts == ()
        led = sum(OFF in block.goals for block in Tern(booted).all)
        assert str(plan).startswith(f"{led} of {led} at goal, 0 acts planned; ")

    @pytest.mark.parametrize("at", [us(100), us(300), us(900), ms(3), ms(7), ms(200), ms(400), ms(640)])
    def test_from_the_midst_of_a_boot(self, at):
        model = make_model(Tern)
        run = Scheduler(Tern(model)).go()
        for when in run:
            if model.now() >= at:
                break
            model.sleep(max(when - model.now(), 0) if when else 0)
        run.close()
        report, _ = down(model)
        assert report.ok, str(report)
        assert model.violations() == []
        assert not any(booted.provides("") for booted in (model[name] for name in model if ".ppu." in name))

    def test_what_is_fused_off_stays_absent(self):
        model = make_model(Tern, {"die0": 0x20, "die1": 0x40})
        Tern(model).converge()
        report, lines = down(model)
        assert report.ok
        assert lines["die0.hbm1.phy"].outcome is Outcome.HARVESTED
        assert model.violations() == []


class TestLadders:
    def test_every_type_says_how_it_is_led_down_or_is_one_that_stays(self):
        types = {block.ip: type(block) for block in Tern(MemoryBus(0)).all}
        assert {ip for ip, kind in types.items() if OFF not in kind.goals} == STAY

    @pytest.mark.parametrize("driver", [one for one in docs.drivers() if one.goals], ids=lambda one: one.__name__)
    def test_every_state_has_a_way_down_or_only_the_loss_of_power_clears_it(self, driver):
        for state in type(driver.goal):
            if state not in (*driver.goals.values(), *driver.until_power_off):
                assert driver.way_from(state, OFF) is not None, state

    def test_outputs_go_with_their_users(self):
        kinds = {type(need) for block in Tern(MemoryBus(0)).all for need in block.needs if isinstance(need, Output)}
        assert {kind.__name__ for kind in kinds if kind.turn_off is not Output.turn_off} == {"ClockRoot", "ResetLine"}


class TestPart:
    def test_who_needs_it_goes_down_as_well_and_nobody_else(self, booted):
        before = booted.state()
        report, lines = down(booted, only={"die0.ppu.hbm0"})
        assert report.ok
        assert set(lines) == {
            "die0.ppu.hbm0",
            *(f"die0.hbm0.{part}" for part in ("stk", "phy", "mc0", "mc1", "mc2", "mc3")),
        }
        touched = {name.rpartition(".")[0] for name, word in booted.state().items() if word != before[name]}
        assert {name for name in touched if "hbm0" not in name} <= {"die0.rstmgr", "die0.clkmgr.root", "die0.sysid"}
        assert Tern(booted).converge().ok

    def test_an_output_stays_while_one_of_its_users_does(self, booted):
        assert down(booted, only={"die0.hbm0.mc1"})[0].ok
        chip = Tern(booted)
        assert chip.die[0].rstmgr.line("hbm0_ctl").is_on()
        assert chip.die[0].hbm[0].mc[1].observe().name == "STOPPED"
        assert down(booted, only={"die0.hbm0.mc1"})[0].writes == 0


class TestUnderLoad:
    def test_a_workload_keeps_everything_monitoring_included(self, booted):
        booted.tenant(True)
        before = booted.state()
        report, lines = down(booted)
        assert not report.ok
        assert booted.state() == before
        assert isinstance(lines["die0.pvt.io"].error, UnderLoad)
        assert all(act.refused for act in Tern(booted).plan(goal=OFF).acts if act.effect)

    def test_force_lets_it_go(self, booted):
        booted.tenant(True)
        report, _ = down(booted, force=[block.name for block in Tern(booted).all])
        assert report.ok


class TestTrouble:
    def test_a_stack_that_tripped_is_cured_by_the_power_off_that_it_waits_for(self, booted):
        booted.plant_text("die0.hbm0.stk:cattrip*1")
        report, lines = down(booted)
        assert report.ok, str(report)
        assert not booted["die0.ppu.hbm0"].provides("")
        assert booted.violations() == []
        assert Tern(booted).converge().ok

    def test_a_line_that_does_not_go_is_named_and_blocks_what_is_below(self, booted):
        booted.plant_text("die0.rstmgr:stuck_line=hbm0_phy")
        report, lines = down(booted)
        phy = lines["die0.hbm0.phy"]
        assert isinstance(phy.error, PollTimeout)
        assert phy.error.where == "die0.rstmgr"
        assert lines["die0.ppu.hbm0"].outcome is Outcome.BLOCKED
        assert lines["die1.ppu.hbm0"].outcome is Outcome.GOAL

    def test_a_write_that_is_lost_once_is_made_again_and_no_oftener(self, booted):
        class Deaf(Decorator):
            """Loses the first writes to a reset line."""

            times = 1

            def write(self, address, value, size=4):
                if address == self.line and not value and self.times:
                    self.times -= 1
                    return
                self.bus.write(address, value, size)

        line = Tern(booted).register("die0.rstmgr.line[5].released").register.address
        bus = Deaf(booted)
        bus.line = line
        assert down(bus)[0].ok
        again = ChipModel.restore(booted.snapshot())
        assert Tern(again).converge().ok
        bus = Deaf(again)
        bus.line, bus.times = line, 2
        assert isinstance(down(bus)[1]["die0.hbm0.phy"].error, PollTimeout)
        assert bus.times == 0

    def test_who_cannot_be_asked_may_be_at_work_and_nothing_is_taken_from_it(self, booted):
        booted.plant_text("die1.ppu.hbm1:hung")
        report, lines = down(booted)
        assert booted.violations() == []
        assert {name for name, line in lines.items() if line.outcome is Outcome.FAILED} == {"die1.ppu.hbm1"}
        assert {lines[f"die1.hbm1.{part}"].cause for part in ("stk", "phy", "mc0")} == {"die1.ppu.hbm1"}
        assert lines["die1.hbm0.stk"].outcome is Outcome.GOAL

    def test_a_line_that_went_off_is_off_whatever_looks_like_coming_on(self, booted, monkeypatch):
        monkeypatch.setattr(ResetLine, "is_coming", lambda line: True)
        report, _ = down(booted)
        assert report.ok, str(report)

    def test_a_line_that_is_shared_stays_while_one_of_its_users_failed(self, booted):
        booted.plant_text("die0.hbm0.mc3:hung")
        report, lines = down(booted)
        assert booted.violations() == []
        assert lines["die0.hbm0.mc3"].outcome is Outcome.FAILED
        assert Tern(booted).die[0].rstmgr.line("hbm0_ctl").is_on()

    def test_an_error_that_passes_leaves_nobody_behind(self, booted):
        booted.plant_text("die1.ppu.hbm1:hung*2")
        assert down(booted)[0].ok
        assert booted.violations() == []


class TestSeen:
    """What the run itself resets is its own doing, and nothing else is."""

    @pytest.mark.parametrize("write", range(0, 60, 7))
    def test_a_power_cycle_right_after_any_write_leaves_a_chip_that_is_down(self, booted, write):
        class Strikes(Decorator):
            writes = 0

            def write(self, address, value, size=4):
                self.bus.write(address, value, size)
                self.writes += 1
                if self.writes == write + 1:
                    booted.reset("power")

        report, _ = down(Strikes(booted))
        assert report.ok
        assert booted.violations() == []
        assert not any(booted[name].provides("") for name in booted if ".ppu." in name)

    def test_only_the_epochs_of_what_was_given_up_may_change(self, booted):
        chip = Tern(booted)
        vigil = Vigil(chip)
        vigil.begin()
        vigil.give_up([chip.die[0].hbm[0].mc[0]])
        booted.reset_domain("die0.rstmgr.hbm0_ctl")
        vigil.renew(chip.regions)
        booted.reset_domain("die0.rstmgr.hbm0_phy")
        with pytest.raises(Overtaken):
            vigil.renew(chip.regions)
        vigil.begin()
        booted.reset("power")
        with pytest.raises(Overtaken):
            vigil.renew(chip.regions)

    def test_what_is_taken_back_is_news_again(self, booted):
        chip = Tern(booted)
        vigil = Vigil(chip)
        vigil.begin()
        vigil.give_up([chip.die[0].hbm[0].mc[0]])
        vigil.take_back()
        booted.reset_domain("die0.rstmgr.hbm0_ctl")
        with pytest.raises(Overtaken):
            vigil.renew(chip.regions)


def test_taking_from_what_is_in_use_is_a_violation_of_who_does_it(booted):
    chip = Tern(booted)
    chip.bus.forced = True
    chip.die[0].rstmgr.line("hbm0_ctl").turn_off()
    booted.sleep(us(1))
    chip.die[0].clkmgr.root.root("hbm1").turn_off()
    booted.sleep(us(2))
    assert {violation.instance for violation in booted.violations()} == {
        *(f"die0.hbm0.mc{n}" for n in range(4)), *(f"die0.hbm1.mc{n}" for n in range(4)), "die0.hbm1.phy", "die0.hbm1.stk"
    }  # fmt: skip


def test_effects_of_the_way_down_are_those_of_what_is_lost():
    chip = Tern(make_model(Tern))
    chip.converge()
    acts = {(act.instance, act.act): act.effect for act in chip.plan(goal=OFF).acts}
    assert Effect.LOSES_DATA in acts["die0.hbm0.mc0", "stop"]
    assert Effect.STOPS_TRAFFIC in acts["die0.hbm0.mc0", "hold_traffic"]
    assert Effect.ELECTRICAL in acts["die0.ppu.se0", "power_off"]
    assert all(
        effect
        for (_, act), effect in acts.items()
        if act in ("stop", "power_off", "turn_off", "take_down", "leave_pll")
    )


class Struck(Decorator):
    """Something happens before the write of a given number."""

    def __init__(self, bus, at, act):
        super().__init__(bus)
        self.at, self.act, self.writes = at, act, 0

    def transact(self, request):
        if request.is_write:
            if self.writes == self.at:
                self.act()
            self.writes += 1
        return super().transact(request)


class TestOneRoot:
    @pytest.mark.parametrize("provider", ["die0.rstmgr", "die0.clkmgr.root"])
    @pytest.mark.parametrize("at", [10, 70, 125])
    def test_a_provider_that_hangs_in_mid_down_is_the_only_one_to_blame(self, booted, provider, at):
        bus = Struck(booted, at, lambda: booted.plant_text(f"{provider}:hung"))
        report = Tern(bus).converge(goal=OFF)
        assert [line.name for line in report.of(Outcome.FAILED)] == [provider]
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {provider}
        assert booted.violations() == []

    @pytest.mark.parametrize("at", [1, 20, 60, 300])
    def test_a_provider_that_stays_and_cannot_be_asked_any_more_is_to_blame_where_nothing_else_moves(self, booted, at):
        assert Tern(booted).converge(goal=OFF).ok

        class Hangs(Decorator):
            left = at

            def transact(self, request):
                self.left -= 1
                if not self.left:
                    booted.plant_text("die0.rstmgr:hung")
                return super().transact(request)

        report = Tern(Hangs(booted)).converge(goal=OFF)
        assert {line.name for line in report.of(Outcome.FAILED)} == {"die0.rstmgr"}
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {"die0.rstmgr"}

    def test_who_cannot_be_observed_is_to_blame_though_its_output_says_that_it_is_on(self, booted):
        resets = Tern(booted).die[0].rstmgr

        class Mute(Decorator):
            def transact(self, request):
                if (
                    not request.is_write and request.address == resets.regs.status.address
                ):  # its lines are read elsewhere
                    raise BusFault("no answer", where=resets.name)
                return super().transact(request)

        report = Tern(Mute(booted)).converge(goal=OFF)
        assert [line.name for line in report.of(Outcome.FAILED)] == [resets.name]
        users = {
            user.name for user in Tern(booted).all if any(need.provider.name == resets.name for need in user.needs)
        }
        assert users <= {line.name for line in report.of(Outcome.BLOCKED) if line.cause == resets.name}
        assert booted.violations() == []

    def test_what_still_has_its_clock_is_led_down_whatever_became_of_the_core_root(self, booted):
        """The core's PLL dies, its clock manager falls back to the reference; the roots of the stacks go on."""
        booted.plant_text("die1.pll.sys:block_reset=0ns*1")
        booted.sleep(us(10))
        report, _ = down(booted)
        assert report.ok, str(report)
        assert booted.violations() == []

    def test_nobody_is_blocked_by_what_is_blocked_itself(self, booted):
        """A domain that could not be asked for a moment, and whose other users are refused under load."""
        booted.tenant(True)
        booted.plant_text("die1.ppu.se1:hung*2")
        report, lines = down(booted)
        assert {lines[line.cause].outcome for line in report.of(Outcome.BLOCKED)} == {Outcome.FAILED}
