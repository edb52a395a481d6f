"""What an access costs in a Linux guest, over PCI and over SPI, beside a bare C loop in the same guest that makes the same accesses.

The device server answers both, so the difference is Bedplate's; what both pay is QEMU, the kernel and the server.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bedplate.bench import inside as bench_inside
from bedplate.bench.suite import Figure, ratio
from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern
from bedplate.env.cache import tool
from bedplate.env.qemu.guest import Guest, inner_target
from bedplate.env.qemu.server import Server
from bedplate.env.qemu.service import SLOTS
from bedplate.errors import EnvError

BARE = Path(__file__).with_name("bare_access.c")
RESOURCE = f"/sys/bus/pci/devices/0000:00:{SLOTS['pci']:02x}.0/resource0"
THERE = "/bare_access"
"""Where the bare loop lies in the guest."""


class Way(NamedTuple):
    """A way to the chip: what it is called, its target in the guest, and how often an access is made in a round."""

    name: str
    target: str
    times: int


def guest(quick: bool) -> Iterator[Figure]:
    """Accesses over PCI and SPI against bare C, and a boot over each: whatever can be measured here."""
    try:
        with tempfile.TemporaryDirectory() as folder, Server("model:tern") as server:
            bare = compiled(Path(folder))
            with Guest(server, ("pci", "spi")) as machine:
                install(machine, bare)
                yield from accesses(machine, quick)
        for device in ("pci", "spi"):
            yield from boot(device)
    except EnvError as error:
        yield Figure("guest", "all", None, "", note=f"{error.what}: {error.next}")


def install(machine: Guest, bare: bytes) -> None:
    """Put the bare loop into the guest."""
    done(machine, ["sh", "-c", f"cat > {THERE} && chmod +x {THERE}"], bare)


def accesses(machine: Guest, quick: bool) -> Iterator[Figure]:
    """Rounds of the HAL's accesses and of the bare ones in turn."""
    pci, spi = inner_target("pci", Tern), inner_target("spi", Tern)
    scale = 1 if quick else 4
    ways = (
        Way("pci", f"{pci}&direct=1", 1000 * scale),
        Way("pci, in a broker", pci, 500 * scale),
        Way("spi", spi, 10 * scale),
    )
    ours: dict[tuple[str, str], list[float]] = {}
    theirs: dict[tuple[str, str], list[float]] = {}
    for _ in range(1 if quick else 3):
        for way in ways:
            for what, ns in inside(machine, way.target, str(way.times)).items():
                ours.setdefault((way.name, what), []).append(ns)
            for what, ns in bare(machine, way).items():
                theirs.setdefault((way.name, what), []).append(ns)
    for (way_name, what), times in ours.items():
        beside = theirs.get((way_name, what))
        us = statistics.median(times) / 1e3
        floor = f"{statistics.median(beside) / 1e3:.1f} us in bare C" if beside else ""
        against = ratio(times, beside) if beside else None
        yield Figure("guest", f"{way_name}: {what}", us, "us", against, floor=floor, note=f"{1e6 / us:.0f} a second")


def inside(machine: Guest, target: str, what: str) -> Any:
    """What `bench_inside` says in the guest."""
    return json.loads(done(machine, ["python3", "-m", "bedplate.bench.inside", target, what]))


def bare(machine: Guest, way: Way) -> dict[str, float]:
    """Nanoseconds of the same accesses in C."""
    if way.name == "spi":
        node = way.target.partition(":")[2].partition(",")[0]
        found = {}
        for name in bench_inside.accesses(MemoryBus(0)):
            frames = inside(machine, way.target, name)
            found[name] = float(done(machine, [THERE, "spi", node, str(way.times), *frames]))
        return found
    offsets = [hex(bench_inside.MAGIC), hex(bench_inside.SCRATCH + 4), "0"]
    read, write = map(float, done(machine, [THERE, "pci", RESOURCE, str(way.times), *offsets]).split())
    return {"read": read, "write": write, f"read {bench_inside.WORDS} words": read * bench_inside.WORDS}


def boot(device: str) -> Iterator[Figure]:
    """The whole chip from power-on, in a guest, without the guest's own boot."""
    with Server("model:tern") as server, Guest(server, (device,)) as machine:
        document = json.loads(done(machine, ["bedplate", "--json", "-t", inner_target(device, Tern), "up"]))
        boots = machine.facts["boot"]
    assert isinstance(boots, float)
    yield Figure(
        "guest",
        f"{device}: boot of Tern",
        document["wall_time_s"],
        "s",
        floor=f"{document['device_time_ns'] / 1e9:.2f} s by the guest's clock",
        note=f"{document['transactions']} transactions; the guest itself took {boots:.1f} s to boot",
    )


def compiled(folder: Path) -> bytes:
    """The bare loop as a program. Raises ToolMissing and EnvError."""
    path = folder / "bare_access"
    command = [tool("gcc", "gcc"), "-O2", "-static", "-o", str(path), str(BARE)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise EnvError("the bare loop does not compile", got=made.stderr, next="apt-get install gcc libc6-dev")
    return path.read_bytes()


def done(machine: Guest, argv: list[str], stdin: bytes = b"") -> str:
    """What a job in the guest said. Raises EnvError where it failed."""
    job = machine.run(argv, stdin=stdin)
    if job.code:
        raise EnvError(
            f"a measurement failed in the guest: {' '.join(argv)}", got=job.stderr.decode(errors="replace")[-1000:]
        )
    return job.stdout.decode()
