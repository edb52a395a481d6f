"""Tern on the embedded model: boot, resume, degrade, and never disturb a workload."""

import pytest

import bedplate
from bedplate.bus import ErrorInjector, InjectedError, MemoryBus, Trace, ms
from bedplate.chips.tern import Tern, configuration
from bedplate.component import make_model
from bedplate.converge import Outcome
from bedplate.env import open_bus
from bedplate.errors import AccessError, LinkDown, UnderLoad, UnknownName


@pytest.fixture
def booted():
    model = make_model(Tern)
    assert Tern(model).converge().ok
    return model


def other(config, field):
    """The same with another value of that field; None where there is no telling which."""
    value = getattr(config, field)
    if isinstance(value, bool):
        return config._replace(**{field: not value})
    return config._replace(**{field: value + 1}) if isinstance(value, int) else None


class TestBoot:
    def test_every_instance_reaches_its_goal(self):
        chip = bedplate.open("model:tern")
        report = chip.converge()
        assert report.ok
        assert report.number(Outcome.GOAL) == len(chip.all)
        assert [line.name for line in report.lines] == [block.name for block in chip.all]

    def test_memory_is_the_critical_path_and_the_stacks_train_together(self):
        report = bedplate.open("model:tern").converge()
        assert [line.ip for line in report.critical_path[-3:]] == ["hbm_stk", "hbm_phy", "hbm_mc"]
        trained = [line.reached for line in report.lines if line.ip == "hbm_phy"]
        assert max(trained) - min(trained) < ms(50)
        assert report.device_time < 2 * min(trained)

    def test_a_healthy_chip_is_left_alone(self, booted):
        report = Tern(booted).converge()
        assert (report.ok, report.writes, report.steps) == (True, 0, 0)

    def test_nothing_dangerous_was_done_and_nobody_dark_was_spoken_to(self, booted):
        assert booted.violations() == []
        assert booted.fabric_log == []
        assert booted.permanent() == {}

    def test_the_same_chip_gives_the_same_transactions(self):
        def trace():
            bus = Trace(open_bus("model:tern"))
            Tern(bus).converge()
            return bus.log

        assert trace() == trace()

    def test_the_chip_is_signed_with_the_digest_of_its_configuration(self, booted):
        die = Tern(booted).die[1]
        assert die.sysid.regs.scratch[1].read().value == die.sysid.config.digest

    def test_the_digest_is_of_what_each_instance_is_configured_to(self, monkeypatch):
        def digests():
            return [die.sysid.config.digest for die in Tern(MemoryBus(0)).die]

        before = digests()
        for name, config in vars(configuration).items():
            if name.isupper():
                changed = [one for field in config._fields if (one := other(config, field)) is not None]
                assert changed
                for one in changed:
                    monkeypatch.setattr(configuration, name, one)
                    assert set(digests()).isdisjoint(before), (name, one)
                monkeypatch.setattr(configuration, name, config)
        first, second = configuration.PLL_SYS, configuration.PLL_NOC
        monkeypatch.setattr(configuration, "PLL_SYS", second)
        monkeypatch.setattr(configuration, "PLL_NOC", first)
        assert set(digests()).isdisjoint(before), "who has which of them counts, too"

    def test_the_plan_names_the_steps_that_are_then_taken(self):
        chip = bedplate.open("model:tern")
        planned = {(act.instance, act.act) for act in chip.plan().acts}
        assert chip.meter.writes == 0
        taken = set()
        chip.converge(
            listen=lambda event: taken.add((event.instance, event.text.split(":")[0])) if event.kind == "step" else None
        )
        assert taken <= planned


class TestNoNumberFromADeadBus:
    def test_one_spoilt_answer_anywhere_changes_nothing(self):
        traced = Trace(make_model(Tern))
        assert Tern(traced).converge().ok
        for at in [at for at, one in enumerate(traced.log) if not one.request.is_write][::97]:
            model = make_model(Tern)
            assert Tern(ErrorInjector(model, {at: InjectedError("all_ones")})).converge().ok, f"transaction {at}"
            assert model.violations() == []

    def test_a_bus_that_dies_is_reported_as_dead(self):
        total = Tern(make_model(Tern)).converge().transactions
        for at in range(0, total, 211):
            report = Tern(ErrorInjector(make_model(Tern), {at: InjectedError("dead")})).converge()
            assert isinstance(report.ended, LinkDown), f"transaction {at}"
            assert not report.ok


