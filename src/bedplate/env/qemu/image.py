"""The guest: a Debian kernel, a system in memory with Python in it, and over that the very checkout that this process runs from.

The kernel is Debian's general one, since the one for clouds has no SPI. Unpacked here, and not by itself in an emulated
processor, it starts as fast. Python files are compiled beforehand. The system is built once for its recipe (the constants
below) and then kept; `packages.txt` beside it lists the versions that it was made of.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import shutil
import stat
import struct
import subprocess
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from re import Pattern
from re import compile as pattern
from types import MappingProxyType
from typing import NamedTuple

import bedplate
from bedplate.env.cache import cached, run
from bedplate.env.qemu import cpio, packages
from bedplate.env.qemu.cpio import ArchiveEntry
from bedplate.env.qemu.modules import Modules
from bedplate.errors import EnvError

HERE = Path(__file__).parent
PACKAGE = Path(bedplate.__file__).parent

KERNEL = ("linux-image-amd64", r"linux-image-\d[\w.-]*")
"""The package that depends on today's kernel, and what that one's name looks like."""
PACKAGES = ("python3", "python3-click", "busybox-static")
LINK = ("virtio_pci", "virtio_console")
"""Modules of the link to the host: every guest loads them."""
MODULES = (*LINK, "spi-pxa2xx-platform", "spi-pxa2xx-pci", "i2c-i801", "i2c-dev", "uio_pci_generic")
"""Modules that guests may load, besides those they depend on."""

KEPT: Pattern[str] = pattern(
    r"lib64/|lib/x86_64-linux-gnu/[^/]+$|usr/lib/x86_64-linux-gnu/[^/]+$|usr/lib/python3|usr/bin/python3|bin/busybox$"
)
"""Files of the packages that the guest has."""
LEFT_OUT: Pattern[str] = pattern(
    r"/(test|idlelib|ensurepip|lib2to3|distutils|pydoc_data|turtledemo|tkinter|config-3[^/]*|__pycache__)/"
    r"|/(_ssl|_hashlib|_dbm|nis|_curses\w*|_sqlite3)\.cpython"
    r"|/lib(ssl|crypto|krb5|k5crypto|gssapi|db-|nsl|tirpc|sqlite3|ncurses|form|menu|panel|tic|pcre|com_err|zstd|selinux)"
)
"""Of these, what it never needs: Python's own tests, tools of its installation, and libraries for neither."""

XZ = b"\xfd7zXZ\0"

CHECKOUTS = 8
"""How many checkouts the cache keeps, the last ones used to build."""

PLACE = "usr/lib/python3/dist-packages"
"""Where a guest's Python finds packages."""
ARCHIVE = "laid.cpio"

Listen = Callable[[str], None]


class Image(NamedTuple):
    """What QEMU is given: a kernel, archives that are laid over one another, and what can be loaded."""

    kernel: Path
    archives: tuple[Path, ...]
    modules: Mapping[str, list[str]]
    """By the name of each of MODULES: what to load for it, in this order."""


def image(listen: Listen, carried: Mapping[str, ArchiveEntry] = MappingProxyType({})) -> Image:
    """The guest of this checkout, built where it has to be, with more Python packages: `carried`, by their names among packages.

    Raises ToolMissing, EnvError.
    """
    recipe = (*KERNEL, *PACKAGES, *MODULES, KEPT.pattern, LEFT_OUT.pattern)
    system = cached("guest", ("1", *recipe), lambda folder: _build_system(folder, listen))
    laid = [_laid("checkout", _files(), system, listen)]
    if carried:
        laid.append(_laid("package", {f"{PLACE}/{name}": entry for name, entry in carried.items()}, system, listen))
    modules = json.loads((system / "modules.json").read_text())
    return Image(system / "vmlinux", (system / "system.cpio", *laid), modules)


def _laid(what: str, files: Mapping[str, ArchiveEntry], system: Path, listen: Listen) -> Path:
    """The archive of files that are laid over the system, their Python compiled."""
    key = [system.name, *(f"{name}\0{hashlib.sha256(entry.data).hexdigest()}" for name, entry in files.items())]
    return cached(f"guest-{what}", key, lambda folder: _build_laid(folder, what, files, system, listen)) / ARCHIVE


def _build_system(folder: Path, listen: Listen) -> None:
    """The kernel `vmlinux`, the archive `system.cpio`, and `root`: the guest's Python, which compiles for it."""
    kernel, whole, root = folder / "kernel", folder / "whole", folder / "root"
    packages.fetch_alone(packages.dependency(*KERNEL), kernel, listen)
    packages.fetch(PACKAGES, whole, listen)
    listen("building the guest")
    paths = [path for path in sorted(whole.rglob("*")) if _is_kept(path.relative_to(whole).as_posix())]
    _lay(root, cpio.tree(whole, paths))
    _compile(root, root, root)
    modules = Modules(next(kernel.glob("lib/modules/*")))
    loads = {name: modules.order(name) for name in MODULES}
    files = _applets(root / "bin/busybox") | cpio.tree(root, root.rglob("*"))
    files |= {f"lib/modules/{name}.ko": cpio.file(modules.code(name)) for load in loads.values() for name in load}
    (folder / "system.cpio").write_bytes(cpio.archive(files))
    (folder / "vmlinux").write_bytes(unpacked(next(kernel.glob("boot/vmlinuz-*")).read_bytes()))
    (folder / "modules.json").write_text(json.dumps(loads))
    listing = (kernel / "packages.txt").read_text() + (whole / "packages.txt").read_text()
    (folder / "packages.txt").write_text(listing)
    shutil.rmtree(kernel)
    shutil.rmtree(whole)


