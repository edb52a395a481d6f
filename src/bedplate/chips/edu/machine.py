"""The machine that has this chip, for the environment `qtest:` (see `env/qtest/machine.py`): a PC, with the device in slot 4."""

from bedplate.chips.pci.q35 import PORT_WRITES as PORT_WRITES

ARCHITECTURE = "x86_64"
ARGUMENTS = ("-M", "q35", "-m", "64", "-device", "edu,addr=04")