class TestDegrade:
    def test_a_failed_phy_takes_its_stack_along_and_nothing_else(self):
        chip = bedplate.open("model:tern?fault=die0.hbm1.phy:train_fail=3")
        report = chip.converge()
        assert [line.name for line in report.of(Outcome.FAILED)] == ["die0.hbm1.phy"]
        assert {line.name for line in report.of(Outcome.BLOCKED)} == {f"die0.hbm1.mc{i}" for i in range(4)}
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {"die0.hbm1.phy"}
        assert report.number(Outcome.GOAL) == len(chip.all) - 5
        assert "3" in report.first_error.got, "the failing channel is named"

    def test_who_builds_upon_a_phy_that_flaps_is_not_blamed_for_beginning_again(self, booted):
        booted.plant_text("die1.hbm1.phy:dfi_lost")
        booted.plant_text("die1.hbm1.phy:block_reset")
        report = Tern(booted).converge()
        assert [line.name for line in report.of(Outcome.FAILED)] == ["die1.hbm1.phy"]
        assert "left its goal 3 times" in report.first_error.what
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {"die1.hbm1.phy"}

    @pytest.mark.parametrize("when", ["=1ms", "=300us", "=2ms", "=50ms", "=300ms"])
    @pytest.mark.parametrize("pll", ["die0.pll.hbm1", "die1.pll.hbm0", "die0.pll.se0"])
    def test_who_loses_its_clock_for_a_moment_is_not_blamed(self, pll, when):
        report = bedplate.open(f"model:tern?fault={pll}:lock_lost{when}*1").converge()
        assert report.ok, str(report)

    def test_a_pll_without_lock_is_the_one_cause(self):
        report = bedplate.open("model:tern?fault=die1.pll.sys:no_lock").converge()
        assert report.first_error.where == "die1.pll.sys"
        assert {line.cause for line in report.of(Outcome.BLOCKED)} == {"die1.pll.sys"}
        assert all(line.name.startswith("die1.") for line in report.of(Outcome.BLOCKED))

    @pytest.mark.parametrize(
        ("mask", "gone"), [(0x01, 1), (0x0F, 4), (0x10, 8), (0x30, 16), (0x40, 5), (0xC0, 10), (0xFF, 26)]
    )
    def test_fused_off_parts_are_absent_and_nothing_fails(self, mask, gone):
        chip = bedplate.open(f"model:tern?harvest=die0:{mask}")
        report = chip.converge()
        assert report.ok
        assert report.number(Outcome.HARVESTED) == gone
        assert chip.converge().writes == 0

    def test_other_chips_of_the_fleet_do_not_share_the_harvest(self):
        report = bedplate.open("model:tern?harvest=die1:0x20").converge()
        assert {line.name.split(".")[0] for line in report.of(Outcome.HARVESTED)} == {"die1"}


class TestRecovery:
    def test_a_block_that_reset_itself_is_brought_back_and_its_neighbours_are_left_alone(self, booted):
        before = booted.state()
        booted.plant_text("die1.hbm0.mc2:block_reset")
        booted.sleep(1)
        bus = Trace(booted)
        assert Tern(bus).converge().ok
        written = {
            Tern(booted).addresses.find(e.request.address).path.split(".mc2")[0] for e in bus.log if e.request.is_write
        }
        assert written == {"die1.hbm0"}
        after = booted.state()
        assert {name for name in before if before[name] != after[name]} <= {
            name for name in before if name.startswith(("die1.hbm0.mc2", "die1.sysid.epoch"))
        }

    def test_a_reset_is_counted_by_the_epoch_of_its_domain(self, booted):
        chip = Tern(booted)
        before = chip.die[0].sysid.vitals().epochs
        booted.plant_text("die0.hbm1.phy:block_reset")
        booted.sleep(1)
        changed = [i for i, (a, b) in enumerate(zip(before, chip.die[0].sysid.vitals().epochs, strict=True)) if a != b]
        assert changed == [9], "die 0, line hbm1_phy"


class TestUnderLoad:
    def test_attaching_to_a_serving_chip_writes_nothing(self, booted):
        booted.tenant(True)
        report = Tern(booted).converge()
        assert (report.ok, report.writes) == (True, 0)

    def test_a_recovery_that_would_disturb_is_refused_with_its_name(self, booted):
        booted.plant_text("die0.pll.noc:lock_lost=1us*1")
        booted.sleep(ms(1))
        booted.tenant(True)
        before = booted.state()
        report = Tern(booted).converge()
        assert isinstance(report.first_error, UnderLoad)
        assert report.first_error.where == "die0.pll.noc"
        assert (report.writes, booted.state()) == (0, before)
        assert Tern(booted).converge(force=["die0.pll.noc"]).ok

    def test_a_cold_chip_with_a_tenant_word_set_is_refused_step_by_step(self):
        report = bedplate.open("model:tern?tenant=1").converge()
        assert not report.ok
        assert {type(line.error) for line in report.of(Outcome.FAILED)} == {UnderLoad}


class TestBadTargets:
    @pytest.mark.parametrize(
        ("target", "kind", "text"),
        [
            ("modle:tern", UnknownName, "modle:tern"),
            ("model:turn", UnknownName, "turn"),
            ("model:", UnknownName, "model:"),
            ("model:tern?fualt=x", UnknownName, "fualt"),
            ("model:tern?fault=die0.pll.sys", AccessError, "die0.pll.sys"),
            ("model:tern?fault=die0.pll.sys:no_luck", UnknownName, "no_luck"),
            ("model:tern?fault=die0.pll.sis:no_lock", UnknownName, "die0.pll.sis"),
            ("model:tern?harvest=die0:x", AccessError, "die0:x"),
            ("model:tern?harvest=die7:1", UnknownName, "die7"),
        ],
    )
    def test_are_typed_errors_that_name_the_thing(self, target, kind, text):
        with pytest.raises(kind) as caught:
            bedplate.open(target)
        assert text in str(caught.value)
        assert caught.value.exit_code == 2
