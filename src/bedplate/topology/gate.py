"""The gate: every write to the chip passes it, whoever makes it, and none with an effect that was not declared or allowed.

It is a bus in front of the chip's bus, below all register handles, so no driver can go around it. While a run leads the chip, an
act (a step, an output) opens it for what that act declares; outside of acts, a driver that writes is refused. Outside of runs a
person writes: the gate then asks the chip itself whether a workload would be disturbed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from bedplate.block import Block, Tenant, Vitals
from bedplate.bus import WORD, Bus, Guard, Request, require_access
from bedplate.errors import (
    BedplateError,
    BusFault,
    DriverDefect,
    NeedsIntent,
    NotOwner,
    UnderLoad,
)
from bedplate.reg import Effect, Probe, Register, effect_of_write
from bedplate.topology.names import AddressMap, Location
from bedplate.topology.region import Region


class Act(NamedTuple):
    """What opens the gate: who acts, what it is called, all effects that it declares, and where it may write (None: anywhere).

    `driver` is the instance whose driver says how: for an output its provider.
    """

    who: str
    name: str
    effect: Effect = Effect.NONE
    within: tuple[range, ...] | None = None
    driver: str = ""

    @classmethod
    def upon(cls, block: Block[Any, Any], who: str, name: str, effect: Effect) -> Act:
        """An act that writes to one instance alone."""
        return cls(who, name, effect, (range(block.regs.base, block.regs.base + block.regs.SIZE),), block.name)


LOOKING = Act("", "observe", Effect.NONE, ())
"""The act of a run that does not act: it writes nowhere."""


def verdict(
    who: str, what: str, effect: Effect, vitals: Collection[Vitals], *, forced: bool = False, intended: bool = False
) -> BedplateError | None:
    """What the gate says to an act with these effects, where `vitals` are those of all parts in its reach; None lets it pass.

    Permanent effects want an intent by name; whatever disturbs wants every part in reach to say that no workload runs.
    """
    if Effect.PERMANENT in effect and not intended:
        return NeedsIntent(f"{what} is permanent", where=who, next=f"if it is meant: bedplate up --intent {who}")
    busy = [one.tenant for one in vitals if one.tenant is not Tenant.IDLE]
    if effect and not forced and busy:
        unknown = Tenant.ACTIVE not in busy
        return UnderLoad(
            f"{what} ({effect.words}) would disturb the running workload",
            where=who,
            wanted="no tenant active",
            got="nobody knows whether a tenant is active" if unknown else "tenant active",
            cause="this chip has no word for it" if unknown else "",
            next=f"drain the workload, or give the same command --force {who}",
        )
    return None


def verdict_on(
    asked: Callable[[Collection[Vitals]], BedplateError | None], vitals: Sequence[tuple[Region, Vitals | None]]
) -> tuple[BedplateError | None, Region | None]:
    """What a verdict says of the parts in reach, of which those without vitals are lost; and the lost one that alone speaks against it.

    Nobody knows what runs in a part that is lost: that counts as a workload, but the reason is the loss.
    """
    refused = asked([Vitals() if one is None else one for _, one in vitals])
    lost = [region for region, one in vitals if one is None]
    if refused is None or not lost:
        return refused, None
    refused = asked([one for _, one in vitals if one is not None])
    return refused, lost[0] if refused is None else None


class Gate:
    """Judges writes; reads pass. One for each chip object. Drivers hold it: what lies behind it, it hands out to nobody by a public name.

    `forced` and `intended` say whether writes by hand, outside of runs, may disturb a workload or be permanent (see `allow`).
    `refresh` is set by a run: it is called before a write that follows a pause inside an act, since the chip may have been reset
    meanwhile.
    """

    def __init__(
        self, guard: Guard, addresses: Callable[[], AddressMap], regions: Callable[[], Sequence[Region]]
    ) -> None:
        self.act: Act | None = None
        self.refresh: Callable[[], None] | None = None
        self.read = guard.read  # nothing to judge: no call more than need be
        self.read_block = guard.read_block
        self.now = guard.now
        self._guard, self._addresses, self._regions = guard, addresses, regions
        self._proved: set[str] = set()
        self._lost = 0
        self._paused = self._led = False
        self._refused: BaseException | None = None
        self.forced = self.intended = False

    @contextmanager
    def open(self, act: Act, refresh: Callable[[], None] | None = None) -> Iterator[None]:
        """Let through what this act declares, and nothing else, until it ends.

        What was refused in it, and nobody has told, is raised at its end: its driver hides it. Once a question in its midst was answered
        with no, nothing more is written.
        """
        before, paused = (self.act, self.refresh, self._refused), self._paused
        self.act, self.refresh, self._paused, self._refused = act, refresh, False, None
        try:
            yield
            self._tell()
        finally:
            self.act, self.refresh, self._refused = before
            self._paused = self._paused or paused

    @contextmanager
    def led(self, chip: str) -> Iterator[None]:
        """While a run leads the chip: one at a time. Raises NotOwner."""
        if self._led:
            raise NotOwner(
                "another run over this chip has not ended",
                where=chip,
                wanted="one run at a time: what two find out, each would do",
                next="go on with that one to its end, or close() it: it stops between two turns",
            )
        self._led = True
        try:
            yield
        finally:
            self._led = False

    @contextmanager
    def allow(self, *, force: bool, intent: bool) -> Iterator[None]:
        """For a person who writes by hand: disturbing writes are forced, or permanent ones are meant, until it ends."""
        before = self.forced, self.intended
        self.forced, self.intended = force, intent
        try:
            yield
        finally:
            self.forced, self.intended = before

    def proved(self, region: Region) -> None:
        """The region's identity was read, and is right."""
        self._renew()
        self._proved.add(region.name)

    def disproved(self, region: Region) -> None:
        """The region did not prove who it is: nothing is written there before it does."""
        self._proved.discard(region.name)

    def _renew(self) -> None:
        """A way that was lost may lead to another chip when it comes back: nothing is proved any more."""
        if self._lost != self._guard.lost:
            self._lost = self._guard.lost
            self._proved.clear()

    # The bus. Reads go straight through: `read` and `read_block` are those of the bus behind.

    @property
    def sizes(self) -> tuple[int, ...]:
        """The accesses (bytes) that the bus has."""
        return self._guard.sizes

    def write(self, address: int, value: int, size: int = WORD) -> None:
        """As any bus, once it was judged. Raises what judging does, and AccessError for what is no number."""
        require_access(address, size, (value,))
        self._pass(Request(address, 1, (value,), size))
        self._guard.write(address, value, size)

    def write_block(self, address: int, values: Sequence[int]) -> None:
        """As any bus, judged as one. Raises as `write` does."""
        words = tuple(values)
        require_access(address, WORD, words)
        self._pass(Request(address, len(words), words))
        self._guard.write_block(address, words)

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        """As any bus; what is written after it is asked about anew."""
        self._paused = True
        return self._guard.poll(address, mask, value, timeout, size)

    def sleep(self, duration: int) -> None:
        """As any bus; what is written after it is asked about anew."""
        self._paused = True
        self._guard.sleep(duration)

    # Judging.

    def _pass(self, request: Request) -> None:
        """Raises DriverDefect, NeedsIntent, UnderLoad, WrongChip; then nothing was written."""
        self._renew()
        last, act = request.address + request.size * request.length - 1, self.act
        parts = act.within if act is not None else None
        if act is not None and parts is not None and not any(request.address in one and last in one for one in parts):
            raise self._remembered(self._defect(act, request, "a write to where it has nothing to write"))
        regions = self._regions()
        for region in self._reached(request.address, last) if len(self._proved) < len(regions) else ():
            if region.name not in self._proved:
                with self.open(LOOKING):
                    region.vitals(self._guard)
                self._proved.add(region.name)
        effect = self.effect_of(request)
        if act is None:
            self._ask(request, effect, last)
            return
        if effect is not Effect.NONE and effect & ~act.effect:
            effect = self.effect_of(request, look=True)
            if effect & ~act.effect:
                what = f"a write that is not declared: {(effect & ~act.effect).words}"
                raise self._remembered(self._defect(act, request, what))
        if self._refused is not None:
            raise self._refused
        if self._paused and self.refresh is not None:
            try:
                self.refresh()
            except BaseException as error:
                self._refused = error
                raise
            self._paused = False

    def _tell(self) -> None:
        if self._refused is not None and not _is_told(self._refused):
            raise self._refused

    def _remembered(self, defect: DriverDefect) -> BaseException:
        """What is refused in this act: the first that its driver has not told yet."""
        if self._refused is None or _is_told(self._refused):
            self._refused = defect
        return self._refused

    def _reached(self, first: int, last: int) -> list[Region]:
        """The regions in which any of these bytes lie."""
        return [one for one in self._regions() if one.reach.start <= last and first < one.reach.stop]

    def _defect(self, act: Act, request: Request, what: str) -> DriverDefect:
        place = self._addresses().find(request.address)
        declare = "declare the effect where the step or output is defined, or do not write there"
        return DriverDefect(
            f"{act.name}: {what}",
            where=act.who,
            wanted="no write" if act is LOOKING else f"effects: {act.effect.words}",
            got=f"{request} ({place.path if place is not None else 'no register'})",
            cause="the driver does something that it does not declare; nothing was written",
            next="who observes only reads: what is to be written belongs into a step" if act is LOOKING else declare,
        )

    def _ask(self, request: Request, effect: Effect, last: int) -> None:
        """A person writes: nobody has asked the chip yet."""
        if effect and not self.forced:
            effect = self.effect_of(request, look=True)
        if not effect:
            return
        place = self._addresses().find(request.address)
        who = place.path if place is not None else f"0x{request.address:x}"
        with self.open(LOOKING):
            vitals = (
                () if self.forced else [ask(region, self._guard) for region in self._reached(request.address, last)]
            )
        refused = verdict(who, "this write", effect, vitals, forced=self.forced, intended=self.intended)
        if refused is not None:
            by_intent = isinstance(refused, NeedsIntent)
            command = f"bedplate reg set --intent {who}=VALUE" if by_intent else f"bedplate reg set --force {who}=VALUE"
            flag = "intent" if by_intent else "force"
            refused.next = f"if it is meant: {command}; in Python `with chip.allow({flag}=True):`"
            raise refused

    def effect_of(self, request: Request, look: bool = False) -> Effect:
        """All that a write does to the world, by the description of the registers that it touches.

        With `look`, registers are read where that is harmless: a plain field that gets the value which it has is left alone, as
        by a read-modify-write of its neighbour.
        """
        assert request.values is not None
        place = self._addresses().find(request.address)
        is_whole = place is not None and (place.start, place.size) == (request.address, request.size)
        if is_whole and place is not None and not request.is_burst and not place.cls.SWAPPED:
            return self._does(place, request.values[0], look)  # one whole register, as nearly always
        size = request.size
        data = b"".join((value & (1 << 8 * size) - 1).to_bytes(size, "little") for value in request.values)
        effect, addresses, at, end = Effect.NONE, self._addresses(), request.address, request.address + len(data)
        while at < end:
            place = addresses.find(at)
            if place is None:
                at += 1
                continue
            stop = place.start + place.size
            if issubclass(place.cls, Register):
                if at > place.start or stop > end or place.cls.SWAPPED or (place.cls.BIG_ENDIAN and place.size > WORD):
                    effect |= (
                        place.cls.EFFECT
                    )  # not the whole register, or not as it is numbered: whatever it can do, it may do
                else:
                    first = at - request.address
                    word = int.from_bytes(data[first : first + place.size], "little")
                    effect |= self._does(place, word, look)
            at = stop
        return effect

    def _does(self, place: Location, word: int, look: bool) -> Effect:
        """What a word does that is written to a whole register."""
        if not issubclass(place.cls, Register) or place.cls.EFFECT is Effect.NONE:
            return Effect.NONE
        return effect_of_write(place.cls, word, held=self._held(place) if look else None)

    def _held(self, place: Location) -> int | None:
        """What a register holds, where looking is harmless."""
        assert issubclass(place.cls, Register)
        if place.cls.PROBE is not Probe.SAFE or not hasattr(place.cls, "read"):
            return None
        return place.cls(self._guard, place.start, place.path)._load()


def _is_told(refused: BaseException) -> bool:
    return isinstance(refused, DriverDefect) and refused.is_told


def ask(region: Region, bus: Bus) -> Vitals:
    """The vitals, where a part that does not answer is asked once more: the read is harmless. Its tenant then is unknown.

    Raises LinkDown, PathLost, WrongChip.
    """
    for _ in range(2):
        with suppress(BusFault):
            return region.vitals(bus)
    return Vitals()
