"""The runner: the same comes of it wherever its jobs are done, whoever is killed meanwhile; and nothing is left of it."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from distributed import LocalCluster

from bedplate.chips.duo import Duo
from bedplate.dv.fork import in_fork
from bedplate.dv.inject import campaign as inject
from bedplate.dv.jobs import HERE, Job, Runner, farm, ground
from bedplate.dv.jobs.queue import Queue
from bedplate.dv.kill import campaign as kill
from bedplate.errors import AccessError, BusFault, EnvError, ToolMissing, WorkerLost

FOREVER = 600
"""Seconds: nobody waits for that."""


class Untidy(Duo):
    """A HAL that counts in the chip how often it has begun: campaigns have something to find."""

    def converge(self, **how):
        for region in self.regions:
            self.bus.proved(region)
        scratch = self.die[0].sysid.regs.scratch[7]
        scratch.write(value=scratch.read().value + 1)
        return super().converge(**how)


UNTIDY = f"{__name__}:Untidy"
FLOWS = ["boot", "down", "again"]


# What jobs do here: a farm imports it from this module.


def square(number):
    return number * number


def breaks(number):
    raise [BusFault("no answer"), ZeroDivisionError("of ours"), BusFault("no", where="die0", next="look")][number]


def dies():
    os.kill(os.getpid(), signal.SIGKILL)


def dies_once(path):
    with suppress(FileExistsError):
        path.touch(exist_ok=False)
        dies()
    return str(path)


def sleeps(folder, number):
    """In a fork of the worker, as kills are."""
    in_fork(
        lambda: (folder / str(os.getpid())).touch() or (folder / f"by-{os.getppid()}").touch() or time.sleep(FOREVER)
    )


def notes(folder, number):
    time.sleep(0.2)
    (folder / f"job-{number}").touch()


def makes(number):
    return ground.made_once(made, number % 2)


def made(number):
    return os.getpid(), time.monotonic_ns()


def job(work, *arguments):
    return Job(f"{work.__name__} {arguments}", f"do {work.__name__}", work, arguments)


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs="CRITICAL"
    ) as cluster:
        yield cluster


@pytest.fixture(params=["local", "farm"])
def place(request):
    """Where jobs are done, and the processes that do them."""
    if request.param == "local":
        fork = multiprocessing.get_context("fork").Process
        return Runner(), lambda: [one.pid for one in multiprocessing.active_children() if isinstance(one, fork)]
    cluster = request.getfixturevalue("cluster")
    return Runner(cluster.scheduler_address), lambda: [nanny.pid for nanny in cluster.workers.values()]


@pytest.fixture
def killed(place):
    """Listens to a campaign, and kills a worker as soon as the first of its jobs is done."""
    victims = []

    def tell(what, done, total):
        if not victims and done < total:
            victims.append(place[1]()[-1])
            os.kill(victims[0], signal.SIGKILL)

    yield tell
    assert victims


@pytest.fixture(scope="module")
def small():
    """Small jobs, so that there are some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inject, "SHARE", 4)
        patch.setattr(inject, "SHRUNK", 2)
        yield


@pytest.fixture(scope="module")
def injected(small):
    found = inject.run(24, 5, HERE, UNTIDY)
    assert found.findings
    return found


@pytest.fixture(scope="module")
def survived():
    found = kill.run(UNTIDY, FLOWS, HERE, 40)
    assert len(found.failed) > 3
    return found


