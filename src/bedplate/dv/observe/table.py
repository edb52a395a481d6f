"""The committed tables of what `observe` answers: one beside each driver, `observe.txt`, short enough to be read by a person.

    python -m bedplate.dv.observe.table              compares; names the first row of each table that is not so
    python -m bedplate.dv.observe.table --write      writes them; read the difference as the data sheet's judge
    python -m bedplate.dv.observe.table --write pll           that of this folder alone
    python -m bedplate.dv.observe.table --write my.chip:Mine  those of the types of a chip outside of this tree

A state whose registers no model shows is given by hand, in the table itself, from another state or from zeros:

    EXPOSED: the fence is open over memory whose contents are undefined
      by hand: IN_SERVICE, but status.seeded=0
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from textwrap import wrap

from bedplate.block import State
from bedplate.dv.observe.flip import Flip, FlipVerdict, Shape, Trial
from bedplate.dv.observe.held import Contents, ObserveJudge, ReadPlace
from bedplate.dv.observe.seed import Seeds, harvest, part, subjects
from bedplate.env.program import ended, require_known
from bedplate.errors import ConfigError, UnknownName
from bedplate.reg import Field
from bedplate.reg.value import integer, show
from bedplate.topology import Instance

WIDTH = 120
COLUMN = 14
"""Where the flips stand, after the answer."""
SAME = 3
"""As many first rows as another state are worth a reference to it."""
ZEROS = "zeros"
COMMAND = "python -m bedplate.dv.observe.table --write"
HEAD = f"""\
What `observe` answers; made by `{COMMAND}`, to be read by a person.
Of each state: what its registers hold, then which flip of one field brings which answer; all other flips keep the state.
Rows stand in the order in which they win: of two flips the upper one leads to the state of its row, and the other one does
what it does there. Pairs of which that is not so follow, with &. A wide field is sampled: ends, neighbours, each bit.
"""
_STATE = re.compile(r"^(\w+): .*\n {2}(by hand:|holds) (\w+)(?:, but\s+)?((?:.|\n {4,})*)$", re.MULTILINE)
Told = dict[State, tuple[str, str]]
"""What a state's registers hold, as another state (or zeros) and the fields that differ."""


def folders(*chips: str) -> dict[Path, list[Instance]]:
    """Where each table is to be, and an instance of each type that it is about; of these chips, those types that are not of this tree."""
    found: dict[Path, list[Instance]] = {}
    for driver, block in subjects(*chips).items():
        if chips and driver.__module__.startswith("bedplate."):
            continue
        source = Path(str(sys.modules[driver.__module__].__file__))
        found.setdefault(source.with_name("observe.txt"), []).append(block)
    return {path: sorted(blocks, key=lambda block: type(block).__qualname__) for path, blocks in sorted(found.items())}


def fresh(blocks: Iterable[Instance], committed: str) -> str:
    """The table as it should be; what is given by hand is taken from the committed one. Raises ConfigError."""
    texts = committed.split("\n## ")
    given = {text.partition(",")[0].partition("\n")[0]: text for text in texts[1:]}
    return "\n".join([HEAD, *(_section(block, given.get(type(block).__qualname__, "")) for block in blocks)])


def first_difference(committed: str, wanted: str) -> str:
    """The first row that is not so; empty if the tables are the same."""
    section = state = ""
    ours, theirs = committed.splitlines(), wanted.splitlines()
    for row in range(max(len(ours), len(theirs))):
        one, other = (lines[row] if row < len(lines) else "(nothing)" for lines in (ours, theirs))
        section = other[3:].partition(",")[0] if other.startswith("## ") else section
        state = other.partition(":")[0] if re.match(r"\w+: ", other) else state
        if one != other:
            return f"{section} in {state}, line {row + 1}: committed '{one.strip()}', now '{other.strip()}'"
    return ""


