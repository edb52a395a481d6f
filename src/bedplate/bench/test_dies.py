"""The figures of many dies and many chips: what is counted, never how long it took."""

import pytest

from bedplate.bench import dies as bench_dies
from bedplate.bench.dies import Measured, tern_with
from bedplate.bench.suite import run
from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern


@pytest.fixture(scope="module")
def played():
    return {dies: Measured(dies) for dies in (2, 4)}


def test_each_die_costs_what_the_first_ones_cost(played):
    """Neither the transactions nor the turns of a converge grow faster than the chip."""
    two, four = played[2], played[4]
    assert two.boot.report.ok
    assert four.boot.report.ok
    assert four.healthy.report.transactions == 2 * two.healthy.report.transactions
    assert four.healthy.turns == 2 * two.healthy.turns == len(four.boot.report.lines)
    assert four.boot.report.writes == 2 * two.boot.report.writes
    assert four.boot.report.transactions == pytest.approx(2 * two.boot.report.transactions, rel=0.05)
    assert four.boot.turns == pytest.approx(2 * two.boot.turns, rel=0.05)


@pytest.mark.parametrize("dies", [2, 4])
def test_only_what_is_due_is_visited(played, dies):
    """Each turn finds something out, and so asks the chip."""
    assert (played[dies].boot.silent, played[dies].healthy.silent) == (0, 0)


def test_a_healthy_pass_is_one_look_at_everything_and_who_answers_once_more(played):
    assert played[4].healthy.report.transactions == played[4].look + 4


def test_the_chips_differ_in_their_number_of_dies_alone():
    assert [port.start for port in tern_with(3).ports] == [0, 1 << 24, 2 << 24]
    two, three = ([block.name for block in tern_with(dies)(MemoryBus(0)).all] for dies in (2, 3))
    assert two == [block.name for block in Tern(MemoryBus(0)).all]
    assert three == two + [name.replace("die0", "die2") for name in two if name.startswith("die0")]


def test_the_suites_measure(played, monkeypatch):
    monkeypatch.setattr(bench_dies, "DIES", (2,))
    monkeypatch.setattr(bench_dies, "GROWN", (1, 2))
    monkeypatch.setattr(bench_dies, "CHIPS", 2)
    figures = {figure.name: figure for figure in run(["dies", "chips"], quick=True)}
    assert figures["boot of 2"].note.endswith(" turns, 0 without a transaction")
    made = played[2].healthy.report.transactions
    assert (figures["healthy pass of 2"].measured, figures["healthy pass of 2"].unit) == (made, "transactions")
    assert figures["healthy pass of 2"].floor.startswith("one look at everything: ")
    timed = ("boot: growth", "healthy pass: growth", "healthy pass of 2 chips", "boots of 2 chips, interleaved")
    assert all(figures[name].ratio > 0 for name in timed)