class TestSameResult:
    def test_of_an_injection(self, place, injected):
        assert inject.run(24, 5, place[0], UNTIDY) == injected

    def test_of_an_injection_whose_worker_is_killed(self, place, killed, injected):
        assert inject.run(24, 5, place[0], UNTIDY, killed) == injected

    def test_of_kills(self, place, survived):
        assert kill.run(UNTIDY, FLOWS, place[0], 40) == survived

    def test_of_kills_whose_worker_is_killed(self, place, killed, survived):
        assert kill.run(UNTIDY, FLOWS, place[0], 40, killed) == survived


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
            with pytest.raises((BusFault, ZeroDivisionError)) as raised:
                runner.run([job(square, 1), job(breaks, number), job(square, 2)])
            error = raised.value
            if number == 1:
                assert error.__notes__ == ["in the job: breaks (1,)\nagain: do breaks"]
            else:
                want = ("breaks (0,)", "do breaks") if number == 0 else ("die0", "look")
                assert (error.where, error.next) == want

    def test_the_first_in_their_order_is_raised_whichever_came_first(self):
        runner = Runner(jobs=2)
        with pytest.raises(EnvError, match="slow"):
            runner.run([job(_slowly_breaks, 0.5), job(breaks, 1)])

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

    def test_no_scheduler(self, monkeypatch):
        monkeypatch.setattr(farm, "ANSWERS", 1)
        with pytest.raises(EnvError, match="no Dask scheduler answers") as raised:
            Runner("tcp://127.0.0.1:9").run([job(square, 1)])
        assert raised.value.next == "dask scheduler"

    def test_without_dask(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(ToolMissing) as raised:
            Runner("tcp://127.0.0.1:9").run([job(square, 1)])
        assert raised.value.next == "pip install 'bedplate[farm]'"


def _slowly_breaks(seconds):
    time.sleep(seconds)
    raise EnvError("slow")


class TestFarm:
    def test_workers_with_other_sources_are_refused(self, cluster, monkeypatch):
        monkeypatch.setattr(farm, "sources", lambda: "edited")
        with pytest.raises(EnvError, match="other sources") as raised:
            Runner(cluster.scheduler_address).run([job(square, 1)])
        assert (raised.value.wanted, raised.value.where) == ("edited", "square (1,)")

    def test_every_source_counts(self, monkeypatch, tmp_path):
        (tmp_path / "ip").mkdir()
        monkeypatch.setattr(farm, "PACKAGE", tmp_path)
        seen = set()
        for name in ("a.py", "ip/a.rdl", "ip/a.sv", "ip/b.svh", "ip/a.py"):
            (tmp_path / name).write_text("")
            seen.add(farm.sources.__wrapped__())
            (tmp_path / name).write_text("changed")
            seen.add(farm.sources.__wrapped__())
        assert len(seen) == 10

    def test_a_worker_with_many_threads_does_one_job_at_a_time(self):
        at_once, most = [0], []

        def work():
            at_once[0] += 1
            most.append(at_once[0])
            time.sleep(0.05)
            at_once[0] -= 1

        threads = [threading.Thread(target=farm._perform, args=(job(work), farm.sources())) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert most == [1, 1, 1, 1]

    def test_a_scheduler_that_is_gone(self, tmp_path, monkeypatch):
        monkeypatch.setattr(farm, "ANSWERS", 3)
        file = tmp_path / "scheduler.json"
        command = [
            "-m",
            "distributed.cli.dask_scheduler",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        ]
        with subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL) as scheduler:
            wait_until(file.exists)
            threading.Timer(1, scheduler.kill).start()  # by then the job waits for a worker
            with pytest.raises(EnvError, match="has dropped a job"):
                Runner(json.loads(file.read_text())["address"]).run([job(square, 1)])


CAMPAIGN = """
import sys
from pathlib import Path
from bedplate.dv.jobs import Runner
from bedplate.dv.jobs.test_runner import job, notes, sleeps
on, work, folder = sys.argv[1:]
Runner(on).run([job({"notes": notes, "sleeps": sleeps}[work], Path(folder), number) for number in range(40)])
"""


class Campaign:
    """A process of its own with a campaign; each of its jobs leaves a file."""

    def __init__(self, folder, on="local", work="sleeps"):
        command = [sys.executable, "-c", CAMPAIGN, on, work, str(folder)]
        self.folder = folder
        self.process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, text=True)

    def begun(self, count):
        """Those who do its jobs, as soon as they are so many."""
        while len(found := [int(path.name.removeprefix("by-")) for path in self.folder.iterdir()]) < count:
            assert self.process.poll() is None, self.process.stderr.read()
            time.sleep(0.05)
        return found


def lives(pid):
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def wait_until(done):
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


class TestNothingIsLeft:
    def test_when_the_campaign_is_killed(self, tmp_path):
        campaign = Campaign(tmp_path)
        workers = campaign.begun(4)
        campaign.process.kill()
        campaign.process.communicate()
        wait_until(lambda: not any(map(lives, workers)))

    @pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["to the campaign", "on a terminal"])
    def test_after_an_interrupt_and_nobody_waits_for_the_jobs(self, tmp_path, send):
        campaign = Campaign(tmp_path)
        workers = campaign.begun(4)
        assert all(map(lives, workers))
        send(campaign.process.pid, signal.SIGINT)
        talk = campaign.process.communicate(timeout=60)[1]
        wait_until(lambda: not any(map(lives, workers)))
        assert talk.rstrip().endswith("KeyboardInterrupt")
        assert talk.count("Traceback") == 1, talk

    def test_after_an_error(self):
        before = multiprocessing.active_children()
        with pytest.raises(ZeroDivisionError):
            Runner().run([job(breaks, 1), job(time.sleep, FOREVER)])
        assert multiprocessing.active_children() == before

    def test_when_the_listener_fails(self):
        before = multiprocessing.active_children()
        with pytest.raises(RuntimeError, match="deaf"):
            Runner().run([job(square, 1), job(time.sleep, FOREVER)], lambda *_: deaf())
        assert multiprocessing.active_children() == before

    @pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
    def test_on_a_farm_nothing_more_is_begun(self, cluster, tmp_path, end):
        campaign = Campaign(tmp_path, cluster.scheduler_address, "notes")
        while len(list(tmp_path.iterdir())) < 3:
            assert campaign.process.poll() is None, campaign.process.stderr.read()
            time.sleep(0.05)
        campaign.process.send_signal(end)
        campaign.process.communicate(timeout=60)
        wait_until(lambda: not cluster.scheduler.tasks)
        assert len(list(tmp_path.iterdir())) < 30


def deaf():
    raise RuntimeError("deaf")


def test_a_runner_that_hands_out_nothing_twice_would_be_found():
    """A lost job is asked for again, in its place, and alone: seen on workers that are made of nothing."""
    from concurrent.futures import Future

    class Lost(Exception):
        pass

    class Fake:
        room, tries, lost = 3, 3, (Lost,)

        def __init__(self):
            self.log, self.open = [], {}

        def submit(self, one):
            number = one.arguments[0]
            self.log.append((number, len(self.open)))
            future = self.open[number] = Future()
            if len(self.open) == 3 and len(self.log) == 3:
                for other in self.open.values():
                    other.set_exception(Lost())
                self.open = {}
            elif len(self.log) > 3:
                self.open.pop(number).set_result(number)
            return future

    fake = Fake()
    assert Queue([job(square, n) for n in range(6)], fake).run(lambda *_: None) == [0, 1, 2, 3, 4, 5]
    assert fake.log[:6] == [(0, 0), (1, 1), (2, 2), (0, 0), (1, 0), (2, 0)]
