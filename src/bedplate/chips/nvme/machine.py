"""The machine that has this chip, for the environment `qtest:` (see `env/qtest/machine.py`): a PC, with an empty disk in slot 5."""

from bedplate.chips.pci.q35 import PORT_WRITES as PORT_WRITES

ARCHITECTURE = "x86_64"
ARGUMENTS = (
    *("-M", "q35", "-m", "64"),
    *("-blockdev", "driver=null-co,node-name=disk,size=1073741824,read-zeroes=on"),
    *("-device", "nvme,serial=bedplate,drive=disk,addr=05"),
)
