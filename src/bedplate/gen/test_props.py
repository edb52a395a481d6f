"""Properties of a description that decide what software sees, effects and resets among them."""

from __future__ import annotations

import inspect

from bedplate.gen.conftest import Load, Tape
from bedplate.reg import Effect, Probe, effect_of_write


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
    assert block.a.x.Value.FIELDS[0].props == {}
    assert block.a.x.Value.FIELDS[0].signed
    assert block.a.x.BIG_ENDIAN, "an inner map is in its outer one's byte order"
    notes = "\n".join(map(str, module.result.notes))
    for word in ("bridge", "sharedextbus", "shared with", "'tag' is not expressed (and "):
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


PORTS = """
`include "bedplate.rdl"
addrmap ports {
    external reg { desc = "Pops the receive FIFO."; field { sw = r; hw = w; } data[31:0]; } rx @ 0x0;
    reg { field { sw = r; hw = w; swacc; } data[31:0]; } pop @ 0x4;
    external reg { probe = "safe"; field { sw = r; hw = w; } now[8]; } filled @ 0x8;
    reg { probe = "safe"; field { sw = r; hw = w; swacc; } seen[8]; } seen @ 0xc;
    external reg { field { sw = w; } data[32]; } tx @ 0x10;
    external reg { field { sw = rw; onwrite = woclr; hw = na; } done; field { sw = w; singlepulse; } go = 0; } both @ 0x14;
    external mem { mementries = 4; memwidth = 32; reg { field { sw = rw; } owner[8]; } ring @ 0x0; } ram @ 0x40;
    external regfile { reg { field { sw = rw; hw = r; } on; } ctrl; reg { field { sw = r; hw = w; swacc; } data[32]; } port; } dma @ 0x80;
};"""


def test_who_may_act_on_a_read_is_taken_and_left_out_of_dumps(load: Load, tape: Tape) -> None:
    """What is external by itself, and what hardware notices; an external block is what its author says it is."""
    module = load(PORTS)
    block = module.top(tape)
    doubtful = [block.rx, block.pop, block.both, block.dma.port]
    assert [one.PROBE for one in doubtful] == [Probe.DOUBTFUL] * 4
    assert not any(hasattr(one, "read") or hasattr(one, "wait") or hasattr(one, "modify") for one in doubtful)
    assert all(hasattr(one, "take") for one in doubtful)
    assert "may have an effect: nobody says which" in (type(block.rx).take.__doc__ or "")
    block.tx.write(data=1)
    block.ram.memory.read(0)
    block.dma.ctrl.modify(on=True)
    tape.told()
    dump = block.dump()
    assert {*dump} == {"filled", "seen", "ram.ring", "dma.ctrl"}
    assert dump.left_out["rx"] == dump.left_out["pop"] == "reading it may have an effect: nobody says which"
    assert dump.left_out["tx"] == "it cannot be read"
    told = "\n".join(map(str, module.result.notes))
    assert "reading 'rx' may have an effect (it is external)" in told
    assert "reading 'pop' may have an effect (hardware notices: swacc of data)" in told


def test_an_effect_that_is_described_is_what_it_is(load: Load) -> None:
    block = load("addrmap t { external reg { field { onread = rclr; hw = w; } f; } a; };").top(Tape())
    assert block.a.PROBE is Probe.CLEARS


def test_documentation_is_plain_text(load: Load) -> None:
    module = load(
        """addrmap t { reg { name = "[i]Level[/i]"; desc = "[b]Fill[/b] level of [color=red]entry[i] of [instname][/color].[br]See [url=http://x]here[/url];
        [lb]0[rb] is [code]empty[/code]. [list][*]one[*]two[/list] mask[p]"; field { desc = "bit[b] of it"; } f; } a; };"""
    )
    doc = module.top(Tape()).a.__class__.__doc__ or ""
    for said in ("Level", "Fill level of entry[i] of a.", "See here;", "[0] is empty.", "- one", "mask[p]"):
        assert said in doc
    assert "bit[b] of it" in (module.top(Tape()).a.Value.f.__doc__ or "")
