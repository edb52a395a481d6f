"""The command line: thin, on top of everything.

Start reading at `app.py`. One module a command, imported when it is called, so that `bedplate --help` starts fast.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NoReturn


def main(args: Sequence[str] | None = None) -> NoReturn:
    """The entry point `bedplate`. Ends the process with one of the exit codes that `app.py` lists."""
    given = list(sys.argv[1:] if args is None else args)
    try:
        with suppress(ValueError):  # in another thread than the first signals are not heard of
            for number in (signal.SIGTERM, signal.SIGHUP):
                if signal.getsignal(number) is signal.SIG_DFL:
                    signal.signal(
                        number, signal.default_int_handler
                    )  # so that nothing of ours is left, as after Ctrl-C
        from bedplate.cli.app import app
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        _without_click(given)
    except KeyboardInterrupt:
        _fail(given, {"code": "BP-CLI-130", "type": "Interrupted", "what": "interrupted"}, "interrupted", 130)
    try:
        app.main(given, prog_name="bedplate")
    except KeyboardInterrupt:  # once more, while the first one was answered
        sys.exit(130)
    raise AssertionError("unreachable: the command line ends the process")


def _without_click(args: Sequence[str]) -> NoReturn:
    """The core has no dependencies, so it can be installed without the command line's own."""
    from bedplate.errors import ToolMissing, render

    error = ToolMissing("the command line needs click", next="pip install 'bedplate[cli]'")
    _fail(args, error.to_dict(), render(error), error.exit_code)


def _fail(args: Sequence[str], facts: Mapping[str, object], text: str, code: int) -> NoReturn:
    """The answer of a program that cannot even begin."""
    import json

    if "--json" in args:
        print(json.dumps({"schema": "bedplate.error/1", "ok": False, "error": facts}))
    else:
        print(text, file=sys.stderr)
    sys.exit(code)
