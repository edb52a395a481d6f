"""Options of targets: what makes no sense is refused before anything is opened or built, by every environment."""

import re
from functools import partial

import pytest

import bedplate
from bedplate.block import Tenant
from bedplate.bus import MemoryBus, ReadOnly, Split
from bedplate.chips.tern import Tern
from bedplate.component import make_model
from bedplate.env import check, chip_type, known_chips, open_bus, parse
from bedplate.env import targets as registry
from bedplate.env.linux.bar import Bar
from bedplate.env.spi import SpiBus
from bedplate.env.spi.bridge import Bridge
from bedplate.errors import AccessError, BusFault, ConfigError, OutOfRange, UnknownName

SIMULATED = ("model:tern", "rtl:tern")
FUSES = len(Tern(MemoryBus(0)).harvests[0].parts)


def refused(target, kind=AccessError):
    """The error of a target, which names place, wanted and got: the same on paper and when it is opened."""
    with pytest.raises(kind) as on_paper:
        check(target)
    with pytest.raises(kind) as caught:
        open_bus(target)
    error = caught.value
    assert error.to_dict() == on_paper.value.to_dict()
    assert error.exit_code == 2
    assert all((error.where, error.wanted, error.got)), error.to_dict()
    return error


@pytest.mark.parametrize("environment", SIMULATED)
@pytest.mark.parametrize("mask", ["-1", "0xfffff", f"{1 << FUSES}", "x", "", "1.5"])
def test_a_harvest_mask_has_no_more_bits_than_the_fuses(environment, mask):
    error = refused(f"{environment}?harvest=die0:{mask}", OutOfRange)
    assert error.got == f"harvest=die0:{mask}"
    assert error.wanted == "0 to 255 (0xff)"


def test_all_fuses_of_a_part_may_be_set():
    assert bedplate.open(f"model:tern?harvest=die0:{(1 << FUSES) - 1}&harvest=die1:0").converge().ok


@pytest.mark.parametrize("environment", SIMULATED)
def test_a_harvest_mask_is_of_a_part_that_has_fuses(environment):
    with pytest.raises(UnknownName, match="die7"):
        open_bus(f"{environment}?harvest=die7:1")
    refused(f"{environment.partition(':')[0]}:bench.otp?harvest=otp:1")
    refused(f"{environment}?harvest=die0:1&harvest=die0:2")
    assert refused(f"{environment}?harvest=die1").wanted == "part:mask, such as harvest=die1:0x1"


@pytest.mark.parametrize(
    "target",
    [
        *(f"{environment}?tenant={value}" for environment in SIMULATED for value in ("2", "-1", "yes")),
        *(f"rtl:tern?seed={value}" for value in ("0", "-1", "x", "", f"{1 << 31}")),
        "rtl:tern?spi=2",
        *(
            f"rtl:tern?fault={much}"
            for much in (f"die0.pll.sys:lock_lost={1 << 31}", "die0.hbm0.mc0:ue*65536", "die0.pll.sys:slow=0.5")
        ),
        "pci:0000:01:00.0?direct=no",
        *(f"pci:0000:01:00.0?timeout={value}" for value in ("1e300", "3601", "0", "x")),
        *(f"pci:0000:01:00.0?{name}={value}" for name in ("vendor", "device") for value in ("10000", "-1", "x")),
        *(f"spi:/dev/spidev0.0?speed={value}" for value in ("0", f"{1 << 32}", "fast")),
        "model:tern?write=2",
    ],
)
def test_a_number_that_cannot_be_is_refused(target):
    refused(target, OutOfRange)


@pytest.mark.parametrize("environment", SIMULATED)
@pytest.mark.parametrize("value", ["-1", "nan", "inf"])
def test_a_faults_number_is_one_from_0_on(environment, value):
    with pytest.raises(AccessError, match="cannot understand the fault"):
        open_bus(f"{environment}?fault=die0.hbm0.mc0:ue={value}")


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [
        ("die0.hbm0.mc0:ue=abc", "one of 0 to 3"),
        ("die0.hbm0.mc0:ue=4", "one of 0 to 3"),
        ("die0.hbm0.mc0:ue=0.5", "one of 0 to 3"),
        ("die0.rstmgr:stuck_line=7", f"one of {', '.join(make_model(Tern)['die0.rstmgr'].lines)}"),
        ("die0.pll.sys:lock_lost=soon", "a time: =15us"),
        ("die0.pll.sys:slow=abc", "a factor above 0: =4"),
        ("die0.pll.sys:no_lock=7", "no value"),
        ("die0.pll.sys:hung=7", "no value"),
        ("die0.pll.sys:hung=7us", "no value"),
        ("die0.pll.sys:lock_lost", "a value: =1us"),
        ("die0.pll.sys:lock_lost=7", "a time, with its unit: =15us"),
        ("die0.pll.sys:block_reset=7", "a time, with its unit: =15us"),
        ("die0.hbm0.phy:train_fail", "a value: =2"),
        ("die0.hbm0.phy:train_fail=1ns", "a number, no time: =2"),
    ],
)
@pytest.mark.parametrize("environment", SIMULATED)
def test_a_fault_takes_the_kind_of_value_that_it_says(environment, fault, wanted):
    assert refused(f"{environment}?fault={fault}").wanted == wanted


