"""What goes wrong on an SPI cable: bits flip, a pin is stuck, chip select lets go. Between a controller and any slave."""

from __future__ import annotations

from random import Random
from typing import Literal

from bedplate.env.qemu.lpss import Slave


class Wire:
    """The lines to a slave; a slave itself, for a controller. They are perfect until told otherwise.

    `errors` is the chance of a bit to flip, in either direction; `losses` that of chip select to let go at a byte, a few bits
    into it, for the rest of the frame; `stuck` the level that a line from the slave (MISO) holds. Chances are drawn from `seed`.
    """

    def __init__(
        self,
        slave: Slave,
        errors: float = 0.0,
        losses: float = 0.0,
        stuck: Literal[0, 1] | None = None,
        seed: int = 0,
    ) -> None:
        self._slave = slave
        self.damage(errors, losses, stuck, seed)
        self._selected = False

    def damage(
        self, errors: float = 0.0, losses: float = 0.0, stuck: Literal[0, 1] | None = None, seed: int = 0
    ) -> None:
        """From here on the lines are like this; without arguments, as good as new."""
        self.errors, self.losses, self.stuck = errors, losses, stuck
        self._random = Random(seed)

    def select(self) -> None:
        """Chip select falls."""
        self._selected = True
        self._slave.select()

    def shift(self, byte: int) -> int:
        """A byte goes out; what the controller sees come in."""
        if self._selected and self.losses and self._random.random() < self.losses:
            self.deselect(cut=True)
        came = self._noise(self._slave.shift(self._noise(byte))) if self._selected else 0xFF
        return came if self.stuck is None else 0xFF * self.stuck

    def deselect(self, cut: bool = False) -> None:
        """Chip select rises, unless it has already."""
        if self._selected:
            self._selected = False
            self._slave.deselect(cut)

    def _noise(self, byte: int) -> int:
        if self.errors:
            for bit in range(8):
                byte ^= (self._random.random() < self.errors) << bit
        return byte
