"""The figures of a guest: that they are of what they say. How large they are is a measurement, not a test."""

import pytest

from bedplate.bench import guest as bench_guest
from bedplate.env.qemu.guest import Guest
from bedplate.env.qemu.server import Server
from bedplate.errors import EnvError


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    bare = bench_guest.compiled(tmp_path_factory.mktemp("bare"))
    with Server("model:tern") as server, Guest(server, ("pci", "spi")) as machine:
        bench_guest.install(machine, bare)
        found = {figure.name: figure for figure in bench_guest.accesses(machine, quick=True)}
        with pytest.raises(EnvError, match="a measurement failed in the guest"):
            bench_guest.done(machine, [bench_guest.THERE, "pci", "/nowhere", "1", "0", "0", "0"])
        yield found, server.log()


def test_every_way_is_measured_beside_the_same_accesses_in_c(figures):
    found, _ = figures
    assert len(found) == 9
    for way in ("pci", "pci, in a broker", "spi"):
        for access in ("read", "write", "read 8 words"):
            assert found[f"{way}: {access}"].ratio > 0


def test_the_bare_loop_makes_the_accesses_that_it_is_measured_for(figures):
    """Over PCI as many as the HAL; over SPI the bridge repeats its answer, and the chip sees none."""
    _, log = figures
    reads = sum(
        entry.path == "pci" and entry.transaction.request.address == bench_guest.bench_inside.MAGIC for entry in log
    )
    hal = bare = 1000 + 500
    assert hal + bare <= reads < hal + bare + 100
