"""The hardware's side of a register model: what driving a field does, by its properties (SystemRDL 2.0, 9.5 to 9.9)."""

from __future__ import annotations

from bedplate.errors import AccessError, NotWritable, RdlError
from bedplate.model.plan import PULSE, FieldPlan, find_fields
from bedplate.model.reference import implied
from bedplate.model.storage import AccessListener, Storage
from bedplate.model.tables import FieldLink, WatchedSlots
from bedplate.reg import RegisterBlock
from bedplate.reg.field import reverse
from bedplate.reg.value import out_of_range

LOOP = 64
"""Deeper chains of references than this go in circles."""


class Hardware(Storage):
    """Registers seen from the inside of the chip: fields are driven, and whatever refers to them follows."""

    _depth = 0

    def __init__(
        self, block: type[RegisterBlock], listener: AccessListener | None = None, watch: WatchedSlots | None = None
    ) -> None:
        super().__init__(block, listener, watch)
        self.inputs: dict[int, int] = {}
        """What drives fields that latch, by slot."""
        self.rising: set[tuple[int, int, str]] = set()
        """Counting inputs that are high: storage slot, lowest bit, side."""
        self.outputs: dict[int, bool] = {}
        """Interrupt outputs of registers, by slot."""

    # Fields.

    def drive(self, at: int, f: FieldPlan, value: int) -> None:
        """Hardware drives the field: it writes, sets, clears or triggers it, as its properties say.

        Raises OutOfRange, and NotWritable where hardware has no such way into the field.
        """
        side = ""
        if f.inputs:
            side = "hwset" if value in (1, f.ones) else "hwclr" if value == 0 else ""
            if f.replaced and side in f.inputs:  # its `next` comes from elsewhere: this is the way in that is left
                self._force(at, f, side)
                self.changed(at)
                self._input(at, f, side)
                return
            if f.writable:
                side = PULSE if PULSE in f.inputs else "we"
        old = self.words[at]
        self._apply(at, f, value)
        if self.words[at] != old:
            self.changed(at)
        if side == PULSE:
            self._fire(at, value << f.low & f.mask, PULSE)
        elif side in f.inputs:
            self._input(at, f, side)

    def _input(self, at: int, f: FieldPlan, name: str) -> None:
        """An input of the field, which properties of other fields may refer to (`->hwset`), is high for one clock."""
        source = implied(self.plan.block.names[at], f, name)
        if source not in self.plan.live:
            return
        before = self.signals.get(source, 0)
        self.signals[source] = 1
        links = [link for link in self.plan.links.get(source, ()) if self.evaluate(link.reference)]
        for side, target, field, _ in links:
            if side == "next":
                self._apply(target, field, 1)
            elif side in ("hwset", "hwclr"):
                self._force(target, field, side)
        self.signals[source] = before  # what follows from it comes a clock later
        for side, target, field, _ in links:
            if side in ("incr", "decr"):
                self._count_event(target, field, side)
            else:
                self.changed(target)
        self.changed(source)

    def _apply(self, at: int, f: FieldPlan, value: int) -> int:
        """Drive, and say which bits hardware acted on. What follows from the change is left to `changed`."""
        value = int(value)
        name = self.plan.block.names[at]
        if value < 0 or value > f.ones:
            raise out_of_range(name, f.field, value)
        if f.field.msb0:
            value = reverse(value, f.field.width)
        if not f.writable and not f.replaced:
            return self._set_or_clear(at, f, value)
        enabled = self._enabled(at, f) if f.guards else f.ones
        if f.sticky:
            return self._trigger(at, f, value, enabled)
        mask = enabled << f.low
        self.words[at] = self.words[at] & ~mask | value << f.low & mask
        if at in self.flipped:
            self.flipped[at] &= ~mask
        if at in self.unknown:
            self.unknown[at] &= ~mask
        return mask

    def _set_or_clear(self, at: int, f: FieldPlan, value: int) -> int:
        """9.5.1: hardware that cannot write can still set (`hwset`) or clear (`hwclr`) the field as a whole."""
        side = "hwset" if value in (1, f.ones) else "hwclr"
        if not f.props.get(side) or value not in (0, 1, f.ones):
            raise NotWritable(
                f"hardware cannot drive '{f.field.name}' to {value}",
                where=f"{self.plan.block.names[at]}.{f.field.name}",
                wanted=f"hw=w, or {side} for that value",
                got=f"hw={f.field.hw}",
                next="hwset and hwclr act on the field as a whole; for single bits describe it hw=w, with stickybit or intr",
            )
        return self._force(at, f, side)

    def _force(self, at: int, f: FieldPlan, side: str) -> int:
        mask = (self._enabled(at, f, ("hwenable", "hwmask")) if f.guards else f.ones) << f.low
        self.words[at] = self.words[at] | mask if side == "hwset" else self.words[at] & ~mask
        return mask

    def _enabled(self, at: int, f: FieldPlan, guards: tuple[str, ...] = ("hwenable", "hwmask", "we", "wel")) -> int:
        """9.5.1: the bits that `hwenable`, `hwmask`, `we` and `wel` let hardware write, where they refer to something.

        `we` and `wel` are about writing values: `hwset` and `hwclr` do without them.
        """
        bits = f.ones
        for name, path in f.guards:
            if name not in guards:
                continue
            value = self.value_of(str(path), at)
            if name == "hwenable":
                bits &= value
            elif name == "hwmask":
                bits &= ~value
            elif bool(value) == (name == "wel"):
                bits = 0
        return bits

    def _trigger(self, at: int, f: FieldPlan, value: int, enabled: int) -> int:
        """9.9: what an input does to a field that latches it, bit by bit (`stickybit`) or as a whole (`sticky`)."""
        inputs = self.inputs.get(at, 0)
        before = inputs >> f.low & f.ones
        self.inputs[at] = inputs & ~f.mask | value << f.low
        if f.edge == "posedge":
            event = value & ~before
        elif f.edge == "negedge":
            event = before & ~value
        elif f.edge == "bothedge":
            event = before ^ value
        else:
            event = value
        event &= enabled
        if f.sticky == "field" and self.words[at] & f.mask:
            event = 0
        self.words[at] |= event << f.low
        return f.mask if f.sticky == "field" and event else event << f.low

    def hwset(self, name: str, on: bool = True) -> None:
        """Hardware sets (or clears) a field as a whole, through its `hwset` (or `hwclr`)."""
        side = "hwset" if on else "hwclr"
        for at, f in find_fields(self.block, name):
            if not f.props.get(side):
                raise NotWritable(f"field has no {side}", where=name)
            self._force(at, f, side)
            self.changed(at)
            self._input(at, f, side)

    def corrupt(self, name: str, bits: int = 1) -> None:
        """Flip stored bits of a field as radiation would: its parity (9.5.1 `paritycheck`) no longer fits."""
        for at, f in find_fields(self.block, name):
            self.words[at] ^= bits << f.low & f.mask
            if f.props.get("paritycheck"):
                self.flipped[at] = self.flipped.get(at, 0) ^ bits << f.low & f.mask
            self.changed(at)

    _fast_read: dict[int, tuple[int, int]]
    _fast_write: dict[int, tuple[int, int, int]]

    # Counters (9.8).

    def count(self, at: int, f: FieldPlan, up: int = 0, down: int = 0) -> None:
        """Count up and down at once: it saturates where the description says so, and wraps otherwise."""
        if not f.props.get("counter"):
            raise AccessError(f"field '{f.field.name}' is no counter", where=self.plan.block.names[at])
        value = self.get(at, f) + up - down
        ceiling = self._limit(at, f, ("incrsaturate", "saturate"), f.ones)
        floor = self._limit(at, f, ("decrsaturate",), 0)
        fired = []
        if up > down and value > (f.ones if ceiling is None else ceiling):
            fired = ["overflow"] if ceiling is None else []
            value = value & f.ones if ceiling is None else ceiling
        if down > up and value < (0 if floor is None else floor):
            fired = ["underflow"] if floor is None else []
            value = value & f.ones if floor is None else floor
        stored = reverse(value, f.field.width) if f.field.msb0 else value
        self.words[at] = self.words[at] & ~f.mask | stored << f.low
        self.changed(at)
        for output in fired:
            self._fire(at, f.mask, output)
        for name, by in (("incr", up), ("decr", down)):
            if by and not isinstance(f.props.get(name), str):
                self._input(at, f, name)

    # References, signals, interrupt outputs.

    def signal(self, name: str, value: int) -> None:
        """Drive an input signal of the block, by the name that properties refer to it."""
        source = f"signal:{name}"
        self.signals[source] = int(value)
        owner, _, side = name.rpartition(".")
        if value and side in ("hwset", "hwclr") and owner.rpartition(".")[0] in self.plan.block.slots:
            for at, f in find_fields(self.block, owner):
                self._force(at, f, side)
                self.changed(at)
        self.changed(source)

    def changed(self, source: int | str) -> None:
        """Let everything follow that depends on a storage slot or a signal."""
        if source not in self.plan.live:
            return
        self._depth += 1
        try:
            if self._depth > LOOP:
                where = self.plan.block.names[source] if isinstance(source, int) else source
                raise RdlError("references go in circles", where=where)
            self._propagate(source)
        finally:
            self._depth -= 1

    def _propagate(self, source: int | str) -> None:
        plan = self.plan
        if isinstance(source, int) and source in self.inputs:
            for f in plan.block.plans[source].levels:
                event = self.inputs[source] & f.mask
                if event and not (f.sticky == "field" and self.words[source] & f.mask):
                    self.words[source] |= event
        links = plan.links.get(source)
        if links:
            self._follow(links)
        for slot in plan.interrupts.get(source, ()):
            if slot != source:
                self._follow(
                    tuple(link for link in plan.links.get(slot, ()) if link.reference.output in ("intr", "halt"))
                )
            active = bool(self.active(slot))
            if self.outputs.get(slot, False) != active:
                self.outputs[slot] = active
                if self.listener is not None:
                    self.listener.interrupt_changed(plan.block.names[slot], active)

    def _follow(self, links: tuple[FieldLink, ...]) -> None:
        events = []  # all that begin now, seen before any of them changes what the others look at
        for link in links:
            if link.side in ("incr", "decr"):
                rising = (link.target, link.field.low, link.side)
                if not self.evaluate(link.reference):
                    self.rising.discard(rising)
                elif rising not in self.rising:
                    self.rising.add(rising)
                    events.append(link)
        for side, target, f, ref in links:
            if side in ("incr", "decr"):
                continue
            value = self.evaluate(ref)
            old = self.words[target]
            if side == "next":
                self._apply(target, f, value & f.ones)
            else:
                # Both at once is a set: clearing in between would be a glitch that interrupts could see.
                other = f.props.get("hwset") if side == "hwclr" else None
                if value and not (isinstance(other, str) and self.value_of(other, target)):
                    self._force(target, f, side)
            if self.words[target] != old:
                self.changed(target)
        for link in events:
            self._count_event(link.target, link.field, link.side)

    def _count_event(self, at: int, f: FieldPlan, side: str) -> None:
        by = self.step(at, f, f"{side}value")
        self.count(at, f, up=by if side == "incr" else 0, down=by if side == "decr" else 0)

    def _strobe(self, slot: int, accessed: int, modified: int, access: str, pulsed: int = 0) -> None:
        """Software accessed a register: tell the fields that listen to its strobes (9.6 `swacc`, `swmod`, `singlepulse`)."""
        at = self.plan.block.store[slot]
        for name, mask in ((access, accessed), ("swacc", accessed), ("swmod", modified), (PULSE, pulsed)):
            self._fire(at, mask, name)

    def _fire(self, at: int, mask: int, output: str) -> None:
        """A strobe of a field in that storage happens once."""
        links = [link for link in self.plan.strobes.get(at, ()) if link.reference.slot == at]
        before, self._firing = self._firing, (at, mask, output)
        self._depth += 1
        try:
            if links and self._depth > LOOP:
                raise RdlError("references go in circles", where=self.plan.block.names[at])
            for side, target, f, ref in links:
                if ref.output != output or ref.field is None or not ref.field.mask & mask:
                    continue
                if side in ("incr", "decr"):
                    self._count_event(target, f, side)
                elif side == "next":
                    for value in (f.ones, 0):
                        self._apply(target, f, value)
                        self.changed(target)
                else:
                    self._force(target, f, side)
                    self.changed(target)
        finally:
            self._depth -= 1
            self._firing = before

    def settle(self) -> None:
        """Evaluate every reference once, as after power-up."""
        for source in (*self.plan.links, *self.plan.interrupts):
            self.changed(source)
