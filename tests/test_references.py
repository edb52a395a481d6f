"""Properties that refer to others, in descriptions as real interrupt blocks write them; and memories with registers in them."""

from __future__ import annotations

import importlib
import pickle
import random
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from bedplate import gen
from bedplate.errors import ConfigError, RdlError
from bedplate.model import Model, RegisterModel
from bedplate.model.view import HardwareBlock
from bedplate.reg import Child, Field, Register, RegisterBlock, Value

Build = Callable[[str], "Device"]

_serial = count()


class Device:
    """A generated block over a register model: software's side by name, and `hw`."""

    def __init__(self, block: type[RegisterBlock]) -> None:
        self.registers = RegisterModel(block)
        self.hw = HardwareBlock(self.registers, block)
        self.sw = block(self)  # type: ignore[arg-type]

    def read(self, address: int, size: int = 4) -> int:
        return self.registers.read(address, size)

    def write(self, address: int, value: int, size: int = 4) -> None:
        self.registers.write(address, value, size)

    def read_block(self, address: int, count: int) -> list[int]:
        return [self.registers.read(address + 4 * i) for i in range(count)]

    def write_block(self, address: int, values: list[int]) -> None:
        for i, value in enumerate(values):
            self.registers.write(address + 4 * i, value)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(rdl: str) -> Device:
        name = f"referring_{next(_serial)}"
        (tmp_path / f"{name}.rdl").write_text(rdl)
        result = gen.generate([tmp_path / f"{name}.rdl"], out=tmp_path / name)
        importlib.invalidate_caches()
        module = importlib.import_module(name)
        monkeypatch.delitem(sys.modules, name, raising=False)
        sys.modules[name] = module
        return Device(getattr(module, result.top))

    return make


IRQ = """
addrmap t { regfile irq_t {
    reg status_t { default precedence = hw; default hw = w; default hwset = true; default sw = rw; default woclr = true;
                   default level intr; field {} done = 0; field {} fail = 0; };
    reg trigger_t { default hw = na; default woset = true; default singlepulse = true; field {} done = 0; field {} fail = 0; };
    reg pulse_t { default hw = w; default sw = r; default hwset = true; default counter; field { decrvalue = 1; } pulse = 0; };
    reg count_t { default hw = na; default counter; field { incrvalue = 1; incrsaturate; } cnt[2] = 0; };
    reg total_t { field { hw = w; sw = r; nonsticky intr; } any = 0; };
    reg enable_t { default hw = na; field {} done = 0; field {} fail = 0; };
    enable_t enable_r; status_t status; trigger_t trigger; total_t total; count_t seen; pulse_t seen_now;
    status.done->enable = enable_r.done; status.fail->enable = enable_r.fail;
    status.done->next = trigger.done; status.fail->next = trigger.fail;
    total.any->next = status->intr;
    seen_now.pulse->hwset = status.done->hwset; seen_now.pulse->next = status.done->next;
    seen_now.pulse->we = status.done->next; seen_now.pulse->decr = seen_now.pulse;
    seen.cnt->incr = seen_now.pulse;
}; irq_t irq[2]; };
"""


def test_a_trigger_register_raises_the_interrupt_and_is_counted_once(build: Build) -> None:
    chip = build(IRQ)
    irq, other = chip.sw.irq
    irq.enable_r.write(done=True)
    irq.trigger.pulse(done=True, fail=True)
    assert irq.status.read() == 3
    assert irq.total.read().any
    assert (irq.seen.read().cnt, irq.seen_now.read().pulse) == (1, False)
    irq.status.clear(done=True)
    assert irq.status.read() == 2
    assert not irq.total.read().any, "fail is not enabled"
    for _ in range(5):
        irq.trigger.pulse(done=True)
    assert irq.seen.read().cnt == 3, "saturated"
    assert other.status.read() == other.seen.read() == 0


