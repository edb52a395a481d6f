"""What holds for all tests: no verdict depends on how fast this machine is just now."""

import signal
import time

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("bedplate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bedplate")


def pytest_configure():
    """A shell's job in the background ignores Ctrl-C, and so would whatever tests start and interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser):
    parser.addoption(
        "--within", type=int, metavar="SECONDS", help="begin no test so long after the first: skip it, and say so"
    )


def pytest_collection_finish(session):
    session.begun = time.monotonic()


def pytest_runtest_setup(item):
    seconds = item.config.getoption("--within")
    if seconds is not None and time.monotonic() > item.session.begun + seconds:
        pytest.skip(f"not begun within {seconds} s: run `make test`")
