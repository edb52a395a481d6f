"""The doors of an embedded-Linux controller, what production uses: `spi:` through spidev, `pci:` through sysfs.

    spi:/dev/spidev0.0,/dev/spidev0.1       a node for each port of the chip (see `spi.py`)
    pci:0000:01:00.0, pci:auto?vendor=...   a device that sits in this machine (see `pci.py`)

The kernel and the standard library are all they need; device time is the kernel's monotonic clock. Start reading at `spi.py`.
"""
