"""Each command that anything here prints, as what to do next or how to see it again, is one that there is, with options that it has."""

import ast
import re
from pathlib import Path

import click
import pytest

import bedplate
from bedplate.cli.app import COMMANDS, app

SRC = Path(bedplate.__file__).parent
FILES = [path for path in sorted(SRC.rglob("*.py")) if not path.name.startswith("test_") and path.name != "conftest.py"]
PRINTED = re.compile(rf"\bbedplate((?: (?:-t|--target|--json) ?\S*)* (?:{'|'.join(COMMANDS)})\b[^`;,:(<\n]*)")


def texts(path):
    """All texts of a module but its docstrings, with X where something is filled in; joined where the source has several in a row."""
    tree = ast.parse(path.read_text())
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (said | inside):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)


def commands():
    for path in FILES:
        for text in texts(path):
            for found in PRINTED.finditer(text):
                yield f"{path.relative_to(SRC)}: {found[1].strip()}"


def require_parsed(words):
    """Raise what click says of a command line. What it is to be done with is not looked at."""
    command, parent = app, None
    while True:
        context = click.Context(command, parent=parent, info_name=command.name)
        parser = command.make_parser(context)
        _, words, _ = parser.parse_args(words)
        if not isinstance(command, click.Group):
            assert words == [], f"{command.name} does not take {words}"
            return
        if not words:
            return  # the name of a group: it says what there is
        name, *words = words
        parent, command = context, command.get_command(context, name)
        assert command is not None, f"no command {name}"


PRINTS = sorted(set(commands()))


def test_they_are_found():
    printed = [one.partition(": ")[2] for one in PRINTS]
    assert len(PRINTS) > 20
    assert {"dump X", "up --intent X", "dv inject --help"} <= set(printed)


@pytest.mark.parametrize("printed", PRINTS)
def test_there_is_such_a_command(printed):
    words = printed.partition(": ")[2].split()
    assert "..." not in words
    if "--help" not in words:
        require_parsed([word.strip("'\"") for word in words])


@pytest.mark.parametrize("words", ["dumb X", "up --inten X", "dv inject --replay", "doctor X", "plan --goal"])
def test_what_is_none_is_found(words):
    with pytest.raises((AssertionError, click.UsageError)):
        require_parsed(words.split())


def test_none_is_an_option_alone():
    """Such as `--force NAME`: nobody can run that."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "next"
                and isinstance(node.value, ast.Constant | ast.JoinedStr)
            ):
                text = ast.unparse(node.value).strip("f'\"")
                assert not re.search(r"(^|: )--?\w", text), f"{path}: {text}"
