"""Tern over two paths: the faster one dies at a transaction of the boot, in every way, and the boot goes on over the other."""

from functools import cache, partial
from typing import NamedTuple
from urllib.parse import quote

import pytest

from bedplate.block import Tenant
from bedplate.bus import Decorator, Path, Request, Route, ms, perform
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env.linux import clock, route, spi
from bedplate.env.linux.conftest import BDF
from bedplate.env.targets import open_bus, parse
from bedplate.errors import AccessError, EnvError, LinkDown, PathLost, UnknownName

WAYS = ("before", "after", "mute", "inside", "away", "flapping")
"""Dead before the transaction or after it, with the reply lost; reads are all ones and writes vanish; a burst half done; and two
that come back: for 30 ms away, and dead at every 200th transaction."""


class Dying(Decorator):
    """A path that dies at transaction `at`, in one of WAYS."""

    def __init__(self, bus, at, way):
        super().__init__(bus)
        self.at, self.way, self.count, self.back = at, way, -1, None

    def transact(self, request):
        self.count += 1
        if self.way == "flapping":
            if self.count % 200 == self.at % 200:
                perform(self.bus, request)
                raise LinkDown("a flap")
            return perform(self.bus, request)
        if self.count < self.at or (self.back is not None and self.now() >= self.back):
            return perform(self.bus, request)
        if self.way == "away" and self.back is None:
            self.back = self.now() + ms(30)
        if self.count == self.at and self.way in ("after", "away"):
            perform(self.bus, request)
        if self.count == self.at and self.way == "inside" and request.is_burst:
            half = request.length // 2
            perform(self.bus, Request(request.address, half, request.values and request.values[:half], request.size))
        if self.way == "mute":
            ones = (1 << 8 * request.size) - 1
            return () if request.is_write else (ones,) * request.length
        raise LinkDown("dead")


def over(*buses):
    """Tern over these buses, the first one preferred."""
    paths = [Path(f"path {index}", lambda bus=bus: bus) for index, bus in enumerate(buses)]
    for path in paths:
        path.open()
    safe = Tern(buses[0]).addresses.is_probe_safe
    return Tern(Route(paths, Tern.canary, partial(route.identity, Tern), safe))


class End(NamedTuple):
    outcomes: list
    state: dict
    permanent: dict
    violations: list
    writes_again: int


def end(report, model):
    lines = [(line.name, line.outcome, line.state) for line in report.lines]
    state, permanent = model.state(), dict(model.permanent())
    return End(lines, state, permanent, list(model.violations()), Tern(model).converge().writes)


@cache
def undisturbed():
    """How a boot ends, and how many transactions it makes over the first path."""
    model = make_model(Tern)
    path = Dying(model, 1 << 40, "before")
    report = over(path, model).converge()
    return end(report, model), path.count + 1


def boots(at, way):
    """What a boot ends in whose first path dies there."""
    model = make_model(Tern)
    chip = over(Dying(model, at, way), model)
    return end(chip.converge(), model)


class TestBoot:
    def test_undisturbed_it_is_the_boot_over_one_path(self):
        model = make_model(Tern)
        alone = end(Tern(model).converge(), model)
        assert undisturbed()[0] == alone
        assert (alone.violations, alone.writes_again) == ([], 0)

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("share", range(6))
    def test_goes_on_over_the_other_path_wherever_the_first_one_dies(self, way, share):
        want, count = undisturbed()
        at = count * share // 6 + 7 * WAYS.index(way)
        assert boots(at, way) == want, f"at {at} of {count}, {way}"

    def test_returns_to_the_first_one_in_mid_boot(self):
        model = make_model(Tern)
        first = Dying(model, 300, "away")
        chip = over(first, model)
        report = chip.converge()
        assert report.ok
        assert chip.meter.bus.path.name == "path 0"
        assert first.count > 600
        assert report.notes[-1] == "lost a path once, at last path 0: dead"

    def test_a_path_that_never_lasts_ends_the_run_and_says_so(self):

        class Torn(Decorator):
            def transact(self, request):
                words = perform(self.bus, request)
                if request.is_write:
                    raise LinkDown("torn")
                return words

        model = make_model(Tern)
        report = over(Torn(model), Torn(model)).converge()
        assert isinstance(report.ended, PathLost)
        assert "torn" in str(report.ended)
        assert Tern(model).converge().ok

    def test_a_step_that_was_interrupted_is_no_attempt_of_it(self):
        """The first write of the boot is lost six times, more often than any step is tried."""

        class Late(Decorator):
            losses = 0

            def transact(self, request):
                if request.is_write and Late.losses < 6:
                    Late.losses += 1
                    raise LinkDown("late")
                return perform(self.bus, request)

        model = make_model(Tern)
        assert end(over(Late(model), Late(model)).converge(), model) == undisturbed()[0]

    @pytest.mark.parametrize("at", [300, 1000, 2000])
    def test_a_chip_that_was_power_cycled_with_its_path_is_booted_from_the_beginning(self, at):
        """The second path leads to the chip as it is after power-on: what the first one saw is of the past."""
        model, again = make_model(Tern), make_model(Tern)
        again["die0.sysid"].hw.boot_id.value = 2
        report = over(Dying(model, at, "before"), again).converge()
        assert end(report, again)[2:] == undisturbed()[0][2:]
        assert [line[:2] for line in end(report, again).outcomes] == [line[:2] for line in undisturbed()[0].outcomes]

    def test_over_spi_when_the_first_one_is_lost(self, board):
        bus = spi.open_bus(parse(board.target), Tern, board.ioctl)
        chip = over(Dying(board.model, 500, "after"), bus)
        assert chip.converge().ok
        assert len(board.frames) > 1000
        assert Tern(board.model).converge().writes == 0
        assert board.model.violations() == []


