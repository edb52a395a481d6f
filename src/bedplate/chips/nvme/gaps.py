"""What QEMU's NVMe controller and PCI functions have not, though their descriptions have it."""

RESET = "EN from 1 to 0 resets the controller, and the whole register with it, whatever else the write says"

GAPS = {
    "qtest": {
        **{f"nvme.registers.cc.{name}: write": RESET for name in ("css", "mps", "ams", "shn", "iosqes", "iocqes")},
        "nvme.registers.intms.ivms: unchanged by a write of nvme.registers.intmc": "the two set and clear one mask",
        "pci_function.bar0.base: write": "a BAR of 16 KiB: the bits below its size are read-only, which tells how large it is",
        "pci_function.command.parity: write": "QEMU has no parity errors on PCI, and ties the bit to 0",
    }
}
