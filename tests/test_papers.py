"""What the papers show is what the program does, and what they point at exists."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from bedplate.cli import main

ROOT = Path(__file__).parent.parent
CONTROLLER = (ROOT / "docs" / "controller.md").read_text()
PAPERS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]


def test_the_session_of_the_readme_is_true():
    (session,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    example = doctest.DocTestParser().get_doctest(session, {}, "README.md", None, 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_lead_somewhere(paper):
    for link in re.findall(r"\]\(([^)#]+)", paper.read_text()):
        assert (ROOT / link).exists(), link


FAULTS = ROOT / "docs" / "faults.md"
COMMANDS = re.findall(r"^    bedplate (.*)$", FAULTS.read_text(), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_about_faults_is_true(command, tmp_path, monkeypatch, capsys):
    """Each command ends as its comment says: with 0, unless that begins with another number; its next ones show what it says."""
    monkeypatch.chdir(tmp_path)
    words, _, comment = command.partition(" # ")
    if "replay:" in words:  # of the record that the command before it wrote
        (before,) = (one for one in COMMANDS if "--record" in one)
        with pytest.raises(SystemExit):
            main(shlex.split(before.partition(" # ")[0]))
    with pytest.raises(SystemExit) as end:
        main(shlex.split(words))
    said = capsys.readouterr()
    assert end.value.code == (1 if comment.strip().startswith("1:") else 0), said.err
    assert "lock_timeout=1" in said.out or "lock_timeout=1" not in comment
    if "failed.jsonl" in words:
        (script,) = re.findall(r"```python\n(.*?)```", FAULTS.read_text(), re.DOTALL)
        exec(compile(script, "faults.md", "exec"), {})
        assert "lock_timeout=1" in capsys.readouterr().out


def test_the_report_of_a_fault_is_the_one_shown(capsys):
    (shown,) = re.findall(r"```text\n(.*?)```", FAULTS.read_text(), re.DOTALL)
    with pytest.raises(SystemExit):
        main(["-t", "model:tern?fault=die0.pll.sys:no_lock", "up"])
    assert shown in capsys.readouterr().out


def test_two_chips_are_led_as_the_page_of_the_controller_says(capsys):
    (script,) = re.findall(r"```python\n(from bedplate.converge import Scheduler, lead.*?)```", CONTROLLER, re.DOTALL)
    exec(compile("import bedplate\n" + script, "controller.md", "exec"), {})
    assert capsys.readouterr().out == "True True\n"


def test_the_first_screen_is_one_screen():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 50


def test_nothing_names_the_machine_it_was_written_on():
    for path in [*PAPERS, *ROOT.glob("docs/*"), *(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.rdl")]:
        text = path.read_text()
        assert "/work/" not in text, path
        assert "/root/" not in text, path


def test_the_picture_of_a_boot_is_made_by_the_program(tmp_path):
    made = tmp_path / "boot.svg"
    with pytest.raises(SystemExit):
        main(["up", "--picture", str(made)])
    kept = "src/bedplate/chips/tern/boot.svg"
    assert made.read_text() == (ROOT / kept).read_text(), "stale: run `make docs`"
    assert f"]({kept})" in (ROOT / "README.md").read_text()