def _section(block: Instance, committed: str) -> str:
    config, model = part(block)
    subject = ObserveJudge(type(block)(block.regs, config, *block.needs))
    harvested = {} if model is None else harvest(type(block), config, model)
    seeds, by_hand = _complete(subject, harvested, committed)
    trials = {state: Trial(subject, state, contents) for state, contents in seeds.items()}
    verdicts = {state: trial.verdict(trials) for state, trial in trials.items()}
    shown = frozenset().union(*(trial.read for trial in trials.values()))
    lines = [*_wrapped(f"## {type(block).__qualname__}, wanting {config}"), ""]
    goal = block.goal
    told: dict[str, list[str]] = {}
    for state in type(goal):
        origin = by_hand.get(state)
        base, but = origin or (ZEROS if state is goal else goal.name, "")
        if origin is None:
            but = _difference(subject, {} if state is goal else seeds[goal], seeds[state], shown)
        how = "by hand: " if origin else "holds "
        verdict = verdicts[state]
        lines.append(f"{state.name}: {state.text} ({verdict.flips} flips, {verdict.pairs} pairs)")
        lines += _wrapped(f"  {how}{base}{', but ' if but else ''}{but}")
        told[state.name] = _rows(verdict, subject.places)
        lines += _shortened(state.name, told)
        lines.append("")
    return "\n".join(lines)


# What a state's registers hold.


def committed_seeds(subject: ObserveJudge, committed: str) -> Seeds:
    """What the committed table says that the registers hold, state by state."""
    text = next(text for text in committed.split("\n## ") if re.match(rf"{subject.driver.__qualname__}\b", text))
    told = _told(type(subject.driver.goal), text, "by hand:", "holds")
    return {state: _contents(subject, state, {}, told) for state in told}


def _told(states: type[State], text: str, *origins: str) -> Told:
    return {
        states[name]: (base, " ".join(but.split()))
        for name, origin, base, but in _STATE.findall(text)
        if origin in origins and name in states.__members__
    }


def _complete(subject: ObserveJudge, harvested: Seeds, committed: str) -> tuple[Seeds, Told]:
    """Contents for each state of the type: those of the model, then those by hand (state and text). Raises ConfigError."""
    states = type(subject.driver.goal)
    by_hand = {state: text for state, text in _told(states, committed, "by hand:").items() if state not in harvested}
    seeds = dict(harvested)
    for state in by_hand:
        seeds[state] = _contents(subject, state, seeds, by_hand)
    for state in states:
        where = f"{subject.driver.__qualname__}.{state.name}"
        if state not in seeds:
            raise ConfigError(
                "nothing shows this state",
                where=where,
                wanted="registers that the model comes to hold, or contents by hand",
                next="give it in observe.txt, in its type's section: `STATE: text`, then `  by hand: OTHER, but reg.field=1`",
            )
        answer = subject.ask(seeds[state]).state
        if answer is not state:
            raise ConfigError("observe names another state", where=where, wanted=state.name, got=answer.name)
    return seeds, by_hand


def _contents(subject: ObserveJudge, state: State, seeds: Mapping[State, Contents], told: Told) -> Contents:
    base, but = told[state]
    if base == ZEROS:
        contents: Contents = {}
    else:
        other = type(state)[base]
        contents = seeds[other] if other in seeds else _contents(subject, other, seeds, told)
    for item in filter(None, but.split(" ")):
        name, _, value = item.partition("=")
        places = [place for place in subject.places if name in (place.name, place.register)]
        if not places:
            raise ConfigError(f"no field '{name}'", where=f"{subject.driver.__qualname__}.{state.name}")
        for place in places:
            contents = place.put(contents, _number(place, value))
    return contents


def _shown(field: Field, bits: int) -> str:
    """What a field holds as the table is read back: an enumeration's name, or its bits, whatever number they are in whatever unit."""
    return show(field._replace(signed=False, fraction=None, unit="", scale=1.0), bits)


def _number(place: ReadPlace, text: str) -> int:
    enum = place.field.enum
    return int(enum[text]) if enum is not None and text in enum.__members__ else integer(text)


def _difference(subject: ObserveJudge, base: Contents, contents: Contents, shown: frozenset[str]) -> str:
    """The fields of shown registers that hold something else; a register that became zero as a whole is said so."""
    parts: dict[str, None] = {}
    for place in subject.places:
        if place.register in shown and place.value(base) != place.value(contents):
            if not contents.get(place.register):
                parts[f"{place.register}=0"] = None
            else:
                parts[f"{place.name}={_shown(place.field, place.value(contents))}"] = None
    return " ".join(parts)


# What flips bring.


def _rows(verdict: FlipVerdict, places: Sequence[ReadPlace]) -> list[str]:
    rows = [(row.state.name, _flips(row.flips, places, verdict, row.state)) for row in verdict.rows]
    left = list(verdict.exceptions)
    while left:
        sides = [(pair.state, side) for pair in left for side in (pair.one, pair.other)]
        state, side = max(sides, key=lambda one: (sides.count(one), -one[1].at, -one[1].value))
        those = [pair for pair in left if pair.state is state and side in (pair.one, pair.other)]
        others = tuple(pair.other if pair.one == side else pair.one for pair in those)
        rows.append((state.name, f"{_flips((side,), places)} & {_flips(others, places)}"))
        left = [pair for pair in left if pair not in those]
    return ["\n".join(_wrapped(f"  {name:<{COLUMN}}  {text}", COLUMN + 4)) for name, text in rows]


