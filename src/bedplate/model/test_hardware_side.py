"""What hardware does to fields, and who wins when software acts in the same clock cycle (SystemRDL 2.0, 9.5, 9.6, 9.8)."""

from __future__ import annotations

import itertools

import pytest

from bedplate.errors import AccessError, NotWritable, OutOfRange, RdlError
from bedplate.model import RegisterModel
from bedplate.reg import Child, Field, Register, RegisterBlock, Value


def model_of(**registers: tuple[Field, ...]) -> RegisterModel:
    children = []
    for i, (name, fields) in enumerate(registers.items()):
        value = type(f"{name}Value", (Value,), {"NAME": name, "FIELDS": fields})
        children.append(Child(name, 4 * i, type(name, (Register,), {"Value": value})))
    return RegisterModel(type("Regs", (RegisterBlock,), {"CHILDREN": tuple(children), "SIZE": 4 * len(children)}))


def drive(registers: RegisterModel, name: str, value: int) -> None:
    register, _, field = name.partition(".")
    slot = registers.plan.block.slots[register]
    registers.drive(slot, registers.plan.block.plans[slot].fields[field], value)


@pytest.mark.parametrize("sw", ["rw", "r", "w", "na"])
@pytest.mark.parametrize("hw", ["rw", "w"])
@pytest.mark.parametrize("props", [{}, {"we": True}, {"wel": True}])
def test_hardware_writes_what_it_may_write(sw, hw, props):
    registers = model_of(reg=(Field("field", 4, 8, sw=sw, hw=hw, props=props),))
    drive(registers, "reg.field", 0x5A)
    assert registers.words == [0x5A0]


@pytest.mark.parametrize("hw", ["r", "na"])
def test_hardware_cannot_drive_what_it_only_reads(hw):
    registers = model_of(reg=(Field("field", 0, 8, sw="rw", hw=hw),))
    with pytest.raises(NotWritable, match="hardware cannot drive"):
        drive(registers, "reg.field", 1)


def test_value_that_does_not_fit_is_refused():
    registers = model_of(reg=(Field("field", 0, 3, hw="rw"),))
    with pytest.raises(OutOfRange):
        drive(registers, "reg.field", 8)
    with pytest.raises(OutOfRange):
        drive(registers, "reg.field", -1)


def test_hwset_and_hwclr_act_on_the_whole_field():
    both = Field("field", 0, 4, hw="r", props={"hwset": True, "hwclr": True})
    registers = model_of(reg=(both,))
    drive(registers, "reg.field", 1)
    assert registers.words == [0xF]
    drive(registers, "reg.field", 0)
    assert registers.words == [0]
    with pytest.raises(NotWritable) as refused:
        drive(registers, "reg.field", 0b0100)
    assert "as a whole" in refused.value.next


@pytest.mark.parametrize(("prop", "possible", "impossible"), [("hwset", 1, 0), ("hwclr", 0, 1)])
def test_hwset_alone_cannot_clear_nor_hwclr_alone_set(prop, possible, impossible):
    registers = model_of(reg=(Field("busy", 0, 1, hw="r", props={prop: True}),))
    drive(registers, "reg.busy", possible)
    with pytest.raises(NotWritable):
        drive(registers, "reg.busy", impossible)


def test_hwset_beside_hardware_write():
    registers = model_of(reg=(Field("field", 0, 4, hw="rw", props={"hwset": True}),))
    registers.hwset("reg.field")
    assert registers.words == [0xF]
    drive(registers, "reg.field", 5)
    assert registers.words == [5]
    with pytest.raises(NotWritable):
        registers.hwset("reg.field", on=False)


@pytest.mark.parametrize(("prop", "expected"), [("hwenable", 0x0A), ("hwmask", 0xA0)])
def test_hardware_writes_only_enabled_bits(prop, expected):
    registers = model_of(reg=(Field("field", 0, 8, hw="rw", props={prop: "bits.bits"}),), bits=(Field("bits", 0, 8),))
    registers.write(4, 0x0F)
    drive(registers, "reg.field", 0xAA)
    assert registers.words[0] == expected


