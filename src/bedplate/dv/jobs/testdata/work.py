"""What jobs do in tests. A farm imports it from here."""

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from bedplate.chips.duo import Duo
from bedplate.dv.fork import in_fork
from bedplate.dv.jobs import Job, ground
from bedplate.errors import BusFault, EnvError, News

FOREVER = 100
"""Seconds: nobody waits for that."""


def square(number):
    return number * number


def breaks(number):
    raise [BusFault("no answer"), ZeroDivisionError("of ours"), BusFault("no", where="die0", next="look")][number]


class Odd(Exception):
    """It is made from two arguments, and keeps one: what pickles it makes it again from that."""

    def __init__(self, what, why):
        super().__init__(f"{what}, since {why}")


class OddError(EnvError):
    """An error of the tree that no other process can read."""

    def __init__(self, what):
        super().__init__(what)
        self.held = threading.Lock()


def raises(name):
    class Local(Exception):
        """Nobody else knows the class."""

    locked = ValueError("locked")
    locked.held = threading.Lock()
    raise {
        "odd": lambda: Odd("it broke", "it is old"),
        "odd error": lambda: OddError("it is held"),
        "locked": lambda: locked,
        "local": lambda: Local("of nobody"),
        "exit": lambda: SystemExit(0),
        "exits": lambda: GeneratorExit("early"),
        "news": lambda: News("told"),
        "lost": lambda: BrokenProcessPool("not this one"),
    }[name]()


def fails_oddly():
    try:
        raises("local")
    except Exception as error:
        raise EnvError("no device") from error


def dies():
    os.kill(os.getpid(), signal.SIGKILL)


def dies_once(path):
    with suppress(FileExistsError):
        path.touch(exist_ok=False)
        dies()
    return str(path)


def sleeps(folder):
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


def forked():
    """The processes that were forked from this one to do jobs."""
    fork = multiprocessing.get_context("fork").Process
    return [one.pid for one in multiprocessing.active_children() if isinstance(one, fork)]


def job(work, *arguments):
    return Job(f"{work.__name__} {arguments}", f"do {work.__name__}", work, arguments)


def slowly_breaks(seconds):
    time.sleep(seconds)
    raise EnvError("slow")


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


def wait_until(done):
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
