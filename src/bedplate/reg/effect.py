"""What a write does by the very word that is written: for whoever sees words on a bus, and no handles."""

from __future__ import annotations

from bedplate.reg.field import Effect, Field
from bedplate.reg.register import Register

BY_ONE = frozenset({"woset", "woclr", "wot"})
"""Kinds of `onwrite` by which a 1 acts, a 0 does nothing."""

BY_ZERO = frozenset({"wzs", "wzc", "wzt"})
"""A 0 acts, a 1 does nothing."""


def effect_of_write(cls: type[Register], word: int, lanes: int = -1, held: int | None = None) -> Effect:
    """What writing `word` to a register does: its own effect, and that of each field which the word may not leave alone.

    `lanes` are the bits that are written (all by default; a narrow access has fewer), `word` has its bits at their places in
    the register. `held` is what the register holds, where that is known: a plain field that gets its old value again is then
    left alone; else it counts as written.
    """
    found = cls.OWN_EFFECT
    if cls.EFFECT is not found:
        for field in cls.Value.FIELDS:
            if field.effect is not Effect.NONE and not leaves_alone(field, word, lanes, held):
                found |= field.effect
    return found


def leaves_alone(field: Field, word: int, lanes: int = -1, held: int | None = None) -> bool:
    """Whether the word does nothing to the field, whatever it holds. By `wclr`, `wset` and `wuser` any write acts, on any lane."""
    if not field.writable:
        return True
    written = field.mask & lanes
    if field.onwrite in BY_ZERO:
        return not ~word & written
    if field.onwrite in BY_ONE or (field.onwrite is None and field.singlepulse):
        return not word & written
    return field.onwrite is None and not written & (-1 if held is None else word ^ held)
