"""Which commands open a chip to write to it: those wait for nobody's leave to read, and these keep each other out."""

import pytest

from bedplate.env import model as environment

READERS = [
    ["status"],
    ["plan"],
    ["dump", "die0.pll.sys"],
    ["reg", "get", "die0.sysid.chip_id"],
    ["doctor"],
]
WRITERS = [
    ["up"],
    ["status", "--up"],
    ["ls", "--up"],
    ["info", "--up", "die0.pll.sys"],
    ["reg", "get", "--take", "die0.sysid.chip_id"],
    ["reg", "set", "die0.sysid.scratch[0]=1"],
    ["dv", "conformance", "die0.sysid"],
]


@pytest.mark.parametrize(
    ("command", "write"),
    [(one, False) for one in READERS] + [(one, True) for one in WRITERS],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "writes" if value else "reads",
)
def test_opens_the_chip(run, monkeypatch, command, write):
    opened, counted = [], environment.open_bus

    def open_bus(target, chip):
        opened.append(target.write)
        return counted(target, chip)

    monkeypatch.setattr(environment, "open_bus", open_bus)
    run(*command)
    assert opened == [write]


def test_a_target_may_say_so_itself(run):
    assert run("-t", "model:tern?write=0", "status").code == 1
    ran = run("-t", "model:tern?write=0", "reg", "set", "die0.sysid.scratch[0]=1")
    assert ran.code == 3
    assert "opened to be read only" in ran.err
