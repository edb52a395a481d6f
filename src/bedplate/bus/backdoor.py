"""What a raw bus may offer besides transactions: a way behind the chip, for proofs. Drivers never see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable


@runtime_checkable
class Backdoor(Protocol):
    """Environments to models and simulators offer it on the raw bus; real chips do not."""

    def plant_text(self, text: str) -> object:
        """Plant a fault: `instance:fault`, `instance:fault=value`, each with `*times`. Raises AccessError, UnknownName."""

    def tenant(self, active: bool) -> None:
        """A workload comes (or goes)."""

    def reset(self, cause: str) -> None:
        """The chip as a whole is reset: `power` (it goes and comes back), `warm`, `watchdog`. Raises UnknownName for others."""

    def leap(self, duration: int) -> None:
        """So much time (ns) passes on the chip, at once where that would take hours; a simulator may round it to 16 ms."""

    def violations(self) -> Sequence[object]:
        """The dangerous acts of software until now, each printable."""
