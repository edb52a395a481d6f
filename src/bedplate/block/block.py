"""Block: a stateless driver of one IP type. Its states, how to observe them, and the ways between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from sys import _getframe
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, Union, cast, get_args, get_origin

from bedplate.block.need import MADE, Kind, Need
from bedplate.block.state import State
from bedplate.block.state_machine import problems
from bedplate.block.transition import SERVICE, Step, Wait
from bedplate.bus import shown
from bedplate.declared import (
    Meaning,
    Misfit,
    is_once,
    kinds_of,
    misfit,
    own_names,
    require_free,
    require_kinds,
    require_near_none,
    require_runs,
    require_sense,
    words,
)
from bedplate.errors import AccessError, ConfigError, WiringError, line_at, line_of, place_now
from bedplate.reg import Effect, RegisterBlock

R = TypeVar("R", bound=RegisterBlock)
C = TypeVar("C")

if TYPE_CHECKING:
    Way = Step[Any] | Wait[Any]

IMMUTABLE = (
    *(int, str, bytes, tuple, frozenset, type(None), MappingProxyType, Effect),
    *(State, Step, Wait, property, classmethod, staticmethod),
)


class BlockType(type):
    """Makes statelessness structure: a block has no dictionary, takes no attributes, and its class holds nothing mutable."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> BlockType:
        """Raises AccessError for what a driver declares of a wrong kind, without a meaning, of the states of another or by a name that
        is taken, or nearly that of a declaration; for registers that are none, and for `observe` and `detail` that would not run when
        they are called; TypeError for memory."""
        space.setdefault("__slots__", ())
        if bases and bases != (Generic,):
            for base in bases:
                if not isinstance(base, BlockType) and base is not Generic:
                    raise TypeError(
                        f"{name}: {base.__name__} is no block, so it may keep memory: a driver is derived from drivers"
                    )
            require_free(_OWN, space, name)
            require_near_none(_SAID, (key for key, one in space.items() if not isinstance(one, (Step, Wait))), name)
            require_kinds(_KINDS, space, name)
            require_runs([(key, space.get(key)) for key in ("observe", "detail")], name)
            if space["__slots__"]:
                raise TypeError(
                    f"{name}: a block keeps no memory, so it declares no slots; configuration goes into `config`"
                )
            for key, item in space.items():
                if not key.startswith("__") and not callable(item) and not isinstance(item, IMMUTABLE):
                    raise TypeError(f"{name}.{key}: a block's class holds constants only, not a {type(item).__name__}")
            if "__orig_bases__" in space or not any(hasattr(base, "ip") for base in bases):
                space.setdefault("ip", _snake(name))
        return super().__new__(mcs, name, bases, space)

    def __init__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> None:
        super().__init__(name, bases, space)
        found: dict[str, Way] = {}
        for base in reversed(cls.__mro__):
            for key, item in vars(base).items():
                if isinstance(item, (Step, Wait)):
                    found[key] = item
                else:
                    found.pop(key, None)
        cls._ways = tuple(found.values())
        steps = [way for way in cls._ways if isinstance(way, Step)]
        cls._holding = MappingProxyType(
            {
                budget: frozenset(step.target for step in steps if budget in step.budgets)
                for budget in dict.fromkeys(budget for step in steps for budget in step.budgets)
            }
        )
        goals = {
            SERVICE: None,
            **dict.fromkeys(goal for way in cls._ways if isinstance(way, Step) for goal in way.toward),
        }
        cls._made_of = _made_of(cls)
        cls._way_from = MappingProxyType({goal: MappingProxyType(_state_machine(cls._ways, goal)) for goal in goals})
        _require_own_states(cls, space)
        require_sense(_meanings(space), name)
        is_whole = hasattr(cls, "goal") and hasattr(cls, "reset_state")
        if bases:
            _require_registers(cls, is_whole)
        cls._problems = problems(cast("type[Block[Any, Any]]", cls)) if is_whole else ()

    _made_of: tuple[tuple[type, ...], ...]
    _ways: tuple[Way, ...]
    _holding: Mapping[str, frozenset[State]]
    _way_from: Mapping[str, Mapping[State, Way]]
    _problems: tuple[str, ...]

    def __setattr__(cls, name: str, value: object) -> None:
        if not name.startswith("_"):
            raise AttributeError(f"{cls.__name__}.{name} cannot be assigned to: a driver keeps no memory")
        super().__setattr__(name, value)

    @property
    def ways(cls) -> tuple[Way, ...]:
        """All steps and waits, in the order of the source."""
        return cls._ways

    def way_from(cls, state: State, goal: str = SERVICE) -> Way | None:
        """The one way out of a state to a goal; None where it is the goal or a fault that nothing leads out of."""
        ways = cls._way_from.get(goal)
        return ways.get(state) if ways is not None else None

    @property
    def problems(cls) -> tuple[str, ...]:
        """What is wrong with its state machine, such as a state that leads to no goal: no chip takes such a driver."""
        return cls._problems

    @property
    def draws_on(cls) -> Collection[str]:
        """The names of the budgets that its steps draw on."""
        return cls._holding.keys()

    def holding(cls, budget: str) -> frozenset[State]:
        """The states in which a block of this type draws on that budget."""
        return cls._holding.get(budget, frozenset())


