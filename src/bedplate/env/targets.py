"""Targets: which chip, through which environment.

    model:tern                                      the embedded model, fresh from power-on
    model:bench.pll                                 the bench of an IP type (see `chips/bench`)
    model:tern?fault=die0.pll.sys:no_lock           with planted faults, fuses, a running workload (see `env/model`)
    rtl:tern                                        its RTL in a simulator (see `env/rtl`)
    rtl:package.module:Class                        a chip of your own, which need not be installed
    spi:/dev/spidev0.0,/dev/spidev0.1               a real one, behind SPI bridges (see `env/linux/spi.py`)
    i2c:/dev/i2c-1?address=0x60&chip=isl69260       a PMBus device on an I2C bus of this machine (see `env/linux/i2c.py`)
    pci:0000:01:00.0?chip=tern                      a real one, in a slot of this machine (see `env/linux/pci.py`)
    qtest:npcm750                                   a chip that stock QEMU models (see `env/qtest`)
    route:tern?path=pci:auto&path=spi:/dev/...      a real one, over the first of these paths that works (`env/linux/route.py`)
    replay:run.jsonl                                what `up --record` wrote (see `env/replay.py`)

Each may end in `write=0`: then it is opened to be read only, and needs no writer's lease.

Environments and chips of other packages are found by the entry points `bedplate.environments` and `bedplate.chips`; those in this
package by the table below and the one in `chips`, since looking for entry points costs 50 ms. One of another package may take a
device in the place of the chip, too: its module says so by `DEVICE`, an example of one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules
from shlex import quote
from typing import NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode

from bedplate.bus import Bus, MemoryBus, ReadOnly, Replay
from bedplate.chips import CHIPS, DEFAULT, FAMILIES
from bedplate.component.plugin import load
from bedplate.converge import Chip
from bedplate.env.owner import Owner
from bedplate.errors import AccessError, BedplateError, CheckFailed, OutOfRange, UnknownName, require
from bedplate.reg import normal
from bedplate.reg.value import integer

ENVIRONMENTS = {
    "model": "bedplate.env.model",
    "rtl": "bedplate.env.rtl",
    "spi": "bedplate.env.linux.spi",
    "i2c": "bedplate.env.linux.i2c",
    "pci": "bedplate.env.linux.pci",
    "qtest": "bedplate.env.qtest",
    "route": "bedplate.env.linux.route",
    "replay": "bedplate.env.replay",
}
DEVICES = {"spi": "/dev/spidev0.0", "i2c": "/dev/i2c-1", "pci": "auto"}
"""Environments whose targets say where a chip is, each with an example; which chip it is says their option `chip`, or what is there."""
FILES = {"replay": "run.jsonl"}
"""The same of those that say a file: on a machine without a chip."""
BYTES = "surrogateescape"
"""How what is no UTF-8 goes through a target: a file has any name that its system lets it have."""
WANTED = {"route": "?path=pci:auto", "i2c": "?address=0x60"}
"""Options without which an environment's targets lead nowhere."""


