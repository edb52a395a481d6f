"""Registers as RTL: what comes out, and what is refused because the library would build something else."""

import pytest

from bedplate.errors import RdlError
from bedplate.gen.rtl import registers_sv

PLAIN = """
addrmap plain {
    reg { field { onwrite = woclr; hwset; hw = na; } seen[0:0] = 0; field {} kept[15:8] = 0x5A; } status @ 0x0;
};
"""


@pytest.fixture
def rtl(tmp_path):
    def make(text, top="plain"):
        source = tmp_path / f"{top}.rdl"
        source.write_text(text)
        return registers_sv([source], top, [], "// title")

    return make


def test_package_and_module_in_one_file_with_synchronous_reset(rtl):
    text = rtl(PLAIN)
    assert text.startswith("// title\n")
    assert text.index("package plain_regs_pkg") < text.index("module plain_regs")
    assert "negedge" not in text
    assert "8'h5a" in text


def test_the_bus_is_the_bundle_that_every_block_has(rtl):
    text = rtl(PLAIN)
    assert "input block_pkg::apb_req_t apb,\n        output block_pkg::apb_rsp_t apb_rsp" in text
    assert "s_apb" not in text


def test_the_same_description_gives_the_same_text(rtl):
    assert rtl(PLAIN) == rtl(PLAIN)


REFUSED = {
    "write-once": "addrmap plain { reg { field { sw = rw1; hw = r; } once[0:0] = 0; } a @ 0x0; };",
    "alias register": "addrmap plain { reg one { field {} f[0:0] = 0; }; one a @ 0x0; alias a one b @ 0x4; };",
    "SystemVerilog reserves: `priority`": "addrmap plain { reg { field {} priority[0:0] = 0; } a @ 0x0; };",
    "SystemVerilog reserves: `config`": "addrmap plain { reg { field {} f[0:0] = 0; } config @ 0x0; };",
    "words of 32 bits": "addrmap plain { reg { regwidth = 16; field {} f[0:0] = 0; } a @ 0x0; };",
    "rsvdset": "addrmap plain { rsvdset; reg { field {} f[0:0] = 0; } a @ 0x0; };",
    "big-endian wide": """addrmap plain { bigendian;
        reg { regwidth = 64; accesswidth = 32; field {} f[63:0] = 0; } a @ 0x0; };""",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_library_would_get_wrong_is_refused(rtl, what):
    with pytest.raises(RdlError, match=what) as error:
        rtl(REFUSED[what])
    word = what.partition("`")[2].strip("`")
    assert (f"{word}_" if word else "describe it otherwise") in error.value.next


def test_what_the_library_refuses_itself_is_one_error(rtl):
    with pytest.raises(RdlError):
        rtl("addrmap plain { reg { field { onwrite = wuser; sw = rw; hw = r; } f[0:0] = 0; } a @ 0x0; };")
