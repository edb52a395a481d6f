"""What the registers of one instance store, and what a reference to a field, a signal or an interrupt says of it now.

The lowest of three layers: here nothing acts. `hardware.py` drives fields and lets follow what depends on them, `register_model.py` is
what software's accesses do.
"""

from __future__ import annotations

from typing import Any, Protocol

from bedplate.model.plan import FieldPlan, find_fields
from bedplate.model.reference import CONSTANT, PropertyReference
from bedplate.model.tables import WatchedSlots, file_plan
from bedplate.reg import RegisterBlock
from bedplate.reg.field import reverse


class AccessListener(Protocol):
    """Who hears of accesses: a Model."""

    def before_read_of(self, slot: int, lanes: int) -> None:
        """Software is about to read the register of a slot, on these lanes (mask of bits)."""

    def after_read_of(self, slot: int, old: int, got: int) -> None:
        """Software read the register of a slot: what it held before that, and what software got."""

    def after_write_of(self, slot: int, old: int, data: int, lanes: int) -> None:
        """Software wrote `data` to the register of a slot, on these lanes (mask of bits); `old` is what it held."""

    def after_memory_write(self, slot: int, entry: int, old: int, new: int) -> None:
        """Software wrote an entry of a memory, whose slot comes after those of the registers: what it held, and holds."""

    def interrupt_changed(self, register: str, active: bool) -> None:
        """The interrupt output of a register rose or fell."""


class Storage:
    """The bits of one instance's registers, by storage slot. The tables of its class are shared, and not part of a snapshot."""

    _firing: tuple[int, int, str] = (-1, 0, "")
    """The strobe that happens now: storage slot, bits, output."""

    def __init__(
        self, block: type[RegisterBlock], listener: AccessListener | None = None, watch: WatchedSlots | None = None
    ) -> None:
        self.block = block
        self.listener = listener
        self.watch = watch or WatchedSlots()
        self._plan()
        self.words: list[int] = list(self.plan.reset)
        self.unknown: dict[int, int] = {}
        """Bits without a reset value that nothing has written since power-up."""
        self.flipped: dict[int, int] = {}
        """Bits that no longer fit the parity that was stored with them."""
        self.signals: dict[str, int] = {}

    def _plan(self) -> None:
        self.plan = file_plan(self.block, self.watch)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "plan"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._plan()

    def get(self, at: int, f: FieldPlan) -> int:
        """A field's value, whatever software may see of it."""
        value = self.words[at] >> f.low & f.ones
        return reverse(value, f.field.width) if f.field.msb0 else value

    def parity_error(self, name: str) -> bool:
        """Whether the stored parity of a field is wrong: an odd number of bits flipped since it was last written."""
        return any((self.flipped.get(at, 0) & f.mask).bit_count() & 1 for at, f in find_fields(self.block, name))

    def value_of(self, path: str, at: int) -> int:
        """The value of what a property of a field of that register refers to."""
        return self.evaluate(self.plan.reference(path, at))

    def evaluate(self, ref: PropertyReference) -> int:
        """The value that a reference has now; that of a strobe is 0 but in the moment in which it happens."""
        if ref.inverse:
            return int(not self.evaluate(ref._replace(inverse=False)))
        if ref.output == CONSTANT:
            return ref.slot
        if ref.signal:
            return self.signals.get(ref.signal, 0)
        if ref.output in ("intr", "halt"):
            return self.active(ref.slot, ref.output)
        f = ref.field
        if f is None:
            return 0
        if ref.strobe:
            at, mask, output = self._firing
            return int(ref.slot == at and ref.output == output and bool(f.mask & mask))
        value = self.get(ref.slot, f)
        if ref.output == "anded":
            return int(value == f.ones)
        if ref.output == "ored":
            return int(value != 0)
        if ref.output == "xored":
            return value.bit_count() & 1
        if ref.output in ("incrthreshold", "threshold"):
            limit = self._limit(ref.slot, f, ("incrthreshold", "threshold"), f.ones)
            return int(limit is not None and value >= limit)
        if ref.output == "decrthreshold":
            limit = self._limit(ref.slot, f, ("decrthreshold",), 0)
            return int(limit is not None and value <= limit)
        if ref.output in ("incrsaturate", "saturate"):
            limit = self._limit(ref.slot, f, ("incrsaturate", "saturate"), f.ones)
            return int(limit is not None and value >= limit)
        if ref.output == "decrsaturate":
            limit = self._limit(ref.slot, f, ("decrsaturate",), 0)
            return int(limit is not None and value <= limit)
        return value

    def active(self, slot: int, output: str = "intr") -> int:
        """A register's interrupt (or `halt`) output: any latched bit that is enabled and not masked (9.9.1)."""
        always, guarded = self.plan.aggregates[slot, output]
        if self.words[slot] & always:
            return 1
        for f, ref, masks in guarded:
            bits = self.evaluate(ref)
            if bits and ref.field is not None and (ref.field.ones == 1 or ref.output):
                bits = f.ones  # a single bit speaks for all of the field
            if self.get(slot, f) & (~bits if masks else bits):
                return 1
        return 0

    def step(self, at: int, f: FieldPlan, name: str) -> int:
        """By how much an event counts: `incrvalue` or `decrvalue`, otherwise 1."""
        value = f.props.get(name)
        return self.value_of(value, at) if isinstance(value, str) else int(str(value)) if value else 1

    def _limit(self, at: int, f: FieldPlan, names: tuple[str, ...], default: int) -> int | None:
        for name in names:
            value = f.props.get(name)
            if value is True:
                return default
            if value is not None and value is not False:
                return self.value_of(value, at) if isinstance(value, str) else int(str(value))
        return None
