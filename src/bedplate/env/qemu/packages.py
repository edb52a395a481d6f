"""Debian packages as files: fetched by apt and unpacked by dpkg, into a folder of the user's. Nothing is installed, no root needed.

What is fetched is what a machine without any package would need, so it does not depend on the machine.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from bedplate.env.cache import run, tool
from bedplate.errors import EnvError, ToolMissing

ARCHITECTURE = "amd64"

Listen = Callable[[str], None]


def fetch(names: Sequence[str], folder: Path, listen: Listen) -> None:
    """Packages with all that they depend on, unpacked into a folder. Raises ToolMissing, EnvError."""
    _require(names)
    work = folder / ".fetched"
    (work / "partial").mkdir(parents=True)
    (work / "status").touch()
    options = [
        f"Dir::State::status={work / 'status'}",  # nothing is installed, so all of it is fetched
        f"Dir::Cache::archives={work}",
        "Dir::Cache::pkgcache=",
        "Dir::Cache::srcpkgcache=",
        "Debug::NoLocking=1",
        "APT::Sandbox::User=",
        f"APT::Architecture={ARCHITECTURE}",
    ]
    listen("fetching Debian packages: " + " ".join(names))
    settings = [word for option in options for word in ("-o", option)]
    _apt(["apt-get", *settings, "-y", "--no-install-recommends", "--download-only", "install", *names])
    _unpack(work, folder, listen)


def fetch_alone(name: str, folder: Path, listen: Listen) -> None:
    """One package without what it depends on, unpacked into a folder. Raises ToolMissing, EnvError."""
    _require([name])
    work = folder / ".fetched"
    work.mkdir(parents=True)
    listen(f"fetching Debian package: {name}")
    _apt(["apt-get", "-o", "APT::Sandbox::User=", "download", f"{name}:{ARCHITECTURE}"], work)
    _unpack(work, folder, listen)


def dependency(name: str, pattern: str) -> str:
    """The package that another depends on, by a regular expression for its name. Raises ToolMissing, EnvError."""
    _require([name])
    command = [tool("apt-cache", "apt"), "--no-all-versions", "show", f"{name}:{ARCHITECTURE}"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    depends = " ".join(re.findall(r"^Depends: (.*)$", shown, re.MULTILINE))
    found = re.search(pattern, depends)
    if found is None:
        raise EnvError(f"package {name} depends on no {pattern}", got=depends, next="apt-get update, then again")
    return found[0]


def _require(names: Sequence[str]) -> None:
    """Raise ToolMissing when there is no apt here, or when it does not know a package."""
    for program, package in (("apt-get", "apt"), ("apt-cache", "apt"), ("dpkg-deb", "dpkg")):
        tool(program, package)
    for name in names:
        known = subprocess.run(["apt-cache", "show", f"{name}:{ARCHITECTURE}"], capture_output=True, check=False)
        if known.returncode:
            raise ToolMissing(
                f"apt knows no package {name}",
                where=f"for {ARCHITECTURE}",
                cause="its lists were never fetched, or this is not Debian",
                next="apt-get update",
            )


def _apt(command: Sequence[str], cwd: Path | None = None) -> None:
    try:
        run(command, cwd=cwd)
    except EnvError as error:
        error.cause = "no network, or the lists of packages are older than the archive"
        error.next = "apt-get update, then again"
        raise


def _unpack(work: Path, folder: Path, listen: Listen) -> None:
    packages = sorted(work.glob("*.deb"))
    for number, package in enumerate(packages, 1):
        listen(f"unpacking {number} of {len(packages)} packages")
        run(["dpkg-deb", "-x", str(package), str(folder)])
    (folder / "packages.txt").write_text("".join(f"{package.stem}\n" for package in packages))
    run(["rm", "-r", str(work)])
