"""The machine that has this chip, for the environment `qtest:` (see `env/qtest/machine.py`): Nuvoton's evaluation board."""

ARCHITECTURE = "arm"
ARGUMENTS = ("-M", "npcm750-evb")
