"""The SPI link under fire, in the size of a test; and that a link with a bug does not get through it."""

import random

import pytest

from bedplate.dv import spi_noise
from bedplate.dv.jobs import Runner
from bedplate.env.spi import bridge, bus, frame, noise
from bedplate.env.spi.frame import Flaw, Result
from bedplate.errors import UnknownName


@pytest.fixture
def small(monkeypatch):
    """Parts of 1000 damaged frames."""
    monkeypatch.setattr(spi_noise, "PART", 1000)


@pytest.mark.parametrize("kind", spi_noise.KINDS)
def test_nothing_wrong_gets_through_unnoticed(small, kind):
    counts, noticed, findings = spi_noise.part(1, kind, 0)
    assert findings == []
    assert counts["damaged"] >= 1000
    assert counts["accesses"] > counts["given_up"], "the line is bad, not dead"
    assert noticed or kind == "repeated"


def test_a_campaign_counts_all_its_parts_and_is_the_same_in_any_number_of_processes():
    one, two = (spi_noise.run(24_000, 5, ["1e-4", "late"], runner=Runner(jobs=jobs)) for jobs in (1, 2))
    assert one == two
    assert one.ok
    assert [tally.kind for tally in one.tallies] == ["1e-4", "late"]
    assert [tally.damaged for tally in one.tallies] == pytest.approx([8000, 2400], abs=5), (
        "as many as asked for, of each"
    )
    assert one != spi_noise.run(24_000, 6, ["1e-4", "late"])


def test_a_kind_that_does_not_exist():
    with pytest.raises(UnknownName, match="kind of damage 'brust'"):
        spi_noise.run(1, kinds=["brust"])


class TestTeeth:
    """Links with a bug each: the campaign finds it, and says how to see it again."""

    def found(self, kind):
        counts, _, findings = spi_noise.part(1, kind, 0)
        assert findings
        assert findings[0].replay == f"bedplate dv spi-noise --kind {kind} --seed 1 --part 0"
        assert spi_noise.part(1, kind, 0)[2] == findings, "and it is seen again"
        return {finding.what.split()[0] for finding in findings}

    @pytest.mark.parametrize("kind", ["1e-5", "burst", "stuck"])
    def test_a_bus_that_does_not_check_answers(self, small, monkeypatch, kind):
        def believe(data, session):
            got = honest(data, session)
            body = data.lstrip(b"\0")
            if got is not Flaw.CORRUPT or len(body) < frame.HEAD or body[3] > Result.PARTIAL:
                return got
            words = frame._words(body[frame.HEAD : frame.HEAD + 4 * (body[4] & 0x7F)] if body[4] & 0x80 else b"")
            return frame.ResponseFrame(body[1], body[2], Result(body[3]), body[4] & 0x7F, words)

        honest = frame.parse_answer
        monkeypatch.setattr(bus, "parse_answer", believe)
        assert "read" in self.found(kind)

    @pytest.mark.parametrize("kind", ["1e-6", "burst", "shift", "stuck"])
    def test_a_bridge_that_does_not_check_payloads(self, small, monkeypatch, kind):
        monkeypatch.setattr(frame, "_whole", lambda data, cut, length: None if len(data) == length else UNFINISHED)
        assert "the" in self.found(kind)

    @pytest.mark.parametrize("kind", ["repeated", "late"])
    def test_a_bridge_that_executes_repetitions(self, small, monkeypatch, kind):
        def forgetful(self, request):
            if request[0] in frame.ACCESSES and request.seq == self.last.seq:
                self.last = self.last._replace(seq=(request.seq - 2) % 255 + 1, crc=0)
            return honest(self, request)

        honest = bridge.Bridge._end
        monkeypatch.setattr(bridge.Bridge, "_end", forgetful)
        assert "the" in self.found(kind)

    def test_a_bus_that_does_not_look_at_the_number_of_an_answer(self, small, monkeypatch):
        def mine(data, session):
            got = honest(data, session)
            return got._replace(seq=asked[-1]) if isinstance(got, frame.ResponseFrame) else got

        def short(op, seq=0, session=0):
            asked.append(seq)
            return build(op, seq, session)

        asked, honest, build = [], frame.parse_answer, frame.short
        monkeypatch.setattr(bus, "parse_answer", mine)
        monkeypatch.setattr(bus, "short", short)
        assert "read" in self.found("stale")

    def test_sessions_that_chip_selects_have_in_common(self, small, monkeypatch):
        monkeypatch.setattr(bus, "_next_nonce", lambda nonce, old: 0x5A)
        assert "the" in self.found("astray")

    def test_an_error_that_is_none_of_the_link(self, small, monkeypatch):
        monkeypatch.setattr(bus.SpiBus, "read", lambda self, address: 1 // 0)
        assert self.found("lost") == {"ZeroDivisionError:"}


UNFINISHED = frame.Dropped(Result.FORMAT, truncated=True)


class TestNoise:
    """The damage is what it says it is."""

    def test_errors_come_at_their_rate(self):
        chance = random.Random(1)
        count = sum(noise.bit_errors(1000, 1e-2, chance).bit_count() for _ in range(2000))
        assert 19_000 < count < 21_000

    def test_given_one_they_are_as_many_as_arithmetic_says(self):
        chance = random.Random(2)
        masks = [noise.bit_errors(200, 1e-3, chance, some=True) for _ in range(20_000)]
        assert all(0 < mask < 1 << 200 for mask in masks)
        wanted = 200 * 1e-3 / (1 - (1 - 1e-3) ** 200)
        assert sum(mask.bit_count() for mask in masks) / len(masks) == pytest.approx(wanted, rel=0.02)

    def test_every_place_is_as_likely(self):
        chance = random.Random(3)
        firsts = [noise.bit_errors(8, 1e-6, chance, some=True).bit_length() for _ in range(8000)]
        assert all(firsts.count(place) == pytest.approx(1000, rel=0.15) for place in range(1, 9))
