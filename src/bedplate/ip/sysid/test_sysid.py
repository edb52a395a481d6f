"""SYSID: the right die, signed once, with time, epochs and the tenant's word."""

import pytest

from bedplate.block import ms
from bedplate.ip.sysid.driver import MAGIC, SIGNATURE, Sysid, SysidState, SysidWant
from bedplate.ip.sysid.model import SysidModel

WANT = SysidWant(die=1, digest=0xC0FFEE)
ID = (0x0, MAGIC)


def make(bench):
    return bench(Sysid, WANT, SysidModel(die=1), ID)


@pytest.fixture
def sysid(bench):
    return make(bench)


def test_is_signed_with_the_digest_of_the_configuration(sysid):
    assert sysid.state() is SysidState.UNSIGNED
    assert sysid.converge().writes == 2
    assert [word.value for word in sysid.dut.hw.scratch[:2]] == [SIGNATURE, 0xC0FFEE]
    assert sysid.converge().writes == 0


def test_survives_a_kill_at_every_transaction(bench, kill_everywhere):
    kill_everywhere(lambda: make(bench))


def test_another_die_is_refused(bench):
    other = bench(Sysid, WANT, SysidModel(die=0), ID)
    error = other.error()
    assert "WRONG_CHIP" in error.got
    assert "die=0" in error.got


def test_another_configuration_signs_anew(bench, sysid):
    sysid.converge()
    other = bench(Sysid, WANT._replace(digest=1), SysidModel(), ID)
    assert other.chip(sysid.model).dut.observe() is SysidState.UNSIGNED


def test_tells_time_epochs_and_the_tenant(sysid):
    dut = sysid.chip(sysid.model).dut
    sysid.model.sleep(ms(5))
    assert ms(5) <= dut.uptime() <= ms(5.1)
    sysid.dut.domain_was_reset(3)
    assert dut.epochs()[3] == 1
    assert not dut.tenant_active()
    sysid.model.tenant(True)
    assert dut.tenant_active()
