"""The PHY of a stack: lock, impedance, DFI, training and memory test; both last, and both are started once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.block import Block, Effect, State, clock, link, power, problems, reset
from bedplate.bus import Canary, Decorator, MemoryBus, Request, ms, perform, us
from bedplate.converge import Chip
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.hbm_phy.driver import HbmPhy, HbmPhyState, HbmPhyWant
from bedplate.ip.hbm_phy.model import HbmPhyModel
from bedplate.ip.hbm_phy.regs import HbmPhyRegs, TrainCodeE
from bedplate.model import ChipModel, Placed
from bedplate.reg import RegisterBlock


class On(State):
    ON = "there"


class Supply(Block):
    """Stands for everything that the block needs."""

    goal = On.ON
    reset_state = On.ON

    def observe(self):
        return On.ON


class Bench(Chip):
    """A PHY, with its supplies and its stack taken for granted."""

    name = "bench"
    canary = Canary(0, 0x48504831)

    def wire(self, bus):
        self.supply = Supply(RegisterBlock(bus, 0x8000, "supply"), None)
        self.phy = HbmPhy(
            HbmPhyRegs(bus, 0, "phy"),
            HbmPhyWant(),
            power(self.supply),
            clock(self.supply),
            reset(self.supply),
            link(self.supply),
        )


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
    return ChipModel([Placed("phy", 0, HbmPhyModel(**settings))])


def boot(chip):
    report = Bench(chip).converge()
    assert report.ok, str(report)
    return Bench(chip).phy


def end(chip):
    """Converge; the state that the block ends in, and its error."""
    line = next(line for line in Bench(chip).converge().lines if line.name == "phy")
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


WORDS = HbmPhyRegs.SIZE // 4
WORD = st.one_of(st.sampled_from((0, 0xFFFF_FFFF, 1)), st.integers(0, 0xFFFF_FFFF))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, WORDS - 1), WORD, max_size=8), st.booleans())
def test_observe_is_total_and_only_reads(overlay, booted):
    memory = MemoryBus(0x9000)
    memory.write_block(0, IMAGE[booted])
    for index, word in overlay.items():
        memory.write(4 * index, word)
    block = Bench(ReadOnly(memory)).phy
    assert isinstance(block.observe(), HbmPhyState)
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
    assert problems(HbmPhy) == []


def test_boot_trains_and_tests():
    chip = make()
    report = Bench(chip).converge()
    assert report.ok
    assert ms(600) < report.device_time < ms(700)
    assert report.transactions < 150
    assert Bench(chip).converge().writes == 0


def test_killed_anywhere():
    proves_kill_anywhere(make)


def test_killed_anywhere_while_training_again():
    def broken():
        chip = make()
        chip.plant("phy", "train_fail", 5, times=1)
        return chip

    proves_kill_anywhere(broken)


def test_a_new_controller_gives_only_what_is_left_of_the_budget():
    chip = make()
    chip.plant("phy", "stuck_busy", times=1)
    phy = boot_until_training(chip)
    chip.sleep(ms(900))
    assert phy.observe() is HbmPhyState.TRAINING
    before = chip.now()
    assert boot(chip).observe() is HbmPhyState.READY
    assert chip.now() - before < ms(100 + 50 + 600 + 20)
    assert not chip.hazards()


def boot_until_training(chip):
    phy = Bench(chip).phy
    for act in (phy.power_up, phy.calibrate_impedance, phy.start_dfi, phy.train):
        act()
        chip.sleep(us(100))
    return phy


def test_training_is_not_started_twice():
    chip = make()
    phy = boot(chip)
    phy.regs.train_cmd.write(steps=0x1F, start=True)
    chip.sleep(ms(100))
    assert phy.observe() is HbmPhyState.TRAINING
    before = chip.now()
    boot(chip)
    assert ms(500) < chip.now() - before < ms(600)
    assert not chip.hazards()


def test_the_training_status_is_decoded_by_table():
    """Zero is not "never started": it is "in progress"."""
    chip = make()
    phy = boot(chip)
    codes = {0x1111_1111: "UNTRAINED", 0: "TRAINING", 0x600D_600D: "READY", 0xFA11: "TRAIN_FAILED", 1: "GARBLED"}
    for code, state in codes.items():
        chip["phy"].hw.train_status.code = code
        assert phy.observe().name == state


def test_training_loses_data_and_says_so():
    for state in ("UNTRAINED", "TRAINED", "TRAIN_FAILED", "DRIFTED", "DFI_LOST"):
        assert HbmPhy.way_from(HbmPhyState[state]).effect is Effect.LOSES_DATA


# What goes wrong.


def test_a_failed_training_is_tried_once_more():
    chip = make()
    chip.plant("phy", "train_fail", 5, times=1)
    assert boot(chip).observe() is HbmPhyState.READY


def test_a_channel_that_does_not_train_is_reported_by_its_number():
    chip = make()
    chip.plant("phy", "train_fail", 5)
    state, error = end(chip)
    assert (state, type(error)) == ("TRAIN_FAILED", NoWayOut)
    assert "channel 5 failed at VREF" in Bench(chip).phy.detail()
    assert "channel 5" in str(error)


def test_a_small_eye_is_not_good_enough():
    chip = make()
    chip.plant("phy", "marginal", 11)
    state, error = end(chip)
    assert (state, type(error)) == ("MARGINAL", NoWayOut)
    assert "channel 11 marginal" in Bench(chip).phy.detail()
    assert Bench(chip).phy.regs.ch[11].eye.read().width == 12


def test_a_failed_memory_test_trains_once_more():
    chip = make()
    chip.plant("phy", "test_fail", 3, times=1)
    assert boot(chip).observe() is HbmPhyState.READY
    chip = make()
    chip.plant("phy", "test_fail", 3)
    assert end(chip)[0] == "TEST_FAILED"
    assert "channel 3 failed the memory test" in Bench(chip).phy.detail()


@pytest.mark.parametrize(("fault", "state"), [("no_lock", "NO_LOCK"), ("garbled", "GARBLED")])
def test_what_a_reset_does_not_cure_is_reported(fault, state):
    chip = make()
    chip.plant("phy", fault, times=1)
    assert boot(chip).observe() is HbmPhyState.READY
    chip = make()
    chip.plant("phy", fault)
    got, error = end(chip)
    assert (got, type(error)) == (state, NoWayOut)


def test_dfi_that_is_never_answered_is_a_timeout():
    chip = make()
    chip.plant("phy", "no_dfi")
    state, error = end(chip)
    assert (state, type(error)) == ("DFI_STARTING", PollTimeout)


def test_a_hung_sequencer_is_reset_once_and_then_reported():
    chip = make()
    chip.plant("phy", "stuck_busy", times=1)
    assert boot(chip).observe() is HbmPhyState.READY
    chip = make()
    chip.plant("phy", "stuck_busy")
    state, error = end(chip)
    assert (state, type(error)) == ("HUNG", NoWayOut)
    assert "POST code 0x0000" in str(error)
    assert not chip.hazards()


@pytest.mark.parametrize(
    ("fault", "state"), [("lock_lost", "LOCK_LOST"), ("dfi_lost", "DFI_LOST"), ("drift", "DRIFTED")]
)
def test_what_is_lost_in_service_is_seen_and_brought_back(fault, state):
    chip = make()
    phy = boot(chip)
    chip.plant("phy", fault, times=1)
    assert phy.observe() is HbmPhyState[state]
    assert boot(chip).observe() is HbmPhyState.READY
    assert not chip.hazards()


def test_another_speed_than_planned_resets_the_phy():
    chip = make()
    phy = boot(chip)
    phy.regs.eye_limit.modify(width=1)
    assert phy.observe() is HbmPhyState.MISCONFIGURED
    assert boot(chip).observe() is HbmPhyState.READY


def test_a_slow_phy_is_waited_for():
    chip = make()
    chip.plant("phy", "slow", 3)
    assert boot(chip).observe() is HbmPhyState.READY


def test_a_block_reset_is_trained_again():
    chip = make()
    phy = boot(chip)
    chip.plant("phy", "block_reset")
    chip.sleep(1)
    assert phy.observe() is HbmPhyState.OFF
    assert boot(chip).observe() is HbmPhyState.READY


def test_a_stack_that_was_reset_withdraws_the_training():
    class Lonely(HbmPhyModel):
        there = True

        def supplied(self, kind=None, provider=None, port=None):
            return self.there

    chip = ChipModel([Placed("phy", 0, Lonely())])
    phy = boot(chip)
    model = chip["phy"]
    assert model.provides("")
    model.there = False
    model.inputs_changed()
    assert not model.provides("")
    assert phy.regs.train_status.read().code is TrainCodeE.NOT_STARTED
    assert phy.observe() is HbmPhyState.UNTRAINED
