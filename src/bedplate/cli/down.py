"""`bedplate down`: lead out of service, and say how far everything got."""

from __future__ import annotations

from typing import Any

import click

from bedplate.block import OFF
from bedplate.cli.command import Command
from bedplate.cli.session import Session, up_first
from bedplate.cli.up import lead, with_options


@click.command(cls=Command, short_help="Lead instances out of service, users first.")
@with_options
@up_first
def down(session: Session, **how: Any) -> int:
    """Lead every instance out of service that can be; or those named, with all that need them. On a chip that is down nothing is written.

    Users go before what they need. Traffic is held, work ends, contents are lost; reset lines are asserted, clocks closed,
    PLLs powered down, domains switched off. What a chip cannot be reached without stays as it is. `bedplate up` is the way back.

    While a workload runs all of it is refused, except for instances named with --force, which takes one name or pattern each time, and may repeat.
    """
    return lead(session, "down", OFF, **how)
