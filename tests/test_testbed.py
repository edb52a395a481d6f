"""The bench of the folders' tests has teeth in every world: it finds a driver with a bug, and gives and takes what a block needs."""

import pytest

from bedplate.bus import Request, ms
from bedplate.chips.bench.wiring import part_of, parts
from bedplate.component import component_of
from bedplate.dv.kill.forked import deaths
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.dv.testbed.rtl import RtlTestbed, sample
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcConfig, HbmMcState
from bedplate.ip.hbm_mc.model import HbmMcModel
from bedplate.ip.pll.driver import Pll, PllConfig
from bedplate.ip.pll.model import PllModel

WANT = PllConfig(refdiv=2, fbdiv=40, frac=0x800000, postdiv1=2, postdiv2=1)


@pytest.fixture(params=[ModelTestbed, RtlTestbed])
def bench(request):
    made = []

    def make(*what):
        made.append(request.param(*what))
        return made[-1]

    yield make
    for bed in made:
        bed.close()


def test_a_driver_that_remembers_does_not_survive(bench, with_memory):
    pll = bench(Pll, WANT, PllModel())
    pll.plant("no_lock", times=1)
    with pytest.raises(AssertionError):
        pll.survives_every_kill()


def test_what_a_block_needs_to_answer_is_taken_and_given(bench):
    mc = bench(HbmMc, HbmMcConfig(), HbmMcModel())
    mc.boot()
    for kind in ("power", "reset"):
        mc.withdraw(kind)
        mc.give(kind)
        assert mc.state is HbmMcState.STOPPED, "nothing is left of what was"
        mc.boot()


def test_device_time_is_slept_to_the_end_however_long(bench):
    pll = bench(Pll, WANT, PllModel())
    for duration in (ms(1), ms(43), ms(500)):
        before = pll.now()
        pll.sleep(duration)
        assert duration <= pll.now() - before < duration + ms(0.01)


def test_a_sample_is_found_by_its_parameters():
    for part in parts():
        sample = part.component.sample_like(part.component.model(**part.sample.parameters))
        assert part_of(part.component, sample) == part
    with pytest.raises(LookupError, match="no sample of pll"):
        component_of(Pll).sample_like(PllModel(lock_time=1))


def test_a_sample_of_deaths_is_spread_and_two_in_three_are_at_writes():
    requests = [Request(at, 1, (0,) if at % 3 == 0 else None) for at in range(90)]
    chosen = sample(requests, 30)
    assert len(chosen) == 30
    assert sum(requests[death.at].is_write for death in chosen) == 20
    assert {death.variant for death in chosen} == {"before", "after", "later"}
    assert max(death.at for death in chosen) > 70
    assert sample(requests[:3], 30) == {death for at in range(3) for death in deaths(at, requests[at])}
