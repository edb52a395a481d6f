"""Modules that are programs of their own, `python -m bedplate...`: what cannot be is a typed error with its exit code, as of `bedplate`."""

import subprocess
import sys

import pytest

MISTAKES = {
    "bedplate.dv.observe.table --write nosuch": (2, "unknown folder of drivers 'nosuch'"),
    "bedplate.dv.observe.table --wirte pll": (2, "unknown option '--wirte'"),
    "bedplate.dv.observe.table --write no.such:Chip": (2, "no.such"),
    "bedplate.dv.mutant.driver pll nosuch": (2, "unknown IP type 'nosuch'"),
    "bedplate.dv.mutant.core nosuch": (2, "'nosuch'"),
    "bedplate.dv.docs --chekc": (2, "did you mean --check?"),
    "bedplate.dv.play model:nosuch boot 1 1": (2, "unknown chip 'nosuch'"),
}


@pytest.mark.parametrize("command", MISTAKES)
def test_a_mistake_is_said_before_anything_is_done(command):
    code, words = MISTAKES[command]
    done = subprocess.run([sys.executable, "-m", *command.split()], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert done.stderr.startswith("error BP-")
    assert words in done.stderr
