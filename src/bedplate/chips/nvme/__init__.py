"""An NVMe controller: a function that is placed, a controller that is enabled, and Identify through its admin queue.

Nobody here wrote its model.
"""

from bedplate.chips.nvme.wiring import NvmeChip

__all__ = ["NvmeChip"]
