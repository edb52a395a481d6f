"""Who sits where in a chip model, and what each needs from the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bedplate.errors import UnknownName, WiringError
from bedplate.model.faults import CHIP
from bedplate.model.model import POWER, Model

GATES = {"power": "unpowered", "reset": "in reset", "path": "unreachable", "clock": "unclocked"}
"""Kinds of need without which a block does not answer, worst first, and what the fabric then says of it.

`path` is the way to the block: an upstream bridge, link or isolator. Other kinds (`source`, `link`, `firmware`) gate
nothing; the behaviour may ask for them by `supplied`.
"""

PAIR = "pair"
"""The kind of need by which an end of a pair hears its other end; both have it of each other. It gates nothing."""

ROUNDS = 100_000
"""Instances looked at for one change before giving up: needs that never settle."""


class FabricNeed(NamedTuple):
    """An instance works only while the provider's port provides: `Need("clock", "die0.clkmgr", "fab")`."""

    kind: str
    provider: str
    port: str


def hearing(model: Model, other: str) -> list[FabricNeed]:
    """What an end of a pair needs of its other end, of that name: to hear what that one drives. `model` is either end's."""
    return [FabricNeed(PAIR, other, wire) for wire in model.wires]


class Placed(NamedTuple):
    """An instance at its address. `size` in bytes; 0 means as far as its registers go."""

    name: str
    base: int
    model: Model
    needs: Sequence[FabricNeed | tuple[str, str, str]] = ()
    size: int = 0


class Capacity(NamedTuple):
    """What some instances share, such as inrush current: at most `most` of `members` may draw on it at one time."""

    name: str
    most: int
    members: tuple[str, ...]


class Node:
    """An instance in the chip: what of its needs is missing now."""

    __slots__ = ("base", "blocked", "lacking", "model", "name", "needs", "size", "users")

    def __init__(self, placed: Placed) -> None:
        self.name = placed.name
        self.base = placed.base
        self.model = placed.model
        self.size = placed.size or (placed.model.regs.SIZE + 3) // 4 * 4
        self.needs = tuple(FabricNeed(*need) for need in placed.needs)
        self.users: list[str] = []
        self.lacking: frozenset[FabricNeed] | None = None
        """The needs that are not met; None before the chip has power for the first time."""
        self.blocked = ""
        """Why the block does not answer; empty if it does."""

    def lacks(self, *kinds: str) -> bool:
        """Whether a need of one of these kinds is not met."""
        return self.lacking is None or any(need.kind in kinds for need in self.lacking)

    @property
    def held(self) -> bool:
        """Without power or in reset."""
        return self.lacks("power", "reset")

    def judge(self) -> None:
        """Work out whether the block answers accesses."""
        lacking = {need.kind for need in self.lacking or ()}
        self.blocked = next((text for kind, text in GATES.items() if kind in lacking), "")
        if not self.blocked and self.model.peek_fault("hung"):
            self.blocked = "hung"


class Gates:
    """Power, clocks, resets and paths between the instances. What drops takes along what hangs on it, once per edge."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = {node.name: node for node in nodes}
        self._dirty: dict[str, None] = {}
        self._settling = False
        for node in self.nodes.values():
            for need in node.needs:
                if need.provider not in self.nodes:
                    raise UnknownName("provider", need.provider, self.nodes, where=node.name)
                users = self.nodes[need.provider].users
                if node.name not in users:
                    users.append(node.name)

    def power_up(self) -> None:
        """The board gives power: everything comes up in the order of its needs."""
        self._settling = True
        try:
            for node in self.nodes.values():
                self._update(node)
        finally:
            self._settling = False
        self._settle()

    def reset(self, cause: str, names: Iterable[str] | None = None) -> None:
        """All instances, or those, are reset at once, each once, and come up again; whose power that takes away forgets everything.

        POWER as the cause is a loss of power: nobody keeps anything.
        """
        nodes = [self.nodes[name] for name in names] if names is not None else list(self.nodes.values())
        self._settling = True
        for node in nodes:
            if cause == POWER or not node.held:
                node.model.enter_reset(cause)
        for node in nodes:
            node.lacking = None
            if cause == POWER:
                node.model.registers.reset(power=True)  # what it counted while its neighbours lost power, too
        self.power_up()
        for node in nodes:
            if node.lacks("power"):
                node.model.registers.reset(power=True)

    def domain(self, name: str) -> list[str]:
        """The instances of the group of that name (`die0`), or behind the reset line of that name. Raises UnknownName."""
        if name not in (domains := self.domains()):
            raise UnknownName("reset domain", name, [CHIP, *domains])
        return domains[name]

    def domains(self) -> dict[str, list[str]]:
        """What can be reset together, by name: groups (`die0`, `die0.pll`), and what is behind a reset line (`die0.rstmgr.noc`)."""
        groups: dict[str, list[str]] = {}
        lines: dict[str, list[str]] = {}
        for name, node in self.nodes.items():
            parts = name.split(".")
            for length in range(1, len(parts)):
                groups.setdefault(".".join(parts[:length]), []).append(name)
            for need in node.needs:
                if need.kind == "reset" and need.port:
                    lines.setdefault(f"{need.provider}.{need.port}", []).append(name)
        return groups | lines

    def outputs_changed(self, name: str) -> None:
        """Let everybody follow who needs that instance."""
        self._dirty[name] = None
        if not self._settling:
            self._settle()

    def _settle(self) -> None:
        self._settling = True
        try:
            for _ in range(ROUNDS):
                if not self._dirty:
                    return
                name = next(iter(self._dirty))
                del self._dirty[name]
                for user in self.nodes[name].users:
                    self._update(self.nodes[user])
            raise WiringError("needs do not settle", where=name, wanted="providers that do not depend on their users")
        finally:
            self._settling = False

    def met(self, need: FabricNeed) -> bool:
        """Whether the provider provides: never without power of its own."""
        provider = self.nodes[need.provider]
        return not provider.lacks("power") and provider.model.provides(need.port)

    def mhz(self, need: FabricNeed) -> int:
        """The rate of the clock that meets a need (MHz); 0 while it is not met."""
        return self.nodes[need.provider].model.mhz(need.port) if self.met(need) else 0

    def _update(self, node: Node) -> None:
        """Compare what is missing now with before, and pass the edges on to the model."""
        before = node.lacking
        lacking = frozenset([need for need in node.needs if not self.met(need)])
        if lacking == before:
            return
        had_power, was_held, had_clock = not node.lacks("power"), node.held, not node.lacks("clock")
        worked = not node.lacks("power", "clock", "reset")
        node.lacking = lacking
        node.judge()
        model = node.model
        has_power, held, clock = not node.lacks("power"), node.held, not node.lacks("clock")
        self._dirty[node.name] = None
        takers = [self.nodes[need.provider].model for need in lacking if need.kind in ("power", "clock", "reset")]
        if worked and takers and not any(taker.resetting for taker in takers):
            model.deprived()
        if had_power and not has_power:
            model.power_lost(was_held)
        elif held and not was_held:
            model.enter_reset("reset")
        if clock != had_clock or before is None:
            model.clock_changed(clock)
        if was_held and not held:
            model.leave_reset()
        if before is not None and not held:
            model.inputs_changed()
