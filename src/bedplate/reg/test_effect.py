"""Effects: sets of words, collected from a register and its fields; what the very word does that is written."""

import pytest

from bedplate.reg import Effect, Field, Register, Value, effect_of_write

FIELD = 0b0011_0000
LOW, HIGH = 0x0F, 0xFF00
OWN = Effect.STOPS_TRAFFIC
ITS = Effect.PERMANENT | Effect.ELECTRICAL


def register(*fields: Field, width: int = 32, **members) -> type[Register]:
    value = type("SomeValue", (Value,), {"FIELDS": fields, "WIDTH": width})
    return type("Some", (Register,), {"Value": value, "WIDTH": width, **members})


def acting(**kind) -> type[Register]:
    """A register with one field that has an effect (bits 5 and 4), beside others that have none."""
    return register(Field("a", 0, 4), Field("f", 4, 2, effect=ITS, **kind), Field("b", 8, 8), EFFECT=OWN)


class TestWords:
    def test_one_bit_each_in_the_order_of_declaration(self):
        assert [effect.value for effect in Effect] == [1, 2, 4, 8, 16, 32]
        assert (Effect.PERMANENT | Effect.LOSES_DATA).words == "loses data, permanent"
        assert (Effect.PERMANENT | Effect.LOSES_DATA).names == "loses_data, permanent"
        assert Effect.NONE.words == Effect.NONE.names == "none"
        assert not Effect.NONE


class TestOfARegister:
    def test_is_its_own_and_that_of_all_fields_that_software_may_write(self):
        found = register(
            Field("a", 0, 1, effect=Effect.PERMANENT),
            Field("b", 1, 1, sw="w", effect=Effect.PERMANENT | Effect.ELECTRICAL),
            Field("c", 2, 1, sw="w1", effect=Effect.DESTROYS_EVIDENCE),
            Field("d", 3, 1, sw="r", effect=Effect.OPENS_SECURITY),
            EFFECT=Effect.LOSES_DATA,
        )
        assert found.EFFECT.words == "loses data, destroys evidence, permanent, electrical"
        assert found.OWN_EFFECT is Effect.LOSES_DATA

    def test_nothing_said_is_nothing(self):
        assert register(Field("a", 0, 4)).EFFECT is Effect.NONE
        assert Register.EFFECT is Register.OWN_EFFECT is Effect.NONE

    def test_a_class_derived_from_it_has_the_same(self):
        base = acting()
        derived = type("Derived", (base,), {})
        assert (derived.OWN_EFFECT, derived.EFFECT) == (OWN, OWN | ITS)


ONES_ACT = ("woset", "woclr", "wot")
ZEROS_ACT = ("wzs", "wzc", "wzt")
ALWAYS = ("wclr", "wset", "wuser")

# What is written -> whether it may do something to a field in bits 5:4, by kind: a plain one, one by 1s, one by 0s, any write.
TABLE = [
    ("all zeros", 0, -1, (True, False, True, True)),
    ("all ones", 0xFFFF_FFFF, -1, (True, True, False, True)),
    ("ones around it", 0xFFFF_FFFF & ~FIELD, -1, (True, False, True, True)),
    ("ones in it", FIELD, -1, (True, True, False, True)),
    ("a one and a zero in it", 0x10, -1, (True, True, True, True)),
    ("its byte, zeros", 0, 0xFF, (True, False, True, True)),
    ("its byte, ones", 0xFF, 0xFF, (True, True, False, True)),
    ("another byte, zeros", 0, HIGH, (False, False, False, True)),
    ("another byte, ones", HIGH, HIGH, (False, False, False, True)),
]
KINDS = [
    *(({"sw": sw}, 0) for sw in ("rw", "w", "rw1", "w1")),
    *(({"onwrite": kind}, 1) for kind in ONES_ACT),
    *(({"onwrite": kind}, 2) for kind in ZEROS_ACT),
    *(({"onwrite": kind}, 3) for kind in ALWAYS),
    ({"singlepulse": True}, 1),
    *(({"onwrite": kind, "singlepulse": True}, 1) for kind in ONES_ACT),
    *(({"onwrite": kind, "singlepulse": True}, 2) for kind in ZEROS_ACT),
    *(({"onwrite": kind, "singlepulse": True}, 3) for kind in ALWAYS),
    ({"onwrite": "not known yet"}, 3),
]


class TestOfAWrite:
    @pytest.mark.parametrize(("word", "lanes", "acts"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
    @pytest.mark.parametrize(("kind", "column"), KINDS, ids=[" ".join(map(str, kind.values())) for kind, _ in KINDS])
    def test_is_that_of_the_fields_which_the_word_may_not_leave_alone(self, kind, column, word, lanes, acts):
        assert effect_of_write(acting(**kind), word, lanes) == (OWN | ITS if acts[column] else OWN)

    @pytest.mark.parametrize("sw", ["r", "na"])
    def test_what_software_cannot_write_is_left_alone_by_anything(self, sw):
        for onwrite in (None, *ONES_ACT, *ZEROS_ACT, *ALWAYS):
            for _, word, lanes, _ in TABLE:
                assert effect_of_write(acting(sw=sw, onwrite=onwrite), word, lanes) is OWN

    def test_the_effect_of_the_register_itself_needs_no_field(self):
        sealed = register(Field("go", 0, 1, singlepulse=True), EFFECT=ITS)
        assert effect_of_write(sealed, 0) == effect_of_write(sealed, 0xFFFF_FFFE, HIGH) == ITS

    def test_each_field_counts_for_itself(self):
        both = register(
            Field("seal", 0, 1, singlepulse=True, effect=Effect.PERMANENT),
            Field("seen", 1, 1, onwrite="woclr", effect=Effect.DESTROYS_EVIDENCE),
            Field("lock", 2, 1, onwrite="wzc", effect=Effect.OPENS_SECURITY),
        )
        sets = {word: effect_of_write(both, word).words for word in range(8)}
        assert sets == {
            0b100: "none",
            0b101: "permanent",
            0b110: "destroys evidence",
            0b111: "destroys evidence, permanent",
            0b000: "opens security",
            0b001: "permanent, opens security",
            0b010: "destroys evidence, opens security",
            0b011: "destroys evidence, permanent, opens security",
        }

    def test_a_word_of_a_wide_register(self):
        wide = register(Field("go", 40, 1, singlepulse=True, effect=ITS), width=64)
        assert effect_of_write(wide, 1 << 40) == effect_of_write(wide, 1 << 40, 0xFFFF_FFFF << 32) == ITS
        assert effect_of_write(wide, 1 << 8) is effect_of_write(wide, 1 << 8, 0xFFFF_FFFF) is Effect.NONE