class Target(NamedTuple):
    """A target taken apart: `environment:name?option=value&option=value`.

    `name` is the chip's. Where a target has a device in its place, that is option `at`: `spi:/dev/spidev0.0?chip=tern`
    is taken apart as `spi:tern?at=/dev/spidev0.0`.
    """

    environment: str
    name: str
    options: tuple[tuple[str, str], ...]

    @property
    def where(self) -> str:
        """The target without its options, for errors."""
        return f"{self.environment}:{self.name}"

    def without(self, option: str) -> str:
        """The target as it is said where that option is left out, for a shell."""
        others = urlencode([one for one in self.options if one[0] != option], safe=":/*=", errors=BYTES)
        return quote(f"{self.where}?{others}" if others else self.where)

    def all(self, option: str) -> list[str]:
        """Every value that an option was given."""
        return [value for key, value in self.options if key == option]

    def one(self, option: str) -> str | None:
        """The value of an option that may be given once; None where it was not. Raises AccessError where it was given twice."""
        given = self.all(option)
        if len(given) > 1:
            raise AccessError(
                f"target option '{option}' is given {len(given)} times",
                where=self.where,
                wanted="once",
                got=", ".join(f"{option}={value}" for value in given),
            )
        return given[0] if given else None

    def number(self, option: str, what: str, among: range, base: int = 0) -> int | None:
        """The integer of an option that may be given once, in this base (0: as Python writes it). Raises AccessError, OutOfRange."""
        text = self.one(option)
        return None if text is None else self._integer(option, text, what, text, among, base)

    def is_on(self, option: str, default: bool = False) -> bool:
        """Whether a switch is on, which is 1, or off, 0 or empty. Raises AccessError, OutOfRange."""
        given = self.one(option)
        return default if given is None else bool(given and self.number(option, "a switch", range(2)))

    def harvest(self, chip: type[Chip]) -> dict[str, int]:
        """The harvest masks, by the part of the chip whose fuses they are in: `harvest=die0:0x20`.

        Raises UnknownName for a part without such fuses, AccessError for a mask that cannot be read or is given twice, OutOfRange
        for one that has bits which those fuses have not.
        """
        given = self.all("harvest")
        if not given:
            return {}
        drawing = chip(MemoryBus(0))
        drawing.require_fuses(self.where, f"harvest={given[0]}")
        harvests = {one.group: one for one in drawing.harvests}
        found: dict[str, int] = {}
        for text in given:
            part, colon, mask = text.partition(":")
            part = normal(part)
            if not colon:
                example = f"{part if part in harvests else next(iter(harvests))}:0x1"
                raise AccessError(
                    "cannot read a harvest mask",
                    where=self.where,
                    wanted=f"part:mask, such as harvest={example}",
                    got=f"harvest={text}",
                )
            if part not in harvests:
                raise UnknownName("part with harvest fuses", part, harvests, where=self.where)
            if part in found:
                raise AccessError(
                    f"two harvest masks for {part}",
                    where=self.where,
                    wanted="one, with the bits of both",
                    got=", ".join(given),
                )
            shows = f"bedplate -t {self.without('harvest')} info {harvests[part].fuses.name}"
            lists = f"`{shows}` says what each bit removes"
            found[part] = self._integer("harvest", text, "a harvest mask", mask, harvests[part].masks, next=lists)
        return found

    def tenant(self, chip: type[Chip]) -> bool:
        """Whether a workload runs: `tenant=1`. Raises AccessError where the chip has no word for it, OutOfRange."""
        active = self.is_on("tenant")
        if active:
            chip(MemoryBus(0)).require_tenant(self.where, "tenant=1")
        return active

    @property
    def is_made_anew(self) -> bool:
        """Whether each opening makes the chip anew; else it is the one that was there before."""
        return self.environment in ("model", "rtl", "replay") or (
            self.environment == "qtest" and not self.all("socket")
        )

    @property
    def write(self) -> bool:
        """Whether it is opened to be written to, as it is without `write=0`. Environments take their writer's lease by this."""
        return self.is_on("write", default=True)

    def require_known(self, *once: str, many: Collection[str] = ()) -> None:
        """Raise UnknownName for an option that this environment does not have, nor every environment; AccessError for one that is given twice.

        Those of `many` may repeat.
        """
        for key, _ in self.options:
            if key not in (*once, *many, "write"):
                error = UnknownName("target option", key, (*once, *many), where=self.where)
                elsewhere = [f"{name}:" for name in ENVIRONMENTS if key in _options(name)]
                if elsewhere:  # a name that is like one of ours is no better guess then
                    error.cause = f"{key} is an option of {', '.join(elsewhere)} targets"
                    error.next = f"options of {self.environment}: targets are {', '.join((*once, *many, 'write'))}"
                raise error
            if key not in many:
                self.one(key)

    def _integer(
        self, option: str, given: str, what: str, text: str, among: range, base: int = 0, next: str = ""
    ) -> int:
        """The number that a text is, a part of what an option was given. Raises OutOfRange for any but those among the range."""
        try:
            number = integer(text, base)
        except ValueError:
            number = among.stop
        if number not in among:
            top = among.stop - 1
            raise OutOfRange(
                f"cannot read {what}",
                where=self.where,
                wanted=f"{among.start} to {top}" + (f" (0x{top:x})" if top > 9 else ""),
                got=f"{option}={given}",
                next=next,
            )
        return number


class Environment(Protocol):
    """What an environment's package offers."""

    def open_bus(self, target: Target, chip: type[Chip]) -> Bus:
        """The raw bus of the target's chip.

        Raises EnvError, AccessError, OutOfRange, UnknownName, and NotOwner where another process writes to the chip.
        """

    # One may also offer, as those of this package do:
    # ONCE, MANY                    the options of its targets that may be given once, and those that may repeat
    # check(target, chip)           raises what `open_bus` does for options that make no sense, and opens nothing
    # has(chip)                     whether it leads to that chip at all
    # DEVICE                        an example of a device, where targets say one in place of the chip, which is option `chip` then
    # has_backdoor(chip)            whether its raw bus of that chip is a Backdoor; not, where it does not say
    # chip_of(place)                the name of the chip at a place, of an environment with DEVICE, where what is there says it
    # FORKS                         True where the chip lives in this process, and is forked with it


