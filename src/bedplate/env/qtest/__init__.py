"""The environment to devices that stock QEMU models and nobody here wrote: `qtest:CHIP[?option=value]`, from outside of any guest.

    qtest:npcm750                       starts QEMU with the chip's machine, its processors stopped; it ends with the bus
    qtest:npcm750?socket=/tmp/q.sock    goes to one that runs already (started with -qtest unix:/tmp/q.sock,server=on,wait=off)

socket=PATH     where it listens
accel=qtest     virtual time, for a QEMU that has this accelerator (Debian 12's has not): it passes as the HAL sleeps

Which machine a chip is on says the module `machine` beside the chip's class (see `machine.py`). One that is a device on an I2C bus of it
is reached through the controller there (`aspeed.py`), by its commands (`env/i2c/bus.py`).

What this environment does not promise:
- *Without `accel=qtest` virtual time stands still*, since processors that stand still are what drives it; so what a model does by
  a timer never comes about. Device time is then the host's. With it, what a model does in a thread of the host takes no time.
- *An access that no device takes is not an error*: QEMU answers it with zero. So the guard above hears of a missing device only
  where something else says so, as PCI configuration space does with all ones.

What an access costs is waking up the other side, so both are faster on one core: `taskset -c 1 bedplate ...`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bedplate.converge import Chip
from bedplate.env.i2c import CommandBus, Device
from bedplate.env.qtest.aspeed import AspeedI2c
from bedplate.env.qtest.bus import QtestBus, SteppedBus
from bedplate.env.qtest.machine import PACKAGES, attach, find, machine_of, start
from bedplate.env.qtest.machine import has as has
from bedplate.env.targets import Target
from bedplate.errors import BusFault, EnvError, LinkDown, ToolMissing, UnknownName

KINDS = {"tcg": QtestBus, "qtest": SteppedBus}
"""The bus for each accelerator: they differ in whose time it is."""


ONCE = ("socket", "accel")
"""The options of a target."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError for options that make no sense."""
    target.require_known(*ONCE)
    accel = target.one("accel") or "tcg"
    if accel not in KINDS:
        raise UnknownName("accelerator", accel, KINDS, where=f"qtest:{target.name}")


def open_bus(target: Target, chip: type[Chip]) -> QtestBus | CommandBus:
    """The raw bus of a chip on its machine. Raises UnknownName, ToolMissing, EnvError."""
    check(target, chip)
    machine = machine_of(chip)
    accel, socket = target.one("accel") or "tcg", target.one("socket")
    bus = KINDS[accel](attach(socket) if socket is not None else start(machine, accel))
    try:
        for port, value in machine.port_writes:
            bus.port_write(port, value)
        bus.synchronize()
        return bus if machine.i2c is None else _on_i2c(bus, *machine.i2c, () if socket else machine.i2c_writes)
    except (LinkDown, BusFault) as error:
        raise EnvError("QEMU does not serve", where=" ".join(machine.arguments), got=error.got or str(error)) from error


def _on_i2c(bus: QtestBus, controller: int, address: int, messages: Sequence[bytes]) -> CommandBus:
    """The bus of a device behind a controller, which gets these messages first."""
    transfer = AspeedI2c(bus, controller, address).transfer
    for message in messages:
        transfer(message)
    return CommandBus(Device(transfer, address), bus.now, bus.sleep, bus.owners[0], bus.close)


def requirements() -> Iterator[tuple[str, str, str]]:
    """What this environment needs: a QEMU for each architecture that one of the chips here has."""
    for architecture in PACKAGES:
        try:
            yield f"qemu-system-{architecture}", find(architecture), ""
        except ToolMissing as error:
            yield f"qemu-system-{architecture}", "", error.next
