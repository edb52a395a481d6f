"""Topology: the instances of a chip, their addresses, and what each needs. Data only, no procedure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from types import NoneType
from typing import Any, ClassVar, NamedTuple

from bedplate.block import Block, Tenant
from bedplate.bus import Bus, Canary, Guard, Meter, Port, described, shown
from bedplate.errors import (
    AccessError,
    BedplateError,
    BusError,
    DriverDefect,
    LinkDown,
    OutOfReach,
    UnknownName,
    WiringError,
    WrongChip,
    line_of,
    place_of,
    require,
)
from bedplate.topology.answer import RAISED, defect
from bedplate.topology.gate import LOOKING, Gate
from bedplate.topology.names import AddressMap, NamedRegister, register, register_names, select
from bedplate.topology.pair import Pair, partners, require_closed
from bedplate.topology.region import Region

Instance = Block[Any, Any]


class Budget(NamedTuple):
    """A budget that instances share: at most `most` of these may be in a state that draws on it at one time.

    Among a chip's `capacities` it says what the hardware bears, whatever its `budgets` allow the HAL.
    """

    name: str
    most: int
    among: tuple[Instance, ...]


class Harvest(NamedTuple):
    """Fuses that say which parts are absent: bit i of `read()` removes the instances `parts[i]`.

    `read` is legal once `fuses` is at its goal.
    """

    fuses: Instance
    read: Callable[[], int]
    parts: tuple[tuple[Instance, ...], ...]

    @property
    def group(self) -> str:
        """The part of the chip whose fuses they are: die0 of die0.otp."""
        return self.fuses.name.rpartition(".")[0]

    @property
    def masks(self) -> range:
        """All masks that there can be."""
        return range(1 << len(self.parts))

    def mask(self) -> int:
        """What `read` says. Raises DriverDefect for what is no mask, and whatever reading raises."""
        mask = self.read()
        if not isinstance(mask, int) or int.__index__(mask) < 0:
            raise defect("the harvest mask is none", self.fuses.name, "an integer from 0 on", mask)
        return int.__index__(mask)


class Group:
    """A named place in the wiring that holds instances and further groups as typed attributes, in order."""

    def instances(self) -> Iterator[Instance]:
        """All instances below, in the order of the source."""
        for member in vars(self).values():
            yield from _instances(member)


def _instances(member: object) -> Iterator[Instance]:
    if isinstance(member, Block):
        yield member
    elif isinstance(member, Group):
        yield from member.instances()
    elif (
        type(member) is tuple
    ):  # not its subclasses: budgets, harvests and pairs refer to instances, they do not hold them
        for item in member:
            yield from _instances(item)


class Topology(Group):
    """A chip on a bus. Subclasses set `canary` and wire their instances in `wire`; a check follows, before any transaction.

    `ports` are the addresses that each port of the chip reaches: each parallel bus, each SPI bridge by its chip select; each
    has its canary by `canary_of`. `pci_id` is the vendor and device id (16 bits each) of its PCI function, whose BAR 0 reaches
    the addresses from 0 on. A chip that can prove who it is, or has parts that are reset by themselves, makes its `regions` in
    `wire`; one that cannot says in `tenant` what is known of workloads on it. `pads` are the ports of its instances' RTL that lead
    out of the chip, of one instance in each region.
    """

    name: ClassVar[str]
    canary: ClassVar[Canary | None] = None
    ports: ClassVar[tuple[range, ...]] = (range(1 << 40),)
    pci_id: ClassVar[tuple[int, int] | None] = None
    tenant: ClassVar[Tenant] = Tenant.UNKNOWN
    pads: ClassVar[tuple[str, ...]] = ()

    def __init__(self, bus: Bus) -> None:
        """Raises WiringError for what its author did wrong, DriverDefect for a driver that cannot be one."""
        _require_said(type(self))
        self.meter = Meter(bus)
        with _theirs(self):
            self.guard = Guard(
                self.meter,
                [Port(reach, self.canary_of(reach)) for reach in self.ports],
                lambda address: self.addresses.is_probe_safe(address),
            )
            self.bus = Gate(self.guard, lambda: self.addresses, lambda: self.regions)
            self.budgets: tuple[Budget, ...] = ()
            self.capacities: tuple[Budget, ...] = ()
            self.parameters: dict[str, Mapping[str, Any]] = {}
            self.harvests: tuple[Harvest, ...] = ()
            self.pairs: tuple[Pair, ...] = ()
            self.regions: tuple[Region, ...] = ()
            self._addresses: AddressMap | None = None
            self.wire(self.bus)
            self.regions = self.regions or tuple(
                Region(f"{self.name}.port{n}" if n else self.name, reach, self.canary_of(reach), tenant=self.tenant)
                for n, reach in enumerate(self.ports)
            )
            self.all = tuple(self.instances())
            self._fuses = _fuses(self.harvests)
            self._partners = partners(self.pairs, self.all)
            self.order = check(self)

    def wire(self, bus: Bus) -> None:
        """Make the instances, their groups, `budgets`, `harvests`, `pairs` and `regions`.

        For the model and the RTL also `capacities`, and `parameters`: by the name of an instance its hardware parameters, such as
        a strap. The HAL uses neither.
        """
        raise NotImplementedError

    @classmethod
    def canary_of(cls, port: range) -> Canary | None:
        """The canary behind a port."""
        return cls.canary

    def regions_behind(self, error: LinkDown) -> list[Region]:
        """The regions that cannot be reached any more: all of them where the error does not say which."""
        reach = error.reach or range(1 << 64)
        return [one for one in self.regions if one.reach.start < reach.stop and reach.start < one.reach.stop]

    def region_of(self, block: Instance) -> Region:
        """The region that an instance lies in."""
        return next(region for region in self.regions if block.regs.base in region.reach)

    def fuses_of(self, block: Instance) -> Sequence[tuple[Harvest, int]]:
        """The fuses that may remove an instance, each with its bit."""
        return self._fuses.get(block.name, ())

    def partner_of(self, block: Instance) -> Instance | None:
        """The other end of the pair that an instance is an end of."""
        return self._partners.get(block.name)

    def leans_on(self, block: Instance) -> set[str]:
        """The names of those without whom an instance does not come into service: its providers, the fuses that may remove it, and the
        other end of its pair."""
        partner = self.partner_of(block)
        return {
            *(need.provider.name for need in block.needs),
            *(harvest.fuses.name for harvest, _ in self.fuses_of(block)),
            *([partner.name] if partner is not None else []),
        }

    def recognise(self) -> tuple[str, ...]:
        """Who answers, region by region, asked at opening by whoever will write: one burst or one read each, before anything else.

        Another chip is refused. No answer is not: how a dead or partly dead chip is, `status` tells, and a run leads what is left
        of it; nothing is written there before it has proved who it is. Raises WrongChip, which names the port; EnvError.
        """
        found = []
        for region in self.regions:
            try:
                with self.looking():
                    vitals = region.vitals(self.guard)
            except WrongChip as error:
                error.where = f"{error.where}, port 0x{region.reach.start:x}"
                raise
            except (BusError, DriverDefect) as error:
                found.append(f"{region.name} unknown: {error.what}")
            else:
                self.bus.proved(region)
                found.append(f"{region.name} {vitals.identity}")
        return tuple(found)

    def identify(self) -> tuple[str, ...]:
        """Who answers, region by region, as proved now, before anything else; only what this way to the chip leads to.

        Raises WrongChip, BusError.
        """
        found = []
        for region in self.regions:
            try:
                with self.looking():
                    vitals = region.vitals(self.guard)
            except OutOfReach:
                continue
            self.bus.proved(region)
            found.append(f"{region.name}: {vitals.identity}")
        return tuple(found)

    def allow(self, *, force: bool = False, intent: bool = False) -> AbstractContextManager[None]:
        """Inside, writes by hand are let through that would disturb a workload (`force`), or that are permanent (`intent`)."""
        return self.bus.allow(force=force, intent=intent)

    @property
    def addresses(self) -> AddressMap:
        """The chip's addresses, to be searched. Made when it is first asked for."""
        if self._addresses is None:
            self._addresses = AddressMap(self.all)
        return self._addresses

    @property
    def tells_tenant(self) -> bool:
        """Whether any part of the chip can be asked for a workload; else what its author says of it holds, always."""
        return any(region.ask is not None for region in self.regions)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """For whatever a driver is asked: it writes nowhere, and comes to an end. Raises DriverDefect."""
        with self.bus.open(LOOKING), self.meter.bounded():
            yield

    def require_tenant(self, where: str, got: str) -> None:
        """Raise AccessError for a workload on a chip that has no word for one; `got` are the words that want it, and `where` they stand."""
        if not self.tells_tenant:
            raise AccessError(
                "this chip has no word for a workload",
                where=where,
                wanted="a chip with a region that can be asked (`ask`)",
                got=got,
                next="leave the workload out: what the chip's class says of it (`tenant`) holds, always",
            )

    def require_known(self, names: Collection[str]) -> None:
        """Raise UnknownName for a name that is no instance's full one, AccessError for what is no collection of names."""
        _require_collection(names, "full names of instances, such as ['die0.pll.sys']")
        known = {block.name for block in self.all}
        for name in names:
            if name not in known:
                raise UnknownName("instance", name, sorted(known))

    def select(self, pattern: str) -> list[Instance]:
        """The instances that a pattern names (`die0.pll.sys`, `die*.hbm.phy*`, `ip:pll`). Raises UnknownName."""
        require(pattern, str, "name", "that of an instance, or a pattern")
        return select(pattern, self.all)

    def names(self, patterns: Collection[str]) -> set[str]:
        """The full names of all instances that any of these patterns names (see `select`). Raises UnknownName, AccessError."""
        _require_collection(patterns, "names of instances or patterns, such as ['die0.hbm0', 'ip:pvt']")
        return {block.name for pattern in patterns for block in self.select(pattern)}

    def register(self, name: str) -> NamedRegister:
        """The register or field of that name (`die0.pll.sys.ctrl.bypass`). Raises UnknownName."""
        require(name, str, "name", "that of a register or a field")
        return register(name, self.all)

    def register_names(self, name: str) -> list[str]:
        """The full names of the registers or fields of that name, in which patterns may name the instances. Raises UnknownName."""
        return register_names(name, self.all)


