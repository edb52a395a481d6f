"""Two types that are added in two branches merge: nothing is edited but each one's own folder and the chip's.

By CONTRIBUTING alone: `bedplate new-ip`, a line in the chip's address map and in its wiring, `bedplate gen`, `make docs`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bedplate.bus import MemoryBus
from bedplate.chips.tern import Tern

ROOT = Path(__file__).parents[1]
CHIP = "src/bedplate/chips/tern"
TYPES = ("alpha", "beta")


class Tree:
    """A checkout of its own, with what is in this one."""

    def __init__(self, place):
        self.place = place
        place.mkdir()
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
        )
        if listed.returncode:
            pytest.skip("not in a checkout")
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes((ROOT / name).read_bytes())
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "nobody")
        self.git("config", "user.email", "nobody@example.org")
        self.commit("base")

    def git(self, *arguments):
        done = subprocess.run(["git", *arguments], cwd=self.place, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def python(self, *arguments):
        paths = {**os.environ, "PYTHONPATH": str(self.place / "src")}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.place, env=paths, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def commit(self, subject):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def changed(self):
        """Files that differ from the base, new ones included."""
        return self.git("diff", "--name-only", "main").splitlines()

    def insert(self, name, before, line):
        path = self.place / CHIP / name
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, line + before, 1))

    def add(self, name, address):
        """What an author does."""
        title = name.capitalize()
        self.python("-m", "bedplate.cli", "new-ip", name)
        self.insert("tern.rdl", "\naddrmap tern {", f'`include "{name}.rdl"\n')
        self.insert("tern.rdl", "        addrmap pvts {", f"        {name} {name} @ {address:#x};\n\n")
        self.insert("wiring.py", "from bedplate.topology import", f"from bedplate.ip.{name}.driver import {title}\n")
        line = f'        self.{name} = {title}(regs.{name}, None, power(self.ppu.io), self.rstmgr.line("d2d"))\n'
        self.insert("wiring.py", "        self.pvt = Pvts(", line)
        self.generate(name)

    def generate(self, *names):
        self.python("-m", "bedplate.cli", "gen")
        self.python("-m", "bedplate.dv.docs")
        self.python("-m", "bedplate.cli", "up", "--picture", f"{CHIP}/boot.svg")
        if names:
            self.python("-m", "bedplate.dv.observe.table", "--write", *names)


def test_two_types_from_two_branches_merge_and_boot(tmp_path):
    tree = Tree(tmp_path / "tree")
    for name, address in zip(TYPES, (0x30000, 0x31000), strict=True):
        tree.git("checkout", "-q", "-b", name, "main")
        tree.add(name, address)
        tree.commit(name)
        elsewhere = [file for file in tree.changed() if not file.startswith((f"src/bedplate/ip/{name}/", f"{CHIP}/"))]
        assert elsewhere == []
    # What the chip is made of by hand takes both sides' lines; what is made of that merges as .gitattributes says.
    by_hand = [f"{CHIP}/{name} merge=union\n" for name in ("tern.rdl", "wiring.py", "configuration.py")]
    (tree.place / ".git/info/attributes").write_text("".join(by_hand))
    tree.git("merge", "-q", "-m", "both", TYPES[0])
    tree.generate()
    booted = tree.python("-m", "bedplate.cli", "--json", "up")
    assert json.loads(booted)["instances"]["goal"] == len(Tern(MemoryBus(0)).all) + 2 * len(TYPES)
    assert all(f"die{die}.{name}" in booted for name in TYPES for die in range(2))
    sized = ["tests/test_tern.py", "tests/test_papers.py", "tests/test_architecture.py", "tests/test_programs.py"]
    tree.python(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not rtl", *sized
    )  # nothing else knows Tern's size
