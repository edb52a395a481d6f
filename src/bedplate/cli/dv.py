"""`bedplate dv`: proofs about drivers and registers, on any target."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from bedplate.cli.command import CommandGroup, require_alone
from bedplate.cli.complete import instance_names
from bedplate.cli.dv_inject import inject
from bedplate.cli.dv_power import power_cut
from bedplate.cli.dv_wiring import wiring
from bedplate.cli.progress import counter
from bedplate.cli.session import Facts, Session, pass_session
from bedplate.cli.text import bold, paint, some, table
from bedplate.dv.jobs.options import runs_jobs

if TYPE_CHECKING:
    from bedplate.dv.jobs import Runner

SHOWN = 10
"""Findings of one campaign that a person gets to see; a program gets all."""


@click.group(cls=CommandGroup, short_help="Prove drivers: kill-anywhere, conformance, two worlds compared.")
def dv() -> None:
    """Proofs about drivers and registers."""


dv.add_command(inject)
dv.add_command(power_cut)
dv.add_command(wiring)


@dv.command(short_help="Kill the HAL at every transaction; a new one must go on.")
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
@click.option("--fork", is_flag=True, help="Fork the running target at each kill, as is done where it is no model.")
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
    target is forked as it runs, at each transaction. With --flow, --at and --variant one kill is shown again, as a finding's
    own replay line says.

    Flows: boot (from power-on into service), down (out of it), again (and into it again), and INSTANCE:FAULT, the recovery from a
    fault: `bedplate info INSTANCE` lists its faults. A flow by name has to come to its goal undisturbed; for one with a fault that
    lasts it is shown who fails, and has to fail alike after each kill. Without --flow all by name, and each fault of each IP type in one instance.
    """
    from bedplate.dv.kill import campaign as proof
    from bedplate.dv.kill import forked
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
            failed = forked.replay(session.target, flows[0], death)
        else:
            failed = proof.replay(chip, flows[0], *death, whole)
        counts = {"transactions": 1, "variants": [variant], "runs": 1, "distinct": 1, "flows": {flows[0]: 1}}
        counts |= {"death": death._asdict()}
    else:
        run = partial(forked.run, session.target) if fork else partial(proof.run, chip)
        tell = counter(session)
        share = None if tell is None else lambda flow, done, total: tell(f"{flow}, part", done, total)
        report = run(list(flows) or None, runner, sample or (1 if whole or fork else None), share)
        failed = list(report.failed)
        counts = report._asdict() | {"variants": list(report.variants)}
    findings = [finding._asdict() for finding in failed]
    facts = {"ok": not failed, "chip": chip, **counts, "failed": len(failed), "findings": findings}
    session.answer("kill", facts, _kill_lines(facts))
    return 0 if not failed else 1


def _kill_lines(facts: Facts) -> Iterator[str]:
    death = facts.get("death")
    if death is None:
        unfinished = facts["unfinished"]
        rows = [[flow, str(number), unfinished.get(flow, "")] for flow, number in facts["flows"].items()]
        yield from table(["flow", "transactions", "undisturbed" if unfinished else ""], rows, ["transactions"])
        yield ""
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


@dv.command(short_help="Play the same scenarios on two targets; name the first difference.")
@click.argument("a")
@click.argument("b")
@click.option("--scenario", "scenarios", multiple=True, metavar="NAME", help="Only this scenario; may repeat.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random walk.")
@click.option("--steps", type=click.IntRange(min=1), default=300, show_default=True, help="Of the random walk.")
@runs_jobs()
@pass_session
def compare(session: Session, a: str, b: str, scenarios: tuple[str, ...], seed: int, steps: int, runner: Runner) -> int:
    """Play the same scenarios on targets A and B, and compare every transaction by instance and along needs.

    Scenarios: boot, resume, killed:INSTANCE=WRITE, walk, and every fault as INSTANCE:FAULT. Durations may differ; what is
    done and read may not. `qemu:pci` and `qemu:spi` are the HAL in a Linux guest, which has no back door for faults.
    """
    from bedplate.dv.compare import campaign as proof
    from bedplate.dv.compare.scenario import Walk

    report = proof.run(*proof.worlds(a, b), list(scenarios) or None, Walk(seed, steps), runner, counter(session))
    facts = {
        "ok": report.identical,
        "identical": report.identical,
        "a": a,
        "b": b,
        "transactions": report.transactions,
        "scenarios": [
            one._asdict() | {"findings": [finding._asdict() for finding in one.findings]} for one in report.scenarios
        ],
    }
    session.answer("compare", facts, _compare_lines(facts))
    return 0 if report.identical else 1