def _require_collection(names: Collection[str], wanted: str) -> None:
    """Raise AccessError for what is no collection of texts: a text alone would be taken apart."""
    is_one = isinstance(names, str) or not isinstance(names, Collection)  # an iterator is gone when it was looked at
    if is_one or not all(isinstance(name, str) for name in names):
        raise AccessError(
            f"{names!r} is no collection of names", wanted=wanted, next=f"[{names!r}]" if isinstance(names, str) else ""
        )


def _require_said(kind: type[Topology]) -> None:
    """Raise WiringError for a chip whose class does not say what each has to, or says it otherwise."""
    for word, kinds, wanted in (
        ("name", str, f'name = "{kind.__name__.lower()}", in the class'),
        (
            "canary",
            (Canary, NoneType),
            "canary = Canary(address, value), of bedplate.bus; or none, where no register tells",
        ),
        ("ports", tuple, "ports = (range(...), ...), the addresses behind each"),
        ("tenant", Tenant, "tenant = Tenant.IDLE, or another of bedplate.block's Tenant"),
    ):
        said = getattr(kind, word, "")
        if not isinstance(said, kinds) or said == "":
            raise WiringError(
                f"the chip's class {kind.__name__} has no `{word}`",
                where=line_of(kind),
                wanted=wanted,
                got="nothing" if said == "" else shown(said),
            )
    if kind.wire is Topology.wire:
        raise WiringError(
            f"the chip's class {kind.__name__} has no `wire`",
            where=line_of(kind),
            wanted="def wire(self, bus), which makes the instances",
        )