def _applets(busybox: Path) -> dict[str, ArchiveEntry]:
    names = subprocess.run([busybox, "--list"], capture_output=True, text=True, check=True).stdout.split()
    return {f"bin/{name}": cpio.link("busybox") for name in names}


def _is_kept(name: str) -> bool:
    return bool(KEPT.match(name)) and not LEFT_OUT.search(f"/{name}")


def _files() -> dict[str, ArchiveEntry]:
    """What a guest has of this checkout, by its names there: the package without tests, the command line, the first process."""
    paths = [path for path in PACKAGE.rglob("*.py") if not path.name.startswith(("test_", "conftest"))]
    metadata = f"Metadata-Version: 2.1\nName: bedplate\nVersion: {_version()}\n"
    command = "#!/usr/bin/python3 -IB\nfrom bedplate.cli import main\n\nmain()\n"
    return {
        **{f"{PLACE}/{name}": entry for name, entry in sorted(cpio.tree(PACKAGE.parent, paths).items())},
        f"{PLACE}/bedplate.dist-info/METADATA": cpio.file(metadata.encode()),
        "usr/bin/bedplate": cpio.file(command.encode(), executable=True),
        "init": cpio.file((HERE / "init").read_bytes(), executable=True),
        **{name: cpio.directory() for name in ("dev", "proc", "sys", "tmp", "root")},
    }


def _version() -> str:
    try:
        return version("bedplate")
    except PackageNotFoundError:  # a checkout that is not installed
        return "0"


def _build_laid(folder: Path, what: str, files: Mapping[str, ArchiveEntry], system: Path, listen: Listen) -> None:
    listen(f"compiling this {what} for the guest")
    _lay(folder / "tree", {name: entry for name, entry in files.items() if name.endswith(".py")})
    _compile(system / "root", folder / "tree", folder / "tree")
    compiled = cpio.tree(folder / "tree", (folder / "tree").rglob("*.pyc"))
    (folder / ARCHIVE).write_bytes(cpio.archive({**files, **compiled}))
    shutil.rmtree(folder / "tree")
    others = sorted(folder.parent.glob("[!.]*"), key=lambda path: path.stat().st_mtime)
    for old in others[: -CHECKOUTS + 1]:
        shutil.rmtree(old, ignore_errors=True)


def _lay(root: Path, entries: Mapping[str, ArchiveEntry]) -> None:
    for name, entry in entries.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if stat.S_ISLNK(entry.mode):
            path.symlink_to(entry.data.decode())
        else:
            path.write_bytes(entry.data)
            path.chmod(stat.S_IMODE(entry.mode))


def _compile(python: Path, root: Path, strip: Path) -> None:
    """Compile every Python file below `root` by the Python in `python`, as if `strip` were the root of the file system.

    What it writes is taken as it is, whenever the source was touched: times would make every archive another one.
    """
    loader = next(iter(sorted((python / "lib64").glob("ld-linux-*"))))
    libraries = ":".join(str(python / place / "x86_64-linux-gnu") for place in ("lib", "usr/lib"))
    program = next(path for path in sorted((python / "usr/bin").glob("python3.*")) if not path.is_symlink())
    code = (
        "import compileall, py_compile, sys; mode = py_compile.PycInvalidationMode.UNCHECKED_HASH; "
        f"compileall.compile_dir({str(root)!r}, maxlevels=20, quiet=2, stripdir={str(strip)!r}, prependdir='/', "
        "invalidation_mode=mode, workers=0)"
    )
    home = f"PYTHONHOME={python / 'usr'}"
    run(["env", home, str(loader), "--library-path", libraries, str(program), "-S", "-c", code])


def unpacked(kernel: bytes) -> bytes:
    """The ELF file in a compressed kernel (Linux/x86 boot protocol: setup_sects, payload_offset, payload_length).

    One that is not compressed by xz comes back as it is: it boots too, only later. Raises EnvError for what is no kernel.
    """
    if kernel[0x202:0x206] != b"HdrS":
        raise EnvError("this is no Linux kernel for x86", wanted="HdrS", got=repr(kernel[0x202:0x206]))
    offset, length = struct.unpack_from("<II", kernel, 0x248)
    start = 512 * ((kernel[0x1F1] or 4) + 1) + offset
    payload = kernel[start : start + length]
    if not payload.startswith(XZ):
        return kernel
    return lzma.LZMADecompressor().decompress(payload)  # its own length follows the archive
