"""The runner: the order of results, who is blamed for what, and what jobs stand on."""

import re
import signal
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from bedplate.dv.jobs import HERE, Runner, ground
from bedplate.dv.jobs.queue import Queue
from bedplate.dv.jobs.testdata.work import (
    breaks,
    dies,
    dies_once,
    fails_oddly,
    job,
    made,
    makes,
    raises,
    slowly_breaks,
    square,
)
from bedplate.errors import AccessError, BusFault, EnvError, JobDefect, WorkerLost


class TestOrder:
    def test_results_come_in_the_order_of_jobs_and_each_is_heard_of_once(self, place):
        heard = []
        results = place[0].run([job(square, n) for n in range(30)], lambda *one: heard.append(one))
        assert results == [n * n for n in range(30)]
        assert heard == [(n + 1, n * n) for n in range(30)]

    def test_no_job_is_no_work(self):
        assert Runner("tcp://nobody:1").run([]) == []

    @pytest.mark.parametrize("runner", [HERE, Runner()])
    def test_what_it_stands_on_is_made_once_in_a_process_and_anew_for_each_campaign(self, runner):
        one, two = (runner.run([job(makes, n) for n in range(20)]) for _ in range(2))
        assert len(set(one)) == len({(number % 2, pid) for number, (pid, _) in enumerate(one)}) <= 4
        assert not set(one) & set(two)

    def test_no_more_is_kept_than_jobs_side_by_side_need(self):
        with ground.own_ground():
            first = ground.made_once(made, -1)
            assert ground.made_once(made, -1) == first
            for number in range(ground.KEPT):
                ground.made_once(made, number)
            assert ground.made_once(made, -1) != first


class TestErrors:
    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_a_job_that_raises_names_itself(self, place, number):
        for runner in (place[0], HERE):
            with pytest.raises((BusFault, JobDefect)) as raised:
                runner.run([job(square, 1), job(breaks, number), job(square, 2)])
            error = raised.value
            want = ("die0", "look") if number == 2 else (f"breaks ({number},)", "do breaks")
            assert (error.where, error.next) == want

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("odd", "Odd: it broke, since it is old"),
            ("odd error", "OddError: it is held"),
            ("locked", "ValueError: locked"),
            ("local", "Local: of nobody"),
            ("exit", "SystemExit: 0"),
            ("exits", "GeneratorExit: early"),
            ("news", "News: told"),
            ("lost", "BrokenProcessPool: not this one"),
        ],
    )
    def test_whatever_a_job_raises_is_said_with_the_job_its_words_and_its_line(self, place, name, said):
        for runner in (place[0], HERE):
            with pytest.raises(JobDefect) as raised:
                runner.run([job(square, 1), job(raises, name), job(square, 2)])
            error = raised.value
            assert (error.what, error.where, error.next) == (
                f"the job raised {said}",
                f"raises ('{name}',)",
                "do raises",
            )
            assert re.fullmatch(r"testdata/work\.py:\d+ in raises", error.cause)
            assert said in error.trace
            assert error.exit_code == 70

    def test_an_error_of_the_tree_stays_what_it_is_whatever_it_came_from(self, place):
        for runner in (place[0], HERE):
            with pytest.raises(EnvError, match="no device") as raised:
                runner.run([job(fails_oddly)])
            assert (type(raised.value), raised.value.where) == (EnvError, "fails_oddly ()")

    def test_what_cannot_be_sent_to_a_worker_is_said_with_the_job(self):
        with pytest.raises(JobDefect) as raised:
            Runner().run([job(square, 1), job(square, threading.Lock())])
        assert raised.value.where.startswith("square (<unlocked")

    def test_a_ctrl_c_is_nobodys_defect(self):
        with pytest.raises(KeyboardInterrupt):
            HERE.run([job(signal.raise_signal, signal.SIGINT)])

    def test_the_first_in_their_order_is_raised_whichever_came_first(self):
        runner = Runner(jobs=2)
        with pytest.raises(EnvError, match="slow"):
            runner.run([job(slowly_breaks, 0.5), job(breaks, 1)])

    def test_a_job_that_kills_its_worker_each_time_is_named_and_nobody_else(self, place, request, monkeypatch):
        if place[0].on != "local":  # else it takes eight workers
            monkeypatch.setattr(request.getfixturevalue("cluster").scheduler, "allowed_failures", 0)
        heard = []
        jobs = [*(job(square, n) for n in range(3)), job(dies), *(job(square, n) for n in range(3))]
        with pytest.raises(WorkerLost) as raised:
            place[0].run(jobs, lambda *one: heard.append(one))
        assert (raised.value.where, raised.value.next, raised.value.exit_code) == ("dies ()", "do dies", 3)
        assert heard == [(1, 0), (2, 1), (3, 4)]

    def test_jobs_that_kill_their_workers_once_are_all_done(self, place, tmp_path):
        paths = [str(tmp_path / str(n)) for n in range(4)]
        assert place[0].run([job(dies_once, Path(path)) for path in paths]) == paths

    @pytest.mark.parametrize("on", ["here", "8786", "host:8786"])
    def test_no_such_place(self, on):
        with pytest.raises(AccessError, match="cannot be done there"):
            Runner(on).run([job(square, 1)])


class Lost(Exception):
    """What a worker leaves behind."""


class Fragile:
    """Workers who are all lost as soon as each of them has something to do; those who come after them live, and take their time."""

    room, tries, lost = 3, 3, (Lost,)

    def __init__(self):
        self.log = []
        self.busy = {}

    def submit(self, job):
        (number,) = job.arguments
        future = Future()
        self.log.append((number, len(self.busy)))
        self.busy[number] = future
        if len(self.log) == self.room:
            for one in self.busy.values():
                one.set_exception(Lost())
            self.busy = {}
        elif len(self.log) > self.room:
            threading.Timer(0.05, lambda: self.busy.pop(number).set_result(number)).start()
        return future


def test_jobs_whose_workers_were_lost_are_handed_out_again_one_at_a_time():
    workers = Fragile()
    assert Queue([job(square, n) for n in range(6)], workers).run(lambda *_: None) == [0, 1, 2, 3, 4, 5]
    assert workers.log[:6] == [(0, 0), (1, 1), (2, 2), (0, 0), (1, 0), (2, 0)]
    assert [number for number, _ in workers.log[6:]] == [3, 4, 5]
    assert max(busy for _, busy in workers.log[6:]) > 0, "nobody is suspected any more"
