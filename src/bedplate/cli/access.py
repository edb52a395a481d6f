"""What must hold before a register may be touched. Everything that can be refused is refused before the first transaction."""

from __future__ import annotations

from typing import NamedTuple

from bedplate.block import Outlet
from bedplate.converge import Chip
from bedplate.errors import AccessError, BedplateError, CheckFailed, NeedsIntent, UnderLoad, UnknownName
from bedplate.reg import Effect, Field, Register
from bedplate.reg.value import out_of_range
from bedplate.topology import Instance


class Obstacle(NamedTuple):
    """Why an instance cannot be reached: in words, and what the culprit shows."""

    text: str
    culprit: str
    got: str
    is_absence: bool = False


class Reach:
    """Which instances can be reached, asked of the chip once each. An access to another one would hang a real fabric."""

    def __init__(self, chip: Chip) -> None:
        self.chip = chip
        self._known: dict[str, Obstacle | None] = {}
        self._masks: dict[str, int] = {}

    def require(self, block: Instance) -> None:
        """Raise CheckFailed, naming the unmet need, unless the instance can be reached. Reads its providers only."""
        obstacle = self.obstacle(block)
        if obstacle is not None:
            raise self.refusal(block, obstacle)

    def refusal(self, block: Instance, obstacle: Obstacle) -> BedplateError:
        """The error for an instance that cannot be reached."""
        return CheckFailed(
            f"not reachable: {obstacle.text}",
            where=block.name,
            got=f"{obstacle.culprit} {obstacle.got}",
            cause="an access now would not be answered",
            next="" if obstacle.is_absence else "bedplate up; or, on a model, this command with --up",
        )

    def obstacle(self, block: Instance) -> Obstacle | None:
        """What stands in the way; None if nothing does."""
        if block.name not in self._known:
            self._known[block.name] = self._find(block)
        return self._known[block.name]

    def _find(self, block: Instance) -> Obstacle | None:
        if (gone := self._fused_off(block)) is not None:
            return gone
        for need in block.needs:
            if not need.kind.gates_access:
                continue
            provider = need.provider
            if (deeper := self.obstacle(provider)) is not None:
                return deeper if deeper.is_absence else deeper._replace(text=f"no {need}")
            state = provider.observe()
            if state is not provider.goal:
                return Obstacle(f"no {need}", provider.name, f"is {state.name}: {state.text}")
            if isinstance(need, Outlet) and not need.is_on():
                return Obstacle(f"no {need}", provider.name, f"has {need.port} off")
        return None

    def _fused_off(self, block: Instance) -> Obstacle | None:
        for harvest in self.chip.harvests:
            bits = [bit for bit, parts in enumerate(harvest.parts) if block in parts]
            fuses = harvest.fuses
            if not bits or self.obstacle(fuses) is not None or fuses.observe() is not fuses.goal:
                continue
            if fuses.name not in self._masks:
                self._masks[fuses.name] = harvest.read()
            mask = self._masks[fuses.name]
            if any(mask >> bit & 1 for bit in bits):
                return Obstacle(f"fused off, by {fuses.name}", fuses.name, f"holds mask 0x{mask:x}", True)
        return None


def parse_value(text: str, field: Field, where: str) -> int:
    """A value as people write it: 10, 0x1f, 0b101, true, or an enumeration's name. Raises OutOfRange and UnknownName."""
    members = field.enum.__members__ if field.enum is not None else {}
    words = {name.lower(): int(member) for name, member in members.items()} | {"true": 1, "false": 0}
    if text.lower() in words:
        value = words[text.lower()]
    else:
        try:
            value = int(text, 0)
        except ValueError:
            if members:
                raise UnknownName("value", text, members, where=where) from None
            raise AccessError(
                f"'{text}' is not a value", where=where, wanted="an integer such as 10, 0x1f or 0b101"
            ) from None
    if value >> field.width:
        raise out_of_range(where.rpartition(".")[0] if field.name != "value" else where, field, value)
    return value


def require_intent(register: Register, intent: bool) -> None:
    """Raise NeedsIntent for a write with a permanent effect that nobody said was meant."""
    if register.EFFECT is Effect.PERMANENT and not intent:
        hint = "if it is meant: bedplate reg set --intent ..."
        raise NeedsIntent("writing this register is permanent", where=register.path, next=hint)


def require_idle(chip: Chip, register: Register, force: bool) -> None:
    """Raise UnderLoad for a write that would disturb a running workload. Asks the chip, right before the write."""
    effect = register.EFFECT
    if effect is not Effect.NONE and not force and chip.tenant_active():
        raise UnderLoad(
            f"writing this register ({effect.value.replace('_', ' ')}) would disturb the running workload",
            where=register.path,
            wanted="no tenant active",
            got="tenant active",
            next="drain the workload, or force it: bedplate reg set --force ...",
        )
