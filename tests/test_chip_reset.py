"""A reset of the whole chip: in each world it takes the same, leaves the same evidence, and the chip can be booted again."""

import pytest

from bedplate.chips.tern import Tern
from bedplate.env import open_bus

CAUSES = ("warm", "watchdog", "power")
WORLDS = ("model:tern", "rtl:tern")


def life(target):
    """After a boot, and after a reset by each cause and another boot: what the dies say, how many writes it took, the violations."""
    bus = open_bus(target)
    told = []
    try:
        for cause in ("", *CAUSES):
            if cause:
                bus.reset(cause)
            proofs = [die.sysid.proof() for die in Tern(bus).die]
            report = Tern(bus).converge()
            told.append((cause, proofs, report.ok, report.writes))
        return told, len(bus.violations())
    finally:
        if hasattr(bus, "close"):
            bus.close()


@pytest.fixture(scope="module")
def lives():
    return {target: life(target) for target in WORLDS}


@pytest.mark.parametrize("target", WORLDS)
def test_the_chip_boots_again_and_tells_what_was_done_to_it(lives, target):
    (first, warm, watchdog, power), violations = lives[target]
    assert violations == 0
    for _, proofs, ok, writes in (first, warm, watchdog, power):
        assert ok
        assert writes > 0
        assert [proof.serial != 0 for proof in proofs] == [True, True]
        assert proofs[0].serial != proofs[1].serial
        assert [proof.serial for proof in proofs] == [proof.serial for proof in first[1]]
    for die in range(2):
        one, two, three, four = (told[1][die] for told in (first, warm, watchdog, power))
        assert [proof.reset_reason.name for proof in (one, two, three, four)] == [
            *("POWER_ON", "WARM", "WATCHDOG", "POWER_ON")
        ]
        assert one.boot_id == two.boot_id == three.boot_id != four.boot_id
        assert set(four.epochs) == {0}
        assert all(b >= a for a, b in zip(one.epochs, two.epochs, strict=True))
        assert one.epochs != two.epochs != three.epochs


def test_both_worlds_tell_the_same(lives):
    assert lives["model:tern"] == lives["rtl:tern"]


def test_the_serial_number_is_that_of_the_fuses():
    chip = Tern(open_bus("model:tern"))
    assert chip.converge().ok
    assert [die.sysid.proof().serial for die in chip.die] == [die.otp.serial() for die in chip.die]
