"""Resets behind the HAL's back, at any moment: what they do to Tern's model, and that the chip's own word tells of each."""

import pytest

from bedplate.bus import MemoryBus, ms, us
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env import open_bus
from bedplate.errors import AccessError, UnknownName
from bedplate.model import ChipModel

NAMES = [block.name for block in Tern(MemoryBus(0)).all]
LINES = sorted(
    {
        f"{need.provider.name}.{need.port}"
        for b in Tern(MemoryBus(0)).all
        for need in b.needs
        if need.kind.value == "reset"
    }
)


def identity(model):
    """The boot ids of both dies, and all their reset epochs."""
    proofs = [die.sysid.proof() for die in Tern(model).die]
    return tuple(one.boot_id for one in proofs), tuple(epoch for one in proofs for epoch in one.epochs)


class TestVisible:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_reset_of_any_block_changes_the_epochs(self, booted, name):
        before = identity(booted)
        booted.plant_text(f"{name}:block_reset")
        booted.sleep(0)
        boot, epochs = identity(booted)
        assert boot == before[0]
        changed = [number for number, (old, new) in enumerate(zip(before[1], epochs, strict=True)) if old != new]
        assert changed
        assert {number // 16 for number in changed} == {NAMES.index(name) // (len(NAMES) // 2)}, "only its own die's"

    @pytest.mark.parametrize("name", ["chip", "die0", "die1", "die1.hbm0", *LINES])
    def test_so_does_a_reset_of_many(self, booted, name):
        before = identity(booted)
        booted.plant_text(f"{name}:reset")
        booted.sleep(0)
        boot, epochs = identity(booted)
        assert boot == before[0]
        assert epochs != before[1]

    def test_each_line_has_an_epoch_of_its_own_and_none_that_of_its_die(self, booted):
        counted = {}
        for line in LINES:
            before = identity(booted)[1]
            booted.plant_text(f"{line}:reset")
            booted.sleep(0)
            after = identity(booted)[1]
            counted[line] = {number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}
        per_die = len(after) // len(Tern(booted).die)
        assert all(len(epochs) == 1 and epochs.isdisjoint({0, per_die}) for epochs in counted.values()), counted
        assert len(set().union(*counted.values())) == len(LINES)

    def test_a_power_cycle_is_another_boot_each_time(self, booted):
        seen = {identity(booted)[0]}
        for _ in range(3):
            booted.reset("power")
            boot, epochs = identity(booted)
            assert boot not in seen
            assert set(epochs) == {0}
            seen.add(boot)


class TestWhatIsLost:
    def test_a_power_cycle_leaves_a_chip_at_power_on(self, booted):
        booted.tenant(True)
        booted.reset("power")
        fresh = make_model(Tern)
        booted.settle()
        fresh.settle()
        want, got = fresh.state(), booted.state()
        assert {name for name in want if want[name] != got[name]} == {"die0.sysid.boot_id", "die1.sysid.boot_id"}
        assert Tern(booted).converge().ok
        assert booted.violations() == []

    def test_a_warm_reset_keeps_the_signature_and_the_tenant_and_nothing_else(self, booted):
        booted.tenant(True)
        scratch = booted["die0.sysid"].hw.scratch[1].value
        booted.reset("warm")
        assert Tern(booted).die[0].sysid.proof().tenant_active
        assert booted["die0.sysid"].hw.scratch[1].value == scratch != 0
        assert booted.blocked("die0.hbm0.phy") == "unpowered"
        assert not booted["die0.pwrmgr"].provides("")

    def test_a_reset_of_a_die_leaves_the_other_alone(self, booted):
        before = booted.state()
        booted.reset_domain("die1")
        after = booted.state()
        assert {name.partition(".")[0] for name in before if before[name] != after[name]} == {"die1"}
        assert booted.blocked("die1.hbm0.phy") == "unpowered"
        assert Tern(booted).converge().ok

    def test_a_reset_line_resets_who_hangs_on_it_once(self, booted):
        before = booted.state()
        booted.reset_domain("die0.rstmgr.hbm0_ctl")
        after = booted.state()
        changed = {name.rpartition(".")[0] for name in before if before[name] != after[name]}
        assert changed == {"die0.sysid", *(f"die0.hbm0.mc{i}" for i in range(4))}
        assert Tern(booted).converge().ok


class TestMoments:
    def test_it_comes_between_two_accesses_that_follow_each_other(self, booted):
        booted.plant_text("die0:reset=150ns")
        address = Tern(booted).register("die0.pll.sys.ctrl").register.address
        assert not booted.read(address) & 1
        assert booted.read(address) & 1, "powered down"

    def test_a_snapshot_holds_those_to_come(self, booted):
        booted.plant_text("chip:power_cycle=3ms")
        copy = ChipModel.restore(booted.snapshot())
        for model in (booted, copy):
            before = identity(model)
            model.sleep(ms(3))
            assert identity(model)[0] != before[0]
        assert booted.state() == copy.state()

    def test_a_target_takes_them(self):
        model = open_bus("model:tern?fault=die0:reset=1ms&fault=chip:power_cycle=2ms", Tern)
        model.sleep(us(1999))
        assert identity(model)[0][1] == 1
        model.sleep(us(1))
        assert identity(model)[0][1] == 2


@pytest.mark.parametrize("text", ["chip:reset=1.5", "die0:reset=now", "die0:reset*2"])
def test_a_reset_takes_a_delay_and_comes_once(booted, text):
    with pytest.raises(AccessError, match="delay"):
        booted.plant_text(text)


@pytest.mark.parametrize("text", ["die2:reset", "die0.pll.sys:reset", "die0:power_cycle", "die0.rstmgr.hbm9:reset"])
def test_who_cannot_be_reset_is_refused(booted, text):
    with pytest.raises(UnknownName):
        booted.plant_text(text)
