"""The base class of a block's behaviour. Registers behave by their description; a model adds what happens behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple

from bedplate.declared import kinds_of, require_kinds, require_near_none, require_runs
from bedplate.errors import AccessError, ConfigError, ModelDefect, UnknownName, line_of
from bedplate.model.event_queue import EventQueue, QueuedEvent
from bedplate.model.faults import EVERYWHERE, Fault, FaultKind, Scalar
from bedplate.model.hooks import Hook, Hooks, SoftwareAccess, collect, named_in
from bedplate.model.plan import block_plan, find, find_fields
from bedplate.model.register_model import RegisterModel
from bedplate.model.surroundings import NOWHERE, FabricError, Surroundings
from bedplate.model.tables import WatchedSlots
from bedplate.model.view import HardwareBlock
from bedplate.reg import RegisterBlock, Value

POWER = "power"
"""The cause of a reset that nothing survives."""


class Violation(NamedTuple):
    """A dangerous act by software."""

    time: int
    instance: str
    text: str

    def __str__(self) -> str:
        return f"{self.instance}: {self.text}"


class Model:
    """One instance of an IP block. Subclasses give `regs` and behaviour; a ChipModel places them and starts them.

    State besides the registers lives in attributes that `after_reset` sets; it must survive pickling.
    """

    regs: ClassVar[type[RegisterBlock]]
    faults: ClassVar[Mapping[str, FaultKind]] = {}
    """Faults that the behaviour obeys, made by `fault_kinds`. Those of `faults.EVERYWHERE` need not be declared."""
    channels: ClassVar[int] = 1
    """Channels that a fault can name, from 0 on."""
    free: ClassVar[frozenset[str]] = frozenset()
    """Registers and fields (`status.count`) that may differ between two runs that did the same."""
    evidence: ClassVar[frozenset[str]] = frozenset()
    """Registers and fields that remember what went wrong or was reset: after it was cured they go on to differ."""
    survives: ClassVar[frozenset[str]] = frozenset()
    """Registers and fields that any reset but loss of power leaves alone, besides those whose `resetsignal` says so."""
    wires: ClassVar[tuple[str, ...]] = ()
    """Levels that one end of a pair drives towards its other end: ports of `provides`, which that one asks for by `hears`."""
    por_signals: ClassVar[frozenset[str]] = frozenset({"por", "cold"})
    """A `resetsignal` with one of these words in its name (`por_n`) is asserted at power-up only."""

    _hooks: ClassVar[Hooks]
    _watch: ClassVar[WatchedSlots]
    _free: ClassVar[dict[int, int]]
    _evidence: ClassVar[dict[int, int]]
    _kept: ClassVar[dict[int, int]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "regs" not in cls.__dict__ and not hasattr(cls, "regs"):
            return
        require_kinds(_KINDS, vars(cls), cls.__name__, ConfigError)
        require_near_none(_SAID, vars(cls), cls.__name__, ConfigError)
        called = ((name, one) for name, one in vars(cls).items() if hasattr(Model, name))
        require_runs(called, cls.__name__, ConfigError)
        cls._hooks = collect(cls, cls.regs)
        cls._watch = cls._hooks.watch()
        cls._free = _masks(cls, "free")
        cls._evidence = _masks(cls, "evidence")
        cls._kept = _masks(cls, "survives")
        plan = block_plan(cls.regs)
        for slot, registers in enumerate(plan.plans):
            for field in registers.fields.values():
                signal = str(field.props.get("resetsignal", "")).removeprefix("signal:").lower()
                if cls.por_signals & set(signal.split("_")):
                    cls._kept[plan.store[slot]] = cls._kept.get(plan.store[slot], 0) | field.mask

    def __init__(self, **settings: Any) -> None:
        """`settings` set attributes that the class declares, for this instance: `PllModel(lock_time=us(20))`.

        Raises UnknownName for another one, ModelDefect for a model without registers.
        """
        if not hasattr(type(self), "regs"):
            raise ModelDefect(
                f"the model {type(self).__name__} has no `regs`",
                wanted="regs = ..., the class of its registers, as its driver has them",
                cause=line_of(type(self)),
            )
        for name, value in settings.items():
            if not hasattr(type(self), name):
                raise UnknownName("setting", name, [n for n in dir(type(self)) if not n.startswith("_")])
            setattr(self, name, value)
        self.name = type(self).__name__
        self.slow = 1.0
        """Stretches every delay of `after`: the fault "slow by a factor"."""
        self.event_queue = EventQueue()
        self.around: Surroundings = NOWHERE
        self.registers = RegisterModel(self.regs, self, self._watch)
        self.hw: Any = HardwareBlock(self.registers, self.regs)
        self.violations: list[Violation] = []
        self.planted: list[Fault] = []
        self.reset_cause = POWER
        """Why the block was reset the last time."""
        self.resetting = False
        """Whether it is being reset by itself: what it gives is gone without anybody asking."""
        self._stopped: list[QueuedEvent] | None = None
        self._stopped_at = self._stood = 0

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "hw"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.hw = HardwareBlock(self.registers, self.regs)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    # What subclasses may define.

    def after_reset(self) -> None:
        """The block leaves reset, at power-up too: set attributes, drive the outputs that are live from the start."""

    def provides(self, port: str) -> bool:
        """Whether this output of the block (a clock, a reset released, a rail) is there for those who need it."""
        return True

    def mhz(self, port: str) -> int:
        """The rate of this output, while it provides a clock whose rate matters (MHz)."""
        return 0

    def draws(self, budget: str) -> bool:
        """Whether this block draws now on a budget of the chip, such as inrush current. One that may, calls `begins_to_draw`."""
        return False

    def deprived(self) -> None:
        """Power, clock or reset release were taken from a block that had them all, by no reset, its provider's included.

        Registers are as before. Where that harms what it was doing, that is a violation of whoever took it.
        """

    def inputs_changed(self) -> None:
        """Something that this block needs came or went: ask `supplied`."""

    def fault_planted(self, fault: Fault) -> None:
        """A fault was planted: for one that acts on what is there already."""

    def tenant(self, active: bool) -> None:
        """A workload came (or went)."""

    def fabric_error(self, error: FabricError) -> None:
        """An access that should have travelled through this block failed."""

    def fabric_timed_out(self) -> None:
        """The first error that the fabric of its region answered, and froze, is a timeout, whoever asked."""

    def domain_was_reset(self, domain: int) -> None:
        """An instance was reset that this one counts, as the holder of its region's identity: which of its epochs that is."""

    # What subclasses use.

    @property
    def now(self) -> int:
        """Device time (ns)."""
        return self.event_queue.now

    @property
    def ran(self) -> int:
        """How much device time passed while the clock of this block ran (ns): what its own timers count."""
        return (self.now if self._stopped is None else self._stopped_at) - self._stood

    def after(self, delay: int, method: Callable[..., object], *args: Any) -> QueuedEvent:
        """Call a method of this model after that time, stretched by `slow`. A reset cancels it, a stopped clock halts it."""
        if getattr(method, "__self__", None) is not self:
            raise TypeError("after() takes a method of this model: anything else would not survive a snapshot")
        event = QueuedEvent(round(delay * self.slow), method, args, self)
        if self._stopped is not None:
            self._stopped.append(event)
        else:
            event.time += self.now
            self.event_queue.put(event)
        return event

    def cancel(self, event: QueuedEvent | None) -> None:
        """What `after` announced will not happen. None and what already happened are fine."""
        self.event_queue.cancel(event)

    def outputs_changed(self) -> None:
        """What this block provides to others may have changed."""
        self.around.outputs_changed(self.name)

    def begins_to_draw(self, budget: str) -> None:
        """This block has just begun to draw on a budget: a violation where it is one too many."""
        self.around.begins_to_draw(self.name, budget)

    def supplied(self, kind: str | None = None, provider: str | None = None, port: str | None = None) -> bool:
        """Whether all needs of that kind (from that provider, that port) are met. True outside a chip."""
        return self.around.supplied(self.name, kind, provider, port)

    def clocked_at(self, kind: str) -> int:
        """The rate of the clock that meets a need of that kind (MHz); 0 without one."""
        return self.around.clocked_at(self.name, kind)

    def hears(self, wire: str) -> bool:
        """Whether the other end of the pair drives that wire; `inputs_changed` tells when that changes."""
        return self.around.hears(self.name, wire)

    def strobe(self, field: str) -> None:
        """A pulse of one clock on the input of a field: an event for edge-sensitive interrupts, however often."""
        for at, f in find_fields(self.regs, field, self.name):
            self.registers.drive(at, f, f.ones)
            self.registers.drive(at, f, 0)

    def increment(self, field: str, by: int | None = None) -> None:
        """Count a counter field up, by its `incrvalue` unless said otherwise."""
        for at, f in find_fields(self.regs, field, self.name):
            self.registers.count(at, f, up=self.registers.step(at, f, "incrvalue") if by is None else by)

    def decrement(self, field: str, by: int | None = None) -> None:
        """Count a counter field down, by its `decrvalue` unless said otherwise."""
        for at, f in find_fields(self.regs, field, self.name):
            self.registers.count(at, f, down=self.registers.step(at, f, "decrvalue") if by is None else by)

    def interrupt(self, register: str) -> bool:
        """The interrupt output of a register."""
        return any(self.registers.active(slot) for slot in find(self.regs, register, self.name))

    def violation(self, text: str) -> None:
        """Software did something dangerous: remember it for the test to find."""
        self.violations.append(Violation(self.now, self.name, text))

    def fault(self, name: str) -> Fault | None:
        """The planted fault of that name, using up one of its times; None if there is none. Whoever asks, obeys."""
        fault = self.peek_fault(name)
        if fault is not None and fault.left is not None:
            fault.left -= 1
            if not fault.left:
                self.planted.remove(fault)
        return fault

    @classmethod
    def fault_kinds(cls) -> dict[str, FaultKind]:
        """Every fault that can be planted in such a block: its own, then those of any block."""
        return {**cls.faults, **EVERYWHERE}

    def peek_fault(self, name: str) -> Fault | None:
        """Like `fault`, without using it up."""
        self.kind_of(name)
        found = next((fault for fault in self.planted if fault.name == name), None)
        if found is not None:
            found.obeyed = True
        return found

    def kind_of(self, name: str) -> FaultKind:
        """What is known of a fault that can be planted here. Raises UnknownName."""
        kinds = self.fault_kinds()
        if name not in kinds:
            raise UnknownName("fault", name, kinds, where=self.name)
        return kinds[name]

    # What tests and the chip use.

    def plant(self, name: str, value: Scalar | None = None, *, times: int | None = None, **params: Scalar) -> Fault:
        """A fault, for ever or so many times. Raises UnknownName for one that this block does not have, AccessError for a value that it cannot have."""
        kind = self.kind_of(name)
        fault = Fault(name, value, times, params)
        if wanted := kind.wanted(value, self):
            raise AccessError(f"{name}: {kind.text}", where=self.name, wanted=wanted, got=repr(fault))
        if name == "slow":
            self.slow, fault.obeyed = float(value or 1), True
        if name == "block_reset":
            self.event_queue.at(self.now + int(value or 0), self.reset, "block_reset")
        else:
            self.planted.append(fault)
        if name == "hung":
            self.around.check_gates(self.name)
        self.fault_planted(fault)
        return fault

    def state(self) -> dict[str, int]:
        """What every register holds, but for the fields that are free to differ: equal states are equal bit for bit."""
        held = self.registers.state()
        names = self.registers.plan.block.names
        for slot, mask in self._free.items():
            held[names[slot]] &= ~mask
        return held

    def remembers(self) -> dict[str, int]:
        """The registers that hold evidence, and in which bits."""
        names = self.registers.plan.block.names
        return {names[slot]: mask for slot, mask in self._evidence.items()}

    def reset(self, cause: str) -> None:
        """Reset and release: registers return to their reset values but for what survives, pending events are cancelled."""
        self.resetting = True
        self.enter_reset(cause)
        if not self.around.held(self.name):
            self.leave_reset()
        self.resetting = False

    def enter_reset(self, cause: str) -> None:
        """Reset is asserted."""
        self._clear()
        self.reset_cause = cause
        self.around.was_reset(self.name)
        self.registers.reset(self._kept)

    def leave_reset(self) -> None:
        """Reset is released, with power there."""
        self.after_reset()
        self.outputs_changed()

    def power_lost(self, was_held: bool = False) -> None:
        """Power is gone: nothing survives. For a block that was held in reset anyway that is no further reset."""
        self._clear()
        if not was_held:
            self.around.was_reset(self.name)
        self.reset_cause = POWER
        self.registers.reset(power=True)

    def clock_changed(self, running: bool) -> None:
        """A stopped clock halts what is under way; it goes on where it was when the clock comes back."""
        if running and self._stopped is not None:
            stopped, self._stopped = self._stopped, None
            self._stood += self.now - self._stopped_at
            for event in stopped:
                event.time += self.now
                if event.pending:
                    self.event_queue.put(event)
        elif not running and self._stopped is None:
            self._stopped, self._stopped_at = self.event_queue.take(self), self.now
            for event in self._stopped:
                event.time -= self.now

    def _clear(self) -> None:
        for event in self.event_queue.take(self) + (self._stopped or []):
            self.cancel(event)
        if self._stopped is not None:
            self._stopped = []

    # What the register model tells (Listener).

    def before_read_of(self, slot: int, lanes: int) -> None:
        for hook in self._hooks.before_read[slot]:
            self._call(hook, slot, 0, 0, lanes)

    def after_read_of(self, slot: int, old: int, got: int) -> None:
        for hook in self._hooks.after_read[slot]:
            self._call(hook, slot, old, got, -1)

    def after_write_of(self, slot: int, old: int, data: int, lanes: int) -> None:
        for hook in self._hooks.after_pulse.get(slot, ()):
            if data & lanes & hook.mask:
                self._call(hook, slot, old, data, lanes)
        for hook in self._hooks.after_write.get(slot, ()):
            self._call(hook, slot, old, data, lanes)

    def after_memory_write(self, slot: int, entry: int, old: int, new: int) -> None:
        memory = self.registers.plan.block.memories[slot - len(self.registers.words)][0]
        for hook in self._hooks.after_write[slot]:
            access = SoftwareAccess(f"{memory}[{entry}]", Value(old), Value(new), Value(new))
            getattr(self, hook.method)(*(access,) if hook.wants else ())

    def interrupt_changed(self, register: str, active: bool) -> None:
        """The interrupt output of a register rose or fell. Overriding methods call this one."""
        self.outputs_changed()

    def _call(self, hook: Hook, slot: int, old: int, data: int, lanes: int) -> None:
        method = getattr(self, hook.method)
        if not hook.wants:
            method()
            return
        block = self.registers.plan.block
        value, ones = block.classes[slot].Value, (1 << block.classes[slot].WIDTH) - 1
        new = self.registers.words[block.store[slot]]
        method(SoftwareAccess(block.names[slot], value(old & ones), value(new & ones), value(data & ones), lanes))


_KINDS = kinds_of(Model)
_SAID = (*_KINDS, "after_reset", "inputs_changed", "provides", "deprived")


def _masks(model: type[Model], attribute: str) -> dict[int, int]:
    """Registers and fields that an attribute of a class names, as masks by storage slot. Raises ConfigError, with the class's line."""
    block = block_plan(model.regs)
    masks: dict[int, int] = {}
    for name in getattr(model, attribute):
        with named_in(f"`{attribute}` of {model.__name__}", model):
            try:
                chosen = [(slot, -1) for slot in find(model.regs, name)]
            except UnknownName:
                chosen = [(slot, field.mask) for slot, field in find_fields(model.regs, name)]
            for slot, mask in chosen:
                if slot >= len(block.names):
                    raise ConfigError(f"'{name}' is a memory", wanted="a register or field")
                masks[block.store[slot]] = masks.get(block.store[slot], 0) | mask
    return masks
