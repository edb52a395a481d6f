"""A simulation whose time moves in steps of a microsecond: a wait is never shorter than it was asked for."""

import cocotb

from bedplate.env.rtl.cocotb import CoroutineBus


@cocotb.test()
async def waits_are_rounded_up(dut):
    bus = CoroutineBus(read=None, write=None)

    def hal_code():
        spent = []
        for duration in (1, 999, 1_000, 1_001, 2_500):
            began = bus.now()
            bus.sleep(duration)
            spent.append(bus.now() - began)
        return spent

    assert await bus.call(hal_code) == [1_000, 1_000, 1_000, 2_000, 3_000]
