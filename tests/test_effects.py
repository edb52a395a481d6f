"""An effect is a set: each gate sees the one that it guards, whatever else the same write does."""

import importlib
import sys

import pytest

from bedplate.block import Block, Effect, State, Tenant, step
from bedplate.bus import Canary
from bedplate.converge import Chip
from bedplate.converge.access import assignment, write_values
from bedplate.dv.conformance import campaign as conformance
from bedplate.errors import NeedsIntent, UnderLoad
from bedplate.gen import generate
from bedplate.model import ChipModel, Model, Placed

CANARY = 0x4655_5345

RDL = """`include "bedplate.rdl"
addrmap fuse {
    reg { field { sw = r; hw = na; } value[31:0] = 32'h46555345; } id @ 0x0;
    reg { %s } burn @ 0x4;
    reg { field { sw = rw; hw = r; onwrite = wzc; effect = "opens_security"; } open[0:0] = 1; } lock @ 0x8;
};
"""
FIELDS = {
    "of one field": 'field { effect = "permanent, electrical"; } go[0:0] = 0; field {} row[7:4] = 0;',
    "of two fields": 'field { effect = "permanent"; } go[0:0] = 0; field { effect = "electrical"; } row[7:4] = 0;',
    "of both": 'effect = "electrical"; field { effect = "permanent"; } go[0:0] = 0; field {} row[7:4] = 0;',
}
BOTH = Effect.PERMANENT | Effect.ELECTRICAL


class FuseState(State):
    BLANK = "not burned"
    BURNED = "burned"


@pytest.fixture(scope="module", params=FIELDS)
def fused(request, tmp_path_factory):
    """A chip with one register that burns something by switching a voltage, and a model of it."""
    root = tmp_path_factory.mktemp("fused")
    package = f"fused_{request.param.replace(' ', '_')}"
    (root / "fuse.rdl").write_text(RDL % FIELDS[request.param])
    generate([root / "fuse.rdl"], out=root / package)
    sys.path.insert(0, str(root))
    regs = importlib.import_module(package).Fuse
    sys.path.remove(str(root))

    class Fuse(Block[regs, bool]):
        goal = FuseState.BURNED
        reset_state = FuseState.BLANK

        def observe(self):
            return FuseState.BURNED if not self.config or self.regs.burn.read().go else FuseState.BLANK

        @step(FuseState.BLANK, FuseState.BURNED, effect=BOTH)
        def burn(self):
            """Burn it."""
            self.regs.burn.modify(go=True)

    model = type("FuseModel", (Model,), {"regs": regs})

    class Fused(Chip):
        name = "fused"
        canary = Canary(0, CANARY)
        wanted = False
        tenant = Tenant.IDLE

        def wire(self, bus):
            self.fuse = Fuse(regs(bus, 0, "fuse"), self.wanted)

    return Fused, lambda: ChipModel([Placed("fuse", 0, model())])


def test_conformance_never_writes_what_is_permanent_or_opens_security_among_other_things(fused):
    kind, model = fused
    chip = model()
    report = conformance.run(kind(chip))
    assert report.failed == ()
    assert ("fuse.burn", "writes: effect permanent, electrical") in report.excluded
    assert ("fuse.lock", "writes: effect opens security") in report.excluded
    assert chip.permanent() == {}
    assert chip["fuse"].hw.lock.open == 1


def test_a_step_wants_an_intent_and_an_idle_chip(fused):
    kind, model = fused
    wanted = type("Wanted", (kind,), {"wanted": True})
    rented = type("Rented", (wanted,), {"tenant": Tenant.ACTIVE})
    chip = model()
    assert isinstance(wanted(chip).converge().first_error, NeedsIntent)
    assert isinstance(rented(chip).converge(intent=["fuse"]).first_error, UnderLoad)
    assert isinstance(rented(chip).converge(force=["fuse"]).first_error, NeedsIntent)
    assert chip.permanent() == {}
    assert wanted(chip).converge(intent=["fuse"]).ok
    assert chip.permanent() == {"fuse.burn": 1}


def test_a_person_who_writes_needs_an_intent_and_an_idle_chip(fused):
    kind, model = fused
    rented = type("Rented", (kind,), {"tenant": Tenant.ACTIVE})
    chip = model()
    with pytest.raises(NeedsIntent):
        assignment(kind(chip), "fuse.burn=0x10")
    orders = [assignment(kind(chip), "fuse.burn=0x11", intent=True)]
    with pytest.raises(UnderLoad, match="permanent, electrical"):
        write_values(rented(chip), orders)
    assert chip.permanent() == {}
