"""Kill-anywhere finds what it must find. The full campaign is `bedplate dv kill`; here its teeth are tried."""

import pytest

from bedplate.bus import Kill, Killed, MemoryBus, Moment
from bedplate.chips.tern import Tern
from bedplate.dv.jobs import HERE
from bedplate.dv.kill import campaign as kill
from bedplate.dv.kill import flows
from bedplate.dv.kill.oracle import Verdict
from bedplate.dv.kill.reference import ALONE, reference
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
    assert flows.flow("die0.pll.hbm1:lock_lost", "tern").name == "die0.pll.hbm1:lock_lost=1us"
    assert flows.flow("die0.pll.hbm1:lock_lost=2us", "tern").name == "die0.pll.hbm1:lock_lost=2us"
    assert "die1.hbm1.phy:slow=3" in flows.names("tern")


class TestCampaign:
    def test_a_recovery_survives_every_kill(self):
        report = kill.run("tern", flows=[PLL], runner=HERE)
        assert report.failed == ()
        assert report.runs >= 3 * report.transactions
        assert 0 < report.distinct <= report.runs

    def test_one_of_each_kind_is_played_on_the_part_that_the_fault_reaches_and_all_of_them_on_the_whole(self):
        one, whole = (kill.run("tern", flows=[PLL], runner=HERE, every=every) for every in (None, 9))
        assert one.failed == whole.failed == ()
        assert one.transactions < whole.transactions / 5
        assert one.distinct < one.runs

    def test_killing_for_real_leaves_the_chip_that_the_campaign_assumes(self):
        ref = reference(flows.flow(PLL, "tern"), Tern)
        for death in list(ref.deaths())[::101]:
            model = ref.flow.prepare(Tern)
            moment = {"before": Moment.BEFORE, "inside": Moment.INSIDE}.get(death.variant, Moment.AFTER)
            with pytest.raises(Killed):
                Tern(Kill(model, death.at, moment, death.words)).converge()
            if death.variant == "later":
                model.sleep(ALONE)
            assert ref.chip_after(ref.case(death)).state() == model.state(), death

    def test_every_fault_of_every_model_has_a_flow(self):
        names = flows.names("tern")
        for fault in ("no_lock", "lock_lost", "train_fail", "stuck_busy", "wrong_divisor", "slow", "block_reset"):
            assert any(f":{fault}" in name for name in names), fault
        types = {type(block) for block in Tern(MemoryBus(0)).all}
        assert len({name.split(":")[0] for name in names if ":" in name}) == len(types)


def test_how_far_a_step_came_of_an_instance_that_fails_anyhow_is_nobodys_promise():
    want = Verdict({"mc0": ("failed", "TRIPPED"), "mc1": ("goal", "UP")}, {"mc0.timing": 7, "mc1.timing": 7}, {})
    assert want.differences(want._replace(state={"mc0.timing": 0, "mc1.timing": 7})) == []
    assert want.differences(want._replace(state={"mc0.timing": 7, "mc1.timing": 0})) == [
        "mc1.timing: holds 0x0, wanted 0x7"
    ]
    assert want.differences(want._replace(outcomes={"mc0": ("failed", "STOPPED"), "mc1": ("goal", "UP")}))


class TestTeeth:
    @pytest.mark.parametrize("every", [None, 60], ids=["of each kind", "whole"])
    def test_work_started_twice_is_found_and_the_replay_shows_it_again(self, mutant, every):
        def forgets_that_it_measures(pll, state):
            return PllState.LOCKED if state is PllState.MEASURING and pll.regs.meas.read().busy else state

        undo = mutant(forgets_that_it_measures)
        try:
            report = kill.run("tern", flows=[PLL], runner=HERE, every=every)
            found = next(one for one in report.failed if "measurement started twice" in one.what)
            again = kill.replay("tern", found.flow, found.at, found.variant, whole=every is not None)
        finally:
            undo()
        assert any("measurement started twice" in one.what for one in again)

    @pytest.mark.parametrize("every", [None, 3], ids=["of each kind", "whole"])
    def test_a_hal_that_leaves_something_else_behind_is_found_with_place_and_command(self, with_memory, every):
        report = kill.run("tern", flows=[PLL], runner=HERE, every=every)
        found = next(one for one in report.failed if "lock_limit" in one.what)
        assert found.replay.endswith(" --whole") is (every is not None)
        assert found.what.startswith("die1.pll.d2d.lock_limit")
        assert found.where
        assert found.replay.startswith(f"bedplate -t model:tern dv kill --flow {PLL} --at ")
        assert "holds" in found.what


class TestBadInput:
    @pytest.mark.parametrize("name", ["bot", "die1.pll.d2d:no_luck", "die9.pll.sys:no_lock"])
    def test_unknown_flows_are_refused(self, name):
        with pytest.raises((UnknownName, AccessError)):
            flows.flow(name, "tern")
