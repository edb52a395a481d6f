"""What a description becomes: blocks, arrays, widths, byte and bit orders, memories, aliases, names, properties."""

from __future__ import annotations

import builtins
import inspect
import keyword
from enum import IntEnum

import pytest

from bedplate.errors import OutOfRange, PollTimeout
from bedplate.gen.conftest import Load, Tape
from bedplate.reg import Effect, LazyArray, Probe, Register, RegisterBlock, Value, effect_of_write, registers


def test_blocks_arrays_and_register_files(load: Load, tape: Tape) -> None:
    chip = load("everything.rdl").top(tape, 0x0)
    assert chip.part[1].ch[1][2].ctrl.address == 0x1000 + 0x40 + 5 * 0x10
    assert chip.part[1].ch[1][2].ctrl.path == "part1.ch[1][2].ctrl", "maps count without brackets, register files with"
    assert isinstance(chip.part, tuple)
    assert isinstance(chip.part[0].ch[0], tuple)
    assert isinstance(chip.many, LazyArray)
    assert chip.many[1499].address == 0x4000 + 4 * 1499
    assert chip.part[0].scratch[3].read() == 0
    assert tape.told() == [("r", 12, 4)]
    assert type(chip.part[0]).SIZE == 0x40 + 6 * 0x10 - 8
    assert chip.SIZE == 0x4000 + 4 * 1500


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
    assert type(block.one.ctrl).__name__ == "Ctrl"
    assert type(block.two.ctrl).__name__ == "TwoCtrl"
    assert any("TwoCtrl" in str(note) for note in module.result.notes)


def test_values_decode_and_enumerations_tolerate_holes(load: Load, tape: Tape) -> None:
    module = load("everything.rdl")
    ctrl = module.top(tape).part[0].ch[0][0].ctrl
    tape.write(0x40, 0x71)
    value = ctrl.read()
    assert value.run is True
    assert value.rate.name == "MAX"
    assert isinstance(value.rate, IntEnum)
    tape.write(0x40, 0x30)
    assert ctrl.read().rate.name == "UNDEFINED_3"
    assert ctrl.read().rate == 3
    speed = type(value.rate)
    assert ctrl.read().rate not in list(speed)
    ctrl.modify(rate=speed.MAX)
    assert tape.read(0x40) == 0x70
    assert ctrl.Value.FIELDS[1].enum is speed
    assert ctrl.Value.FIELDS[1].reset == 1


def test_wide_enumerations_are_decoded_without_a_table(load: Load, tape: Tape) -> None:
    block = load("enum e { A = 0; B = 0xFFFF; }; addrmap t { reg { field { encode = e; } f[15:0] = 0; } x; };").top(
        tape
    )
    tape.write(0, 0xFFFF)
    assert block.x.read().f.name == "B"
    tape.write(0, 3)
    assert block.x.read().f.name == "UNDEFINED_3"