def _made_of(driver: BlockType) -> tuple[tuple[type, ...], ...]:
    """The classes of registers and of configurations that a driver is for, as `Block[R, C]` says; any where it does not."""
    for base in driver.__mro__:
        for said in vars(base).get("__orig_bases__", ()):
            if isinstance(get_origin(said), BlockType):
                return tuple(map(_classes, get_args(said)))
    return (object,), (object,)


def _classes(hint: Any) -> tuple[type, ...]:
    if get_origin(hint) in (Union, UnionType):
        return tuple(one for part in get_args(hint) for one in _classes(part))
    kind = get_origin(hint) or hint
    is_class = isinstance(kind, type) and kind is not Any and not getattr(kind, "_is_protocol", False)
    return (kind,) if is_class else (object,)


def _meanings(space: Mapping[str, Any]) -> Iterator[Meaning]:
    for name in space.get("goals", ()):
        yield Meaning("goals", name not in ("", SERVICE), f"other names than '{SERVICE}', which `goal` is", name)
    yield Meaning("requires", is_once(space.get("requires", ())), "each kind of need once", space.get("requires"))
    for state in space.get("until_power_off", ()):
        yield Meaning("until_power_off", state.is_fault, "faults", state)
    if (ip := space.get("ip")) is not None:
        yield Meaning("ip", ip.isidentifier(), "a word that can be the name of a module", ip)


