"""Kill-anywhere by forks: the oracle of the snapshots, on a target that cannot be copied. Here held against the snapshots."""

import pytest

from bedplate.chips.tern import Tern
from bedplate.dv.kill import campaign as kill
from bedplate.dv.kill import flows, forked, fresh, targets
from bedplate.dv.kill.reference import Death, reference
from bedplate.errors import AccessError

TARGET = "model:tern"
PLL = "die1.pll.d2d:block_reset"


def busy(ref):
    """The transactions of a flow that are writes, where most can go wrong."""
    return [at for at, point in enumerate(ref.points) if point.request.is_write]


class TestAgainstSnapshots:
    def test_a_good_driver_survives_both(self):
        writes = busy(reference(flows.flow(PLL, "tern"), Tern))
        found = forked.play(TARGET, PLL, lambda death: death.at in writes[::4])
        assert found.failed == []
        assert found.runs >= 3 * len(writes[::4]) > 0

    def test_both_count_the_same_transactions(self):
        found = forked.play(TARGET, PLL, lambda death: False)
        assert found.transactions == len(reference(flows.flow(PLL, "tern"), Tern).points)
        assert found.runs == 0

    def test_both_find_the_same_bug_at_the_same_place(self, with_memory):
        ref = reference(flows.flow(PLL, "tern"), Tern)
        at = [at for at in busy(ref) if ref.step_at(at).startswith("die1.pll.d2d program")][-1]
        (finding,) = targets.replay(TARGET, PLL, Death(at, "after"))
        assert finding.what == "die1.pll.d2d.lock_limit: holds 0x1388, wanted 0x1387"
        assert finding.step == ref.step_at(at)
        assert finding.where.startswith("write die1.pll.d2d.ctrl")
        assert finding.replay == (
            f"bedplate --target 'model:tern' dv kill --fork --flow {PLL} --at {at} --variant after"
        )
        assert finding.what in [one.what for one in kill.replay("tern", PLL, at, "after", whole=True)]


class TestAfresh:
    """Where the chip cannot be forked it is opened anew for each death."""

    def test_a_good_driver_survives(self):
        writes = busy(reference(flows.flow(PLL, "tern"), Tern))
        found = fresh.play(TARGET, PLL, lambda death: death.at == writes[0])
        assert found.failed == []
        assert found.runs >= 3

    def test_the_same_bug_is_found_at_the_same_place(self, with_memory):
        ref = reference(flows.flow(PLL, "tern"), Tern)
        at = [at for at in busy(ref) if ref.step_at(at).startswith("die1.pll.d2d program")][-1]
        (finding,) = fresh.play(TARGET, PLL, lambda death: death == Death(at, "after")).failed
        assert (finding,) == tuple(targets.replay(TARGET, PLL, Death(at, "after")))

    def test_a_machine_of_qemu_is_killed(self):
        report = targets.run("qtest:npcm750", ["boot"], every=7)
        assert report.failed == ()
        assert report.unfinished == {}
        assert report.runs >= 3 * (report.transactions // 7)

    @pytest.mark.parametrize("target", ["pci:auto", "qtest:npcm750?socket=/tmp/q.sock"])
    def test_a_chip_that_stays_is_refused(self, target):
        with pytest.raises(AccessError, match="power-on for each death"):
            targets.run(target, ["boot"])


class TestCampaign:
    def test_shares_make_up_the_sample(self):
        report = targets.run(TARGET, [PLL], every=400)
        assert report.failed == ()
        assert report.runs >= 3 * (report.transactions // 400)
