"""What a state machine declares and what its flows write are the same: no effect undeclared, none declared for nothing."""

from collections import defaultdict

import pytest

from bedplate.block import Effect, Output, Step
from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern
from bedplate.dv.kill import flows
from bedplate.topology import Act, Gate

ANYTHING = ~Effect.NONE


@pytest.fixture(scope="module")
def written():
    """By act, such as Pll.program, all effects of what it wrote, over all flows of Tern."""
    found = defaultdict(lambda: Effect.NONE)
    passes = Gate._pass
    chip = Tern(MemoryBus(0))
    types = {block.name: type(block) for block in chip.all}
    outputs = {
        f"turning {way} {need}": (type(need), way)
        for block in chip.all
        for need in block.needs
        if isinstance(need, Output)
        for way in ("on", "off")
    }

    def watched(gate, request):
        act = gate.act
        if act is not None and act.who in types:
            kind, _, name = act.name.partition(" ")
            output, way = outputs.get(act.name, (None, ""))
            name = f"{types[act.who].__name__}.{name}" if output is None else f"{output.__name__} {way}"
            found[name] |= gate.effect_of(request, look=True)
        passes(gate, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gate, "_pass", watched)
        for flow in flows.choice("tern").flows:
            model = flow.prepare(Tern)
            Tern(model).converge(goal=flow.goal)
        for kind in dict.fromkeys(types.values()):  # what no flow takes is taken by itself, on a chip in service
            for way in kind.ways:
                if isinstance(way, Step) and f"{kind.__name__}.{way.name}" not in found:
                    played = Tern(flows.flow(flows.BOOT, "tern").prepare(Tern))
                    played.converge()
                    block = next(block for block in played.all if type(block) is kind)
                    with played.bus.open(Act(block.name, f"step {way.name}", ANYTHING)):
                        way.run(block)
    return dict(found)


def declared():
    chip = Tern(MemoryBus(0))
    for kind in dict.fromkeys(type(block) for block in chip.all):
        for way in kind.ways:
            if isinstance(way, Step):
                yield f"{kind.__name__}.{way.name}", way.effect
    for kind in dict.fromkeys(type(need) for block in chip.all for need in block.needs if isinstance(need, Output)):
        for way in ("on", "off"):
            yield f"{kind.__name__} {way}", kind.effect


@pytest.mark.parametrize(("act", "effect"), list(declared()), ids=lambda value: value if isinstance(value, str) else "")
def test_an_act_declares_what_it_writes_and_nothing_else(act, effect, written):
    assert written[act] == effect
