"""A cocotb test that uses Bedplate: its HAL code blocks, the simulation goes on. Run by `test_cocotb.py`."""

import cocotb
import pytest
from cocotb.clock import Clock
from cocotb.triggers import ReadOnly, RisingEdge, Timer

from bedplate.env.rtl.cocotb import CoroutineBus
from bedplate.env.rtl.one_register import OneRegister
from bedplate.errors import BusFault, EnvError


class Apb:
    """A small APB master, as coroutines."""

    def __init__(self, dut):
        self.dut = dut

    async def transfer(self, address, size, value=None):
        dut, shift = self.dut, 8 * (address & 3)
        await RisingEdge(dut.clk)
        dut.psel.value, dut.penable.value, dut.pwrite.value = 1, 0, value is not None
        dut.paddr.value = address & ~3
        dut.pwdata.value = (value or 0) << shift
        dut.pstrb.value = 0 if value is None else (1 << size) - 1 << (address & 3)
        await RisingEdge(dut.clk)
        dut.penable.value = 1
        while True:
            await ReadOnly()
            if dut.pready.value == 1:
                break
            await RisingEdge(dut.clk)
        word, error = dut.prdata.value, int(dut.pslverr.value)
        await RisingEdge(dut.clk)
        dut.psel.value = dut.penable.value = 0
        if error:
            raise BusFault("error response", where=f"0x{address:08x}")
        return word if size == 4 else int(word) >> shift & (1 << 8 * size) - 1

    async def read(self, address, size):
        return await self.transfer(address, size)

    async def write(self, address, value, size):
        await self.transfer(address, size, value)


async def start(dut):
    dut.rst_n.value = 0
    for pin in (dut.psel, dut.penable, dut.pwrite, dut.paddr, dut.pwdata, dut.pstrb):
        pin.value = 0
    cocotb.start_soon(Clock(dut.clk, 10, "ns").start())
    await Timer(35, "ns")
    dut.rst_n.value = 1
    apb = Apb(dut)
    return CoroutineBus(read=apb.read, write=apb.write)


@cocotb.test()
async def converges_while_simulated_time_passes(dut):
    bus = await start(dut)
    chip = OneRegister(bus)
    report = await bus.call(chip.converge)
    assert report.ok, str(report)
    assert report.device_time >= 1000, "the wait was in simulated time"
    assert dut.enable.value == 1
    assert (await bus.call(chip.converge)).writes == 0


@cocotb.test()
async def narrow_accesses_touch_their_lanes_alone(dut):
    bus = await start(dut)
    await bus.call(bus.write, 4, 0x00000001)
    await bus.call(bus.write, 5, 0xA7, 1)
    assert await bus.call(bus.read, 5, 1) == 0xA7
    assert dut.enable.value == 1


@cocotb.test()
async def an_error_response_is_a_typed_error_in_hal_code(dut):
    bus = await start(dut)

    def hal_code():
        with pytest.raises(BusFault):
            bus.read(0x100)
        return bus.read(0)

    assert await bus.call(hal_code) == 0x0BED0001


@cocotb.test()
async def what_hal_code_does_not_catch_reaches_the_test(dut):
    bus = await start(dut)
    with pytest.raises(BusFault):
        await bus.call(bus.write, 0x100, 1)


@cocotb.test()
async def calls_of_two_tasks_wait_for_one_another(dut):
    bus = await start(dut)
    ctrl = OneRegister(bus).box.regs.ctrl
    for gain in range(1, 20):
        tasks = [
            cocotb.start_soon(bus.call(ctrl.modify, gain=gain)),
            cocotb.start_soon(bus.call(ctrl.modify, enable=gain & 1)),
        ]
        for task in tasks:
            await task
        now = await bus.call(ctrl.read)
        assert (now.gain, now.enable) == (gain, gain & 1), "both fields"


@cocotb.test()
async def a_task_that_is_cancelled_ends_before_the_next_one_begins(dut):
    bus = await start(dut)
    unwound = []

    def endless():
        try:
            while True:
                bus.read(0)
        finally:
            unwound.append("began")
            unwound.append(bus.read(0))

    first = cocotb.start_soon(bus.call(endless))
    await Timer(200, "ns")
    second = cocotb.start_soon(bus.call(lambda: list(unwound)))
    await Timer(200, "ns")
    assert not second.done()
    first.cancel()
    assert await second == ["began"]


@cocotb.test()
async def unknown_bits_are_no_number(dut):
    bus = await start(dut)
    dut.gain.value = cocotb.types.LogicArray("0000X000")
    with pytest.raises(BusFault, match="unknown"):
        await bus.call(bus.read, 4)


@cocotb.test()
async def hal_code_outside_of_a_call_is_told_so(dut):
    bus = await start(dut)
    with pytest.raises(EnvError, match="outside"):
        bus.read(0)
