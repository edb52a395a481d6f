"""Acts leave the same behind in every world, raise the violations that they say, and leave no effect of their folder out."""

import importlib
import os
import sys
import tempfile
from contextlib import contextmanager
from functools import cache

import pytest

from bedplate.component import components
from bedplate.dv.testbed.acts import WatchedModel, effects_of, play
from bedplate.dv.testbed.model import ModelTestbed
from bedplate.dv.testbed.rtl import RtlTestbed
from bedplate.dv.testbed.violation_terms import SAID, terms
from bedplate.env.rtl.designs import ROOT
from bedplate.model import acts_in

TYPES = {name: component for name, component in components().items() if component.samples}


@cache
def table(ip):
    return importlib.import_module(f"bedplate.ip.{ip}.acts")


ACTS = [pytest.param(ip, act, id=f"{ip}-{act.name}") for ip in TYPES for act in acts_in(table(ip))]


def bed(world, ip):
    return world.of(TYPES[ip])


@cache
def on_the_model(ip, act):
    """What an act leaves behind there, the violations that it raises, and all that it did."""
    model = bed(ModelTestbed, ip)
    watched = WatchedModel(model.model)
    outcome = play(model, act)
    return outcome, [violation.text for violation in model.violations()], watched.seen | watched.violations()


@contextmanager
def stderr_of_simulators():
    """What a simulator, which is C++, says on the way, as a file."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile("w+") as said:
        os.dup2(said.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@cache
def in_rtl(ip, act):
    """What an act leaves behind there, and the numbers of the terms of the violations that it raises."""
    with stderr_of_simulators() as said:
        rtl = bed(RtlTestbed, ip)
        try:
            outcome = play(rtl, act)
        finally:
            rtl.close()
        said.seek(0)
        return outcome, {int(number) for folder, number in SAID.findall(said.read()) if folder == ip}


@pytest.mark.parametrize(("ip", "act"), ACTS)
def test_raises_the_violations_that_it_says(ip, act):
    assert on_the_model(ip, act)[1] == list(act.violations)


@pytest.mark.parametrize(("ip", "act"), ACTS)
def test_leaves_the_same_behind_in_rtl(ip, act):
    assert in_rtl(ip, act)[0] == on_the_model(ip, act)[0]


@pytest.mark.parametrize("ip", TYPES)
def test_every_term_of_a_violation_in_rtl_decides_one(ip):
    source = (ROOT / f"src/bedplate/ip/{ip}/rtl/{ip}.sv").read_text()
    decided = set().union(*(in_rtl(ip, act)[1] for act in acts_in(table(ip)) if act.violations))
    assert [number for number, _ in enumerate(terms(source)) if number not in decided] == []


@pytest.mark.parametrize("ip", TYPES)
def test_every_effect_of_a_type_is_acted_out(ip):
    unreached = getattr(table(ip), "UNREACHED", {})
    missing = set(effects_of(TYPES[ip].model)).difference(*(on_the_model(ip, act)[2] for act in acts_in(table(ip))))
    excused = {one: {one, one.partition(":")[0]} & unreached.keys() for one in missing}
    assert sorted(one for one, names in excused.items() if not names) == []
    assert sorted(unreached.keys() - set().union(*excused.values())) == [], "acted out after all, or no fields"
