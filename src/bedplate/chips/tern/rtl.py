"""Its testbench: what stands around the top that is made of the wiring. The SPI bridges have a master at their pins."""

TESTBENCH = ("spi_master", "clocks", "backdoor", "tern_tb")
