"""RTL that is made is fresh: it is made anew when anything has changed of which it is made, and only then."""

import pytest

from bedplate.errors import RdlError
from bedplate.gen import sources
from bedplate.gen.compile import elaborate

THERMO = '`include "inner.rdl"\naddrmap thermo { inner a @ 0x0; };'
INNER = "reg inner { field { sw = rw; hw = r; } here[7:0] = 0x5A; };"


@pytest.fixture
def thermo(tmp_path):
    """The folder of a type whose description includes another file."""
    folder = tmp_path / "thermo"
    folder.mkdir()
    (folder / "thermo.rdl").write_text(THERMO)
    (folder / "inner.rdl").write_text(INNER)
    return folder


def registers(folder):
    sources.write_registers(folder, folder.name)
    return (folder / "rtl" / "thermo_regs.sv").read_text()


def test_registers_are_made_of_what_their_description_includes(thermo):
    assert "8'h5a" in registers(thermo)
    (thermo / "inner.rdl").write_text(INNER.replace("0x5A", "0xA5"))
    assert "8'ha5" in registers(thermo)


def test_registers_are_made_of_all_that_makes_them():
    made_by = "\n".join(sources.generator())
    for words in ("def registers_sv(", "def big_endian(", "def elaborate(", "IEEE 1800-2017"):
        assert words in made_by
    assert "def generate(" not in made_by  # Python's registers are another thing


@pytest.mark.parametrize("part", range(len(sources.generator())))
def test_each_part_of_the_generator_counts(part, thermo, monkeypatch):
    parts = [text + "#" * (number == part) for number, text in enumerate(sources.generator())]
    before = registers(thermo)
    monkeypatch.setattr(sources, "generator", lambda: parts)
    assert registers(thermo) != before


def test_what_is_fresh_is_left_alone(thermo, monkeypatch):
    registers(thermo)
    monkeypatch.delattr(sources, "registers_sv")
    registers(thermo)


def test_what_was_damaged_is_made_anew(thermo):
    text = registers(thermo)
    (thermo / "rtl" / "thermo_regs.sv").write_bytes(b"\xff")
    assert registers(thermo) == text


@pytest.mark.parametrize("name", ["thermo.rdl", "inner.rdl"])
def test_a_description_that_cannot_be_read_is_an_error_that_names_it(name, thermo):
    (thermo / name).write_bytes("° C".encode("latin-1"))
    with pytest.raises(RdlError, match="not UTF-8") as error:
        registers(thermo)
    assert (error.value.where, error.value.next) == (
        str(thermo / "thermo.rdl"),
        "save it, and what it includes, as UTF-8",
    )
    (thermo / name).unlink()
    with pytest.raises(RdlError):
        registers(thermo)


def test_the_digest_is_that_of_the_compiler(thermo):
    assert (
        sources.digest_of(thermo / "thermo.rdl", [thermo])
        == elaborate([thermo / "thermo.rdl"], include=[thermo]).digest
    )
