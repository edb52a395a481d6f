"""Chips: for each its address map (.rdl) and its wiring, which reads like a schematic. `tern/` is the reference chip."""