def parse(target: str) -> Target:
    """Take a target apart. Raises UnknownName for an environment that does not exist, AccessError for two chips, and for no text."""
    require(target, str, "target", "a text such as 'model:tern'")
    environment, _, rest = target.partition(":")
    name, _, query = rest.partition("?")
    if not name or (
        environment not in ENVIRONMENTS and environment not in dict(_entry_points("bedplate.environments"))
    ):
        known = [
            *map(example, ENVIRONMENTS),
            *(f"{environment}:" for environment, _ in _entry_points("bedplate.environments")),
        ]
        raise UnknownName("target", target, known)
    options = parse_qsl(query, keep_blank_values=True, errors=BYTES)
    if _device(environment) is not None:
        parsed = Target(environment, name, (("at", name), *options))
        chip = parsed.one("chip") or _said_there(environment, name) or DEFAULT
        return Target(environment, chip, tuple(option for option in parsed.options if option[0] != "chip"))
    return Target(environment, name, tuple(options))


def said_chip(target: str) -> str | None:
    """The chip that a target says; None where it says a device alone, behind which any may be. Raises what `parse` does."""
    parsed = parse(target)
    options = dict(parse_qsl(target.partition("?")[2]))
    return parsed.name if _device(parsed.environment) is None or "chip" in options else None


def _said_there(environment: str, place: str) -> str | None:
    """The name of the chip, where what is at a place says it."""
    ask: Callable[[str], str | None] | None = getattr(_environment(environment), "chip_of", None)
    return ask(place) if ask is not None else None


def example(environment: str) -> str:
    """A target of an environment: of a device, or of a chip, the default one where it leads there."""
    if (device := _device(environment)) is not None:
        return f"{environment}:{device}{WANTED.get(environment, '')}"
    led_to = known_chips(environment)
    chip = DEFAULT if DEFAULT in led_to else led_to[0]
    return f"{environment}:{chip}{WANTED.get(environment, '')}"


def model_alone(target: str, command: str, next: str) -> str:
    """The chip of a target, for a command that plays on fresh models of it. Raises AccessError for any other world, and for options."""
    parsed = parse(target)
    if parsed.environment != "model" or parsed.options:
        raise AccessError(
            f"{command} plays on models that it makes itself",
            where=target,
            wanted=f"model:{parsed.name}, without options",
            next=next,
        )
    return parsed.name


def check(target: str, chip: type[Chip] | None = None) -> type[Chip]:
    """The class of a target's chip, once all that can be known of the target on paper is known to make sense. Opens nothing.

    Raises UnknownName, AccessError, OutOfRange: what `open_bus` would.
    """
    parsed = parse(target)
    kind = _kind(parsed, chip)
    parsed.write  # noqa: B018 # it is asked for its errors
    checks: Callable[[Target, type[Chip]], None] | None = getattr(_environment(parsed.environment), "check", None)
    if checks is not None:
        checks(parsed, kind)
    return kind


def has_backdoor(target: str) -> bool:
    """Whether the raw bus of a target plants faults. Opens nothing. Raises UnknownName, ConfigError."""
    parsed = parse(target)
    says: Callable[[type[Chip]], bool] | None = getattr(_environment(parsed.environment), "has_backdoor", None)
    return says is not None and says(_kind(parsed, None))


def forks(target: str) -> bool:
    """Whether the chip of a target lives in the process that opens it, and is forked with it. Raises UnknownName."""
    return bool(getattr(_environment(parse(target).environment), "FORKS", False))


def extended(target: str, **options: str) -> str:
    """The target with more options."""
    return target + ("&" if "?" in target else "?") + urlencode(options, errors=BYTES) if options else target


def open_bus(target: str, chip: type[Chip] | None = None, write: bool = True) -> Bus:
    """The raw bus of a target: no guard, no meter. Without `write` it is one that refuses writes.

    Raises UnknownName, AccessError, EnvError, and NotOwner where another process writes to the chip.
    """
    parsed = parse(target)
    if parsed.write and not write:
        parsed = parsed._replace(options=(*(one for one in parsed.options if one[0] != "write"), ("write", "0")))
    bus = _environment(parsed.environment).open_bus(parsed, _kind(parsed, chip))
    return bus if parsed.write else ReadOnly(bus)


def open_chip(target: str, chip: type[Chip] | None = None, write: bool = True) -> Chip:
    """The chip of a target, on the target's bus; for whoever will write, it is asked who it is. A reader makes no transaction.

    Raises UnknownName, ConfigError, EnvError, NotOwner, and WrongChip for another chip than this.
    """
    kind = _kind(parse(target), chip)
    made = kind(open_bus(target, kind, write))
    recognise(made)
    return made


def recognise(chip: Chip) -> tuple[str, ...]:
    """Who answers, where the chip was opened to be written to (see `Topology.recognise`). It belongs to no thread by that.

    Raises WrongChip, EnvError.
    """
    if isinstance(chip.meter.bus, (ReadOnly, Replay)):  # of a record it was asked before that began
        return ()
    free = [owner for owner in _owners(chip) if owner.is_free]
    try:
        return chip.recognise()
    finally:
        for owner in free:
            owner.release()