def _shortened(name: str, told: Mapping[str, list[str]]) -> list[str]:
    """The rows of a state, without the first ones where another state's are the same."""
    rows = told[name]
    same = {other: _common(rows, theirs) for other, theirs in told.items() if other != name}
    model = max(same, key=lambda other: same[other], default=name)
    if same.get(model, 0) < SAME:
        return rows
    return [f"  {f'(first {same[model]})':<{COLUMN}}  as in {model}", *rows[same[model] :]]


def _common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    return next(
        (n for n, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
        min(len(ours), len(theirs)),
    )


def _flips(
    flips: Sequence[Flip], places: Sequence[ReadPlace], verdict: FlipVerdict | None = None, state: State | None = None
) -> str:
    """Flips as text, field by field, those of a register together; with `verdict` whatever else brings the state."""
    registers: dict[str, list[str]] = {}
    by_field: dict[int, list[int]] = {}
    for flip in sorted(flips):
        by_field.setdefault(flip.at, []).append(flip.value)
    for at, values in by_field.items():
        field = places[at].field
        shape = verdict.shapes.get((at, state)) if verdict is not None and state is not None else None
        registers.setdefault(places[at].register, []).append(field.name + _values(field, values, shape))
    return " ".join(
        f"{register}.{fields[0]}" if len(fields) == 1 else f"{register}.({' '.join(fields)})"
        for register, fields in registers.items()
    )


def _values(field: Field, values: Sequence[int], shape: Shape | None) -> str:
    if field.enum is not None:
        return _members(field.enum, values)
    if field.width == 1 or shape is None:
        return f"={','.join(_shown(field, value) for value in values)}"
    if shape.bit >= 0:
        return f"[{shape.bit}]={values[0] >> shape.bit & 1}"
    if not shape.ranges:
        return "=other"
    ones, ends = (1 << field.width) - 1, shape.ranges
    outside = {value for low, high in ((0, -1), *ends) for value in (low - 1, high + 1)} - {-1, ones + 1}
    covered = sum(high - low + 1 for low, high in ends)
    if covered == ones:
        return f"!={_shown(field, next(v for v in outside if not any(low <= v <= high for low, high in ends)))}"
    texts = [
        f"={_shown(field, low)}"
        if low == high
        else f"<={_shown(field, high)}"
        if low == 0
        else f">={_shown(field, low)}"
        if high == ones
        else f"={_shown(field, low)}..{_shown(field, high)}"
        for low, high in ends
    ]
    return ",".join(texts)


def _members(enum: type[IntEnum], values: Sequence[int]) -> str:
    """Which members of an enumeration, or all but which: whatever is shorter."""
    names = [member.name for member in enum if int(member) in values]
    others = [member.name for member in enum if int(member) not in values]
    undefined = any(value not in list(enum) for value in values)
    if undefined and len(others) <= len(names):
        return f"!={','.join(others)}"
    return f"={','.join([*names, *['undefined'] * undefined])}"


def _wrapped(line: str, indent: int = 4) -> list[str]:
    return wrap(line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def main(arguments: list[str]) -> int:
    """Compare or write; the exit code is 1 where a table is not as committed. Names with a colon are chips, others folders."""
    names = [one for one in arguments if not one.startswith("-")]
    options = [one for one in arguments if one.startswith("-")]

    def program() -> int:
        require_known(options, "--write")
        return _main(names, "--write" in options)

    return ended(program)


def _main(names: Sequence[str], writes: bool) -> int:
    stale = 0
    chips = [name for name in names if ":" in name]
    named = [name for name in names if name not in chips]
    tables = folders(*chips)
    known = [path.parent.name for path in tables]
    for name in named:
        if name not in known:
            raise UnknownName("folder of drivers", name, known)
    for path, blocks in tables.items():
        if named and path.parent.name not in named:
            continue
        committed = path.read_text(encoding="utf-8") if path.exists() else ""
        wanted = fresh(blocks, committed)
        if writes:
            path.write_text(wanted, encoding="utf-8")
        elif difference := first_difference(committed, wanted):
            print(f"{path}: {difference}")
            stale += 1
    return min(stale, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
