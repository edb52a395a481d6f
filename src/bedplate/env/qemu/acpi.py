"""The ACPI table by which a guest knows what hangs on its SPI controller: `spidev.asl`, compiled once and kept in the cache."""

from __future__ import annotations

from pathlib import Path

from bedplate.env.cache import cached, run, tool

SOURCE = Path(__file__).with_name("spidev.asl")
TABLE = "spidev.aml"
COMPILER = ("iasl", "acpica-tools")
"""The program, and the Debian package that has it."""


def table() -> Path:
    """The compiled table. Raises ToolMissing, and EnvError for a source that does not compile."""
    iasl = tool(*COMPILER)

    def build(folder: Path) -> None:
        run([iasl, "-p", str(folder / TABLE), str(SOURCE)])

    return cached("acpi", [SOURCE.read_text()], build) / TABLE


def arguments() -> tuple[str, ...]:
    """What a QEMU with the SPI controller wants on its command line. Raises as `table` does."""
    return "-acpitable", "file=" + str(table()).replace(",", ",,")  # as QEMU's options quote a comma
