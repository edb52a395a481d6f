"""What a part of a chip says of itself before anything else is believed: who it is, which boot this is, and who is at work."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import NamedTuple


class Tenant(Enum):
    """Whether a workload runs. Unknown counts as active wherever something would be disturbed."""

    ACTIVE = "active"
    IDLE = "idle"
    UNKNOWN = "unknown"


class Identity(NamedTuple):
    """Which chip answers, and which boot of it. None where the chip has no word for it: then it is unknown, not guessed."""

    chip: int | None = None
    serial: int | None = None
    boot: int | None = None

    def __str__(self) -> str:
        words = [f"{name} 0x{value:x}" for name, value in zip(self._fields, self, strict=True) if value is not None]
        return ", ".join(words) or "unknown"


class Vitals(NamedTuple):
    """What one burst says: identity, the reset epochs of its domains (a change is a reset), and the tenant's word."""

    identity: Identity = Identity()
    epochs: tuple[int, ...] = ()
    tenant: Tenant = Tenant.UNKNOWN

    @property
    def is_proper(self) -> bool:
        """Whether each of the three is of its kind, and of no kind of their author's own: they are a driver's word."""
        identity: object = self.identity
        epochs: object = self.epochs
        tenant: object = self.tenant
        if not (type(identity) is Identity and type(epochs) is tuple and type(tenant) is Tenant):
            return False
        said = (*epochs, *(number for number in identity if number is not None))
        return all(type(number) is int for number in said)

    def same_life(self, other: Vitals, beside: Collection[int] = ()) -> bool:
        """Whether nothing was reset between the two, but for what the epochs with the numbers in `beside` count."""
        if not beside or len(self.epochs) != len(other.epochs):
            return self.identity == other.identity and self.epochs == other.epochs
        epochs = enumerate(zip(self.epochs, other.epochs, strict=True))
        return self.identity == other.identity and all(a == b for number, (a, b) in epochs if number not in beside)
