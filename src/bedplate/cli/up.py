"""`bedplate up`: converge, watch it happen, and say who got where. `down` is the same act to another goal."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from shlex import quote
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from bedplate.block import SERVICE
from bedplate.cli.command import Command
from bedplate.cli.complete import instance_names
from bedplate.cli.outbox import Outbox, OutFile, require_different
from bedplate.cli.progress import Listener, watch
from bedplate.cli.session import Session, pass_session
from bedplate.cli.text import bold, cells, dim, grouped, paint, some, table
from bedplate.cli.timeline import Timeline
from bedplate.converge import Event, Line, Outcome, Report
from bedplate.converge.facts import report_facts
from bedplate.errors import UnderLoad, duration, render

if TYPE_CHECKING:
    from bedplate.bus import Bus, Observer


OPTIONS: tuple[Callable[[Callable[..., int]], Callable[..., int]], ...] = (
    click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=instance_names),
    click.option(
        "--force",
        multiple=True,
        metavar="NAME",
        shell_complete=instance_names,
        help="One that may be disturbed under load, or a pattern; may repeat.",
    ),
    click.option(
        "--intent",
        multiple=True,
        metavar="NAME",
        shell_complete=instance_names,
        help="One whose permanent steps are meant, or a pattern; may repeat.",
    ),
    click.option("--trace", type=OutFile(), metavar="FILE", help="Write every bus transaction of the run, by name."),
    click.option(
        "--record", type=OutFile(), metavar="FILE", help="Write who answers, and every transaction, to be replayed."
    ),
    click.option("--picture", type=OutFile(".svg"), metavar="FILE.svg", help="Draw the timeline."),
    click.option(
        "--events", type=OutFile(), metavar="FILE", help="Write what happens, a JSON line each, instead of showing it."
    ),
    click.option("-v", "--verbose", is_flag=True, help="Every instance in the report."),
    pass_session,
)
"""What both commands take: `lead` has these as its arguments."""


def with_options(command: Callable[..., int]) -> Callable[..., int]:
    """The command with all of OPTIONS."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command(cls=Command, short_help="Bring every instance to its goal: boot, resume, recover.")
@with_options
def up(session: Session, **how: Any) -> int:
    """Bring every instance to its goal, from whatever state the chip is in; or those named, with all that they need.

    On a healthy chip nothing is written.

    Steps that would disturb a running workload are refused, except for instances named with --force; permanent ones
    (fuses, hard repair) except for those named with --intent. Both take one name or pattern each time, and may repeat.

    No file that is written meanwhile can stop the run or hold it up: what one lost is said at the end, in a note or under `lost`.
    """
    return lead(session, "up", SERVICE, **how)


def lead(
    session: Session,
    command: str,
    goal: str,
    names: tuple[str, ...],
    force: tuple[str, ...],
    intent: tuple[str, ...],
    trace: Outbox | None,
    record: Outbox | None,
    picture: Outbox | None,
    events: Outbox | None,
    verbose: bool,
    up: bool = False,
) -> int:
    """Converge to a goal, and report: the body of both commands; `up` brings the chip up before. The exit code."""
    require_different(trace, record, picture, events)
    with ExitStack() as stack:
        for box in (trace, record, picture, events):
            if box is not None:
                session.watchers.append(box)
                stack.callback(box.close)
        _tap(session, stack, trace, record)
        drawn = session.drawing()
        forced, intended = drawn.names(force), drawn.names(intent)
        only = drawn.names(names) if names else None
        chip = session.open(up)
        for box in (trace, record, picture, events):
            if box is not None:
                box.begin()
        timeline = Timeline(chip.bus.now())
        started = time.perf_counter()
        show = _writer(session, timeline.start, events) if events else stack.enter_context(watch(session, chip))
        listeners = (session.watched(timeline.add, "timeline"), show)

        def listen(event: Event) -> None:
            for listener in listeners:
                listener(event)

        report = chip.converge(goal=goal, only=only, force=forced, intent=intended, listen=listen)
        wall = time.perf_counter() - started
        if picture is not None:
            draw: Observer[Report] = session.watched(lambda report: picture.write(timeline.svg(report)), picture.what)
            draw(report)
    instead = "" if goal == SERVICE else " ".join(["trace", command, *(["--up"] if up else []), *map(quote, names)])
    for error in (report.ended, *(line.error for line in report.lines)):
        if error is not None:
            error.next = session.way_on(error.next, instead)
    stays = [line.name for line in report.lines if line.stays]
    gone = [line.name for line in report.of(Outcome.HARVESTED) if only is not None and line.name in only]
    facts = report_facts(report, session.target, wall) | {"stays": stays, "fused_off": gone, "lost": session.lost}
    words = ["plan", *(["--goal", goal] if goal != SERVICE else []), *(["--up"] if up else []), *map(quote, names)]
    plan = session.way_on(f"bedplate {' '.join(words)}")
    session.answer(command, facts, _lines(session, report, goal, Led(only, stays, gone, plan), wall, verbose))
    if report.ok:
        return 0
    return report.first_error.exit_code if report.first_error is not None else 1


class Led(NamedTuple):
    """Who was to be led (None: all), and of these who stays as it is, for want of such a goal, and who is fused off; and the command that
    shows beforehand how all of them would be led."""

    only: set[str] | None
    stays: list[str]
    gone: list[str]
    plan: str

    @property
    def nobody(self) -> bool:
        """Whether nobody is left of those who were named."""
        return self.only is not None and self.only <= {*self.stays, *self.gone}


