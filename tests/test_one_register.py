"""The smallest chip lives in the simulation environment's folder, which may not import the generator: its registers are held fresh here."""

import shutil
from pathlib import Path

from bedplate.env.rtl import one_register
from bedplate.gen import in_tree


def test_its_registers_are_those_of_its_description(tmp_path):
    here = Path(one_register.__file__).parent
    folder = tmp_path / "ip" / "one_register"
    folder.mkdir(parents=True)
    (tmp_path / "chips").mkdir()
    shutil.copy(here / "one_register.rdl", folder)
    in_tree(tmp_path)
    assert (folder / "regs.py").read_text() == (here / "regs.py").read_text()
