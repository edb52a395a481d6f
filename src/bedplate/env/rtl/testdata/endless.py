"""Boxes whose drivers never come to an end: one sleeps in the simulator, one keeps its bus busy. For `test_interrupt.py`."""

import sys

from bedplate.block import s, step
from bedplate.env.rtl.one_register import Box, BoxState, OneRegister
from bedplate.env.rtl.one_register.regs import OneRegisterRegs


class Sleeper(Box):
    """Goes to sleep as it is switched on."""

    @step(BoxState.OFF, BoxState.SETTLING)
    def switch_on(self):
        print("endless", file=sys.stderr, flush=True)
        self.regs.ctrl.bus.sleep(s(86_400))


class Poller(Box):
    """Reads for ever."""

    @step(BoxState.OFF, BoxState.SETTLING)
    def switch_on(self):
        print("endless", file=sys.stderr, flush=True)
        raw = self.regs.ctrl.bus._guard.bus.bus  # behind gate, guard and meter: that one would end it
        while True:
            raw.read(self.regs.ctrl.address)


class Sleeping(OneRegister):
    """The RTL is that of `OneRegister`."""

    def wire(self, bus):
        self.box = Sleeper(OneRegisterRegs(bus, 0x0, "box"), None)


class Polling(OneRegister):
    """The RTL is that of `OneRegister`."""

    def wire(self, bus):
        self.box = Poller(OneRegisterRegs(bus, 0x0, "box"), None)
