"""`bedplate plan`: what `up` or `down` would do now, and why, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

import click

from bedplate.block import SERVICE, Tenant
from bedplate.cli.command import Command
from bedplate.cli.complete import instance_names
from bedplate.cli.session import Session, pass_session, up_first
from bedplate.cli.text import dim, paint, some, table
from bedplate.converge import Outcome
from bedplate.converge.facts import alive


@click.command(cls=Command, short_help="Show what `up` or `down` would do now, and why. Writes nothing.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=instance_names)
@click.option("--goal", default=SERVICE, show_default=True, metavar="GOAL", help="Where to: off, as for `down`.")
@click.option("--force", multiple=True, metavar="NAME", shell_complete=instance_names, help="As for `up`; may repeat.")
@up_first
@pass_session
def plan(session: Session, names: tuple[str, ...], goal: str, force: tuple[str, ...], up: bool) -> int:
    """Show what `up` would do now, or with --goal off `down`: every act, with its reason and its effect.

    They stand in the order of needs, one instance after the other: into service whatever it needs before, out of it whatever needs
    it before. Acts that do not wait for one another go in turns, and may come in another order.

    Writes nothing. With names, only what is led then: in service all that they need, out of it all that need them.

    A block that cannot be read yet is taken to be as after its reset. What a running workload forbids is marked refused.

    Instances that will not get to their goal, as the chip is now, are named with the reason, or with whom they have to wait for; the
    exit code is 1 then, as that of the run would be. What hardware does on the way nobody knows before.
    """
    drawn = session.drawing()
    forced, only = drawn.names(force), drawn.names(names) if names else None
    chip = session.open(up, write=False)
    found = alive(chip.plan(forced, goal=goal, only=only))
    acts = [{**act._asdict(), "effect": act.effect.names} for act in found.acts]
    facts = {
        "ok": not found.lost,
        "target": session.target,
        "chip": chip.name,
        "tenant": found.tenant.value,
        "acts": acts,
        "stays": list(found.stays),
        "will_not_get_there": [{**one._asdict(), "outcome": one.outcome.value} for one in found.lost],
        "refused": sum(bool(act.refused) for act in found.acts),
    }

    def lines() -> Iterator[str]:
        if found.acts:
            rows = []
            for number, act in enumerate(found.acts, 1):
                effect = act.effect.words if act.effect else dim("-")
                if act.refused:
                    effect = paint(f"{effect}: refused", "failed")
                rows.append([str(number), act.instance, act.act, f"{act.source} > {act.target}", effect, dim(act.why)])
            yield from table(["#", "instance", "act", "from > to", "effect", "why"], rows, right=["#"])
            yield ""
        if found.lost:
            rows = [
                [
                    one.instance,
                    paint(_WORDS[one.outcome], one.outcome.value),
                    one.by if one.by != one.instance else "",
                    one.why,
                ]
                for one in found.lost
            ]
            yield from table(["instance", "", "by", "because"], rows)
            yield ""
        seen = [one for one in found.seen if one.outcome is not Outcome.HARVESTED and one.block.name not in found.stays]
        head = f"{sum(one.outcome is Outcome.GOAL for one in seen)} of {len(seen)} at goal, {len(acts)} acts planned"
        head += f"; {len(found.lost)} will not get there" if found.lost else ""
        head += f"; {some(found.stays)} without a goal '{goal}'" if found.stays else ""
        yield head + ("; a workload is running" if found.tenant is Tenant.ACTIVE else "")

    session.answer("plan", facts, lines())
    return 1 if found.lost else 0


_WORDS = {Outcome.FAILED: "will fail", Outcome.BLOCKED: "will be blocked", Outcome.UNKNOWN: "cannot be reached"}
