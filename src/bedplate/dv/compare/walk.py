"""A random walk of register operations through the real handles, the same for the same seed on every target.

Only registers whose reads and writes disturb nothing are touched (`probe` safe, no `effect`), and evidence is cleared, which
in a proof nobody misses. After an operation that may start something the chip gets time to finish it, so that what is read
next does not depend on durations.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import signature
from random import Random
from typing import NamedTuple

from bedplate.bus import ms
from bedplate.converge import Chip
from bedplate.reg import Effect, Field, Probe, Register, registers
from bedplate.topology import Instance

SETTLE = ms(2)
"""Longer than anything that a harmless register starts."""

OPERATIONS = ("read", "read", "write", "modify", "clear", "set", "toggle", "pulse")
"""Twice as many reads: they are what finds differences."""


class Operation(NamedTuple):
    """One operation on one register, with the values of the fields that it names."""

    block: Instance
    register: Register
    name: str
    values: dict[str, int]

    def perform(self) -> None:
        """Do it. Raises what the handle raises."""
        getattr(self.register, self.name)(**self.values)
        if self.name != "read":
            self.register.bus.sleep(SETTLE)


def operations(chip: Chip, seed: int, steps: int) -> Iterator[Operation]:
    """The operations of a walk."""
    random = Random(seed)
    places = [(block, register) for block in chip.all for register in _harmless(block)]
    for _ in range(steps):
        block, register = random.choice(places)
        name = random.choice([name for name in OPERATIONS if hasattr(register, name) and _allowed(register, name)])
        yield Operation(block, register, name, _values(random, register, name))


def acknowledgements(block: Instance) -> Iterator[Operation]:
    """Every bit of evidence of a block cleared by itself, and its register read before and after."""
    for register in _harmless(block):
        if Effect.DESTROYS_EVIDENCE in register.EFFECT and hasattr(register, "clear"):
            yield Operation(block, register, "read", {})
            for field in _fields(register, "clear"):
                for bit in range(field.width):
                    yield Operation(block, register, "clear", {field.name: 1 << bit})
                    yield Operation(block, register, "read", {})


def _harmless(block: Instance) -> Iterator[Register]:
    for path, offset, cls in registers(type(block.regs)):
        if cls.PROBE is Probe.SAFE and hasattr(cls, "read") and cls.EFFECT in Effect.DESTROYS_EVIDENCE:
            yield cls(block.regs.bus, block.regs.base + offset, f"{block.name}.{path}")


def _allowed(register: Register, operation: str) -> bool:
    """Evidence is cleared bit by bit, never overwritten."""
    return register.EFFECT is Effect.NONE or operation in ("read", "clear")


def _values(random: Random, register: Register, operation: str) -> dict[str, int]:
    """Random values for some of the fields that the operation takes."""
    fields = _fields(register, operation)
    chosen = random.sample(fields, random.randint(1, len(fields))) if fields else []
    return {field.name: random.getrandbits(field.width) for field in chosen}


def _fields(register: Register, operation: str) -> list[Field]:
    """The fields that an operation of a register takes."""
    arguments = signature(getattr(register, operation)).parameters
    return [field for field in register.Value.FIELDS if field.name in arguments]
