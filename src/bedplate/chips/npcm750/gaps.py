"""Where the model of QEMU is not as the data sheet says."""

GAPS = {
    "qtest": {
        "pll.pllcon.fbdv: reset value": "QEMU starts the PLLs with divisors of its own, and locked",
        "pll.pllcon.loks: write": "QEMU sets it while the PLL is powered down, and forgets it by any other write",
    }
}