def _compare_lines(facts: Facts) -> Iterator[str]:
    yield from table(
        ["scenario", "in A", "in B", "compared", ""],
        [
            [
                one["scenario"],
                *map(str, one["transactions"]),
                str(one["compared"]),
                "differs" if one["findings"] else "",
            ]
            for one in facts["scenarios"]
        ],
        ["in A", "in B", "compared"],
    )
    different = [one for one in facts["scenarios"] if one["findings"]]
    for one in different:
        first, *more = one["findings"]
        yield ""
        yield paint(f"{one['scenario']}: {first['place']} differs", "failed")
        yield f"  A      {first['a']}"
        yield f"  B      {first['b']}"
        if first["source"]:
            yield f"  at     {first['source']}, on behalf of {first['instance']}"
        if more:
            yield f"  then   {len(more)} more: {some(list(dict.fromkeys(finding['place'] for finding in more)), 4)}"
        yield f"  again  {one['replay']}"
    yield ""
    verdict = f"{len(different)} of {len(facts['scenarios'])} scenarios differ" if different else "identical"
    yield bold(paint(verdict, "failed" if different else "goal")) + f" in {facts['transactions']} transactions"


@dv.command(short_help="Check every register against its description.")
@click.argument("pattern", default="*", shell_complete=instance_names)
@click.option("--by-type", is_flag=True, help="Every bit in one instance of each type, whole words in the others.")
@runs_jobs(1)
@pass_session
def conformance(session: Session, pattern: str, by_type: bool, runner: Runner) -> int:
    """Check every register of the instances that PATTERN names against its description: reset value, every bit, aliases.

    The chip must be fresh from power-on, and is not usable afterwards. On a model, whole words, locks and sticky bits are also
    tried in every other state on a type's way to its goal, alone. --by-type is enough where all instances of a type are the same
    logic, as on a model or in RTL that is compiled by type. Several jobs have a chip each, so they are for models and
    simulations.
    """
    from bedplate.dv.conformance import campaign as proof
    from bedplate.dv.conformance import states as in_states
    from bedplate.dv.jobs import HERE
    from bedplate.env import parse

    tell = counter(session)
    if runner == HERE:
        report = proof.run(session.open(), pattern, tell, by_type=by_type)
    else:
        report = proof.run_shared(session.target, pattern, runner, tell, by_type=by_type)
    environment, chip, _ = parse(session.target)
    if environment == "model":
        report = proof.merged([report, in_states.run(chip, pattern, runner, tell)])
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


@dv.command(short_help="Compare the model kit with generated RTL, register kind by register kind.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the random data in it.")
@pass_session
def matrix(session: Session, seed: int) -> int:
    """Play every way to access a register, against everything that hardware may do in that clock, on model kit and RTL.

    Needs no target: it makes registers of its own. Differences are listed in the code with the reason; any other fails.
    """
    from bedplate.dv.matrix import campaign as proof
    from bedplate.dv.matrix.known import KNOWN

    report = proof.run(seed, session.tell)
    known = [
        {
            "rule": one.rule,
            "model": one.model,
            "regblock": one.regblock,
            "right": one.right,
            "issue": one.issue,
            "times": report.listed.get(one.rule, 0),
        }
        for one in KNOWN
    ]
    facts = {
        "ok": report.ok,
        "seed": seed,
        "combinations": report.combinations,
        "operations": report.operations,
        "listed": known,
        "gone": report.gone,
        "unlisted": report.unlisted,
        "differences": [one._asdict() for one in report.differences],
    }
    session.answer("matrix", facts, _matrix_lines(facts))
    return 0 if report.ok else 1


