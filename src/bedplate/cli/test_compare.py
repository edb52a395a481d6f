"""dv compare: exit codes, the document, and what people read about the first difference."""

TARGET = "model:tern"
BROKEN = "model:tern?fault=die0.pll.sys:wrong_divisor"


def test_identical_worlds_say_how_many_transactions(run):
    ran = run("dv", "compare", TARGET, TARGET, "--scenario", "resume")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith("identical in ")


def test_the_first_difference_has_a_place_a_line_of_source_and_a_command(run):
    ran = run("dv", "compare", TARGET, BROKEN, "--scenario", "boot")
    assert ran.code == 1
    assert "boot: die0.pll.sys.meas.count differs" in ran.out
    assert "bedplate/ip/pll/driver.py:" in ran.out
    assert f"again  bedplate dv compare '{TARGET}' '{BROKEN}' --scenario boot" in ran.out


def test_the_document_holds_every_instance_that_differs(run):
    ran = run("--json", "dv", "compare", TARGET, BROKEN, "--scenario", "boot")
    assert (ran.code, ran.doc["schema"], ran.doc["identical"]) == (1, "bedplate.compare/1", False)
    (boot,) = ran.doc["scenarios"]
    assert boot["transactions"][0] > boot["transactions"][1] > 0
    assert len(boot["findings"]) > 1


def test_the_replay_of_a_walk_names_its_seed(run):
    ran = run("--json", "dv", "compare", TARGET, TARGET, "--scenario", "walk", "--seed", "7", "--steps", "20")
    assert ran.doc["scenarios"][0]["replay"].endswith("--scenario walk --seed 7 --steps 20")


def test_bad_input_ends_before_anything_is_played(run):
    assert run("dv", "compare", TARGET, TARGET, "--scenario", "bot").code == 2
    assert run("dv", "compare", TARGET, "modle:tern").code == 2


def test_a_guest_has_no_back_door_for_faults_which_is_said_before_one_is_booted(run):
    ran = run("--json", "dv", "compare", TARGET, "qemu:pci", "--scenario", "die0.pll.sys:no_lock")
    assert (ran.code, ran.doc["error"]["where"]) == (2, "qemu:pci")
    assert run("dv", "compare", TARGET, "qemu:usb").code == 2
