"""The whole chip in a simulator: how long it takes to build, all of it and after an edit, how long to boot, and what takes that long."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bedplate.bench.boot import Playback, Tape
from bedplate.bench.suite import Figure
from bedplate.env import chip_type, open_bus, parse
from bedplate.env.rtl.build import simulator
from bedplate.env.rtl.designs import ROOT, Design, design_of
from bedplate.errors import duration

TARGET = "rtl:tern"
BENCH = "rtl:bench.pll"
EDITED = ("src/bedplate/ip/pll/rtl/pll.sv", "hw/common/apb_fabric.sv")
"""Sources of which a change is measured: one of a type, one of what all types lie on."""


def boot(quick: bool) -> Iterator[Figure]:
    """From power-on until every instance is at its goal; once, since it is long enough."""
    kind = chip_type(parse(TARGET).name)
    bus = open_bus(TARGET, kind)
    from bedplate.env.rtl.simulation import Simulation  # needs packages, whose absence the environment has words for

    assert isinstance(bus, Simulation)
    tape = Tape(bus)
    before, began, busy = bus.slots, time.perf_counter(), time.process_time()
    report = kind(tape).converge()
    wall, busy, slots = time.perf_counter() - began, time.process_time() - busy, bus.slots - before
    bus.close()
    alone = time.process_time()
    kind(Playback(tape.answers)).converge()
    alone = time.process_time() - alone
    device = duration(report.device_time)
    work = f"{len(report.lines)} instances, {report.transactions} transactions, {device} of device time"
    each = f"{(busy - alone) / slots * 1e6:.1f} us each; a transfer takes 6 or more, during the others the HAL waits"
    yield Figure("simulator", f"boot of {TARGET}", wall, "s", note=work)
    share = Figure("simulator", "the HAL's share of it", alone * 1e3, "ms", alone / busy)
    yield share._replace(note=f"{alone / busy:.1%} of its CPU time: the same boot, played from a tape")
    yield Figure("simulator", "clock edges per transaction", slots / report.transactions, "", note=each)


def build(quick: bool) -> Iterator[Figure]:
    """Builds where nothing is cached, of a type's bench and of the whole chip; and of that after an edit of one file. Not when it is to be
    quick.
    """
    if quick:
        return
    bench, whole = (design_of(chip_type(parse(target).name)) for target in (BENCH, TARGET))
    with _empty_cache():
        alone = _spent(bench)
    with _empty_cache():
        cold = _spent(whole)
        after = {file: _spent(_edited(whole, file)) for file in EDITED}
        beside = _spent(bench)
    where = f"of CPU time; {{:.0f}} s by the clock, on {os.cpu_count()} processors"
    for name, spent in {
        f"cold build of {BENCH}": alone,
        f"build of {BENCH} after {TARGET}": beside,
        f"cold build of {TARGET}": cold,
        **{f"build of {TARGET} after an edit of {file.rpartition('/')[2]}": spent for file, spent in after.items()},
    }.items():
        yield Figure("simulator", name, spent.cpu, "s", spent.cpu / cold.cpu, note=where.format(spent.wall))


class Spent(NamedTuple):
    """What something cost, in seconds."""

    cpu: float
    wall: float


def _spent(design: Design) -> Spent:
    """What the build of a design costs: all processes that it starts."""
    began, before = time.perf_counter(), os.times()
    simulator(design, lambda text: None)
    after = os.times()
    cpu = sum(
        getattr(after, part) - getattr(before, part) for part in ("user", "system", "children_user", "children_system")
    )
    return Spent(cpu, time.perf_counter() - began)


def _edited(design: Design, file: str) -> Design:
    """The design with a change in a source, which makes no difference to what it does."""
    return design._replace(changed={file: f"{(ROOT / file).read_text(encoding='utf-8')}// edited\n"})


@contextmanager
def _empty_cache() -> Iterator[None]:
    """Nothing is found as built, and nothing is kept."""
    before = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before
