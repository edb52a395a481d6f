"""Builds `libbedplate.so`: the C API of `hw/dpi/bedplate.h`, implemented by this Python package. cffi embeds the interpreter.

    python -m bedplate.env.rtl.library      build it, and print where it is

It finds the Python environment that it was built by; loaded into a process that is Python already, it uses that one.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import sys
import sysconfig
from pathlib import Path

from bedplate.env.cache import cached, run, tool
from bedplate.env.program import ended
from bedplate.errors import EnvError, ToolMissing
from bedplate.gen.hardware import HARDWARE

HERE = Path(__file__).parent
NAME = "libbedplate.so"
MODULE = "_bedplate_dpi"

IN_C = ("address", "size", "count", "word", "put_word", "value", "text", "error")
"""Functions of the header that `bridge.c` has; Python implements the others."""

START = "from bedplate.env.rtl import capi"


def library() -> Path:
    """Where the library is, built if it has to be. Raises ToolMissing, EnvError."""
    header = _header()
    bridge = (HERE / "bridge.c").read_text().replace("@PROGRAM@", _escaped(sys.executable))
    key = [header, bridge, START, sys.version, *_flags()]
    folder = cached("libbedplate", key, lambda folder: _build(folder, header, bridge))
    return folder / NAME


def _build(folder: Path, header: str, bridge: str) -> None:
    require_python()
    import cffi

    source = folder / f"{MODULE}.c"
    builder = cffi.FFI()
    builder.embedding_api("\n".join(line for line in _functions(header) if _name(line) not in IN_C))
    builder.cdef(_slot(bridge))
    builder.set_source(MODULE, bridge)
    builder.embedding_init_code(START)
    with contextlib.redirect_stdout(io.StringIO()):  # it talks
        builder.emit_c_code(str(source))
    run([tool("g++"), "-x", "c", "-O2", "-shared", "-fPIC", str(source), "-o", str(folder / NAME), *_flags()])


def require_python() -> None:
    """Raise ToolMissing for what an embedding needs of Python and does not find."""
    for package in ("cffi", "greenlet"):
        if importlib.util.find_spec(package) is None:
            raise ToolMissing(f"the simulation environment needs {package}", next="pip install 'bedplate[rtl]'")
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        raise ToolMissing("Python's C headers are missing", next="apt-get install python3-dev")
    if not _flags():
        raise ToolMissing(
            "this Python has no shared library", wanted="libpython.so", next="apt-get install libpython3-dev"
        )


def _flags() -> list[str]:
    folder, name = sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("LDLIBRARY") or ""
    match = re.fullmatch(r"lib(python[\w.]+)\.so", name)
    places = [Path(folder), Path(folder) / (sysconfig.get_config_var("MULTIARCH") or "")]
    for place in places:
        if match and (place / name).exists():
            return [f"-I{sysconfig.get_path('include')}", f"-L{place}", f"-Wl,-rpath,{place}", f"-l{match[1]}"]
    return []


def _header() -> str:
    try:
        return (HARDWARE / "dpi" / "bedplate.h").read_text()
    except FileNotFoundError:
        raise EnvError(
            "the SystemVerilog side is not installed",
            where=str(HARDWARE),
            wanted="hw/ of a checkout, or of a wheel that was made of one",
            next="install Bedplate again",
        ) from None


def _functions(header: str) -> list[str]:
    return [" ".join(found.split()) for found in re.findall(r"^\w[\w ]*[ *]+bedplate_\w+\([^)]*\);", header, re.M)]


def _slot(bridge: str) -> str:
    """What Python sees of `bridge.c`: the slot, and the way to it."""
    found = re.search(r"struct slot \{.*?\};", bridge, re.DOTALL)
    assert found is not None
    return found[0].replace("[MOST]", "[...]") + " static struct slot* slot_of(int session);"


def _name(declaration: str) -> str:
    found = re.search(r"bedplate_(\w+)\(", declaration)
    return found[1] if found else ""


def _escaped(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')


if __name__ == "__main__":
    sys.exit(ended(lambda: print(library())))
