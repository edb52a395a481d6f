"""What a chip says of itself outlives it: results are compared and pickled. And an instance is called by its name in whichever spelling."""

import copy
import pickle
from itertools import product

import pytest

import bedplate
from bedplate.bus import Canary, Guard, MemoryBus
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.converge.conftest import chip_of
from bedplate.errors import UnknownName, WiringError
from bedplate.topology import Harvest

SPELLINGS = ["".join(parts) for parts in product(("die1", "die[1]"), (".hbm1", ".hbm[1]"), (".mc0", ".mc[0]"))]


@pytest.mark.parametrize("ask", ["observe", "survey", "plan", "converge"])
@pytest.mark.parametrize("copied", [copy.deepcopy, lambda result: pickle.loads(pickle.dumps(result))])
def test_a_result_can_be_copied_and_compared(ask, copied):
    one, other = (getattr(bedplate.open("model:tern"), ask)() for _ in range(2))
    assert one == other
    assert (one != other) is False  # a tuple has its own word for it
    assert copied(one) == one
    assert hash(copied(one)) == hash(one)


def test_another_result_is_another_one():
    chip = bedplate.open("model:tern")
    before = chip.observe(), chip.plan()
    chip.converge(only=["die0.otp"])
    assert (chip.observe() == before[0], chip.plan() == before[1]) == (False, False)
    assert before[0][0] != before[0][1]


def test_a_copy_says_who_it_was_and_leads_to_no_chip():
    (seen,) = (one for one in bedplate.open("model:tern").observe() if one.block.name == "die1.hbm1.mc0")
    assert tuple(pickle.loads(pickle.dumps(seen)).block) == ("die1.hbm1.mc0", "hbm_mc")


@pytest.mark.parametrize("name", SPELLINGS)
def test_an_instance_is_known_by_its_name_in_any_spelling(name):
    chip = Tern(make_model(Tern))
    assert chip.names([name]) == {"die1.hbm1.mc0"}
    assert chip.register(f"{name}.id").block.name == "die1.hbm1.mc0"
    assert chip.register("die[1].sysid.scratch[2]").register.path == "die1.sysid.scratch[2]"
    assert chip.plan(force=[name], intent=[name], only=[name]).acts
    assert chip.converge(force=[name], intent=[name], only=[name]).ok
    assert make_model(Tern, faults=[f"{name}:ue=1"])["die1.hbm1.mc0"].faults


@pytest.mark.parametrize("how", ["force", "intent"])
@pytest.mark.parametrize("verb", ["plan", "converge"])
@pytest.mark.parametrize("name", ["nosuch", "die1", "die[9].otp", "ip:pll", ""])
def test_who_is_forced_is_known(how, verb, name):
    model = make_model(Tern)
    with pytest.raises(UnknownName):
        getattr(Tern(model), verb)(**{how: [name]})
    assert model.now() == 0


@pytest.mark.parametrize("unsafe", [0x20, 0x24, 0x2C])
def test_a_burst_with_an_unsafe_word_anywhere_in_it_is_read_once(unsafe):
    class Counting(MemoryBus):
        bursts = 0

        def read_block(self, address, count):
            self.bursts += 1
            return super().read_block(address, count)

    bus = Counting(0x100)
    bus.write(0, 0x5445524E)
    bus.write(0x28, 0xFFFF_FFFF)
    guard = Guard(bus, Canary(0, 0x5445524E), lambda address: address != unsafe)
    assert guard.read_block(0x20, 4)[2] == 0xFFFF_FFFF
    assert bus.bursts == 1
    assert Guard(bus, Canary(0, 0x5445524E), lambda address: True).read_block(0x20, 4)
    assert bus.bursts == 3, "where all may be read again, it is"


def test_two_harvests_of_the_same_fuses_are_refused_where_they_are_wired():
    kind = chip_of(*((name, lambda made: ()) for name in ("otp", "part0", "part1")))

    class Twice(kind):
        def wire(self, bus):
            super().wire(bus)
            self.harvests = tuple(Harvest(self.otp, lambda: 0, ((part,),)) for part in (self.part0, self.part1))

    with pytest.raises(WiringError, match=r"two harvests for otp, wanted one Harvest .*, got of otp"):
        Twice(MemoryBus(0))
