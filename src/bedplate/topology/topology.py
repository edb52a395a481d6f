"""Topology: the instances of a chip, their addresses, and what each needs. Data only, no procedure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from bedplate.block import Block, Tenant
from bedplate.bus import Bus, Canary, Guard, Meter, Port, described, shown
from bedplate.declared import kinds_of, own_names, require_free, require_kinds
from bedplate.errors import (
    RAISED,
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
from bedplate.reg import normal
from bedplate.topology.check import check
from bedplate.topology.gate import LOOKING, Gate
from bedplate.topology.names import AddressMap, NamedRegister, register, register_names, select
from bedplate.topology.pair import Pair, partners
from bedplate.topology.parts import Budget, Group, Harvest, Instance
from bedplate.topology.region import Region
from bedplate.topology.unwired import Unwired, unwired


class TopologyType(type):
    """Makes chips: what their class does in an `__init__` of its own is its author's, as the wiring is."""

    def __call__(cls, *given: Any, **named: Any) -> Any:
        """Raises WiringError for an `__init__` that raises, or does not make a chip."""
        maker: Callable[..., None] = cls.__init__  # type: ignore[misc]  # a class of chips has one
        try:
            made = super().__call__(*given, **named)
        except RAISED as error:
            if isinstance(error, BedplateError) or maker is Topology.__init__:
                raise
            raise WiringError(
                f"`__init__` of the chip's class {cls.__name__} raised {described(error)}",
                where=place_of(error) or line_of(maker),
                wanted="def __init__(self, bus), which calls super().__init__(bus); or none: `wire` makes the instances",
            ) from error
        if not hasattr(made, "order"):
            raise WiringError(
                f"`__init__` of the chip's class {cls.__name__} does not call super().__init__(bus)",
                where=line_of(maker),
                wanted="that, or no `__init__` at all: `wire` makes the instances",
            )
        return made


