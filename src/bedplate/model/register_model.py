"""The registers of one instance: their storage, and what software's accesses do to it.

Rules for accesses that SystemRDL leaves open follow peakrdl-regblock, which makes the RTL:

- an address without a register reads 0 and ignores writes; so do a write-only register's reads and a read-only one's writes;
- reserved bits read 0 and ignore writes;
- an access of 1, 2 or 4 bytes must be aligned to its size (BusSize otherwise); it falls on every register under its lanes;
- a write narrower than the register changes only the bits under its byte lanes, whatever the kind of the field;
- `wclr` and `wset` look at no data: they act on a write to the access word (`accesswidth`, at most the 32 bits of the bus)
  that their field lies in, whichever lanes it has;
- a read has no byte lanes: `rclr` and `rset` act on the whole access word that was read, however narrow the read;
- a field that `swwe` or `swwel` locks ignores writes; `swmod` tells of the attempt all the same;
- `rw1` and `w1` take the first write after a reset, whichever of their lanes it has, and ignore all later ones;
- a field without a reset value is not reset; it is 0 at power-up, and remembered as unknown until something writes it;
- a virtual register is the storage of the memory entries that it lies in: what one writes, the other reads; its bits
  without a field are the memory's;
- storage of `ruser`, `wuser` and `singlepulse` fields is the behaviour's business: software's access changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedplate.bus import WORD
from bedplate.errors import NotWritable, OutOfRange
from bedplate.model.hardware import Hardware
from bedplate.model.memory_cells import Cells, place_in
from bedplate.model.plan import FieldPlan, RegisterPlan, find_fields
from bedplate.model.storage import AccessListener
from bedplate.model.tables import Piece, WatchedSlots
from bedplate.reg import Effect, RegisterBlock, effect_of_write

PRIORITY = ("hwclr", "hwset", "", "incr", "decr")
"""The ways in which hardware acts on a field in one clock: of those that set its value the later one wins."""


class RegisterModel(Hardware):
    """One instance's registers: `read` and `write` are software's side, the inherited methods the hardware's."""

    def __init__(
        self, block: type[RegisterBlock], listener: AccessListener | None = None, watch: WatchedSlots | None = None
    ) -> None:
        super().__init__(block, listener, watch)
        self.spent: dict[int, int] = {}
        """Bits of `rw1` and `w1` fields that were written since the last reset."""
        self.memories: list[dict[int, int] | Cells] = self._empty()
        self.permanent: dict[str, int] = {}
        """How often each register was written with a permanent effect. No reset forgets it."""
        self.coinciding: dict[int, list[tuple[str, int, str]]] = {}
        """What hardware will do in the clock of software's next access, by slot: field, value, side."""
        self.reset(power=True)

    def _plan(self) -> None:
        super()._plan()
        self._fast_read: dict[int, tuple[int, int]] = self.plan.fast_read
        self._fast_write: dict[int, tuple[int, int, int]] = self.plan.fast_write

    def __getstate__(self) -> dict[str, Any]:
        return {
            name: value for name, value in super().__getstate__().items() if name not in ("_fast_read", "_fast_write")
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if self.coinciding:
            self._fast_read, self._fast_write = {}, {}

    def _empty(self) -> list[dict[int, int] | Cells]:
        return [Cells(self, index) if slots else {} for index, slots in enumerate(self.plan.block.virtual)]

    # Software's side.

    def read(self, offset: int, size: int = WORD) -> int:
        """What software reads, with all that the read does. Raises BusSize."""
        fast = self._fast_read.get(offset)
        if fast is not None and size == WORD:
            return self.words[fast[0]] & fast[1]
        pieces = self.plan.pieces.get((offset, size))
        if pieces is None:
            pieces = self.plan.decode(offset, size)
        value = 0
        for piece in pieces:
            word = self._read(piece)
            for low, ones, at in piece.segments:
                value |= (word >> at & ones) << low
        if self.memories and (lanes := self._beside(pieces, size)):
            value |= self._memory(offset, size, None, lanes)
        return value

    def write(self, offset: int, value: int, size: int = WORD) -> None:
        """Software writes. Raises BusSize, and OutOfRange for a value wider than the access."""
        fast = self._fast_write.get(offset)
        if fast is not None and size == WORD:
            store, keep, plain = fast
            words = self.words
            words[store] = words[store] & keep | value & plain
            return
        pieces = self.plan.pieces.get((offset, size))
        if pieces is None:
            pieces = self.plan.decode(offset, size)
        if value >> 8 * size:
            raise OutOfRange(f"0x{value:x} is no value of {size} bytes", where=f"offset 0x{offset:x}")
        for piece in pieces:
            data = 0
            for low, ones, at in piece.segments:
                data |= (value >> low & ones) << at
            self._write(piece, data)
        if self.memories and (lanes := self._beside(pieces, size)):
            self._memory(offset, size, value, lanes)

    def _beside(self, pieces: tuple[Piece, ...], size: int) -> int:
        """The bits of an access that fall on no register: a memory may lie there."""
        if pieces and not any(self.plan.block.virtual):
            return 0
        lanes = (1 << 8 * size) - 1
        for piece in pieces:
            for low, ones, _ in piece.segments:
                lanes &= ~(ones << low)
        return lanes

    def _read(self, piece: Piece) -> int:
        slot = piece.slot
        block, listener = self.plan.block, self.listener
        plan, at = block.plans[slot], block.store[slot]
        if listener is not None and slot in self.plan.watch.before_read:
            listener.before_read_of(slot, piece.lanes)
        old = self.words[at]
        acted = plan.acts_on_read & piece.strobe
        if acted or self.coinciding:
            self._commit(at, old, (old & ~(plan.rclr & acted)) | (plan.rset & acted), acted)
        if slot in self.plan.strobes:
            self._strobe(slot, piece.strobe, acted, "rd_swacc")
        if listener is not None and slot in self.plan.watch.after_read:
            listener.after_read_of(slot, old, old & plan.readable)
        return old & plan.readable

    def _write(self, piece: Piece, data: int) -> None:
        slot, lanes, strobe, _ = piece
        block = self.plan.block
        plan, at = block.plans[slot], block.store[slot]
        old = self.words[at]
        if plan.shadow:
            data |= data << plan.shadow
            lanes |= lanes << plan.shadow
            strobe |= strobe << plan.shadow
        reached = lanes
        if plan.gates:
            closed = self._closed(plan, at)
            lanes, strobe = lanes & ~closed, strobe & ~closed
        if plan.once:
            spent = self.spent.get(at, 0)
            self.spent[at] = spent | sum(mask for mask in plan.once if mask & lanes)
            lanes, strobe = lanes & ~spent, strobe & ~spent
        ones, zeros = data & lanes, ~data & lanes
        plain = plan.plain & lanes
        clear = ones & plan.woclr | zeros & plan.wzc | strobe & plan.wclr
        set_ = ones & plan.woset | zeros & plan.wzs | strobe & plan.wset
        toggle = ones & plan.wot | zeros & plan.wzt
        new = (old & ~(plain | clear) | ones & plain | set_) ^ toggle
        acted = plain | clear | set_ | toggle
        if at in self.unknown:
            self.unknown[at] &= ~acted
        self._commit(at, old, new, acted)
        if plan.permanent is not None and Effect.PERMANENT in effect_of_write(plan.permanent, data, reached):
            name = block.names[slot]
            self.permanent[name] = self.permanent.get(name, 0) + 1
        if slot in self.plan.strobes:
            self._strobe(slot, piece.strobe, reached & plan.writable, "wr_swacc", data & reached & plan.pulse)
        if self.listener is not None and slot in self.plan.watch.after_write:
            self.listener.after_write_of(slot, old, data, lanes)

    def _closed(self, plan: RegisterPlan, at: int) -> int:
        closed = 0
        for mask, path, open_when in plan.gates:
            if bool(self.value_of(path, at)) != open_when:
                closed |= mask
        return closed

    def _commit(self, at: int, old: int, new: int, acted: int) -> None:
        """Store what software did, where hardware does not act in the same clock cycle."""
        if self.flipped:
            self.flipped[at] = self.flipped.get(at, 0) & ~acted
        if self.coinciding:
            self._meet(at, old, new, acted)
            return
        self.words[at] = new
        if new != old:
            self.changed(at)

    def coincide(self, name: str, value: int = 1, side: str = "") -> None:
        """Hardware will act on the field in the same clock cycle as software's next access to its register.

        It drives the field to the value; or it uses the input `side`: `hwset`, `hwclr`, or `incr`, `decr` by that value.
        Of several, driving comes before setting, and setting before clearing; counting comes on top of what is left.
        """
        for at, f in find_fields(self.block, name):
            if side and not f.props.get("counter" if side in ("incr", "decr") else side):
                raise NotWritable(f"field has no {side}", where=name)
            self.coinciding.setdefault(at, []).append((f.field.name, value, side))
        self._fast_read, self._fast_write = {}, {}

    def _coincident(self, at: int) -> list[tuple[str, int, str]]:
        those = self.coinciding.pop(at, [])
        if not self.coinciding:
            self._fast_read, self._fast_write = self.plan.fast_read, self.plan.fast_write
        return sorted(those, key=lambda event: PRIORITY.index(event[2]))

    def _meet(self, at: int, old: int, new: int, acted: int) -> None:
        """Store what software and hardware did in the same clock cycle (9.6.1 `precedence`).

        Bit by bit: hardware's bits count where software did not act, or where the field gives hardware the precedence.
        """
        plan = self.plan.block.plans[at]
        counts: dict[FieldPlan, dict[str, int]] = {}
        driven = 0
        for name, value, side in self._coincident(at):
            f = plan.fields[name]
            if side in ("incr", "decr"):
                counts.setdefault(f, {})[side] = value
            else:
                driven |= self._force(at, f, side) if side else self._apply(at, f, value)
        wins = driven & (plan.precedence_hw | ~acted)
        self.words[at] = new & ~wins | self.words[at] & wins
        if self.words[at] != old or plan.levels:  # an input that stays is latched in the next cycle, if not in this one
            self.changed(at)
        for f, by in counts.items():
            self.count(at, f, by.get("incr", 0), by.get("decr", 0))

    def _memory(self, offset: int, size: int, value: int | None, lanes: int) -> int:
        """Read or write a memory. Its entries have no side effects; bits above `memwidth` are not there."""
        for index, (_, first, cls) in enumerate(self.plan.block.memories):
            if not 0 <= offset - first < cls.ENTRIES * cls.STRIDE:
                continue
            got = 0
            per = 1 if cls.SWAPPED else min(size, cls.STRIDE)
            for part in range(0, size, per):
                entry, byte = divmod(offset - first + part, cls.STRIDE)
                byte = place_in(cls, byte)
                ones = lanes >> 8 * part & (1 << 8 * per) - 1
                if value is None:
                    got |= (self._cell(index, entry) >> 8 * byte & ones) << 8 * part
                elif ones:
                    self._put_cell(index, entry, ones << 8 * byte, (value >> 8 * part & ones) << 8 * byte)
            return got
        return 0

    def _cell(self, index: int, entry: int) -> int:
        slot = len(self.words) + index
        if self.listener is not None and slot in self.plan.watch.before_read:
            self.listener.before_read_of(slot, -1)
        return self.memories[index].get(entry, 0) if "r" in self.plan.block.memories[index][2].SW else 0

    def _put_cell(self, index: int, entry: int, lanes: int, data: int) -> None:
        slot = len(self.words) + index
        cls, cells = self.plan.block.memories[index][2], self.memories[index]
        old = cells.get(entry, 0)
        if "w" in cls.SW and entry < cls.ENTRIES:
            cells[entry] = (old & ~lanes | data) & (1 << cls.WIDTH) - 1
        if self.listener is not None and slot in self.plan.watch.after_write:
            self.listener.after_memory_write(slot, entry, old, cells.get(entry, 0))

    # The whole registers.

    def reset(self, keep: Mapping[int, int] | None = None, *, power: bool = False) -> None:
        """Everything to its reset value, but the bits of `keep` (by storage slot) and, while powered, what has none."""
        plan = self.plan
        keep = keep or {}
        for at, value in enumerate(plan.reset):
            kept = 0 if power else keep.get(at, 0) | plan.unknown.get(at, 0)
            self.words[at] = self.words[at] & kept | value & ~kept
            if at in self.flipped:
                self.flipped[at] &= kept
        for at, f, reference in plan.copied:
            mask = f.mask & ~(0 if power else keep.get(at, 0))
            self.words[at] = self.words[at] & ~mask | self.evaluate(reference) << f.low & mask
        if power:
            self.unknown = dict(plan.unknown)
            self.memories = self._empty()
        self.inputs.clear()
        self.spent.clear()
        self.settle()

    def state(self) -> dict[str, int]:
        """What every register holds, by name, write-only ones too; and the entries of memories that are not zero."""
        block = self.plan.block
        held = {name: self.words[slot] for slot, name in enumerate(block.names) if block.store[slot] == slot}
        for (name, _, _), entries in zip(block.memories, self.memories, strict=True):
            cells = entries.rest if isinstance(entries, Cells) else entries
            held.update((f"{name}[{entry}]", cells[entry]) for entry in sorted(cells) if cells[entry])
        return held
