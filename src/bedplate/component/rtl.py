"""What a chip says of its RTL, in a module `rtl` beside its class. Sources stand wherever that module does: in a checkout, or installed.

RTL that somebody wrote, with its bus at a port (or inside a testbench of its own):

    RTL = Rtl("acme_top", ("rtl/*.sv",), Apb(clock="pclk", reset="presetn", names="s_{}"))

A top that Bedplate makes of the chip's wiring, where each type has RTL of the form that CONTRIBUTING describes; what stands around it:

    TESTBENCH = ("clocks", "backdoor", "bench_tb")      modules of `hw/tb`, or files beside: "acme_tb.sv"; the last one is the top
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

SIGNALS = MappingProxyType(
    {
        **{f"p{name}": f"request.p{name}" for name in ("sel", "enable", "write", "addr", "wdata", "strb")},
        **{f"p{name}": f"response.p{name}" for name in ("ready", "rdata", "slverr")},
    }
)
"""Those of APB4, and what a testbench has for each."""

PRESUMED = MappingProxyType({"pready": "'1", "pslverr": "'0"})
"""What a completer means that has no such output."""


class Apb(NamedTuple):
    """Where a module has its bus, an APB completer's; what else is to be known to stand around it.

    `names` makes a port's name of a signal's: `s_{}` is `s_psel`. Without {} it is a pair of ports of the structs in `block_pkg`,
    `names` and `names`_rsp, as generated registers have it. `upper` wants PSEL. `lacks` are the signals that the module has not:
    an older APB has no `pstrb`. `ties` are other ports, and what each is connected to.
    """

    clock: str = "clk"
    reset: str = "rst_n"
    reset_level: int = 0
    """Of `reset`, where it resets."""
    names: str = "{}"
    upper: bool = False
    lacks: tuple[str, ...] = ()
    ties: Mapping[str, str] = MappingProxyType({})
    period: int = 10
    """Of the clock, in ns of simulated time."""
    speedup: float = 1.0
    """Device time for simulated time: of RTL whose microsecond is shortened."""

    def connections(self) -> dict[str, str]:
        """The ports of the module, and what a testbench connects to each."""
        if "{}" not in self.names:
            bus = {self.names: "request", f"{self.names}_rsp": "response"}
        else:
            bus = {
                self.names.replace("{}", name.upper() if self.upper else name): signal
                for name, signal in SIGNALS.items()
                if name not in self.lacks
            }
        return {self.clock: "clk", self.reset: "reset", **bus, **self.ties}


class Rtl(NamedTuple):
    """RTL that stands by itself. `sources` are patterns from the folder of the module that says so, in the order of compilation.

    `top` is a module with its bus at `port`; without one it is a testbench, such as `hw/tb/one_register_tb.sv`. `includes` are
    folders with what is included, `options` are Verilator's. `backdoor`: the testbench answers requests by the back door, for
    which it has an instance of `backdoor`.
    """

    top: str
    sources: tuple[str, ...]
    port: Apb | None = None
    includes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    backdoor: bool = False
