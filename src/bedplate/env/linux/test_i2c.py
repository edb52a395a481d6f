"""The environment `i2c:`: a PMBus device through i2c-dev's ioctls, and what becomes of each error of the kernel."""

import ctypes
import errno
import os
import struct

import pytest

from bedplate.converge import Chip
from bedplate.env.i2c.conftest import ADDRESS, PlayedDevice
from bedplate.env.linux import i2c
from bedplate.env.linux.i2cdev import I2cdev
from bedplate.env.targets import parse
from bedplate.errors import (
    AccessError,
    ArbitrationLost,
    BusFault,
    BusSize,
    BusTimeout,
    Damaged,
    EnvError,
    LinkDown,
    NotAcknowledged,
    NotOwner,
    OutOfRange,
    UnknownName,
)

CAN = 0x0100_0001
"""I2C_FUNC_I2C, I2C_FUNC_SMBUS_READ_BLOCK_DATA, as in <linux/i2c.h>, and written down here once more."""


class Kernel:
    """Plays i2c-dev for one node, with a device behind it."""

    def __init__(self, node, device):
        self.node, self.device = str(node), device
        self.can, self.busy, self.fail = CAN, False, 0
        self.requests = []
        node.touch()

    def ioctl(self, fd, request, argument):
        assert os.readlink(f"/proc/self/fd/{fd}") == self.node
        self.requests.append(request)
        if request == 0x0705:
            argument[:] = struct.pack("@L", self.can)
        elif request == 0x0703:
            assert argument == ADDRESS
            if self.busy:
                raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        elif request == 0x0720:
            self.protocol(*struct.unpack("@BBIP", argument))
        else:
            assert request == 0x0707
            assert self.can & 1
            self.transfer(*struct.unpack("@PI", argument[:12]))

    def transfer(self, at, count):
        if self.fail:
            raise OSError(self.fail, os.strerror(self.fail))
        messages = [struct.unpack("@HHHP", ctypes.string_at(at + 16 * index, 16)) for index in range(count)]
        (address, flags, length, buffer), *more = messages
        assert (address, flags) == (ADDRESS, 0)
        out = ctypes.string_at(buffer, length)
        if not more:
            self.device(out)
            return
        ((address, flags, length, buffer),) = more
        counted = bool(flags & 0x0400)
        assert (address, flags & ~0x0400) == (ADDRESS, 1)
        room = ctypes.string_at(buffer, 1)[0] if counted else length
        assert not counted or length >= room + 32, "EINVAL"
        came = self.device(out, room, counted)
        assert len(came) <= length
        ctypes.memmove(buffer, came, len(came))

    def protocol(self, read, command, size, at):
        """I2C_SMBUS: the same device, by the name of the protocol."""
        if self.fail:
            raise OSError(self.fail, os.strerror(self.fail))
        count = {2: 1, 3: 2}.get(size, 0)
        if read:
            came = self.device(bytes([command]), count or 1, size == 5)
            ctypes.memmove(at, came, len(came))
        else:
            count = count if size != 5 else 1 + ctypes.string_at(at, 1)[0]
            self.device(bytes([command]) + ctypes.string_at(at, count))

    def open(self, options=""):
        return i2c.open_bus(parse(f"i2c:{self.node}?address={ADDRESS}{options}"), Chip, self.ioctl)


@pytest.fixture(params=["", "&pec=1"], ids=["plain", "pec"])
def kernel(request, tmp_path):
    device = PlayedDevice(pec=bool(request.param))
    device.held = {(None, 0x88): b"\xe8\x03", (None, 0xAD): bytes.fromhex("0081d249"), (1, 0x8B): b"\x84\x03"}
    made = Kernel(tmp_path / "i2c-1", device)
    made.options = request.param
    return made


class TestTransfers:
    def test_reads_writes_and_blocks(self, kernel):
        bus = kernel.open(kernel.options)
        assert bus.read(0x8800, 2) == 1000
        bus.write(0x8800, 1234, 2)
        assert bus.read(0x8800, 2) == 1234
        assert bus.read_block(0xAD10, 2) == [0xD281_0004, 0x49]
        assert bus.read(0x0101_8B00, 2) == 900
        bus.write(0x0308, 1, 1)
        assert kernel.device.sent == [3]

    def test_opening_moves_nothing(self, kernel):
        kernel.open(kernel.options)
        assert kernel.device.log == []

    def test_without_the_kernels_part_for_blocks_only_those_are_refused(self, kernel):
        kernel.can = 1
        bus = kernel.open(kernel.options)
        assert bus.read(0x8800, 2) == 1000
        with pytest.raises(EnvError, match="can read no blocks"):
            bus.read(0xAD10)


