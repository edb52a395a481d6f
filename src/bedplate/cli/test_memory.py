"""Memories by name: shown, saved and loaded, and what is refused before any transaction."""

import pytest

from bedplate.bus import MemoryBus
from bedplate.chips.nvme import NvmeChip
from bedplate.converge import contents
from bedplate.errors import NotReadable, NotWritable, OutOfRange
from bedplate.reg import Memory
from bedplate.topology import NamedMemory, memory

NVME = ("-t", "qtest:nvme")
SQ = "controller.admin.sq"


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        (SQ, range(64)),
        (f"{SQ}[3]", range(3, 4)),
        (f"{SQ}[0:16]", range(16)),
        (f"{SQ}[0x10:]", range(16, 64)),
        (f"{SQ}[:2]", range(2)),
    ],
)
def test_a_part_of_a_memory_is_named_as_python_counts(name, entries):
    found = memory(name, NvmeChip(MemoryBus(0)).all)
    assert (found.memory.path, found.entries) == (SQ, entries)


@pytest.mark.parametrize("name", ["controller.registers.vs", "controller.registers.vs.mjr", "nobody.sq", "function"])
def test_what_is_no_memory_is_left_to_registers(name):
    assert memory(name, NvmeChip(MemoryBus(0)).all) is None


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["get", f"{SQ}[60:70]"], 2, "entries 0 to 63"),
        (["get", f"{SQ}[5:5]"], 2, "one at least"),
        (["get", f"{SQ}[64]"], 2, "entries 0 to 63"),
        (["get", f"{SQ}[a:b]"], 2, "NAME[FIRST:STOP]"),
        (["get", "controller.admin.nope[0:1]"], 2, "unknown register 'nope'"),
        (["get", "controller.registers.vs[0:1]"], 2, "a register has no entries"),
        (["get", SQ, f"{SQ}[0]", "--save", "x"], 2, "--save is for one memory"),
        (["load", f"{SQ}[63:]", __file__], 2, "at most 4"),
        (["load", "controller.registers.vs", __file__], 2, "a register takes no file"),
    ],
)
def test_what_cannot_be_is_refused_on_paper(run, command, code, said):
    ran = run(*NVME, "reg", *command)
    assert (ran.code, ran.transactions) == (code, 0)
    assert said in ran.err


def test_a_memory_is_shown_and_saved(run, tmp_path):
    file = tmp_path / "identity.bin"
    ran = run(*NVME, "reg", "get", "--up", "controller.admin.controller[0:16]", "--save", str(file))
    assert ran.code == 0, ran.err
    assert "16 of 1024 entries of 32 bits" in ran.out
    assert "[4]  20202020 20202020 554d4551 4d564e20          QEMU NVM" in ran.out
    assert file.read_bytes()[24:32] == b"QEMU NVM"
    doc = run(
        "--json", *NVME, "reg", "get", "--up", "controller.admin.controller[6]", "controller.registers.vs.mjr"
    ).doc
    assert [(one["first"], one["entries"]) for one in doc["memories"]] == [(6, [0x554D4551])]
    assert len(doc["values"]) == 1


def test_a_file_is_loaded(run, tmp_path):
    file = tmp_path / "commands.bin"
    file.write_bytes(bytes(range(8)))
    ran = run("--json", *NVME, "reg", "load", "--up", f"{SQ}[60:]", str(file))
    assert ran.code == 0, ran.err
    written = ran.doc["written"]
    assert (written["first"], written["entries"]) == (60, [0x03020100, 0x07060504])


class TestContents:
    """Bytes and entries, on a memory of entries of 12 bits in 2 bytes."""

    @staticmethod
    def part(kind, first=0, stop=8):
        narrow = type("Narrow", (kind,), {"ENTRIES": 8, "WIDTH": 12, "STRIDE": 2, "__slots__": ()})
        return NamedMemory(NvmeChip(MemoryBus(0)).all[0], narrow(MemoryBus(64), 0, "a.b"), range(first, stop))

    def test_fit_from_the_first_entry_on(self):
        target, values = contents.contents(self.part(contents.WritableMemory, 2), b"\x23\x01\xff\x0f")
        assert (target.name, values) == ("a.b[2:4]", [0x123, 0xFFF])

    @pytest.mark.parametrize("data", [b"", b"\x00", bytes(18), b"\x00\x00\xff\xff"])
    def test_others_are_refused(self, data):
        with pytest.raises(OutOfRange):
            contents.contents(self.part(contents.WritableMemory), data)

    def test_a_memory_that_cannot_be_read_or_written_says_so(self):
        with pytest.raises(NotWritable):
            contents.contents(self.part(Memory), b"\x00\x00")
        with pytest.raises(NotReadable):
            contents.require_readable(self.part(Memory))