def test_hardware_sets_the_same_interrupt_through_its_hwset(build: Build) -> None:
    """`next` is taken by the trigger, so driving the field means its `hwset`; whoever refers to that sees one clock."""
    chip = build(IRQ)
    chip.hw.irq[1].status.done = 1
    assert chip.sw.irq[1].status.read() == 1
    assert chip.sw.irq[1].seen.read().cnt == 1
    chip.registers.hwset("irq[1].status.done")
    assert chip.sw.irq[1].seen.read().cnt == 2
    chip.sw.irq[1].status.clear(done=True)
    assert chip.sw.irq[1].status.read() == 0, "no level that stays"
    chip.registers.signal("irq[1].status.fail.hwset", 1)
    assert chip.sw.irq[1].status.read() == 2


def test_elements_of_an_array_refer_to_themselves(build: Build) -> None:
    chip = build(
        """addrmap t { reg { default sw = rw; default hw = rw; field {} a[3:0] = 0; field {} b = 0; b->next = a->anded; } x[3];
            regfile { reg { field {} on = 0; } en; reg { field { hw = w; level intr; woclr; } f = 0; } st; st.f->enable = en.on;
            } ch[2][2]; reg { field { singlepulse; } go = 0; field { counter; sw = r; } n[8] = 0; n->incr = go; } y[2]; };"""
    )
    chip.sw.x[1].write(a=15)
    assert [r.read().b for r in chip.sw.x] == [False, True, False]
    chip.hw.ch[1][0].st.f = 1
    chip.hw.ch[1][1].st.f = 1
    chip.sw.ch[1][0].en.write(on=True)
    slots = chip.registers.plan.block.slots
    assert [chip.registers.active(slots[f"ch[1][{i}].st"]) for i in range(2)] == [1, 0]
    chip.sw.y[1].pulse(go=True)
    chip.sw.y[1].pulse(go=True)
    assert [r.read().n for r in chip.sw.y] == [0, 2]


def test_references_into_arrays_of_address_maps(build: Build) -> None:
    chip = build(
        """addrmap leaf { reg { field {} f[3:0] = 0; } x[2]; reg { field { hw = w; level intr; woclr; } e = 0; } irq; };
        addrmap t { leaf one[2]; leaf two[2][3];
            reg { default hw = w; default sw = r; field {} a[4] = 0; field {} b[4] = 0; field { nonsticky intr; } c = 0; } top;
            top.a->next = one[1].x[0].f; top.b->next = two[1][2].x[1].f; top.c->next = one[0].irq->intr; };"""
    )
    chip.sw.one[1].x[0].write(f=5)
    chip.sw.two[1][2].x[1].write(f=9)
    chip.hw.one[0].irq.e = 1
    value = chip.sw.top.read()
    assert (value.a, value.b, value.c) == (5, 9, True)


def test_properties_that_refer_to_what_others_were_given(build: Build) -> None:
    chip = build(
        """addrmap t { signal {} go; signal { activelow; } rst_n;
            reg { field {} a[3:0] = 6; field {} lock = 0; field {} en[7:6] = 0; } cfg;
            reg { default hw = w; default sw = rw; field {} constant[4] = 0; field {} chained[4] = 0; field { we; } gated = 0;
                  field { wel; } not_gated = 0; field {} reset_of[4] = 0; } x;
            x.constant->next = cfg.a->reset; x.chained->next = cfg.a; x.gated->we = cfg.lock; x.not_gated->wel = cfg.lock;
            reg { default hw = w; default sw = r; field {} inverse = 0; field {} also_inverse = 0; field {} next_of[4] = 0;
                  field {} saturated = 0; field {} step[4] = 0; } y;
            y.inverse->next = x.gated->wel; y.also_inverse->next = x.not_gated->we; y.next_of->next = x.chained->next;
            reg { field { counter; hw = r; sw = rw; incrsaturate = 9; incrvalue = 3; } n[4] = 0; } c;
            c.n->incr = go; y.saturated->next = c.n->incrsaturate; y.step->next = c.n->incrvalue;
            reg { field { hw = w; level intr; woclr; } p[1:0] = 0; field { hw = w; level intr; woclr; } q[3:2] = 0; } irq;
            irq.p->enable = cfg.en; irq.q->mask = irq.p->enable; };"""
    )
    assert (chip.sw.x.read().constant, chip.sw.x.read().chained) == (6, 6)
    assert (chip.sw.y.read().inverse, chip.sw.y.read().also_inverse) == (True, True)
    chip.sw.cfg.modify(lock=True, a=3)
    assert (chip.sw.x.read().constant, chip.sw.x.read().chained) == (6, 3)
    value = chip.sw.y.read()
    assert (value.inverse, value.also_inverse, value.next_of) == (False, False, 3)
    chip.hw.x.gated = chip.hw.x.not_gated = 1
    assert (chip.sw.x.read().gated, chip.sw.x.read().not_gated) == (True, False)
    assert chip.sw.y.read().step == 3
    for saturated in (False, False, True):
        chip.registers.signal("go", 1)
        chip.registers.signal("go", 0)
        assert chip.sw.y.read().saturated == saturated
    chip.hw.irq.q = 1
    assert chip.registers.active(chip.registers.plan.block.slots["irq"]) == 1
    chip.sw.cfg.modify(en=1)
    assert chip.registers.active(chip.registers.plan.block.slots["irq"]) == 0


