"""Chips: for each its address map (.rdl) and its wiring, which reads like a schematic. `tern/` is the reference chip.

`npcm750/`, `sifive_u/`, `edu/` and `nvme/` are small chips that nobody here made, on models that nobody here wrote; they have drivers
of their own, and `machine.py` says where stock hardware models have them. `docs/your-chip.md` makes one like them.
"""
