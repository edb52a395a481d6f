"""Conformance passes on Tern, and finds every kind of mutant of hardware by its registers."""

from functools import partial
from importlib import import_module

import pytest

from bedplate.block import Block, State, Tenant
from bedplate.bus import Decorator, Request
from bedplate.chips.bench import bench_of, benches
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.converge import Chip
from bedplate.dv.conformance import campaign as conformance
from bedplate.dv.conformance import gaps, semantics
from bedplate.dv.conformance import states as conformance_states
from bedplate.dv.jobs import Runner
from bedplate.env.targets import chip_type, open_chip
from bedplate.errors import AccessError, ConfigError, UnknownName
from bedplate.gen import generate
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcConfig
from bedplate.ip.hbm_mc.model import HbmMcModel
from bedplate.ip.otp.driver import Otp
from bedplate.ip.otp.model import OtpModel
from bedplate.model import ChipModel, Model, Placed, after_write
from bedplate.model.plan import find
from bedplate.reg import Field, Register, Value

PLL = "die0.pll.sys"
CTRL, DIV, FRAC, LOCK_LIMIT, REGWEN = 0x20004, 0x20008, 0x2000C, 0x20018, 0x20024
INFO = 0x1004


class Mutated(Decorator):
    """Hardware that does something else than its description says: `on_read` and `on_write` say what."""

    def __init__(self, bus, on_read=None, on_write=None):
        super().__init__(bus)
        self.on_read = on_read or (lambda address, word: word)
        self.on_write = on_write or (lambda address, word: [(address, word)])

    def transact(self, request):
        if request.is_write:
            for i, value in enumerate(request.values):
                for address, word in self.on_write(request.address + 4 * i, value):
                    super().transact(Request(address, 1, (word,), request.size))
            return ()
        words = super().transact(request)
        return [self.on_read(request.address + 4 * i, word) for i, word in enumerate(words)]


def findings(pattern, **mutant):
    return conformance.run(Tern(Mutated(make_model(Tern), **mutant)), pattern)


def at(where, change):
    return lambda address, word: change(word) if address == where else word


class TestOnTern:
    def test_an_honest_block_passes(self):
        report = findings(PLL)
        assert report.failed == ()
        assert report.registers == 10
        assert report.checks > 300

    def test_what_is_left_out_has_a_reason(self):
        report = findings("die0.otp")
        assert ("die0.otp.dai_program", "writes: effect permanent") in report.excluded
        assert report.failed == ()

    def test_of_a_type_one_instance_can_stand_for_every_bit_and_all_for_whole_words(self):
        alike = conformance.run(Tern(make_model(Tern)), "die*.pll.sys", by_type=True)
        whole = findings("die*.pll.sys")
        assert (alike.registers, alike.excluded) == (whole.registers, whole.excluded)
        assert alike.checks < whole.checks
        stuck = [{"on_read": at(base + DIV - 0x20000, lambda word: word & ~8)} for base in (0x20000, 0x1020000)]
        for mutant in stuck:
            chip = Tern(Mutated(make_model(Tern), **mutant))
            assert conformance.run(chip, "die*.pll.sys", by_type=True).failed
        assert conformance.run_shared("model:tern", "die*.pll.sys", Runner(), by_type=True) == alike

    def test_an_absent_instance_is_left_out_with_its_reason(self):
        chip = Tern(make_model(Tern, {"die1": 0x20}))
        report = conformance.run(chip, "die1.hbm1.stk")
        assert report.excluded == (("die1.hbm1.stk", "harvested: fused off"),)
        assert report.registers == 0

    def test_jobs_share_the_instances_and_find_the_same(self):
        alone = findings("die0.pll.*")
        assert conformance.run_shared("model:tern", "die0.pll.*", Runner()) == alone
        assert alone.registers > 10

    def test_a_chip_that_is_there_once_is_not_shared(self):
        with pytest.raises(AccessError, match="checked by one process"):
            conformance.run_shared("pci:auto", "*", Runner())

    def test_what_lies_on_the_bench_alone_passes_there(self):
        known = {type(block) for block in Tern(make_model(Tern)).all}
        chips = [bench(make_model(bench)) for bench in benches().values() if bench.component.driver not in known]
        blocks = [part for chip in chips for part in chip.parts]
        assert blocks
        for block in blocks:
            bench = bench_of(type(block))
            assert conformance.run(bench(make_model(bench)), block.name).failed == ()
            assert conformance_states.run(bench.name, block.name).failed == ()

    def test_an_unknown_name_is_refused(self):
        with pytest.raises(UnknownName):
            findings("die0.pll.sis")


