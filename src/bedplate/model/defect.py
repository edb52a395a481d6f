"""Whose fault it is when a model raises: neither the driver's that used its chip, nor Bedplate's."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from bedplate.bus import described
from bedplate.errors import BedplateError, BusError, EnvError, ModelDefect, place_of
from bedplate.model.model import Model

ANSWERS = (BusError, EnvError)
"""What a chip raises by right: as an answer, or about who may use it."""


def require_no_defect(error: Exception) -> None:
    """Raise ModelDefect for what was raised in the behaviour of a model, by it or by what it asked for in vain.

    An error of Bedplate that no line of a model has to do with is no defect: who called gets it.
    """
    if isinstance(error, BedplateError) and not place_of(error):
        return
    owners = [frame.f_locals.get("self") for frame, _ in traceback.walk_tb(error.__traceback__)]
    models = [one for one in owners if isinstance(one, Model)]
    if not models:
        return
    raise ModelDefect(
        f"the model {type(models[-1]).__name__} raised {described(error)}",
        where=models[-1].name,
        got=place_of(error),
        cause="a defect of the model, neither of the driver nor of the hardware",
        next=(error.next if isinstance(error, BedplateError) else "")
        or "the traceback is in the document that `bedplate --json` prints, as `trace` of this error",
        trace="".join(traceback.format_exception(error)),
    ) from error


@contextmanager
def blamed_on_models() -> Iterator[None]:
    """For whatever has models do something, besides the accesses of software."""
    try:
        yield
    except ANSWERS:
        raise
    except Exception as error:
        require_no_defect(error)
        raise
