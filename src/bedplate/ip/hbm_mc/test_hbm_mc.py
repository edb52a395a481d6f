"""A controller of four channels: configured behind the fence, seeded once, scrubbing; the fence opens last."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.block import Block, Effect, State, clock, link, power, problems, reset
from bedplate.bus import Canary, Decorator, MemoryBus, Request, Trace, ms, perform, us
from bedplate.converge import Chip
from bedplate.errors import NoWayOut, PollTimeout
from bedplate.ip.hbm_mc.driver import HbmMc, HbmMcState, HbmMcWant
from bedplate.ip.hbm_mc.model import HbmMcModel
from bedplate.ip.hbm_mc.regs import HbmMcRegs
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
    """A controller, with its supplies and its PHY taken for granted."""

    name = "bench"
    canary = Canary(0, 0x484D4331)

    def wire(self, bus):
        self.supply = Supply(RegisterBlock(bus, 0x8000, "supply"), None)
        self.mc = HbmMc(
            HbmMcRegs(bus, 0, "mc"),
            HbmMcWant(),
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
    return ChipModel([Placed("mc", 0, HbmMcModel(**settings))])


def boot(chip):
    report = Bench(chip).converge()
    assert report.ok, str(report)
    return Bench(chip).mc


def end(chip):
    """Converge; the state that the block ends in, and its error."""
    line = next(line for line in Bench(chip).converge().lines if line.name == "mc")
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


def proves_kill_anywhere(make_chip, wanted="IN_SERVICE"):
    undisturbed = make_chip()
    assert end(undisturbed)[0] == wanted
    assert not undisturbed.hazards()
    for where, chip in deaths(make_chip()):
        assert end(chip)[0] == wanted, where
        assert chip.state() == undisturbed.state(), where
        assert not chip.hazards(), where
        assert Bench(chip).converge().writes == 0, where


WORDS = HbmMcRegs.SIZE // 4
WORD = st.one_of(st.sampled_from((0, 0xFFFF_FFFF, 1)), st.integers(0, 0xFFFF_FFFF))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, WORDS - 1), WORD, max_size=8), st.booleans())
def test_observe_is_total_and_only_reads(overlay, booted):
    memory = MemoryBus(0x9000)
    memory.write_block(0, IMAGE[booted])
    for index, word in overlay.items():
        memory.write(4 * index, word)
    block = Bench(ReadOnly(memory)).mc
    assert isinstance(block.observe(), HbmMcState)
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
    assert problems(HbmMc) == []


class Linked(HbmMcModel):
    """A controller whose PHY can go away."""

    there = True

    def supplied(self, kind=None, provider=None, port=None):
        return self.there

    def connect(self, there):
        self.there = there
        self.inputs_changed()


def test_boot_seeds_and_opens_the_fence_last():
    trace = Trace(make())
    report = Bench(trace).converge()
    assert report.ok
    assert ms(50.5) < report.device_time < ms(60)
    assert report.transactions < 80
    last = [t.request for t in trace.log if t.request.is_write][-1]
    assert last.address == HbmMcRegs(trace).init_ctrl.address
    assert Bench(trace).converge().writes == 0


def test_killed_anywhere():
    proves_kill_anywhere(make)


@pytest.mark.parametrize("fault", ["init_fail", "seed_fail"])
def test_killed_anywhere_while_trying_again(fault):
    def broken():
        chip = make()
        chip.plant("mc", fault, 2, times=1)
        return chip

    proves_kill_anywhere(broken)


def test_killed_anywhere_while_recovering_from_a_lost_dfi():
    def broken():
        chip = ChipModel([Placed("mc", 0, Linked())])
        boot(chip)
        chip["mc"].connect(False)
        chip["mc"].connect(True)
        return chip

    proves_kill_anywhere(broken)


def test_what_was_seeded_is_not_seeded_again():
    chip = make()
    mc = boot(chip)
    mc.regs.init_ctrl.modify(axi_fence=True)
    assert mc.observe() is HbmMcState.FENCED
    before = chip.now()
    boot(chip)
    assert chip.now() - before < ms(1)
    assert not chip.hazards()


def test_everything_before_the_scrub_loses_data_and_says_so():
    for state in ("UNCONFIGURED", "CONFIGURED", "INITIALISED", "MISCONFIGURED", "EXPOSED", "DFI_LOST"):
        assert HbmMc.way_from(HbmMcState[state]).effect is Effect.LOSES_DATA
    for state in ("SEEDED", "FENCED", "SCRUB_OVERDUE"):
        assert HbmMc.way_from(HbmMcState[state]).effect is Effect.NONE


# DFI.


def test_the_phy_is_waited_for():
    chip = ChipModel([Placed("mc", 0, Linked(there=False))])
    state, error = end(chip)
    assert (state, type(error)) == ("AWAITING_DFI", PollTimeout)
    chip["mc"].connect(True)
    assert boot(chip).observe() is HbmMcState.IN_SERVICE


def test_a_lost_dfi_takes_contents_and_initialisation_along():
    chip = ChipModel([Placed("mc", 0, Linked())])
    mc = boot(chip)
    chip["mc"].connect(False)
    assert mc.observe() is HbmMcState.DFI_LOST
    assert mc.regs.intr_state.read().dfi_lost
    chip["mc"].connect(True)
    assert mc.observe() is HbmMcState.EXPOSED
    assert boot(chip).observe() is HbmMcState.IN_SERVICE
    assert not chip.hazards()


# Configuration.


@pytest.mark.parametrize(
    ("register", "field"),
    [
        ("timing", "trfc"),
        ("refresh", "trefi"),
        ("refresh", "raaimt"),
        ("ecc_ctrl", "wr_bypass"),
        ("ecc_ctrl", "scrub_ms"),
    ],
)
def test_another_configuration_in_service_is_a_fault(register, field):
    chip = make()
    mc = boot(chip)
    getattr(mc.regs, register).modify(**{field: 1})
    assert mc.observe() in (HbmMcState.MISCONFIGURED, HbmMcState.EXPOSED)
    assert boot(chip).observe() is HbmMcState.IN_SERVICE


def test_refresh_changed_under_traffic_is_a_hazard():
    chip = make()
    boot(chip).regs.refresh.modify(trefi=1)
    assert {hazard.text for hazard in chip.hazards()} == {"timing or refresh written under traffic"}


def test_timing_can_be_locked_until_reset():
    mc = boot(make())
    mc.regs.regwen.clear(writable=True)
    mc.regs.refresh.modify(trefi=1)
    mc.regs.timing.modify(trcd=1)
    assert mc.is_as_planned()


# What goes wrong.


@pytest.mark.parametrize(("fault", "state"), [("init_fail", "INIT_FAILED"), ("seed_fail", "SEED_FAILED")])
def test_a_channel_that_fails_is_tried_once_more_then_reported(fault, state):
    chip = make()
    chip.plant("mc", fault, 2, times=1)
    assert boot(chip).observe() is HbmMcState.IN_SERVICE
    chip = make()
    chip.plant("mc", fault, 2)
    got, error = end(chip)
    assert (got, type(error)) == (state, NoWayOut)
    assert "fail_channels=4" in Bench(chip).mc.detail()


def test_a_stuck_controller_is_a_timeout_and_its_own_timer_counts():
    chip = make()
    chip.plant("mc", "stuck_busy")
    state, error = end(chip)
    assert (state, type(error)) == ("INITIALISING", PollTimeout)
    before = chip.now()
    assert end(chip)[0] == "INITIALISING"
    assert chip.now() - before < ms(10)


def test_a_blocked_scrub_is_restarted_under_traffic():
    chip = make()
    chip.plant("mc", "scrub_stuck", times=1)
    mc = boot(chip)
    chip.sleep(ms(2100))
    assert mc.observe() is HbmMcState.SCRUB_OVERDUE
    assert boot(chip).observe() is HbmMcState.IN_SERVICE
    assert not chip.hazards()


def test_a_trip_is_reported():
    chip = make()
    mc = boot(chip)
    chip.plant("mc", "cattrip", times=1)
    assert mc.observe() is HbmMcState.TRIPPED
    assert isinstance(end(chip)[1], NoWayOut)


def test_a_block_reset_loses_the_contents():
    chip = make()
    mc = boot(chip)
    chip.plant("mc", "block_reset")
    chip.sleep(1)
    assert mc.observe() is HbmMcState.UNCONFIGURED
    assert boot(chip).observe() is HbmMcState.IN_SERVICE


def test_slow_is_waited_for():
    chip = make()
    chip.plant("mc", "slow", 3)
    assert boot(chip).observe() is HbmMcState.IN_SERVICE


# Errors are evidence.


def test_counters_saturate_and_the_first_address_is_frozen():
    chip = make()
    mc = boot(chip)
    chip.plant("mc", "ce_storm", 1, times=1)
    chip["mc"].corrected(1, 0xDEAD)
    assert mc.regs.ch[1].ce.read().count == 255
    first = mc.regs.ch[1].ce_addr.read()
    assert (first.valid, first.high, first.low) == (True, 1, 0x40)
    assert mc.regs.intr_state.read().ce_storm


def test_converging_keeps_the_evidence():
    chip = make()
    mc = boot(chip)
    chip.plant("mc", "ue", 3, times=1)
    chip.plant("mc", "block_reset")
    trace = Trace(chip)
    assert Bench(trace).converge().ok
    regs = HbmMcRegs(chip)
    assert regs.ecc_clr.address not in {t.request.address for t in trace.log}
    assert mc.regs.ch[3].ue.read().count == 1
    assert mc.regs.intr_state.read().ue


def test_clearing_one_interrupt_leaves_its_neighbour():
    chip = make()
    mc = boot(chip)
    chip["mc"].uncorrectable(0, 0x40)
    chip["mc"].corrected(0, 0x40, times=255)
    mc.regs.intr_state.clear(ue=True)
    assert mc.regs.intr_state.read().ce_storm
    mc.regs.ecc_clr.pulse(clear=True)
    assert mc.regs.ch[0].ce.read().count == 0


def test_elapsed_counts_while_seeding():
    chip = make()
    mc = boot(chip)
    mc.regs.init_ctrl.modify(axi_fence=True)
    mc.regs.timing.modify(trcd=1)
    assert Bench(chip).mc.observe() is HbmMcState.UNCONFIGURED
    mc.configure()
    mc.initialise()
    chip.sleep(us(200))
    assert 190 <= mc.regs.elapsed.read().us <= 210
