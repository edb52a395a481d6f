"""The cost of one register access over an in-memory bus, against the bare memory below it; and of making registers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from bedplate.bench.suite import Contestant, Figure, race, ratio
from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern
from bedplate.env.owner import Owner
from bedplate.ip.pll.regs import PllRegs
from bedplate.ip.sysid.regs import SysidRegs

REGISTERS = len(PllRegs.CHILDREN)
WORD = 0x8000_2800
"""What the memory holds: a word as hardware has it, so that the bare access too makes a number of it."""

TARGETS = {
    "read": 8.0,
    "read, one field": 12.0,
    "modify, two fields": 16.0,
    "dump, per register": 5.0,
    "owner's check": 4.0,
}
CONSTRUCTED = 6000
NOTES = {
    "dump, per register": "SYSID: 29 registers in 3 bursts, and its timer high, low, high; values decoded when asked",
    "owner's check": "once an access, at the environment; not in the rows above",
    "dump, small and torn blocks": "one block of each IP type: a burst costs as much as six registers",
}


def memory() -> tuple[MemoryBus, memoryview]:
    """A bus, and the words below it."""
    bus = MemoryBus(4096)
    bus.write_block(0, [WORD] * 1024)
    return bus, bus._words


def bare(words: memoryview) -> Contestant:
    """The floor: one word of a memoryview, as any Python driver that maps a device would read it."""
    return Contestant("words[index]", "words, index = WORDS, 8", {"WORDS": words})


def access(quick: bool) -> Iterator[Figure]:
    """Read, read a field, modify two checked fields, dump; and what an environment asks first."""
    bus, words = memory()
    regs = PllRegs(bus, 0, "pll")
    large = SysidRegs(bus, 0, "sysid")
    owner = Owner("bench")
    blocks = [cls(bus, 0, "") for cls in {type(block.regs) for block in Tern(bus).all}]
    contestants = {
        "bare memoryview[i]": bare(words),
        "read": Contestant("register.read()", "register = R.meas", {"R": regs}),
        "read, one field": Contestant("register.read().count", "register = R.meas", {"R": regs}),
        "modify, two fields": Contestant("register.modify(refdiv=2, fbdiv=40)", "register = R.div", {"R": regs}),
        "owner's check": Contestant("enter()", "enter = E", {"E": owner.enter}),
        "dump, per register": Contestant("block.dump()", "block = B", {"B": large}),
        "dump, small and torn blocks": Contestant("for block in blocks: block.dump()", "blocks = B", {"B": blocks}),
    }
    times = race(contestants, quick)
    for name, dumped in (("dump, per register", [large]), ("dump, small and torn blocks", blocks)):
        times[name] = [time / sum(len(block.dump()) for block in dumped) for time in times[name]]
    floor = times["bare memoryview[i]"]
    for name, mine in times.items():
        yield Figure(
            "access",
            name,
            statistics.median(mine),
            "ns",
            ratio(mine, floor),
            TARGETS.get(name),
            "one bare access" if name in TARGETS else "",
            NOTES.get(name, ""),
        )


def construct(quick: bool) -> Iterator[Figure]:
    """Handles for a chip's worth of registers, every one of them taken: they are made when first asked for."""
    bus, _ = memory()
    names = [child.name for child in PllRegs.CHILDREN]
    blocks = range(CONSTRUCTED // REGISTERS)
    times = []
    for _ in range(5 if quick else 15):
        start = time.process_time()
        made = [PllRegs(bus, 0x1000 * block, f"pll{block}") for block in blocks]
        handles = [getattr(block, name) for block in made for name in names]
        times.append((time.process_time() - start) * 1e3)
        del made, handles
    yield Figure("construct", f"{CONSTRUCTED} registers", statistics.median(times), "ms", target=10.0)