def _tap(session: Session, stack: ExitStack, trace: Outbox | None, record: Outbox | None) -> None:
    """Have what passes the chip's bus written to these."""
    if trace is not None:
        from bedplate.cli.trace import Tracer

        write = partial(click.echo, file=trace.stream, color=False)
        session.taps.append(stack.enter_context(Tracer(session, write, trace.what)).tap)
    if record is not None:
        from bedplate.bus import Record

        def tap(bus: Bus) -> Bus:
            recorder = Record(bus, record.stream, {"chip": session.chip_type().name, "identity": session.identity})
            session.watchers.append(recorder.observer)
            stack.callback(recorder.finish)
            return recorder

        session.taps.append(tap)


def _writer(session: Session, start: int, events: Outbox) -> Listener:
    """A listener that writes each event as a line of JSON, its time since the start."""

    def write(event: Event) -> None:
        events.write(json.dumps(event._replace(time=event.time - start)._asdict()) + "\n")

    return session.watched(write, events.what)


def _lines(session: Session, report: Report, goal: str, led: Led, wall: float, verbose: bool) -> Iterator[str]:
    """Groups, or every instance; the totals; and what stood in the way."""
    stays = set(led.stays)
    yield from _instances(report, stays) if verbose or not report.ok else _groups(report, stays)
    yield ""
    lines = [line for line in report.lines if line.outcome is not Outcome.HARVESTED and line.name not in stays]
    head = f"{sum(line.outcome is Outcome.GOAL for line in lines)} of {len(lines)} at goal"
    if led.nobody:
        head = "nobody to lead here" + (f"; of what it needs {head}" if lines else "")
    yield bold(paint(head, "goal" if report.ok else "failed")) + f", {report.chip} on {session.target}"
    if led.gone:
        yield f"  fused off      {some(led.gone)}"
    if led.stays:
        yield f"  stays          {some(led.stays)}: without a goal '{goal}', or needed by what has none"
    yield f"  device time    {duration(report.device_time)}"
    yield f"  wall time      {wall:.3g} s"
    yield f"  transactions   {report.transactions} ({report.reads} reads, {report.writes} writes), {report.steps} steps"
    path = report.critical_path if report.steps else []
    width = max((len(line.name) for line in path), default=0)
    for label, line in zip(["critical path", *[""] * len(path)], path, strict=False):
        yield f"  {label:<14} {line.name:<{width}}  {dim(f'at {duration(line.reached)}')}"
    for label, who in zip(["answered by", *[""] * len(report.identity)], report.identity, strict=False):
        yield f"  {label:<14} {who}"
    for note in report.notes:
        yield f"  {'note':<14} {paint(note, 'on its way')}"
    if not report.ok:
        yield from _failures(report, led.plan)
        if goal == SERVICE and led.only is None:
            lost = [line.name for line in report.lines if line.outcome not in (Outcome.GOAL, Outcome.HARVESTED)]
            yield ""
            yield f"{bold('largest working chip')}: {report.number(Outcome.GOAL)} instances, all but {some(lost)}"


def _groups(report: Report, stays: set[str]) -> Iterator[str]:
    rows = []
    for group, members in grouped(report.lines, lambda line: line.name).items():
        goal = [line for line in members if line.outcome is Outcome.GOAL and line.name not in stays]
        absent, staying = (
            sum(line.outcome is Outcome.HARVESTED for line in members),
            sum(line.name in stays for line in members),
        )
        last = max(goal, key=lambda line: line.reached, default=None)
        count = f"{len(goal)} of {len(members) - absent - staying}"
        why = [f"{absent} fused off" if absent else "", f"{staying} without such a goal" if staying else ""]
        rows.append(
            [
                group,
                cells("" if line.name in stays else line.outcome.value for line in members),
                paint(count, "goal") if goal else dim(count),
                ", ".join(filter(None, why)),
                duration(last.reached) if last else "-",
                last.name if last else "-",
            ]
        )
    yield from table(["group", "instances", "at goal", "", "after", "last"], rows, right=["at goal", "after"])


def _instances(report: Report, stays: set[str]) -> Iterator[str]:
    rows = []
    for line in report.lines:
        why = f"by {line.cause}" if line.outcome is Outcome.BLOCKED else ""
        word = "stays" if line.name in stays and line.outcome is Outcome.GOAL else line.outcome.value
        rows.append([line.name, paint(word, word), duration(line.reached), line.seen, why])
    yield from table(["instance", "outcome", "after", "state", ""], rows, right=["after"])


def _failures(report: Report, plan: str) -> Iterator[str]:
    """What ended the run, if nobody failed by it; every kind of failure once, with all who have it and what they block."""
    if report.ended is not None and not report.of(Outcome.FAILED):
        yield ""
        yield paint(render(report.ended), "failed")
    kinds: dict[tuple[str, str], list[Line]] = {}
    for line in report.of(Outcome.FAILED):
        kinds.setdefault((line.error.code, line.error.what) if line.error else ("", line.seen), []).append(line)
    for first, *others in kinds.values():
        failed = {first.name, *(line.name for line in others)}
        blocked = [line.name for line in report.of(Outcome.BLOCKED) if line.cause in failed]
        yield ""
        if first.error is not None:
            yield paint(render(first.error), "failed")
        if others:
            yield f"  also    {len(others)} more: {some([line.name for line in others])}"
        if blocked:
            yield f"  blocks  {len(blocked)}: {paint(some(blocked), 'blocked')}"
        if blocked and isinstance(
            first.error, UnderLoad
        ):  # or they would be told of, and forced, one layer after the other
            yield f"  plan    `{plan}` shows at once what of these would be refused too"
