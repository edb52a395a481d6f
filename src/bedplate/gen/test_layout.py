"""Files: what is written where, by whom it is imported, when it is stale; and the same bytes every time."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bedplate import gen
from bedplate.bus import MemoryBus
from bedplate.errors import RdlError
from bedplate.gen.conftest import DATA
from bedplate.gen.layout import write_atomically

PLL = """`include "bedplate.rdl"
addrmap pll { reg { field {} on[0:0] = 0; } ctrl; reg { probe = "consumes"; field { sw = r; } d[7:0]; } fifo; };
"""
CLK = """`include "bedplate.rdl"
addrmap clk_mux { regfile { reg { field {} sel[1:0] = 0; } ctrl; } lane[4]; addrmap { reg { field {} f; } x; } deep; };
"""
CHIP = """`include "pll.rdl"
`include "clk_mux.rdl"
addrmap die { pll pll[2] @ 0x0; clk_mux mux @ 0x1000; };
addrmap chip { die die[2] @ 0x0 += 0x10000; reg { field {} f; } id @ 0x30000; };
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in (("pll", PLL), ("clk_mux", CLK)):
        (tmp_path / "ip" / name).mkdir(parents=True)
        (tmp_path / "ip" / name / f"{name}.rdl").write_text(text)
    (tmp_path / "chips" / "chip").mkdir(parents=True)
    (tmp_path / "chips" / "chip" / "chip.rdl").write_text(CHIP)
    return tmp_path


def regs(tree: Path, folder: str) -> str:
    return (tree / folder / "regs.py").read_text()


def test_each_folder_gets_its_registers(tree: Path) -> None:
    result = gen.in_tree(tree)
    folders = ["ip/clk_mux", "ip/pll", "chips/chip"]
    assert [str(path.parent.relative_to(tree)) for path in result.files] == folders
    assert "class PllRegs(RegisterBlock):" in regs(tree, "ip/pll")
    assert "class Deep" in regs(tree, "ip/clk_mux"), "maps inside a folder belong to it"
    assert result.registers == 2 + 5 + (2 * (2 * 2 + 5) + 1)


