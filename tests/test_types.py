"""Types are the editor's view of the chip: from a target's name down to a field, through array indexes."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SESSION = """
import bedplate
chip = bedplate.open("model:tern")
reveal_type(chip.die[0].hbm[1].phy.regs.train_status.read().code)  # TrainCodeE
reveal_type(chip.die[1].rstmgr.regs.line[3].read().released)  # bool
reveal_type(chip.die[0].hbm[0].mc[2].observe())  # HbmMcState
chip.die[0].pll.syss  # error
chip.die[0].pll.sys.regs.ctrk  # error
chip.die[0].pll.sys.regs.meas.write(1)  # error
chip.die[0].pll.sys.regs.ctrl.modify(bypas=True)  # error
chip.die[0].ppu.fab.regs.policy.write(policy=8)  # error
chip.die[0].hbm[0].stk.regs.ecs_log.read()  # error
"""


def test_every_mistake_is_seen_and_every_field_has_its_type(tmp_path):
    file = tmp_path / "session.py"
    file.write_text(SESSION)
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml"), str(file)]
    out = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout
    for number, line in enumerate(SESSION.splitlines(), 1):
        said = "\n".join(re.findall(rf"session\.py:{number}: (.*)", out))
        if "# error" in line:
            assert "error" in said, line
        elif "reveal_type" in line:
            assert line.rpartition("# ")[2] in said, line
        else:
            assert "error" not in said, said
