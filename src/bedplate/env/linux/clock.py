"""Device time of a real chip: it lives in the same time as its controller."""

import time
from time import monotonic_ns as now

__all__ = ["now", "sleep"]


def sleep(duration: int) -> None:
    """Let so many nanoseconds pass, or a little more."""
    time.sleep(duration / 1e9)
