"""What QEMU's PCI functions have not, though the description of all such functions has it."""

GAPS = {
    "qtest": {
        "pci_function.bar0.base: write": "a BAR of 1 MiB: the bits below its size are read-only, which tells how large it is",
        "pci_function.bar1: takes no write": "the function has no BAR 1",
        "pci_function.command.parity: write": "QEMU has no parity errors on PCI, and ties the bit to 0",
    }
}
