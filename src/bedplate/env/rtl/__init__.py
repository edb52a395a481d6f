"""The environment to RTL in a simulator, which runs inside this process: `rtl:CHIP?option=value&...`, in simulated time.

seed=N                          what registers without a reset start with
plusarg=TEXT                    +TEXT for the testbench; may repeat
waves=FILE.fst                  write waves, in which the HAL's activity shows beside the hardware's
spi=1                           through the pins of the SPI bridges, where the testbench has them
fault=die0.pll.sys:no_lock*1    plant a fault before the HAL starts; may repeat
harvest=die0:0x20               the harvest mask in a die's fuses
tenant=1                        a workload is running from the start
up=1                            the chip is brought up first: faults are planted, and a workload begins, in one that serves

RTL of one's own stands in a module `rtl` beside the chip's class (see `component/rtl.py`). The simulator is built when it has to be, and kept in the user's cache. Start reading at `exchange.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bedplate.bus import Bus
from bedplate.component import make_model
from bedplate.converge import Chip
from bedplate.env.cache import tool
from bedplate.env.targets import Target, bring_up
from bedplate.errors import AccessError, ToolMissing

TOOLS = ("verilator", "g++", "make")
"""Programs, each in a Debian package of its name."""

ONCE, MANY = ("seed", "waves", "spi", "tenant", "up"), ("plusarg", "fault", "harvest")
"""The options of a target that may be given once, and those that may repeat."""

FORKS = True
"""The simulator is in this process."""

BEHIND = ("fault", "harvest", "tenant", "spi")
"""Those that want a testbench that has more than a bus."""

SEEDS = range(1, 1 << 31)
"""Of the simulator's own random numbers: with 0 it would draw one."""


def check(target: Target, chip: type[Chip]) -> None:
    """Raise UnknownName, AccessError, OutOfRange for options that make no sense."""
    _options(target, chip)


def has(chip: type[Chip]) -> bool:
    """Whether there is RTL of the chip."""
    from bedplate.env.rtl.designs import is_designed

    return is_designed(chip)


def has_backdoor(chip: type[Chip]) -> bool:
    """Whether the testbench of the chip's design has one."""
    from bedplate.env.rtl import designs

    return designs.has_backdoor(chip)


def open_bus(target: Target, chip: type[Chip]) -> Bus:
    """The RTL of a chip as a raw bus, out of reset. Raises UnknownName, AccessError, ToolMissing, EnvError."""
    from bedplate.env.rtl.designs import design_of
    from bedplate.env.rtl.faults import Faults

    options = _options(target, chip)
    design = design_of(chip)
    waves = target.one("waves")
    if waves is not None:
        _require_writable(waves)
    require_tools()
    from bedplate.env.progress import progress
    from bedplate.env.rtl.build import simulator
    from bedplate.env.rtl.notes import Notes, OpenNotes
    from bedplate.env.rtl.pins import Pins
    from bedplate.env.rtl.simulation import OpenSimulation, Simulation

    with progress(sys.stderr) as listen:
        built = simulator(design, listen, waves=waves is not None)
    if not design.backdoor:
        closed = Simulation(built, options, waves is not None)
        if target.is_on("up"):
            bring_up(closed, chip)
        return Notes(closed, closed, chip) if waves is not None else closed
    simulation = OpenSimulation(built, options, Faults(chip), waves is not None)
    bus = Pins(simulation, chip.ports) if target.is_on("spi") else simulation
    if target.is_on("up"):
        bring_up(bus, chip)
        for fault in target.all("fault"):
            simulation.plant_text(fault)
        if target.tenant(chip):
            simulation.tenant(True)
    return OpenNotes(bus, simulation, chip) if waves is not None else bus


def _options(target: Target, chip: type[Chip]) -> list[str]:
    """What a target's options are for the testbench. Raises AccessError, UnknownName, OutOfRange."""
    from bedplate.env.rtl.faults import Faults

    target.require_known(*ONCE, many=MANY)
    waves = target.one("waves") or ""
    if Path(waves).suffix not in ("", ".fst"):
        raise AccessError(
            "waves are written as FST alone", where=target.where, wanted="waves=FILE.fst", got=f"waves={waves}"
        )
    _require_backdoor(target, chip)
    faults = [Faults(chip).plain(text) for text in target.all("fault")]
    for text in target.all("fault"):
        make_model(chip).require_said(text)
    return plusargs(target, chip, faults)


def _require_backdoor(target: Target, chip: type[Chip]) -> None:
    """Raise AccessError for an option that goes behind the registers of a chip, where its testbench has no way there."""
    for option in BEHIND:
        if target.all(option) and not has_backdoor(chip):
            raise AccessError(
                f"the testbench of {chip.name} has no back door, which {option}= wants",
                where=target.where,
                cause="RTL that stands by itself has one if its testbench has an instance of `backdoor` (hw/tb)",
                next="the model has one: the same target with model: in the place of rtl:",
            )


def plusargs(target: Target, chip: type[Chip], faults: Sequence[str] = ()) -> list[str]:
    """The target's options as the testbench hears them, without the plus. Raises AccessError, UnknownName."""
    found = list(target.all("plusarg"))
    found += [f"waves={Path(value).absolute()}" for value in target.all("waves")]
    up = target.is_on("up")  # then faults and a workload come later, by the back door
    found += ["spi"] if target.is_on("spi") else []
    found += ["tenant"] if target.tenant(chip) and not up else []
    seed = target.number("seed", "a seed", SEEDS)
    found += [f"verilator+seed+{seed}", "verilator+rand+reset+2"] if seed is not None else []
    found += ["fault=" + ",".join(faults)] if faults and not up else []
    masks = [f"{die}:{mask:x}" for die, mask in target.harvest(chip).items()]
    return found + (["harvest=" + ",".join(masks)] if masks else [])


def require_tools() -> None:
    """Raise ToolMissing for the first tool or package that is not there, with the command that installs it."""
    from bedplate.env.rtl.library import require_python

    for name in TOOLS:
        tool(name)
    require_python()


def requirements() -> Iterator[tuple[str, str, str]]:
    """What this environment needs besides Bedplate: (tool, what was found, the command that installs it)."""
    from bedplate.env.rtl.library import require_python

    for name in TOOLS:
        try:
            yield name, tool(name), ""
        except ToolMissing:
            yield name, "", f"apt-get install {name}"
    try:
        require_python()
        yield "embeddable Python", sys.version.split()[0], ""
    except ToolMissing as error:
        yield "embeddable Python", "", error.next


def _require_writable(path: str) -> None:
    """Raise AccessError for a file that the simulator could not write: it would find out, and say so, when all is under way."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, 0o666))
    except OSError as error:
        raise AccessError(
            "cannot write waves", where=path, got=error.strerror or "", next="name a file: waves=FILE.fst"
        ) from None
