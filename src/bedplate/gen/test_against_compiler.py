"""What is generated says the same as the reference compiler's own tree, for every field of every register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from systemrdl.node import FieldNode, MemNode, Node, RegNode, SignalNode

from bedplate import gen
from bedplate.gen.compile import elaborate
from bedplate.gen.conftest import DATA, Load, Tape
from bedplate.reg import Field, Memory, Register, RegisterBlock, registers

TREE = Path(gen.__file__).parent.parent
FOLDERS = sorted(path for path in TREE.glob("*/*/*.rdl") if path.stem == path.parent.name)

# Expressed otherwise: in Field itself, in docstrings, under another spelling of the same property, or not software's business.
ELSEWHERE = {"name", "desc", "sw", "hw", "reset", "onread", "onwrite", "rclr", "rset", "woclr", "woset", "singlepulse"}
ELSEWHERE |= {"encode", "fieldwidth", "ispresent", "intr type", "saturate", "threshold", "hdl_path_slice"}


def pairs(node: Node, block: type[RegisterBlock]) -> Iterator[tuple[RegNode, type[Register]]]:
    """Every register of the compiler's tree with the class made for it; memories and positions are checked on the way."""
    nodes = [child for child in node.children() if not isinstance(child, SignalNode)]
    children = block.CHILDREN[1:] if isinstance(node, MemNode) else block.CHILDREN
    for child, made in zip(nodes, children, strict=True):
        where = child.get_path()
        assert made.offset == child.raw_address_offset, where
        assert made.dims == tuple(child.array_dimensions or ()), where
        assert made.stride == (child.array_stride if made.dims else 0), where
        if isinstance(child, RegNode):
            assert issubclass(made.cls, Register), where
            yield child, made.cls
        elif isinstance(child, MemNode) and issubclass(made.cls, Memory):
            assert (
                child.get_property("mementries"),
                child.get_property("memwidth"),
                child.get_property("sw").name,
            ) == (made.cls.ENTRIES, made.cls.WIDTH, made.cls.SW), where
        else:
            assert issubclass(made.cls, RegisterBlock), where
            yield from pairs(child, made.cls)


def compare(node: FieldNode, field: Field) -> None:
    where = node.get_path()
    said = {name: node.get_property(name) for name in ("reset", "onread", "onwrite", "encode")}
    assert (field.low, field.width) == (node.low, node.width), where
    assert (field.sw, field.hw) == (node.get_property("sw").name, node.get_property("hw").name), where
    assert (field.readable, field.writable) == (node.is_sw_readable, node.is_sw_writable), where
    assert field.reset == (said["reset"] if isinstance(said["reset"], int) else None), where
    assert field.onread == (said["onread"] and said["onread"].name), where
    assert field.onwrite == (said["onwrite"] and said["onwrite"].name), where
    assert field.singlepulse == bool(node.get_property("singlepulse")), where
    members = sorted(member.value for member in said["encode"]) if said["encode"] else None
    assert (sorted(field.enum) if field.enum else None) == members, where
    for name in node.inst.properties.keys() - ELSEWHERE:
        value = node.get_property(name)
        if name in node.env.property_rules.rdl_properties and value not in (None, False) and value != "sw":
            assert name in field.props or getattr(value, "name", "") == "sw", f"{where} drops {name}"


def check(node: Node, block: type[RegisterBlock]) -> int:
    fields = 0
    for register, cls in pairs(node, block):
        assert cls.WIDTH == cls.Value.WIDTH == register.get_property("regwidth")
        assert register.get_property("accesswidth") == cls.ACCESS
        assert bool(cls.ALIAS) == register.is_alias
        for field, made in zip(register.fields(), cls.Value.FIELDS, strict=True):
            compare(field, made)
            fields += 1
    return fields


@pytest.mark.parametrize("source", FOLDERS, ids=lambda path: path.stem)
def test_every_field_of_this_house(load: Load, source: Path) -> None:
    folders = sorted({path.parent for path in FOLDERS})
    module = load(str(source), top=source.stem, include=folders)
    design = elaborate([source], source.stem, folders)
    assert check(design.top, module.top) > 0
    assert sum(1 for _ in registers(module.top)) == module.result.registers


def test_every_field_of_a_device_that_has_everything(load: Load) -> None:
    module = load("everything.rdl")
    assert check(elaborate([DATA / "everything.rdl"]).top, module.top) > 30


def test_an_array_of_a_million_and_a_nest_of_twelve(load: Load, tmp_path: Path) -> None:
    inner = "reg { field {} f[7:0] = 0; } leaf;"
    for level in range(12):
        inner = f"{'regfile' if level < 6 else 'addrmap'} {{ {inner} }} level{level}[2];"
    dims = "[2]" * 8 + "[1]" * 24
    text = (
        f"addrmap t {{ reg {{ field {{}} f = 0; }} many[1000000]; reg {{ field {{}} f = 0; }} dims{dims}; {inner} }};"
    )
    (tmp_path / "big.rdl").write_text(text)
    module = load(str(tmp_path / "big.rdl"))
    check(elaborate([tmp_path / "big.rdl"]).top, module.top)
    assert module.result.registers == 1_000_000 + 256 + 4096
    tape = Tape(64)
    block = module.top(tape)
    block.many[5].write(f=1)
    assert tape.read(20) == 1
    last = block.dims
    for _ in range(32):
        last = last[-1]
    assert last.address == 4_000_000 + 255 * 4
    assert block.level11[1].level10[0].level9[1].path == "level111.level100.level91"


def test_a_wide_register_with_many_fields(load: Load, tape: Tape) -> None:
    fields = " ".join(f"field {{ sw = rw; }} f{i}[{i * 5 + 4}:{i * 5}] = {i % 32};" for i in range(200))
    block = load(f"addrmap t {{ reg {{ regwidth = 1024; accesswidth = 32; {fields} }} x; }};").top(tape)
    block.x.write()
    block.x.modify(f199=3, f0=7)
    value = block.x.read()
    assert (value.f0, value.f1, value.f198, value.f199) == (7, 1, 198 % 32, 3)
