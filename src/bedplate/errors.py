"""Every error that Bedplate raises, in one tree.

    BedplateError              .code  .where  .wanted  .got  .waited  .cause  .next  .exit_code
    +- BusError                    the way to the chip
    |  +- BusFault                 an error response: the fabric answered, the block did not (or refused)
    |  |  +- OutOfReach            this way to the chip does not lead to that address
    |  |  +- NotAcknowledged       I2C: nobody took a byte: no device has that address, or it refuses the command or its data
    |  |  +- Damaged               a check sum (SMBus PEC) is wrong: what came is not what was sent, and no data
    |  |  +- ArbitrationLost       another master took the bus: the device has not seen the access, or not the whole of it
    |  |  +- BusTimeout            the bus was held for longer than it may be; what became of the access is not known
    |  |  +- UnsupportedRequest    PCI Express: the function takes no such request at that address
    |  +- BusSize                  this bus cannot carry an access of that size or alignment
    |  +- LinkDown                 the canary does not answer: nothing read here may be believed
    |  |  +- NotReady              PCI Express: the device asks to be asked again later, as after a reset (CRS)
    |  +- PathLost                 one of several paths was lost, and with it what became of an access: observe anew
    |  +- WrongChip                who answers is not the chip, or the part of it, that belongs behind this port
    +- AccessError                 the caller asked for what cannot be
    |  +- UnknownName              no such target, instance, register, field (did you mean ...?)
    |  +- OutOfRange               a value that does not fit; also a ValueError
    |  +- NotReadable, NotWritable no such access to this register
    +- DriverError                 the hardware said no
    |  +- PollTimeout              waited for the whole budget (device time)
    |  +- CheckFailed              hardware holds something else than it must
    |  +- NoWayOut                 a fault state without a step out of it, or with all attempts spent
    |  +- UnderLoad                a step would disturb a running workload
    |  +- NeedsIntent              a permanent step without an explicit intent
    |  +- Flapping                 it reaches its goal and leaves it again, over and over
    |  +- DriverDefect             the driver itself is wrong: it raised, or wrote what it does not declare
    +- ConfigError                 descriptions and wiring
    |  +- RdlError                 SystemRDL that does not elaborate, or that no register class can express
    |  +- WiringError              missing need, cycle in needs, overlap of addresses, need on a harvested part
    +- EnvError                    the world around
       +- ToolMissing              a tool that the target wants is not installed
       +- NotOwner                 the chip, or its bus, is another thread's or process's; or it was opened to be read only
       +- WorkerLost               a job of a campaign ends with the process that does it, each time
       +- ModelDefect              the model that stands in for a chip is wrong itself: it raised
       +- JobDefect                a job of a campaign raised what is no error of this tree

One renderer (`render`) makes the text for people, `to_dict` the document for programs. Exit codes are those of the command
line: 1 the hardware said no, 2 usage, 3 unreachable, 4 timeout, 5 configuration, 6 tool missing (those that are no error of this tree, 130
and 141, are in `cli/app.py`). Whatever else is raised is a bug of Bedplate itself, with exit code 70, as it is in a job of a campaign:
mistakes of who wrote a chip, a driver or a model are in the tree, with the line (`place_of`).
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from types import FrameType


class BedplateError(Exception):
    """What went wrong, where, what was wanted and got, how long it was waited for, why perhaps, and what to do next.

    Times are integers in nanoseconds of device time.
    """

    code: ClassVar[str] = "BP-000"
    exit_code: ClassVar[int] = 1
    is_of_bus = False
    """Whether a bus said so, and not the driver that happened to use it: what the guard in front of the chip let pass."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        wanted: str = "",
        got: str = "",
        waited: int | None = None,
        cause: str = "",
        next: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.wanted = wanted
        self.got = got
        self.waited = waited
        self.cause = cause
        self.next = next

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.wanted:
            parts.append(f"wanted {self.wanted}")
        if self.got:
            parts.append(f"got {self.got}")
        if self.waited is not None:
            parts.append(f"waited {duration(self.waited)}")
        return ", ".join(parts)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled by its facts: subclasses are made from other arguments."""
        return copyreg.__newobj__, (type(self), self.what), self.__dict__  # type: ignore[attr-defined]

    def to_dict(self) -> dict[str, object]:
        """The same facts as a JSON-ready document; empty ones are left out."""
        facts: dict[str, object] = {
            "code": self.code,
            "type": type(self).__name__,
            "what": self.what,
            "where": self.where,
            "wanted": self.wanted,
            "got": self.got,
            "waited_ns": self.waited,
            "cause": self.cause,
            "next": self.next,
        }
        return {key: fact for key, fact in facts.items() if fact not in ("", None)}


class BusError(BedplateError):
    """The way to the chip failed: an access was not made, or its answer cannot be believed."""

    code = "BP-BUS-001"
    exit_code = 3


class BusFault(BusError):
    """An error response: the fabric answered, the block did not, or refused. Nothing was done."""

    code = "BP-BUS-002"
    exit_code = 1


class OutOfReach(BusFault):
    """This way to the chip does not lead to that address."""

    code = "BP-BUS-006"


class NotAcknowledged(BusFault):
    """I2C: nobody took a byte. No device has that address, it is busy, or it refuses the command or its data (a wrong PEC, too)."""

    code = "BP-BUS-010"


class Damaged(BusFault):
    """A check sum is wrong: what came is not what was sent. It is not data, and nothing was done with it."""

    code = "BP-BUS-011"


class ArbitrationLost(BusFault):
    """Another master took the bus: the device has not seen the access, or not the whole of it, and so does nothing."""

    code = "BP-BUS-012"


class BusTimeout(BusFault, TimeoutError):
    """The bus was held for longer than it may be, by a device or a master; what became of the access is not known."""

    code = "BP-BUS-013"


class UnsupportedRequest(BusFault):
    """PCI Express: the function takes no such request at that address, or not now (powered down, decoding turned off)."""

    code = "BP-BUS-014"


class BusSize(BusError):
    """This bus, or what is at its end, cannot carry an access of that size (bytes) or alignment."""

    code = "BP-BUS-003"
    exit_code = 2


class TornRead(BusError):
    """A register that takes several accesses changed between them, each time: no value of it is a true one."""

    code = "BP-BUS-008"
    exit_code = 1


class LinkDown(BusError):
    """The canary does not answer: nothing that is read here may be believed."""

    code = "BP-BUS-004"
    reach: range | None = None
    """The addresses that cannot be reached any more; None where that is the whole chip, or not known."""


class NotReady(LinkDown):
    """PCI Express: the device answers configuration requests with a retry status (CRS): it is there, and not ready yet."""

    code = "BP-BUS-015"


class PathLost(BusError):
    """One of several paths was lost, and with it what became of an access. Who gets this observes anew and goes on."""

    code = "BP-BUS-005"


class WrongChip(BusError):
    """Who answers is not the chip, or not the part of it, that belongs behind this port: nothing is written to it."""

    code = "BP-BUS-007"


class AccessError(BedplateError):
    """The caller asked for what cannot be. No transaction was made for it."""

    code = "BP-ACC-001"
    exit_code = 2


class UnknownName(AccessError, LookupError):
    """No such target, instance, register, field: a `kind` of thing. `known` are the names that there are; the closest become `next`."""

    code = "BP-ACC-002"

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str = "") -> None:
        import difflib

        names = list(known)
        close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else ""
        if not close and names:
            shown = names if len(names) <= 12 else [*names[:6], f"and {len(names) - 6} more"]
            hint = f"known: {', '.join(shown)}"
        super().__init__(f"unknown {kind} '{name}'", where=where, next=hint)


class OutOfRange(AccessError, ValueError):
    """A value that does not fit where it is to go. It is refused, never truncated."""

    code = "BP-ACC-003"


class NotReadable(AccessError):
    """Software cannot read this register."""

    code = "BP-ACC-004"


class NotWritable(AccessError):
    """Software cannot write this register or field."""

    code = "BP-ACC-005"


class DriverError(BedplateError):
    """The hardware said no."""

    code = "BP-DRV-001"


class PollTimeout(DriverError, TimeoutError):
    """Waited for the whole budget, `waited` (ns of device time), and the last sample was still another."""

    code = "BP-DRV-002"
    exit_code = 4


class CheckFailed(DriverError):
    """Hardware, or a record, holds something else than it must."""

    code = "BP-DRV-003"


class NoWayOut(DriverError):
    """A fault state that no step leads out of, or with all attempts spent."""

    code = "BP-DRV-004"


class UnderLoad(DriverError):
    """A step would disturb a running workload, or one of which nobody knows whether it runs."""

    code = "BP-DRV-005"


class NeedsIntent(DriverError):
    """A permanent step, and nobody said that it is wanted."""

    code = "BP-DRV-006"


class Flapping(DriverError):
    """An instance reaches its goal and leaves it again, over and over."""

    code = "BP-DRV-007"


class DriverDefect(DriverError):
    """`trace` is the traceback, where the driver raised. `is_told`: it came to somebody who says it, and the driver hid nothing."""

    code = "BP-DRV-008"
    is_told = False

    def __init__(self, what: str, *, trace: str = "", **facts: Any) -> None:
        super().__init__(what, **facts)
        self.trace = trace

    def to_dict(self) -> dict[str, object]:
        return super().to_dict() | ({"trace": self.trace} if self.trace else {})


class ConfigError(BedplateError):
    """Descriptions, wiring or configuration are wrong, before any hardware is asked."""

    code = "BP-CFG-001"
    exit_code = 5


class RdlError(ConfigError):
    """SystemRDL that does not elaborate, or that no register class can express."""

    code = "BP-CFG-002"


class WiringError(ConfigError):
    """A missing need, a cycle in needs, an overlap of addresses, or a need on a harvested part."""

    code = "BP-CFG-003"


class EnvError(BedplateError):
    """The world around the chip: a device, a file, a process or another machine."""

    code = "BP-ENV-001"
    exit_code = 3


class ToolMissing(EnvError):
    """A tool that the target wants is not installed; `next` says how to get it."""

    code = "BP-ENV-002"
    exit_code = 6


class NotOwner(EnvError):
    """The chip, or its bus, is another thread's or process's; or it was opened to be read only."""

    code = "BP-ENV-003"


class WorkerLost(EnvError):
    """A job of a campaign ends with the process that does it, each time that it is tried."""

    code = "BP-ENV-004"


class ModelDefect(EnvError):
    """`trace` is the traceback, where the model raised; `replay` the command that shows it again, where a campaign ends with it."""

    code = "BP-ENV-005"
    exit_code = 5
    replay = ""

    def __init__(self, what: str, *, trace: str = "", **facts: Any) -> None:
        super().__init__(what, **facts)
        self.trace = trace

    def shown_again_by(self, command: str) -> None:
        """Say which command shows it again: the first who says so was the nearest to it."""
        if command and not self.replay:
            self.replay = command
            self.next = "; ".join(filter(None, (f"again: {command}", self.next)))

    def to_dict(self) -> dict[str, object]:
        return super().to_dict() | ({"trace": self.trace} if self.trace else {})


class JobDefect(EnvError):
    """A job of a campaign raised what is no error of this tree, or cannot leave its process; `trace` is the traceback there."""

    code = "BP-ENV-006"
    exit_code = 70

    def __init__(self, what: str, *, trace: str = "", **facts: Any) -> None:
        super().__init__(what, **facts)
        self.trace = trace

    def to_dict(self) -> dict[str, object]:
        return super().to_dict() | ({"trace": self.trace} if self.trace else {})


class News(BaseException):
    """What a run tells itself, through the code of a driver if need be. Not an Exception: no driver can catch it by mistake.

    It is no error, and none of the tree: raised by a driver, a listener or a model it is theirs, as any other (`is_of_run`).
    """

    is_of_run = False
    """Whether the run said so while a driver acted, and not the driver."""


RAISED = (Exception, SystemExit, GeneratorExit, News)
"""What is caught of whatever somebody wrote for a chip: a driver, a bus, a model, a listener. A Ctrl-C is nobody's defect."""


