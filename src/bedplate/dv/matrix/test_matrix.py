"""The worlds agree about registers, and the tool that says so finds every mutant of the RTL."""

from __future__ import annotations

import pytest

from bedplate.dv.matrix import campaign as matrix
from bedplate.dv.matrix.handles import handles
from bedplate.dv.matrix.known import KNOWN
from bedplate.dv.matrix.rdl import ACCESSES, sheets
from bedplate.errors import CheckFailed
from bedplate.reg import Child, Field, Register, RegisterBlock, Value


def quiet(text: str) -> None:
    """Nobody listens."""


def test_model_and_rtl_differ_only_as_listed():
    report = matrix.run(1, quiet, sheets(crossed=False))
    assert report.differences == ()
    assert report.ok, f"listed, but gone: {report.gone}"
    assert report.combinations > 1000
    assert report.operations > 100_000


MUTANTS = {
    ("m_rw_woclr", "all_sw.b", "clears its neighbours"): (
        "all_sw.b.value & ~(decoded_wr_data[11:4] & decoded_wr_biten[11:4])",
        "all_sw.b.value & ~{8{|(decoded_wr_data[11:4] & decoded_wr_biten[11:4])}}",
    ),
    ("m_rw_woclr", "all_hw.a", "software has the precedence"): (
        "if(hwif_in.all_hw.a.we) begin",
        "if(hwif_in.all_hw.a.we && !(decoded_reg_strb.all_hw && decoded_req_is_wr)) begin",
    ),
    ("m_rw_woclr", "flag_sw.a", "its set input is stuck"): ("if(hwif_in.flag_sw.a.hwset) begin", "if(1'b0) begin"),
    ("m_rw_woclr", "swwe.b", "cannot be locked"): (
        "&& decoded_req_is_wr && hwif_in.swwe.b.swwe",
        "&& decoded_req_is_wr",
    ),
    ("m_rw_woclr", "wide.d", "has another reset value"): ("wide.d.value <= 1'h1", "wide.d.value <= 1'h0"),
    ("m_rw_woclr", "idle", "reads swapped"): (
        "readback_data_var[11:4] = field_storage.idle.b.value",
        "readback_data_var[11:4] = {field_storage.idle.b.value[3:0], field_storage.idle.b.value[7:4]}",
    ),
    ("m_r_rclr", "all_sw.a", "a read sets it"): (
        "if(decoded_reg_strb.all_sw && !decoded_req_is_wr) begin // SW clear on read\n            next_c = '0;",
        "if(decoded_reg_strb.all_sw && !decoded_req_is_wr) begin // SW clear on read\n            next_c = '1;",
    ),
    ("counters", "rw_part.lo", "saturates late"): ("8'hc8", "8'hc9"),
    ("counters", "rclr_wrap.hi", "overflows early"): (
        "rclr_wrap.lo.overflow = (((9)'(next_c) + 8'h1) > 9'hff)",
        "rclr_wrap.lo.overflow = (((9)'(next_c) + 8'h1) > 9'hfe)",
    ),
    ("interrupts", "posedge_woclr_sw.f", "sees levels"): (
        "posedge_woclr_sw.f.value | (~field_storage.posedge_woclr_sw.f.next_q &",
        "posedge_woclr_sw.f.value | (~4'h0 &",
    ),
}
"""Block, register and field, what is wrong: how it is planted."""


def test_every_mutant_is_found_and_nothing_else():
    def plant(name: str, rtl: str) -> str:
        for (block, _, _), (right, wrong) in MUTANTS.items():
            if block == name:
                assert right in rtl
                rtl = rtl.replace(right, wrong, 1)
        return rtl

    blocks = {block for block, _, _ in MUTANTS}
    report = matrix.run(1, quiet, [sheet for sheet in sheets() if sheet.name in blocks], plant)
    assert not report.ok
    found = {difference.where for difference in report.differences}
    assert found == {f"{block}.{field}" for block, field, _ in MUTANTS}


def test_a_listed_difference_that_is_gone_fails():
    every = {known.rule: 1 for known in KNOWN}
    assert matrix.MatrixReport(1, 1, 1, every, 0, ()).ok
    gone = KNOWN[0].rule
    report = matrix.MatrixReport(1, 1, 1, every | {gone: 0}, 0, ())
    assert not report.ok
    assert report.gone == [gone]


def test_all_ways_to_access_are_in_it():
    """SystemRDL has 75 without ruser and wuser; 36 of them are write-once, of which regblock makes something else."""
    assert len(set(ACCESSES)) == 39
    assert len(sheets()) == 42


class PendingValue(Value):
    __slots__ = ()
    NAME = "pending"
    FIELDS = (Field("a", 0, 4, onwrite="woclr", reset=15), Field("b", 4, 4, onwrite="woclr", reset=15))


class Pending(Register):
    """Clears a field by writing back what it read: the neighbour's interrupts are lost."""

    __slots__ = ()
    Value = PendingValue

    def clear(self, *, a: int = 0, b: int = 0) -> None:
        self.bus.write(self.address, self.bus.read(self.address) | a | b << 4)


class Good(Pending):
    """Clears what it is told to."""

    __slots__ = ()

    def clear(self, *, a: int = 0, b: int = 0) -> None:
        self.bus.write(self.address, a | b << 4)


class Hasty(Pending):
    """Clears the right bits, but twice."""

    __slots__ = ()

    def clear(self, *, a: int = 0, b: int = 0) -> None:
        for _ in range(2):
            self.bus.write(self.address, a | b << 4)


class Careless(Pending):
    """Clears all that there is."""

    __slots__ = ()

    def clear(self, *, a: int = 0, b: int = 0) -> None:
        self.bus.write(self.address, 0xFF)


@pytest.mark.parametrize(
    ("register", "said"), [(Pending, "one access"), (Hasty, "one access"), (Careless, "left b wrong")]
)
def test_a_handle_that_harms_the_neighbour_is_found(register, said):
    block = type("Regs", (RegisterBlock,), {"CHILDREN": (Child("pending", 0, register),), "SIZE": 4})
    with pytest.raises(CheckFailed, match=said):
        list(handles(block, 1))


def test_the_same_seed_gives_the_same_operations():
    block = type("Regs", (RegisterBlock,), {"CHILDREN": (Child("pending", 0, Good),), "SIZE": 4})
    for program in matrix.PROGRAMS.values():
        assert list(program(block, 7)) == list(program(block, 7))
        assert list(program(block, 7)) != list(program(block, 8))
