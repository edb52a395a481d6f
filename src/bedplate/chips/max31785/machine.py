"""The machine that has this device, for the environment `qtest:` (see `env/qtest/machine.py`): a board of a management controller."""

ARCHITECTURE = "arm"
ARGUMENTS = ("-M", "ast2500-evb", "-device", "max31785,bus=aspeed.i2c.bus.0,address=0x52")
I2C = (0x1E78_A040, 0x52)