@contextmanager
def _theirs(chip: Topology) -> Iterator[None]:
    """What the chip's author does: what is wrong in there is said as the author's, with the line. Raises WiringError, DriverDefect."""
    try:
        yield
    except BedplateError as error:
        error.cause = "; ".join(filter(None, (error.cause, f"the wiring, {place_of(error) or line_of(chip.wire)}")))
        raise
    except RAISED as error:
        raise WiringError(
            f"the wiring of {chip.name} raised {described(error)}",
            where=place_of(error) or line_of(chip.wire),
            cause="a mistake in `wire` of the chip's class, or in what it calls",
        ) from error


def check(chip: Topology) -> tuple[Instance, ...]:
    """The instances so that each comes after all it needs; who needs one end of a pair comes after both.

    Raises WiringError; makes no transaction.
    """
    _hold_their_kinds(chip)
    _distinct(chip.all)
    _no_strangers(chip)
    _regions_are_distinct(chip.regions)
    needs = {block.name: [need.provider for need in block.needs] for block in chip.all}
    for harvest in chip.harvests:
        for parts in harvest.parts:
            for part in parts:
                needs[part.name].append(harvest.fuses)
    for name, providers in needs.items():
        needs[name] = providers + [other for one in providers if (other := chip.partner_of(one)) is not None]
    for harvest in chip.harvests:
        _harvest_is_closed(chip, harvest)
    for block in chip.all:
        if not any(block.regs.base in region.reach for region in chip.regions):
            raise WiringError("address behind no port of the chip", where=block.name, got=f"0x{block.regs.base:x}")
    return _sorted(chip.all, needs)


