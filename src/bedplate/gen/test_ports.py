"""The header of a module: every port that SystemVerilog lets an author write is found as it is, or refused with its line."""

import pytest

from bedplate.errors import ConfigError, WiringError
from bedplate.gen.ports import included_ports, module_ports


@pytest.fixture
def ports(tmp_path):
    """The ports of a module with this list of ports; what is before the list may be given."""

    def read(text, before=""):
        file = tmp_path / "thermo.sv"
        file.write_text(f"module other(input logic no);\nendmodule\nmodule thermo {before}(\n{text}\n);\nendmodule\n")
        return module_ports(file)

    return read


BIT, WORD = ("logic", ""), ("logic", "[3:0]")

UNDERSTOOD = {
    "input logic foo": {"foo": BIT},
    "input foo": {"foo": BIT},
    "input wire foo, input bit bar, input reg baz": {"foo": BIT, "bar": BIT, "baz": BIT},
    "input wire logic [3:0] foo, input var logic bar": {"foo": WORD, "bar": BIT},
    "input [3:0] foo": {"foo": WORD},
    "input signed [3:0] foo": {"foo": WORD},
    "input logic signed [3:0] foo, bar": {"foo": WORD, "bar": WORD},
    "input logic [3:0] foo, input bar, logic baz, [3:0] qux": {"foo": WORD, "bar": BIT, "baz": BIT, "qux": WORD},
    "input logic [3:0][0:$bits({a, b}) - 1] foo": {"foo": ("logic", "[3:0][0:$bits({a,b})-1]")},
    "input us_t foo, input block_pkg::us_t bar, baz": {
        "foo": ("us_t", ""),
        "bar": ("block_pkg::us_t", ""),
        "baz": ("block_pkg::us_t", ""),
    },
    "input int foo, input int unsigned bar": {"foo": ("int", ""), "bar": ("int", "")},
    r"input logic \near , input logic far": {"near": BIT, "far": BIT},
    "input logic foo, // input logic bar,\n /* input\n logic baz, */ input logic qux": {"foo": BIT, "qux": BIT},
    "": {},
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_port_is_found_however_it_is_written(text, ports):
    found = ports(text)
    assert {name: (found.types[name], width) for name, width in found.inputs.items()} == UNDERSTOOD[text]
    assert not found.outputs


def test_a_direction_holds_until_there_is_another(ports):
    found = ports("output logic provides, spare, input logic [3:0] foo, bar, output mhz")
    assert (found.outputs, found.inputs) == (
        {"provides": "", "spare": "", "mhz": ""},
        {"foo": "[3:0]", "bar": "[3:0]"},
    )


def test_what_is_before_the_list_is_no_part_of_it(ports):
    before = "import block_pkg::*; import a_pkg::b; #(parameter logic [1:0] INPUT = {1'b0, f(1)}, input_t T = ');'\n)"
    assert ports("input logic foo", before.replace("');'", '");"')).inputs == {"foo": ""}


def test_an_include_is_read_where_it_stands(ports):
    common = included_ports("block_ports.svh")
    found = ports('output logic provides,\n `include "block_ports.svh"')
    assert (found.inputs, found.outputs) == (common.inputs, {"provides": "", **common.outputs})
    assert {"clk", "apb", "faults"} < set(common.inputs)


REFUSED = {
    "inout wire foo": "not understood",
    "input logic foo [3:0]": "not understood",
    "input logic foo = 1": "not understood",
    "(* keep *) input logic foo": "not understood",
    "bus_if.slave foo": "not understood",
    "foo": "not understood",
    "input string foo": "not understood",
    r"input logic \a+b ": "not understood",
    "`ifdef FOO\ninput logic foo": "not understood",
    "`PORTS": "not understood",
    "input logic foo,": "not understood",
    "input logic foo,, input logic bar": "not understood",
    "input logic class": "reserves: `class`",
    r"input logic \class ": "reserves: `class`",
    "input logic": "reserves: `logic`",
    "input logic foo, output logic foo": "two ports called `foo`",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_is_an_error_with_its_line(text, ports):
    with pytest.raises(WiringError, match=REFUSED[text]) as error:
        ports(f"input logic ahead,\n\n{text}" if text != "foo" else f"\n\n{text}")
    assert error.value.where.endswith("thermo.sv:6")


@pytest.mark.parametrize("text", ["module thermo;", "module thermo", "module thermo(input logic a;", "module other();"])
def test_a_module_without_a_list_of_ports_is_an_error(text, tmp_path):
    (tmp_path / "thermo.sv").write_text(text)
    with pytest.raises(WiringError) as error:
        module_ports(tmp_path / "thermo.sv")
    assert str(tmp_path / "thermo.sv") in error.value.where


def test_a_file_that_cannot_be_read_is_an_error_that_names_it(tmp_path):
    file = tmp_path / "thermo.sv"
    with pytest.raises(ConfigError, match="No such file") as error:
        module_ports(file)
    assert (error.value.where, bool(error.value.next)) == (str(file), True)
    file.write_bytes("// °\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="not UTF-8") as error:
        module_ports(file)
    assert (error.value.where, error.value.next) == (str(file), "save it as UTF-8")
