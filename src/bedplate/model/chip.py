"""A whole chip in one process: instances behind one fabric, as a Bus."""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NoReturn, Protocol

from bedplate.bus import SIZES, WORD, poll_by_reading, us
from bedplate.errors import AccessError, BusFault, BusSize, UnknownName, WiringError
from bedplate.model.defect import blamed_but_for_refusals, blamed_on_models
from bedplate.model.event_queue import EventQueue
from bedplate.model.fabric import PAIR, Capacity, FabricNeed, Gates, Node, Placed
from bedplate.model.faults import CHIP, WIDE_FAULTS, Fault, Scalar, parse_plant
from bedplate.model.model import POWER, Model, Violation
from bedplate.model.surroundings import FabricError, Surroundings
from bedplate.reg import normal

ACCESS_TIME = 100
BURST_TIME = 10
TIMEOUT = us(10)

RESETS = (POWER, "warm", "watchdog")
"""What resets a chip as a whole: power that goes and comes back, software, or a timer that nobody fed."""


class Keeper(Protocol):
    """Who keeps others out, where that is wanted: `enter` raises for them."""

    def enter(self) -> None:
        """Raises NotOwner for whoever has no right to the chip now."""


class ChipModel(Surroundings):
    """The raw bus of a model environment. Time is virtual: accesses cost some, `sleep` costs nothing real.

    An access takes effect at its end, after everything that was due until then. One to a block that cannot answer costs
    the fabric's `timeout`, raises BusFault, and is logged; so does one to an address where nobody lives. Where a model raises,
    whatever is asked of the chip raises ModelDefect. A snapshot holds everything: registers, events under way, planted faults, logs.
    """

    def __init__(
        self,
        instances: Iterable[Placed],
        *,
        access_time: int = ACCESS_TIME,
        burst_time: int = BURST_TIME,
        timeout: int = TIMEOUT,
        faults: Iterable[str] = (),
        capacities: Iterable[Capacity] = (),
    ) -> None:
        """`faults` are planted before power comes, in the form of `parse_plant`; `capacities` are what the supply bears.

        Raises WiringError, AccessError, and UnknownName for a member of a budget that does not exist.
        """
        self.capacities = tuple(capacities)
        self.event_queue = EventQueue()
        self.access_time = access_time
        self.burst_time = burst_time
        self.timeout = timeout
        self.owners: Sequence[Keeper] = ()
        """Asked before each access and sleep."""
        self.fabric_log: list[FabricError] = []
        """Every error, for tests."""
        self.fabric_first: FabricError | None = None
        """As on hardware: the first error since the last acknowledge, frozen, and how many there were."""
        self.fabric_count = 0
        nodes = sorted((Node(placed) for placed in instances), key=lambda node: node.base)
        self._layout(nodes)
        self._gates = Gates(nodes)
        for node in nodes:
            if type(node.model.around) is not Surroundings:
                raise WiringError("a model instance can sit in one place only", where=node.name)
            node.model.name, node.model.event_queue, node.model.around = node.name, self.event_queue, self
        for budget in self.capacities:
            for name in budget.members:
                self._node(name)
        for text in faults:
            self.plant_text(text)
        with blamed_on_models:
            self._gates.power_up()

    def _layout(self, nodes: list[Node]) -> None:
        for node, following in pairwise(nodes):
            if node.base + node.size > following.base:
                raise WiringError("addresses overlap", where=f"{node.name}, {following.name}")
        self._nodes_at = nodes
        self._bases = [node.base for node in nodes]
        if len({node.name for node in nodes}) != len(nodes):
            raise WiringError("two instances of one name")
        # A page holds the start of at most one instance, and no end of another: all bases are multiples of it.
        shift = 12
        for base in self._bases:
            while base & (1 << shift) - 1:
                shift -= 1
        self._shift = shift
        self._pages: dict[int, Node] = {}

    # The Bus.

    @property
    def sizes(self) -> tuple[int, ...]:
        """As wide as its registers promise to understand."""
        return max((node.model.registers.plan.sizes for node in self._nodes_at), key=len, default=SIZES)

    def read(self, address: int, size: int = WORD) -> int:
        """A word, or its lanes. Raises BusFault and BusSize."""
        with blamed_on_models:
            node = self._reach(address, False, self.access_time)
            return node.model.registers.read(address - node.base, size)

    def write(self, address: int, value: int, size: int = WORD) -> None:
        """A word, or its lanes. Raises BusFault and BusSize."""
        with blamed_on_models:
            node = self._reach(address, True, self.access_time)
            node.model.registers.write(address - node.base, value, size)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        """Words one after the other; a fault ends the burst where it happens."""
        self._aligned(address)
        words = []
        cost = self.access_time
        with blamed_on_models:
            for at in range(address, address + WORD * count, WORD):
                node = self._reach(at, False, cost)
                words.append(node.model.registers.read(at - node.base))
                cost = self.burst_time
        return words

    def write_block(self, address: int, values: Sequence[int]) -> None:
        """Words one after the other; a fault ends the burst where it happens, the words before it are written."""
        self._aligned(address)
        cost = self.access_time
        with blamed_on_models:
            for at, value in enumerate(values):
                node = self._reach(address + WORD * at, True, cost)
                node.model.registers.write(address + WORD * at - node.base, value)
                cost = self.burst_time

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        """By honest reading, so that reads with side effects and values that live act as they do on hardware."""
        return poll_by_reading(self, address, mask, value, timeout, size)

    def now(self) -> int:
        """Device time (ns)."""
        return self.event_queue.now

    def sleep(self, duration: int) -> None:
        """Let device time pass, and whatever happens in it."""
        for owner in self.owners:
            owner.enter()
        with blamed_on_models:
            self.event_queue.advance(duration)

    def _reach(self, address: int, write: bool, cost: int) -> Node:
        """Spend the time of an access; who answers it. Raises BusFault where nobody does."""
        for owner in self.owners:
            owner.enter()
        queue = self.event_queue
        now = queue.now + cost
        if now < queue.due:
            queue.now = now
        else:
            queue.advance(cost)
        node = self._pages.get(address >> self._shift)
        if node is None:
            node = self._decode(address)
        if node is None or address - node.base >= node.size:
            self._refuse("decode", "", address, write)
        elif node.blocked:
            self._refuse(node.blocked, node.name, address, write)
        return node

    def _decode(self, address: int) -> Node | None:
        index = bisect_right(self._bases, address) - 1
        if index < 0 or address - self._bases[index] >= self._nodes_at[index].size:
            return None
        node = self._pages[address >> self._shift] = self._nodes_at[index]
        return node

    def _refuse(self, kind: str, instance: str, address: int, write: bool) -> NoReturn:
        """End an access that nobody answered as a real fabric does: late, with an error, and with a log entry."""
        self.event_queue.advance(max(self.timeout - self.access_time, 0))
        error = FabricError(self.now(), kind, instance, address, write)
        self.fabric_log.append(error)
        self.fabric_first = self.fabric_first or error
        self.fabric_count += 1
        self.refused(error)
        if instance:
            node = self._gates.nodes[instance]
            for need in node.needs:
                if need.kind == "path":
                    self._gates.nodes[need.provider].model.fabric_error(error)
            if kind == "hung":
                node.model.fault("hung")
                node.judge()
        raise BusFault(
            f"{kind} error, {'write' if write else 'read'} at 0x{address:08x}",
            where=instance or f"0x{address:08x}",
            waited=self.timeout,
            cause=f"{instance} is {kind}" if instance else "no instance at this address",
        )

    def _aligned(self, address: int) -> None:
        if address % WORD:
            raise BusSize(f"burst at 0x{address:x}", wanted="an address aligned to 4 bytes")

    # Power, clocks, resets: what models and tests ask for.

    def outputs_changed(self, name: str) -> None:
        """The outputs of an instance may have changed: everybody who needs it follows at once."""
        self._gates.outputs_changed(name)

    def begins_to_draw(self, name: str, budget: str) -> None:
        """An instance draws on a budget from now on. A violation of that instance where more draw than may."""
        for one in self.capacities:
            if one.name == budget and name in one.members:
                drawing = sum(self[member].draws(budget) for member in one.members)
                if drawing > one.most:
                    self[name].violation(f"{budget}: {drawing} draw at once, {one.most} may")

    def supplied(self, name: str, kind: str | None, provider: str | None, port: str | None) -> bool:
        """Whether those needs of an instance are met."""
        return all(
            self._gates.met(need)
            for need in self._node(name).needs
            if kind in (None, need.kind) and provider in (None, need.provider) and port in (None, need.port)
        )

    def clocked_at(self, name: str, kind: str) -> int:
        """The rate of the clock that meets a need of an instance (MHz); 0 without one."""
        return max((self._gates.mhz(need) for need in self._node(name).needs if need.kind == kind), default=0)

    def hears(self, name: str, wire: str) -> bool:
        """Whether the other end of the pair that an instance is an end of drives that wire."""
        wires = [need for need in self._node(name).needs if need.kind == PAIR and need.port == wire]
        return bool(wires) and all(map(self._gates.met, wires))

    def needs(self, name: str) -> Sequence[FabricNeed]:
        """What an instance needs from others."""
        return self._node(name).needs

    def held(self, name: str) -> bool:
        """Whether an instance is without power or in reset."""
        return self._node(name).held

    def blocked(self, name: str) -> str:
        """Why an instance does not answer, in a word; empty if it does."""
        return self._node(name).blocked

    def reset(self, cause: str) -> None:
        """The chip as a whole is reset, by one of RESETS; its planted faults stay. Raises UnknownName."""
        if cause not in RESETS:
            raise UnknownName("reset of a chip", cause, RESETS)
        if cause == POWER:
            self.tenant(False)  # what lost its power runs no more
        with blamed_on_models:
            self._gates.reset(cause)

    def reset_domain(self, name: str) -> None:
        """The blocks of a group (`die0`), or behind a reset line (`die0.rstmgr.noc`), are reset together. Raises UnknownName."""
        with blamed_on_models:
            self._gates.reset("warm", self._gates.domain(name))

    def was_reset(self, name: str) -> None:
        """As in `Surroundings`. Chips that count resets override this."""

    def refused(self, error: FabricError) -> None:
        """The fabric answered an access itself. Chips with an instance that watches the fabric override this."""

    def check_gates(self, name: str) -> None:
        """A fault was planted that may block the instance."""
        self._node(name).judge()

    # Tests.

    def __getitem__(self, name: str) -> Model:
        """The model of an instance. Raises UnknownName."""
        return self._node(name).model

    def __iter__(self) -> Iterator[str]:
        """The names of all instances, by address."""
        return (node.name for node in self._nodes_at)

    def _node(self, name: str) -> Node:
        node = self._gates.nodes.get(name)
        if node is None:
            raise UnknownName("instance", name, self._gates.nodes)
        return node

    def plant(self, instance: str, fault: str, value: Scalar | None = None, *, times: int | None = None) -> Fault:
        """A fault in an instance. Raises UnknownName."""
        with blamed_but_for_refusals:
            return self[instance].plant(fault, value, times=times)

    def leap(self, duration: int) -> None:
        """Let time pass (ns): here hours cost no more than anything else."""
        self.sleep(duration)

    def plant_text(self, text: str) -> Fault:
        """A fault as `parse_plant` reads it: `die0.pll.sys:no_lock*1`; or a reset to come, as in `faults.WIDE_FAULTS`: `die0:reset=3ms`.

        Raises AccessError, UnknownName.
        """
        instance, fault, params = parse_plant(normal(text))
        if fault in WIDE_FAULTS:
            return self._plant_reset(instance, fault, **params)
        if instance == CHIP or (instance not in self._gates.nodes and instance in self._gates.domains()):
            known = WIDE_FAULTS if instance == CHIP else ["reset"]
            raise UnknownName(f"fault of {instance} as a whole", fault, known, where=instance)
        return self.plant(instance, fault, **params)

    def require_said(self, text: str) -> None:
        """Raise AccessError for a fault as a person wrote it that leaves out its value, or the unit of a time; UnknownName for one that there is not."""
        instance, fault, params = parse_plant(normal(text))
        kind, model = WIDE_FAULTS.get(fault), None
        if kind is None:
            model = self[instance]
            kind = model.kind_of(fault)
        if wanted := kind.unsaid(params["value"], model):
            raise AccessError(f"{fault}: {kind.text}", where=instance, wanted=wanted, got=text)

    def _plant_reset(self, name: str, kind: str, value: Scalar | None, times: int | None) -> Fault:
        """A reset that triggers by itself, in the midst of whatever the software does then."""
        delay = value if value is not None else 0
        if not isinstance(delay, int) or times is not None:
            raise AccessError(f"{kind} takes a delay, and comes once", where=name, wanted="=15us", got=repr(value))
        if kind == "power_cycle" and name != CHIP:
            raise UnknownName("supply", name, [CHIP])
        if name == CHIP:
            self.event_queue.at(self.now() + delay, self.reset, POWER if kind == "power_cycle" else "warm")
        else:
            self._gates.domain(name)
            self.event_queue.at(self.now() + delay, self.reset_domain, name)
        return Fault(kind, value, 1, {})

    loaded = False
    """Whether a workload runs."""

    def tenant(self, active: bool) -> None:
        """A workload comes (or goes): every model hears of it."""
        self.loaded = active
        with blamed_on_models:
            for node in self._nodes_at:
                node.model.tenant(active)

    def acknowledge(self) -> None:
        """Unfreeze the first fabric error, as software does on hardware."""
        self.fabric_first = None
        self.fabric_count = 0

    def violations(self) -> list[Violation]:
        """The dangerous acts of software, in the order in which they happened."""
        return sorted(
            (h for node in self._nodes_at for h in node.model.violations), key=lambda violation: violation.time
        )

    def permanent(self) -> dict[str, int]:
        """How often each register with a permanent effect was written."""
        return {
            f"{node.name}.{register}": count
            for node in self._nodes_at
            for register, count in node.model.registers.permanent.items()
        }

    def state(self) -> dict[str, int]:
        """What every register of every instance holds, without the fields that are free to differ."""
        return {f"{node.name}.{name}": v for node in self._nodes_at for name, v in node.model.state().items()}

    def evidence(self) -> dict[str, int]:
        """For each register of `state` that remembers what went wrong: the mask of those bits, which differ after a cure."""
        return {f"{node.name}.{name}": mask for node in self._nodes_at for name, mask in node.model.remembers().items()}

    def settle(self) -> list[tuple[int, str]]:
        """Run until nothing is under way any more: what happened meanwhile, each with its time from now on (ns) and in words."""
        start = self.now()
        found = []
        while (event := self.event_queue.next) is not None:
            found.append((event.time - start, f"{type(event.owner).__name__} {getattr(event.call, '__name__', '')}"))
            self.sleep(event.time - self.now())
        return found

    def snapshot(self) -> bytes:
        """The whole chip, with everything under way."""
        return pickle.dumps(self, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def restore(snapshot: bytes) -> ChipModel:
        """The chip of a snapshot: it goes on as the original would have. Only for snapshots of one's own making."""
        chip = pickle.loads(snapshot)
        assert isinstance(chip, ChipModel)
        return chip
