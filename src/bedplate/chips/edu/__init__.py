"""The educational PCI device: a function that is placed, and a device that proves to be alive. Nobody here wrote its model."""

from bedplate.chips.edu.wiring import EduChip

__all__ = ["EduChip"]
