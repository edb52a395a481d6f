"""`bedplate dv`: proofs about drivers and registers, on any target."""

from __future__ import annotations

import click

from bedplate.cli.command import CommandGroup
from bedplate.cli.dv_compare import compare
from bedplate.cli.dv_conformance import conformance
from bedplate.cli.dv_inject import inject
from bedplate.cli.dv_kill import kill
from bedplate.cli.dv_matrix import matrix
from bedplate.cli.dv_power_cut import power_cut
from bedplate.cli.dv_spi_noise import spi_noise
from bedplate.cli.dv_wiring import wiring


@click.group(cls=CommandGroup, short_help="Prove drivers: kill-anywhere, conformance, two worlds compared.")
def dv() -> None:
    """Proofs about drivers and registers."""


for proof in (kill, compare, conformance, matrix, spi_noise, inject, power_cut, wiring):
    dv.add_command(proof)
