"""What the HAL does when: so that a kill can say in the midst of what it came."""

from __future__ import annotations

from bisect import bisect_right

from bedplate.converge import Event


class Doing:
    """A listener of the undisturbed run; it hears of an act when that is over, with the time when it began."""

    def __init__(self) -> None:
        self._acts = [(0, "first look")]

    def __call__(self, event: Event) -> None:
        if event.kind in ("step", "on", "off", "wait"):
            self._acts.append((event.time, f"{event.instance} {event.text}"))

    def at(self, time: int) -> str:
        """What it did at that device time (ns)."""
        return self._acts[bisect_right(self._acts, time, key=lambda act: act[0]) - 1][1]
