"""What software may do to a stack, and what it must not."""

from __future__ import annotations

from typing import Any

from bedplate.block import OFF
from bedplate.bus import ms, us
from bedplate.ip.hbm_stk.regs import WirE
from bedplate.model import act

QUIET = "without traffic no error is logged"
UNREACHED = {
    "monitor.lockout": "nothing here locks direct access out",
    "w_capture.bits": "no instruction shifts raw data out",
    **{f"ecs_log.{name}": QUIET for name in ("count", "channel", "row", "valid")},
    **{f"ecs_peek.{name}": QUIET for name in ("count", "channel", "row", "valid")},
}
"""Fields, or effects of them, that nothing here brings about, with the reason."""


def _reset_held(stk: Any) -> Any:
    """RESET_n was low long enough; the registers."""
    stk.sleep(us(300))
    return stk.dut.regs


def _released(stk: Any) -> Any:
    """RESET_n is high, fuses are applied."""
    regs = _reset_held(stk)
    regs.w_ctrl.write(reset_n=True)
    stk.sleep(ms(5))
    return regs


def _port(stk: Any) -> Any:
    """And the port is released."""
    regs = _released(stk)
    regs.w_ctrl.modify(wrst_n=True)
    return regs


def _run(stk: Any, opcode: WirE, wait: int = ms(3)) -> None:
    regs = stk.dut.regs
    regs.w_instr.write(opcode=opcode, channel=0x1F)
    regs.w_start.pulse(go=True)
    stk.sleep(wait)


@act()
def boot(stk: Any) -> None:
    """From power to mode registers, as the driver does."""
    stk.boot()


@act("port released before fuses were applied (tINIT3)")
def release_the_port_too_early(stk: Any) -> None:
    """RESET_n is high, but not for long enough."""
    regs = _reset_held(stk)
    regs.w_ctrl.write(reset_n=True)
    regs.w_ctrl.modify(wrst_n=True)


@act("CK on while the memory needs a reset")
def start_the_clock_too_early(stk: Any) -> None:
    """Fuses are not applied."""
    _reset_held(stk).w_ctrl.write(ck_en=True)


@act("CK on while the memory needs a reset")
def start_the_clock_after_a_check(stk: Any) -> None:
    """The lanes were driven, and RESET_n was not pulsed since."""
    regs = _port(stk)
    _run(stk, WirE.EXTEST)
    regs.w_ctrl.modify(ck_en=True)


@act("RESET_n high too early (tINIT1)")
def release_the_memory_too_early(stk: Any) -> None:
    """Low for less than 200 us."""
    stk.sleep(us(100))
    stk.dut.regs.w_ctrl.write(reset_n=True)


@act("RESET_n pulse too short (tPW)")
def pulse_reset_too_shortly(stk: Any) -> None:
    """High again in the next write: less than a microsecond later where accesses take no time."""
    regs = _port(stk)
    regs.w_ctrl.modify(reset_n=False)
    regs.w_ctrl.modify(reset_n=True)


@act("RESET_n low during TEMPERATURE")
def reset_during_an_instruction(stk: Any) -> object:
    """It never ends, and the port is in BYPASS."""
    regs = _port(stk)
    _run(stk, WirE.TEMPERATURE, wait=0)
    regs.w_ctrl.modify(reset_n=False)
    return int(regs.w_status.read())


@act()
def reset_the_port_during_an_instruction(stk: Any) -> object:
    """That is what its reset is for; captures are no longer good."""
    regs = _port(stk)
    _run(stk, WirE.DEVICE_ID)
    _run(stk, WirE.TEMPERATURE)
    told = [int(regs.temperature.read()), int(regs.device_id.read())]
    _run(stk, WirE.EXTEST, wait=0)
    regs.w_ctrl.modify(wrst_n=False)
    return [*told, int(regs.w_status.read())]


@act("DEVICE_ID started while the port is in reset")
def start_while_the_port_is_in_reset(stk: Any) -> None:
    """Nothing starts."""
    _released(stk)
    _run(stk, WirE.DEVICE_ID)


@act("BYPASS started while the port is in reset")
def start_while_everything_is_in_reset(stk: Any) -> None:
    """An opcode that nobody knows is BYPASS."""
    regs = stk.dut.regs
    regs.w_instr._store(0xEE)
    regs.w_start.pulse(go=True)


@act("TEMPERATURE started during EXTEST")
def start_twice(stk: Any) -> None:
    """The first one counts."""
    _port(stk)
    _run(stk, WirE.EXTEST, wait=0)
    _run(stk, WirE.TEMPERATURE)


