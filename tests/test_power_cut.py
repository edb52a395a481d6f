"""Power cuts: which lives there are, and that what may go wrong in one is found. Real ones are `bedplate dv power-cut`."""

import itertools

import pytest

from bedplate.bus import Trace
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.dv import power_cut
from bedplate.dv.power_cut import HEALTHY
from bedplate.env.qemu.chip import LogEntry


class Bench:
    """A device server without QEMU: the chip, what a server can be asked about it, and a controller that lives to its end."""

    def __init__(self, flow=HEALTHY, tenant=False):
        self.model = make_model(Tern)
        power_cut.begin(flow, tenant, Tern, self.model)
        self.bus = Trace(self.model)
        self.violations = len(self.model.violations())
        self.want = power_cut.want("tern", flow, tenant)

    def ask(self, name, *arguments):
        return getattr(self.model, name)(*arguments)

    def log(self):
        return [LogEntry(number, 1, "pci", heard) for number, heard in enumerate(self.bus.log)]

    def judged(self):
        """What a controller that converges now is found to have done wrong."""
        report = Tern(self.bus).converge()
        lines = [{"name": one.name, "outcome": one.outcome.value, "state": one.state} for one in report.lines]
        return power_cut.judge(self.want.verdict, self, {"lines": lines}, self.violations)

    def disturbances(self):
        return power_cut.disturbances(Tern, self, self.want.written)


class TestLives:
    def test_a_seed_and_a_number_make_a_life(self):
        assert power_cut.life("tern", 4, 1) == power_cut.life("tern", 4, 1)
        assert power_cut.life("tern", 4, 1) != power_cut.life("tern", 4, 2)

    def test_there_is_every_kind_by_every_way(self):
        lives = [power_cut.life("tern", number, 1) for number in range(12)]
        kinds = {("load" if one.tenant else "boot" if one.flow == "boot" else "fault", one.way) for one in lives}
        assert kinds == set(itertools.product(("load", "boot", "fault"), ("pci", "spi")))

    def test_every_cut_is_within_the_undisturbed_run(self):
        for number in range(8):
            life = power_cut.life("tern", number, 3)
            most = power_cut.want("tern", life.flow, life.tenant).transactions
            assert all(1 <= cut.at <= most for cut in life.cuts)

    def test_one_way_may_be_wanted_alone(self):
        assert {power_cut.life("tern", number, 1, ("spi",)).way for number in range(6)} == {"spi"}


class TestJudgement:
    @pytest.mark.parametrize("flow", ["boot", HEALTHY, "die0.pll.sys:lock_lost=1us"])
    def test_a_good_controller_is_found_good(self, flow):
        assert Bench(flow).judged() == []

    def test_a_register_that_holds_something_else(self):
        bench = Bench()
        Tern(bench.model).die[0].sysid.regs.scratch[7].write(value=1)
        assert ["scratch[7]: holds 0x1, wanted 0x0" in text for text in bench.judged()] == [True]

    def test_a_violation(self):
        bench = Bench()
        bench.model["die1.pll.sys"].violation("smoke")
        assert any("smoke" in text for text in bench.judged())

    def test_an_outcome(self):
        bench = Bench()
        bench.model.plant_text("die1.ppu.hbm1:deny")
        bench.model.plant_text("die1.ppu.hbm1:block_reset")
        assert any(text.startswith("die1.ppu.hbm1: ended failed") for text in bench.judged())

    def test_an_error_instead_of_a_report(self):
        bench = Bench()
        assert "LinkDown" in power_cut.judge(bench.want.verdict, bench, {"error": "LinkDown"}, 0)[0]

    def test_a_write_under_load_that_nobody_had_to_make(self):
        bench = Bench(tenant=True)
        bench.judged()
        assert bench.disturbances() == []
        Tern(bench.bus).die[0].sysid.regs.scratch[7].write(value=1)
        assert ["scratch[7]" in text for text in bench.disturbances()] == [True]
