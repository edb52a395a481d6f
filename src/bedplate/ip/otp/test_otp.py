"""The fuses: sensed, checked, believed only with their markers; and nothing programs them."""

import zlib

import pytest

from bedplate.bus import ms, us
from bedplate.errors import CheckFailed, NoWayOut, PollTimeout
from bedplate.ip.otp.driver import Otp, OtpState
from bedplate.ip.otp.model import OtpModel
from bedplate.reg import Effect


@pytest.fixture
def make(bench):
    return lambda **programmed: bench(Otp, None, OtpModel(**programmed))


@pytest.fixture
def otp(make):
    return make(harvest=0x21)


def test_boot_waits_for_sensing_then_arms_the_checks(otp):
    report = otp.converge()
    assert report.ok
    assert ms(1) <= report.lines[-1].reached < ms(1.2)
    assert report.writes == 3
    assert report.transactions < 40


def test_killed_anywhere(otp):
    otp.survives_every_kill()


def test_killed_anywhere_while_arming_the_checks_again(otp):
    otp.boot().regs.check_limit.write(cycles=1)
    otp.survives_every_kill()


# What the fuses say.


def test_harvest_and_serial_are_what_was_programmed(make):
    dut = make(harvest=0x21, serial=0x0123_4567_89AB_CDEF).boot()
    assert dut.harvest() == 0x21
    assert dut.serial() == 0x0123_4567_89AB_CDEF


def test_digests_are_the_crc_32_of_the_words_of_a_partition(make):
    digest = make(harvest=0x21, serial=0x0403_0201_0000_0031).boot().regs.digest
    assert digest[0].read() == zlib.crc32(b"\x21\x00\x56\x48", 1) << 32 | zlib.crc32(b"\x21\x00\x56\x48")
    assert digest[2].read().low == zlib.crc32(b"1\0\0\0\1\2\3\4")


def test_blank_fuses_have_no_digest(otp):
    otp.plant("blank")
    otp.converge()
    assert [int(digest.read()) == 0 for digest in otp.dut.regs.digest] == [True, False, False, False]


def test_harvest_before_sensing_is_refused_instead_of_taken_for_nothing_absent(otp):
    with pytest.raises(CheckFailed, match="marker") as caught:
        otp.dut.harvest()
    assert caught.value.cause.startswith("fuses not sensed yet")


# No fuse is ever programmed.


def test_no_boot_and_no_resume_writes_a_permanent_register(otp):
    assert otp.dut.regs.dai_program.EFFECT is Effect.PERMANENT
    assert {register for register, _ in otp.writes()} == {"check_limit", "integrity", "consistency"}
    assert otp.writes() == []
    assert otp.permanent() == {}


def test_the_model_notices_programming_against_the_rules(otp):
    regs = otp.boot().regs
    for _ in range(2):
        regs.dai_addr.write(address=0x40)
        regs.dai_program.pulse(burn=True)
        otp.sleep(ms(1))
    assert otp.violations_are(
        "programmed a fuse without its supply",
        "programmed a fuse without its supply",
        "programmed word 0x40 twice",
    )
    assert otp.permanent() == {"dai_program": 2}


def test_direct_access_is_closed_while_busy(otp):
    regs = otp.boot().regs
    regs.dai_read.pulse(go=True)
    assert not regs.dai_regwen.read().open
    regs.dai_addr.write(address=0x80)
    assert regs.dai_addr.read().address == 0
    otp.sleep(ms(1))
    assert regs.status.read().dai_idle


# What goes wrong.


@pytest.mark.parametrize(
    ("fault", "partition", "state", "detail"),
    [
        ("uncorrectable", 1, OtpState.CORRUPT, "calibration: UNCORRECTABLE"),
        ("digest", 3, OtpState.CORRUPT, "secret: DIGEST"),
        ("blank", None, OtpState.BLANK, ""),
    ],
)
def test_what_is_wrong_with_fuses_is_a_fault_without_a_way_out(otp, fault, partition, state, detail):
    otp.plant(fault, partition)
    otp.fails(NoWayOut, state)
    assert otp.dut.detail() == detail


def test_a_corrected_bit_is_no_fault(otp):
    otp.plant("corrected", 2)
    assert otp.boot().detail() == "identity: CORRECTED"


def test_sensing_that_never_ends_is_a_timeout(otp):
    otp.plant("stuck_busy")
    otp.fails(PollTimeout, OtpState.SENSING)


def test_a_late_check_is_seen_in_service(otp):
    regs = otp.boot().regs
    otp.plant("check_late")
    regs.check_trigger.pulse(integrity=True)
    otp.sleep(ms(5))
    assert otp.state is OtpState.READY
    otp.sleep(ms(10))
    assert otp.state is OtpState.CHECK_LATE


def test_check_periods_can_be_locked_until_reset(otp):
    regs = otp.boot().regs
    regs.check_regwen.clear(writable=True)
    regs.integrity.write(period=1)
    assert otp.state is OtpState.READY


def test_a_trigger_begins_the_check_anew(otp):
    regs = otp.boot().regs
    for _ in range(2):
        regs.check_trigger.pulse(integrity=True)
        otp.sleep(us(150))
        assert regs.status.read().check_pending
    otp.sleep(us(60))
    assert not regs.status.read().check_pending


def test_a_check_without_a_budget_is_never_late(otp):
    regs = otp.boot().regs
    regs.check_limit.write(cycles=0)
    otp.plant("check_late")
    regs.check_trigger.pulse(integrity=True)
    otp.sleep(ms(50))
    status = regs.status.read()
    assert status.check_pending
    assert not status.check_timeout