def test_a_reset_says_when():
    assert refused("model:tern?fault=chip:reset").wanted == "a time: =15us"
    assert refused("model:tern?fault=die0:reset=7").wanted == "a time, with its unit: =15us"


@pytest.mark.parametrize(
    "target",
    [
        *(f"{environment}?tenant=1&tenant=0" for environment in SIMULATED),
        *("rtl:tern?seed=1&seed=2", "rtl:tern?waves=a&waves=b", "rtl:tern?spi=1&spi=1"),
        "pci:0000:01:00.0?timeout=1&timeout=2",
        "pci:0000:01:00.0?at=0000:02:00.0",
        "pci:0000:01:00.0?chip=tern&chip=bench",
        "spi:/dev/spidev0.0?speed=1&speed=2",
        "i2c:/dev/i2c-1?address=0x60&address=0x61",
        *("qtest:npcm750?accel=tcg&accel=qtest", "qtest:npcm750?socket=/a&socket=/b"),
        "model:tern?write=1&write=0",
    ],
)
def test_what_may_be_given_once_is_refused_twice(target):
    with pytest.raises(AccessError, match="is given 2 times"):
        bedplate.open(target, None if "chip=" in target else Tern)
    with pytest.raises(AccessError, match="is given 2 times"):
        bedplate.open(target, None if "chip=" in target else Tern, write=False)


def test_switches():
    for text, on in (("", False), ("tenant=", False), ("tenant=0", False), ("tenant=1", True)):
        assert parse(f"model:tern?{text}").is_on("tenant") is on
    for text, write in (("", True), ("write=", False), ("write=0", False), ("write=1", True)):
        assert parse(f"model:tern?{text}").write is write
        assert isinstance(open_bus(f"model:tern?{text}"), ReadOnly) is not write
        assert isinstance(open_bus(f"model:tern?{text}", write=False), ReadOnly)


def test_every_environment_here_is_tried():
    """Whoever adds one adds its options above."""
    assert set(registry.ENVIRONMENTS) == {"model", "rtl", "spi", "i2c", "pci", "qtest", "route", "replay"}


def test_a_bench_is_named_by_its_type():
    chip = bedplate.open("model:bench.pll")
    assert chip.name == "bench.pll"
    assert chip.converge().ok
    assert chip.addresses.find(chip.parts[0].regs.base).path == "bench.pll0.id"
    assert chip_type("bedplate.chips.bench:pll") is type(chip)
    for name in ("bench.ppl", "bench.spi_br", "bench.", "bench"):
        with pytest.raises(UnknownName) as caught:
            chip_type(name)
        assert ("pll" if name == "bench.ppl" else "known: clkmgr, d2d,") in caught.value.next


@pytest.mark.parametrize("environment", ["model", "rtl"])
def test_a_workload_is_refused_on_a_chip_that_has_no_word_for_it(environment):
    error = refused(f"{environment}:bench.pll?tenant=1")
    assert error.got == "tenant=1"
    assert error.next


def test_a_chip_that_is_brought_up_first_serves_when_the_rest_begins():
    chip = bedplate.open("model:tern?up=1&tenant=1&fault=die0.pll.sys:no_lock")
    assert chip.die[0].pll.sys.observe() is chip.die[0].pll.sys.goal  # the fault would have kept it from there
    assert chip.survey().tenant is Tenant.ACTIVE
    report = chip.converge()
    assert (report.ok, report.writes) == (True, 0)


def test_a_chip_that_is_brought_up_first_can_be_asked_what_a_workload_forbids():
    acts = bedplate.open("model:tern?up=1&tenant=1", write=False).plan(goal="off").acts
    assert any(act.refused for act in acts)


