"""`bedplate dv kill`: controllers that die at every transaction."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import Command, require_alone
from bedplate.cli.progress import counter
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, left_out, paint, table
from bedplate.dv.jobs.options import runs_jobs

if TYPE_CHECKING:
    from bedplate.dv.jobs import Runner


@click.command(cls=Command, short_help="Kill the HAL at every transaction; a new one must go on.")
@click.option(
    "--flow",
    "flows",
    multiple=True,
    metavar="NAME",
    help="Only this flow: boot, down, again, or INSTANCE:FAULT; may repeat.",
)
@click.option(
    "--at", type=click.IntRange(min=0), metavar="K", help="Only at this transaction of one flow, counted from 0."
)
@click.option("--variant", metavar="V", help="How to die there: before, after, later, inside.")
@click.option(
    "--words", type=click.IntRange(min=1), metavar="N", help="For inside: words of the burst that got through, not all."
)
@click.option("--whole", is_flag=True, help="Every kill, on the whole chip: not one of each kind.")
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N", help="Of these (--whole) those at every Nth transaction."
)
@click.option("--fork", is_flag=True, help="Take the target as it is, and not a model of it that can be set back.")
@runs_jobs()
@pass_session
def kill(
    session: Session,
    flows: tuple[str, ...],
    at: int | None,
    variant: str | None,
    words: int | None,
    runner: Runner,
    whole: bool,
    sample: int | None,
    fork: bool,
) -> int:
    """Kill the HAL at every bus transaction of every flow, in every way; a new one must finish the job unharmed.

    On a model one kill of each kind is played, from a snapshot: kills are of one kind if the same write of the same step, of whichever
    instance of a type, or the same event of the hardware, was the last to change the chip; and the recovery from a fault is
    killed on the part of the chip that the fault can have to do with. With --whole, each chip that any kill leaves is tried. Any other
    target is forked as it runs, at each transaction, or opened anew for each kill (`qtest:`); flows that need a model or a back door
    are left out there, and named. With --flow, --at and --variant one kill is shown again, as a finding's
    own replay line says.

    Flows: boot (from power-on into service), down (out of it), again (and into it again), and INSTANCE:FAULT, the recovery from a
    fault: `bedplate info INSTANCE` lists its faults. A flow by name has to come to its goal undisturbed; for one with a fault that
    lasts it is shown who fails, and has to fail alike after each kill. Without --flow all by name, and each fault of each IP type in one instance.
    """
    from bedplate.dv.kill import campaign as proof
    from bedplate.dv.kill import targets
    from bedplate.dv.kill.reference import VARIANTS, Death
    from bedplate.env import parse
    from bedplate.env.targets import model_alone

    environment, chip, _ = parse(session.target)
    fork = fork or environment != "model"
    if not fork:
        model_alone(
            session.target,
            "dv kill",
            "a fault is a flow: --flow INSTANCE:FAULT; or --fork, which takes the target as it is",
        )
    context = click.get_current_context()
    if (at is None) != (variant is None):
        raise click.UsageError("--at and --variant go together", context)
    if (words is not None) != (variant == "inside"):
        raise click.UsageError("--variant inside and --words go together: how much of the burst got through", context)
    if at is not None and variant is not None:
        if len(flows) != 1:
            raise click.UsageError("--at needs one --flow", context)
        if variant not in VARIANTS:
            raise click.UsageError(f"--variant is one of {', '.join(VARIANTS)}", context)
        require_alone(context, "at", "which kill is played", ("on", "jobs", "sample"))
        death = Death(at, variant, words or 0)
        if fork:
            failed = targets.replay(session.target, flows[0], death)
        else:
            failed = proof.replay(chip, flows[0], *death, whole)
        counts = {"transactions": 1, "variants": [variant], "runs": 1, "distinct": 1, "flows": {flows[0]: 1}}
        counts |= {"death": death._asdict()}
    else:
        run = partial(targets.run, session.target) if fork else partial(proof.run, chip)
        tell = counter(session)
        share = None if tell is None else lambda flow, done, total: tell(f"{flow}, part", done, total)
        report = run(list(flows) or None, runner, sample or (1 if whole or fork else None), share)
        failed = list(report.failed)
        counts = report._asdict() | {"variants": list(report.variants)}
    findings = [finding._asdict() for finding in failed]
    facts = {"ok": not failed, "chip": chip, **counts, "failed": len(failed), "findings": findings}
    session.answer("kill", facts, _lines(facts))
    return 0 if not failed else 1


def _lines(facts: Facts) -> Iterator[str]:
    death = facts.get("death")
    if death is None:
        unfinished = facts["unfinished"]
        rows = [[flow, str(number), unfinished.get(flow, "")] for flow, number in facts["flows"].items()]
        yield from table(["flow", "transactions", "undisturbed" if unfinished else ""], rows, ["transactions"])
        yield ""
        for flow, why in left_out(facts["left_out"]):
            yield f"left out: {flow}: {why}"
        if unfinished:
            many = "flow does" if len(unfinished) == 1 else "flows do"
            yield f"{len(unfinished)} {many} not come to the goal undisturbed: a run that is killed there has to end alike. That is right"
            yield "where a fault lasts; else what failed is to be mended first, as `bedplate up` tells, for nothing is proved of it."
            yield ""
    for one in facts["findings"]:
        yield paint(f"{one['flow']} at {one['at']}, {one['variant']}: {one['what']}", "failed")
        yield f"  while  {one['step']}: {one['where']}"
        yield f"  again  {one['replay']}"
        yield ""
    verdict = f"{facts['failed']} findings" if facts["failed"] else "nothing found"
    verdict = bold(paint(verdict, "failed" if facts["failed"] else "goal"))
    if death is not None:
        (flow,) = facts["flows"]
        words = f" ({death['words']} words got through)" if death["words"] else ""
        yield f"{verdict}: the HAL died at transaction {death['at']} of {flow}, {death['variant']}{words}"
        return
    yield verdict + (
        f" in {facts['runs']} runs ({facts['distinct']} different chips): died {', '.join(facts['variants'])}, "
        f"in flows of {facts['transactions']} transactions"
    )
