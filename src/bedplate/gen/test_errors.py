"""What is wrong with a description is said with file, line and a caret; never with a traceback from inside a compiler."""

from __future__ import annotations

from pathlib import Path

import pytest

from bedplate import gen
from bedplate.errors import RdlError, render


def refuse(tmp_path: Path, text: str, **options: object) -> RdlError:
    source = tmp_path / "broken.rdl"
    source.write_text(text)
    with pytest.raises(RdlError) as caught:
        gen.generate([source], out=tmp_path / "out", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists(), "nothing is written for a description that is wrong"
    return caught.value


def test_a_syntax_error_shows_its_place(tmp_path: Path) -> None:
    error = refuse(tmp_path, "addrmap t {\n\treg { field {} f[3:0] = ; } x;\n};\n")
    assert error.where == f"{tmp_path}/broken.rdl:2:26"
    _, line, caret = error.what.splitlines()[:3]
    assert line.endswith("\treg { field {} f[3:0] = ; } x;")
    assert caret.index("^") == line.index("= ;") + 2
    assert caret.startswith("  \t "), "tabs stay tabs, so that the caret stands under the place"
    assert "broken.rdl:2:26" in render(error)
    assert "^" in str(error)


def test_an_error_of_meaning_shows_its_place_and_the_others(tmp_path: Path) -> None:
    error = refuse(
        tmp_path,
        "addrmap t {\n reg { field {} a[3:0]; field {} b[3:0]; } x @ 0;\n reg { field { singlepulse; } c[1:0]; } y @ 0;\n};",
    )
    assert error.where.endswith(("broken.rdl:2:34", "broken.rdl:3:31", "broken.rdl:3:16"))
    assert error.what.count("broken.rdl:") >= 2, "further errors follow with their places"
    assert "aborted" not in error.what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no address map"),
        ("reg x { field {} f; };", "no address map"),
        ('`include "nowhere.rdl"\naddrmap t { reg { field {} f; } x; };', "nowhere.rdl"),
        ("addrmap t { nothing x; };", "nothing"),
        ('addrmap t { reg { probe = "safe"; field {} f; } x; };', "probe"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, text: str, what: str) -> None:
    assert what in refuse(tmp_path, text).what


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("addrmap t { reg { field {} level; } x; };", "level"),
        ("addrmap t { reg { field {} f; } alias; };", "alias"),
        ("reg field { field {} f; }; addrmap t { field x; };", "field"),
        ("addrmap mem { reg { field {} f; } x; };", "mem"),
    ],
)
def test_a_name_that_is_a_keyword_comes_with_a_way_on(tmp_path: Path, text: str, word: str) -> None:
    assert f"`{word}` is a keyword of SystemRDL" in refuse(tmp_path, text).next


def test_another_syntax_error_is_not_taken_for_one(tmp_path: Path) -> None:
    assert "keyword" not in refuse(tmp_path, "addrmap t { reg { field {} f[3:0] = ; } x; };").next


def test_an_unknown_top_suggests_the_near_ones(tmp_path: Path) -> None:
    error = refuse(tmp_path, "addrmap uart { reg { field {} f; } x; };", top="uatr")
    assert "'uatr'" in error.what
    assert error.next == "did you mean uart?"


