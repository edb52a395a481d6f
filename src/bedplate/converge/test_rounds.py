"""What happens in the pause between two rounds, and on a chip that has no word of its own but its canary."""

import pytest

from bedplate.block import Identity, Tenant, Vitals
from bedplate.bus import Decorator, us
from bedplate.converge.conftest import ALONE, CHAIN, chip_of, model_of
from bedplate.errors import WrongChip


class TestPause:
    """A round that did something is followed by another one, a moment later."""

    @pytest.mark.parametrize("at", [90, 400, 800, 1050])
    def test_a_reset_there_is_seen_and_gives_what_failed_before_it_a_fresh_start(self, at):
        lives = [0]
        model = model_of(ALONE)
        model.was_reset = lambda name: lives.append(model.now())
        model.plant("a", "deaf", times=1)
        model.plant_text(f"a:block_reset={at}us")
        kind = chip_of(("a", lambda made: ()), vitals=lambda bus: Vitals(Identity(1), (len(lives),), Tenant.IDLE))
        report = kind(model).converge()
        assert report.ok, str(report)
        assert "begun anew once" in report.notes[0]

    @pytest.mark.parametrize("at", [50, 400, 1050])
    def test_another_chip_that_answers_from_there_on_is_named(self, at):
        def vitals(bus):
            return Vitals(Identity(1, serial=1 if bus.now() < us(at) else 2), (), Tenant.IDLE)

        report = chip_of(("a", lambda made: ()), vitals=vitals)(model_of(ALONE)).converge()
        assert "begun anew once" in report.notes[0]


@pytest.mark.parametrize("at", range(2, 27))
def test_a_canary_of_known_value_is_asked_before_each_act_and_at_the_end(at):
    """Nothing is written to a chip that has taken the place of this one."""

    class Swapped(Decorator):
        count = writes = 0

        def transact(self, request):
            self.count += 1
            self.writes += request.is_write and self.count > at
            words = super().transact(request)
            return (0x1111_1111,) if self.count >= at and request.address == 0 and not request.is_write else words

    bus = Swapped(model_of(CHAIN))
    report = CHAIN(bus).converge()
    if bus.count >= at:
        assert (report.ok, type(report.ended), bus.writes) == (False, WrongChip, 0), f"from transaction {at} on"