class Topology(Group, metaclass=TopologyType):
    """A chip on a bus. Subclasses set `canary` and wire their instances in `wire`; a check follows, before any transaction.

    `ports` are the addresses that each port of the chip reaches: each parallel bus, each SPI bridge by its chip select; each
    has its canary by `canary_of`. `pci_id` is the vendor and device id (16 bits each) of its PCI function, whose BAR 0 reaches
    the addresses from 0 on. A chip that can prove who it is, or has parts that are reset by themselves, makes its `regions` in
    `wire`; one that cannot says in `tenant` what is known of workloads on it. `pads` are the ports of its instances' RTL that lead
    out of the chip, of one instance in each region. `unlimited` are the names of budgets that steps of its drivers draw on, and
    that as many may draw on at once as there are; each other one its `budgets` have to limit.
    """

    name: ClassVar[str]
    canary: ClassVar[Canary | None] = None
    ports: ClassVar[tuple[range, ...]] = (range(1 << 40),)
    pci_id: ClassVar[tuple[int, int] | None] = None
    tenant: ClassVar[Tenant] = Tenant.UNKNOWN
    pads: ClassVar[tuple[str, ...]] = ()
    budgets: tuple[Budget, ...] = ()
    unlimited: tuple[str, ...] = ()
    capacities: tuple[Budget, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    harvests: tuple[Harvest, ...] = ()
    pairs: tuple[Pair, ...] = ()
    regions: tuple[Region, ...] = ()

    def __init_subclass__(cls) -> None:
        """The canary knows who says it: what it tells of a chip may be a mistake of its author."""
        canary = vars(cls).get("canary")
        if isinstance(canary, Canary) and canary.said_by is None:
            cls.canary = canary._replace(said_by=cls)

    def __init__(self, bus: Bus) -> None:
        """Raises WiringError for what its author did wrong, ConfigError for a driver that cannot be one."""
        _require_said(type(self))
        meter = self.meter = Meter(Unwired(bus))
        with _theirs(self):
            self.guard = Guard(
                self.meter,
                [Port(reach, _canary(self, reach)) for reach in self.ports],
                lambda address: self.addresses.is_probe_safe(address),
            )
            self.bus = Gate(self.guard, lambda: self.addresses, lambda: self.regions)
            self._addresses: AddressMap | None = None
            before = dict(vars(self))
            self.wire(self.bus)
            meter.bus = bus
            given = [name for name, one in vars(self).items() if before.get(name) is not one]
            require_free(_own_names(type(self)), given, type(self).name, WiringError, lambda: type(self).name)
            said = {name: getattr(self, name) for name in _KINDS}
            require_kinds(_KINDS, said, type(self).name, WiringError, lambda: type(self).name)
            self.regions = self.regions or tuple(
                Region(f"{self.name}.port{n}" if n else self.name, reach, _canary(self, reach), tenant=self.tenant)
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
        """The chip's addresses, to be searched. Made when it is first asked for. Raises WiringError for who asks in `wire`."""
        if self._addresses is None:
            if not hasattr(self, "all"):
                raise unwired("a write")
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

    def require_fuses(self, where: str, got: str) -> None:
        """Raise AccessError for a harvest mask of a chip that no fuse removes anything from; `got` are the words that want it."""
        if not self.harvests:
            raise AccessError(
                "this chip has no fuses that remove a part of it",
                where=where,
                wanted="a chip whose wiring has `harvests`",
                got=got,
                next="leave the mask out",
            )

    def require_known(self, names: Collection[str]) -> None:
        """Raise UnknownName for a name that is no instance's full one, a pattern too, AccessError for what is no collection of names."""
        _require_collection(names, "full names of instances, such as ['die0.pll.sys']")
        known = {block.name for block in self.all}
        for name in names:
            if normal(name) not in known:
                error = UnknownName("instance", name, sorted(known))
                error.wanted = "the full name of one instance: patterns are not taken here"
                raise error

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
        wrong = names if is_one else next(name for name in names if not isinstance(name, str))
        what = (
            "an instance, and no name"
            if isinstance(wrong, Block)
            else "no collection of names"
            if is_one
            else "no name"
        )
        name = wrong.name if isinstance(wrong, Block) else wrong if isinstance(wrong, str) else None
        raise AccessError(f"{shown(wrong)} is {what}", wanted=wanted, next=f"[{name!r}]" if name else "")


def _require_said(kind: type[Topology]) -> None:
    """Raise WiringError for a chip whose class does not say what each has to, or says it otherwise."""
    for cls in kind.__mro__:
        if not _is_ours(cls):
            held = [name for name, one in vars(cls).items() if not callable(one)]  # a method may do more than ours
            require_free(_own_names(kind), held, cls.__name__, WiringError, partial(line_of, cls))
    said = {name: getattr(kind, name) for name in _KINDS if hasattr(kind, name)}
    require_kinds(_KINDS, said, kind.__name__, WiringError, partial(line_of, kind))
    if not said.get("name"):
        raise WiringError(
            f"the chip's class {kind.__name__} has no `name`",
            where=line_of(kind),
            wanted=f'name = "{kind.__name__.lower()}", in the class',
            got="nothing",
        )
    if kind.wire is Topology.wire:
        raise WiringError(
            f"the chip's class {kind.__name__} has no `wire`",
            where=line_of(kind),
            wanted="def wire(self, bus), which makes the instances",
        )


def _canary(chip: Topology, reach: range) -> Canary | None:
    canary = chip.canary_of(reach)
    owner = f"{chip.name}, as `canary_of` answers,"
    require_kinds(_KINDS, {"canary": canary}, owner, WiringError, lambda: chip.name)
    return canary._replace(said_by=canary.said_by or type(chip)) if canary is not None else None


def _is_ours(cls: type) -> bool:
    return cls.__module__ in (
        "builtins",
        "bedplate.topology.parts",
        "bedplate.topology.topology",
        "bedplate.converge.chip",
    )


def _own_names(kind: type[Topology]) -> frozenset[str]:
    """What the author of a chip may call nothing: attributes that each chip has, and what can be done with it."""
    return _GIVEN | own_names(*filter(_is_ours, kind.__mro__[:-1]), free=("wire", "canary_of", *_KINDS))


_KINDS = kinds_of(Topology)
_GIVEN = frozenset(("meter", "guard", "bus", "all", "order"))


@contextmanager
def _theirs(chip: Topology) -> Iterator[None]:
    """What the chip's author does: what is wrong in there is said as the author's, with the line. Raises ConfigError."""
    try:
        yield
    except BedplateError as error:
        line = place_of(error) or _made_at(chip, error.where) or line_of(chip.wire)
        error.cause = "; ".join(filter(None, (error.cause, f"the wiring, {line}")))
        raise
    except RAISED as error:
        raise WiringError(
            f"the wiring of {chip.name} raised {described(error)}",
            where=place_of(error) or line_of(chip.wire),
            cause="a mistake in `wire` of the chip's class, or in what it calls",
        ) from error


def _made_at(chip: Topology, name: str) -> str:
    """The line that makes the instance of that name, the last one of several; empty where there is none."""
    made = getattr(chip, "all", ())
    lines = [block.made_at for block in made if block.name == name] if isinstance(made, tuple) else []
    return lines[-1] if lines else ""


def _fuses(harvests: Sequence[Harvest]) -> dict[str, list[tuple[Harvest, int]]]:
    found: dict[str, list[tuple[Harvest, int]]] = {}
    for harvest in harvests:
        for bit, parts in enumerate(harvest.parts):
            for part in parts:
                found.setdefault(part.name, []).append((harvest, bit))
    return found
