"""What the papers show is what the program does, and what they point at exists."""

import doctest
import re
from pathlib import Path

import pytest

from bedplate.cli import main

ROOT = Path(__file__).parent.parent
PAPERS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]


def test_the_session_of_the_readme_is_true():
    (session,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    example = doctest.DocTestParser().get_doctest(session, {}, "README.md", None, 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_lead_somewhere(paper):
    for link in re.findall(r"\]\(([^)#]+)", paper.read_text()):
        assert (ROOT / link).exists(), link


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
