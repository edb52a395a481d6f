"""A read from cocotb, of the same design of one register: by cocotb alone, and by HAL code through Bedplate's bridge.

In Icarus Verilog, since cocotb wants a newer Verilator than Debian 12 has: simulators are compared too, not coroutines alone.
So the figures name what the clocks of a read take in which nobody reads.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bedplate.env.cache import tool
from bedplate.errors import EnvError, ToolMissing
from bedplate.gen.hardware import HARDWARE

INSIDE = Path(import_module("bedplate.env.rtl").__file__ or "").parent / "testdata" / "cocotb_bench.py"

FASTEST = {"COCOTB_TRUST_INERTIAL_WRITES": "1"}
"""cocotb as fast as it goes: writes are not put off, and clocks run without Python."""


def prepare(folder: Path, reads: int) -> Callable[[], dict[str, float]]:
    """A function that runs it once: microseconds of CPU time by `hal`, `plain`, and for the `clocks` alone.

    Raises ToolMissing, EnvError.
    """
    if find_spec("cocotb_tools") is None:
        raise ToolMissing("cocotb is not installed", next="pip install 'bedplate[dev]'")
    tool("iverilog")
    runner: Any = import_module("cocotb_tools.runner").get_runner("icarus")
    runner.log.setLevel(logging.WARNING)
    answer = folder / "answer.json"
    runner.build(
        sources=[HARDWARE / "tb" / "one_register.sv"],
        hdl_toplevel="one_register",
        timescale=("1ns", "1ps"),
        build_dir=folder,
        log_file=folder / "build.log",
    )

    def once() -> dict[str, float]:
        answer.unlink(missing_ok=True)
        sys.path.insert(0, str(INSIDE.parent))  # which the runner hands to the simulator
        try:
            with suppress(SystemExit):  # its way to say that the test failed: there is no answer then
                runner.test(
                    hdl_toplevel="one_register",
                    test_module=INSIDE.stem,
                    build_dir=folder,
                    test_dir=folder,
                    results_xml=str(folder / "results.xml"),
                    log_file=folder / "test.log",
                    extra_env=FASTEST | {"BEDPLATE_BENCH_READS": str(reads), "BEDPLATE_BENCH_ANSWER": str(answer)},
                )
        finally:
            sys.path.remove(str(INSIDE.parent))
        if not answer.is_file():
            words = [line.strip() for line in (folder / "test.log").read_text().splitlines() if "Error" in line]
            raise EnvError("the cocotb benchmark failed", got="; ".join(words[-3:]))
        found: dict[str, float] = json.loads(answer.read_text())
        return found

    return once


def name() -> str:
    """What is compared with, for a note."""
    return f"cocotb {version('cocotb')} in Icarus"
