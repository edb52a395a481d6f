"""The same accesses through other Python register layers, made from the same description, where they are installed."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from bedplate.bench.access import bare, memory
from bedplate.bench.suite import Contestant, Figure, race, ratio
from bedplate.bus import MemoryBus

PACKAGE = Path(__file__).parent.parent
NAMES = ("id", "ctrl", "div", "frac", "post", "status", "lock_limit", "meas_ctrl", "meas", "regwen")


class Peer(NamedTuple):
    """A register layer: what to install, how to make its PLL from an elaborated description, and how to use it."""

    needs: tuple[str, ...]
    make: Callable[[Any, Path, MemoryBus], Any]
    field: str
    modify: str


def peakrdl_python(top: Any, folder: Path, bus: MemoryBus) -> Any:
    """peakrdl-python: a generated package with callbacks."""
    export = import_module("peakrdl_python").PythonExporter().export
    export(top, str(folder), skip_test_case_generation=True)
    callbacks = import_module("pll.lib").NormalCallbackSet(
        read_callback=lambda addr, width, accesswidth: bus.read(addr),
        write_callback=lambda addr, width, accesswidth, data: bus.write(addr, data),
    )
    return import_module("pll.reg_model").RegModel(callbacks=callbacks)


def peakrdl_pyral(top: Any, folder: Path, bus: MemoryBus) -> Any:
    """PeakRDL-PyRAL: a database and a runtime with an I/O object."""
    import_module("peakrdl_pyral.exporter").PyRALExporter().export(top, str(folder))
    root = import_module("pll").get_ral()
    hwio = import_module("peakrdl_pyral_runtime.hwio.callback").CallbackHWIO
    root.attach_hwio(hwio(lambda addr, size: bus.read(addr), lambda addr, value, size: bus.write(addr, value)))
    return root


PEERS = {
    "peakrdl-python": Peer(
        ("peakrdl-python",),
        peakrdl_python,
        "register.count.read()",
        "register.write_fields(refdiv=2, fbdiv=40)",
    ),
    "PeakRDL-PyRAL": Peer(
        ("peakrdl-pyral", "peakrdl-pyral-runtime"),
        peakrdl_pyral,
        "register.read_fields().count",
        "with register.change_fields() as fields: fields.refdiv = 2; fields.fbdiv = 40",
    ),
}


def peers(quick: bool) -> Iterator[Figure]:
    """Read, read a field, modify two fields, read all registers: each peer in a race with Bedplate's bare memory."""
    for name, peer in PEERS.items():
        missing = [package for package in (*peer.needs, "systemrdl-compiler") if not _installed(package)]
        if missing:
            yield Figure("peers", name, None, "", note=f"not installed: pip install {' '.join(missing)}")
        else:
            yield from _race(name, peer, quick)


def _race(name: str, peer: Peer, quick: bool) -> Iterator[Figure]:
    bus, words = memory()
    with tempfile.TemporaryDirectory() as folder, _importable(folder):
        regs = peer.make(_description(), Path(folder), bus)
        given = {"R": regs, "NAMES": NAMES}
        contestants = {
            "bare": bare(words),
            "read": Contestant("register.read()", "register = R.meas", given),
            "read, one field": Contestant(peer.field, "register = R.meas", given),
            "modify, two fields": Contestant(peer.modify, "register = R.div", given),
            "dump, per register": Contestant(
                "for register in all: register.read()", "all = [getattr(R, name) for name in NAMES]", given
            ),
        }
        times = race(contestants, quick)
    times["dump, per register"] = [time / len(NAMES) for time in times["dump, per register"]]
    note = f"{peer.needs[0]} {version(peer.needs[0])}"
    for what, mine in times.items():
        if what != "bare":
            figure = Figure("peers", f"{name}: {what}", statistics.median(mine), "ns", ratio(mine, times["bare"]))
            yield figure._replace(note=note)


def _description() -> Any:
    compiler = import_module("systemrdl").RDLCompiler()
    compiler.compile_file(str(PACKAGE / "ip" / "pll" / "pll.rdl"), incl_search_paths=[str(PACKAGE / "gen")])
    return compiler.elaborate("pll").top


def _installed(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError

    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


@contextmanager
def _importable(folder: str) -> Iterator[None]:
    """What is generated there can be imported as `pll`, and is forgotten afterwards."""
    sys.path.insert(0, folder)
    before = set(sys.modules)
    try:
        yield
    finally:
        sys.path.remove(folder)
        for name in set(sys.modules) - before:
            if name.partition(".")[0] == "pll":
                del sys.modules[name]
