"""A type checker sees through generated code down to the fields: mistakes are errors before anything runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bedplate import gen
from bedplate.gen.conftest import DATA

USE = """
from typing import assert_type

from bedplate.bus import MemoryBus
from bedplate.reg import Effect, LazyArray
from device import Everything, Inner
from device.everything import ScratchT
from device.inner import SpeedE

chip = Everything(MemoryBus())
ctrl = chip.part[1].ch[0][2].ctrl
assert_type(ctrl.read().run, bool)
assert_type(ctrl.read().rate, SpeedE)
assert_type(chip.many[3].read().data, int)
assert_type(chip.many, LazyArray[ScratchT])
assert_type(chip.part, tuple[Inner, ...])
assert_type(chip.table.read(0), list[int])
assert_type(chip.ring.entries[2].read().length, int)
ctrl.modify(rate=SpeedE.MAX, run=True)
ctrl.write(ctrl.read(), run=False)
ctrl.pulse(kick=True)
chip.part[0].ch[0][0].status.clear(chip.part[0].ch[0][0].status.read(), overrun=True)
chip.wide.wait(ready=True, timeout=1)
chip.fifo.take()
chip.odd.modify(class_=True, real_=False, value=3, mask=True)
chip.odd.modify(int_=True, Field_=True, property_=True, Odd=True)
chip.odd.modify(Effect_=True)
assert_type(chip.odd.EFFECT, Effect)
assert_type(chip.odd.Value.FIELDS[-1].effect, Effect)
assert_type(Effect.PERMANENT in chip.blow.EFFECT, bool)
assert_type((chip.odd.EFFECT & ~Effect.ELECTRICAL).words, str)
chip.Child_.modify(x=True)
chip.tuple_.modify(x=True)
chip.Half.modify(x=True)
assert_type(chip.half.read().x, int)
chip.tiny.modify(x=type(chip.tiny.read().x).MAX, SpeedE=True)
"""

MISTAKES = """
from bedplate.bus import MemoryBus
from device import Everything

chip = Everything(MemoryBus())
ctrl = chip.part[1].ch[0][2].ctrl
ctrl.modify(rate=7)                      # an int for an enumeration
ctrl.modify(rat=1)                       # an unknown field
ctrl.read().spead                        # an unknown field of a value
ctrl.modify(run="on")                    # a text for a bool
ctrl.modify(run=2)                       # an int for a bool
chip.part[1].ch[0].ctrl                  # an index forgotten
chip.part[1].chan                        # an unknown member
chip.fifo.read()                         # a read that consumes
chip.fifo.write(1)                       # a write of a read-only register
chip.blow.read()                         # a read of a write-only register
chip.blow.modify(key=1)                  # a modify of a write-only register
chip.part[0].ch[0][0].status.modify(overrun=True)  # W1C is cleared, not modified
ctrl.modify(kick=True)                   # single pulse is pulsed
ctrl.wait(run=True)                      # no timeout
chip.log.write(0, [1])                   # a write of a read-only memory
chip.many[0].modify(data="x")            # a text for a number
chip.intr_state.clear(done="yes")        # a text for a bit
chip.blow.EFFECT.permanent               # an unknown effect
chip.blow.EFFECT | "permanent"           # a text for an effect
""".lstrip("\n")


def test_generated_code_is_strictly_typed_and_every_planted_mistake_is_found(tmp_path: Path) -> None:
    gen.generate([DATA / "everything.rdl"], out=tmp_path / "device")
    (tmp_path / "use.py").write_text(USE)
    (tmp_path / "mistakes.py").write_text(MISTAKES)
    (tmp_path / "mypy.ini").write_text(f"[mypy]\nstrict = True\nmypy_path = {Path(gen.__file__).parents[2]}\n")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "use.py", "mistakes.py", "device"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    errors = re.findall(r"^(\S+?):(\d+): error: (.*)", done.stdout, re.M)
    elsewhere = [error for error in errors if error[0] != "mistakes.py"]
    assert not elsewhere, done.stdout
    planted = {i for i, line in enumerate(MISTAKES.splitlines(), 1) if "#" in line}
    assert planted == {int(line) for _, line, _ in errors}, done.stdout