@pytest.mark.parametrize(("prop", "level", "written"), [("we", 1, 1), ("we", 0, 0), ("wel", 0, 1), ("wel", 1, 0)])
def test_write_enable_by_reference(prop, level, written):
    registers = model_of(reg=(Field("field", 0, 8, hw="rw", props={prop: "en.en"}),), en=(Field("en", 0, 1),))
    registers.write(4, level)
    drive(registers, "reg.field", 0x77)
    assert registers.words[0] == (0x77 if written else 0)


KINDS = {None: 0x0F, "woset": 0x3F, "woclr": 0x30, "wot": 0x3C, "wzc": 0x03, "wclr": 0, "wset": 0xFF}


@pytest.mark.parametrize("precedence", ["hw", "sw"])
@pytest.mark.parametrize("onwrite", KINDS)
def test_software_and_hardware_write_in_the_same_cycle(precedence, onwrite):
    """Hardware with precedence wins every bit it drives; otherwise it gets those that software leaves alone."""
    field = Field("field", 0, 8, hw="rw", onwrite=onwrite, props={"precedence": precedence, "we": True})
    registers = model_of(reg=(field,))
    old, data, driven = 0x33, 0x0F, 0x55
    registers.words[0] = old
    registers.coincide("reg.field", driven)
    registers.write(0, data)
    acted = {None: 0xFF, "wclr": 0xFF, "wset": 0xFF, "wzc": 0xF0}.get(onwrite, 0x0F)
    alone = KINDS[onwrite]
    assert registers.words[0] == (driven if precedence == "hw" else alone & acted | driven & ~acted & 0xFF)
    registers.write(0, 0x0F)
    assert not registers.coinciding, "it happens once"


@pytest.mark.parametrize("precedence", ["hw", "sw"])
@pytest.mark.parametrize(
    ("side", "onwrite", "data"), [("hwset", "woclr", 1), ("hwclr", "woset", 1), ("hwset", None, 0)]
)
def test_set_and_clear_in_the_same_cycle(precedence, side, onwrite, data):
    """The classic race: software clears a flag in the very cycle in which hardware sets it again."""
    field = Field("flag", 0, 1, hw="r", onwrite=onwrite, props={"precedence": precedence, side: True})
    registers = model_of(reg=(field,))
    hardware = int(side == "hwset")
    for old in (0, 1):
        registers.words[0] = old
        registers.coincide("reg.flag", hardware)
        registers.write(0, data)
        assert registers.words[0] == (hardware if precedence == "hw" else 1 - hardware)


@pytest.mark.parametrize(("precedence", "left"), [("hw", 1), ("sw", 0)])
def test_clear_on_read_in_the_cycle_of_an_event(precedence, left):
    """Software reads what was there before; with precedence the event survives the clearing."""
    registers = model_of(
        reg=(Field("flag", 0, 1, hw="r", onread="rclr", props={"precedence": precedence, "hwset": True}),)
    )
    registers.coincide("reg.flag", 1)
    assert registers.read(0) == 0
    assert registers.words[0] == left


def test_coincidence_with_bits_that_software_leaves_alone():
    """Clearing one flag never loses the event of its neighbour in the same field and cycle."""
    field = Field("flags", 0, 8, hw="w", onwrite="woclr", props={"intr": "posedge", "stickybit": True})
    registers = model_of(reg=(field,))
    drive(registers, "reg.flags", 0x01)
    drive(registers, "reg.flags", 0x00)
    registers.coincide("reg.flags", 0x80)
    registers.write(0, 0x01)
    assert registers.words[0] == 0x80


def test_sticky_field_takes_an_event_in_the_cycle_in_which_it_is_cleared():
    """With precedence the whole value is taken; it could not be while the old one was there, were it not cleared."""
    field = Field("cause", 0, 4, hw="w", onwrite="woclr", props={"intr": "posedge", "sticky": True, "precedence": "hw"})
    registers = model_of(reg=(field,))
    registers.coincide("reg.cause", 0b0110)
    registers.write(0, 0b1111)
    assert registers.words == [0b0110]
    drive(registers, "reg.cause", 0)
    registers.coincide("reg.cause", 0b1001)
    registers.write(0, 0b1111)
    assert registers.words == [0], "latched already: the event came too late for it"


