"""What the tests of all environments share: another thread, and a fork, which do something."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest


@pytest.fixture
def elsewhere():
    """Does something in another thread, which lives as long as the test."""
    with ThreadPoolExecutor(1, "other") as pool:
        yield lambda act: pool.submit(act).result(60)


@pytest.fixture
def forked():
    """What a fork of this process makes of something: its answer, or its refusal, as text."""

    def do(act):
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.write(write, str(act()).encode())
            except BaseException as error:
                os.write(write, f"{type(error).__name__}: {error}".encode())
            finally:
                os._exit(0)
        os.close(write)
        os.waitpid(pid, 0)
        with os.fdopen(read) as pipe:
            return pipe.read()

    return do
