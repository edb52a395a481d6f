"""Names: what Python calls what a description names, whatever word that is, and that texts stay texts."""

from __future__ import annotations

import builtins
import keyword
from enum import IntEnum

import pytest

from bedplate.gen.conftest import Load, Tape
from bedplate.reg import Register, RegisterBlock, Value, registers


def test_equal_types_share_one_class_and_different_ones_do_not(load: Load) -> None:
    top = load("everything.rdl").top(Tape())
    assert type(top.part[0]) is type(top.part[1])
    assert type(top.part[0].scratch[0]) is type(top.part[0].scratch[3])
    module = load(
        """addrmap t {
            reg kind { field {} f[3:0] = 0; };
            kind a; kind b; kind c;
            c.f->reset = 5;
            regfile { reg { field {} x; } ctrl; } one;
            regfile { reg { field {} y; } ctrl; } two;
        };"""
    )
    block = module.top(Tape())
    assert type(block.a) is type(block.b)
    assert type(block.c).__name__ == "KindC"
    assert block.c.Value.FIELDS[0].reset == 5
    assert type(block.one.ctrl).__name__ == "OneCtrl"
    assert type(block.two.ctrl).__name__ == "TwoCtrl"
    assert [str(note).partition(": ")[2] for note in module.result.notes] == ["'kind' is class KindC: Kind was taken"]


def test_a_class_is_called_by_its_own_place_whatever_stands_beside_it(load: Load) -> None:
    text = """
        regfile a_regs { reg { field {} QUEUE_RST = 0; } RESET_CONTROL; };
        regfile b_regs { reg { field {} SOFT_RST = 0; } RESET_CONTROL; };
        addrmap t { %s b_regs b @ 0x100; regfile { reg deep_t { enum e { A = 0; }; field { encode = e; } x = 0; } deep; } here @ 0x200; };"""
    alone, beside = (load(text % more).top(Tape()) for more in ("", "a_regs a @ 0x0;"))
    for block in (alone, beside):
        assert type(block.b.RESET_CONTROL).__name__ == "BRegsResetControl"
        assert type(block.here.deep).__name__ == "HereDeepT"
        assert type(block.here.deep.read().x).__name__ == "HereDeepTE"
    assert type(beside.a.RESET_CONTROL).__name__ == "ARegsResetControl"


def test_what_differs_for_hardware_alone_has_one_base(load: Load, tape: Tape) -> None:
    module = load(
        """reg cnt_t { field { sw = rw; hw = w; } v[7:0] = 0; };
        regfile two { cnt_t one; cnt_t other; };
        addrmap t {
            reg { field { hw = r; } x[8] = 0; field { hw = r; } y[8] = 0; } src;
            cnt_t c0; cnt_t c1; cnt_t c2; two f0; two f1;
            c1.v->next = src.x; c2.v->next = src.y; f1.one.v->desc = "Another."; f1.other.v->next = src.x;
        };"""
    )
    block = module.top(tape)
    kinds = [type(register) for register in (block.c0, block.c1, block.c2)]
    assert [kind.__name__ for kind in kinds] == ["CntT", "CntTC1", "CntTC2"]
    assert all(issubclass(kind, kinds[0]) for kind in kinds)
    assert [kind.Value.FIELDS[0].props.get("next") for kind in kinds] == [None, "src.x", "src.y"]
    assert type(block.f1) is not type(block.f0)
    assert isinstance(block.f1, type(block.f0))
    for register in (block.c2, block.f1.one, block.f1.other):
        register.modify(v=0x5A)
        assert register.read().v == 0x5A
    notes = sorted(str(note).partition(": ")[2] for note in module.result.notes)
    assert len(notes) == 2, "a line a type, however many variants it has"


def test_what_differs_for_software_has_none(load: Load) -> None:
    block = load(
        "reg cnt_t { field { sw = rw; } v[7:0] = 0; }; addrmap t { cnt_t a; cnt_t b; b.v->onread = rclr; };"
    ).top(Tape())
    assert not issubclass(type(block.b), type(block.a))
    assert not hasattr(block.b, "modify")


