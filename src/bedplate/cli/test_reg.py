"""Registers by name: what is done, and what is refused before anything is done."""

import pytest

from bedplate.bus import MemoryBus
from bedplate.env import chip_type
from bedplate.reg import registers

REFUSED = [
    (["get", "die0.pll.sys.nope"], 2, "UnknownName"),
    (["get", "die0.pll.sys.ctrl.nope"], 2, "UnknownName"),
    (["get", "die0.pll.sys"], 2, "UnknownName"),
    (["get", "die0.sysid.scratch[8]"], 2, "UnknownName"),
    (["get", "die0.hbm0.stk.ecs_log"], 2, "NotReadable"),
    (["get", "die0.sysid.magic", "die0.hbm0.stk.ecs_log"], 2, "NotReadable"),
    (["get", "--take", "die0.pll.sys.meas_ctrl.nope"], 2, "UnknownName"),
    (["get", "die0.otp.dai_program"], 2, "NotReadable"),
    (["set", "die0.pll.sys.div.fbdiv=4096"], 2, "OutOfRange"),
    (["set", "die0.pll.sys.div.fbdiv=-1"], 2, "OutOfRange"),
    (["set", "die0.pll.sys.div=0x1_0000_0000"], 2, "OutOfRange"),
    (["set", "die0.pll.sys.div.fbdiv=many"], 2, "AccessError"),
    (["set", "die0.ppu.io.policy.policy=ONN"], 2, "UnknownName"),
    (["set", "die0.pll.sys.div.fbdiv"], 2, "AccessError"),
    (["set", "die0.pll.sys.status.lock=1"], 2, "NotWritable"),
    (["set", "die0.sysid.magic=1"], 2, "NotWritable"),
    (["set", "die0.pll.sys.meas.busy=1"], 2, "NotWritable"),
    (["set", "die0.pll.sys.status=1"], 2, "NotWritable"),
    (["set", "die0.pll.sys.status=0xffffffff"], 2, "NotWritable"),
    (["set", "die0.pll.sys.status.lock_lost=0"], 2, "OutOfRange"),
    (["set", "die0.sysid.scratch[3]=1", "die0.sysid.scratch[4]=0x100000000"], 2, "OutOfRange"),
    (["set", "die0.hbm0.stk.hard_repair=1"], 1, "NeedsIntent"),
]


@pytest.mark.parametrize(
    ("args", "code", "kind"), REFUSED, ids=lambda item: " ".join(item) if isinstance(item, list) else ""
)
def test_what_cannot_be_is_refused_without_a_transaction(run, args, code, kind):
    ran = run("--json", "reg", *args)
    assert (ran.code, ran.doc["error"]["type"], ran.transactions) == (code, kind, 0)


def test_every_register_that_software_cannot_write_is_refused_as_a_whole(run):
    for target in ("model:tern", "qtest:npcm750", "qtest:sifive_u", "qtest:edu", "qtest:nvme", "qtest:max31785"):
        for block in {type(one): one for one in chip_type(target.partition(":")[2])(MemoryBus(0)).all}.values():
            for name, _, cls in registers(type(block.regs)):
                if not any(field.writable for field in cls.Value.FIELDS):
                    ran = run("--json", "-t", target, "reg", "set", f"{block.name}.{name}=0")
                    assert (ran.code, ran.doc["error"]["type"]) == (2, "NotWritable"), f"{block.name}.{name}"


def test_of_a_value_with_bits_that_cannot_be_written_the_rest_is_shown(run):
    error = run("--json", "reg", "set", "die0.pll.sys.status=0x7").doc["error"]
    assert error["what"] == "lock, lock_timeout cannot be written"
    assert error["next"].endswith("bedplate reg set die0.pll.sys.status=0x4")
    assert run("reg", "set", "--up", "die0.pll.sys.status=0x4").code == 0


def test_get_decodes_registers_and_fields(run):
    doc = run(
        "--json", "reg", "get", "--up", "die0.pll.sys.ctrl", "die0.ppu.io.status.mode", "die0.sysid.scratch[0]"
    ).doc
    register, field, scratch = doc["values"]
    assert register["value"] == 0
    assert register["fields"]["bypass"] == {"value": 0}
    assert (field["name"], field["value"], field["text"]) == ("die0.ppu.io.status.mode", 8, "ON")
    assert scratch["value"] == 0x42504C31
    assert "die0.ppu.io.status.mode  ON (8)" in run("reg", "get", "--up", "die[0].ppu.io.status.mode").out


