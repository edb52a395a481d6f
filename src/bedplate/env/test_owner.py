"""Who may enter: threads that come at once, come later, end, let go; and forks."""

import _thread
import os
import pickle
import sys
import threading

import pytest

import bedplate
from bedplate.bus import Meter
from bedplate.chips.tern import Tern
from bedplate.env import extended, open_bus, release
from bedplate.env.owner import Owner
from bedplate.errors import NotOwner


@pytest.fixture
def hasty():
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-7)
    yield
    sys.setswitchinterval(before)


class TestOwner:
    def test_is_who_comes_first_as_long_as_it_lives(self, elsewhere):
        owner = Owner("bus")
        elsewhere(owner.enter)
        with pytest.raises(
            NotOwner,
            match=r"^bus: this bus belongs to another thread, wanted thread other_0 \(number \d+\), got thread MainThread \(number \d+\)$",
        ):
            owner.enter()
        elsewhere(owner.enter)

    def test_is_told_from_others_of_its_name(self):
        """Names of threads need not differ, and threads that Python did not start have none."""
        owner, told = Owner("bus"), []

        def refused():
            with pytest.raises(NotOwner) as caught:
                owner.enter()
            told.append(caught.value)

        def own():
            owner.enter()
            other = threading.Thread(target=refused, name="worker")
            other.start()
            other.join()
            _thread.start_new_thread(lambda: (refused(), done.set()), ())
            assert done.wait(60)

        done = threading.Event()
        holder = threading.Thread(target=own, name="worker")
        holder.start()
        holder.join()
        named, nameless = told
        assert named.wanted.startswith("thread worker (number ")
        assert named.got.startswith("thread worker (number ")
        assert named.wanted != named.got
        assert nameless.got == "a thread that Python did not start"

    def test_that_has_ended_leaves_it_to_the_next(self, elsewhere):
        owner = Owner("bus")
        first = threading.Thread(target=owner.enter)
        first.start()
        first.join()
        owner.enter()
        with pytest.raises(NotOwner):
            elsewhere(owner.enter)

    def test_lets_go_of_it_itself(self, elsewhere):
        owner = Owner("bus")
        owner.enter()
        with pytest.raises(NotOwner):
            elsewhere(owner.release)
        owner.release()
        elsewhere(owner.enter)
        with pytest.raises(NotOwner):
            owner.enter()

    def test_that_is_fixed_stays_it(self, elsewhere):
        owner = Owner("bus")
        first = threading.Thread(target=owner.fix)
        first.start()
        first.join()
        for act in (owner.enter, lambda: elsewhere(owner.enter)):
            with pytest.raises(NotOwner, match="another thread, wanted a thread that has ended"):
                act()
        mine = Owner("mine")
        mine.fix()
        with pytest.raises(NotOwner, match="stays with the thread"):
            mine.release()

    def test_is_one_of_all_that_come_at_once(self, hasty):
        for _ in range(60):
            owner, gate, let_in = Owner("bus"), threading.Barrier(4), []

            def come(owner=owner, gate=gate, let_in=let_in):
                gate.wait()
                try:
                    owner.enter()
                    let_in.append(threading.get_ident())
                except NotOwner:
                    pass
                gate.wait()  # all are alive until all have tried

            threads = [threading.Thread(target=come) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert len(let_in) == 1

    @pytest.mark.parametrize("entered", [False, True])
    def test_is_no_fork_of_it(self, forked, entered):
        owner = Owner("bus")
        if entered:
            owner.enter()
        assert f"belongs to another process, wanted process {os.getpid()}, of which this is a fork" in forked(
            owner.enter
        )
        owner.enter()

    def test_is_a_fork_too_where_the_chip_is_forked_along(self, forked):
        owner = Owner("bus", forks=True)
        owner.enter()
        assert forked(owner.enter) == "None"

    def test_of_a_thread_is_none_of_its_fork(self, forked, elsewhere):
        owner = Owner("bus", forks=True)
        elsewhere(owner.enter)
        assert forked(owner.enter) == "None", "the thread is not there"

    def test_of_a_copy_is_nobody_yet(self, elsewhere):
        owner = Owner("bus", forks=True)
        owner.enter()
        elsewhere(pickle.loads(pickle.dumps(owner)).enter)


class TestChip:
    """On the model; each environment of a real chip is tried in its own folder."""

    def test_of_another_thread_is_refused_and_goes_on(self, elsewhere):
        chip = bedplate.open("model:tern")
        assert chip.converge().ok
        before = chip.bus.now(), chip.meter.bus.state()
        pll = chip.die[0].pll.sys
        for act in (
            pll.observe,
            pll.regs.ctrl.read,
            lambda: pll.regs.ctrl.modify(bypass=True),
            lambda: chip.bus.sleep(1),
        ):
            with pytest.raises(NotOwner, match="model:tern: this bus belongs to another thread"):
                elsewhere(act)
        assert (chip.bus.now(), chip.meter.bus.state()) == before
        assert chip.converge().writes == 0

    def test_is_opened_in_one_and_used_in_another(self, elsewhere):
        chip = bedplate.open("model:tern")
        assert elsewhere(chip.converge).ok

    def test_is_handed_over(self, elsewhere):
        chip = Tern(Meter(open_bus("model:tern")))
        assert chip.converge().ok
        bedplate.release(chip)
        assert elsewhere(chip.converge).ok
        with pytest.raises(NotOwner, match="another thread"):
            release(chip)

    def test_goes_on_in_a_fork(self, forked):
        chip = bedplate.open("model:tern")
        assert chip.converge().ok
        assert forked(lambda: chip.converge().ok) == "True"

    def test_of_a_snapshot_belongs_to_whoever_restores_it(self, elsewhere):
        model = open_bus("model:tern")
        model.read(0)
        elsewhere(lambda: model.restore(model.snapshot()).read(0))


class TestReader:
    @pytest.mark.parametrize("how", [{"write": False}, {}])
    def test_reads_and_is_refused_at_a_write_before_it(self, how):
        chip = bedplate.open("model:tern" if how else extended("model:tern", write="0"), **how)
        raw = chip.meter.bus.bus
        before = raw.state()
        for write in (
            lambda: chip.bus.write(0x40, 1),
            lambda: chip.bus.write_block(0x40, [1, 2]),
            lambda: chip.die[0].sysid.regs.scratch[0].write(5),
        ):
            with pytest.raises(NotOwner, match=r"^write 0x[0-9a-f]+.*: this chip was opened to be read only") as caught:
                write()
            assert str(caught.value).count("0x") == 1, "the place is named once"
        assert raw.state() == before
        assert chip.bus.read(0) == Tern.canary.value
        assert len(chip.bus.read_block(0, 2)) == 2
        assert len(chip.observe()) == len(chip.all)
