"""SYSID: the right die, signed once, with time, epochs and the tenant's word."""

import pytest

from bedplate.block import Tenant, ms
from bedplate.bus import WORD, Trace
from bedplate.errors import NoWayOut, UnknownName
from bedplate.ip.sysid.driver import MAGIC, SIGNATURE, Sysid, SysidConfig, SysidState
from bedplate.ip.sysid.model import SysidModel
from bedplate.ip.sysid.regs import ResetReasonE, SysidRegs
from bedplate.reg import registers

WANT = SysidConfig(die=1, digest=0xC0FFEE)


@pytest.fixture
def sysid(bench):
    return bench(Sysid, WANT, SysidModel(die=1))


def test_is_signed_with_the_digest_of_the_configuration(sysid):
    assert sysid.state is SysidState.UNSIGNED
    assert sysid.writes() == [("scratch[1]", 1), ("scratch[0]", 1)]
    assert [word.read().value for word in sysid.dut.regs.scratch[:2]] == [SIGNATURE, 0xC0FFEE]


def test_killed_anywhere(sysid):
    sysid.survives_every_kill()


def test_killed_anywhere_while_signing_anew(sysid):
    sysid.boot()
    sysid.wanting(WANT._replace(digest=1)).survives_every_kill()


def test_another_die_is_refused(sysid):
    error = sysid.wanting(WANT._replace(die=0)).fails(NoWayOut, SysidState.WRONG_CHIP)
    assert "die=1" in error.got


def test_another_configuration_signs_anew(sysid):
    sysid.boot()
    assert sysid.wanting(WANT._replace(digest=1)).state is SysidState.UNSIGNED


def test_tells_time_epochs_and_the_tenant(sysid):
    dut = sysid.dut
    sysid.sleep(ms(5))
    assert ms(5) <= dut.uptime() <= ms(5.1)
    domain = sysid.reset_a_neighbour()
    assert dut.vitals().epochs[domain] == 1
    assert dut.vitals().tenant is Tenant.IDLE
    sysid.tenant(True)
    assert dut.vitals().tenant is Tenant.ACTIVE


def test_one_burst_tells_who_answers_and_what_became_of_it(sysid):
    """It asks for what the registers say one by one, and reads nothing whose read acts."""
    domain = sysid.reset_a_neighbour()
    sysid.tenant(True)
    trace = Trace(sysid.bus)
    proof = sysid.hal(trace).dut.proof()
    regs = sysid.dut.regs
    assert len(trace.log) == 1
    assert proof == (
        MAGIC,
        int(regs.chip_id.read()),
        regs.boot_id.read().value,
        SysidModel.serial,
        True,
        ResetReasonE.POWER_ON,
        tuple(int(number == domain) for number in range(16)),
    )
    assert regs.serial.read() == SysidModel.serial


def test_the_burst_has_no_hole_and_leaves_out_the_timer(sysid):
    trace = Trace(sysid.bus)
    sysid.hal(trace).dut.proof()
    (request,) = (transaction.request for transaction in trace.log)
    first = request.address - sysid.dut.regs.base
    asked = range(first, first + WORD * request.length, WORD)
    there = {
        offset + WORD * word: name
        for name, offset, register in registers(SysidRegs)
        for word in range(register.WIDTH // 32)
    }
    assert set(asked) <= set(there)
    assert len(asked) <= 26
    assert "timer" not in [there[offset] for offset in asked]


@pytest.mark.parametrize("cause", ["warm", "watchdog"])
def test_a_reset_of_the_chip_is_told_with_its_reason_and_forgets_nothing(sysid, cause):
    sysid.boot()
    sysid.tenant(True)
    before = sysid.dut.proof()
    sysid.raw.reset(cause)
    after = sysid.dut.proof()
    assert after.reset_reason is ResetReasonE[cause.upper()]
    assert after._replace(reset_reason=before.reset_reason, epochs=before.epochs) == before
    assert sysid.writes() == []
    sysid.reset()
    assert sysid.dut.proof().reset_reason is ResetReasonE[cause.upper()], "a reset of the block alone is no such reason"


def test_a_power_cycle_is_another_boot_of_the_same_die(sysid):
    sysid.boot()
    sysid.sleep(ms(5))
    sysid.reset_a_neighbour()
    sysid.tenant(True)
    sysid.raw.reset("warm")
    before = sysid.dut.proof()
    seen = {before.boot_id}
    for _ in range(3):
        sysid.raw.reset("power")
        proof = sysid.dut.proof()
        assert proof.boot_id not in seen
        seen.add(proof.boot_id)
        assert (proof.chip_id, proof.serial) == (before.chip_id, before.serial)
        assert (proof.reset_reason, proof.tenant_active, set(proof.epochs)) == (ResetReasonE.POWER_ON, False, {0})
    assert sysid.dut.uptime() < ms(1)
    assert sysid.state is SysidState.UNSIGNED


def test_only_what_can_reset_a_chip_is_asked_for(sysid):
    with pytest.raises(UnknownName, match="worm"):
        sysid.raw.reset("worm")


def test_a_reset_of_the_block_forgets_neither_signature_nor_epochs_nor_the_tenant(sysid):
    sysid.boot()
    domain = sysid.reset_a_neighbour()
    sysid.tenant(True)
    sysid.reset()
    assert sysid.writes() == []
    assert sysid.dut.vitals().epochs[domain] == 1
    assert sysid.dut.vitals().tenant is Tenant.ACTIVE
