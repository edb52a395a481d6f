"""For the generator's tests: a description in, the generated package out; a bus that remembers what happened on it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

from bedplate import gen
from bedplate.bus import WORD, MemoryBus

Load = Callable[..., ModuleType]

DATA = Path(__file__).parent / "testdata"


class Tape(MemoryBus):
    """Memory behind a bus that remembers: ("r", address, size), ("w", address, value, size), and bursts "R" and "W"."""

    def __init__(self, size: int = 1 << 16) -> None:
        super().__init__(size)
        self.log: list[tuple[object, ...]] = []

    def read(self, address: int, size: int = WORD) -> int:
        self.log.append(("r", address, size))
        return super().read(address, size)

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self.log.append(("w", address, int(value), size))
        super().write(address, value, size)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        self.log.append(("R", address, count))
        return super().read_block(address, count)

    def write_block(self, address: int, values: Sequence[int]) -> None:
        self.log.append(("W", address, tuple(values)))
        super().write_block(address, values)

    def told(self) -> list[tuple[object, ...]]:
        """What happened since the last time this was asked."""
        log, self.log = self.log, []
        return log


@pytest.fixture
def tape() -> Tape:
    return Tape()


_serial = count()


@pytest.fixture(scope="session")
def load(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    """Generate a package from RDL text (or a file of testdata) and import it; `module.result` is the generator's."""
    root = tmp_path_factory.mktemp("generated")
    sys.path.insert(0, str(root))

    def build(rdl: str, **options: object) -> ModuleType:
        name = f"generated_{next(_serial)}"
        source = DATA / rdl
        if "\n" in rdl or "{" in rdl:
            source = root / f"{name}.rdl"
            source.write_text(rdl)
        result = gen.generate([source], out=root / name, **options)  # type: ignore[arg-type]
        importlib.invalidate_caches()
        module = importlib.import_module(name)
        module.result = result  # type: ignore[attr-defined]
        module.top = getattr(module, result.top)  # type: ignore[attr-defined]
        return module

    yield build
    sys.path.remove(str(root))
