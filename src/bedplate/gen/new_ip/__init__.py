"""A new IP type: its folder, with everything that is the same each time, and a block that starts and serves to begin with.

All of it passes as it is: the tests, the proofs over all types, the RTL. What remains is to make it the block that it is to be.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

from bedplate.errors import AccessError
from bedplate.gen.compile import KEYWORDS as RDL_KEYWORDS
from bedplate.gen.verilog import KEYWORDS

TEMPLATE = Path(__file__).parent / "template"
IP = Path(__file__).parents[2] / "ip"
"""The IP types of this tree."""
SHARED = (
    *((IP.parents[2], "hw/**/*.*"), (IP, "*/rtl/*.sv"), (IP.parent, "chips/**/rtl/*.sv")),
    (IP.parent, "gen/*.rdl"),
)
"""Where the files of descriptions and SystemVerilog are that a type shares its world with."""
LONGEST = 24
"""Letters of a name: names of files, modules and instances are made from it, and tables and lines have several of them."""
MADE = ("{}", "{}_regs", "{}_regs_pkg", "{}_block")
"""The modules and packages that are made in SystemVerilog for a type of that name."""
DECLARED = re.compile(r"^\s*(?:module|package|interface)\s+(\w+)", re.MULTILINE)


def new_ip(name: str, folder: Path) -> list[Path]:
    """Write the folder of a type into `folder`, where IP types are; the files, without those that are generated of them.

    Raises AccessError for a name that Python, SystemVerilog or SystemRDL cannot use, and for one that is taken, by a type or by what a
    type stands on; nothing is written then.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise AccessError("no name for an IP type", where=name, wanted="small letters, digits and single underscores")
    if keyword.iskeyword(name) or name in KEYWORDS or name in RDL_KEYWORDS:
        raise AccessError(
            "a name that is a word of Python, SystemVerilog or SystemRDL", where=name, wanted="another one"
        )
    if len(name) > LONGEST:
        raise AccessError(
            "a name too long for an IP type", where=name, wanted=f"{LONGEST} letters at most", got=f"{len(name)}"
        )
    home = folder / name
    if home.exists():
        raise AccessError("an IP type of that name is there already", where=str(home), wanted="another name")
    class_name = "".join(part.capitalize() for part in name.split("_"))
    for holder in _holders(name, class_name, folder):
        raise AccessError("a name that is taken already", where=name, wanted="another name", cause=holder)
    letters = name.replace("_", "").upper()[:4].ljust(4, "_")
    words = {
        "name": name,
        "Name": class_name,
        "NAME": name.upper(),
        "TITLE": name.upper(),
        "letters": letters,
        "id": letters.encode().hex().upper(),
    }
    written = []
    for source in sorted(TEMPLATE.rglob("*.txt")):
        place = home / source.relative_to(TEMPLATE).with_suffix("")
        place = place.with_name(place.name.replace("name", name))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(Template(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
        written.append(place)
    return written


def _holders(name: str, class_name: str, folder: Path) -> Iterator[str]:
    """Who has a name already that a type of that name would take: what stands beside it, in Python, or in SystemVerilog."""
    for path in (folder / f"{name}.py", IP / f"{name}.py"):
        if path.exists():
            yield f"{path.name} stands beside the types"
    if hasattr(builtins, class_name):
        yield f"its class would be {class_name}, which is Python's"
    for one in {name, class_name} & _words():
        yield f"the files of each type use {one}"
    if (IP.parent / "chips" / name).is_dir():
        yield "a chip is called so, and the top of its RTL"
    for path in sorted(path for place, pattern in SHARED for path in place.glob(pattern)):
        made = {path.name.partition(".")[0]}
        made.update(DECLARED.findall(path.read_text(encoding="utf-8")) if path.suffix == ".sv" else ())
        if made & {form.format(name) for form in MADE}:
            yield f"{path.parent.name}/{path.name} is of that name, or of one that is made from it"


def _words() -> set[str]:
    """What the Python of each new type imports or calls: its own class, or the argument of its acts, would hide it."""
    found: set[str] = set()
    for source in TEMPLATE.rglob("*.py.txt"):
        text = source.read_text(encoding="utf-8").replace("$", "").replace("{Name}", "Name")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom):
                found.update(one.name for one in node.names)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.add(node.func.id)
    return found - {"Name"}