class TestMarks:
    def test_dontcompare_takes_bits_out_and_donttest_a_register(self):
        fields = (
            Field("a", 0, 4),
            Field("b", 4, 4, props={"dontcompare": True}),
            Field("c", 8, 4, props={"dontcompare": 0b0011}),
        )
        marked = type("Marked", (Register,), {"Value": type("V", (Value,), {"FIELDS": fields}), "__slots__": ()})
        assert semantics.stable_mask(marked) == 0xC0F
        assert not semantics.untested(marked)
        left = type("V", (Value,), {"FIELDS": (Field("a", 0, 4, props={"donttest": True}),)})
        assert semantics.untested(type("Left", (Register,), {"Value": left, "__slots__": ()}))


class TestTeeth:
    def found(self, report, check):
        return {failure.name for failure in report.failed if check in failure.check}

    def test_a_wrong_reset_value(self):
        report = findings(PLL, on_read=at(LOCK_LIMIT, lambda word: word ^ 0x10))
        assert f"{PLL}.lock_limit" in self.found(report, "reset value")

    def test_a_bit_that_does_not_hold(self):
        report = findings(PLL, on_write=lambda a, w: [(a, w & ~0x80 if a == FRAC else w)])
        assert self.found(report, "write") == {f"{PLL}.frac"}

    def test_two_swapped_bits(self):
        def swapped(word):
            return word & ~0x3 | (word & 1) << 1 | word >> 1 & 1

        report = findings(PLL, on_write=lambda a, w: [(a, swapped(w) if a == FRAC else w)])
        assert self.found(report, "write") == {f"{PLL}.frac"}

    def test_a_write_that_lands_in_a_neighbour_too(self):
        report = findings(PLL, on_write=lambda a, w: [(a, w), (LOCK_LIMIT, w & 0xFFFF)] if a == FRAC else [(a, w)])
        assert f"{PLL}.lock_limit" in self.found(report, f"unchanged by a write of {PLL}.frac")

    def test_a_write_that_lands_in_another_instance(self):
        def aliased(address, word):
            return [(address, word), (address + 0x1000, word)] if address == FRAC else [(address, word)]

        report = findings(PLL, on_write=aliased)
        assert "die0.pll.noc.frac" in self.found(report, f"unchanged by {PLL}")

    def test_a_sticky_bit_whose_clearing_clears_its_neighbour(self):
        model = make_model(Tern)
        model["die0.rstmgr"].hw.info.software = True

        def clears_all(address, word):
            return [(address, 0x7F if address == INFO and word else word)]

        report = conformance.run(Tern(Mutated(model, on_write=clears_all)), "die0.rstmgr")
        assert "die0.rstmgr.info" in {failure.name for failure in report.failed}

    def test_a_lock_that_does_not_lock(self):
        report = findings(PLL, on_write=lambda a, w: [(a, 1 if a == REGWEN else w)])
        assert report.failed


def word(model, register):
    """Where a model stores a register: for mutants that the hardware's own side could not tell."""
    (slot,) = find(model.regs, register)
    return slot


class LockBehindAnOpenFence(HbmMcModel):
    """Closes only while traffic may pass."""

    @after_write("regwen")
    def relock(self):
        if not self.open:
            self.registers.words[word(self, "regwen")] = 1


class OneForAll(HbmMcModel):
    """Whoever clears one interrupt while all are there clears all."""

    @after_write("intr_state")
    def forget(self, access):
        if access.old.bit_count() == 4 and access.data:
            self.registers.words[word(self, "intr_state")] = 0


class ForgetsWhileSeeding(HbmMcModel):
    """A register without any behaviour that does not hold while the background is written."""

    @after_write("ce_thresh")
    def lose(self):
        if self.hw.status.seeding:
            self.registers.words[word(self, "ce_thresh")] &= 0xF


class OpensTooEarly(OtpModel):
    """Takes writes of direct access while the fuses are still being sensed, whatever its lock says."""

    @after_write("dai_addr")
    def take(self, access):
        self.registers.words[word(self, "dai_addr")] = access.data & 0x7FF


class TestInStates:
    @pytest.mark.parametrize(
        ("model", "driver", "config", "register", "check", "states"),
        [
            (LockBehindAnOpenFence, HbmMc, HbmMcConfig(), "regwen", "closes", 8),
            (OneForAll, HbmMc, HbmMcConfig(), "intr_state", "clear bit 0 of all that are set", 9),
            (ForgetsWhileSeeding, HbmMc, HbmMcConfig(), "ce_thresh", "write 0x", 1),
            (partial(OpensTooEarly, harvest=0x21), Otp, None, "dai_addr", "write 0x", 1),
        ],
        ids=lambda value: getattr(value, "__name__", None),
    )
    def test_a_lie_that_shows_in_some_states_only(self, model, driver, config, register, check, states):
        report = conformance_states.check(driver, config, model)
        found = {failure.name for failure in report.failed if check in failure.check}
        assert len(found) == states
        assert {name.partition(": ")[2] for name in found} == {register}

    def test_types_are_looked_at_once_and_jobs_share_them(self):
        alone, shared = (conformance_states.run("tern", "die*.p[lw]*", Runner(jobs=jobs)) for jobs in (1, 2))
        assert alone == shared
        assert alone.failed == ()
        assert alone.checks > 1000


