"""The machine that has this chip, for the door `qtest:` (see `env/qtest/machine.py`): Nuvoton's evaluation board."""

ARCHITECTURE = "arm"
ARGUMENTS = ("-M", "npcm750-evb")
