"""`bedplate doctor`: what is here, what is missing, and the command that fixes it."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from typing import TYPE_CHECKING, NamedTuple

import click

from bedplate.cli.command import Command
from bedplate.cli.session import Session, pass_session
from bedplate.cli.text import bold, dim, paint, table
from bedplate.errors import BedplateError

if TYPE_CHECKING:
    from bedplate.block import Vitals
    from bedplate.bus.guard import Port
    from bedplate.converge import Chip
    from bedplate.topology import Region

EXTRA = re.compile(r"^([\w.-]+).*;.*extra == ['\"](\w+)['\"]")


class DoctorFinding(NamedTuple):
    """One thing to look for: what was found (empty: nothing), what it is for, and the command that fixes it."""

    kind: str
    name: str
    found: str
    use: str
    fix: str = ""


@click.command(cls=Command, short_help="Say what is present, what is missing, and what fixes it.")
@pass_session
def doctor(session: Session) -> int:
    """Look for Python, extras, tools and plugins, on a controller (a target that is a device of this machine) for what it needs alone; open the target, and read who answers at each port, its canary too, and nothing else.

    The exit code is 0 unless the target cannot be opened, or something else than its chip answers; 6 if a tool is missing for it. Whatever else is missing is told,
    with the command that fixes it.
    """
    from bedplate.converge.survey import identities

    is_controller = _is_controller(session.target)
    findings = [*_python(), *([] if is_controller else _extras()), *_environments(is_controller), *_plugins()]
    error: BedplateError | None = None
    try:
        chip = session.open(write=False)
        findings.append(
            DoctorFinding("target", session.target, f"{chip.name}, {len(chip.all)} instances", "this command line")
        )
        findings += [DoctorFinding("note", session.target, note, "degraded") for note in session.notes]
        known = identities(chip)
        for region in chip.regions:
            findings += _identity(region, known[region.name])
        error = next((one for one in known.values() if isinstance(one, BedplateError)), None)
        for finding, silent in map(partial(_canary, chip), chip.guard.ports):
            findings += finding
            error = error or silent
    except BedplateError as caught:
        error = caught
        findings.append(DoctorFinding("target", session.target, "", str(caught), caught.next))
    facts = {
        "ok": error is None,
        "target": session.target,
        "findings": [finding._asdict() for finding in findings],
        "missing": [finding.name for finding in findings if not finding.found],
        "error": error.to_dict() if error is not None else None,
    }

    def lines() -> Iterator[str]:
        rows = []
        for one in findings:
            mark = paint("ok", "goal") if one.found else paint("missing", "on its way")
            rows.append(
                [mark, one.kind, bold(one.name), one.found or "-", dim(one.use), one.fix if not one.found else ""]
            )
        yield from table(["", "kind", "what", "found", "for", "fix"], rows)

    session.answer("doctor", facts, lines())
    return 0 if error is None else error.exit_code


def _canary(chip: Chip, port: Port) -> tuple[list[DoctorFinding], BedplateError | None]:
    """Whether the canary of a port answers as the chip's class says: nothing else asks it while no answer is suspicious."""
    canary = port.canary
    if canary is None:
        return [], None
    name, use = f"0x{canary.address:x}", f"port 0x{port.reach.start:x}: tells a dead link from data"
    try:
        word = chip.guard.read(canary.address, canary.size)
        if not canary.alive(word):
            raise canary.silence(word, "the canary does not answer")
    except BedplateError as error:
        return [DoctorFinding("canary", name, "", f"{use}; {error}", error.next)], error
    return [DoctorFinding("canary", name, f"0x{word:0{2 * canary.size}x}", use)], None


def _identity(region: Region, known: Vitals | BedplateError) -> Iterator[DoctorFinding]:
    """Which chip and which boot answers at a port; what of it cannot be told."""
    use = f"port 0x{region.reach.start:x}: which chip, which boot"
    if isinstance(known, BedplateError):
        yield DoctorFinding("identity", region.name, "", f"{use}; {known}", known.next)
        return
    yield DoctorFinding("identity", region.name, str(known.identity), use)
    for lack in region.unknown(known):
        yield DoctorFinding(
            "unknown", region.name, lack.removeprefix(f"{region.name}: "), "cannot be told of this chip"
        )
    for name, word in known.identity._asdict().items():
        if word is None and region.ask is not None:
            yield DoctorFinding("unknown", region.name, f"it has no word for its {name}", "cannot be told of this chip")


def _python() -> Iterator[DoctorFinding]:
    yield DoctorFinding("core", "python", platform.python_version(), "everything")
    yield DoctorFinding("core", "bedplate", _version("bedplate"), "everything", "pip install bedplate")


def _extras() -> Iterator[DoctorFinding]:
    """Every optional dependency, as the package's own metadata lists them."""
    try:
        listed = requires("bedplate") or []
    except PackageNotFoundError:
        listed = []
    for requirement in listed:
        if match := EXTRA.match(requirement):
            package, extra = match.groups()
            yield DoctorFinding("extra", package, _version(package), extra, f"pip install 'bedplate[{extra}]'")


def _is_controller(target: str) -> bool:
    """Whether the target is a device of this machine: then nobody needs here what simulators, guests and generators do."""
    from bedplate.env.targets import DEVICES, WANTED, parse

    try:
        return parse(target).environment in (*DEVICES, *WANTED)
    except BedplateError:
        return False


def _environments(is_controller: bool) -> Iterator[DoctorFinding]:
    """Every environment, and the tools it needs: an environment's package may offer `requirements()`, of (tool, found, fix). So do guests.

    On a controller those that lead to devices alone.
    """
    from bedplate.env.targets import DEVICES, ENVIRONMENTS, WANTED

    for name, place in ENVIRONMENTS.items():
        if is_controller and name not in (*DEVICES, *WANTED):
            continue
        try:
            environment = import_module(place)
        except ImportError as error:
            yield DoctorFinding("environment", f"{name}:", "", str(error), f"pip install 'bedplate[{name}]'")
            continue
        yield DoctorFinding("environment", f"{name}:", "built in", place)
        for tool, found, fix in getattr(environment, "requirements", tuple)():
            yield DoctorFinding("tool", tool, found, f"{name}:", fix)
    if is_controller:
        return
    from bedplate.env.qemu.guest import requirements

    for tool, found, fix in requirements():
        yield DoctorFinding("tool", tool, found, "bedplate qemu", fix)


def _plugins() -> Iterator[DoctorFinding]:
    for group in ("bedplate.environments", "bedplate.chips"):
        for point in entry_points(group=group):
            origin = point.dist.name if point.dist is not None else point.value
            yield DoctorFinding("plugin", point.name, origin, group)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
