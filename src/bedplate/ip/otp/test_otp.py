"""The fuses: sensed, checked, believed only with their markers; and nothing programs them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.block import problems
from bedplate.bus import Canary, Decorator, MemoryBus, Request, Trace, ms, perform
from bedplate.converge import Chip
from bedplate.errors import CheckFailed, NoWayOut, PollTimeout
from bedplate.ip.otp.driver import Otp, OtpState
from bedplate.ip.otp.model import OtpModel
from bedplate.ip.otp.regs import OtpRegs
from bedplate.model import ChipModel, Placed
from bedplate.reg import Effect


class Bench(Chip):
    """The fuses alone."""

    name = "bench"
    canary = Canary(0, 0x4F545031)

    def wire(self, bus):
        self.otp = Otp(OtpRegs(bus, 0, "otp"), None)


class ReadOnly(Decorator):
    """Observing never writes."""

    def transact(self, request):
        assert not request.is_write
        return super().transact(request)


class Tape(Decorator):
    """Keeps the chip as it was before each transaction."""

    def __init__(self, model):
        super().__init__(model)
        self.model = model
        self.taken = []

    def transact(self, request):
        self.taken.append((self.model.snapshot(), request))
        return super().transact(request)


def make(**settings):
    return ChipModel([Placed("otp", 0, OtpModel(**settings))])


def boot(chip):
    report = Bench(chip).converge()
    assert report.ok, str(report)
    return Bench(chip).otp


def end(chip):
    """Converge; the state that the block ends in, and its error."""
    line = next(line for line in Bench(chip).converge().lines if line.name == "otp")
    return line.state, line.error


def deaths(chip):
    """The chip as a controller leaves it that dies at any transaction: before, inside its burst, after, and long after."""
    tape = Tape(chip)
    Bench(tape).converge()
    for index, (snapshot, request) in enumerate(tape.taken):
        for words in range(request.length + 1):
            left = ChipModel.restore(snapshot)
            if words:
                values = request.values[:words] if request.values is not None else None
                perform(left, Request(request.address, words, values, request.size))
            yield f"transaction {index} ({request}), {words} words", left
        left.sleep(ms(50))
        yield f"transaction {index} ({request}), then alone", left


def proves_kill_anywhere(make_chip, wanted="READY"):
    undisturbed = make_chip()
    assert end(undisturbed)[0] == wanted
    assert not undisturbed.hazards()
    for where, chip in deaths(make_chip()):
        assert end(chip)[0] == wanted, where
        assert chip.state() == undisturbed.state(), where
        assert not chip.hazards(), where
        assert Bench(chip).converge().writes == 0, where


WORDS = OtpRegs.SIZE // 4
WORD = st.one_of(st.sampled_from((0, 0xFFFF_FFFF, 1)), st.integers(0, 0xFFFF_FFFF))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, WORDS - 1), WORD, max_size=8), st.booleans())
def test_observe_is_total_and_only_reads(overlay, booted):
    memory = MemoryBus(0x9000)
    memory.write_block(0, IMAGE[booted])
    for index, word in overlay.items():
        memory.write(4 * index, word)
    block = Bench(ReadOnly(memory)).otp
    assert isinstance(block.observe(), OtpState)
    assert isinstance(block.detail(), str)


def image(chip):
    """All that can be read, as words."""
    return list(chip.read_block(0, WORDS))


def booted():
    chip = make()
    boot(chip)
    return chip


IMAGE = (image(make()), image(booted()))


def test_every_state_leads_to_the_goal():
    assert problems(Otp) == []


def test_boot_waits_for_sensing_then_arms_the_checks():
    chip = make()
    report = Bench(chip).converge()
    assert report.ok
    assert ms(1) <= report.device_time < ms(1.2)
    assert report.writes == 3
    assert report.transactions < 40
    assert Bench(chip).converge().writes == 0


def test_harvest_is_what_was_programmed():
    assert boot(make(harvest=0x21)).harvest() == 0x21
    assert boot(make(serial=0x0123_4567_89AB_CDEF)).serial() == 0x0123_4567_89AB_CDEF


def test_harvest_before_sensing_is_refused_instead_of_taken_for_nothing_absent():
    with pytest.raises(CheckFailed, match="marker") as caught:
        Bench(make(harvest=0x21)).otp.harvest()
    assert caught.value.cause.startswith("fuses not sensed yet")


def test_killed_anywhere():
    proves_kill_anywhere(lambda: make(harvest=0x10))


def test_no_boot_and_no_resume_writes_a_permanent_register():
    chip = make()
    trace = Trace(chip)
    Bench(trace).converge()
    Bench(trace).converge()
    assert chip.permanent() == {}
    assert OtpRegs(chip).dai_program.EFFECT is Effect.PERMANENT
    written = {t.request.address for t in trace.log if t.request.is_write}
    assert OtpRegs(chip).dai_program.address not in written


@pytest.mark.parametrize(
    ("fault", "value", "state", "detail"),
    [
        ("uncorrectable", 1, "CORRUPT", "calibration: UNCORRECTABLE"),
        ("digest", 3, "CORRUPT", "secret: DIGEST"),
        ("blank", None, "BLANK", ""),
    ],
)
def test_what_is_wrong_with_fuses_is_a_fault_without_a_way_out(fault, value, state, detail):
    chip = make()
    chip.plant("otp", fault, value)
    got, error = end(chip)
    assert got == state
    assert isinstance(error, NoWayOut)
    assert detail in Bench(chip).otp.detail()


def test_a_corrected_bit_is_no_fault():
    chip = make()
    chip.plant("otp", "corrected", 2)
    assert boot(chip).detail() == "identity: CORRECTED"


def test_sensing_that_never_ends_is_a_timeout():
    chip = make()
    chip.plant("otp", "stuck_busy")
    state, error = end(chip)
    assert (state, type(error)) == ("SENSING", PollTimeout)


def test_a_late_check_is_seen_in_service():
    chip = make()
    otp = boot(chip)
    chip.plant("otp", "check_late")
    otp.regs.check_trigger.pulse(integrity=True)
    chip.sleep(ms(5))
    assert otp.observe() is OtpState.READY
    chip.sleep(ms(10))
    assert otp.observe() is OtpState.CHECK_LATE


def test_the_model_notices_programming_against_the_rules():
    chip = make()
    otp = boot(chip)
    for _ in range(2):
        otp.regs.dai_addr.write(address=0x40)
        otp.regs.dai_program.pulse(program=True)
        chip.sleep(ms(1))
    assert [hazard.text for hazard in chip.hazards()] == [
        "programmed a fuse without its supply",
        "programmed a fuse without its supply",
        "programmed word 0x40 twice",
    ]
    assert chip.permanent() == {"otp.dai_program": 2}


def test_direct_access_is_closed_while_busy():
    chip = make()
    otp = boot(chip)
    otp.regs.dai_read.pulse(go=True)
    assert not otp.regs.dai_regwen.read().open
    otp.regs.dai_addr.write(address=0x80)
    assert otp.regs.dai_addr.read().address == 0
    chip.sleep(ms(1))
    assert otp.regs.status.read().dai_idle


def test_check_periods_can_be_locked_until_reset():
    otp = boot(make())
    otp.regs.check_regwen.clear(writable=True)
    otp.regs.integrity.write(period=1)
    assert otp.observe() is OtpState.READY