@act("EXTEST while CK toggles", "SOFT_LANE_REPAIR while CK toggles")
def drive_lanes_while_the_clock_toggles(stk: Any) -> None:
    """Check, and repair."""
    stk.boot()
    _run(stk, WirE.EXTEST)
    _run(stk, WirE.SOFT_LANE_REPAIR)


@act("mode registers written without CK")
def set_mode_registers_without_a_clock(stk: Any) -> None:
    """They are taken, for what that is worth."""
    _port(stk)
    _run(stk, WirE.MODE_REGISTER_DUMP_SET)


@act(*["fuses of the stack were burnt"] * 2)
def burn_fuses(stk: Any) -> None:
    """In each of the two ways."""
    regs = _port(stk)
    regs.hard_repair.pulse(lanes=True)
    regs.hard_repair.pulse(rows=True)


@act()
def repair_every_channel(stk: Any) -> list[int]:
    """A soft repair replaces those from fuses; a byte without its bit repairs nothing."""
    regs, told = _port(stk), []
    for left_out in (0, 1):
        lanes = bytes(0x11 if n % 2 == left_out else 0x80 | 3 * n for n in range(16))
        regs.lane_repair._store(int.from_bytes(lanes, "little"))
        _run(stk, WirE.SOFT_LANE_REPAIR)
        told.append(int(regs.lane_map.read()))
    return told


@act()
def undo_the_repairs_from_fuses(stk: Any) -> None:
    """And check: the lane that they replaced is bad."""
    _port(stk)
    _run(stk, WirE.SOFT_LANE_REPAIR)
    _run(stk, WirE.EXTEST)


@act()
def set_every_mode_register(stk: Any) -> object:
    """They are held until RESET_n is low."""
    stk.boot()
    regs = stk.dut.regs
    regs.mr_image._store(int.from_bytes(bytes(range(0xE1, 0xF1)), "little"))
    _run(stk, WirE.MODE_REGISTER_DUMP_SET)
    told = int(regs.mr_dump.read())
    regs.w_ctrl.modify(reset_n=False)
    return told


@act()
def begin_anew(stk: Any) -> object:
    """Both resets low: the times count anew, and soft repairs are gone."""
    stk.boot()
    regs = stk.dut.regs
    regs.w_ctrl.write(wrst_n=False, reset_n=False, ck_en=False)
    return int(regs.monitor.read()), int(regs.lane_map.read())


@act()
def forget_that_an_instruction_is_done(stk: Any) -> list[int]:
    """Cleared by software, or by the next start."""
    regs = _port(stk)
    told = []
    for _ in range(2):
        _run(stk, WirE.TEMPERATURE)
        told.append(int(regs.w_status.read()))
        regs.w_status.clear(done=True)
        told.append(int(regs.w_status.read()))
    _run(stk, WirE.TEMPERATURE)
    _run(stk, WirE.EXTEST, wait=0)
    return [*told, int(regs.w_status.read())]


@act()
def break_lanes(stk: Any) -> list[int]:
    """One in channel 3, two in channel 7: the check names the first that no repair covers."""
    regs, told = _port(stk), []
    for fault, value in (("two_bad_lanes", None), ("bad_lane", 99)):
        stk.plant(fault, value, times=1)
        _run(stk, WirE.EXTEST)
        told.append(int(regs.extest.read()))
    return told


@act()
def trip(stk: Any) -> None:
    """By temperature; the time that RESET_n is low does not help any more."""
    stk.plant("cattrip", times=1)
    stk.sleep(us(300))


@act()
def look_at_the_time_since_reset_changed(stk: Any) -> bool:
    """In microseconds."""
    _released(stk)
    return bool(5000 <= stk.dut.regs.elapsed.read().us <= 5010)


@act()
def read_the_log_of_errors(stk: Any) -> object:
    """Reading clears it: there is nothing in it."""
    return int(stk.boot().regs.ecs_log.take())


@act(*["power, clock or reset taken away in service, or during an instruction"] * 2)
def take_what_it_needs_in_service(stk: Any) -> None:
    """Power, reset: each once."""
    for need in ("power", "reset"):
        stk.boot()
        stk.withdraw(need)
        stk.sleep(us(2))
        stk.give(need)


@act()
def power_off_what_tripped(stk: Any) -> None:
    """That is its cure."""
    stk.boot()
    stk.plant("cattrip", times=1)
    stk.sleep(us(2))
    stk.withdraw("reset")
    stk.withdraw("power")
    stk.give("power")
    stk.give("reset")


@act()
def take_what_it_needs_when_it_is_off(stk: Any) -> None:
    """Nothing works any more: it harms nobody."""
    for need in ("reset", "power"):
        stk.boot()
        stk.converge(goal=OFF)
        stk.withdraw(need)
        stk.sleep(us(2))
        stk.give(need)
