"""Registers as values and handles, one floor above the bus. Pure: the bus is handed in, nothing is kept.

Start reading at `register.py`; what generated classes look like is in any `ip/<name>/regs.py`.
"""

from bedplate.reg.block import Child, Dump, LazyArray, RegisterBlock, normal, registers
from bedplate.reg.effect import effect_of_write
from bedplate.reg.field import Effect, Field, Probe, decode, decoder, fixed, reverse, signed, unfixed
from bedplate.reg.register import Memory, ReadableMemory, ReadableRegister, Register, WritableMemory
from bedplate.reg.value import Value

__all__ = [
    "Child",
    "Dump",
    "Effect",
    "Field",
    "LazyArray",
    "Memory",
    "Probe",
    "ReadableMemory",
    "ReadableRegister",
    "Register",
    "RegisterBlock",
    "Value",
    "WritableMemory",
    "decode",
    "decoder",
    "effect_of_write",
    "fixed",
    "normal",
    "registers",
    "reverse",
    "signed",
    "unfixed",
]