class TestSmbusAlone:
    """A controller that moves no plain messages, as chipsets have it."""

    @pytest.fixture
    def chipset(self, tmp_path):
        device = PlayedDevice()
        device.held = {(None, 0x19): b"\xb0", (None, 0x88): b"\xe8\x03", (None, 0xAD): b"abcd", (1, 0x8B): b"\x84\x03"}
        made = Kernel(tmp_path / "i2c-1", device)
        made.can = 0x0378_0000
        return made

    def test_moves_the_same_bytes(self, chipset):
        bus = chipset.open()
        assert (bus.read(0x1900, 1), bus.read(0x8800, 2), bus.read(0x0101_8B00, 2)) == (0xB0, 1000, 900)
        assert bus.read_block(0xAD10, 2) == [0x6362_6104, 0x64]
        bus.write(0x1900, 0x12, 1)
        bus.write(0x8800, 0x1234, 2)
        bus.write(0x0308, 1, 1)
        bus.write_block(0xAD10, [0x3332_3105, 0x3534])
        assert [out for out, room, _ in chipset.device.log if not room] == [
            "0001",
            "1912",
            "883412",
            "03",
            "ad053132333435",
        ]

    def test_carries_no_data_of_4_bytes_and_no_check_sum(self, chipset):
        bus = chipset.open()
        for access in (lambda: bus.read(0x8800, 4), lambda: bus.write(0x8800, 0x3333_3333, 4)):
            with pytest.raises(BusSize):
                access()
        with pytest.raises(EnvError, match="cannot carry check sums"):
            chipset.open("&pec=1")
        assert chipset.device.log == []

    def test_errors_are_typed(self, chipset):
        bus = chipset.open()
        chipset.fail = errno.ENXIO
        with pytest.raises(NotAcknowledged):
            bus.read(0x8800, 2)


class TestErrors:
    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            (errno.ENXIO, NotAcknowledged),
            (errno.EREMOTEIO, NotAcknowledged),
            (errno.EBADMSG, Damaged),
            (errno.EAGAIN, ArbitrationLost),
            (errno.ETIMEDOUT, BusTimeout),
            (errno.EBUSY, BusTimeout),
            (errno.EPROTO, BusFault),
            (errno.EIO, BusFault),
            (errno.ENODEV, LinkDown),
            (errno.EINVAL, LinkDown),
        ],
    )
    def test_of_the_kernel_are_typed_and_never_data(self, kernel, number, kind):
        bus = kernel.open(kernel.options)
        kernel.fail = number
        for access in (lambda: bus.read(0x8800, 2), lambda: bus.write(0x8800, 1, 2), lambda: bus.read(0xAD10)):
            with pytest.raises(BusFault if issubclass(kind, BusFault) else LinkDown) as caught:
                access()
            assert type(caught.value) is kind
            assert caught.value.where == f"{kernel.node} 0x60"
            assert caught.value.got == errno.errorcode[number]
        kernel.fail = 0
        assert bus.read(0x8800, 2) == 1000

    def test_a_timeout_is_a_timeout_to_python_too(self, kernel):
        bus = kernel.open(kernel.options)
        kernel.fail = errno.ETIMEDOUT
        with pytest.raises(TimeoutError):
            bus.read(0x8800, 2)


class TestOpening:
    def test_a_device_of_a_kernels_driver_is_refused(self, kernel):
        kernel.busy = True
        with pytest.raises(EnvError, match="a kernel driver owns this I2C device") as caught:
            kernel.open()
        assert "echo 1-0060 > /sys/bus/i2c/devices/1-0060/driver/unbind" in caught.value.next

    def test_a_controller_that_can_too_little_is_refused(self, kernel):
        kernel.can = 0x0018_0000
        with pytest.raises(EnvError, match="neither plain I2C messages nor SMBus's bytes and words"):
            kernel.open()

    def test_a_node_that_is_none(self, tmp_path):
        with pytest.raises(EnvError, match="no such I2C bus"):
            I2cdev(str(tmp_path / "i2c-9"), ADDRESS)
        (tmp_path / "file").touch()
        with pytest.raises(EnvError, match="this is no I2C bus"):
            I2cdev(str(tmp_path / "file"), ADDRESS)

    def test_two_buses_of_a_process_on_one_node_have_one_owner(self, kernel):
        assert kernel.open().owners == kernel.open("&write=0").owners

    def test_another_process_is_refused_as_writer_at_opening_as_reader_at_the_first_message(self, kernel, forked):
        bus = kernel.open(kernel.options)
        bus.read(0x8800, 2)
        assert "another process writes to this chip" in forked(lambda: kernel.open())
        assert "another process writes to this chip" in forked(lambda: kernel.open("&write=0").read(0x8800, 2))

    @pytest.mark.parametrize(
        ("options", "error"),
        [
            ("", AccessError),
            ("?address=0x07", OutOfRange),
            ("?address=0x78", OutOfRange),
            ("?address=x", OutOfRange),
            ("?address=0x60&address=0x61", AccessError),
            ("?address=0x60&pec=2", OutOfRange),
            ("?address=0x60&speed=1", UnknownName),
        ],
    )
    def test_a_target_that_makes_no_sense_opens_nothing(self, options, error):
        with pytest.raises(error):
            i2c.open_bus(parse(f"i2c:/nowhere/i2c-1{options}"), Chip)

    def test_a_target_without_an_address_says_how_to_find_it(self):
        with pytest.raises(AccessError) as caught:
            i2c.check(parse("i2c:/dev/i2c-7"), Chip)
        assert caught.value.next == "`i2cdetect -y 7` lists who is there"

    def test_another_thread_is_told_who_owns_it(self, kernel, elsewhere):
        bus = kernel.open(kernel.options)
        bus.read(0x8800, 2)
        with pytest.raises(NotOwner, match="another thread"):
            elsewhere(lambda: bus.read(0x8800, 2))
