"""Where jobs are done: in processes here, and on a farm of two workers."""

import os
import signal

import dask
import pytest
from distributed import LocalCluster

from bedplate.dv.jobs import Runner
from bedplate.dv.jobs.testdata.work import forked


@pytest.fixture(scope="package")
def cluster():
    """A farm. It would give up a worker that is dead a quarter of a minute after it died before; here they die all the time."""
    with (
        dask.config.set({"distributed.deploy.lost-worker-timeout": "1 hour"}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs="CRITICAL"
        ) as cluster,
    ):
        yield cluster


@pytest.fixture(params=["local", "farm"])
def place(request):
    """Where jobs are done, and the processes that do them."""
    if request.param == "local":
        return Runner(), forked
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