def test_inputs_without_a_reference_belong_to_their_register_not_to_its_type(build: Build) -> None:
    chip = build(
        """addrmap t { reg lockable { field { swwe; } f[8] = 0; }; lockable a; lockable b[2];
            reg { field { hw = w; sw = r; } seen = 0; } c; c.seen->next = a.f->swwe; };"""
    )
    chip.registers.signal("a.f.swwe", 1)
    chip.registers.signal("b[1].f.swwe", 1)
    for register in (chip.sw.a, *chip.sw.b):
        register.write(f=7)
    assert [register.read().f for register in (chip.sw.a, *chip.sw.b)] == [7, 0, 7]
    assert chip.sw.c.read().seen


def test_a_write_enable_does_not_stop_hwset(build: Build) -> None:
    chip = build(
        """addrmap t { reg { field {} busy = 0; } x; reg { field { hw = rw; sw = r; hwset; wel; } err = 0; } y;
            y.err->wel = x.busy; y.err->next = x.busy; };"""
    )
    chip.sw.x.write(busy=True)
    chip.hw.y.err = 1
    assert chip.sw.y.read().err, "through its hwset; written it is not, while wel is high"
    chip.sw.x.write(busy=False)
    assert not chip.sw.y.read().err


def one_field(**props: object) -> RegisterModel:
    value = type("XValue", (Value,), {"NAME": "x", "FIELDS": (Field("f", 0, 4, hw="rw", props=props),)})
    register = type("X", (Register,), {"Value": value})
    children = (Child("x", 0, register), Child("y", 4, register, (2,), 4))
    return RegisterModel(type("Regs", (RegisterBlock,), {"CHILDREN": children, "SIZE": 12}))


@pytest.mark.parametrize(
    "path", ["x.f->hwclr", "x.f->nonsense", "x.g", "z.f", "y.f", "y[2].f", "y[].f", "x->halted", "x.f->enable"]
)
def test_what_leads_nowhere_is_said_with_its_place(path: str) -> None:
    with pytest.raises(ConfigError, match="nowhere") as caught:
        one_field(next=path)
    assert caught.value.where == "x"
    assert path in caught.value.what


def test_properties_in_a_circle_are_said_with_their_place() -> None:
    with pytest.raises(RdlError, match="circle") as caught:
        one_field(next="x.f->next")
    assert caught.value.where == "x.f"