class TestGaps:
    """Where hardware is known not to be as described: one row for each kind, with its reason."""

    @pytest.mark.parametrize("chip", ["npcm750", "sifive_u", "edu", "nvme"])
    def test_models_that_nobody_here_wrote_pass_with_their_gaps(self, chip):
        known = gaps.known_of(chip_type(chip), "qtest")
        report = conformance.run(open_chip(f"qtest:{chip}"))
        found = gaps.found(report.failed, known)
        assert {one.gap for one in found} == set(known)
        assert all(one.reason for one in found)

    def test_failures_of_one_kind_in_several_instances_are_one_gap(self):
        chip = Tern(Mutated(make_model(Tern), on_read=lambda at, word: word & ~2 if at & 0xFFFFF == DIV else word))
        found = gaps.found(conformance.run(chip, "die*.pll.sys").failed, {"pll.div.refdiv: write": "known"})
        assert [(one.gap, one.reason) for one in found][-1] == ("pll.div.refdiv: write", "known")
        assert found[-1].times > 10
        assert {one.gap.partition(".")[0] for one in found} == {"pll"}

    def test_a_register_that_takes_no_write_is_one_failure(self):
        found = findings(PLL, on_write=lambda at, word: [] if at == LOCK_LIMIT else [(at, word)])
        assert [one.check for one in found.failed if one.name == f"{PLL}.lock_limit"] == ["takes no write"]

    def test_a_gap_that_closes_is_named(self):
        assert gaps.closed(gaps.found([], {"a.b.c: write": "once"}), {"a.b.c: write": "once"}) == ["a.b.c: write"]

    @pytest.mark.parametrize(
        "text", ["a: write\n", "a: write\nb: write\n    so it is\n", "    why\n", "a: write\n  why\n"]
    )
    def test_a_file_of_gaps_gives_a_reason_for_each(self, text, tmp_path, monkeypatch):
        (tmp_path / "gaps.qtest.txt").write_text("# what is known\n\nc: write\n    so\n    it is\n\n")
        monkeypatch.setattr(gaps, "file_of", lambda chip, environment: tmp_path / f"gaps.{environment}.txt")
        assert gaps.known_of(Tern, "qtest") == {"c: write": "so it is"}
        (tmp_path / "gaps.qtest.txt").write_text(text)
        with pytest.raises(ConfigError, match="a gap has no reason"):
            gaps.known_of(Tern, "qtest")


TEXT = """
    addrmap twins {
        reg ctrl_t { default sw = rw; default hw = r; field {} on[7:0] = 0x5A; field {} mode[15:8] = 0; };
        ctrl_t ctrl @ 0x0;
        reg set_t { default sw = rw; default hw = r; field { onwrite = woset; } on[7:0] = 0x5A; };
        alias ctrl set_t ctrl_set @ 0x4;
        reg clr_t { default sw = w; default hw = r; field { onwrite = woclr; } on[7:0] = 0x5A; };
        alias ctrl clr_t ctrl_clr @ 0x8;
        reg tog_t { default sw = w; default hw = r; field { onwrite = wot; } on[7:0] = 0x5A; };
        alias ctrl tog_t ctrl_tog @ 0xC;
    };
"""


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("twins")
    (folder / "twins.rdl").write_text(TEXT)
    generate([folder / "twins.rdl"], out=folder / "twins_regs")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        regs = import_module("twins_regs").Twins

    class There(State):
        THERE = "can be read"

    class Driver(Block[regs, None]):
        goal = reset_state = There.THERE

        def observe(self):
            return There.THERE

    class Twins(Chip):
        name = "twins"
        tenant = Tenant.IDLE

        def wire(self, bus):
            self.one = Driver(regs(bus, 0, "one"), None)

    model = type("TwinsModel", (Model,), {"regs": regs})
    return lambda **mutant: conformance.run(Twins(Mutated(ChipModel([Placed("one", 0, model(), ())]), **mutant)))


class TestTwins:
    """SET, CLR and TOG registers are aliases: they are written to as they say, and what they show is read where it can be."""

    def test_an_honest_block_passes(self, twins):
        report = twins()
        assert report.failed == ()
        assert report.excluded == ()  # twins that show nothing are read where they act

    @pytest.mark.parametrize(
        ("register", "mutant"),
        [
            ("one.ctrl_set", {"on_write": lambda at, word: [(0, word)] if at == 4 else [(at, word)]}),
            ("one.ctrl_clr", {"on_write": lambda at, word: [] if at == 8 else [(at, word)]}),
            ("one.ctrl_tog", {"on_write": lambda at, word: [(4, word)] if at == 12 else [(at, word)]}),
            ("one.ctrl_set", {"on_read": lambda at, word: 0 if at == 4 else word}),
        ],
    )
    def test_a_twin_that_does_something_else_is_found(self, twins, register, mutant):
        assert register in {failure.name for failure in twins(**mutant).failed}
