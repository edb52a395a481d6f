"""The descriptions that the register matrix is made of: an address map for each way in which software may access a field.

Of every map the registers differ in what hardware may do to their fields; of every register the fields differ in width and
place. Registers lie 8 bytes apart. PeakRDL-regblock takes all of it; what it refuses (`ruser`, `wuser`) or takes wrongly
(`rw1`, `w1`, aliases) is not in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement, product
from typing import NamedTuple

STRIDE = 8
"""Bytes from one register to the next; the widest has 64 bits."""

ONREAD = ("", "rclr", "rset")
ONWRITE = ("", "woset", "woclr", "wot", "wzs", "wzc", "wzt", "wclr", "wset")

ACCESSES = (
    *(("rw", onread, onwrite) for onread, onwrite in product(ONREAD, ONWRITE)),
    *(("w", "", onwrite) for onwrite in ONWRITE),
    *(("r", onread, "") for onread in ONREAD),
)
"""(sw, onread, onwrite): all that SystemRDL allows of what regblock builds."""

PLACES = (("a", 0, 0, 1), ("b", 11, 4, 0x2D))
"""Name, high, low and reset value: one bit, and eight bits across a byte boundary."""

WIDE = (("b", 27, 20, 0x5A), ("d", 32, 32, 1), ("e", 55, 44, 0))
"""Fields of a 64-bit register in 32-bit access words."""

ALL = "hw = rw; we; hwset; hwclr;"
HARDWARE = {
    "all_sw": ALL,
    "all_hw": f"{ALL} precedence = hw;",
    "wel_sw": "hw = rw; wel;",
    "wel_hw": "hw = rw; wel; precedence = hw;",
    "flag_sw": "hw = r; hwset; hwclr;",
    "flag_hw": "hw = r; hwset; hwclr; precedence = hw;",
    "always_sw": "hw = rw;",
    "always_hw": "hw = rw; precedence = hw;",
    "idle": "hw = r;",
}
"""What hardware may do to the fields of a register, and who wins."""

LOCKS = {"swwe": f"{ALL} swwe;", "swwel": f"{ALL} swwel; precedence = hw;"}
"""Software can be locked out."""


class Sheet(NamedTuple):
    """One address map: its name, its description, and which program of operations is played on it."""

    name: str
    text: str
    program: str


def sheets(crossed: bool = True) -> list[Sheet]:
    """The whole matrix; or without the maps in which both reading and writing have an effect, which no access does at once."""
    chosen = [access for access in ACCESSES if crossed or not (access[1] and access[2])]
    found = [Sheet(map_name(access), access_map(access), "access") for access in chosen]
    found += [Sheet(name, _map(name, text()), name) for name, text in SPECIAL.items()]
    return found


def map_name(access: tuple[str, str, str]) -> str:
    """The name of the address map of a way to access: m_rw_rclr_woset."""
    return "_".join(("m", *filter(None, access)))


def access_map(access: tuple[str, str, str]) -> str:
    """A register for each kind of hardware side, precedence and lock, under one way for software to access."""
    sw, onread, onwrite = access
    software = (
        f"sw = {sw};" + (f" onread = {onread};" if onread else "") + (f" onwrite = {onwrite};" if onwrite else "")
    )
    registers = [_register(name, f"{software} {hardware}") for name, hardware in HARDWARE.items()]
    registers.append(_register("wide", f"{software} {ALL} precedence = hw;", WIDE))
    if "w" in sw:  # last, so that one program fits all maps
        registers += [_register(name, f"{software} {hardware}") for name, hardware in LOCKS.items()]
    if access == ("r", "", ""):
        registers.append(_register("through", f"{software} hw = w;"))
        across = (("f", 35, 28, 0),)  # software could not write it, nor clear it by reading: that takes two accesses
        registers.append(_register("across", f"{software} {ALL}", across))
    return _map(map_name(access), registers)


def _register(name: str, props: str, places: tuple[tuple[str, int, int, int], ...] = PLACES) -> str:
    fields = " ".join(f"field {{ {props} }} {f}[{high}:{low}] = {reset};" for f, high, low, reset in places)
    wide = "" if places is PLACES else "regwidth = 64; accesswidth = 32; "
    return f"reg {{ {wide}{fields} }} {name}"


def _map(name: str, registers: Iterator[str] | list[str]) -> str:
    lines, links = [], []
    for index, register in enumerate(registers):
        body, _, after = register.partition("\n")
        lines.append(f"    {body} @ 0x{index * STRIDE:x};")
        links += [f"    {line}" for line in after.splitlines()]
    return "\n".join((f"addrmap {name} {{", *lines, *links, "};\n"))


def counters() -> Iterator[str]:
    """Counters that wrap or saturate, up and down, by fixed and driven amounts, under software's accesses.

    `lo` counts; `hi` counts its overflows and `under` its underflows; `top` and `bottom` show its thresholds.
    """
    software = {
        "rw": "sw = rw;",
        "rclr": "sw = r; onread = rclr;",
        "rset": "sw = rw; onread = rset; onwrite = wclr;",
    }
    limits = {
        "wrap": "",
        "sat": "incrsaturate; decrsaturate;",
        "part": "incrsaturate = 200; decrsaturate = 9;",
        "by": "incrvalue = 7; decrvalue = 5;",
        "bysat": "incrvalue = 7; incrsaturate = 100; decrvalue = 5; decrsaturate = 3;",
        "given": "incrwidth = 4; decrwidth = 4;",
    }
    for (way, access), (limit, props) in product(software.items(), limits.items()):
        name, wraps = f"{way}_{limit}", "saturate" not in props
        links = [f"{name}.top->next = {name}.lo->incrthreshold;", f"{name}.bottom->next = {name}.lo->decrthreshold;"]
        cascade = ""
        if wraps:
            cascade = " ".join(f"field {{ sw = r; hw = r; counter; }} {f}[{low + 7}:{low}] = 0;" for f, low in CASCADE)
            links += [f"{name}.hi->incr = {name}.lo->overflow;", f"{name}.under->incr = {name}.lo->underflow;"]
        yield "\n".join(
            (
                f"reg {{ field {{ {access} hw = r; counter; {props} incrthreshold = 150; decrthreshold = 20; }} lo[7:0] = 60;"
                f" {cascade} field {{ sw = r; hw = w; }} top[24:24]; field {{ sw = r; hw = w; }} bottom[25:25]; }} {name}",
                *links,
            )
        )


CASCADE = (("hi", 8), ("under", 16))


def interrupts() -> Iterator[str]:
    """Interrupt fields of every type, latched in every way, cleared in several; `on` and `off` show the outputs."""
    latches = {
        "level": "hw = w; intr;",
        "posedge": "hw = w; posedge intr;",
        "negedge": "hw = w; negedge intr;",
        "bothedge": "hw = w; bothedge intr;",
        "sticky": "hw = w; intr; sticky;",
        "nonsticky": "hw = rw; we; nonsticky intr;",
        "plain": "hw = w; stickybit;",
    }
    clears = {"woclr": "sw = rw; onwrite = woclr;", "rclr": "sw = r; onread = rclr;"}
    for (kind, latch), (way, access), who in product(latches.items(), clears.items(), ("sw", "hw")):
        name, guard = f"{kind}_{way}_{who}", "enable" if way == "woclr" else "mask"
        outputs = "field { sw = r; hw = w; } on[24:24]; field { sw = r; hw = w; } off[25:25];"
        links = (
            f"{name}.f->{guard} = {name}.e;",
            f"{name}.f->halt{guard} = {name}.h;",
            f"{name}.on->next = {name}->intr;",
            f"{name}.off->next = {name}->halt;",
        )
        yield "\n".join(
            (
                f"reg {{ field {{ {access} {latch} precedence = {who}; }} f[7:4] = 0; field {{}} e[15:12] = 5;"
                f" field {{}} h[19:16] = 9; {'' if kind == 'plain' else outputs} }} {name}",
                *(() if kind == "plain" else links),
            )
        )


def neighbours() -> Iterator[str]:
    """Two fields in one register, of every pair of kinds: for the methods of generated handles."""
    kinds = {
        "rw": "sw = rw;",
        "r": "sw = r;",
        "w": "sw = w;",
        **{onwrite: f"sw = rw; onwrite = {onwrite};" for onwrite in ONWRITE[1:]},
        "rclr": "sw = rw; onread = rclr;",
        "pulse": "sw = rw; singlepulse;",
        "rset_woclr": "sw = rw; onread = rset; onwrite = woclr;",
        "w_wzs": "sw = w; onwrite = wzs;",
    }
    for (a, first), (b, second) in combinations_with_replacement(kinds.items(), 2):
        high = {name: 0 if name == "pulse" else 5 for name in (a, b)}
        yield (
            f"reg {{ field {{ {first} hw = r; }} a[{high[a]}:0] = {37 if high[a] else 0};"
            f" field {{ {second} hw = r; }} b[{10 + high[b]}:10] = {22 if high[b] else 0}; }} {a}__{b}"
        )


SPECIAL = {"counters": counters, "interrupts": interrupts, "neighbours": neighbours}
"""Address maps with a program of their own."""