def _snake(name: str) -> str:
    """HbmPhy is hbm_phy."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _require_registers(driver: BlockType, is_whole: bool) -> None:
    """Raise AccessError for a driver of no registers. What is there to be derived from may leave them open, by a TypeVar."""
    is_open = not is_whole and vars(driver).get("__parameters__", ())
    if not is_open and not all(issubclass(kind, RegisterBlock) for kind in driver._made_of[0]):
        bases = getattr(driver, "__orig_bases__", ())
        said: Any = next((base for base in bases if isinstance(get_origin(base), BlockType)), Block)
        raise AccessError(
            f"{driver.__name__} says no class of registers that it drives",
            where=place_now(),
            wanted=f"class {driver.__name__}(Block[registers, configuration]), such as Block[PllRegs, None] without a configuration",
            got=words(said),
        )


def _require_own_states(driver: BlockType, space: Mapping[str, Any]) -> None:
    """Raise AccessError for a state that a driver speaks of, and that is none of those that its goal is one of."""
    goal = getattr(driver, "goal", None)
    said = [("reset_state", getattr(driver, "reset_state", goal))]
    said += [(f"goals[{name!r}]", state) for name, state in space.get("goals", {}).items()]
    said += [("a member of until_power_off", state) for state in space.get("until_power_off", ())]
    for way in space.values():
        if isinstance(way, (Step, Wait)):
            sources = way.sources if isinstance(way, Step) else (way.source,)
            said += [(way.name, state) for state in (*sources, way.target)]
    for name, state in said if goal is not None else ():
        if type(state) is not type(goal):
            raise AccessError(
                f"`{name}` of {driver.__name__} is of the states of another block",
                wanted=f"one of {type(goal).__name__}, as its goal is",
                got=shown(state),
            )


def _state_machine(ways: tuple[Way, ...], goal: str) -> dict[State, Way]:
    """For each state its way to that goal: a step toward it, else what the hardware does there by itself."""
    waits: dict[State, Way] = {way.source: way for way in reversed(ways) if isinstance(way, Wait)}
    steps = [way for way in reversed(ways) if isinstance(way, Step) and goal in way.toward]
    return waits | {source: way for way in steps for source in way.sources}


class Block(Generic[R, C], metaclass=BlockType):
    """A driver for the instance whose registers are `regs`, in the configuration `config`.

    Subclasses say `goal`, `reset_state` (what the block is in when it has just been powered, clocked and released),
    `requires` (the kinds of need that its wiring must name), `observe`, and their steps and waits. `goals` are goals besides
    being in service, by name (`off`); `until_power_off` are faults that only the loss of power clears. `loses` is what the loss of a
    need costs, for each kind: contents (`LOSES_DATA`), configuration or service (`STOPS_TRAFFIC`), or nothing (`NONE`). `ip` is
    the name of its IP type: that of the class which says for which registers it is, HbmPhy is hbm_phy, if it is not said. A block
    keeps nothing: `regs`,
    `config` and `needs` are given by the wiring and cannot be assigned to.
    """

    __slots__ = ("_made_at", "config", "needs", "regs")
    regs: R
    config: C
    needs: tuple[Need, ...]
    _made_at: tuple[str, int]
    goal: ClassVar[State]
    reset_state: ClassVar[State]
    goals: ClassVar[Mapping[str, State]] = MappingProxyType({})
    requires: ClassVar[tuple[Kind, ...]] = ()
    until_power_off: ClassVar[frozenset[State]] = frozenset()
    loses: ClassVar[Mapping[Kind, Effect]] = MappingProxyType({})
    ip: ClassVar[str]

    def __init__(self, regs: R, config: C, *needs: Need) -> None:
        """Raises WiringError for what the wiring gives it in vain, ConfigError for a driver that lacks what each has to say."""
        _require_whole(type(self), regs, config)
        for need in needs:
            _require_need(type(self), regs, need)
        put = object.__setattr__
        put(self, "regs", regs)
        put(self, "config", config)
        put(self, "needs", needs)
        maker = _getframe(1)
        put(self, "_made_at", (maker.f_code.co_filename, maker.f_lineno))
        missing = [kind.value for kind in self.requires if kind not in {need.kind for need in needs}]
        if missing:
            raise WiringError(
                f"missing need: {type(self).__name__} cannot work without {' and '.join(missing)}",
                where=regs.path,
                wanted=", ".join(kind.value for kind in self.requires),
                got=", ".join(map(str, needs)) or "no needs",
                next="name the provider where the chip's wiring makes this instance",
            )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{self.name}.{name} cannot be assigned to: a driver keeps no memory")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{self.name}.{name} cannot be deleted")

    @property
    def name(self) -> str:
        """The instance's path in the chip, such as `die0.pll.sys`."""
        return self.regs.path

    @property
    def made_at(self) -> str:
        """The line that makes it, in the chip's wiring: for errors about it."""
        return line_at(*self._made_at)

    @classmethod
    def goal_of(cls, name: str) -> State | None:
        """The state that the goal of that name means; None for a block that has no such goal and stays as it is."""
        return cls.goal if name == SERVICE else cls.goals.get(name)

    def observe(self) -> State:
        """Which state the hardware is in. Reads probe-safe registers only, answers for whatever they hold."""
        raise NotImplementedError

    def detail(self) -> str:
        """More about the state that was just observed, for reports of failures: which channel, which step. Reads only."""
        return ""

    def settle(self, duration: int) -> None:
        """Let a few microseconds of device time (ns) pass inside a step. Anything longer is a state with a wait."""
        self.regs.bus.sleep(duration)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} at 0x{self.regs.base:08x}>"


