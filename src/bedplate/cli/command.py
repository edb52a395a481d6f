"""Commands whose options may be given once, unless they say that they repeat: of two values nobody shall guess which one counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import click
from click.core import ParameterSource

NUMBERS = (click.types.IntParamType, click.types.FloatParamType)


class Command(click.Command):
    """A command of the program."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does. Raises UsageError for an option that is given twice and does not repeat, and for digits that are not ASCII."""
        if not ctx.resilient_parsing:
            values, _, given = self.make_parser(ctx).parse_args(list(args))
            for param in self.params:
                text = values.get(param.name or "")
                if isinstance(param.type, NUMBERS) and isinstance(text, str) and not text.isascii():
                    raise click.BadParameter(f"'{text}' is no number: digits are 0 to 9", ctx, param)
            for param, times in Counter(given).items():
                if isinstance(param, click.Option) and times > 1 and not param.multiple:
                    raise click.UsageError(f"option {param.opts[-1]} is given {times} times: it may be given once", ctx)
        return super().parse_args(ctx, args)


def require_alone(context: click.Context, option: str, what: str, others: Iterable[str]) -> None:
    """Raise UsageError where an option that says what is done comes with one that says otherwise: it would be left out."""
    for other in others:
        if context.get_parameter_source(other) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{option} says {what}: --{other} does not go with it", context)


class CommandGroup(Command, click.Group):
    """A command with commands below it, which are of the same kind."""

    command_class = Command
