"""A fault of one instance concerns its closure, and nobody else: why kills of its recovery are played on that part of the chip alone."""

import pytest

from bedplate.bus import MemoryBus, Trace
from bedplate.chips.duo import Duo
from bedplate.chips.npcm750.wiring import Npcm750
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.dv.kill.closure import closure, part_of
from bedplate.dv.kill.flows import BY_NAME, choice, flow
from bedplate.dv.kill.kinds import Kinds
from bedplate.dv.kill.reference import reference

DUO = "bedplate.chips.duo:Duo"
FLOWS = [
    pytest.param(kind, flow, id=flow.name)
    for kind, chip in ((Tern, "tern"), (Duo, DUO))
    for flow in choice(chip).flows
    if flow.name not in BY_NAME
]


def led(flow, kind):
    """The report on a flow, what it wrote, by instance, and what the chip held before and after it."""
    model = flow.prepare(kind)
    before, violations = model.state(), len(model.violations())
    trace = Trace(model)
    chip = kind(trace)
    report = chip.converge(goal=flow.goal)
    written = {}
    for one in trace.log:
        if one.request.is_write:
            owner = next(block for block in chip.all if 0 <= one.request.address - block.regs.base < block.regs.SIZE)
            written.setdefault(owner.name, []).append((one.request.address, one.request.values))
    return report, written, before, model.state(), model.violations()[violations:]


def owner_of(register, names):
    return next((name for name in names if register.startswith(f"{name}.")), "")


@pytest.mark.parametrize("kind", [Tern, Duo, Npcm750])
def test_what_answers_for_a_region_is_in_the_closure_of_each_that_lies_there(kind):
    chip = kind(MemoryBus(0))
    canaries = 0
    for block in chip.all:
        canary = chip.region_of(block).canary
        for one in chip.all if canary is not None else ():
            if 0 <= canary.address - one.regs.base < one.regs.SIZE:
                assert one.name in closure(chip, block.name)
                canaries += 1
    assert canaries


@pytest.mark.parametrize(("kind", "flow"), FLOWS)
def test_a_fault_writes_and_changes_nothing_outside_and_inside_what_it_does_in_the_whole(kind, flow):
    names = closure(kind(MemoryBus(0)), flow.name.partition(":")[0])
    report, written, before, after, violations = led(flow, kind)
    assert set(written) <= names
    assert [name for name in before if before[name] != after[name] and not owner_of(name, names)] == []
    part, wrote, begun, ended, dangers = led(flow, part_of(kind, names))
    assert wrote == written
    never_on = {name: word ^ before[name] for name, word in begun.items()}  # outputs of those who are not there
    assert {name: word ^ after[name] for name, word in ended.items()} == never_on
    assert len(dangers) == len(violations)
    whole = {line.name: (line.outcome, line.state, line.cause) for line in report.lines if line.name in names}
    assert {line.name: (line.outcome, line.state, line.cause) for line in part.lines} == whole


def test_what_is_in_it():
    """Who needs it, what all of these need, and who proves the region."""
    drawing = Tern(MemoryBus(0))
    assert closure(drawing, "die1.pll.d2d") == {"die1.pll.d2d", "die1.pwrmgr", "die1.sysid"}
    assert {name for name in closure(drawing, "die1.hbm1.mc3") if ".hbm1.mc" in name} == {"die1.hbm1.mc3"}
    assert {f"die1.hbm1.mc{n}" for n in range(4)} < closure(drawing, "die1.hbm1.phy")
    assert closure(drawing, "die1.sysid") == {block.name for block in drawing.all if block.name.startswith("die1.")}
    ends = closure(Duo(MemoryBus(0)), "die0.pll")
    assert {"die0.d2d", "die1.d2d", "die1.pll", "die1.client"} < ends, (
        "the other end of a pair, with all that it needs, and its users"
    )


def test_a_part_boots_like_the_whole_and_has_nobody_else():
    names = closure(Tern(MemoryBus(0)), "die1.hbm1.mc3")
    part = part_of(Tern, names)
    model = make_model(part)
    assert set(model) == names
    report = part(model).converge()
    assert report.ok
    assert {line.name for line in report.lines} == names
    assert part.name == "tern"


@pytest.fixture(scope="module")
def ref():
    """The undisturbed recovery of a PHY, on its part of the chip."""
    names = closure(Tern(MemoryBus(0)), "die1.hbm1.phy")
    return reference(flow("die1.hbm1.phy:block_reset", "tern"), part_of(Tern, names))


@pytest.fixture(scope="module")
def cases(ref):
    """The chips that kills leave, each with those kills."""
    found = {}
    for death in ref.deaths():
        found.setdefault(ref.case(death), []).append(death)
    return found


class TestKinds:
    """Of kills that only differ in what the rest of the chip does meanwhile, one is played."""

    def test_one_of_each_stands_for_all_of_them(self, ref, cases):
        chosen = Kinds(ref).one_of_each(cases)
        assert set(chosen) < set(cases)
        assert sorted(death for deaths in chosen.values() for death in deaths) == sorted(
            death for deaths in cases.values() for death in deaths
        )
        for case, deaths in chosen.items():
            assert deaths[0] in cases[case], "the kill that is shown is the one that was played"

    def test_each_write_of_each_step_is_a_kind_and_those_of_other_instances_in_it_are_not(self, ref, cases):
        kinds = Kinds(ref)
        after = {kinds.of(death) for deaths in cases.values() for death in deaths if death.variant == "after"}
        words = {kind.change for kind in after}
        assert any(text.startswith("hbm_phy train") for text in words)
        assert any(text.startswith("hbm_mc ") for text in words)
        assert not any("mc0" in text or "die1" in text for text in words)

    def test_what_hardware_did_alone_makes_another_kind(self, ref, cases):
        kinds = Kinds(ref)
        changes = {kinds.of(deaths[0]).change for deaths in cases.values()}
        assert {text for text in changes if text.startswith("HbmPhyModel ")}

    def test_inside_a_read_without_effect_nobody_dies_for_a_second_time(self, ref):
        inside = [death for death in ref.deaths() if death.variant == "inside"]
        assert inside
        assert all(ref.points[death.at].request.is_write for death in inside)