@pytest.mark.parametrize("precedence", ["hw", "sw"])
def test_set_and_clear_and_write_inputs_in_the_cycle_of_a_write(precedence):
    """Of what hardware does at once, writing a value comes before setting, and setting before clearing."""
    props = {"precedence": precedence, "we": True, "hwset": True, "hwclr": True}
    registers = model_of(reg=(Field("field", 0, 8, hw="rw", props=props),))
    for events, driven in (
        (("hwset", "hwclr"), 0xFF),
        (("hwclr", "hwset"), 0xFF),
        (("hwclr", ""), 0x5A),
        (("hwclr",), 0),
    ):
        for side in events:
            registers.coincide("reg.field", 1 if side else 0x5A, side)
        registers.write(0, 0x33)
        assert registers.words[0] == (driven if precedence == "hw" else 0x33)


def test_an_input_that_the_field_does_not_have_cannot_coincide():
    registers = model_of(reg=(Field("field", 0, 8, hw="rw"),))
    for side in ("hwset", "hwclr", "incr", "decr"):
        with pytest.raises(NotWritable, match=side):
            registers.coincide("reg.field", 1, side)


def test_a_counter_counts_on_from_what_software_wrote_in_the_same_cycle():
    """No event is lost, whether software writes the counter or clears it by reading."""
    props = {"counter": True, "incrvalue": 1, "decrvalue": 1}
    registers = model_of(
        rw=(Field("count", 0, 8, props=props),), clears=(Field("count", 0, 8, onread="rclr", props=props),)
    )
    registers.coincide("rw.count", 2, "incr")
    registers.write(0, 10)
    assert registers.words[0] == 12
    registers.coincide("rw.count", 1, "incr")
    registers.coincide("rw.count", 4, "decr")
    registers.write(0, 10)
    assert registers.words[0] == 7
    registers.words[1] = 9
    registers.coincide("clears.count", 1, "incr")
    assert registers.read(4) == 9
    assert registers.words[1] == 1


def test_next_follows_its_source_at_all_times():
    follower = Field("copy", 0, 8, sw="r", hw="w", props={"next": "src.value"})
    registers = model_of(src=(Field("value", 0, 8, reset=3),), dst=(follower,))
    assert registers.read(4) == 3
    registers.write(0, 0x42)
    assert registers.read(4) == 0x42
    registers.reset()
    assert registers.read(4) == 3


@pytest.mark.parametrize("output", ["anded", "ored", "xored"])
def test_reductions(output):
    oracle = {"anded": lambda v: v == 7, "ored": lambda v: v != 0, "xored": lambda v: bin(v).count("1") % 2 == 1}[
        output
    ]
    copy = Field("copy", 0, 1, sw="r", hw="w", props={"next": f"src.value->{output}"})
    registers = model_of(src=(Field("value", 4, 3, props={output: True}),), dst=(copy,))
    for value in range(8):
        registers.write(0, value << 4)
        assert registers.read(4) == oracle(value)


def test_hwset_by_reference_is_a_level():
    """While the source is 1 software cannot keep the flag clear; hwset wins over hwclr."""
    flag = Field("flag", 0, 1, hw="r", onwrite="woclr", props={"hwset": "src.set", "hwclr": "src.clr"})
    registers = model_of(src=(Field("set", 0, 1), Field("clr", 1, 1)), dst=(flag,))
    registers.write(0, 1)
    registers.write(4, 1)
    assert registers.read(4) == 1
    registers.write(0, 3)
    assert registers.read(4) == 1
    registers.write(0, 0)
    registers.write(4, 1)
    assert registers.read(4) == 0
    registers.write(0, 1)
    registers.write(0, 2)
    assert registers.read(4) == 0


@pytest.mark.parametrize(
    ("strobe", "reads", "writes"), [("swmod", 0, 1), ("swacc", 1, 1), ("rd_swacc", 1, 0), ("wr_swacc", 0, 1)]
)
def test_access_strobes(strobe, reads, writes):
    """9.6: `swacc` tells of every access, `swmod` of those that can modify the field."""
    counter = Field("count", 0, 8, sw="r", hw="r", props={"counter": True, "incr": f"src.value->{strobe}"})
    registers = model_of(src=(Field("value", 0, 8), Field("other", 8, 8)), dst=(counter,))
    registers.read(0)
    assert registers.words[1] == reads
    registers.write(0, 5)
    assert registers.words[1] == reads + writes
    registers.write(1, 5, 1)
    assert registers.words[1] == reads + writes + (strobe in ("swacc", "wr_swacc")), (
        "swmod looks at the lanes of its field"
    )