def test_two_registers_of_one_name_are_refused() -> None:
    value = type("XValue", (Value,), {"NAME": "x", "FIELDS": (Field("f", 0, 4),)})
    register = type("X", (Register,), {"Value": value})
    inner = type("Inner", (RegisterBlock,), {"CHILDREN": (Child("x", 0, register),), "SIZE": 4})
    children = (Child("die1", 0, inner), Child("die", 4, inner, (2,), 4))
    with pytest.raises(ConfigError, match="two registers") as caught:
        RegisterModel(type("Regs", (RegisterBlock,), {"CHILDREN": children, "SIZE": 12}))
    assert caught.value.where == "Regs.die1.x"


# Virtual registers: they and their memory are one storage.

VIRTUAL = """
addrmap t { %s;
    external mem { mementries = 16; memwidth = 64; sw = rw;
        reg { regwidth = 64; field { hw = rw; } x[7:0]; field {} y[40:33]; } e[16]; } table @ 0x400;
    external mem { mementries = 16; memwidth = 128; sw = rw;
        reg { regwidth = 128; field { hw = rw; } x[7:0]; field {} y[100:93]; } e[8]; } wide @ 0x800;
    external mem { mementries = 8; memwidth = 32; sw = rw;
        reg { regwidth = 16; field {} x[7:0]; } e[3]; reg { regwidth = 8; field { sw = r; } z[8]; } z @ 12; } odd @ 0x1000;
    external mem { mementries = 4; memwidth = 32; sw = r; reg { field { sw = r; } x[7:0]; } e[3]; } rom @ 0x1100;
};"""


@pytest.mark.parametrize("order", ["littleendian", "bigendian"])
def test_virtual_registers_and_their_memory_share_their_storage(build: Build, order: str) -> None:
    chip = build(VIRTUAL % order)
    rng = random.Random(1)
    for name in ("table", "wide"):
        sw, hw = getattr(chip.sw, name), getattr(chip.hw, name)
        for entry in range(8):
            value = rng.getrandbits(sw.memory.WIDTH)
            sw.memory.write(entry, [value])
            assert sw.memory.read(entry) == [value], "bits without a field too"
            assert sw.e[entry].read() == value
            assert (hw.memory[entry], int(hw.e[entry])) == (value, value)
            sw.e[entry].modify(x=5)
            assert sw.memory.read(entry) == [value & ~0xFF | 5]
            hw.e[entry].x = 9
            assert hw.memory[entry] & 0xFF == 9
            hw.memory[entry] = 77
            assert sw.e[entry].read() == 77
    copy = pickle.loads(pickle.dumps(chip.registers))
    assert copy.state() == chip.registers.state()
    assert copy.memories[0].get(3) == 77


def test_registers_may_cover_a_part_of_an_entry(build: Build) -> None:
    chip = build(VIRTUAL % "littleendian")
    chip.sw.odd.memory.write(0, [0x11223344] * 4)
    assert chip.sw.odd.memory.read(0, 4) == [0x11223344] * 3 + [0x11223300], "z cannot be written"
    chip.sw.odd.e[1].modify(x=0x99)
    assert chip.sw.odd.memory.read(0) == [0x11993344]
    assert chip.sw.odd.e[2].read() == 0x3344
    chip.registers.reset()
    assert chip.sw.odd.memory.read(0) == [0x11993344], "a memory has no reset"
    chip.registers.reset(power=True)
    assert chip.sw.odd.memory.read(0) == [0]
    chip.hw.rom.memory[1] = 0xAABB
    chip.registers.write(0x1104, 1)
    assert chip.sw.rom.e[1].read() == 0xAABB
    assert chip.sw.rom.memory.read(1) == [0xAABB]


def test_a_behaviour_can_be_made_for_any_generated_block(build: Build) -> None:
    for text in (IRQ, VIRTUAL % "bigendian"):
        block = build(text).registers.block
        model = type("Behaviour", (Model,), {"regs": block})()
        rng = random.Random(2)
        plan = model.registers.plan.block
        for _ in range(500):
            slot = rng.randrange(len(plan.names))
            at, size = plan.offsets[slot], plan.plans[slot].part
            if rng.random() < 0.5:
                model.registers.read(at, size)
            else:
                model.registers.write(at, rng.getrandbits(8 * size), size)
        model.reset("test")
