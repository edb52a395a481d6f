"""Kill-anywhere finds what it must find. The full campaign is `bedplate dv kill`; here its teeth are tried."""

import pytest

from bedplate.bus import Kill, Killed, Moment
from bedplate.chips.tern import Tern
from bedplate.dv.jobs import HERE
from bedplate.dv.kill import campaign as kill
from bedplate.dv.kill import flows
from bedplate.errors import AccessError, UnknownName
from bedplate.ip.pll.driver import Pll, PllState

PLL = "die1.pll.d2d:block_reset"


@pytest.fixture
def mutant():
    """Give the PLL driver another `observe`, as a bug would."""

    def plant(observe):
        original = Pll.observe
        type.__setattr__(Pll, "observe", lambda self: observe(self, original(self)))
        return lambda: type.__setattr__(Pll, "observe", original)

    return plant


def test_a_fault_without_its_value_makes_the_flow_that_proofs_have():
    assert flows.flow("die0.pll.hbm1:lock_lost").name == "die0.pll.hbm1:lock_lost=1us"
    assert flows.flow("die0.pll.hbm1:lock_lost=2us").name == "die0.pll.hbm1:lock_lost=2us"
    assert "die1.hbm1.phy:slow=3" in flows.names()


class TestCampaign:
    def test_a_recovery_survives_every_kill(self):
        report = kill.run(flows=[PLL], runner=HERE)
        assert report.failed == ()
        assert report.runs >= 3 * report.transactions
        assert 0 < report.distinct <= report.runs

    def test_killing_for_real_leaves_the_chip_that_the_campaign_assumes(self):
        ref = kill.reference(flows.flow(PLL), Tern)
        for death in list(ref.deaths())[::101]:
            model = ref.flow.prepare(Tern)
            moment = {"before": Moment.BEFORE, "inside": Moment.INSIDE}.get(death.variant, Moment.AFTER)
            with pytest.raises(Killed):
                Tern(Kill(model, death.at, moment, death.words)).converge()
            if death.variant == "later":
                model.sleep(kill.ALONE)
            assert ref.chip_after(ref.case(death)).state() == model.state(), death

    def test_every_fault_of_every_model_has_a_flow(self):
        names = flows.names()
        for fault in ("no_lock", "lock_lost", "train_fail", "stuck_busy", "wrong_divisor", "slow", "block_reset"):
            assert any(f":{fault}" in name for name in names), fault
        assert len({name.split(":")[0] for name in names if ":" in name}) == 12


class TestTeeth:
    def test_work_started_twice_is_found_and_the_replay_shows_it_again(self, mutant):
        def forgets_that_it_measures(pll, state):
            return PllState.LOCKED if state is PllState.MEASURING and pll.regs.meas.read().busy else state

        undo = mutant(forgets_that_it_measures)
        try:
            report = kill.run(flows=[PLL], runner=HERE, every=60)
            found = next(one for one in report.failed if "measurement started twice" in one.what)
            again = kill.replay(found.flow, found.at, found.variant)
        finally:
            undo()
        assert any("measurement started twice" in one.what for one in again)

    def test_a_hal_that_leaves_something_else_behind_is_found_with_place_and_command(self, with_memory):
        report = kill.run(flows=[PLL], runner=HERE, every=3)
        found = next(one for one in report.failed if "lock_limit" in one.what)
        assert found.what.startswith("die1.pll.d2d.lock_limit")
        assert found.where
        assert found.replay.startswith(f"bedplate -t model:tern dv kill --flow {PLL} --at ")
        assert "holds" in found.what


class TestBadInput:
    @pytest.mark.parametrize("name", ["bot", "die1.pll.d2d:no_luck", "die9.pll.sys:no_lock"])
    def test_unknown_flows_are_refused(self, name):
        with pytest.raises((UnknownName, AccessError)):
            flows.flow(name)
