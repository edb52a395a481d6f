"""Several paths to one memory: which one is taken, what is made again on another, and what is not."""

from itertools import pairwise

import pytest

from bedplate.bus import Canary, Decorator, MemoryBus, Path, Route, ms
from bedplate.errors import BusFault, EnvError, LinkDown, PathLost

CANARY, BOOT, EFFECT = 0x100, 0x104, 0x80
MAGIC = 0x5445524E


class Line(Decorator):
    """A path that can be `cut`: then an access is lost on the way there, or (`after`) on the way back.

    A `mute` one says nothing of it: reads are all ones, writes vanish. `log` holds what reached the chip.
    """

    def __init__(self, bus):
        super().__init__(bus)
        self.cut = self.after = self.mute = False
        self.log = []

    def transact(self, request):
        if self.cut and not self.after:
            return self.lost(request)
        self.log.append(request)
        words = super().transact(request)
        return self.lost(request) if self.cut else words

    def lost(self, request):
        if not self.mute:
            raise LinkDown("cut")
        return () if request.is_write else (0xFFFF_FFFF,) * request.length


class World:
    """A chip and two lines to it, `fast` and `slow`, as a route."""

    def __init__(self):
        self.memory = MemoryBus(0x200)
        self.memory.write(CANARY, MAGIC)
        self.fast, self.slow = Line(self.memory), Line(self.memory)
        self.paths = [Path("fast", lambda: self.fast), Path("slow", lambda: self.slow)]
        for path in self.paths:
            path.open()
        self.route = Route(
            self.paths, Canary(CANARY, MAGIC), lambda bus: bus.read(BOOT), lambda address: address != EFFECT
        )

    def used(self):
        """The path that a read takes now."""
        self.fast.log.clear()
        self.slow.log.clear()
        self.route.read(0)
        return self.route.path.name


def test_time_never_goes_back_though_each_path_may_have_a_clock_of_its_own(world):
    world.route.sleep(ms(10))
    world.slow.now = lambda: world.memory.now() - ms(10)
    assert world.used() == "fast"
    before = world.route.now()
    world.fast.cut = True
    assert world.used() == "slow"
    assert world.route.now() == before
    world.route.sleep(ms(1))
    assert world.route.now() == before + ms(1)


@pytest.fixture
def world():
    return World()


class TestChoice:
    def test_the_first_usable_path_is_asked_who_it_is_and_then_costs_nothing(self, world):
        assert world.route.read(0) == 0
        assert [request.address for request in world.fast.log] == [CANARY, BOOT, 0]
        assert (world.used(), len(world.fast.log)) == ("fast", 1)
        assert world.slow.log == []
        assert world.route.notes == ()

    def test_one_that_is_down_is_passed_over_and_told(self, world):
        world.fast.cut = True
        assert world.used() == "slow"
        assert world.route.notes == ("runs over slow, for fast: cut",)

    def test_one_that_leads_to_something_else_is_passed_over(self, world):
        world.fast.bus = MemoryBus(0x200)
        assert world.used() == "slow"
        assert "the canary does not answer" in world.route.notes[0]

    def test_one_that_cannot_be_opened_is_tried_again_later(self, world):
        def refuse():
            raise EnvError("no such device")

        missing = Path("missing", refuse)
        route = Route([missing, *world.paths], Canary(CANARY, MAGIC), lambda bus: 0, lambda address: True)
        assert route.read(0) == 0
        assert route.path is world.paths[0]
        missing._open = lambda: world.slow
        route.sleep(ms(20))
        route.read(0)
        assert route.path is missing

    def test_none_is_a_link_that_is_down_with_the_reason_of_each(self, world):
        world.fast.cut = True
        world.slow.bus = MemoryBus(0x200)
        with pytest.raises(LinkDown, match=r"fast, slow: no path to the chip.*got cut; canary .*through slow"):
            world.route.read(0)
        world.fast.cut = False
        assert world.route.read(0) == 0, "the next access begins anew"


