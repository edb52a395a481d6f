"""Nuvoton NPCM750, a baseboard management controller: its identity and its clock generator.

Nobody here wrote the chip or its model, QEMU's `npcm750-evb`. It is the worked example of `docs/your-chip.md`.
`npcm750.rdl` says where everything is, `driver.py` how it is driven, `wiring.py` what needs what, `machine.py` where it is found.
"""

from bedplate.chips.npcm750.wiring import Npcm750

__all__ = ["Npcm750"]
