"""What the tests of chips that nobody here wrote share: their machine at power-on, and a controller that dies at each write."""

import pytest

import bedplate
from bedplate.bus import Decorator, Kill, Killed, Moment, perform
from bedplate.reg import Probe, registers


class Writes(Decorator):
    """Keeps every write."""

    def __init__(self, bus):
        super().__init__(bus)
        self.log = []

    def transact(self, request):
        if request.is_write:
            self.log.append(request)
        return super().transact(request)


class KillAtWrite(Kill):
    """Counts writes only: reads change nothing, and how many there are is a matter of real time."""

    def transact(self, request):
        if request.is_write or self.count > self.at:
            return super().transact(request)
        return perform(self.bus, request)


class Machine:
    """A chip's machine. `on()` is the chip at power-on; a HAL `again(chip)` starts with nothing but the chip."""

    def __init__(self, target):
        self.target = target
        self.chips = []

    def on(self, prepare=None):
        chip = bedplate.open(self.target)
        self.chips.append(chip)
        if prepare is not None:
            prepare(chip)
        return chip

    def up(self, prepare=None):
        chip = self.on(prepare)
        report = chip.converge()
        assert report.ok, report
        return chip

    def watched(self, chip):
        """A HAL on the same chip, and the writes that it makes from here on."""
        bus = Writes(raw(chip))
        return type(chip)(bus), bus.log

    def survives_every_kill(self, prepare=None):
        """A converge may die after any write, and inside any burst: the next one ends as if nothing had been."""
        chip = self.on(prepare)
        hal, log = self.watched(chip)
        assert hal.converge().ok
        wanted = state(chip)
        assert log, "nothing to be killed in"
        for index, request in enumerate(log):
            moments = [(Moment.AFTER, 0), *((Moment.INSIDE, words) for words in {1, request.length - 1} - {0})]
            for moment, words in moments if request.is_burst else moments[:1]:
                where = f"write {index} ({request}), {moment.name} {words}"
                killed = self.on(prepare)
                with pytest.raises(Killed):
                    type(chip)(KillAtWrite(raw(killed), index, moment, words)).converge()
                report = again(killed).converge()
                assert report.ok, f"{where}: {report}"
                assert again(killed).converge().writes == 0, where
                assert state(killed) == wanted, where
                self.close()
        return len(log)

    def close(self):
        while self.chips:
            raw(self.chips.pop()).close()


def raw(chip):
    return chip.meter.bus


def again(chip):
    return type(chip)(raw(chip))


def state(chip):
    """Everything that the registers of a chip hold, each read as wide as it is: a dump has whole words alone."""
    return {block.name: held(block) for block in chip.all}


def held(block):
    """What each register of an instance holds that may be read without an effect."""
    safe = [
        (name, cls(block.regs.bus, block.regs.base + offset, name))
        for name, offset, cls in registers(type(block.regs))
        if cls.PROBE is Probe.SAFE and any(field.readable for field in cls.Value.FIELDS)
    ]
    return {name: register.read() for name, register in safe}


@pytest.fixture
def machine(request):
    """The machine of the chip in whose folder the test is."""
    made = Machine(f"qtest:{request.path.parent.name}")
    yield made
    made.close()
