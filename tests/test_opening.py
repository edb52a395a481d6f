"""Whoever will write to a chip has asked who answers before anything else, by every environment; another chip is refused at opening."""

import pytest

import bedplate
from bedplate.bus import Decorator, Meter
from bedplate.chips.tern import Tern
from bedplate.env import model as environment
from bedplate.errors import BusFault, LinkDown, WrongChip


class Swapped(Decorator):
    """The ports of the dies are exchanged."""

    def transact(self, request):
        return super().transact(request._replace(address=request.address ^ 1 << 24))


class Dead(Decorator):
    """Reads as all ones; or answers with errors."""

    error = False

    def transact(self, request):
        if self.error:
            raise BusFault("no answer")
        return [0xFFFF_FFFF] * request.length if not request.is_write else ()


class Faulty(Dead):
    error = True


class Other(Decorator):
    """Another chip's magic word in die 1."""

    def transact(self, request):
        words = super().transact(request)
        return [0x1234_5678, *words[1:]] if request.address == 1 << 24 else words


@pytest.fixture
def behind(monkeypatch):
    """The model's environment with something in front of the chip; the meter behind that counts what reached the chip."""
    meters = []
    plain = environment.open_bus

    def put(decorator=lambda bus: bus):
        def open_bus(target, chip):
            meters.append(Meter(plain(target, chip)))
            return decorator(meters[-1])

        monkeypatch.setattr(environment, "open_bus", open_bus)
        return meters

    return put


@pytest.mark.parametrize(
    ("wrong", "port", "got"), [(Swapped, "0x0", "die 1"), (Other, "0x1000000", "magic 0x12345678")]
)
def test_another_chip_is_refused_at_opening_with_port_wanted_and_got(behind, wrong, port, got):
    meters = behind(wrong)
    with pytest.raises(WrongChip) as refused:
        bedplate.open("model:tern")
    assert f"port {port}" in refused.value.where
    assert "magic 0x5445524e" in refused.value.wanted
    assert got in refused.value.got
    assert meters[-1].writes == 0


def test_so_it_is_by_a_canary_alone(behind):
    """A chip that has nothing but a word of known value at each port."""

    class Plain(Tern):
        __module__ = Tern.__module__  # its model is Tern's

        def wire(self, bus):
            super().wire(bus)
            self.regions = ()

    meters = behind(Other)
    with pytest.raises(WrongChip, match="port 0x1000000"):
        bedplate.open("model:tern", Plain)
    assert (meters[-1].reads, meters[-1].writes) == (2, 0)


@pytest.mark.parametrize("dead", [Dead, Faulty])
def test_no_answer_is_not_another_chip(behind, dead):
    """It can be opened, to be looked at; and a run says what is wrong with it."""
    meters = behind(dead)
    chip = bedplate.open("model:tern")
    assert isinstance(chip.converge().ended, LinkDown)
    assert meters[-1].writes == 0


def test_a_part_that_is_dead_leaves_the_rest(behind):
    chip = bedplate.open("model:tern?fault=die1.sysid:hung")
    report = chip.converge()
    assert {line.outcome.value for line in report.lines if line.name.startswith("die0")} == {"goal"}
    assert {line.outcome.value for line in report.lines if line.name.startswith("die1")} == {"failed", "blocked"}


def test_the_question_is_one_burst_for_each_die(behind):
    meters = behind()
    chip = bedplate.open("model:tern")
    assert (meters[-1].reads, meters[-1].writes) == (2, 0)
    chip.die[0].sysid.regs.scratch[3].write(value=1)
    assert (meters[-1].reads, meters[-1].writes) == (2, 1)  # it is not asked again


def test_who_only_reads_is_not_asked_and_may_look_at_another_chip(behind):
    meters = behind(Swapped)
    chip = bedplate.open("model:tern", write=False)
    assert meters[-1].transactions == 0
    assert all("answers" in one.why for one in chip.observe())
