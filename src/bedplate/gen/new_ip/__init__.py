"""A new IP type: its folder, with everything that is the same each time, and a block that starts and serves to begin with.

All of it passes as it is: the tests, the proofs over all types, the RTL. What remains is to make it the block that it is to be.
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from string import Template

from bedplate.errors import AccessError
from bedplate.gen.compile import KEYWORDS as RDL_KEYWORDS
from bedplate.gen.verilog import KEYWORDS

TEMPLATE = Path(__file__).parent / "template"
IP = Path(__file__).parents[2] / "ip"
"""The IP types of this tree."""


def new_ip(name: str, folder: Path) -> list[Path]:
    """Write the folder of a type into `folder`, where IP types are; the files, without those that are generated of them.

    Raises AccessError for a name that Python, SystemVerilog or SystemRDL cannot use, and for one that is taken; nothing is written then.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise AccessError("no name for an IP type", where=name, wanted="small letters, digits and single underscores")
    if keyword.iskeyword(name) or name in KEYWORDS or name in RDL_KEYWORDS:
        raise AccessError(
            "a name that is a word of Python, SystemVerilog or SystemRDL", where=name, wanted="another one"
        )
    home = folder / name
    if home.exists():
        raise AccessError("an IP type of that name is there already", where=str(home), wanted="another name")
    letters = name.replace("_", "").upper()[:4].ljust(4, "_")
    words = {
        "name": name,
        "Name": "".join(part.capitalize() for part in name.split("_")),
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