def bring_up(bus: Bus, chip: type[Chip]) -> None:
    """Converge a chip on its raw bus before anybody else has it: option `up=1`. Raises the error at the root where that fails."""
    report = chip(bus).converge()
    if not report.ok:
        raise report.first_error or CheckFailed("the chip did not settle", where=report.chip, got=str(report))


def release(chip: Chip | Bus) -> None:
    """Let go of a chip or its bus, for another thread to use it: whoever is the next to do so. Raises NotOwner, AccessError for neither."""
    if not hasattr(chip, "meter"):
        require(getattr(chip, "read", None), Callable, "bus", "a chip or its bus")  # type: ignore[arg-type] # as isinstance has it
    for owner in _owners(chip):
        owner.release()


def _owners(chip: Chip | Bus) -> Iterable[Owner]:
    """The owners of a chip's bus, or of a bus."""
    bus: Bus | None = chip.meter if isinstance(chip, Chip) else chip
    while bus is not None and not hasattr(bus, "owners"):  # taps are in front of the environment's own
        bus = getattr(bus, "bus", None)
    owners: Iterable[Owner] = getattr(bus, "owners", ())
    return owners


def known_chips(environment: str = "") -> list[str]:
    """The names of all chips, this package's and those that plug in; or of those that an environment leads to."""
    names = sorted({*CHIPS, *dict(_entry_points("bedplate.chips"))})
    return [name for name in names if _leads_to(environment, name)] if environment else names


def _leads_to(environment: str, name: str) -> bool:
    """Whether an environment leads to a chip: not to one whose module is broken."""
    has: Callable[[type[Chip]], bool] | None = getattr(_environment(environment), "has", None)
    with suppress(BedplateError):
        return has is None or has(chip_type(name))
    return False


def chip_type(name: str, environment: str = "") -> type[Chip]:
    """The class of the chip of that name, or of `package.module:Class`.

    Raises UnknownName, with those that the environment leads to, and ConfigError for a module that cannot be imported.
    """
    family, _, member = name.partition(".")
    if ":" in name:
        place: str | None = name
    elif family in FAMILIES:
        place = f"{FAMILIES[family]}:{member}"
    else:
        place = CHIPS.get(name) or dict(_entry_points("bedplate.chips")).get(name)
    if place is None:
        raise UnknownName("chip", name, known_chips(environment))
    module, _, attribute = place.partition(":")
    try:
        found = load(module)
    except ModuleNotFoundError as error:
        raise _no_module(module, place) from error
    kind = getattr(found, attribute, None)
    if not isinstance(kind, type) or not issubclass(kind, Chip):
        raise UnknownName(
            "chip", attribute, [name for name in dir(found) if _is_chip(getattr(found, name, None))], where=module
        )
    return kind


def _no_module(module: str, place: str) -> UnknownName:
    """The error of a module that is not there, with those that are beside it; of a package that is not, with where it is looked for."""
    package = module.rpartition(".")[0]
    beside: list[str] = []
    with suppress(BedplateError, ImportError):
        if package:
            beside = [f"{package}.{one.name}" for one in iter_modules(getattr(load(package), "__path__", ()))]
    error = UnknownName("module of a chip", module, beside, where=place)
    error.next = (
        error.next or f"install '{module.partition('.')[0]}', or name the folder that it lies in: PYTHONPATH=FOLDER"
    )
    return error


def _kind(target: Target, chip: type[Chip] | None) -> type[Chip]:
    """The class of a target's chip. Raises AccessError for what is none, UnknownName."""
    if chip is None:
        return chip_type(target.name, target.environment)
    if not isinstance(chip, type) or not issubclass(chip, Chip):
        raise AccessError(f"{chip!r} is no class of a chip", wanted="one that is derived from bedplate.converge.Chip")
    return chip


def _environment(name: str) -> Environment:
    """The package of an environment that exists."""
    found: Environment = import_module(ENVIRONMENTS.get(name) or dict(_entry_points("bedplate.environments"))[name])
    return found


def _device(name: str) -> str | None:
    """An example of a device of an environment whose targets say one; None where they say a chip."""
    if name in ENVIRONMENTS:
        return DEVICES.get(name) or FILES.get(name)
    found: str | None = getattr(_environment(name), "DEVICE", None)
    return found


def _options(name: str) -> tuple[str, ...]:
    """The options that targets of an environment have."""
    package = _environment(name)
    return (*getattr(package, "ONCE", ()), *getattr(package, "MANY", ()))


def _is_chip(item: object) -> bool:
    return isinstance(item, type) and issubclass(item, Chip) and item is not Chip


def _entry_points(group: str) -> Iterator[tuple[str, str]]:
    from importlib.metadata import entry_points  # slow to import, wanted only for names that are not ours

    for point in entry_points(group=group):
        yield point.name, point.value