def test_a_strobe_sets_a_flag():
    """An access can set, clear or trigger fields elsewhere."""
    registers = model_of(
        src=(Field("value", 0, 8),),
        flags=(
            Field("set", 0, 1, hw="r", onwrite="woclr", props={"hwset": "src.value->swmod"}),
            Field("clear", 1, 1, hw="r", reset=1, props={"hwclr": "src.value->swmod"}),
            Field("event", 2, 1, hw="w", onwrite="woclr", props={"intr": "posedge", "next": "src.value->swmod"}),
        ),
    )
    assert registers.read(4) == 0b010
    registers.write(0, 0)
    assert registers.read(4) == 0b101
    registers.write(4, 0b101)
    assert registers.read(4) == 0
    registers.write(0, 0)
    assert registers.read(4) == 0b101


def test_swmod_of_a_read_that_clears():
    counter = Field("count", 0, 8, sw="r", hw="r", props={"counter": True, "incr": "src.value->swmod"})
    registers = model_of(src=(Field("value", 0, 8, sw="r", hw="w", onread="rclr"),), dst=(counter,))
    registers.read(0)
    registers.write(0, 1)
    assert registers.words[1] == 1


def test_reference_up_and_over_to_another_register_file():
    lock = Field("lock", 0, 1)
    field = Field("field", 0, 8, props={"swwe": "../ctl.lock"})
    ctl = type("Ctl", (Register,), {"Value": type("CtlValue", (Value,), {"NAME": "ctl", "FIELDS": (lock,)})})
    reg = type("Reg", (Register,), {"Value": type("RegValue", (Value,), {"NAME": "reg", "FIELDS": (field,)})})
    inner = type("Inner", (RegisterBlock,), {"CHILDREN": (Child("reg", 0, reg),), "SIZE": 4, "IS_FILE": True})
    children = (Child("ctl", 0, ctl), Child("lane", 4, inner, (2,), 4))
    registers = RegisterModel(type("Regs", (RegisterBlock,), {"CHILDREN": children, "SIZE": 12}))
    registers.write(8, 5)
    registers.write(0, 1)
    registers.write(4, 6)
    assert registers.words == [1, 6, 0]


def test_reference_to_nowhere_is_an_error():
    with pytest.raises(RdlError, match=r"src\.valeu"):
        model_of(src=(Field("value", 0, 8),), dst=(Field("copy", 0, 8, hw="w", props={"next": "src.valeu"}),))


def test_references_in_a_circle_that_never_rests_are_an_error():
    """Two counters that make each other overflow at every step."""
    a = Field("a", 0, 1, hw="r", props={"counter": True, "incr": "two.b->overflow", "incrvalue": 2})
    b = Field("b", 0, 1, hw="r", props={"counter": True, "incr": "one.a->overflow", "incrvalue": 2})
    registers = model_of(one=(a,), two=(b,))
    registers.words[:] = [1, 1]
    with pytest.raises(RdlError, match="circles"):
        registers.count(0, registers.plan.block.plans[0].fields["a"], up=1)


COUNTERS = list(itertools.product((0, 1, 6, 7), (0, 1, 3), (0, 1, 3)))


def counter(**props) -> RegisterModel:
    return model_of(reg=(Field("count", 4, 3, hw="r", props={"counter": True, **props}), Field("other", 0, 4)))


@pytest.mark.parametrize(("value", "up", "down"), COUNTERS)
def test_counters_wrap_or_saturate(value, up, down):
    """Up and down in one cycle is one step by the difference."""
    for props, expected in (
        ({}, (value + up - down) % 8),
        ({"incrsaturate": True, "decrsaturate": True}, min(max(value + up - down, 0), 7)),
        ({"incrsaturate": 6, "decrsaturate": 1}, None),
    ):
        registers = counter(**props)
        registers.words[0] = value << 4 | 0xF
        registers.count(0, registers.plan.block.plans[0].fields["count"], up, down)
        got = registers.words[0] >> 4
        assert registers.words[0] & 0xF == 0xF
        if expected is not None:
            assert got == expected
        else:
            assert got == (
                min(value + up - down, 6) if up > down else max(value + up - down, 1) if down > up else value
            )


