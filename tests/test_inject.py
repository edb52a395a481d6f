"""Injection finds what it must find, blames nobody falsely, and replays and shrinks it. The full campaign is `bedplate dv inject`."""

from collections import Counter
from types import SimpleNamespace

import pytest

from bedplate.bus import MemoryBus
from bedplate.chips.duo import Duo
from bedplate.chips.tern import Tern
from bedplate.converge import Outcome, Report
from bedplate.dv.inject import campaign as inject
from bedplate.dv.inject.case import Case, at, moment, parse
from bedplate.dv.inject.draw import draw, each, part_of_share
from bedplate.dv.inject.judge import Finding, judge
from bedplate.dv.inject.run import Ground
from bedplate.dv.jobs import HERE, Runner
from bedplate.dv.kill.closure import closure
from bedplate.errors import AccessError, LinkDown, NoWayOut, UnknownName


@pytest.fixture(scope="module")
def ground():
    return Ground("tern")


DUO = "bedplate.chips.duo:Duo"
"""The chip of two dies whose link is a pair."""


@pytest.fixture(scope="module")
def duo():
    return Ground(DUO)


@pytest.fixture
def under(ground):
    """A case judged with another HAL than ours in the place of Tern's."""

    def play(hal, text):
        ground.undisturbed("power-on", "up")
        ground.kind = hal
        try:
            return [finding.kind for finding in judge(ground, ground.play(parse(text)))]
        finally:
            ground.kind = Tern

    return play


class Hal(Tern):
    """A HAL that keeps its raw bus, and may change what `converge` says."""

    def __init__(self, bus):
        self.raw = bus
        super().__init__(bus)

    def address(self, name):
        return self.register(name).register.address

    def converge(self, **how):
        return self.changed(super().converge(**how))

    def changed(self, report):
        return report


def changed(report, name, **what):
    lines = tuple(line._replace(**what) if line.name == name else line for line in report.lines)
    return report._replace(lines=lines)


