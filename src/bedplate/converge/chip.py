"""Chip: a topology with the two verbs."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bedplate.converge.plan import Plan, Seen, observe, plan
from bedplate.converge.report import Event, Report
from bedplate.converge.scheduler import Scheduler
from bedplate.topology import Topology


class Chip(Topology):
    """A chip on a bus that can be observed and converged. Wired like a Topology."""

    def observe(self) -> tuple[Seen, ...]:
        """Every instance's state. Reads only. Raises LinkDown."""
        return observe(self)

    def plan(self, force: Collection[str] = ()) -> Plan:
        """What `converge` would do now, and why. Reads only. Raises LinkDown."""
        return plan(self, lambda name: name in force)

    def converge(
        self,
        *,
        force: Collection[str] = (),
        intent: Collection[str] = (),
        listen: Callable[[Event], None] | None = None,
    ) -> Report:
        """Bring every instance to its goal, from whatever state the chip is in.

        Boot, resume after a crash and recovery are this one act; on a healthy chip it makes no write. `force` names instances
        that may be disturbed under a running workload, `intent` those whose permanent steps are wanted. Raises LinkDown, and
        PathLost for a path that comes and goes; what fails on the chip is in the report.
        """
        return Scheduler(self, force=force, intent=intent, listen=listen).run()
