"""The same comes of a campaign wherever its jobs are done, and whoever is killed meanwhile."""

import pytest

from bedplate.dv.inject import campaign as inject
from bedplate.dv.jobs import HERE
from bedplate.dv.jobs.testdata.work import FLOWS, UNTIDY
from bedplate.dv.kill import campaign as kill


@pytest.fixture(scope="module")
def small():
    """Small jobs, so that there are some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inject, "SHARE", 4)
        patch.setattr(inject, "SHRUNK", 2)
        yield


@pytest.fixture(scope="module")
def injected(small):
    found = inject.run(UNTIDY, 24, 5, HERE)
    assert found.findings
    return found


@pytest.fixture(scope="module")
def survived():
    found = kill.run(UNTIDY, FLOWS, HERE, 40)
    assert len(found.failed) > 3
    return found


class TestSameResult:
    def test_of_an_injection(self, place, injected):
        assert inject.run(UNTIDY, 24, 5, place[0]) == injected

    def test_of_an_injection_whose_worker_is_killed(self, place, killed, injected):
        assert inject.run(UNTIDY, 24, 5, place[0], killed) == injected

    def test_of_kills(self, place, survived):
        assert kill.run(UNTIDY, FLOWS, place[0], 40) == survived

    def test_of_kills_whose_worker_is_killed(self, place, killed, survived):
        assert kill.run(UNTIDY, FLOWS, place[0], 40, killed) == survived
