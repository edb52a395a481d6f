"""What holds for all tests: no verdict depends on how fast this machine is just now."""

import time

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("bedplate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bedplate")

BEGUN = time.monotonic()


def pytest_addoption(parser):
    parser.addoption("--within", type=int, metavar="SECONDS", help="begin no test later than that: skip it, and say so")


def pytest_runtest_setup(item):
    seconds = item.config.getoption("--within")
    if seconds is not None and time.monotonic() > BEGUN + seconds:
        pytest.skip(f"not begun within {seconds} s: run `make test`")