def test_a_checkout_is_as_good_a_root_as_its_package(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    checkout = tmp_path_factory.mktemp("checkout")
    (checkout / "src").mkdir()
    (checkout / "src" / "bedplate").symlink_to(tree)
    assert len(gen.in_tree(checkout).files) == 3


def test_a_chip_imports_the_classes_of_its_folders(tree: Path) -> None:
    gen.in_tree(tree)
    text = regs(tree, "chips/chip")
    assert "from bedplate.ip.clk_mux.regs import ClkMuxRegs" in text
    assert "from bedplate.ip.pll.regs import PllRegs" in text
    assert text.count("(RegisterBlock)") == 2
    assert "class DieRegs" in text
    assert "class ChipRegs" in text
    assert "class Fifo" not in text
    assert "pll: tuple[PllRegs, ...]" in text


def test_what_a_chip_changes_in_a_part_becomes_a_class_of_its_own_with_a_note(tree: Path) -> None:
    chip = tree / "chips" / "chip" / "chip.rdl"
    chip.write_text(CHIP.replace("clk_mux mux @ 0x1000;", "clk_mux mux @ 0x1000; mux.lane.ctrl.sel->reset = 2;"))
    result = gen.in_tree(tree)
    text = regs(tree, "chips/chip")
    assert "class ClkMuxRegs" in text
    assert "reset=2" in text
    assert "import PllRegs" in text
    assert any("'clk_mux' differs here" in str(note) for note in result.notes)


def test_check_names_stale_files_and_writes_nothing(tree: Path) -> None:
    assert len(gen.in_tree(tree, check=True).stale) == 3
    assert not (tree / "ip" / "pll" / "regs.py").exists()
    gen.in_tree(tree)
    assert gen.in_tree(tree, check=True).stale == []
    (tree / "ip" / "pll" / "pll.rdl").write_text(PLL.replace("[7:0]", "[8:0]"))
    stale = gen.in_tree(tree, check=True).stale
    assert [path.parent.name for path in stale] == ["pll", "chip"]
    before = (tree / "ip" / "clk_mux" / "regs.py").stat().st_mtime_ns
    gen.in_tree(tree)
    assert (tree / "ip" / "clk_mux" / "regs.py").stat().st_mtime_ns == before, "what has not changed is not touched"


def test_broken_folders_do_not_stop_the_others(tree: Path) -> None:
    for folder in ("clk_mux", "chips/chip"):
        source = tree / (folder if "/" in folder else f"ip/{folder}") / f"{Path(folder).name}.rdl"
        source.write_text("addrmap x { reg { field {} ; } x; };")
    with pytest.raises(RdlError, match="mismatched input") as caught:
        gen.in_tree(tree)
    assert caught.value.where.endswith("clk_mux.rdl:1:28")
    assert caught.value.next.startswith("also broken: ")
    assert caught.value.next.endswith("chip.rdl:1:28")
    assert (tree / "ip" / "pll" / "regs.py").exists()


def test_a_folder_without_its_map_is_refused(tree: Path) -> None:
    (tree / "ip" / "pll" / "pll.rdl").write_text("addrmap ppl { reg { field {} f; } x; };")
    with pytest.raises(RdlError, match="unknown address map 'pll'") as caught:
        gen.in_tree(tree)
    assert caught.value.next == "did you mean ppl?"


def test_the_registers_of_this_house_are_up_to_date() -> None:
    assert gen.in_tree(check=True).stale == []


def test_a_package_keeps_what_it_does_not_own(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    (out / "inner.py").write_text("# Generated from another.rdl by `bedplate gen`; do not edit. stale")
    (out / "gone.py").write_text("# Generated from another.rdl by `bedplate gen`; do not edit. stale")
    (out / "kept.py").write_text("# by hand: Generated from nothing by `bedplate gen`; do not edit.")
    result = gen.generate([DATA / "everything.rdl"], out=out)
    assert (out / "notes.txt").read_text() == "mine"
    assert result.gone == [out / "gone.py"]
    assert "class Inner" in (out / "inner.py").read_text()
    assert sorted(path.name for path in out.iterdir()) == [
        *("__init__.py", "everything.py", "inner.py", "kept.py", "notes.txt")
    ]


def test_what_it_did_not_make_it_does_not_replace(tmp_path: Path) -> None:
    """Nor anything else then."""
    (tmp_path / "everything.py").write_text("x = 1\n")
    with pytest.raises(RdlError, match="not made here") as caught:
        gen.generate([DATA / "everything.rdl"], out=tmp_path)
    assert caught.value.where == str(tmp_path / "everything.py")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("everything.py", "x = 1\n")]


def test_names_that_users_may_have_imported_are_told_when_they_go(tmp_path: Path) -> None:
    source = tmp_path / "t.rdl"
    source.write_text("addrmap t { reg old { field {} f = 0; }; old a; };")
    gen.generate([source], out=tmp_path / "p")
    source.write_text("addrmap t { reg new { field {} f = 0; }; new a; };")
    again = gen.generate([source], out=tmp_path / "p")
    assert again.renamed == [(tmp_path / "p/t.py", ["OldValue", "Old"], ["NewValue", "New"])]


def test_parameters_of_the_top_map_can_be_given(tmp_path: Path) -> None:
    source = tmp_path / "t.rdl"
    source.write_text("addrmap t #(longint unsigned N = 4) { reg { field {} f = 0; } a[N]; };")
    assert gen.generate([source], out=tmp_path / "p").registers == 4
    wider = gen.generate([source], out=tmp_path / "p", parameters={"N": "2 * 8"})
    assert (wider.registers, wider.top) == (16, "T")
    for name, value, why in (
        ("M", "1", "unknown parameter"),
        ("N", "8*", "is no expression"),
        ("N", "", "no expression"),
    ):
        with pytest.raises(RdlError, match=why):
            gen.generate([source], out=tmp_path / "p", parameters={name: value})


def test_a_macro_that_nothing_uses_is_told(tmp_path: Path) -> None:
    source = tmp_path / "t.rdl"
    source.write_text("`ifdef USED\n`endif\naddrmap t { reg { field {} N = `WIDTH; } a; };")
    result = gen.generate([source], out=tmp_path / "p", defines={"USED": "", "WIDTH": "0", "N": "8"})
    assert [str(note) for note in result.notes] == [f"{source}: -D N: nothing uses it"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("addrmap t { reg { field {} f = 0; } a @ 0x10000000000000000000; };", "addresses of no bus go beyond"),
        (
            "addrmap t { regfile { reg { field {} f = 0; } a[2]; } f @ 0xfffffffffffffffc; };",
            "addresses of no bus go beyond",
        ),
        ("addrmap t { reg { field {} f = 0; } a[0x10000000000]; };", "1099511627776 registers"),
    ],
)
def test_what_no_bus_has_is_refused_with_its_place(tmp_path: Path, said: str, why: str) -> None:
    source = tmp_path / "t.rdl"
    source.write_text(said)
    with pytest.raises(RdlError, match=why) as caught:
        gen.generate([source], out=tmp_path / "p")
    assert caught.value.where.startswith(f"{source}:1:")


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "regs.py"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_bytes_for_every_hash_seed_and_place(tmp_path: Path) -> None:
    script = "import sys; from bedplate import gen; r = gen.generate([sys.argv[1]], out=sys.argv[2]); print(*r.notes, sep='|')"
    packages, notes = [], []
    for seed in ("0", "1", "4242"):
        out = tmp_path / seed / "pkg"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", script, str(DATA / "everything.rdl"), str(out)],
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip
        notes.append(done.stdout)
        packages.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert packages[0] == packages[1] == packages[2]
    assert notes[0] == notes[1] == notes[2]
    text = packages[0]["everything.py"].decode()
    assert text.startswith(
        "# Generated from everything.rdl by `bedplate gen`; do not edit. Digest of the description: "
    )
    assert text.splitlines()[1] == "# fmt: off", "what a formatter changes would be stale"
    assert str(tmp_path) not in text
    assert str(DATA) not in text


