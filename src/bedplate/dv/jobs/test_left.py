"""However a campaign ends, nothing of it is left."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from bedplate.dv.jobs import Runner
from bedplate.dv.jobs.testdata.work import FOREVER, breaks, forked, job, square, wait_until
from bedplate.errors import JobDefect

CAMPAIGN = """
import sys
from pathlib import Path
from bedplate.dv.jobs import Runner
from bedplate.dv.jobs.testdata.work import job, notes, sleeps, square
on, work, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
works = {
    "notes": [job(notes, folder, number) for number in range(40)],
    "sleeps": [job(square, 1), job(sleeps, folder), job(sleeps, folder)],  # one worker has nothing to do
}
Runner(on, 3).run(works[work])
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


class TestNothingIsLeft:
    @pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
    def test_when_the_campaign_is_killed(self, tmp_path, end):
        campaign = Campaign(tmp_path)
        workers = campaign.begun(4)
        campaign.process.send_signal(end)
        campaign.process.communicate(timeout=60)
        wait_until(lambda: not any(map(lives, workers)))

    @pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["to the campaign", "on a terminal"])
    def test_after_an_interrupt_and_nobody_waits_for_the_jobs(self, tmp_path, send):
        campaign = Campaign(tmp_path)
        workers = campaign.begun(4)
        assert all(map(lives, workers))
        assert os.getpgid(campaign.process.pid) not in map(os.getpgid, workers)  # else they would hear of it, and talk
        send(campaign.process.pid, signal.SIGINT)
        talk = campaign.process.communicate(timeout=60)[1]
        wait_until(lambda: not any(map(lives, workers)))
        assert talk.rstrip().endswith("KeyboardInterrupt")
        assert talk.count("Traceback") == 1, talk

    def test_after_an_error(self):
        begun = time.monotonic()
        with pytest.raises(JobDefect):
            Runner().run([job(breaks, 1), job(time.sleep, FOREVER)])
        assert forked() == []
        assert time.monotonic() < begun + FOREVER

    def test_when_the_listener_fails(self):
        begun = time.monotonic()
        with pytest.raises(RuntimeError, match="deaf"):
            Runner().run([job(square, 1), job(time.sleep, FOREVER)], lambda *_: deaf())
        assert forked() == []
        assert time.monotonic() < begun + FOREVER

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
