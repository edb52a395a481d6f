"""SiFive FU540-C000: the clock part of its PRCI block. Nobody here wrote the chip or its model, QEMU's `sifive_u`."""

from bedplate.chips.sifive_u.wiring import SifiveU

__all__ = ["SifiveU"]
