"""Everything is fed by whom the topology says; and a top that is wired otherwise is found, whatever is wrong about it."""

import pytest

from bedplate.bus import Decorator, MemoryBus
from bedplate.chips.tern import Tern, mutants
from bedplate.component import make_model
from bedplate.dv import wiring
from bedplate.dv.jobs import HERE
from bedplate.dv.mutant.rtl import open_mutant
from bedplate.errors import EnvError, UnknownName

ALL = wiring.names(Tern)


def what(report):
    return [finding.what for finding in report.failed]


def test_every_need_of_every_instance_is_taken_away():
    needs = {(need.provider.name, need.port) for block in Tern(MemoryBus(0)).all for need in block.needs}
    assert {
        tuple((*name.removeprefix("without ").removeprefix("starved of ").split(" "), "")[:2])
        for name in ALL
        if name.startswith(("without", "starved"))
    } == needs
    assert sum(name.startswith("harvest") for name in ALL) == 9


def test_the_model_is_wired_as_the_topology_says():
    assert what(wiring.run("model:tern", [name for name in ALL if "die1" not in name])) == []


@pytest.mark.parametrize("number", range(len(mutants.WIRING)), ids=lambda n: mutants.WIRING[n].name)
def test_rtl_that_is_wired_otherwise_is_found(number):
    mutant = mutants.WIRING[number]

    def opener(masks):
        plusargs = [f"harvest={','.join(mask.replace('0x', '') for mask in masks)}"] if masks else []
        return open_mutant(1 + len(mutants.RTL) + number, Tern, print, *plusargs)

    report = wiring.run("rtl:tern", [mutant.scenario], runner=HERE, opener=opener)
    assert any(mutant.named in one for one in what(report)), what(report)
    assert report.failed[0].replay == f"bedplate --target 'rtl:tern' dv wiring --only '{mutant.scenario}'"


def test_the_simulator_of_all_mutants_is_honest_unless_told_otherwise():
    chosen = ["decoder", "without die1.clkmgr.root hbm1", "starved of die0.pll.se0"]
    assert what(wiring.run("rtl:tern", chosen, runner=HERE, opener=lambda masks: open_mutant(0, Tern, print))) == []


def rewired(change):
    """A model that is wired otherwise, as a world of its own."""

    def opener(masks):
        model = make_model(Tern)
        change(model)
        return model

    return opener


def test_a_model_whose_instances_need_something_else_is_found():
    def change(model):
        nodes = model._gates.nodes
        mc, phy = nodes["die1.hbm1.mc1"], nodes["die1.hbm1.phy"]
        mc.needs = tuple(next(n for n in phy.needs if n.kind == "reset") if n.kind == "reset" else n for n in mc.needs)

    report = wiring.run("model:tern", ["without die1.rstmgr hbm1_ctl"], runner=HERE, opener=rewired(change))
    assert "die1.hbm1.mc1: IN_SERVICE, wanted does not answer" in what(report)


def test_somebody_who_answers_beside_an_instance_is_found():
    class Beside(Decorator):
        """An address that nobody decodes has somebody on it."""

        def __init__(self, model):
            super().__init__(model)
            for name in ("plant_text", "tenant", "violations", "reset", "leap"):
                setattr(self, name, getattr(model, name))

        def transact(self, request):
            return (0,) if request.address == 0x00020028 else super().transact(request)

    report = wiring.run("model:tern", ["decoder"], runner=HERE, opener=lambda masks: Beside(make_model(Tern)))
    assert "die0.pll.sys: somebody answers beside it, at 0x20028" in what(report)


def test_unknown_experiments_and_targets_without_a_back_door_are_refused():
    with pytest.raises(UnknownName, match="experiment"):
        wiring.run("model:tern", ["without die0.sun"])
    with pytest.raises(EnvError, match="cannot plant"):
        wiring.run("model:tern", ["decoder"], runner=HERE, opener=lambda masks: Decorator(make_model(Tern)))
