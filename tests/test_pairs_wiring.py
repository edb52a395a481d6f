"""What is no pair is refused where it is wired."""

import pytest

from bedplate.block import is_end, link
from bedplate.bus import (
    MemoryBus,
)
from bedplate.chips.duo import Duo
from bedplate.chips.duo.driver import Client
from bedplate.chips.duo.regs import DuoRegs
from bedplate.errors import WiringError
from bedplate.ip.d2d.driver import D2d
from bedplate.ip.d2d.regs import D2dRegs
from bedplate.topology import Harvest, Pair


class TestWiring:
    def wrong(self, match, pairs, harvest=None):
        class Wrong(Duo):
            def wire(self, bus):
                super().wire(bus)
                self.pairs = pairs(self, bus)
                self.harvests = (harvest(self),) if harvest is not None else ()

        with pytest.raises(WiringError, match=match):
            Wrong(MemoryBus(0))

    def end(self, bus, name, *needs, base=0x8000):
        return D2d(D2dRegs(bus, base, name), None, *needs)

    def test_an_end_in_two_pairs(self):
        def pairs(chip, bus):
            chip.third = self.end(bus, "die0.third", *chip.die[0].d2d.needs)
            return Pair(chip.die[0].d2d, chip.die[1].d2d), Pair(chip.third, chip.die[0].d2d)

        self.wrong("an end of two pairs", pairs)

    def test_an_end_with_itself(self):
        self.wrong("with itself", lambda chip, bus: (Pair(chip.die[0].d2d, chip.die[0].d2d),))

    def test_an_end_that_is_not_on_the_chip(self):
        def pairs(chip, bus):
            return (Pair(chip.die[0].d2d, self.end(bus, "elsewhere", *chip.die[0].d2d.needs)),)

        self.wrong("not on this chip", pairs)

    def test_an_end_that_has_the_name_of_one_on_the_chip(self):
        def pairs(chip, bus):
            return (Pair(chip.die[0].d2d, self.end(bus, "die1.d2d", *chip.die[1].d2d.needs)),)

        self.wrong("not on this chip", pairs)

    def test_an_end_alone(self):
        self.wrong("without its other end", lambda chip, bus: ())

    def test_ends_that_do_not_fit(self):
        self.wrong("do not fit", lambda chip, bus: (Pair(chip.die[0].d2d, chip.die[1].client),))
        self.wrong("do not fit", lambda chip, bus: (Pair(chip.die[0].client, chip.die[1].client),))

    def test_an_end_that_needs_the_other(self):
        def pairs(chip, bus):
            chip.die[0].d2d = self.end(bus, "die0.needy", *chip.die[0].d2d.needs, link(chip.die[1].d2d))
            return (Pair(chip.die[0].d2d, chip.die[1].d2d),)

        self.wrong("needs its other end", pairs)

    def test_an_end_that_needs_the_other_by_another_way(self):
        def pairs(chip, bus):
            near, far = chip.die
            chip.via = Client(DuoRegs(bus, 0x7000, "die0.via"), None, *near.client.needs[:1], link(far.d2d))
            near.d2d = self.end(bus, "die0.needy", *near.d2d.needs, link(chip.via))
            near.client = Client(DuoRegs(bus, 0x5000, "die0.client"), None, *near.client.needs[:1], link(near.d2d))
            chip.parameters = {}  # those of the end that is replaced are nobody's
            return (Pair(chip.die[0].d2d, chip.die[1].d2d),)

        self.wrong("cycle in needs", pairs)

    def test_a_fuse_that_removes_one_end_alone(self):
        self.wrong(
            "half a pair",
            lambda chip, bus: (Pair(chip.die[0].d2d, chip.die[1].d2d),),
            harvest=lambda chip: Harvest(
                chip.die[0].otp, chip.die[0].otp.harvest, ((chip.die[0].d2d, chip.die[0].client),)
            ),
        )

    def test_users_of_one_end_come_after_both(self):
        order = [block.name for block in Duo(MemoryBus(0)).order]
        assert order.index("die0.client") > order.index("die1.d2d")
        assert is_end(D2d)
        assert not is_end(Client)


@pytest.mark.parametrize("odd", [lambda one, other: ((one, other),), lambda one, other: Pair(one, other)])
def test_what_is_no_pair_is_refused(odd):
    class Odd(Duo):
        def wire(self, bus):
            super().wire(bus)
            one, other = self.die
            self.pairs = odd(one.d2d, other.d2d)

    with pytest.raises(WiringError, match=r"`pairs\[0\]` of duo is of a wrong kind, wanted Pair, got"):
        Odd(MemoryBus(0))
