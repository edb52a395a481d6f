"""Driver of an NVMe controller, from disabled to identified. Source: NVM Express Base Specification 1.4, 3.1, 4, 5.15 and 7.6.1.

What this chip lacks of what CONTRIBUTING.md (step 1) asks of hardware, and what is done about it:

- *A doorbell cannot be read*, so after a crash nobody can say whether a command that stands in the submission queue was rung for.
  Therefore each command of the start has a slot of its own, and is sent again, the same words into the same slot and the same
  number into the doorbell, for as long as its completion is not there. A controller that had it already finds its queue where it
  was and executes nothing twice. (It may note an invalid doorbell write value, 5.2, for who has asked for such events: nobody has.)
- *No record of what was done but the completion queue*: its phase tags are that record. So completions stay where they are, the
  queue's head is never moved, and its tags are cleared before the controller is enabled.
- *No timer*: a HAL that finds RDY on its way gives it the whole budget once more.
- *The queue's memory survives a controller reset*: what stands in it counts only while the controller is enabled.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

from bedplate.block import Block, Effect, Kind, State, fault, ms, s, step, wait
from bedplate.chips.nvme.regs import NvmeRegs

ENTRIES = 4
"""Of either admin queue; one more than commands, since a full queue holds one less."""

IDENTIFY = 6
CONTROLLER, ACTIVE_NAMESPACES = 1, 2
"""What Identify is asked for (CNS); each is the command of the slot before its number."""

SQE_SIZE, CQE_SIZE = 6, 4
"""Of I/O queue entries, as powers of two: 64 and 16 bytes, as the specification wants them."""


class NvmeIdentity(NamedTuple):
    """What Identify said: serial number, model, firmware revision, and the identifiers of the active namespaces."""

    serial: str
    model: str
    firmware: str
    namespaces: tuple[int, ...]


class NvmeState(State):
    """States of a controller."""

    DISABLED = "disabled"
    STARTING = "enabled with the planned queue, not ready yet"
    READY = "ready, its controller data structure not identified yet"
    NAMED = "controller identified, namespaces not listed yet"
    IDENTIFIED = "ready, controller and namespaces identified"
    OTHER = "enabled with another admin queue or other settings than planned"
    STOPPING = "disabled, still coming to rest"
    FATAL = fault("the controller reports a fatal error")
    REFUSED = fault("a command was refused, or somebody else used the queue")
    UNSUPPORTED = fault("wants larger pages or wider doorbells than planned")


class Nvme(Block[NvmeRegs, None]):
    """NVMe controller: enabled with an admin queue in memory, and identified through it."""

    goal = NvmeState.IDENTIFIED
    reset_state = NvmeState.DISABLED
    requires = (Kind.POWER,)
    loses = MappingProxyType({Kind.POWER: Effect.STOPS_TRAFFIC})

    def observe(self) -> NvmeState:
        regs = self.regs.registers
        cap = regs.cap.read()
        if cap.dstrd or cap.mpsmin:
            return NvmeState.UNSUPPORTED
        csts, cc = regs.csts.read(), regs.cc.read()
        if not cc.en:
            return NvmeState.STOPPING if csts.rdy else NvmeState.DISABLED
        if csts.cfs:
            return NvmeState.FATAL
        if not self.has_planned_queue():
            return NvmeState.OTHER
        return self.progress() if csts.rdy else NvmeState.STARTING

    def has_planned_queue(self) -> bool:
        """Whether the controller was given the planned queue, pages and entries."""
        regs, admin = self.regs.registers, self.regs.admin
        cc, aqa = regs.cc.read(), regs.aqa.read()
        return (
            (aqa.asqs, aqa.acqs) == (ENTRIES - 1, ENTRIES - 1)
            and regs.asq.read().asqb << 12 == admin.sq.address
            and regs.acq.read().acqb << 12 == admin.cqe[0].base
            and (cc.css, cc.mps, cc.ams, cc.shn) == (0, 0, 0, 0)
            and (cc.iosqes, cc.iocqes) == (SQE_SIZE, CQE_SIZE)
        )

    def progress(self) -> NvmeState:
        """What the completion queue says was done."""
        states = (NvmeState.READY, NvmeState.NAMED, NvmeState.IDENTIFIED)
        for slot, state in enumerate(states[:-1]):
            dw3 = self.regs.admin.cqe[slot].dw3.read()
            if not dw3.phase:
                return state
            if dw3.status or dw3.cid != slot:
                return NvmeState.REFUSED
        return states[-1]

    def detail(self) -> str:
        entries = ", ".join(repr(entry.dw3.read()) for entry in self.regs.admin.cqe[:2])
        return f"{self.regs.registers.csts.read()!r}, {entries}"

    def identity(self) -> NvmeIdentity:
        """What Identify said; of a controller that is IDENTIFIED."""
        text = b"".join(word.to_bytes(4, "little") for word in self.regs.admin.controller.read(0, 18)).decode(
            "ascii", "replace"
        )
        listed = self.regs.admin.namespaces.read(0, 1024)
        return NvmeIdentity(text[4:24].strip(), text[24:64].strip(), text[64:72].strip(), tuple(filter(None, listed)))

    @step(NvmeState.DISABLED, NvmeState.STARTING, effect=Effect.STOPS_TRAFFIC)
    def enable(self) -> None:
        """Clear the phase tags, say where the queue is, enable."""
        regs, admin = self.regs.registers, self.regs.admin
        for entry in admin.cqe:
            entry.dw3.write(phase=False)
        regs.intms.set(ivms=0xFFFF_FFFF)
        regs.aqa.write(asqs=ENTRIES - 1, acqs=ENTRIES - 1)
        regs.asq.write(asqb=admin.sq.address >> 12)
        regs.acq.write(acqb=admin.cqe[0].base >> 12)
        regs.cc.write(en=True, iosqes=SQE_SIZE, iocqes=CQE_SIZE)

    start = wait(NvmeState.STARTING, NvmeState.READY, typical=ms(1), limit=s(128))  # CAP.TO can say up to 127.5 s

    @step(NvmeState.READY, NvmeState.NAMED)
    def identify(self) -> None:
        """Ask who the controller is."""
        self.submit(CONTROLLER, self.regs.admin.controller.address)

    @step(NvmeState.NAMED, NvmeState.IDENTIFIED)
    def list_namespaces(self) -> None:
        """Ask which namespaces are active."""
        self.submit(ACTIVE_NAMESPACES, self.regs.admin.namespaces.address)

    def submit(self, what: int, page: int) -> None:
        """An Identify command into its slot, ring, and wait for its phase tag. Raises PollTimeout."""
        slot = what - 1
        entry = [slot << 16 | IDENTIFY, 0, 0, 0, 0, 0, page & 0xFFFF_FFFF, page >> 32, 0, 0, what, 0, 0, 0, 0, 0]
        self.regs.admin.sq.write(16 * slot, entry)
        self.regs.registers.sq0tdbl.write(sqt=slot + 1)
        self.regs.admin.cqe[slot].dw3.wait(phase=True, timeout=s(1))

    @step(NvmeState.OTHER, NvmeState.STOPPING, effect=Effect.STOPS_TRAFFIC)
    def stop(self) -> None:
        """Disable: a controller reset, which empties all queues."""
        self.regs.registers.cc.write(en=False)

    @step((NvmeState.FATAL, NvmeState.REFUSED), NvmeState.STOPPING, effect=Effect.STOPS_TRAFFIC)
    def reset(self) -> None:
        """The same, out of a fault."""
        self.regs.registers.cc.write(en=False)

    rest = wait(NvmeState.STOPPING, NvmeState.DISABLED, typical=ms(1), limit=s(128))
