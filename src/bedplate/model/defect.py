"""Whose fault it is when a model raises: neither the driver's that used its chip, nor Bedplate's."""

from __future__ import annotations

import traceback
from types import TracebackType

from bedplate.bus import described
from bedplate.errors import RAISED, BedplateError, BusFault, BusSize, ModelDefect, line_of, place_of
from bedplate.model.event_queue import QueuedEvent
from bedplate.model.fabric import Node
from bedplate.model.model import Model


def _require_no_defect(error: BaseException) -> None:
    """Raise ModelDefect for what was raised in the behaviour of a model, by it or by what it asked for in vain.

    An error of Bedplate that no line of a model has to do with is no defect: who called gets it.
    """
    if isinstance(error, BedplateError) and not place_of(error):
        return
    model = _raised_by(error)
    if model is None:
        return
    raise ModelDefect(
        f"the model {type(model).__name__} raised {described(error)}",
        where=getattr(model, "name", ""),  # one that raised as it was made has none
        got=place_of(error) or line_of(type(model)),
        cause="a defect of the model, neither of the driver nor of the hardware",
        next=(error.next if isinstance(error, BedplateError) else "")
        or "the traceback is in the document that `bedplate --json` prints, as `trace` of this error",
        trace="".join(traceback.format_exception(error)),
    ) from error


def _raised_by(error: BaseException) -> Model | None:
    """The model whose method was called last, or was to be called; it may take other arguments."""
    for frame, _ in reversed(list(traceback.walk_tb(error.__traceback__))):
        for held in frame.f_locals.values():
            model: object = held.model if type(held) is Node else held.owner if type(held) is QueuedEvent else held
            if issubclass(type(model), Model):
                assert isinstance(model, Model)
                return model
    return None


class _BlamedOnModels:
    """For whatever has models do something. It keeps nothing of it, so all accesses of all chips share one."""

    def __init__(self, *rightly: type[BaseException]) -> None:
        self._rightly = rightly

    def __enter__(self) -> None:
        """Nothing is noted: this stands in the way of every access."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, RAISED) and not isinstance(error, self._rightly):
            _require_no_defect(error)


blamed_on_models = _BlamedOnModels(BusFault, BusSize, ModelDefect)
"""A context: what models raise in it is told as theirs, but for what a chip raises by right, as an answer. What becomes of the link
is no model's to say."""
blamed_but_for_refusals = _BlamedOnModels(BedplateError)
"""The same where a model may refuse what it is asked for."""