def big(kinds: int) -> str:
    """A description of so many kinds of block with 8 registers, and six instances of each, one by one: arrays would gain nothing."""
    blocks = []
    for b in range(kinds):
        registers = "".join(
            f'reg {{ desc = "Register {i} of block {b}."; field {{ desc = "A."; }} a[7:0] = {i}; field {{ sw = r; hw = w; }} s[11:8];'
            f" field {{ woclr; hwset; }} e[15:12] = 0; field {{ }} m[20:16] = 0; field {{ singlepulse; }} go[31:31] = 0; }} r{i};"
            for i in range(8)
        )
        blocks.append(f"addrmap b{b} {{ {registers} }};")
    instances = "".join(f"b{b} i{b}_{n} @ {hex((b * 6 + n) * 0x100)};" for b in range(kinds) for n in range(6))
    return "\n".join(blocks) + f"\naddrmap big {{ {instances} }};"


def test_the_work_grows_with_the_description_and_not_with_its_square(tmp_path: Path) -> None:
    """Calls of functions, which no noise of the machine can change. Ten thousands of registers then take seconds."""
    calls = {}
    for kinds in (2, 4, 16):
        source = tmp_path / f"big{kinds}.rdl"
        source.write_text(big(kinds))
        count = 0

        def watch(frame: object, event: str, arg: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(watch)
        try:
            result = gen.generate([source], out=tmp_path / f"big{kinds}")
        finally:
            sys.setprofile(None)
        assert (result.registers, result.fields, len(result.files)) == (48 * kinds, 240 * kinds, kinds + 2)
        calls[kinds] = count
    assert calls[16] - calls[4] < 6 * 1.15 * (calls[4] - calls[2]), calls


def test_a_register_costs_what_handwritten_code_costs(tmp_path: Path) -> None:
    """Calls per access, which no noise of the machine can change: one frame of ours, one of the bus."""
    gen.generate([DATA / "everything.rdl"], out=tmp_path / "pkg")
    spec = importlib.util.spec_from_file_location(
        "pkg", tmp_path / "pkg" / "__init__.py", submodule_search_locations=[str(tmp_path / "pkg")]
    )
    assert spec
    assert spec.loader
    module = sys.modules["pkg"] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        ctrl = module.Everything(MemoryBus()).part[0].ch[0][0].ctrl
        calls: list[str] = []
        watch = lambda frame, event, arg: calls.append(frame.f_code.co_name) if event == "call" else None  # noqa: E731
        for act, expected in (
            (ctrl.read, ["read", "read"]),
            (lambda: ctrl.modify(run=True), ["<lambda>", "modify", "read", "write"]),
            (lambda: ctrl.write(run=True), ["<lambda>", "write", "write"]),
        ):
            calls.clear()
            sys.setprofile(watch)
            act()
            sys.setprofile(None)
            assert calls == expected
    finally:
        for name in [name for name in sys.modules if name == "pkg" or name.startswith("pkg.")]:
            del sys.modules[name]