def _fuses(harvests: Sequence[Harvest]) -> dict[str, list[tuple[Harvest, int]]]:
    found: dict[str, list[tuple[Harvest, int]]] = {}
    for harvest in harvests:
        for bit, parts in enumerate(harvest.parts):
            for part in parts:
                found.setdefault(part.name, []).append((harvest, bit))
    return found


def _hold_their_kinds(chip: Topology) -> None:
    """What `wire` says besides instances is of the kind that the chip's class says."""
    for name, kind in (("budgets", Budget), ("capacities", Budget), ("harvests", Harvest), ("regions", Region)):
        held = getattr(chip, name)
        if not isinstance(held, tuple) or not all(isinstance(one, kind) for one in held):
            raise WiringError(
                f"`{name}` holds what is none",
                where=chip.name,
                wanted=f"a tuple of {kind.__name__}(...)",
                got=shown(held),
            )
    for budget in (*chip.budgets, *chip.capacities):
        _is_a_budget(chip, budget)
    named = chip.parameters if isinstance(chip.parameters, Mapping) else {"": chip.parameters}
    for name, parameters in named.items():
        if not isinstance(parameters, Mapping) or name not in {block.name for block in chip.all}:
            raise WiringError(
                "`parameters` holds what is none of an instance",
                where=chip.name,
                wanted="by the name of an instance its parameters, by their names",
                got=shown(chip.parameters),
            )


def _is_a_budget(chip: Topology, budget: Budget) -> None:
    is_number = type(budget.most) is int and budget.most > 0
    if not is_number or not isinstance(budget.among, tuple) or not all(isinstance(one, Block) for one in budget.among):
        raise WiringError(
            f"the budget '{budget.name}' is none",
            where=chip.name,
            wanted="Budget(name, most, among): most is 1 or more, among a tuple of instances",
            got=shown(budget),
        )