def test_names_that_python_uses_get_an_underscore_and_a_note(load: Load, tape: Tape) -> None:
    module = load(
        r"""addrmap t {
            enum e { name = 0; value = 1; None = 2; \real = 3; fine = 4; };
            reg { field { encode = e; } class[2:0] = 0; field {} \real[8:8] = 0; field {} timeout[9:9] = 0;
                  field {} self[10:10] = 0; field {} replace[11:11] = 0; field {} _lead[12:12] = 0; field {} __two[13:13] = 0;
                  field {} lead_[14:14] = 0; field {} \int[15:15] = 0; field {} \regfile[16:16] = 0; } import;
            reg { field {} x; } bus; reg { field {} x; } base; reg { field {} x; } SIZE; reg { field {} x; } dump;
            reg { field {} x; } _0; reg { field {} Match; } match;
        };"""
    )
    block = module.top(tape)
    assert [f.name for f in block.import_.Value.FIELDS] == (
        ["class_", "real_", "timeout_", "self_", "replace_", "lead__", "two_", "lead_", "int_", "regfile"]
    )
    assert [child.name for child in block.CHILDREN] == ["import_", "bus_", "base_", "SIZE_", "dump_", "x0_", "match"]
    block.import_.modify(timeout_=True, self_=True, class_=type(block.import_.read().class_).real_)
    assert block.import_.read().timeout_
    assert [m.name for m in type(block.import_.read().class_)] == ["name_", "value_", "None_", "real_", "fine"]
    notes = [str(note) for note in module.result.notes]
    assert sum("is called" in note for note in notes) == 8 + 6 + 4
    assert any(".rdl:3:" in note and "'class' is called class_" in note for note in notes), "with file and line"


def test_field_names_do_not_collide_with_what_methods_use(load: Load, tape: Tape) -> None:
    names = "value keep bits bus mask address x_ path read write Value decode Mode"
    fields = " ".join(f"field {{ }} {name}[{i}:{i}] = 0;" for i, name in enumerate(names.split()))
    block = load(
        f"addrmap t {{ reg {{ {fields} field {{ woclr; }} clear[20:20] = 0; field {{ singlepulse; }} pulse[21:21] = 0; }} x;"
        " reg { field { woclr; } value; field { woset; } bits; field { sw = r; } mask; } y; };"
    ).top(tape)
    for i, name in enumerate(names.split()):
        tape.write(0, 0)
        block.x.modify(**{name: True})
        block.x.wait(**{name: True}, timeout=1)
        assert tape.read(0) == 1 << i
        assert getattr(block.x.read(), name)
        block.x.write(**{name: True})
        assert tape.read(0) == 1 << i
    block.x.clear(clear=True)
    block.y.clear(1, value=True)
    assert tape.read(4) == 1


def test_class_names_are_never_taken_twice(load: Load) -> None:
    module = load(
        """enum status { A = 0; };
        addrmap status_map { reg value { field {} f; }; value value; reg register { field {} f; }; register field_;
            reg status { field { encode = status; } Status; }; status s; reg status_value { field {} x; }; status_value v;
            regfile child { reg { field {} x; } y; }; child c; };
        addrmap t { status_map status; reg t { field {} x; } t; reg status_map { field {} x; } m; };"""
    )
    block = module.top(Tape())
    names = [type(r).__name__ for r in (block.t, block.m, block.status.value, block.status.s, block.status.v)]
    assert type(block).__name__ == "T", "the map keeps its name, whatever its registers are called"
    assert len({*names, "T"}) == 6
    assert block.status.s.read().Status.name == "A"


def test_maps_that_differ_under_one_name_are_all_importable_from_the_package(load: Load) -> None:
    module = load(
        "addrmap leaf { reg { field {} f = 0; } x; }; addrmap t { leaf a; leaf b; leaf c; b.x.f->reset = 1; };"
    )
    block = module.top(Tape())
    assert [type(leaf) for leaf in (block.a, block.b, block.c)] == [module.Leaf, module.Leaf_2, module.Leaf]
    assert module.Leaf_2.CHILDREN[0].cls.Value.FIELDS[0].reset == 1


def test_parameterised_types_are_types_of_their_own(load: Load) -> None:
    block = load(
        """addrmap t {
            reg fifo #(longint unsigned WIDTH = 4) { field {} level_now[WIDTH] = 0; };
            fifo small; fifo #(.WIDTH(9)) large;
        };"""
    ).top(Tape())
    assert block.small.Value.FIELDS[0].width == 4
    assert block.large.Value.FIELDS[0].width == 9
    assert [type(one).__name__ for one in (block.small, block.large)] == ["Fifo", "FifoLarge"]
    only = load(
        "reg fifo #(longint unsigned WIDTH = 4) { field {} level_now[WIDTH] = 0; }; addrmap t { fifo #(.WIDTH(9)) one; };"
    )
    assert type(only.top(Tape()).one).__name__ == "Fifo", "whatever its parameters are"


def test_texts_of_a_description_cannot_break_out_of_their_quotes(load: Load) -> None:
    rdl = r"C:\\temp \\N{DASH} \"\"\" {x} ends with a quote\""
    module = load(f'addrmap t {{ desc = "{rdl}"; reg {{ desc = "{rdl}"; field {{ desc = "{rdl}"; }} f; }} x; }};')
    meant = rdl.replace(r"\"", '"').replace(r"\\", "\\")
    register = type(module.top(Tape()).x)
    assert module.top.__doc__ == register.__doc__ == meant
    assert register.Value.f.__doc__ == f"{meant}; bit 0, rw."