class TestCases:
    def test_the_text_of_a_case_is_the_case(self, ground):
        for number in range(300):
            case = draw(ground, 7, number)
            assert parse(str(case)) == case
            assert case.harms

    def test_the_text_of_a_case_names_its_part(self):
        phy = Ground("tern", "die0.hbm0.phy")
        case = draw(phy, 7, 1)
        assert str(case).split()[2] == "part=die0.hbm0.phy"
        assert parse(str(case)) == case

    def test_a_die_is_fused_once(self, ground):
        assert all(draw(ground, 1, number).harms for number in range(100, 150))

    def test_a_seed_and_a_number_make_a_case(self, ground):
        assert [draw(ground, 1, n) for n in range(20)] == [draw(ground, 1, n) for n in range(20)]
        assert [draw(ground, 1, n) for n in range(20)] != [draw(ground, 2, n) for n in range(20)]

    def test_there_is_every_kind_of_harm_and_start(self, ground):
        cases = [draw(ground, 1, number) for number in range(600)]
        words = [word for case in cases for word in case.words]
        for kind in (
            "bus:error", "bus:broken", "bus:dead", "bus:all_ones", "bus:delay", "bus:late", "harvest=", "tenant",
            "kill:before", "kill:after", "kill:later", "kill:inside", "chip:power_cycle", "chip:reset", "die1:reset",
        ):  # fmt: skip
            assert any(word.startswith(kind) for word in words), kind
        assert any(".rstmgr." in word and ":reset=" in word for word in words)
        assert len({word.split(":")[0] for word in words if ":no_lock" in word or ":hung" in word}) > 10
        assert any(sum(word.startswith("kill") for word in case.words) > 1 for case in cases)
        assert {(case.start, case.act) for case in cases} == {
            ("power-on", "up"), ("booted", "up"), ("power-on", "down"), ("booted", "down"),
            ("booted", "observe"), ("booted", "plan"),
        }  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "", "booted", "boot up", "booted sideways", "booted up bus:eror@3", "booted up bus:error", "booted up bus:delay@3",
            "booted up bus:error@3=5ms", "booted up kill:slowly@3", "booted up kill:inside@3", "booted up nonsense",
            "booted up bus:delay@3=5", "booted up bus:late@3=0ns", "booted up bus:error@3=0", "booted up kill:after@3=0",
            "booted up kill:inside@3=5us", "booted up kill:inside@3=0", "booted up harvest=die0:1 harvest=die0:2",
            "booted up part=", "booted up part=die0.otp part=die1.otp", "part=die0.otp booted up",
        ],
    )  # fmt: skip
    def test_what_cannot_be_understood_is_refused(self, text):
        with pytest.raises(AccessError):
            parse(text)

    def test_names_are_checked_when_it_is_played(self, ground):
        with pytest.raises(UnknownName):
            ground.play(parse("booted up die7.pll.sys:no_lock"))

    @pytest.mark.parametrize(
        "word",
        [
            "die0.pll.sys:block_reset", "die0.pll.sys:block_reset=5", "die0.hbm0.phy:train_fail", "chip:reset", "die0:reset=7",
            "chip:power_cycle", "die0.pll.sys:slow", "die0.pll.sys:slow=5us", "die0.rstmgr:stuck_line", "die0.pll.sys:lock_lost=9",
            "die0.hbm0.phy:train_fail=2us", "die0.otp:digest", "die0.rstmgr.noc:reset", "harvest=die0:0x100",
        ],
    )  # fmt: skip
    def test_what_a_word_leaves_out_is_named_before_anything_runs(self, ground, word):
        with pytest.raises(AccessError) as caught:
            ground.play(parse(f"booted up {word}"))
        assert caught.value.wanted
        assert caught.value.got.endswith(word.partition(":")[2].removeprefix("0:").removeprefix("reset"))

    def test_moments(self):
        assert moment("bus:error@12") == moment("kill:inside@12=3") == 12
        assert moment("die0:reset=3us") == moment("die0.pll.sys:block_reset=3000ns") == 3000
        assert moment("die0.pll.sys:slow=4") is moment("tenant") is moment("harvest=die0:0x20") is None
        assert at("kill:inside@12=3", 4) == "kill:inside@4=3"
        assert at("die0:reset=3us", 2_000_000) == "die0:reset=2ms"

    def test_each_transaction_gets_its_bus_error(self, ground):
        cases = list(each(ground))
        boot = [case for case in cases if case.start == "power-on"]
        log = ground.undisturbed("power-on", "up").log
        assert len(boot) == len(log) + sum(line.request.is_write for line in log)  # and each write is lost
        assert {case.act for case in cases} == {"up", "down", "observe", "plan"}
        assert len(set(cases)) == len(cases)


