"""SYSID: the right die, signed once, with time, epochs and the tenant's word."""

import pytest

from bedplate.block import ms
from bedplate.errors import NoWayOut
from bedplate.ip.sysid.driver import SIGNATURE, Sysid, SysidState, SysidWant
from bedplate.ip.sysid.model import SysidModel

WANT = SysidWant(die=1, digest=0xC0FFEE)


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
    assert dut.epochs()[domain] == 1
    assert not dut.tenant_active()
    sysid.tenant(True)
    assert dut.tenant_active()


def test_a_reset_of_the_block_forgets_neither_signature_nor_epochs_nor_the_tenant(sysid):
    sysid.boot()
    domain = sysid.reset_a_neighbour()
    sysid.tenant(True)
    sysid.reset()
    assert sysid.writes() == []
    assert sysid.dut.epochs()[domain] == 1
    assert sysid.dut.tenant_active()
