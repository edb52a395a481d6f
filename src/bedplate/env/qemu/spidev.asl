// What a board's firmware would say: which devices hang on the chip selects of the SPI controller in slot 3 of QEMU's q35.
// SPT0001 is the name by which Linux binds spidev; this controller's chip selects count from 1.

DefinitionBlock ("", "SSDT", 2, "BEDPLT", "SPIDEV", 1)
{
    External (\_SB.PCI0.S18, DeviceObj)

    Scope (\_SB.PCI0.S18)
    {
        Device (SPD0)
        {
            Name (_HID, "SPT0001")
            Name (_UID, Zero)
            Name (_CRS, ResourceTemplate ()
            {
                SpiSerialBusV2 (0x0001, PolarityLow, FourWireMode, 8, ControllerInitiated, 10000000,
                    ClockPolarityLow, ClockPhaseFirst, "\\_SB.PCI0.S18")
            })
        }

        Device (SPD1)
        {
            Name (_HID, "SPT0001")
            Name (_UID, One)
            Name (_CRS, ResourceTemplate ()
            {
                SpiSerialBusV2 (0x0002, PolarityLow, FourWireMode, 8, ControllerInitiated, 10000000,
                    ClockPolarityLow, ClockPhaseFirst, "\\_SB.PCI0.S18")
            })
        }
    }
}
