"""A new IP type works as it is made: it is generated, found, converges, survives kills, and all proofs over all types see it."""

import subprocess
import sys
from pathlib import Path

import pytest

from bedplate.errors import AccessError
from bedplate.gen import in_tree
from bedplate.gen.new_ip import IP, LONGEST, new_ip

ROOT = Path(__file__).parents[3]
SEEN = "(two_words or TwoWords) and not rtl"
PROOFS = ("architecture", "acts", "needs", "observe", "waits", "ways", "counters", "docstrings")

BESIDE = """
import sys
import bedplate.ip
bedplate.ip.__path__.append(sys.argv[1])
import pytest
sys.exit(pytest.main(sys.argv[2:]))
"""
"""Runs tests with one more folder of IP types."""
TABLE = """
import sys
import bedplate.ip
bedplate.ip.__path__.append(sys.argv[1])
from bedplate.dv.observe import table as observe_table
sys.exit(observe_table.main(["--write", "two_words"]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of IP types with a new one in it, generated."""
    place = tmp_path_factory.mktemp("src") / "src" / "bedplate" / "ip"
    place.mkdir(parents=True)
    new_ip("two_words", place)
    (place / "conftest.py").write_text((IP / "conftest.py").read_text())
    in_tree(place.parents[2])
    return place


def test_its_own_tests_pass_on_the_model(folder):
    ran = subprocess.run(
        [sys.executable, "-c", BESIDE, str(folder), "-q", "-p", "no:cacheprovider", str(folder), "-k", "not rtl"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout


def test_every_proof_over_all_types_sees_it_and_passes(folder):
    subprocess.run([sys.executable, "-c", TABLE, str(folder)], check=True, cwd=ROOT)
    files = [str(ROOT / "tests" / f"test_{name}.py") for name in PROOFS]
    ran = subprocess.run(
        [sys.executable, "-c", BESIDE, str(folder), "-v", "-p", "no:cacheprovider", *files, "-k", SEEN],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert [name for name in PROOFS if f"test_{name}.py::" not in ran.stdout] == []


@pytest.mark.parametrize("name", ["", "Gpio", "4x", "a__b", "class", "reg", "addrmap", "signal", "a-b", "pll"])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(name, tmp_path):
    (tmp_path / "pll").mkdir()
    with pytest.raises(AccessError):
        new_ip(name, tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["pll"]


SHARED = sorted({path.stem for path in (ROOT / "hw" / "common").glob("*.sv*")})


@pytest.mark.parametrize(
    ("name", "holder"),
    [
        *((name, f"{name}.sv") for name in SHARED),
        ("bedplate", "bedplate"),
        ("bedplate_if", "bedplate_if.sv"),
        ("spi_br_link", "spi_br_link.sv"),
        ("supply", "supply.sv"),
        ("tern", "a chip"),
        ("conftest", "conftest.py"),
        ("none", "None, which is Python's"),
        ("key_error", "KeyError"),
        *(("block", "Block"), ("kind", "Kind"), ("us", "us"), ("effect", "Effect")),
    ],
)
def test_a_name_that_what_types_stand_on_has_is_refused_and_nothing_is_written(name, holder, tmp_path):
    with pytest.raises(AccessError, match="taken already") as caught:
        new_ip(name, tmp_path)
    assert holder in caught.value.cause
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("letters", [LONGEST + 1, 200, 300])
def test_a_long_name_is_refused_and_nothing_is_written(letters, tmp_path):
    with pytest.raises(AccessError, match="too long") as caught:
        new_ip("x" * letters, tmp_path)
    assert (caught.value.wanted, caught.value.got) == ("24 letters at most", str(letters))
    assert list(tmp_path.iterdir()) == []
    assert new_ip("x" * LONGEST, tmp_path)