def test_a_missing_file_and_one_that_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(RdlError, match="no such file") as caught:
        gen.generate([tmp_path / "absent.rdl"], out=tmp_path / "out")
    assert caught.value.where.endswith("absent.rdl")
    (tmp_path / "image.rdl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RdlError, match="UTF-8"):
        gen.generate([tmp_path / "image.rdl"], out=tmp_path / "out")


INCLUDE = '`include "bedplate.rdl"\n'


def test_a_probe_that_contradicts_the_fields_is_refused_at_its_line(tmp_path: Path) -> None:
    error = refuse(tmp_path, INCLUDE + 'addrmap t { reg {\n  probe = "safe";\n  field { rclr; } f; } x; };')
    assert error.where.endswith("broken.rdl:3:3")
    assert "'f'" in error.what
    assert error.what.splitlines()[2].strip().startswith("^")


BAD_PROBES = ('probe = "sometimes";', 'probe = "consumes, clears";', 'probe = "";', "probe;")
BAD_EFFECTS = (
    'effect = "bad";',
    'effect = "permanent, bad";',
    'effect = "permanent bad";',
    'effect = " , ";',
    "effect;",
)


@pytest.mark.parametrize("assignment", [*BAD_PROBES, *BAD_EFFECTS])
def test_a_misspelt_probe_or_effect_is_refused_at_its_line(tmp_path: Path, assignment: str) -> None:
    error = refuse(tmp_path, INCLUDE + f"addrmap t {{ reg {{\n  {assignment}\n  field {{}} f; }} x; }};")
    assert error.where.endswith("broken.rdl:3:3")
    assert "none of" in error.what
    assert ("'bad'" in error.what) == ("bad" in assignment)


def test_a_misspelt_effect_of_a_field_is_refused_with_the_known_words(tmp_path: Path) -> None:
    error = refuse(tmp_path, INCLUDE + 'addrmap t { reg { field {\n effect = "permanent, electric"; } f; } x; };')
    assert error.where.endswith("broken.rdl:3:2")
    assert "effect is 'electric', which is none of none, stops_traffic, loses_data, destroys_evidence, " in error.what
    assert "permanent, opens_security, electrical" in error.what


def test_warnings_of_the_compiler_are_notes(tmp_path: Path) -> None:
    source = tmp_path / "a.rdl"
    source.write_text("addrmap t { reg { field { sw = r; hw = na; reset = 3; } f[1:0]; } x; };")
    result = gen.generate([source], out=tmp_path / "out")
    assert all(isinstance(note, gen.Note) for note in result.notes)


def test_defines_and_include_folders_reach_the_preprocessor(tmp_path: Path) -> None:
    (tmp_path / "inc").mkdir()
    (tmp_path / "inc" / "part.rdl").write_text("reg part { field {} f[`BITS-1:0] = 0; };")
    (tmp_path / "a.rdl").write_text('`include "part.rdl"\naddrmap t { part x[2]; };')
    options = {"include": [tmp_path / "inc"], "defines": {"BITS": "5"}}
    result = gen.generate([tmp_path / "a.rdl"], out=tmp_path / "out", **options)  # type: ignore[arg-type]
    assert (result.registers, result.fields, result.top) == (2, 2, "T")


def test_several_files_may_each_include_our_properties(tmp_path: Path) -> None:
    (tmp_path / "a.rdl").write_text(INCLUDE + 'addrmap a { reg { probe = "consumes"; field {} f; } x; };')
    (tmp_path / "b.rdl").write_text(INCLUDE + "addrmap b { a one; a two; };")
    result = gen.generate([tmp_path / "a.rdl", tmp_path / "b.rdl"], out=tmp_path / "out")
    assert result.top == "B"
    assert sorted(path.name for path in result.files) == ["__init__.py", "a.py", "b.py"]


def test_a_syntax_error_that_breaks_the_native_parser_is_shown_all_the_same(tmp_path: Path) -> None:
    error = refuse(tmp_path, "addrmap t {\n  reg { field { sw = r; } busy[3:]; } x;\n};\n")
    assert error.where == f"{tmp_path}/broken.rdl:2:34"
    assert error.what.splitlines()[2].endswith("^")


def test_a_description_that_breaks_the_compiler_is_refused_and_named(tmp_path: Path) -> None:
    wide = "enum e { A = 1; }; addrmap t { reg { field { encode = e; } f[0x7FFFFFFFFFFFFFFF:0]; } x; };"
    assert "broken.rdl" in refuse(tmp_path, wide).where


def test_an_error_without_a_place_names_the_file(tmp_path: Path) -> None:
    error = refuse(tmp_path, "addrmap t { };")
    assert error.where == f"{tmp_path}/broken.rdl"