def place_of(error: BaseException) -> str:
    """The line at fault: the innermost that somebody wrote for a chip, below which there are only kits, registers and Python's library.

    Empty where there is none.
    """
    import traceback

    if isinstance(error, SyntaxError) and error.filename is not None:
        return line_at(error.filename, error.lineno)
    frames = [one for one in traceback.walk_tb(error.__traceback__) if _is_written_for_a_chip(one[0])]
    if not frames:
        return ""
    return _place(*frames[-1])


def line_in(error: BaseException) -> str:
    """The line that raised it, whoever wrote it. Empty where it was never raised."""
    import traceback

    frames = list(traceback.walk_tb(error.__traceback__))
    return _place(*frames[-1]) if frames else ""


def place_now() -> str:
    """The line that is being run, by the same rule: where somebody declares what cannot be. Empty where there is none."""
    import traceback

    written = (one for one in traceback.walk_stack(None) if _is_written_for_a_chip(one[0]))
    return next((_place(*one) for one in written), "")


def line_of(thing: Callable[..., object]) -> str:
    """Where a class or function stands; empty where nobody can tell."""
    import inspect

    try:
        return line_at(inspect.getfile(thing), inspect.getsourcelines(thing)[1])
    except (OSError, TypeError):
        return ""


def _place(frame: FrameType, line: int) -> str:
    return f"{line_at(frame.f_code.co_filename, line)} in {frame.f_code.co_name}"


