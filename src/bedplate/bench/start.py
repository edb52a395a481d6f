"""How fast the program is there: whole processes, in CPU time of theirs."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator

from bedplate.bench.suite import Figure

PROGRAMS = {
    "bare": "pass",
    "import bedplate": "import bedplate",
    "bedplate --help": "from bedplate.cli import main; main(['--help'])",
    "bedplate ls": "from bedplate.cli import main; main(['ls'])",
}

FOREIGN = """
import sys
before = set(sys.modules)
import bedplate
bedplate.open("model:tern").converge()
names = {name.partition(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names) - {"bedplate"}
print(*sorted(names))
"""
"""Which modules from outside the standard library a boot of the model loads: promised to be none."""


def start(quick: bool) -> Iterator[Figure]:
    """Import, help, a command; each also without the interpreter's own start."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for name in PROGRAMS:
        cpu(PROGRAMS[name])  # byte code is cached from here on
    for _ in range(3 if quick else 15):
        for name, code in PROGRAMS.items():
            times[name].append(cpu(code))
    bare = statistics.median(times["bare"])
    floor = f"the interpreter alone: {bare:.0f} ms"
    mine = statistics.median(a - b for a, b in zip(times["import bedplate"], times["bare"], strict=True))
    yield Figure("start", "import bedplate", mine, "ms", target=30.0, note=f"without {floor}")
    for name, target in (("bedplate --help", 150.0), ("bedplate ls", None)):
        yield Figure("start", name, statistics.median(times[name]), "ms", target=target, floor=floor)
    foreign = subprocess.run([sys.executable, "-c", FOREIGN], capture_output=True, text=True, check=True).stdout.split()
    note = " ".join(foreign) or "a boot of the model runs on the standard library alone"
    yield Figure("start", "third-party modules", len(foreign), "", target=0, note=note)


def cpu(code: str) -> float:
    """CPU time of a process that runs that code (ms)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3
