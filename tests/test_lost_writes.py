"""A write that the bus loses without a word: nothing dangerous is done on top of it, and the chip still comes to its goal.

What starts an act reads back what the act will do: an instruction, an address or an image that did not arrive is not what was there
before.
"""

import pytest

from bedplate.dv.inject.case import Case
from bedplate.dv.inject.judge import judge
from bedplate.dv.inject.run import Ground

CHIP = "tern"
WHOLE = Ground(CHIP)
WRITTEN = {
    WHOLE.owner(line.request.address) for line in WHOLE.undisturbed("power-on", "up").log if line.request.is_write
}
FIRST = {type(block): name for name, block in reversed(WHOLE.blocks.items()) if name in WRITTEN}
"""Of each type that a boot writes to, an instance."""


@pytest.mark.parametrize("name", [pytest.param(name, id=kind.__name__) for kind, name in FIRST.items()])
def test_each_write_to_an_instance_of_a_boot_is_lost_in_turn(name):
    part = Ground(CHIP, name)
    log = part.undisturbed("power-on", "up").log
    writes = [at for at, line in enumerate(log) if line.request.is_write and part.owner(line.request.address) == name]
    assert writes
    for at in writes:
        case = Case("power-on", "up", (f"bus:all_ones@{at}",), name)
        assert judge(part, part.play(case)) == [], f"bedplate -t model:{CHIP} dv inject --replay '{case}'"