def _matrix_lines(facts: Facts) -> Iterator[str]:
    for one in facts["differences"]:
        yield paint(f"{one['where']} {one['when']}: model 0x{one['model']:x}, RTL 0x{one['rtl']:x}", "failed")
        yield f"  from 0x{one['before']:x} by {one['operation']}"
    for one in facts["listed"]:
        yield f"listed  {one['rule']}, {one['times']} times"
        for side in ("model", "regblock", "right"):
            yield f"        {side:<8}  {one[side]}"
    for rule in facts["gone"]:
        yield paint(f"listed, but no longer so: {rule}", "failed")
    yield ""
    verdict = "no other difference" if facts["ok"] else f"{facts['unlisted']} differences that are not listed"
    yield bold(paint(verdict, "goal" if facts["ok"] else "failed")) + (
        f" in {facts['operations']} operations on {facts['combinations']} combinations, seed {facts['seed']}"
    )


@dv.command("spi-noise", short_help="Damage SPI frames in every way; no access may be wrong.")
@click.option("--frames", type=click.IntRange(min=1), default=100_000, show_default=True, help="With bit errors.")
@click.option("--kind", "kinds", multiple=True, metavar="NAME", help="Only this kind of damage; may repeat.")
@click.option("--part", type=click.IntRange(min=0), metavar="N", help="Only this part of it.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of everything that is left to chance.")
@runs_jobs()
@pass_session
def spi_noise(
    session: Session, frames: int, kinds: tuple[str, ...], part: int | None, seed: int, runner: Runner
) -> int:
    """Damage every second frame between the bus over SPI and a bridge, by noise and in every other way, and look at what was done.

    Needs no target. Each access must be done once with its very data, or end in LinkDown. Bit errors come at 1e-6, 1e-5 and
    1e-4; every other kind of damage gets a tenth of the frames. What a CRC lets through by theory is shown, and fails only
    where it is more than that.
    """
    from bedplate.dv import spi_noise as proof

    report = proof.run(frames, seed, kinds, part, runner, counter(session))
    facts = {
        "ok": report.ok,
        "seed": seed,
        "damaged": sum(one.damaged for one in report.tallies),
        "undetected": len(report.findings),
        "kinds": [one._asdict() for one in report.tallies],
        "findings": [one._asdict() for one in report.findings],
        "goodput": [one._asdict() for one in report.goodput],
    }
    session.answer("spi-noise", facts, _noise_lines(facts))
    return 0 if report.ok else 1


def _noise_lines(facts: Facts) -> Iterator[str]:
    counts = ("frames", "damaged", "accesses", "given_up", "undetected")
    yield from table(
        ["kind", "frames", "damaged", "accesses", "given up", "undetected", "", "theory"],
        [
            [one["kind"], *(str(one[count]) for count in counts), f"<= {one['allowed']}", one["why"]]
            for one in facts["kinds"]
        ],
        ["frames", "damaged", "accesses", "given up", "undetected"],
    )
    if facts["goodput"]:
        lines = list(dict.fromkeys(one["line"] for one in facts["goodput"]))
        rates = list(dict.fromkeys(one["rate"] for one in facts["goodput"]))
        percent = {(one["line"], one["rate"]): f"{one['percent']:.2f} %" for one in facts["goodput"]}
        heads = ["payload on the wire", *(f"at {rate:g}" for rate in rates)]
        yield ""
        yield from table(heads, [[line, *(percent[line, rate] for rate in rates)] for line in lines], heads[1:])
    for one in facts["findings"][:SHOWN]:
        yield ""
        yield paint(f"{one['kind']}: {one['access']}: {one['what']}", "failed")
        yield f"  again  {one['replay']}"
    if len(facts["findings"]) > SHOWN:
        yield f"and {len(facts['findings']) - SHOWN} more"
    yield ""
    few = f"{facts['undetected']} undetected" if facts["undetected"] else "none undetected"
    verdict = few if facts["ok"] else f"{few}, more than theory says"
    yield bold(paint(verdict, "goal" if facts["ok"] else "failed")) + (
        f" of {facts['damaged']} damaged frames, seed {facts['seed']}"
    )
