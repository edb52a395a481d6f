"""The picture of a boot: a lane for every instance, from its first act to its goal, over device time. Same run, same bytes.

The picture brings its own dark ground, so that it reads on light and on dark pages.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape

from bedplate.cli.text import grouped
from bedplate.converge import Event, Line, Outcome, Report
from bedplate.errors import duration

WIDTH, LEFT, RIGHT, TOP = 960, 124, 32, 80
LANE, BAR, GAP = 6, 4, 9
"""Pixels: from lane to lane, height of a bar, extra room between two groups."""

GROUND, BAND, GRID, TEXT, FAINT = "#10151d", "#161d28", "#263244", "#e6edf3", "#8b98a9"
ACCENT = "#ffb454"
BARS = {Outcome.GOAL: "#2ea97d", Outcome.FAILED: "#f4606c", Outcome.BLOCKED: "#4c7dd9", Outcome.HARVESTED: "#3a4657"}
MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,monospace"


class Lane(NamedTuple):
    """One instance: when its first act was, and its line of the report (times in ns since the start)."""

    line: Line
    begun: int
    y: float


class Timeline:
    """Listens to a converge, and draws it."""

    def __init__(self, start: int) -> None:
        self.start = start
        self._begun: dict[str, int] = {}

    def add(self, event: Event) -> None:
        """Take note of an event."""
        if event.kind in ("step", "wait"):
            self._begun.setdefault(event.instance, event.time - self.start)

    def svg(self, report: Report) -> str:
        """The picture."""
        return "\n".join(_draw(report, self._begun)) + "\n"


class Axis:
    """Device time to pixels, by logarithm: a boot has steps of microseconds and trainings of seconds."""

    def __init__(self, times: list[int]) -> None:
        positive = sorted(time for time in times if time > 0) or [1]
        self.low = 10 ** int(math.log10(positive[len(positive) // 20]))  # the few that were there at once do not count
        self.high = max(positive[-1], self.low * 10)
        self.decades = math.log10(self.high / self.low)

    def x(self, time: int) -> float:
        """Where a time is; what was before the axis begins stands at its beginning."""
        share = math.log10(max(time, self.low) / self.low) / self.decades
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def ticks(self) -> Iterator[int]:
        """The powers of ten."""
        tick = self.low
        while tick <= self.high:
            yield tick
            tick *= 10


def _draw(report: Report, begun: dict[str, int]) -> Iterator[str]:
    lanes: dict[str, Lane] = {}
    bands: list[tuple[str, float, float]] = []
    y = float(TOP)
    for group, members in grouped(report.lines, lambda line: line.name).items():
        bands.append((group, y, len(members) * LANE - (LANE - BAR)))
        for line in members:
            lanes[line.name] = Lane(line, begun.get(line.name, line.reached), y)
            y += LANE
        y += GAP
    axis = Axis([line.reached for line in report.lines])
    critical = [lanes[line.name] for line in report.critical_path] if report.steps else []
    words = textwrap.wrap(_path_text(critical), (WIDTH - LEFT - RIGHT) // 7 - 1)
    height = y + 56 + 18 * len(words)

    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" '
        f'role="img" font-family="{MONO}" font-size="12">'
    )
    yield f"<title>{escape(report.chip)}: {escape(_headline(report))}</title>"
    yield f'<rect width="{WIDTH}" height="{height:g}" rx="12" fill="{GROUND}"/>'
    yield f'<text x="24" y="34" font-size="17" font-weight="600" fill="{TEXT}">bedplate up</text>'
    yield _text(24, 54, _headline(report), BARS[Outcome.GOAL if report.ok else Outcome.FAILED])
    for group, top, tall in bands:
        wide = WIDTH - LEFT - RIGHT + 16
        yield f'<rect x="{LEFT - 8}" y="{top - 3:g}" width="{wide}" height="{tall + 6:g}" rx="3" fill="{BAND}"/>'
        yield _text(LEFT - 18, top + tall / 2 + 4, group, TEXT, "end")
    for tick in axis.ticks():
        x = axis.x(tick)
        yield f'<path d="M{x:.1f} {TOP - 3}V{y:g}" stroke="{GRID}"/>'
        yield _text(x, y + 14, duration(tick), FAINT, "middle")
    on_path = {lane.line.name for lane in critical}
    for lane in lanes.values():
        yield from _bar(lane, axis, lane.line.name in on_path)
    yield from _path(critical, axis)
    yield from _legend(report, y + 40)
    for number, text in enumerate(words):
        yield _text(LEFT, y + 60 + 18 * number, text, ACCENT)
    yield "</svg>"


def _headline(report: Report) -> str:
    return f"{report.at_goal}, {duration(report.device_time)} of device time, {report.transactions} transactions"


def _path_text(critical: list[Lane]) -> str:
    steps = [f"{lane.line.name}\N{NO-BREAK SPACE}{duration(lane.line.reached)}" for lane in critical]
    return "critical path: " + " > ".join(step.replace(" ", "\N{NO-BREAK SPACE}") for step in steps) if steps else ""


def _bar(lane: Lane, axis: Axis, critical: bool) -> Iterator[str]:
    line = lane.line
    x, end = axis.x(lane.begun), axis.x(line.reached)
    color = ACCENT if critical else BARS[line.outcome]
    tip = f"<title>{escape(line.name)}: {line.seen}, {duration(line.reached)}</title>"
    if line.outcome in (Outcome.HARVESTED, Outcome.BLOCKED):
        yield (
            f'<path d="M{LEFT} {lane.y + BAR / 2:g}H{WIDTH - RIGHT}" stroke="{color}" stroke-dasharray="2 4">{tip}</path>'
        )
        return
    width = max(end - x, 3)
    yield (
        f'<rect x="{min(x, end - 3) if end - x < 3 else x:.1f}" y="{lane.y:g}" width="{width:.1f}" height="{BAR}" '
        f'rx="1.5" fill="{color}">{tip}</rect>'
    )


def _path(critical: list[Lane], axis: Axis) -> Iterator[str]:
    """From each goal on the critical path down (or up) to the bar that it set free."""
    for before, after in pairwise(critical):
        x = axis.x(before.line.reached)
        yield (
            f'<path d="M{x:.1f} {before.y + BAR / 2:g}V{after.y + BAR / 2:g}H{max(axis.x(after.begun), x):.1f}" '
            f'fill="none" stroke="{ACCENT}" stroke-opacity="0.7"/>'
        )


def _legend(report: Report, y: float) -> Iterator[str]:
    x = float(LEFT)
    for outcome in Outcome:
        if report.number(outcome):
            yield f'<rect x="{x:g}" y="{y - 8:g}" width="14" height="{BAR + 2}" rx="2" fill="{BARS[outcome]}"/>'
            yield _text(x + 20, y - 1, outcome.value, FAINT)
            x += 20 + 7.3 * len(outcome.value) + 26
    yield _text(WIDTH - RIGHT, y - 1, "device time since the start, logarithmic", FAINT, "end")


def _text(x: float, y: float, text: str, color: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:g}" text-anchor="{anchor}" fill="{color}">{escape(text)}</text>'
