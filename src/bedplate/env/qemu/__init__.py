"""The third world: a Linux guest in a stock QEMU is the controller, and the chip lives in a process outside of it.

    server.py, service.py     the device server: a process with the chip, which outlives every QEMU
    pci.py                    one PCI function, whatever carries it
    mpqemu.py, vfio_user.py   two ways to carry it to a QEMU; intx.py: interrupts for the first
    chip.py                   the chip's bus behind BAR 0 and the SPI bridges: one clock, one log
    lpss.py, acpi.py          the SPI host controller whose slaves are the bridges
    guest.py, image.py        the guest that runs this very checkout

Start reading at `server.py`.
"""
