"""Devices on an I2C bus of a machine: stock models behind a stock controller, and a controller that answers as none of them does."""

import pytest

import bedplate
from bedplate.bus import MemoryBus
from bedplate.env.i2c import Device
from bedplate.env.qtest import aspeed
from bedplate.env.qtest.aspeed import AspeedI2c
from bedplate.env.qtest.bus import QtestBus
from bedplate.env.qtest.machine import MachineSpec, start
from bedplate.errors import ArbitrationLost, BusFault, BusTimeout, Damaged, LinkDown, NotAcknowledged

BASE = 0x1E78_A040
DEVICES = ("isl69259,address=0x60", "isl69259,address=0x61", "tmp105,address=0x48")


@pytest.fixture(scope="module")
def board():
    plugged = [word for one in DEVICES for word in ("-device", f"{one},bus=aspeed.i2c.bus.0")]
    bus = QtestBus(start(MachineSpec("arm", ("-M", "ast2500-evb", *plugged), ())))
    yield bus
    bus.close()


def device(board, address, pec=False):
    return Device(AspeedI2c(board, BASE, address).transfer, address, pec)


class TestStockModels:
    def test_a_block_with_a_check_sum_that_nobody_here_made(self, board):
        """The model's IC_DEVICE_ID ends in a byte of its own, which is the PEC of a device at 0x60."""
        assert device(board, 0x60, pec=True).read_block(0xAD) == bytes([4, 0x00, 0x81, 0xD2, 0x49])

    def test_at_another_address_that_check_sum_is_wrong(self, board):
        with pytest.raises(Damaged, match="0x61: the answer to command 0xad has a wrong check sum"):
            device(board, 0x61, pec=True).read_block(0xAD)

    def test_an_address_without_a_device(self, board):
        with pytest.raises(NotAcknowledged):
            device(board, 0x33).read(0x98, 1)
        assert device(board, 0x60).read(0x98, 1) == b"\x33", "the bus is free again"

    def test_writes_and_reads_of_a_device_that_is_not_of_pmbus(self, board):
        sensor = device(board, 0x48)
        sensor.write(0x03, bytes.fromhex("4b00"))  # T_HIGH, most significant byte first
        assert sensor.read(0x03, 2) == bytes.fromhex("4b00")


def test_a_chip_that_is_not_there_is_a_dead_link_that_says_who_did_not_answer(monkeypatch):
    monkeypatch.setattr("bedplate.chips.isl69260.machine.ARGUMENTS", ("-M", "ast2500-evb"))
    monkeypatch.setattr("bedplate.chips.isl69260.machine.I2C_WRITES", ())
    chip = bedplate.open("qtest:isl69260", write=False)
    with pytest.raises(LinkDown) as caught:
        chip.rail0.observe()
    assert caught.value.cause.startswith("the device does not take a byte; or ")


class Controller(MemoryBus):
    """Says these statuses, one a command; then that of the command."""

    def __init__(self, *statuses):
        super().__init__(0x100)
        self.statuses, self.commands = list(statuses), []

    def write(self, address, value, size=4):
        if address == aspeed.COMMAND:
            self.commands.append(value)

    def read(self, address, size=4):
        if address == aspeed.BYTE:
            return 0xFF00
        last = self.commands[-1]
        kind = (
            aspeed.RECEIVED if last & aspeed.RECEIVE else aspeed.STOPPED if last & aspeed.STOP else aspeed.ACKNOWLEDGED
        )
        return self.statuses.pop(0) if self.statuses else kind


class TestController:
    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            (aspeed.REFUSED, NotAcknowledged),
            (aspeed.LOST, ArbitrationLost),
            (aspeed.TIMEOUT, BusTimeout),
            (0, NotAcknowledged),
        ],
    )
    @pytest.mark.parametrize("byte", range(4))
    def test_what_goes_wrong_is_typed_and_the_message_is_stopped(self, status, kind, byte):
        controller = Controller(*[aspeed.ACKNOWLEDGED] * byte, status)
        with pytest.raises(kind):
            AspeedI2c(controller, 0, 0x60).transfer(b"\x88", 2)
        assert controller.commands[-1] == aspeed.STOP

    def test_a_length_that_is_none(self):
        controller = Controller()
        with pytest.raises(BusFault, match="an impossible length, got 255"):
            AspeedI2c(controller, 0, 0x60).transfer(b"\xad", 1, counted=True)
        assert controller.commands[-2:] == [aspeed.RECEIVE | aspeed.LAST, aspeed.STOP]
