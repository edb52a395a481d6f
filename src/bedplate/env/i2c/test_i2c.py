"""Commands of a PMBus device as a bus: which message each access is, and that nothing but data is ever taken for data."""

import pytest

from bedplate.env.i2c import Device
from bedplate.env.i2c.conftest import ADDRESS, PlayedDevice
from bedplate.env.i2c.smbus import pec
from bedplate.errors import BusFault, BusSize, Damaged, NotAcknowledged, NotOwner, OutOfRange, OutOfReach


def moved(device):
    """What went out, without the check sums."""
    return [(out[:-2] if device.pec and not room else out) for out, room, _ in device.log]


class TestAccesses:
    def test_the_size_of_a_read_is_that_of_its_message(self, device):
        bus = device.bus()
        assert bus.read(0x1900, 1) == 0xB0
        assert bus.read(0x8800, 2) == 1000
        assert bus.read(0xDD00, 4) == 0x04030201
        assert bus.read_block(0xF900, 2) == [0x04030201, 0x08070605]
        assert [room - device.pec for _, room, _ in device.log] == [1, 2, 4, 8]

    def test_the_size_of_a_write_is_that_of_its_message(self, device):
        bus = device.bus()
        bus.write(0x1900, 0x12, 1)
        bus.write(0x8800, 0x1234, 2)
        bus.write(0xDD00, 0x12345678, 4)
        bus.write_block(0xF900, [1, 2])
        assert moved(device) == ["1912", "883412", "dd78563412", "f90100000002000000"]

    def test_a_command_without_data_is_sent_by_a_one(self, device):
        device.bus().write(0x0308, 1, 1)
        assert (moved(device), device.sent) == (["03"], [3])

    def test_polls(self, device):
        assert device.bus().poll(0x8800, 0xFFFF, 1000, timeout=1000, size=2) == 1000


class TestPages:
    def test_each_access_to_a_page_turns_it(self, device):
        bus = device.bus()
        assert [bus.read(0x0100_8B00, 2), bus.read(0x0101_8B00, 2), bus.read(0x0101_8B00, 2)] == [900, 1000, 1000]
        assert moved(device) == ["0000", "8b", "0001", "8b", "0001", "8b"]

    def test_what_somebody_else_turned_is_turned_back(self, device):
        bus = device.bus()
        bus.read(0x0101_8B00, 2)
        device.page = 0
        assert bus.read(0x0101_8B00, 2) == 1000
        device.page = 0
        bus.write(0x0101_2100, 900, 2)
        assert device.held[1, 0x21] == bytes.fromhex("8403")

    def test_sending_and_all_pages(self, device):
        device.bus().write(0x01FF_0308, 1, 1)
        assert moved(device) == ["00ff", "03"]

    def test_what_is_on_no_page_turns_none(self, device):
        device.bus().read(0x8800, 2)
        assert moved(device) == ["88"]

    def test_a_page_that_cannot_be_turned_to_is_not_read(self, device, monkeypatch):
        def refuse(out, room=0, counted=False):
            device.log.append(out)
            raise NotAcknowledged("no such page")

        bus = device.bus()
        monkeypatch.setattr(bus.device, "transfer", refuse)
        with pytest.raises(NotAcknowledged):
            bus.read(0x0107_8B00, 2)
        assert len(device.log) == 1


