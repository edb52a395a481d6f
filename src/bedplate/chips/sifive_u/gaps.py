"""Where the model of QEMU is not as the manual says."""

GAPS = {
    "qtest": {
        "wrpll.pllcfg0.bypass: reset value": "QEMU starts the PLLs locked, and without the bypass",
        "wrpll.pllcfg0.fse: write": "QEMU has internal feedback alone, and sets the bit by each write",
    }
}