def _require_whole(driver: type[Block[Any, Any]], regs: object, config: object) -> None:
    """Raise WiringError for registers or a configuration that are none, or another type's; ConfigError for a driver without a goal, a reset state or an `observe`."""
    if not isinstance(regs, RegisterBlock):
        raise WiringError(
            f"{driver.__name__} is given no registers",
            wanted=f"{driver.__name__}(regs, config, *needs), with the registers of its instance, such as chip.pll0",
            got=shown(regs),
        )
    given = (("registers", regs), ("a configuration", config))
    for (what, one), kinds in zip(given, driver._made_of, strict=True):
        if not isinstance(one, kinds):
            raise WiringError(
                f"{driver.__name__} is given {what} of another kind",
                where=regs.path,
                wanted=" or ".join("None" if kind is type(None) else kind.__name__ for kind in kinds),
                got=shown(one),
                next="see the class of the driver: Block[registers, configuration]",
            )
    if config is not None and (found := _misfit(config)) is not None:
        raise WiringError(
            f"`{found.name}` of {driver.__name__} is of a wrong kind",
            where=regs.path,
            wanted=f"{found.wanted}, as {type(config).__name__} says",
            got=shown(found.got),
        )
    for name in ("goal", "reset_state"):
        state = getattr(driver, name, None)
        if state is None:
            raise ConfigError(
                f"the driver {driver.__name__} has no `{name}`",
                where=regs.path,
                wanted=f"{name} = one of its states: {_MEANING[name]}",
                got="nothing",
                cause=line_of(driver),
            )
    if driver.observe is Block.observe:
        raise ConfigError(
            f"the driver {driver.__name__} has no `observe`",
            where=regs.path,
            wanted="def observe(self), which reads what the hardware is in, and answers with a state",
            cause=line_of(driver),
        )


def _misfit(config: object) -> Misfit | None:
    """What of a configuration is of another kind than its class says."""
    try:
        return misfit("config", config, type(config))
    except NameError:  # an annotation that a type checker alone can read
        return None


_KINDS = kinds_of(Block)
_SAID = (*(_KINDS.keys() - set(Block.__slots__)), "observe", "detail")
_OWN = own_names(Block, BlockType, free=_SAID) | {"__init__", "__new__", "__getattribute__"}
_MEANING = MappingProxyType({"goal": "that in which it serves", "reset_state": "that in which it comes out of reset"})


def _require_need(driver: type[Block[Any, Any]], regs: RegisterBlock, need: object) -> None:
    """Raise WiringError for what is no need, and for one of nobody."""
    if not isinstance(need, Need):
        raise WiringError(
            f"what {driver.__name__} is given as a need is none",
            where=regs.path,
            wanted="what it takes from there, as a word: source(provider), clock(provider), ...; or an output of the provider",
            got=shown(need),
            next=f"say {' or '.join(f'{kind.value}(...)' for kind in driver.requires or (Kind.SOURCE, Kind.CLOCK))} of its provider",
        )
    said = {name: getattr(need, name) for name in MADE if hasattr(need, name)}
    require_kinds(MADE, said, type(need).__name__, WiringError, lambda: regs.path)
    if not isinstance(need.provider, Block):
        raise WiringError(
            f"{need.kind.value}(...) of what is no block",
            where=regs.path,
            wanted="the block that provides it, such as self.pll0",
            got=shown(need.provider),
        )