@pytest.mark.parametrize("order", ["littleendian", "bigendian"])
@pytest.mark.parametrize(
    ("width", "access"), [(8, 8), (16, 8), (16, 16), (32, 8), (32, 16), (32, 32)] + [(64, a) for a in (8, 16, 32, 64)]
    + [(128, 32), (256, 8), (256, 32), (256, 256), (1024, 64)],
)  # fmt: skip
def test_any_width_by_any_access_in_both_orders(load: Load, order: str, width: int, access: int) -> None:
    top = load(
        f"""addrmap t {{ {order}; reg {{ regwidth = {width}; accesswidth = {access};
            field {{}} rest[{width - 2}:0] = 0; field {{}} top_bit[{width - 1}:{width - 1}] = 0; }} x @ 0x100; }};"""
    ).top
    tape = Tape()
    value = int.from_bytes(bytes(range(0x91, 0x91 + width // 8 % 100)) * 2, "little") & (1 << width) - 1
    top(tape).x.write(value)
    part = min(access, 32) // 8
    # Memory is little-endian within one access; the order of the accesses is the description's.
    parts = [value >> 8 * part * i & (1 << 8 * part) - 1 for i in range(width // 8 // part)]
    if order == "bigendian":
        parts.reverse()
    stored = b"".join(word.to_bytes(part, "little") for word in parts)
    assert bytes(tape._bytes[0x100 : 0x100 + width // 8]) == stored
    log = tape.told()
    if part < 4 or width == 32:
        assert [entry[0] for entry in log] == ["w"] * len(parts)
        assert all(entry[3] == part for entry in log)
        assert [entry[1] for entry in log] == [0x100 + part * i for i in range(len(parts))]
    else:
        assert [entry[0] for entry in log] == ["W"], "one burst"
    assert top(tape).x.read() == value
    top(tape).x.modify(top_bit=False)
    assert top(tape).x.read() == value & ~(1 << width - 1)
    for wrong in (1 << width, -1):
        with pytest.raises(OutOfRange):
            top(tape).x.write(wrong)


def test_waiting_polls_or_reads_and_says_what_it_saw(load: Load, tape: Tape) -> None:
    chip = load("everything.rdl").top(tape)
    with pytest.raises(PollTimeout) as caught:
        chip.part[0].ch[0][0].status.wait(overrun=True, timeout=1000)
    assert caught.value.where == "part0.ch[0][0].status"
    assert (caught.value.wanted, caught.value.waited) == ("overrun=1", 1000)
    with pytest.raises(PollTimeout, match="ready=1"):
        chip.wide.wait(ready=True, timeout=1000)
    tape.write(0x2004, 1 << 31)
    assert chip.wide.wait(ready=True, straddle=0, timeout=1000).ready


def test_msb0_fields_read_and_write_mirrored(load: Load, tape: Tape) -> None:
    """[low:high] puts a field's most significant bit at the lowest position, in SystemRDL as in its RTL."""
    block = load(
        """addrmap t { msb0;
            reg { field {} a[0:7] = 0x01; field {} b[8:8] = 0; field { woclr; } c[12:15] = 0; } x;
            reg { field {} a[7:0] = 0x01; } y;
        };"""
    ).top(tape)
    block.x.write()
    assert tape.read(0) == 0x80, "reset value 1: its least significant bit stands at bit 7"
    assert block.x.read().a == 1
    assert block.x.Value.FIELDS[0].msb0
    tape.write(0, 0x0C)
    assert block.x.read().a == 0x30 == block.x.Value.FIELDS[0].extract(0x0C)
    block.x.modify(a=0b1101, b=True)
    assert tape.read(0) == 0x1B0
    tape.told()
    block.x.clear(c=0b0001)
    assert tape.told()[-1] == ("w", 0, 0x81B0, 4)
    block.x.wait(a=0b1101, timeout=1)
    assert not block.y.Value.FIELDS[0].msb0, "a register that says [high:low] is not msb0"


def test_aliases_have_their_own_access_and_name_their_primary(load: Load) -> None:
    block = load(
        """addrmap t {
            reg { field { woclr; } f[3:0] = 0; } pending @ 0;
            reg peek_t { field { sw = r; } f[3:0] = 0; };
            reg force_t { field { woset; } f[3:0] = 0; };
            alias pending peek_t peek @ 4;
            alias pending force_t force @ 8;
        };"""
    ).top(Tape())
    assert (block.pending.ALIAS, block.peek.ALIAS, block.force.ALIAS) == ("", "pending", "pending")
    assert hasattr(block.pending, "clear")
    assert hasattr(block.force, "set")
    assert not hasattr(block.peek, "write")


def test_overlapping_read_only_and_write_only_fields(load: Load, tape: Tape) -> None:
    block = load(
        """addrmap t { reg {
            field { sw = r; hw = w; } state[7:0];
            field { sw = w; onwrite = woset; } command[7:0] = 0;
            field { sw = rw; } mode[11:8] = 0;
        } x; };"""
    ).top(tape)
    tape.write(0, 0x3FF)
    tape.told()
    block.x.modify(mode=5)
    assert tape.told() == [("r", 0, 4), ("w", 0, 0x500, 4)], "the state read is no command to write"
    assert not hasattr(block.x.Value(0), "command")


def test_memories_of_any_width(load: Load, tape: Tape) -> None:
    chip = load("everything.rdl").top(tape)
    chip.table.write(2, [0xABCDEF, 1])
    assert tape.told() == [("W", 0x3008, (0xABCDEF, 1))]
    tape.write(0x3008, 0xFFABCDEF)
    assert chip.table.read(2, 2) == [0xABCDEF, 1], "24 bits in a place of 32"
    with pytest.raises(OutOfRange):
        chip.table.write(0, [1 << 24])
    with pytest.raises(OutOfRange):
        chip.table.read(15, 2)
    assert len(chip.log) == 8
    assert not hasattr(chip.log, "write")
    tape.write(0x308C, 1)
    assert chip.log.read(1) == [1 << 32]
    widths = (1, 7, 8, 9, 16, 33, 65, 256)
    body = "".join(f"external mem {{ mementries = 4; memwidth = {w}; }} m{w}; " for w in widths)
    bus = Tape()
    block = load(f"addrmap t {{ {body} }};").top(bus)
    for width in widths:
        memory = getattr(block, f"m{width}")
        memory.write(1, [(1 << width) - 1, 1])
        assert memory.read(0, 4) == [0, (1 << width) - 1, 1, 0]
        bus.write(memory.address, 0xFF, 1)
        assert memory.read(0) == [0xFF & (1 << width) - 1], "what lies beside an entry is not part of it"
        assert max(1 << (width - 1).bit_length(), 8) // 8 == memory.STRIDE


def test_virtual_registers_stand_beside_their_memory(load: Load, tape: Tape) -> None:
    ring = load("everything.rdl").top(tape).ring
    ring.head.write(valid=True, next_one=3)
    assert ring.memory.read(0) == [0x31]
    ring.memory.write(3, [7])
    assert ring.entries[1].read().length == 7
    assert ring.entries[1].path == "ring.entries[1]"


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


def test_ispresent_false_is_not_there(load: Load) -> None:
    block = load(
        """addrmap t #(boolean more = false) {
            reg { field {} a; field { ispresent = more; } b; } x; reg { ispresent = false; field {} c; } y;
        };"""
    ).top(Tape())
    assert [child.name for child in block.CHILDREN] == ["x"]
    assert [f.name for f in block.x.Value.FIELDS] == ["a"]


def test_parameterised_types_are_types_of_their_own(load: Load) -> None:
    block = load(
        """addrmap t {
            reg fifo #(longint unsigned WIDTH = 4) { field {} level_now[WIDTH] = 0; };
            fifo small; fifo #(.WIDTH(9)) large;
        };"""
    ).top(Tape())
    assert block.small.Value.FIELDS[0].width == 4
    assert block.large.Value.FIELDS[0].width == 9
    assert type(block.large).__name__ == "FifoWidth9"


def test_addresses_follow_every_allocation_rule(load: Load) -> None:
    block = load(
        """addrmap t { alignment = 8;
            reg r8 { regwidth = 8; field {} x[7:0]; }; reg r64 { regwidth = 64; field {} x[7:0]; };
            r8 a; r64 b %= 0x40; r8 c[2][3] @ 0x100 += 0x8; r8 d;
        };"""
    ).top(Tape())
    places = {name: offset for name, offset, _ in registers(type(block))}
    assert places["b"] == 0x40
    assert places["c[1][2]"] == 0x100 + 5 * 8
    assert places["d"] == 0x130
    assert block.c[1][0].address == 0x118


def test_reset_values_by_number_reference_or_none(load: Load) -> None:
    block = load(
        """addrmap t { reg { field {} a[3:0] = 7; field {} b[7:4]; field {} c[11:8] = 0; } x;
            x.c->reset = x.a; };"""
    ).top(Tape())
    a, b, c = block.x.Value.FIELDS
    assert (a.reset, b.reset, c.reset) == (7, None, None)
    assert c.props == {"reset": "x.a"}
    assert inspect.signature(block.x.write).parameters["value"].default == 7


def test_effects_are_sets_of_which_none_is_forgotten(load: Load) -> None:
    block = load(
        """`include "bedplate.rdl"
        addrmap t {
            reg { field { effect = "loses_data"; } a; field { effect = "permanent,electrical"; } b; field {} c; } of_fields;
            reg { effect = "electrical  permanent"; field { effect = " loses_data , none"; } a; } of_both;
            reg { default effect = "permanent"; field { sw = r; effect = "opens_security"; } a; field {} b; } unwritable;
            reg { effect = "none"; field { effect = "none"; } a; } nothing;
            reg { field {} a; field {} b; } later;
            later.b->effect = "permanent";
        };"""
    ).top(Tape())
    loses, both = Effect.LOSES_DATA, Effect.PERMANENT | Effect.ELECTRICAL
    assert block.of_fields.OWN_EFFECT is Effect.NONE
    assert block.of_fields.EFFECT.words == "loses data, permanent, electrical"
    assert [f.effect for f in block.of_fields.Value.FIELDS] == [loses, both, Effect.NONE]
    assert block.of_both.OWN_EFFECT.words == "permanent, electrical"
    assert block.of_both.EFFECT.words == "loses data, permanent, electrical"
    assert block.unwritable.EFFECT is block.later.EFFECT is Effect.PERMANENT
    assert block.nothing.EFFECT is Effect.NONE
    assert not any("effect" in f.props for f in block.of_fields.Value.FIELDS)
    assert block.of_both.PROBE is Probe.SAFE


def test_an_alias_has_the_effects_of_what_it_shows(load: Load) -> None:
    block = load(
        """`include "bedplate.rdl"
        reg set_t { field { onwrite = woset; } a; };
        reg beside_t { effect = "loses_data"; field {} b[1:1]; };
        addrmap t {
            reg { effect = "electrical"; field { effect = "permanent"; } a; field {} b; } primary;
            alias primary set_t setting @ 0x4;
            alias primary beside_t beside @ 0x8;
        };"""
    ).top(Tape())
    assert effect_of_write(type(block.setting), 0) is Effect.ELECTRICAL
    assert effect_of_write(type(block.setting), 1) == Effect.ELECTRICAL | Effect.PERMANENT
    assert block.beside.EFFECT == Effect.ELECTRICAL | Effect.LOSES_DATA


def props(block: object, path: str) -> dict[str, object]:
    *way, field = path.split(".")
    for name in way:
        block = getattr(block, name)
        block = block[0] if isinstance(block, tuple) else block
    return dict(next(f.props for f in block.Value.FIELDS if f.name == field))  # type: ignore[attr-defined]


def test_every_property_that_decides_what_software_sees_is_kept(load: Load) -> None:
    block = load(
        """property buffer_reads { component = reg; type = boolean; };
        addrmap t {
            default hw = rw;
            signal { activelow; async; } por_n; signal {} lock; signal {} bus4[4];
            signal { activehigh; field_reset; } soft_reset;
            reg { field {} on[0:0] = 0; field {} en[7:4] = 0; field {} class[9:9] = 0; } global_ctrl;
            regfile {
                signal { activehigh; field_reset; } local_reset;
                reg { field { swmod; swacc; paritycheck; } a[3:0] = 0; field {} b[7:4] = 0; } one;
                reg { field { hwset; } s; field { hwclr; we; } c; field { precedence = hw; } p; } two[3];
                one.b->next = one.a;
            } rf;
            rf.two.s->hwclr = global_ctrl.on;
            reg { field { level intr; sticky; } whole[7:4] = 0; field { posedge intr; } bit_[0:0] = 0;
                  field { nonsticky intr; } wire_[1:1] = 0; field { negedge intr; haltmask = bus4; } neg[11:8] = 0; } intr_regs;
            intr_regs.whole->enable = global_ctrl.en;
            intr_regs.bit_->mask = global_ctrl.on;
            intr_regs.whole->haltenable = global_ctrl.en;
            reg { field { counter; incrsaturate; threshold = 200; } up[7:0] = 0;
                  field { counter; decrvalue = 2; underflow; } down[15:8] = 0;
                  field { counter; incrwidth = 2; decrwidth = 3; decrsaturate = 5; overflow; } both[23:16] = 0;
                  field { counter; incrvalue = 3; } by3[31:24] = 0; } counts;
            reg { field { counter; } only_down[7:0] = 0; field { counter; } plain[15:8] = 0; } more_counts;
            more_counts.only_down->decr = lock;
            counts.by3->incr = counts.up->incrthreshold;
            counts.down->decr = rf.one.a->swmod;
            reg { buffer_reads; regwidth = 64; accesswidth = 32;
                  field { hwmask = lock; } m; field { hwenable = lock; } e; field { resetsignal = por_n; } r1; } misc;
            misc.e->swwe = global_ctrl.class;
            misc.m->swwel = lock;
            reg { field { sw = rw; swwe; } a; field { wel; donttest; } b; } last;
            reg { donttest; field { precedence = sw; } a; } untested;
            regfile { dontcompare; reg { field {} a; } x; } uncompared;
            reg { field { hw = r; } x; field {} y; x->hwset = y; } selves[2];
        };""".replace("}; \n", "};\n")
        .replace("self[2]", "selves[2]")
        .replace("misc.r1->anded; misc.r1->ored; misc.r1->xored;", "")
    ).top(Tape())
    assert props(block, "rf.one.a") == {
        "swmod": True,
        "swacc": True,
        "paritycheck": True,
        "resetsignal": "signal:local_reset",
    }
    assert props(block, "rf.one.b")["next"] == "one.a"
    assert props(block, "rf.two.s") == {
        "hwset": True,
        "hwclr": "../global_ctrl.on",
        "resetsignal": "signal:local_reset",
    }
    assert props(block, "rf.two.p")["precedence"] == "hw"
    assert props(block, "rf.two.c").keys() == {"hwclr", "we", "resetsignal"}
    assert props(block, "intr_regs.whole") == (
        {"intr": "level", "sticky": True, "enable": "global_ctrl.en", "haltenable": "global_ctrl.en"}
    )
    assert props(block, "intr_regs.bit_") == {"intr": "posedge", "stickybit": True, "mask": "global_ctrl.on"}
    assert props(block, "intr_regs.wire_") == {"intr": "level", "stickybit": False}
    assert props(block, "intr_regs.neg") == {"intr": "negedge", "stickybit": True, "haltmask": "signal:bus4"}
    assert props(block, "counts.up") == {"counter": True, "incrsaturate": True, "incrthreshold": 200, "incrvalue": 1}
    assert props(block, "counts.down") == (
        {"counter": True, "decrvalue": 2, "underflow": True, "decr": "rf.one.a->swmod"}
    )
    assert props(block, "counts.both") == (
        {"counter": True, "incrwidth": 2, "decrwidth": 3, "decrsaturate": 5, "overflow": True}
    )
    assert props(block, "more_counts.only_down") == {"counter": True, "decr": "signal:lock", "decrvalue": 1}
    assert props(block, "more_counts.plain") == {"counter": True, "incrvalue": 1}, "a bare counter counts up"
    assert props(block, "counts.by3") == {"counter": True, "incrvalue": 3, "incr": "counts.up->incrthreshold"}
    assert props(block, "misc.m") == {"buffer_reads": True, "hwmask": "signal:lock", "swwel": "signal:lock"}
    assert props(block, "misc.e") == {"buffer_reads": True, "hwenable": "signal:lock", "swwe": "global_ctrl.class_"}
    assert props(block, "misc.r1")["resetsignal"] == "signal:por_n"
    assert props(block, "last.a") == {"swwe": True}
    assert props(block, "last.b") == {"wel": True, "donttest": True}
    assert props(block, "untested.a") == {"donttest": True}
    assert props(block, "uncompared.x.a") == {"dontcompare": True}
    assert props(block, "selves.x") == {"hwset": "selves[].y"}, "in an array: the same element"
    assert props(block, "global_ctrl.on") == {}, "nothing where everything is the default"


def test_references_climb_out_of_register_files(load: Load) -> None:
    block = load(
        """addrmap t {
            reg { field {} on; } global_en;
            regfile { regfile { reg { field { hw = w; intr; } f; } deep; } mid; } outer[2];
            outer.mid.deep.f->enable = global_en.on;
            reg { field { hw = w; intr; } f; } flat;
            flat.f->mask = outer[1].mid.deep.f;
        };"""
    ).top(Tape())
    assert props(block, "outer.mid.deep.f")["enable"] == "../../global_en.on"
    assert props(block, "flat.f")["mask"] == "outer[1].mid.deep.f"


def test_surroundings_that_change_what_software_sees(load: Load) -> None:
    module = load(
        """property tag { component = all; type = string; };
        property is_signed { component = field; type = boolean; default = true; };
        addrmap leaf { rsvdset; sharedextbus; reg { tag = "x"; shared; field { tag = "y"; is_signed; } f[8]; } x; };
        addrmap top { bridge; bigendian; leaf a @ 0; leaf b @ 0; };"""
    )
    block = module.top(Tape())
    assert block.a.x.RSVDSET
    assert block.a.x.Value.FIELDS[0].props == {"is_signed": True}
    assert block.a.x.BIG_ENDIAN, "an inner map is in its outer one's byte order"
    notes = "\n".join(map(str, module.result.notes))
    for word in ("bridge", "sharedextbus", "shared with", "'tag' is not expressed (and ", "'is_signed' stands in"):
        assert word in notes
    assert "swacc" in str(load("addrmap t { reg { field { sw = r; swacc; } f; } x; };").result.notes)


def test_an_interrupt_block_with_triggers_counters_and_aggregation(load: Load, tape: Tape) -> None:
    """The shape that open roots of trust use: properties of properties, pulses that count, an aggregate per kind."""
    block = load(
        """addrmap t { regfile irq {
            reg status_t { default precedence = hw; default hw = w; default hwset = true; default sw = rw; default woclr = true;
                           default level intr; field {} done = 0; field {} fail = 0; };
            reg trigger_t { default hw = na; default woset = true; default singlepulse = true; field {} done = 0; field {} fail = 0; };
            reg pulse_t { default hw = w; default sw = r; default hwset = true; default counter; field { decrvalue = 1; } pulse = 0; };
            reg count_t { default hw = na; default counter; field { incrvalue = 1; incrsaturate; } cnt[32] = 0; };
            reg total_t { field { hw = w; sw = r; nonsticky intr; } any = 0; };
            reg enable_t { default hw = na; field {} done = 0; field {} fail = 0; };
            enable_t enable_r; status_t status; trigger_t trigger; total_t total;
            count_t done_count @ 0x100; count_t fail_count; pulse_t done_incr @ 0x200; pulse_t fail_incr;
            status.done->enable = enable_r.done;
            status.done->next = trigger.done;
            total.any->next = status->intr;
            done_incr.pulse->hwset = status.done->hwset;
            done_incr.pulse->next = status.done->next;
            done_incr.pulse->we = status.done->next;
            done_incr.pulse->decr = done_incr.pulse;
            done_count.cnt->incr = done_incr.pulse;
        }; irq irq @ 0x800; };"""
    ).top(tape)
    assert props(block, "irq.status.done") == (
        {"intr": "level", "stickybit": True, "enable": "enable_r.done", "next": "trigger.done"}
        | {"hwset": True, "precedence": "hw"}
    )
    assert props(block, "irq.total.any") == {"intr": "level", "stickybit": False, "next": "status->intr"}
    assert props(block, "irq.done_incr.pulse") == (
        {"counter": True, "decrvalue": 1, "decr": "done_incr.pulse", "hwset": "status.done->hwset"}
        | {"next": "status.done->next", "we": "status.done->next"}
    )
    assert props(block, "irq.done_count.cnt")["incr"] == "done_incr.pulse"
    block.irq.trigger.pulse(done=True)
    block.irq.status.clear(fail=True)
    assert tape.told() == [("w", 0x808, 1, 4), ("w", 0x804, 2, 4)]
    assert not hasattr(block.irq.trigger, "set")
    assert not hasattr(block.irq.trigger, "modify")


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


def test_what_the_compiler_forgets_or_handles_cannot_show_is_noted(load: Load) -> None:
    notes = load(
        """// constraint of { nothing }
        addrmap t { rsvdsetX; reg { field { desc = "constraint x { f < 3; };"; } f[3:0] = 0; } x; };"""
    ).result.notes
    assert [note.text.partition(":")[0] for note in notes] == ["'t'"]
    notes = load(
        "addrmap t { reg { field {} f[3:0] = 0; constraint { f < 12; } small; } x; constraint c { x.f > 0; }; };"
    ).result.notes
    assert ["constraints are not expressed" in note.text for note in notes] == [True]


def test_registers_that_no_aligned_access_reaches_are_noted(load: Load) -> None:
    notes = load(
        """addrmap t { reg { field {} f[8] = 0; } askew @ 0x11; reg { field {} f[8] = 0; } straight @ 0x20;
            reg { regwidth = 8; field {} f[8] = 0; } small[3] @ 0x31; reg { accesswidth = 16; field {} f = 0; } half @ 0x42; };"""
    ).result.notes
    assert ["askew" in str(note) for note in notes] == [True]


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
