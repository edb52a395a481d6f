"""What an instance needs from others before it can be reached or can work: power, clock, reset, rail, source, link, firmware.

A need is met either by a whole block that is at its goal (`power(ppu)`, `link(phy)`), or by an output of a block: one of many
alike things that it hands out, such as a reset line or a clock branch, which is turned on for its user.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from bedplate.bus import LONGEST, ms
from bedplate.declared import (
    Meaning,
    kinds_of,
    own_names,
    require_free,
    require_kinds,
    require_near_none,
    require_runs,
    require_sense,
)
from bedplate.errors import ConfigError, line_of
from bedplate.reg import Effect

if TYPE_CHECKING:
    from bedplate.block.block import Block

P = TypeVar("P", bound="Block[Any, Any]")


class Kind(Enum):
    """What is needed. Without power, clock and reset release a block cannot even be read; the others it needs to work."""

    POWER = "power"
    CLOCK = "clock"
    RESET = "reset"
    RAIL = "rail"
    SOURCE = "source"
    LINK = "link"
    FIRMWARE = "firmware"

    @property
    def gates_access(self) -> bool:
        """Whether a block that lacks this cannot answer an access, and so is not read at all."""
        return self in (Kind.POWER, Kind.CLOCK, Kind.RESET)


class Need:
    """`provider` must be at its goal."""

    __slots__ = ("kind", "provider")
    kind: Kind

    def __init__(self, kind: Kind, provider: Block[Any, Any]) -> None:
        self.kind = kind
        self.provider = provider

    @property
    def port(self) -> str:
        """Which of the provider's outputs; empty where it is the block as a whole."""
        return ""

    def __str__(self) -> str:
        return f"{self.kind.value} from {self.provider.name}"

    __repr__ = __str__


class Output(Need, Generic[P]):
    """One of many alike things that a block hands out. Subclasses read and turn on; they stand in the provider's driver.

    `limit` is how long it may take to come on (ns of device time), `effect` all that turning it on or off does to the world.
    """

    __slots__ = ("index", "label")
    KIND: ClassVar[Kind]
    limit: ClassVar[int] = ms(1)
    effect: ClassVar[Effect] = Effect.NONE
    _lacks: ClassVar[str] = ""
    provider: P
    index: int
    label: str

    def __init_subclass__(cls) -> None:
        """Raises AccessError for what is of a wrong kind (a `limit` without an end), means nothing, would not run when it is
        called, or has a name that is taken, or nearly that of a declaration."""
        for base in cls.__mro__:
            if base.__module__ != __name__ and base is not object and base is not Generic:
                require_free(_OWN, vars(base), base.__name__)
                require_near_none(_SAID, vars(base), base.__name__)
                require_runs([(name, vars(base).get(name)) for name in _DONE], base.__name__)
                require_kinds(OUTPUT, vars(base), base.__name__)
        require_sense(
            [Meaning("limit", 0 < cls.limit <= LONGEST, f"more than 0 ns, and at most {LONGEST}", cls.limit)],
            cls.__name__,
        )
        cls._lacks = next((name for name in _WANTED if getattr(cls, name, None) is getattr(Output, name, None)), "")

    def __init__(self, provider: P, index: int, label: str) -> None:
        """Raises ConfigError for a class that does not say what kind of need it meets, whether it is on, or how it is turned on."""
        if self._lacks:
            raise ConfigError(
                f"the output {type(self).__name__} has no `{self._lacks}`",
                where=str(getattr(provider, "name", "")),
                wanted=_WANTED[self._lacks],
                cause=line_of(type(self)),
            )
        super().__init__(self.KIND, provider)
        self.index = index
        self.label = label

    @property
    def port(self) -> str:
        return self.label

    def is_on(self) -> bool:
        """Whether the output is on, by the hardware's own status. Reads only."""
        raise NotImplementedError

    def is_coming(self) -> bool:
        """Whether it has been turned on and is on its way. Reads only. Outputs that are on at once leave this alone."""
        return False

    def turn_on(self) -> None:
        """Turn it on, and nothing else."""
        raise NotImplementedError

    def turn_off(self) -> None:
        """Turn it off, once all its users are off. Outputs that stay on leave this alone."""

    def __str__(self) -> str:
        return f"{self.kind.value} {self.label} from {self.provider.name}"

    __repr__ = __str__


OUTPUT = kinds_of(Output)
"""What an output says of itself."""
MADE = MappingProxyType({name: OUTPUT[name] for name in ("kind", "index", "label")})
"""Of that what is given when one is made, or any need."""
_WANTED = MappingProxyType(
    {
        "KIND": "KIND = Kind.CLOCK, or another kind of need that it meets",
        "is_on": "def is_on(self), which reads whether it is on",
        "turn_on": "def turn_on(self), which turns it on",
    }
)
"""What the class of an output has to say, as its author would write it."""
_DONE = ("is_on", "is_coming", "turn_on", "turn_off")
_SAID = (*_DONE, "KIND", "limit", "effect")
_OWN = own_names(Need, Output, free=_SAID)


def power(provider: Block[Any, Any]) -> Need:
    """Its registers are supplied by a power domain's controller."""
    return Need(Kind.POWER, provider)


def clock(provider: Block[Any, Any]) -> Need:
    """Its registers are clocked by the provider."""
    return Need(Kind.CLOCK, provider)


def reset(provider: Block[Any, Any]) -> Need:
    """Held in reset by the provider until it is at its goal."""
    return Need(Kind.RESET, provider)


def rail(provider: Block[Any, Any]) -> Need:
    """What it switches or regulates is fed by the provider; its registers answer without."""
    return Need(Kind.RAIL, provider)


def source(provider: Block[Any, Any]) -> Need:
    """A clock that it passes on or uses comes from the provider; its registers run from another."""
    return Need(Kind.SOURCE, provider)


def link(provider: Block[Any, Any]) -> Need:
    """Works only through the provider (a controller through its PHY)."""
    return Need(Kind.LINK, provider)


def firmware(provider: Block[Any, Any]) -> Need:
    """Needs data or code that the provider makes available (fuses, images)."""
    return Need(Kind.FIRMWARE, provider)