def test_a_map_called_like_an_element_of_an_array_steps_aside(load: Load) -> None:
    module = load(
        """addrmap leaf { reg { field {} f = 0; } x; };
        addrmap t { leaf die1; leaf die[2]; leaf die2; leaf lane1_0; leaf lane[2][2]; leaf lane3; };"""
    )
    block = module.top(Tape())
    assert [child.name for child in block.CHILDREN] == ["die1_", "die", "die2", "lane1_0_", "lane", "lane3"]
    names = [name for name, _, _ in registers(type(block))]
    assert len(set(names)) == len(names)
    assert any("'die1' is called die1_" in str(note) for note in module.result.notes)


WORDS = sorted(
    {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *dir(Register), *dir(RegisterBlock), *dir(Value)}
    | {*dir(IntEnum), "self", "timeout", "value", "mask", "bits", "keep", "bus", "annotations", "mro", "decoder"}
)
RESERVED = {"abstract", "all", "bit", "boolean", "component", "default", "enum", "external", "false", "hw", "in", "int"}
RESERVED |= {"internal", "property", "ref", "string", "struct", "sw", "this", "true", "type", "with", "real", "signed"}
RESERVED |= {"encode", "property", "number"}


def escaped(word: str) -> str:
    return "\\" + word if word in RESERVED else word


@pytest.mark.parametrize("level", ["field", "register", "map", "type", "member", "enum"])
def test_any_word_can_be_a_name_at_any_level(load: Load, tape: Tape, level: str) -> None:
    words = [word for word in WORDS if level != "member" or word not in ("name", "value")]
    if level == "field":
        body = " ".join(f"field {{}} {escaped(word)}[{i}:{i}] = 0;" for i, word in enumerate(words))
        module = load(f"addrmap t {{ reg {{ regwidth = 512; accesswidth = 32; {body} }} x; }};")
        register = module.top(tape).x
        for field in register.Value.FIELDS:
            register.write(**{field.name: True})
            register.modify(**{field.name: True})
            assert register.wait(**{field.name: True}, timeout=1) == field.mask
            assert getattr(register.read(), field.name) is True
        return
    if level == "register":
        body = " ".join(f"reg {{ field {{}} f = 0; }} {escaped(word)};" for word in words)
    elif level == "map":
        body = " ".join(f"addrmap {{ reg {{ field {{}} f = 0; }} x; }} {escaped(word)};" for word in words)
    elif level == "type":
        types = " ".join(f"reg {escaped(word)} {{ field {{}} f = 0; }};" for word in words)
        body = types + " ".join(f"{escaped(word)} i{i};" for i, word in enumerate(words))
    elif level == "member":
        members = " ".join(f"{escaped(word)} = {i};" for i, word in enumerate(words))
        body = f"enum kinds {{ {members} }}; reg {{ field {{ encode = kinds; }} f[12] = 0; }} x;"
    else:
        body = " ".join(
            f"enum {escaped(word)} {{ A = 0; }}; reg {{ field {{ encode = {escaped(word)}; }} f = 0; }} x{i};"
            for i, word in enumerate(words)
        )
    module = load(f"addrmap t {{ {body} }};")
    block = module.top(tape)
    for i, (_, offset, cls) in enumerate(registers(type(block))):
        assert offset == 4 * i
        cls(tape, offset, "r").write(f=1 if level != "enum" else 0)
    if level == "member":
        kinds = type(block.x.read().f)
        assert sorted(kinds) == list(range(len(words)))


TEXT = (
    r"says \"hi\" and 'bye', C:\\new\\table \\x41 \\N{DASH} ''' \"\"\" {x} %s #no comment; ünïcode 漢字 \\"
    "\n\n\tindented\x0b\x0c\x85\u2028 and on\\\\"
)


def test_texts_of_every_kind_stay_texts(load: Load) -> None:
    long = "many words " * 20_000
    module = load(
        f"""addrmap t {{ name = "{TEXT}"; desc = ""; enum e {{ A = 0 {{ name = "{TEXT}"; desc = "{TEXT}"; }}; B = 1 {{ desc = " "; }}; }};
            reg {{ desc = "{TEXT}"; name = ""; field {{ desc = "{TEXT}"; encode = e; }} f = 0; }} x;
            reg {{ desc = "{long}"; field {{ desc = "{"x" * 20_000}"; }} f = 0; }} y; }};"""
    )
    block = module.top(Tape())
    seen = " ".join((block.x.Value.__doc__ or "").split())
    assert r"""C:\new\table \x41 \N{DASH} ''' \"\"\"""".replace('\\"', '"') in seen
    assert "漢字" in seen
    assert len((block.y.Value.__doc__ or "").split()) == 40_000
    assert not [note for note in module.result.notes if "is class" in str(note)]
