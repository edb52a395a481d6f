"""Chip: a topology with the two verbs."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bedplate.block import SERVICE
from bedplate.converge.plan import Plan, plan
from bedplate.converge.report import Event, Report
from bedplate.converge.scheduler import Scheduler
from bedplate.converge.survey import Seen, Survey, survey
from bedplate.topology import Topology


class Chip(Topology):
    """A chip on a bus that can be observed and converged. Wired like a Topology."""

    def observe(self) -> tuple[Seen, ...]:
        """Every instance's state, or why it cannot be asked. Reads only. Raises PathLost."""
        return survey(self).seen

    def survey(self) -> Survey:
        """Every instance's state, whether a workload runs, and who answers, a chip behind a dead link included. Reads only. Raises PathLost."""
        return survey(self)

    def plan(
        self,
        force: Collection[str] = (),
        intent: Collection[str] = (),
        *,
        goal: str = SERVICE,
        only: Collection[str] | None = None,
    ) -> Plan:
        """What `converge` would do now, what the gate would say to it, and why. Reads only. Raises PathLost."""
        return plan(self, force, intent, goal=goal, only=only)

    def converge(
        self,
        *,
        goal: str = SERVICE,
        only: Collection[str] | None = None,
        force: Collection[str] = (),
        intent: Collection[str] = (),
        listen: Callable[[Event], None] | None = None,
    ) -> Report:
        """Bring every instance to its goal, from whatever state the chip is in; or only those that `only` names, with all that this needs.

        Boot, resume after a crash, recovery and suspend are this one act; on a chip that is there already it makes no write.
        `goal` is the name of a goal: `service`, or `off`, for which users are led down before their providers. `force` names
        instances that may be disturbed under a running workload, `intent` those whose permanent steps are wanted. `only` takes
        patterns, as `select` does; who is forced, and what is permanent, is said by full names. It always returns a report: what
        fails, on the chip or on the way to it, is in there. Raises EnvError for a bus that is not the caller's to use, or whose time does not pass, and,
        before any transaction, UnknownName and AccessError for what names no goal, or nobody.
        """
        return Scheduler(self, goal=goal, only=only, force=force, intent=intent, listen=listen).run()