class TestBlocks:
    def test_are_read_as_they_are_on_the_wire(self, device):
        bus = device.bus()
        assert bus.read_block(0xAD10, 2) == [0xD281_0004, 0x49]
        assert [bus.read(0xAD10), bus.read(0xAD14)] == [0xD281_0004, 0x49]
        assert bus.read_block(0x9E10, 9) == [0x7878_7820, *[0x7878_7878] * 7, 0x78]

    def test_are_written_with_their_count_and_no_byte_more(self, device):
        bus = device.bus()
        bus.write_block(0xAD10, [0x3332_3105, 0x3534])
        bus.write(0xAD10, 0x3231_02)
        assert moved(device) == ["ad053132333435", "ad023132"]

    @pytest.mark.parametrize("words", [[0x05], [0x3231_3001], [0x21] + [0] * 8, [0x0000_0002, 1]])
    def test_what_is_no_block_is_not_written(self, device, words):
        with pytest.raises(OutOfRange, match="no block"):
            device.bus().write_block(0xAD10, words)
        assert device.log == []

    def test_half_a_block_is_not_written(self, device):
        with pytest.raises(BusSize, match="as a whole, wanted from 0x0000ad10 on"):
            device.bus().write(0xAD14, 1)
        assert device.log == []

    def test_a_count_that_is_a_lie_is_no_data(self, device, monkeypatch):
        bus = device.bus()
        monkeypatch.setattr(bus.device, "read_block", lambda command: b"\x05abc")
        with pytest.raises(BusFault, match="a block of 3 bytes that says 5"):
            bus.read(0xAD10)


class TestPec:
    def test_is_the_crc_of_the_specification(self):
        assert pec(b"123456789") == 0xF4
        assert pec(b"") == 0

    def test_a_damaged_answer_is_no_data(self):
        device = PlayedDevice(pec=True)
        device.held[None, 0x88] = b"\xe8\x03"
        device.flip = 1
        with pytest.raises(Damaged, match=r"0x60: the answer to command 0x88 .* after e903") as caught:
            device.bus().read(0x8800, 2)
        assert "CAPABILITY" in caught.value.next

    def test_every_bit_counts(self):
        answer = bytearray(Device(lambda *_: b"", ADDRESS).transfer(b""))
        right = bytes.fromhex("e803") + bytes([pec(bytes([0xC0, 0x88, 0xC1, 0xE8, 0x03]))])
        for bit in range(24):
            answer[:] = (int.from_bytes(right, "big") ^ 1 << bit).to_bytes(3, "big")
            with pytest.raises(Damaged):
                Device(lambda *_, came=bytes(answer), **__: came, ADDRESS, pec=True).read(0x88, 2)

    def test_that_is_asked_for_by_one_side_alone_never_makes_data(self):
        device = PlayedDevice(pec=False)
        device.held[None, 0x88] = b"\xe8\x03"
        with pytest.raises(Damaged):
            device.bus(pec=True).read(0x8800, 2)
        device.pec = True
        with pytest.raises(NotAcknowledged):
            device.bus(pec=False).write(0x8800, 1, 2)


class TestBadInput:
    @pytest.mark.parametrize(
        ("access", "error"),
        [
            (lambda bus: bus.read(0x8801, 1), OutOfReach),
            (lambda bus: bus.read(0x8804, 4), OutOfReach),
            (lambda bus: bus.read(0x8810, 2), OutOfReach),
            (lambda bus: bus.read(0x8838, 4), OutOfReach),
            (lambda bus: bus.read_block(0x8800, 3), OutOfReach),
            (lambda bus: bus.read_block(0x8810, 10), OutOfReach),
            (lambda bus: bus.read(0x0001_8800, 2), OutOfReach),
            (lambda bus: bus.read(0x0200_8800, 2), OutOfReach),
            (lambda bus: bus.read(-0x100, 2), OutOfReach),
            (lambda bus: bus.read(0x8800, 3), BusSize),
            (lambda bus: bus.read(0x8811, 4), BusSize),
            (lambda bus: bus.read(0x0308, 1), BusSize),
            (lambda bus: bus.write(0x0308, 0, 1), OutOfRange),
            (lambda bus: bus.write(0x8800, 0x10000, 2), OutOfRange),
            (lambda bus: bus.write(0x8800, -1, 2), OutOfRange),
            (lambda bus: bus.write(0x0308, 1, 2), OutOfReach),
        ],
    )
    def test_moves_nothing(self, device, access, error):
        with pytest.raises(error):
            access(device.bus())
        assert device.log == []

    def test_another_thread_is_refused(self, device, elsewhere):
        bus = device.bus()
        bus.read(0x8800, 2)
        with pytest.raises(NotOwner):
            elsewhere(lambda: bus.read(0x8800, 2))
