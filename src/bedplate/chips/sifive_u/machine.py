"""The machine that has this chip, for the environment `qtest:` (see `env/qtest/machine.py`): SiFive's HiFive Unleashed."""

ARCHITECTURE = "riscv64"
ARGUMENTS = ("-M", "sifive_u", "-bios", "none")
