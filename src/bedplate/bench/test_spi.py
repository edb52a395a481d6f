"""The figures about SPI: bytes that were counted, and a bus that really plays its tape."""

import pytest

from bedplate.bench import spi as bench_spi
from bedplate.bench.suite import run
from bedplate.errors import LinkDown


@pytest.fixture(scope="module")
def figures():
    return {figure.name: figure for figure in run(["spi"], quick=True)}


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("read", 12 + 4 + 1 + 8 + 4),
        ("write", 12 + 4 + 4 + 1 + 8),
        ("write a byte", 12 + 8 + 4 + 1 + 8),
        ("read 64 words", 12 + 4 + 1 + 8 + 256),
        ("write 64 words", 12 + 256 + 4 + 1 + 8),
    ],
)
def test_an_access_takes_its_frame_and_one_question_with_one_wait_byte(figures, name, octets):
    """No byte more than the protocol wants: request, question, wait byte, answer, payload."""
    wire = figures[f"{name}, on the wire"]
    assert (wire.measured, wire.unit) == (octets, "bytes")
    assert wire.ratio == octets / (256 if "64" in name else 4)
    spent = figures[f"{name}, in the bus"]
    assert spent.ratio == pytest.approx(spent.measured / (octets * 0.8))
    assert spent.floor == f"{octets * 0.8:.1f} us: {octets} bytes at 10 MHz"


def test_the_bus_that_is_timed_checks_what_comes_from_the_tape(monkeypatch):
    _, play = bench_spi.ACCESSES["read"]
    _, answers = bench_spi.record(play, 3)
    assert bench_spi.replay(play, 3, answers) > 0
    monkeypatch.setattr(bench_spi, "SESSION", 0x7777_7777)
    with pytest.raises(LinkDown):
        bench_spi.replay(play, 3, answers * 10)