@pytest.mark.parametrize("environment", SIMULATED)
def test_a_fault_of_a_group_is_answered_with_those_that_it_has(environment):
    with pytest.raises(AccessError) as caught:
        open_bus(f"{environment}?fault={'die0:nonsense' if environment == 'model:tern' else 'die0:reset'}")
    assert "reset" in caught.value.next + caught.value.wanted


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("def broken(:", "SyntaxError"),
        ("from bedplate.block import nothing_like_it", "ImportError"),
        ("import nothing_like_it", "ModuleNotFoundError"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_chip_whose_module_is_broken_is_said_as_such_with_the_line(tmp_path, monkeypatch, text, what):
    (tmp_path / "broken_chip.py").write_text(f"\n{text}\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConfigError, match=f"broken_chip cannot be imported: {what}") as error:
        chip_type("broken_chip:Chip")
    assert error.value.where.partition(" ")[0] == f"{tmp_path.name}/broken_chip.py:2"
    assert error.value.exit_code == 5


def test_a_chip_whose_module_is_not_there_is_unknown():
    with pytest.raises(UnknownName, match=r"module of a chip 'no_such_chip\.chip'") as error:
        chip_type("no_such_chip.chip:Chip")
    assert "PYTHONPATH" in error.value.next
    with pytest.raises(UnknownName, match=r"module of a chip 'bedplate\.chips\.tren'") as error:
        chip_type("bedplate.chips.tren:Tern")
    assert "did you mean bedplate.chips.tern" in error.value.next


@pytest.mark.parametrize("environment", registry.ENVIRONMENTS)
def test_an_option_that_an_environment_has_not_is_refused_on_paper_and_names_where_it_is(environment):
    target = registry.example(environment)
    check(target)
    for option in ("fault", "waves", "speed", "timeout", "socket", "path"):
        package = registry._environment(environment)
        if option in (*getattr(package, "ONCE", ()), *getattr(package, "MANY", ())):
            continue
        with pytest.raises(UnknownName) as caught:
            check(f"{target}{'&' if '?' in target else '?'}{option}=1")
        assert caught.value.where.startswith(f"{environment}:")
        assert f"{option} is an option of " in caught.value.cause
        assert "did you mean" not in caught.value.next


@pytest.mark.parametrize(
    "target",
    [
        "model:tern?write=7", "model:tern?fault=nope:no_lock", "model:tern?fault=die0.pll.sys:nope", "model:tern?up=2&fault=x",
        "rtl:tern?fault=nope:no_lock", "rtl:tern?fault=die0:reset", "qtest:npcm750?accel=nope", "route:tern",
        "route:tern?path=spi:/dev/spidev0.0?speed=x", "spi:a,b,c", "i2c:/dev/i2c-1", "i2c:/dev/i2c-1?address=0x80",
    ],
)  # fmt: skip
def test_what_can_be_known_on_paper_is(target):
    with pytest.raises(AccessError) as on_paper:
        check(target)
    with pytest.raises(AccessError) as caught:
        open_bus(target)
    assert caught.value.to_dict() == on_paper.value.to_dict()


@pytest.mark.parametrize("target", ["qtest:tren", "qtest:tern", "model:edo", "model:trn", "rtl:tren"])
def test_the_chips_that_are_suggested_are_those_that_the_environment_leads_to(target):
    with pytest.raises(UnknownName) as caught:
        open_bus(target)
    environment = target.partition(":")[0]
    suggested = [
        name for name in registry.CHIPS if name in caught.value.next.replace(",", " ").replace("?", " ").split()
    ]
    assert suggested
    assert set(suggested) <= set(known_chips(environment))
    assert all(registry._environment(environment).has(chip_type(name)) for name in suggested)


@pytest.mark.parametrize("target", ["modle:tern", "model:", "qtst:npcm750", "qtest:", "nonsense", ":", "rout:tern"])
def test_the_targets_that_are_suggested_exist(target):
    with pytest.raises(UnknownName) as caught:
        parse(target)
    suggested = re.findall(
        r"[a-z][a-z0-9]+:[\w/.-]+(?:\?path=pci:auto|\?address=0x60)?", caught.value.next.removeprefix("known: ")
    )
    assert suggested
    for one in suggested:
        assert check(one), one


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: bedplate.open(3),
        lambda: bedplate.open(None),
        lambda: bedplate.open(b"model:tern"),
        lambda: bedplate.open("model:tern", 3),
        lambda: bedplate.open("model:tern", int),
        lambda: bedplate.open("model:tern", Tern(MemoryBus(0))),
        lambda: bedplate.release(3),
        lambda: open_bus(3),
    ],
)
def test_what_is_no_target_or_no_chip_is_refused_in_words(wrong):
    with pytest.raises(AccessError, match=" is no ") as caught:
        wrong()
    assert caught.value.wanted


def test_waves_are_one_kind_of_file():
    assert refused("rtl:tern?waves=x.vcd").wanted == "waves=FILE.fst"
    check("rtl:tern?waves=x.fst")
    check("rtl:tern?waves=x")


def exchanged(bridge, chip_select, data):
    return bridge.exchange(data)


FAR = {
    "model": lambda model: model,
    "memory": lambda model: MemoryBus(64),
    "SPI": lambda model: SpiBus(partial(exchanged, Bridge(model)), model.now, model.sleep),
    "BAR": lambda model: Bar(memoryview(bytearray(64)), lambda doing, address: None),
    "split": lambda model: Split([(range(64), model)]),
    "RTL": lambda model: open_bus("rtl:bench.pll"),
}


@pytest.mark.parametrize("bus", FAR)
@pytest.mark.parametrize("address", [1 << 40, 1 << 64])
def test_an_address_that_there_is_not_is_one_error_on_every_bus(bus, address):
    far = FAR[bus](make_model(Tern))
    for access in (
        lambda: far.read(address),
        lambda: far.write(address, 0),
        lambda: far.read_block(address, 2),
        lambda: far.write_block(address, [0, 0]),
    ):
        with pytest.raises(BusFault):
            access()


def test_a_file_may_have_a_name_that_is_no_text():
    name = "w\udcff.fst"  # as Python has the byte 0xff of a command line
    target = parse(registry.extended("rtl:tern?spi=1", waves=name))
    assert target.one("waves") == name
    assert parse(target.without("spi").strip("'")).one("waves") == name
