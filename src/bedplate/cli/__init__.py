"""The command line: thin, on top of everything.

Start reading at `app.py`. One module a command, imported when it is called, so that `bedplate --help` starts fast.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(args: Sequence[str] | None = None) -> NoReturn:
    """The entry point `bedplate`. Ends the process with one of the exit codes that `app.py` lists."""
    try:
        from bedplate.cli.app import app
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        _without_click(sys.argv[1:] if args is None else args)
    app.main(None if args is None else list(args), prog_name="bedplate")
    raise AssertionError("unreachable: the command line ends the process")


def _without_click(args: Sequence[str]) -> NoReturn:
    """The core has no dependencies, so it can be installed without the command line's own."""
    import json

    from bedplate.errors import ToolMissing, render

    error = ToolMissing("the command line needs click", next="pip install 'bedplate[cli]'")
    if "--json" in args:
        print(json.dumps({"schema": "bedplate.error/1", "ok": False, "error": error.to_dict()}))
    else:
        print(render(error), file=sys.stderr)
    sys.exit(error.exit_code)
