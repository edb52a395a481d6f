"""The world in a guest: the HAL runs in Linux in QEMU, as on a controller; the chip is in a device server beside it.

`qemu:pci` and `qemu:spi` say by which of its devices the guest reaches the chip. Each scenario gets a chip fresh from power-on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bedplate.converge import Chip
from bedplate.dv.compare.record import Recording
from bedplate.dv.compare.scenario import Scenario, Walk
from bedplate.dv.play import unpacked
from bedplate.env.qemu.guest import Guest, inner_target
from bedplate.env.qemu.server import Server
from bedplate.env.qemu.service import SLOTS
from bedplate.errors import EnvError, UnknownName

PREFIX = "qemu:"


class GuestWorld(NamedTuple):
    """A chip that a guest reaches in one way."""

    target: str
    chip: str

    def can_play(self, scenario: Scenario) -> bool:
        """Whether it does without a back door: there is none from within a guest."""
        return not scenario.plants_fault

    def play(self, kind: type[Chip], chosen: Sequence[Scenario], how: Walk) -> dict[str, Recording]:
        """Every scenario on a chip of its own. Raises what the server and the guest raise."""
        return {one.name: self._play(kind, one, how) for one in chosen}

    def _play(self, kind: type[Chip], one: Scenario, how: Walk) -> Recording:
        way = self.target.removeprefix(PREFIX)
        argv = ["python3", "-m", "bedplate.dv.play", inner_target(way, kind), one.name, str(how.seed), str(how.steps)]
        with Server(f"model:{self.chip}", kind) as server, Guest(server, (way,)) as guest:
            outcome = guest.run(argv)
        if outcome.code:
            raise EnvError(
                f"the scenario {one.name} could not be played in a guest",
                where=self.target,
                got=outcome.stderr.decode(errors="replace").strip()[-2000:],
            )
        return unpacked(outcome.stdout)


def guest_world(target: str, chip: str) -> GuestWorld:
    """The world of `qemu:pci` or `qemu:spi`. Raises UnknownName."""
    if target.removeprefix(PREFIX) not in SLOTS:
        raise UnknownName("target", target, [PREFIX + way for way in SLOTS])
    return GuestWorld(target, chip)