def test_overflow_and_underflow_feed_others():
    low = Field("low", 0, 2, hw="r", props={"counter": True, "overflow": True, "decrvalue": 1})
    high = Field(
        "high", 4, 4, hw="r", props={"counter": True, "incr": "reg.low->overflow", "decr": "reg.low->underflow"}
    )
    registers = model_of(reg=(low, high))
    f = registers.plan.block.plans[0].fields["low"]
    for _ in range(9):
        registers.count(0, f, up=1)
    assert registers.words == [2 << 4 | 1]
    registers.count(0, f, down=2)
    assert registers.words == [1 << 4 | 3]


def test_thresholds():
    source = Field("count", 0, 4, props={"counter": True, "incrthreshold": 5, "decrthreshold": "lim.low"})
    above = Field("above", 0, 1, sw="r", hw="w", props={"next": "src.count->incrthreshold"})
    below = Field("below", 1, 1, sw="r", hw="w", props={"next": "src.count->decrthreshold"})
    registers = model_of(src=(source,), dst=(above, below), lim=(Field("low", 0, 4, reset=2),))
    seen = []
    for value in range(8):
        registers.write(0, value)
        seen.append(registers.read(4))
    assert seen == [2, 2, 2, 0, 0, 1, 1, 1]


def test_thresholds_follow_counting():
    source = Field("count", 4, 4, hw="r", props={"counter": True, "incrthreshold": 2})
    above = Field("above", 0, 1, sw="r", hw="w", props={"next": "src.count->incrthreshold"})
    registers = model_of(src=(source,), dst=(above,))
    seen = []
    for _ in range(3):
        registers.count(0, registers.plan.block.plans[0].fields["count"], up=1)
        seen.append(registers.read(4))
    assert seen == [0, 1, 1]


def test_level_that_lasts_through_a_reset_does_not_count_again():
    registers = model_of(reg=(Field("n", 0, 4, hw="r", props={"counter": True, "incr": "signal:go"}),))
    registers.signal("go", 1)
    registers.reset()
    assert registers.words == [0]


def test_level_on_incr_counts_its_rises():
    """Without a clock a level counts once each time it rises; counting clocks is the behaviour's business."""
    registers = model_of(
        src=(Field("go", 0, 1),),
        dst=(Field("n", 0, 4, hw="r", props={"counter": True, "incr": "src.go", "incrvalue": 3}),),
    )
    for value in (1, 1, 0, 1):
        registers.write(0, value)
    assert registers.words[1] == 6


def test_only_counters_count():
    registers = model_of(reg=(Field("field", 0, 4),))
    with pytest.raises(AccessError, match="no counter"):
        registers.count(0, registers.plan.block.plans[0].fields["field"], up=1)


def test_parity():
    """9.5.1 `paritycheck`: one flipped bit is noticed until the field is written; an even number is not."""
    registers = model_of(reg=(Field("safe", 8, 8, hw="rw", props={"paritycheck": True}), Field("other", 0, 8)))
    assert not registers.parity_error("reg.safe")
    registers.corrupt("reg.safe", 0b100)
    assert registers.read(1, 1) == 4
    assert registers.parity_error("reg.safe")
    registers.corrupt("reg.safe", 0b001)
    assert not registers.parity_error("reg.safe")
    registers.corrupt("reg.safe", 0b001)
    registers.write(0, 0, 1)
    assert registers.parity_error("reg.safe")
    registers.write(0, 0)
    assert not registers.parity_error("reg.safe")
    for repair in (registers.reset, lambda: drive(registers, "reg.safe", 0x55)):
        registers.corrupt("reg.safe")
        assert registers.parity_error("reg.safe")
        repair()
        assert not registers.parity_error("reg.safe")


def test_hardware_makes_the_unknown_known():
    registers = model_of(reg=(Field("field", 4, 8, hw="rw", reset=None), Field("other", 12, 4, reset=None)))
    drive(registers, "reg.field", 1)
    assert registers.unknown == {0: 0xF000}