def _is_written_for_a_chip(frame: FrameType) -> bool:
    import traceback

    path = frame.f_code.co_filename
    python, ours = (file.rpartition("/")[0] + "/" for file in (traceback.__file__, __file__))
    if path.startswith("<frozen ") or (path.startswith(python) and "-packages/" not in path):
        return False
    if any(base.__module__.startswith("bedplate.reg.") for base in type(frame.f_locals.get("self")).__mro__):
        return False  # a register's handle: generated
    inside = path.removeprefix(ours)
    return inside == path or inside.startswith(("ip/", "chips/")) or "/test_" in path


def line_at(path: str, line: int | None) -> str:
    """A line of somebody's file, for an error: the file by its name and that of its folder."""
    return f"{'/'.join(path.split('/')[-2:])}:{line}"


def require(value: object, kind: type, what: str, wanted: str) -> None:
    """Raise AccessError for an argument that is of no such kind: it is no `what`, but `wanted` is."""
    if not isinstance(value, kind):
        raise AccessError(f"{value!r} is no {what}", wanted=wanted)


def duration(nanoseconds: int) -> str:
    """A time for people: three significant digits and the unit that fits."""
    for unit, size in (("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000)):
        if abs(nanoseconds) >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds} ns"


def render(error: BedplateError) -> str:
    """The text for people: one line a fact, in a fixed order, empty ones left out."""
    rows = [
        ("where", error.where),
        ("wanted", error.wanted),
        ("got", error.got),
        ("waited", duration(error.waited) if error.waited is not None else ""),
        ("cause", error.cause),
        ("next", error.next),
    ]
    lines = [f"error {error.code}: {error.what}"]
    lines += [f"  {label:<7} {text}" for label, text in rows if text]
    return "\n".join(lines)
