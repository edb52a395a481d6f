"""`bedplate dv`: proofs about drivers and registers, on any target."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import click

from bedplate.cli.complete import instance_names
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, paint, table


@click.group(short_help="Prove drivers: kill-anywhere, conformance.")
def dv() -> None:
    """Proofs about drivers and registers."""


@dv.command(short_help="Kill the HAL at every transaction; a new one must go on.")
@click.option("--flow", "flows", multiple=True, metavar="NAME", help="Only this flow; may repeat.")
@click.option("--at", type=click.IntRange(min=0), metavar="K", help="Only at this transaction of one flow.")
@click.option("--variant", metavar="V", help="How to die there: before, after, later, inside.")
@click.option("--words", type=click.IntRange(min=0), default=0, help="For inside: words of the burst that got through.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Processes.")
@click.option("--sample", type=click.IntRange(min=1), default=1, metavar="N", help="Only every Nth transaction.")
@pass_session
def kill(
    session: Session, flows: tuple[str, ...], at: int | None, variant: str | None, words: int, jobs: int, sample: int
) -> int:
    """Kill the HAL at every bus transaction of every flow, in every way; a new one must finish the job unharmed.

    Runs on the embedded model of the target's chip. With --flow, --at and --variant one kill is shown again, as a
    violation's own replay line says.
    """
    from bedplate.dv import kill as proof
    from bedplate.env import parse

    chip = parse(session.target).name
    if (at is None) != (variant is None):
        raise click.UsageError("--at and --variant go together", click.get_current_context())
    if at is not None and variant is not None:
        if len(flows) != 1:
            raise click.UsageError("--at needs one --flow", click.get_current_context())
        if variant not in proof.VARIANTS:
            raise click.UsageError(f"--variant is one of {', '.join(proof.VARIANTS)}", click.get_current_context())
        failed = proof.replay(flows[0], at, variant, words, chip)
        counts = {"transactions": 1, "variants": [variant], "runs": 1, "distinct": 1, "flows": {flows[0]: 1}}
    else:
        report = proof.run(chip, list(flows) or None, jobs, sample, _progress(session))
        failed = list(report.failed)
        counts = report._asdict() | {"variants": list(report.variants)}
    violations = [violation._asdict() for violation in failed]
    facts = {"ok": not failed, "chip": chip, **counts, "failed": len(failed), "violations": violations}
    session.answer("kill", facts, _kill_lines(facts))
    return 0 if not failed else 1


def _kill_lines(facts: Facts) -> Iterator[str]:
    yield from table(["flow", "transactions"], [[f, str(n)] for f, n in facts["flows"].items()], ["transactions"])
    for one in facts["violations"]:
        yield ""
        yield paint(f"{one['flow']} at {one['at']}, {one['variant']}: {one['what']}", "failed")
        yield f"  while  {one['step']}: {one['where']}"
        yield f"  again  {one['replay']}"
    yield ""
    verdict = f"{facts['failed']} violations" if facts["failed"] else "no violation"
    yield bold(paint(verdict, "failed" if facts["failed"] else "goal")) + (
        f" in {facts['runs']} runs ({facts['distinct']} different chips): died {', '.join(facts['variants'])}, "
        f"in flows of {facts['transactions']} transactions"
    )


@dv.command(short_help="Check every register against its description.")
@click.argument("pattern", default="*", shell_complete=instance_names)
@pass_session
def conformance(session: Session, pattern: str) -> int:
    """Check every register of the instances that PATTERN names against its description: reset value, every bit, aliases.

    The chip must be fresh from power-on, and is not usable afterwards.
    """
    from bedplate.dv import conformance as proof

    chip = session.open()
    chip.select(pattern)
    report = proof.run(chip, pattern, _progress(session))
    facts = {
        "ok": not report.failed,
        "target": session.target,
        "registers": report.registers,
        "checks": report.checks,
        "failed": len(report.failed),
        "failures": [failure._asdict() for failure in report.failed],
        "excluded": [{"name": name, "reason": reason} for name, reason in report.excluded],
    }

    def lines() -> Iterator[str]:
        if report.failed:
            yield from table(["register", "check", "wanted", "got"], report.failed)
            yield ""
        for name, reason in report.excluded:
            yield f"left out  {name}: {reason}"
        verdict = f"{len(report.failed)} failures" if report.failed else "no failure"
        yield bold(paint(verdict, "failed" if report.failed else "goal")) + (
            f" in {report.checks} checks of {report.registers} registers"
        )

    session.answer("conformance", facts, lines())
    return 0 if not report.failed else 1


def _progress(session: Session) -> Callable[[str, int, int], None] | None:
    """One line on a terminal that overwrites itself; every tenth part elsewhere."""
    if session.json:
        return None
    if sys.stderr.isatty():
        return lambda what, done, total: click.echo(
            f"\r\x1b[K{what} {done}/{total}" + "\n" * (done == total), err=True, nl=False
        )
    said: dict[str, int] = {}

    def tell(what: str, done: int, total: int) -> None:
        tenth = 10 * done // total
        if said.get(what) != tenth:
            said[what] = tenth
            session.tell(f"{what} {done}/{total}")

    return tell
