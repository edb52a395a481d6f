"""Faults in numbers, as RTL knows them: the models say which faults there are, and in which order."""

from __future__ import annotations

from bedplate.bus import MemoryBus
from bedplate.component import make_model
from bedplate.converge import Chip
from bedplate.errors import AccessError, OutOfRange, UnknownName
from bedplate.model import parse_plant
from bedplate.model.faults import EVERYWHERE, WIDE_FAULTS
from bedplate.reg import normal

FIRST_EVERYWHERE = 16
"""The number of the first fault that any block may have; a block's own come before. As in `hw/common/block_pkg.sv`."""

VALUES, TIMES = range(1 << 31), range(1 << 16)
"""What a testbench reads of a fault from its command line: an `int`, and 16 bits."""


class Faults:
    """The numbering of a chip: instances in the chip's order, kinds in the order of their model."""

    def __init__(self, chip: type[Chip]) -> None:
        self._chip = chip

    def numbers(self, text: str) -> tuple[int, int, int, int]:
        """Instance, kind, value, times (0: for ever) of a fault's text. Raises AccessError, UnknownName."""
        name, fault, params = parse_plant(normal(text))
        blocks = {block.name: block for block in self._chip(MemoryBus(0)).all}
        if fault in WIDE_FAULTS:
            raise AccessError(
                "RTL has no resets that come by themselves but those of a block",
                where=text,
                wanted="a fault of one instance, or NAME:block_reset",
                next="the model has them: the same target with model: in the place of rtl:",
            )
        if name not in blocks:
            raise UnknownName("instance", name, blocks)
        model = make_model(self._chip)[name]
        own = list(model.faults)
        kinds = dict(zip((*own, *EVERYWHERE), (*range(len(own)), *range(FIRST_EVERYWHERE, 32)), strict=False))
        if fault not in kinds:
            raise UnknownName("fault", fault, kinds, where=name)
        value, times, kind = params["value"] or 0, params["times"] or 0, model.fault_kinds()[fault]
        if wanted := kind.wanted(params["value"], model):
            raise AccessError(f"{fault}: {kind.text}", where=name, wanted=wanted, got=text)
        if isinstance(value, str):  # a word is known by its place
            value = list(kind.choices(model) or ()).index(value)
        if value != int(value) or int(value) not in VALUES or times not in TIMES:
            raise OutOfRange(
                "RTL cannot have this fault",
                where=text,
                wanted=f"an integer to {VALUES[-1]}, at most {TIMES[-1]} times",
                got=f"{value}, {times} times",
            )
        return list(blocks).index(name), kinds[fault], int(value), times

    def plain(self, text: str) -> str:
        """The same text with its value as an integer, as a testbench reads it."""
        name, fault, params = parse_plant(normal(text))
        _, _, value, times = self.numbers(text)
        parts = [f"{name}:{fault}", f"={value}" if params["value"] is not None else "", f"*{times}" if times else ""]
        return "".join(parts)