def test_a_consuming_register_is_read_when_that_is_meant(run):
    ran = run("--json", "reg", "get", "--up", "--take", "die0.hbm0.stk.ecs_log")
    assert ran.code == 0
    assert ran.doc["values"][0]["name"] == "die0.hbm0.stk.ecs_log"


@pytest.mark.parametrize(
    ("assignment", "did", "now"),
    [
        ("die0.pll.sys.ctrl.gate=1", "modify(gate=1)", 0x8),
        ("die0.pll.sys.ctrl.gate=true", "modify(gate=1)", 0x8),
        ("die0.pll.sys.status.lock_lost=1", "clear(lock_lost=1)", 0x9),
        ("die0.pll.sys.meas_ctrl.start=1", "pulse(start=1)", 0x0),
        ("die0.ppu.io.policy.policy=on", "modify(policy=ON)", 0x8),
        ("die0.ppu.io.policy.policy=8", "modify(policy=ON)", 0x8),
        ("die0.sysid.scratch[3]=0b101", "write(0x5)", 0x5),
        ("die0.sysid.scratch[3].value=0x1f", "modify(value=0x1f)", 0x1F),
    ],
)
def test_set_uses_the_access_that_the_field_has(run, assignment, did, now):
    doc = run("--json", "reg", "set", "--up", assignment).doc
    assert [write["did"] for write in doc["writes"]] == [did]
    assert doc["writes"][0]["now"]["value"] == now


def test_set_says_how_a_value_is_given(run):
    ran = run("reg", "set", "die0.pll.sys.ctrl.bypass", "1")
    assert ran.code == 2
    assert "'die0.pll.sys.ctrl.bypass' assigns nothing" in ran.err
    assert "wanted  NAME=VALUE" in ran.err


def test_set_writes_the_register_once_and_nothing_else(run):
    without = run("reg", "get", "--up", "die0.sysid.scratch[3]").transactions
    with_write = run("reg", "set", "--up", "die0.sysid.scratch[3]=7").transactions
    assert with_write == without + 1  # the write, and one look as in `get`


def test_an_instance_that_would_not_answer_is_not_touched(run):
    fresh = run("--json", "trace", "reg", "get", "die0.hbm0.phy.phy_ctrl")
    assert fresh.code == 1
    assert fresh.doc["error"]["what"] == "not reachable: no power from die0.ppu.hbm0"
    assert "is OFF" in fresh.doc["error"]["got"]
    assert {entry["register"].split(".")[1] for entry in fresh.doc["transactions"]} <= {"ppu", "otp"}
    gone = run("--target", "model:tern?harvest=die1:0x20", "reg", "get", "--up", "die1.hbm1.phy.phy_ctrl")
    assert gone.code == 1
    assert "fused off, by die1.otp" in gone.err


def test_under_load_a_disturbing_write_wants_force(run):
    target = ["--target", "model:tern?tenant=1", "reg", "set"]
    name = "die0.ppu.fab.policy.dynamic=1"
    refused = run(*target, name)
    assert refused.code == 1
    assert "BP-DRV-005" in refused.err
    assert run(*target, "--force", name).code == 0
    assert run(*target, "die0.sysid.scratch[3]=1").code == 0  # a harmless one does not


def test_a_permanent_write_wants_an_intent(run):
    assert "bedplate reg set --intent" in run("reg", "set", "--up", "die0.hbm0.stk.hard_repair=1").err
    assert run("reg", "set", "--up", "--intent", "die0.hbm0.stk.hard_repair=1").code == 0


def test_a_pattern_names_the_instances_that_are_read(run):
    doc = run("--json", "reg", "get", "--up", "die*.pll.sys.ctrl.bypass", "ip:sysid.magic", "die0.sysid.magic").doc
    names = [one["name"] for one in doc["values"]]
    assert names == ["die0.pll.sys.ctrl.bypass", "die1.pll.sys.ctrl.bypass", "die0.sysid.magic", "die1.sysid.magic"]


@pytest.mark.parametrize("name", ["die*.pll.sys.*", "ip:pll.nonsense", "*"])
def test_a_pattern_without_a_register_is_answered_with_the_command_for_it(run, name):
    ran = run("reg", "get", name)
    assert (ran.code, ran.transactions) == (2, 0)
    assert "bedplate dump PATTERN" in ran.err


def test_what_is_written_has_its_full_name(run):
    ran = run("reg", "set", "die*.pll.sys.ctrl.bypass=1")
    assert (ran.code, ran.transactions) == (2, 0)
    assert "bedplate reg set die0.pll.sys.ctrl.bypass=VALUE" in ran.err
