"""Tests against one changed module: planted by an import hook, in a fork of a process that has pytest loaded.

The tree is not touched, and nothing else is paid for than the package and the tests, up to the first that fails.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from bedplate.dv.fork import in_fork

PACKAGE = Path(__file__).parents[2]
ROOT = PACKAGE.parents[1]


def first_failure(path: Path, text: str, tests: Sequence[str], longest: int) -> tuple[str, str]:
    """Run tests (names, and options of pytest) where `path` holds that text: the first that fails, empty if none does; and why.

    An import that breaks is no find: it says nothing about a decision that was made the other way. What does not end after `longest`
    seconds has failed: of processor time, since a machine that is busy with other things finds nothing.
    """
    import pytest  # noqa: F401 - loaded once, for all forks

    return in_fork(lambda: _tested(path, text, tests, longest))


def _tested(path: Path, text: str, tests: Sequence[str], longest: int) -> tuple[str, str]:
    import pytest

    _forget_the_tree()
    planted, heard = Planted(path, text), Ear()
    sys.meta_path.insert(0, planted)
    endless = [False]

    def stop(*_: object) -> None:
        endless[0] = True
        raise KeyboardInterrupt

    signal.signal(signal.SIGXCPU, stop)
    resource.setrlimit(resource.RLIMIT_CPU, (longest, longest + 5))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # hypothesis alone would cost as much as a test
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.chdir(ROOT)
    code: int = pytest.ExitCode.INTERRUPTED
    with suppress(KeyboardInterrupt):
        code = pytest.main(["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist", *tests], plugins=[heard])
    if endless[0]:
        return heard.running, f"no end after {longest} s of processor time"
    if code == pytest.ExitCode.TESTS_FAILED and planted.was_loaded and not heard.broken:
        return heard.failed, heard.why
    if code == pytest.ExitCode.OK:
        return "", "SURVIVED" if planted.was_loaded else f"the test does not even load {path.name}"
    return "", f"pytest ended with {int(code)}: {heard.why or 'no such test'}"


def _forget_the_tree() -> None:
    """All of the project is loaded anew: a test that was loaded before would go on with the module as it is."""
    environment = Path(sys.prefix)
    for name, module in list(sys.modules.items()):
        file = Path(getattr(module, "__file__", None) or environment)
        if name.partition(".")[0] == "bedplate" or (file.is_relative_to(ROOT) and not file.is_relative_to(environment)):
            del sys.modules[name]


class Planted(MetaPathFinder):
    """Loads one module of the package from another text."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.name = ".".join(("bedplate", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        self.was_loaded = False

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As importlib has it, of the one module: it is compiled from the changed text, under the path of the file."""
        if name != self.name:
            return None
        finder = self

        class Loader(SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                finder.was_loaded = True
                return compile(finder.text, str(finder.path), "exec")

        return spec_from_file_location(name, self.path, loader=Loader(name, str(self.path)))


class Ear:
    """A plugin of pytest: which test runs, which failed, and why."""

    def __init__(self) -> None:
        self.running = self.failed = self.why = ""
        self.broken = False

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note which test runs, for the case that it never ends."""
        self.running = nodeid

    def pytest_exception_interact(self, node: Any, call: Any) -> None:
        """Keep the error's first line; one of import or syntax is no find, but a mutant that is none."""
        self.why = call.excinfo.exconly().splitlines()[0][:120]
        self.broken = self.broken or call.excinfo.errisinstance((ImportError, SyntaxError))

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keep the first test that failed."""
        if report.failed and not self.failed:
            self.failed = report.nodeid
