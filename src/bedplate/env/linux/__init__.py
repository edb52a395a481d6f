"""The environments of an embedded-Linux controller, what production uses: `spi:` through spidev, `pci:` through sysfs, `route:` over both.

    spi:/dev/spidev0.0,/dev/spidev0.1           a node for each port of the chip (see `spi.py`)
    pci:auto, pci:0000:01:00.0                  a device that sits in this machine (see `pci.py`)
    route:tern?path=pci:auto&path=spi:/dev/...  the first of several paths that works (see `route.py`)

The kernel and the standard library are all they need; device time is the kernel's monotonic clock. One process writes to a chip
at a time (`writer.py`), one thread of it uses the bus (`env/owner.py`). Start reading at `spi.py`; for `pci:` at `attachment.py`.
"""