class TestEnvironment:
    @pytest.fixture
    def node(self, board, monkeypatch):
        monkeypatch.setattr(spi.open_bus, "__defaults__", (board.ioctl,))
        return "path=" + board.target

    def test_takes_the_first_path_that_can_be_used(self, node, board, slot):
        bus = open_bus(f"route:tern?path=pci:auto&{node}")
        assert bus.read(4) == board.model.read(4)
        assert bus.path.name == board.target
        assert "no PCI devices 1234:0a17" in bus.notes[0]

    def test_goes_over_pci_while_it_is_there(self, node, board, slot):
        device = slot()
        device.identify()
        device.fill(0x10, b"\1")
        bus = open_bus(f"route:tern?path={quote(f'pci:{BDF}?vendor=1234&device=a17&direct=0')}&{node}")
        assert bus.read(0x10) == 1
        assert board.frames == []
        device.fill(0, b"\xff" * 64, "config")
        with pytest.raises(PathLost, match="does not answer"):
            bus.write(0x80, 5)
        assert bus.read(0) == board.model.read(0)
        assert board.frames
        clock.sleep(ms(100))
        assert bus.read(0) == board.model.read(0)

    def test_says_of_every_path_why_none_can_be_opened(self, slot):
        with pytest.raises(
            EnvError, match=r"none of the paths.*pci:auto: no PCI.*spi:/dev/none: .*no such device node"
        ):
            open_bus("route:tern?path=pci:auto&path=spi:/dev/none")

    def test_a_path_that_is_wrong_is_an_error_and_not_a_lost_path(self, node):
        with pytest.raises(UnknownName):
            open_bus(f"route:tern?{node}&path=pcie:auto")
        with pytest.raises(AccessError):
            open_bus(f"route:tern?{node}&path=spi:/dev/x?speed=fast")
        with pytest.raises(AccessError, match="wants paths"):
            open_bus("route:tern")
        with pytest.raises(UnknownName, match="oath"):
            open_bus("route:tern?oath=pci:auto")


class TestOnePort:
    """A controller that is wired to one die alone."""

    def test_boots_that_die_and_says_of_the_other_that_it_is_out_of_reach(self, board):
        chip = Tern(spi.open_bus(parse("spi:" + board.nodes[0]), Tern, board.ioctl))
        report = chip.converge()
        assert {line.outcome.value for line in report.lines if line.name.startswith("die0")} == {"goal"}
        there = [line for line in report.lines if line.name.startswith("die1")]
        assert {line.outcome.value for line in there} == {"failed", "blocked"}
        states = {line.state for line in there if line.outcome.value == "blocked"}
        assert states == {None}, "nobody looked"
        assert "reaches no port of the chip" in str(report.first_error)
        assert report.first_error.cause == "no node for port 1 of the chip: what is behind it is out of reach"
        assert chip.meter.bus.notes == (report.first_error.cause,)
        assert Tern(spi.open_bus(parse("spi:" + board.nodes[0]), Tern, board.ioctl)).converge().writes == 0

    def test_a_workload_on_its_own_die_is_still_heard(self, board):
        board.model.tenant(True)
        chip = Tern(spi.open_bus(parse("spi:" + board.nodes[0]), Tern, board.ioctl))
        assert chip.survey().tenant is Tenant.ACTIVE
        assert chip.plan().tenant is Tenant.ACTIVE


@pytest.mark.parametrize(
    "path", ["model:edu", "rtl:bench.pll", "pci:auto?chip=edu", "model:bedplate.chips.duo.wiring:Duo"]
)
def test_a_path_that_says_another_chip_than_the_route_is_refused_before_any_is_opened(path):
    with pytest.raises(AccessError, match="another chip than the route") as error:
        open_bus(f"route:tern?path=model:tern&path={path}")
    assert error.value.got == f"path={path}"


@pytest.mark.parametrize("path", ["model:tern", "model:bedplate.chips.tern:Tern", "model:mine"])
def test_a_path_may_say_the_routes_own_chip_in_any_words(path):
    route_ = f"route:{'mine' if path == 'model:mine' else 'tern'}?path={path}"
    assert open_bus(route_, Tern).paths[0].raw is not None