class TestLoss:
    @pytest.fixture(params=["before", "after", "mute"])
    def cut(self, request, world):
        world.route.read(0)
        world.fast.cut = True
        setattr(world.fast, request.param, True)
        return request.param

    def test_a_safe_read_is_made_again_unseen(self, world, cut):
        world.memory.write(0x10, 0x1234)
        assert world.route.read(0x10) == 0x1234
        assert world.used() == "slow"

    def test_so_are_a_burst_and_a_poll(self, world, cut):
        assert list(world.route.read_block(0x10, 2)) == [0, 0]
        world.fast.cut = False
        world.route.sleep(ms(20))
        assert world.used() == "fast"
        world.fast.cut = True
        assert world.route.poll(0x10, 1, 1, ms(1)) == 0

    def test_a_write_is_not_and_says_so_and_what_follows_goes_on(self, world, cut):
        if cut == "mute":
            world.route.write(0x10, 5)  # nobody can know yet
            with pytest.raises(PathLost, match="whether the writes before it arrived is unknown"):
                world.route.read(0x14)
        else:
            with pytest.raises(PathLost, match=r"fast: path lost in write 0x00000010.*effect is unknown, got cut"):
                world.route.write(0x10, 5)
        assert not [request for request in world.slow.log if request.is_write]
        assert world.route.read(0x10) == (5 if cut == "after" else 0), "the chip says what became of it"
        world.route.write(0x10, 6)
        assert world.memory.read(0x10) == 6

    @pytest.mark.parametrize("words", [1, 2])
    def test_neither_is_a_read_with_an_effect(self, world, cut, words):
        with pytest.raises(PathLost, match=r"effect is unknown, and it has one"):
            world.route.read_block(EFFECT - 4 * (words - 1), words)
        assert EFFECT not in [request.address for request in world.slow.log]

    def test_a_write_that_a_read_has_proved_is_no_doubt(self, world):
        world.route.write(0x10, 5)
        world.route.read(0x14)
        world.fast.cut = True
        assert world.route.read(0x10) == 5

    def test_a_read_after_a_reset_of_the_chip_is_none_of_the_same_chip(self, world, cut):
        world.memory.write(BOOT, 1)
        with pytest.raises(PathLost, match="the chip was reset meanwhile"):
            world.route.read(0x10)
        assert world.route.read(0x10) == 0

    def test_all_paths_lost_is_a_link_that_is_down(self, world, cut):
        world.slow.cut = True
        if cut == "mute":
            world.route.write(0x10, 5)
            with pytest.raises(LinkDown, match="no path to the chip"):
                world.route.read(0x10)
        else:
            with pytest.raises(LinkDown, match="no path to the chip"):
                world.route.write(0x10, 5)

    def test_an_error_response_is_no_loss(self, world):
        for _ in range(2):
            with pytest.raises(BusFault):
                world.route.read(0x1000)
        assert world.used() == "fast"

    def test_an_address_that_ends_every_path_is_not_tried_for_ever(self, world):
        class Deadly(Line):
            def transact(self, request):
                if request.address == 0x20:
                    raise LinkDown("dead")
                return super().transact(request)

        world.fast.bus, world.slow.bus = Deadly(world.memory), Deadly(world.memory)
        with pytest.raises(LinkDown, match="dead"):
            world.route.read(0x20)


class TestReturn:
    @pytest.fixture
    def lost(self, world):
        world.route.read(0)
        world.fast.cut = True
        world.route.read(0)
        return world

    def test_when_it_answers_again_and_not_before(self, lost):
        lost.fast.log.clear()
        lost.route.sleep(ms(20))
        assert lost.used() == "slow"
        lost.fast.cut = False
        assert lost.used() == "slow", "it was tried just now"
        lost.route.sleep(ms(40))
        assert lost.used() == "fast"
        assert [request.address for request in lost.fast.log] == [CANARY, BOOT, 0]
        assert [request.address for request in lost.slow.log] == [BOOT], "both say who they are"
        assert lost.route.notes == ("lost a path once, at last fast: cut",)

    def test_each_loss_is_told(self, lost):
        lost.slow.cut, lost.fast.cut = True, False
        assert lost.used() == "fast"
        assert lost.route.notes == ("lost a path 2 times, at last slow: cut",)

    def test_is_tried_at_growing_intervals(self, lost):
        tries = []
        lost.fast.lost = lambda request, lost_for_good=lost.fast.lost: (
            tries.append(lost.route.now()),
            lost_for_good(request),
        )
        for _ in range(4000):
            lost.route.sleep(ms(1))
            lost.route.read(0)
        gaps = [(after - before) // ms(1) for before, after in pairwise(tries)]
        assert gaps == [20, 40, 80, 160, 320, 640, 1000, 1000]

    def test_to_another_boot_or_chip_never_happens(self, lost):
        other = MemoryBus(0x200)
        other.write(CANARY, MAGIC)
        other.write(BOOT, 9)
        lost.fast.bus, lost.fast.cut = other, False
        lost.route.sleep(ms(20))
        assert lost.used() == "slow"
        lost.route.write(0x10, 5)
        assert (other.read(0x10), lost.memory.read(0x10)) == (0, 5)
        assert "another chip, or another boot" in lost.route.notes[0]

    def test_after_a_reset_that_both_see_is_one(self, lost):
        lost.memory.write(BOOT, 7)
        lost.fast.cut = False
        lost.route.sleep(ms(20))
        lost.route.read(0)
        assert lost.used() == "fast"

    def test_a_path_that_comes_and_goes_is_taken_ever_more_seldom(self, lost):
        lost.fast.cut = False
        taken = 0
        for _ in range(3000):
            lost.route.sleep(ms(1))
            lost.route.read(0)
            if lost.route.path is lost.paths[0]:
                taken += 1
                lost.fast.cut = True
                lost.route.read(0)
                lost.fast.cut = False
        assert taken == 8  # after 10, 20, 40, ... 640, 1000 ms