class TestParts:
    """Most cases are played on the part of a chip in which one fault can reach another."""

    def test_one_share_in_twenty_is_played_on_the_whole_chip_and_each_type_has_its_turn(self, ground):
        chip = ground.drawing
        parts = [part_of_share(chip, 1, share) for share in range(240)]
        assert [share for share, part in enumerate(parts) if not part] == list(range(0, 240, 20))
        types = Counter(ground.blocks[part].ip for part in parts if part)
        assert set(types) == {block.ip for block in chip.all}
        assert max(types.values()) - min(types.values()) <= 4

    def test_a_part_is_what_a_fault_can_reach_and_what_that_needs(self):
        part = Ground("tern", "die0.ppu.nc0")
        assert set(part.blocks) == closure(Tern(MemoryBus(0)), "die0.ppu.nc0") != {"die0.ppu.nc0"}
        assert {block.name for block in part.play(parse("power-on up")).answer.lines} == set(part.blocks)

    def test_only_what_is_in_it_is_fused_off(self):
        """Each other mask would be a chip like the one without any."""
        mc, otp = Ground("tern", "die1.hbm1.mc2"), Ground("tern", "die0.pvt.io")
        masks = {word for n in range(300) for word in draw(mc, 1, n).words if word.startswith("harvest")}
        fused = {word: mc.play(parse(f"power-on up {word}")).answer for word in masks}
        assert len(fused) == 1
        assert all(report.number(Outcome.HARVESTED) for report in fused.values())
        assert not [word for n in range(300) for word in draw(otp, 1, n).words if word.startswith("harvest")]

    def test_others_are_unknown_in_it(self):
        with pytest.raises(UnknownName, match="die1"):
            Ground("tern", "die0.ppu.nc0").play(parse("booted up die1.pll.sys:hung"))

    @pytest.mark.parametrize("part", ["die0.ppu", "die0.ppu.nc9", "chip"])
    def test_a_part_is_that_of_one_instance(self, part):
        with pytest.raises(UnknownName):
            Ground("tern", part)

    def test_a_campaign_may_stay_on_one(self, monkeypatch):
        seen = []
        monkeypatch.setattr(inject, "judge", lambda ground, played: seen.append(played.case) or [])
        inject.run("tern", 5, 1, HERE, part="die1.pvt.se0")
        assert [case.part for case in seen] == ["die1.pvt.se0"] * 5

    def test_a_finding_in_a_part_is_shown_again_in_it(self, monkeypatch):
        monkeypatch.setattr(inject, "judge", lambda ground, played: [Finding("smoke", ground.part)])
        (found,) = inject.run("tern", 1, 1, HERE, first=51).findings
        assert found.text
        assert f"'{found.case}'" in found.replay
        assert f" part={found.text} " in f"{found.case} "
        assert inject.replay("tern", parse(found.case)).findings[0].text == found.text

    @pytest.mark.parametrize(("first", "runs"), [(0, 120), (30, 90), (49, 2), (60, 50)])
    def test_a_case_has_its_part_whichever_are_played_with_it(self, monkeypatch, ground, first, runs):
        asked = {}
        monkeypatch.setattr(inject, "draw", lambda ground, seed, number: asked.setdefault(number, ground.part))
        monkeypatch.setattr(inject, "play", lambda ground, cases: inject.InjectResult(len(list(cases)), ()))
        monkeypatch.setattr(inject, "Ground", lambda chip, part: SimpleNamespace(part=part))
        assert inject.run("tern", runs, 3, HERE, first=first).runs == runs
        assert asked == {n: part_of_share(ground.drawing, 3, n // inject.SHARE) for n in range(first, first + runs)}


class TestWorkload:
    """A chip whose class has no word for a workload gets none."""

    BENCH = "bench.pll"

    def test_is_drawn_only_where_it_can_be_asked(self, ground):
        bench = Ground(self.BENCH)
        words = [word for number in range(400) for word in draw(bench, 1, number).words]
        assert words
        assert "tenant" not in words
        assert "tenant" in [word for number in range(400) for word in draw(ground, 1, number).words]

    def test_is_refused_where_a_case_says_it(self):
        with pytest.raises(AccessError, match="no word for a workload"):
            Ground(self.BENCH).play(parse("booted up tenant"))


class TestHarm:
    """What is asked for comes about."""

    def test_the_controllers_die_one_after_the_other(self, ground):
        played = ground.play(parse("power-on up kill:after@300 kill:inside@310=2 kill:before@900"))
        assert played.answer.ok
        alone = ground.undisturbed("power-on", "up")
        assert played.answer.transactions < len(alone.log)
        assert played.model.state() == alone.verdict.state

    def test_a_broken_region_stays_broken(self, ground):
        address = Tern(MemoryBus(0)).register("die0.pll.sys.ctrl").register.address
        log = ground.undisturbed("booted", "up").log
        number = next(n for n, one in enumerate(log) if one.request.address == address)
        played = ground.play(parse(f"booted up bus:broken@{number}"))
        assert [line.name for line in played.answer.of(Outcome.FAILED)] == ["die0.pll.sys"]

    def test_a_held_up_process_loses_time_and_nothing_else(self, ground):
        before = ground.play(parse("booted up bus:delay@9=5ms"))
        after = ground.play(parse("booted up bus:late@9=5ms"))
        assert before.answer.ok
        assert after.answer.ok
        assert before.answer.device_time > 5_000_000 < after.answer.device_time


class TestPrecision:
    """A HAL that does what it can is found good."""

    @pytest.mark.parametrize(
        "text",
        [
            "booted up",
            "power-on up kill:after@300 kill:later@700",
            "power-on up harvest=die0:0x20 bus:delay@50=5us",
            "booted up die1.pll.d2d:no_lock die1.pll.d2d:block_reset=0ns",
            "booted up die0.hbm0.phy:hung bus:late@100=200us",
            "booted up die0.hbm0.stk:cattrip die0.hbm0.stk:block_reset=0ns kill:before@60",
            "booted up die1:reset=0ns",
            "booted up chip:power_cycle=0ns",
            "booted up tenant",
            "booted observe",
            "booted plan die0.ppu.fab:hung",
            "booted up harvest=die0:0x10 die0.hbm0.mc2:cattrip*1",
            "booted down bus:dead@0 die0.otp:block_reset=0ns",
        ],
    )
    def test_nothing_is_found(self, ground, text):
        assert judge(ground, ground.play(parse(text))) == []


class TestTeeth:
    def test_a_hal_that_raises(self, under):
        class Raises(Hal):
            def changed(self, report):
                raise ZeroDivisionError("oh")

        assert under(Raises, "booted up")[0] == "raised ZeroDivisionError: oh"

    def test_one_that_blames_an_instance_to_which_nothing_was_done(self, under):
        class Blames(Hal):
            def changed(self, report):
                return changed(report, "die0.pll.sys", outcome=Outcome.FAILED, cause="die0.pll.sys")

        text = "booted up die0.pll.noc:block_reset=0ns"
        assert any(kind.startswith("false root: pll") for kind in under(Blames, text))
        assert not any(kind.startswith("false root") for kind in under(Blames, text.replace("noc", "sys")))

    def test_one_that_gives_no_root(self, under):
        class Shrugs(Hal):
            def changed(self, report):
                return changed(report, "die0.hbm0.mc1", outcome=Outcome.BLOCKED, cause="die0.hbm0.phy")

        assert "root that did not fail: hbm_mc" in under(Shrugs, "booted up die0.hbm0.phy:block_reset=0ns")

    def test_one_that_says_ok_and_did_nothing(self, under):
        class Lazy(Hal):
            def converge(self, **how):
                return Report("tern", (), 0, 0, 0, 0)

        assert any(kind.startswith("holds something else: ") for kind in under(Lazy, "power-on up"))

    def test_one_that_gives_up_for_a_passing_trouble(self, under):
        class GivesUp(Hal):
            def changed(self, report):
                return changed(report, "die0.pll.sys", outcome=Outcome.FAILED, cause="die0.pll.sys")

        assert any(kind.startswith("not at its goals") for kind in under(GivesUp, "booted up kill:after@3"))
        assert any(kind.startswith("not cured") for kind in under(GivesUp, "booted up die0.pll.sys:block_reset=0ns"))

    def test_one_that_ends_although_the_link_lives(self, under):
        class Ended(Report):
            ended = LinkDown("no")

        class Ends(Hal):
            def changed(self, report):
                return Ended(*report)

        assert any(kind.startswith("gave up: LinkDown") for kind in under(Ends, "booted up bus:error@40"))
        assert not any(kind.startswith("gave up") for kind in under(Ends, "booted up bus:dead@0"))
        assert any(kind.startswith("gave up") for kind in under(Ends, "booted up bus:broken@0")), "one die of two"

    def test_one_that_is_never_done(self, under):
        class Fidgets(Hal):
            def changed(self, report):
                self.raw.write(self.address("die0.sysid.scratch[0]"), 0x42504C31)
                return report._replace(writes=report.writes + 1, steps=1)

        assert under(Fidgets, "booted up") == ["the next converge writes"]

    def test_one_that_does_not_come_to_rest_although_nothing_disturbs_it(self, under):
        class Restless(Hal):
            def changed(self, report):
                return report._replace(settled=False)

        for text in ("booted up die0.pll.sys:no_lock die0.pll.sys:block_reset=0ns", "booted up", "booted down tenant"):
            assert "does not come to rest" in under(Restless, text)
            assert "does not come to rest" not in under(Hal, text)

    def test_one_that_does_what_the_hardware_forbids(self, under):
        class Dangerous(Hal):
            def changed(self, report):
                self.raw.write(self.address("die0.pll.sys.div"), 0x0102)
                return report

        kinds = under(Dangerous, "booted up")
        assert "dangerous act: pll: divider written while the output was in use" in kinds

    def test_one_that_disturbs_a_workload(self, under):
        class Disturbs(Hal):
            def changed(self, report):
                self.raw.write(self.address("die0.clkmgr.root.root[0]"), 3)
                return report

        assert "write under load: clkmgr.root" in under(Disturbs, "booted up tenant")
        assert not any(kind.startswith("write under load") for kind in under(Disturbs, "booted up"))

    def test_one_that_burns_a_fuse_twice(self, under):
        class Burns(Hal):
            def changed(self, report):
                self.raw.write(self.address("die0.otp.dai_program"), 1)
                return report

        assert "permanent effect twice: otp.dai_program" in under(Burns, "booted up")

    def test_one_that_writes_while_it_looks_or_sees_things(self, under):
        class Writes(Hal):
            def observe(self):
                self.raw.write(self.address("die0.sysid.scratch[7]"), 1)
                return super().observe()

        class Sees(Hal):
            def observe(self):
                return tuple(
                    one._replace(outcome=None) if one.block.name == "die0.otp" else one for one in super().observe()
                )

        assert under(Writes, "booted observe") == ["wrote while looking"]
        assert under(Sees, "booted observe die1.otp:hung") == ["seen otherwise: otp"]
        assert under(Sees, "booted observe die0.otp:hung") == []

    def test_a_reset_excuses_only_the_act_that_was_under_way(self, ground):
        played = ground.play(parse("booted up die0.pll.sys:block_reset=5us"))
        (struck,) = played.resets.values()
        played.model["die0.pll.sys"].violation("smoke")
        (violation,) = played.model["die0.pll.sys"].violations
        assert violation.time > struck
        acted = "dangerous act: pll: smoke"
        assert acted in [one.kind for one in judge(ground, played)], "it acted again after the reset"
        assert acted not in [one.kind for one in judge(ground, played._replace(acts=(struck,)))]
        to_come = played._replace(acts=(struck,), resets=dict.fromkeys(played.resets, violation.time + 1))
        assert acted in [one.kind for one in judge(ground, to_come)], "it was done before any reset"
        held = played._replace(acts=(struck,), held=(range(struck - 10, violation.time + 100),))
        assert acted not in [one.kind for one in judge(ground, held)], "the reset did it, to a HAL that was held up"


class TestShrinking:
    def test_only_the_words_that_matter_are_left(self, ground):
        class Hates(Hal):
            def converge(self, **how):
                if self.die[0].sysid.proof().tenant_active:
                    raise ValueError("a tenant")
                return super().converge(**how)

        ground.undisturbed("power-on", "up")
        ground.kind = Hates
        try:
            case = parse("booted up die0.pll.se0:no_lock tenant kill:after@50 bus:delay@20=5us")
            small, finding = inject.shrink(ground, case, Finding("raised ValueError: a tenant", ""))
        finally:
            ground.kind = Tern
        assert str(small) == "booted up tenant"
        assert finding.text.startswith("ValueError")

    def test_and_the_first_moment_that_does_it(self, ground):
        class Late(Hal):
            def converge(self, **how):
                report = super().converge(**how)
                if any(sum(die.sysid.proof().epochs) for die in self.die):
                    raise ValueError("a reset")
                return report

        ground.undisturbed("power-on", "up")
        ground.kind = Late
        try:
            case = parse("booted up die1.pll.d2d:block_reset=30us")
            small, _ = inject.shrink(ground, case, Finding("raised ValueError: a reset", ""))
        finally:
            ground.kind = Tern
        assert str(small) == "booted up die1.pll.d2d:block_reset=0ns"


class TestPairs:
    """The chip of two dies whose link is a pair: the harness knows pairs, and finds what it must find of them."""

    @pytest.fixture
    def under_duo(self, duo):
        """A case judged with a HAL that tells something else of some instances."""

        def play(text, **changes):
            class Changed(Duo):
                def converge(self, **how):
                    report = super().converge(**how)
                    for name, what in changes.items():
                        report = changed(report, name.replace("_", "."), **what)
                    return report

            duo.undisturbed("power-on", "up")
            duo.kind = Changed
            try:
                return {finding.kind for finding in judge(duo, duo.play(parse(text)))}
            finally:
                duo.kind = Duo

        return play

    @pytest.mark.parametrize(
        "text",
        [
            "booted up",
            "booted down",
            "booted observe die0.d2d:block_reset=0ns",
            "power-on up die0.d2d:train_fail=0",
            "booted up die1.d2d:stuck_busy die1.d2d:block_reset=0ns",
            "booted down die0.d2d:hung die1.d2d:hung",
            "booted up die0.rstmgr:stuck_line=d2d die0.rstmgr:block_reset=0ns",
            "booted up harvest=die1:0x1",
            "booted observe bus:dead@0",
            "booted plan bus:dead@20",
            "booted observe bus:broken@24 bus:broken@25",  # fuses of a die that is lost are read for nobody
            # a reset while it is held up, with the last answer to its question in its hand
            "booted up bus:late@52=5us die0:reset=5866ns",
            "booted up bus:late@52=200us die0.pll:block_reset=5870ns",
            "booted up harvest=die1:0x1 bus:late@39=200us chip:power_cycle=4750ns",
            "power-on up die0.pll:slow=3 die0.pll:block_reset=13050311ns bus:late@261=200ms",
            "booted up die0.rstmgr.d2d:reset=5990ns",  # one die was asked for the last time, the other one not yet
            "booted up die1.rstmgr:block_reset=5510ns",  # what it lost is looked at before a client recovers
            "power-on up die0.rstmgr:block_reset=13028900ns",  # its other end's die is asked before a client acts
            "booted up bus:broken@47",  # one end had arrived already
            "booted down bus:dead@154 die1.pll:hung*2 die1.pll:block_reset=1048970ns",
            "booted down bus:dead@193",
            "booted down bus:broken@179",  # what one end needs goes down when the other end has failed
            "booted plan bus:dead@39 die0.d2d:lanes_lost*1 die0.d2d:block_reset=2710ns",
            # held up before it tells the other end, until that has given up: nobody can know
            "power-on up bus:delay@217=200ms kill:later@116 kill:after@485 bus:error@235",
        ],
    )
    def test_nothing_is_found(self, duo, text):
        assert judge(duo, duo.play(parse(text))) == []

    def test_some_cases_of_a_seed(self, duo):
        for number in range(250):
            case = draw(duo, 1, number)
            assert judge(duo, duo.play(case)) == [], f"bedplate -t model:{DUO} dv inject --replay '{case}'"

    def test_an_end_that_is_blamed_for_the_other_one_names_it(self, duo, under_duo):
        text = "booted up die0.d2d:train_fail=0 die0.d2d:block_reset=0ns"
        (failed,) = duo.play(parse(text)).answer.of(Outcome.FAILED)
        fresh = {"state": "TRAIN_ERROR", "outcome": Outcome.FAILED, "cause": "die1.d2d"}
        blamed = under_duo(text, die1_d2d={**fresh, "error": NoWayOut("failed", where="die1.d2d")})
        assert "false root: d2d NoWayOut: failed" in blamed
        named = under_duo(text, die1_d2d={**fresh, "error": NoWayOut("failed", where="die1.d2d", got="die0.d2d too")})
        assert "false root: d2d NoWayOut: failed" not in named
        assert "die0.d2d" in str(failed.error)
        assert "die1.d2d" in str(failed.error)

    def test_both_ends_fail_only_where_something_was_done_to_each(self, under_duo):
        both = {
            f"die{n}_d2d": {
                "outcome": Outcome.FAILED,
                "cause": f"die{n}.d2d",
                "error": NoWayOut("no", where=f"die{n}.d2d", got="die0.d2d, die1.d2d"),
            }
            for n in range(2)
        }
        once = "booted up die0.d2d:block_reset=0ns"
        assert "two roots of a pair: d2d" in under_duo(once, **both)
        assert "two roots of a pair: d2d" not in under_duo(f"{once} die1.d2d:block_reset=0ns", **both)

    @pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BLOCKED, Outcome.HARVESTED])
    def test_an_end_alone_arrives_nowhere(self, under_duo, outcome):
        changed = {"outcome": outcome, "cause": "die0.pll"}
        assert "half a pair: d2d" in under_duo("booted up", die0_d2d=changed)
        assert "half a pair: d2d" not in under_duo("booted up", die0_d2d=changed, die1_d2d=changed)

    def test_a_die_that_cannot_be_reached_excuses_what_lies_in_it_and_no_other(self, under_duo):
        error = NoWayOut("no", where="die1.pll")
        changed = {"outcome": Outcome.FAILED, "cause": "die1.pll", "error": error}
        own = ("no way out: pll", "false root: pll")
        assert any(kind.startswith(own[0]) for kind in under_duo("booted up die0.sysid:hung", die1_pll=changed))
        assert not any(kind.startswith(own) for kind in under_duo("booted up die1.sysid:hung", die1_pll=changed))

    def test_what_is_drawn_fits_the_chip(self, duo):
        words = {word for number in range(600) for word in draw(duo, 5, number).words}
        assert {word for word in words if word.startswith("harvest")} == {"harvest=die0:0x1", "harvest=die1:0x1"}
        assert {word.partition("=")[2].partition("*")[0] for word in words if "stuck_line" in word} == {"client"}

    def test_the_command_names_the_chip(self, monkeypatch):
        monkeypatch.setattr(inject, "judge", lambda ground, played: [Finding("smoke", "smoke")])
        (found,) = inject.replay(DUO, parse("booted up")).findings
        assert found.replay == f"bedplate -t model:{DUO} dv inject --replay 'booted up'"


class TestCampaign:
    def test_it_does_not_depend_on_the_processes(self, monkeypatch):
        monkeypatch.setattr(inject, "SHRUNK", 0)
        monkeypatch.setattr(inject, "SHARE", 6)
        one, two = (inject.run("tern", 24, seed=3, runner=Runner(jobs=jobs)) for jobs in (1, 2))
        assert one == two
        assert one.runs == 24

    def test_a_finding_is_counted_and_its_command_shows_it_again(self, with_memory):
        ctrl = Tern(MemoryBus(0)).register("die1.pll.d2d.ctrl").register.address
        log = Ground("tern").undisturbed("power-on", "up").log
        powered_up = [n for n, one in enumerate(log) if one.request.is_write and one.request.address == ctrl][1]
        word = f"kill:after@{powered_up}"
        report = inject.replay("tern", Case("power-on", "up", (word,)))
        assert (report.runs, report.failed, report.raised) == (1, 1, 0)
        kinds = {one.kind: one for one in report.findings}
        found = kinds["holds something else: pll.lock_limit"]
        assert found.replay == f"bedplate -t model:tern dv inject --replay 'power-on up {word}'"
        assert "0x1387" in found.text
