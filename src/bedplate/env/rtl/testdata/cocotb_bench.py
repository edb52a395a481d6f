"""What a read costs in cocotb, by itself and under HAL code. Run by `bedplate bench simulator`, which says how many and where to."""

import json
import os
import time

import cocotb
from cocotb.triggers import Timer
from cocotb_example import Apb, start

CTRL, GAIN = 0x4, 0x5A00
CLOCKS = 30
"""Nanoseconds of simulated time that a read takes."""


@cocotb.test()
async def measure(dut):
    reads = int(os.environ["BEDPLATE_BENCH_READS"])
    bus, apb = await start(dut), Apb(dut)

    await bus.call(bus.write, CTRL, GAIN)

    def hal_code():
        for _ in range(reads):
            assert bus.read(CTRL) == GAIN

    async def plain():
        for _ in range(reads):
            assert int(await apb.read(CTRL, 4)) == GAIN

    acts = {
        "hal": lambda: bus.call(hal_code),
        "plain": plain,
        "clocks": lambda: wait(reads * CLOCKS),
    }
    times = {}
    for name, act in acts.items():
        started = time.process_time()
        await act()
        times[name] = (time.process_time() - started) / reads * 1e6
    with open(os.environ["BEDPLATE_BENCH_ANSWER"], "w", encoding="ascii") as file:
        json.dump(times, file)


async def wait(nanoseconds):
    await Timer(nanoseconds, "ns")