def _distinct(blocks: Sequence[Instance]) -> None:
    by_base = sorted(blocks, key=lambda block: block.regs.base)
    for low, high in pairwise(by_base):
        if low.regs.base + low.regs.SIZE > high.regs.base:
            raise WiringError(
                f"overlap of addresses: {low.name} and {high.name}",
                where=high.name,
                wanted=f"a base at or above 0x{low.regs.base + low.regs.SIZE:x}",
                got=f"0x{high.regs.base:x}",
            )
    names = set()
    for block in blocks:
        if block.name in names:
            raise WiringError(f"two instances are named {block.name}", where=block.name)
        names.add(block.name)


def _no_strangers(chip: Topology) -> None:
    """Whatever the wiring refers to must be a member of the chip."""
    known = {block.name: block for block in chip.all}
    named = [(f"{block.name}: need", need.provider) for block in chip.all for need in block.needs]
    named += [(f"budget {budget.name}: share", block) for budget in chip.budgets for block in budget.among]
    for harvest in chip.harvests:
        parts = (part for parts in harvest.parts for part in parts)
        named += [(f"fuses of {harvest.fuses.name}: part", block) for block in (harvest.fuses, *parts)]
    named += [(f"region {region.name}: holder", region.holder) for region in chip.regions if region.holder is not None]
    for what, block in named:
        if known.get(block.name) is not block:
            raise WiringError(
                f"{what} on an instance that is not on this chip",
                where=chip.name,
                got=block.name,
                next="make it a member of the chip",
            )
    for budget in chip.budgets:
        if budget.among and not any(type(block).holding(budget.name) for block in budget.among):
            raise WiringError(
                f"nobody draws on the budget '{budget.name}'",
                where=chip.name,
                wanted=f"the name that steps of {budget.among[0].name} have: `budget='...'`",
                cause="a misspelt name: it would limit nothing",
            )


def _regions_are_distinct(regions: Sequence[Region]) -> None:
    """Each region has a name and addresses of its own."""
    for low, high in pairwise(sorted(regions, key=lambda region: region.reach.start)):
        if low.reach.stop > high.reach.start:
            raise WiringError(
                f"regions overlap: {low.name} and {high.name}",
                where=high.name,
                wanted=f"a start at or above 0x{low.reach.stop:x}",
                got=f"0x{high.reach.start:x}",
            )
    names = set()
    for region in regions:
        if region.name in names:
            raise WiringError(f"two regions are named {region.name}", where=region.name)
        names.add(region.name)


def _harvest_is_closed(chip: Topology, harvest: Harvest) -> None:
    """Every fuse that removes a provider must remove its users too; and one that removes an end of a pair, the other end."""
    bits: dict[str, int] = {}
    for bit, parts in enumerate(harvest.parts):
        for part in parts:
            bits[part.name] = bits.get(part.name, 0) | 1 << bit
    require_closed(bits, chip._partners)
    for block in chip.all:
        mine = bits.get(block.name, 0)
        for need in block.needs:
            alone = bits.get(need.provider.name, 0) & ~mine
            if alone:
                raise WiringError(
                    f"need on a harvested part: {need.provider.name} can be fused off without {block.name}",
                    where=block.name,
                    wanted=f"{block.name} in harvest bit {alone.bit_length() - 1} too",
                    got=str(need),
                )


def _sorted(blocks: Sequence[Instance], needs: dict[str, list[Instance]]) -> tuple[Instance, ...]:
    order: list[Instance] = []
    done: set[str] = set()

    def visit(block: Instance, path: tuple[str, ...]) -> None:
        if block.name in done:
            return
        if block.name in path:
            cycle = " -> ".join((*path[path.index(block.name) :], block.name))
            raise WiringError("cycle in needs", where=block.name, got=cycle)
        for provider in needs[block.name]:
            visit(provider, (*path, block.name))
        done.add(block.name)
        order.append(block)

    for block in blocks:
        visit(block, ())
    return tuple(order)
