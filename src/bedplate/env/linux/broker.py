"""The process that may die: a child owns the mapping and makes the accesses; its parent asks, and lives.

Where the kernel has taken a mapping away, or on machines that answer a lost read with an abort, an access is a SIGBUS, which
Python cannot survive in the process itself: a handler returns into the same load. In a child it costs the child. Nothing is
lost with it, since everything is in the chip. A child also can be given up, when an access never completes.

One socket pair, one request at a time: (number, verb, arguments), answered by (number, result, error). A burst or a poll is
one round trip. The child ends with its socket, and is killed when its parent dies, also where it is stopped and hears of nothing.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import socket
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from struct import Struct
from typing import Any, NoReturn
from weakref import finalize

from bedplate import errors
from bedplate.bus import SIZES, WORD, Bus, ms, s
from bedplate.env.children import fork, room
from bedplate.env.linux import clock
from bedplate.env.owner import Owner
from bedplate.errors import BedplateError, LinkDown

LIMIT = s(65)
"""For one access: the longest completion timeout of PCI Express is 64 s (Device Control 2), after it hardware answers by itself."""

PART = 4096
"""Words in one message, at most: a longer burst is several. Eleven bytes a word are far below a socket's buffer."""

ROOM = 1 << 16
TIMEVALS = {16: Struct("=qq"), 8: Struct("=ii")}
"""Times for SO_RCVTIMEO, by their size: seconds and microseconds, where none at all is for ever. Which one it is the kernel says, since on
32 bits it depends on how the C library that Python was built with counts time."""

PATIENCE = ms(500)
"""For a child to end by itself."""


class Broker:
    """A bus through a child process, which makes the bus itself by `open_bus` and keeps of open files only copies of `keep`.

    `limit` is how long an access may take, in ns: one that is slow, but answered within it, is nothing special. Whatever
    ends the child is LinkDown, once, and this broker's end; an access in flight then is not repeated. Raises what `open_bus` raises.
    """

    sizes = (*SIZES, 8)

    def __init__(
        self,
        open_bus: Callable[[], Bus],
        keep: Collection[int] = (),
        limit: int = LIMIT,
        owner: Owner | None = None,
    ) -> None:
        self.limit = limit
        self._number = self._waits = 0
        self._buffer = bytearray(ROOM)
        self._view = memoryview(self._buffer)
        owner = owner or Owner("process that makes the accesses")
        self._enter = owner.enter
        with room(), ExitStack() as ours, ExitStack() as lost:
            self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            lost.callback(self._socket.close)
            ours.enter_context(theirs)
            copies = []  # a forked child has no lease, and parts with its parent's
            for file in keep:
                copies.append(os.dup(file))
                ours.callback(os.close, copies[-1])
            self.pid = fork(partial(_be_the_child, theirs, open_bus, copies))
            lost.pop_all()
        self._end = finalize(self, _end, self._socket, self.pid, os.getpid())
        self._ask("ready")

    def read(self, address: int, size: int = WORD) -> int:
        word: int = self._call("read", address, size)
        return word

    def write(self, address: int, value: int, size: int = WORD) -> None:
        self._call("write", address, value, size)

    def read_block(self, address: int, count: int) -> Sequence[int]:
        words: list[int] = []
        while len(words) < count:
            words += self._call("read_block", address + len(words) * WORD, min(count - len(words), PART))
        return words

    def write_block(self, address: int, values: Sequence[int]) -> None:
        for at in range(0, len(values), PART):
            self._call("write_block", address + at * WORD, tuple(values[at : at + PART]))

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        """As in `Bus`: the child polls by its own clock, which is this one."""
        word: int = self._call("poll", address, mask, value, timeout, size, more=timeout)
        return word

    def now(self) -> int:
        return clock.now()

    def sleep(self, duration: int) -> None:
        clock.sleep(duration)

    def close(self) -> None:
        """End the child."""
        self._end()

    def _call(self, verb: str, *arguments: Any, more: int = 0) -> Any:
        """As the owner, ask. Raises NotOwner."""
        self._enter()
        return self._ask(verb, *arguments, more=more)

    def _ask(self, verb: str, *arguments: Any, more: int = 0) -> Any:
        """Ask, and wait for the answer to this very question: one to an earlier one, whose caller was interrupted, is dropped."""
        if not self._end.alive:
            raise LinkDown("the process that makes the accesses has ended", where=f"process {self.pid}")
        self._number += 1
        doing = verb if not arguments else f"{verb} 0x{arguments[0]:08x}"
        began = time.monotonic_ns()
        try:
            self._wait(self.limit + more)
            self._socket.send(marshal.dumps((self._number, verb, arguments)))
            number = 0
            while number != self._number:
                size = self._socket.recv_into(self._buffer)
                if not size:
                    raise self._died(doing)
                number, result, error = marshal.loads(self._view[:size])
        except BlockingIOError:
            raise self._hangs(doing, time.monotonic_ns() - began) from None
        except ConnectionError:
            raise self._died(doing) from None
        if error is not None:
            caught = _unpacked(error)
            if isinstance(caught, LinkDown) or verb == "ready":
                self.close()
            raise caught
        return result

    def _wait(self, limit: int) -> None:
        """Set how long the kernel waits for an answer. Python's own timeouts would cost a system call more each way."""
        if limit != self._waits:
            self._waits = limit
            _set_timeout(self._socket, limit)

    def _died(self, doing: str) -> LinkDown:
        self._end.detach()
        self._socket.close()
        how = _how(self.pid)
        return LinkDown(
            f"the process that makes the accesses died in {doing}",
            where=f"process {self.pid}",
            got=how,
            cause="the kernel took the mapping away: the device was removed, or a driver has claimed it"
            if how == "SIGBUS"
            else "somebody ended it, or memory ran out",
            next="the next access attaches anew; whether this one reached the chip, only the chip knows",
        )

    def _hangs(self, doing: str, waited: int) -> LinkDown:
        self.close()
        return LinkDown(
            f"{doing} was not completed: given up",
            where=f"process {self.pid}",
            waited=waited,
            cause="the device never answers, and nothing between it and us gives up for it",
            next="the next access attaches anew; reset the device if it hangs again. timeout= on the target gives it longer",
        )


def _set_timeout(ours: socket.socket, limit: int) -> None:
    """Have the kernel wait for so many ns at most."""
    size = len(ours.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, max(TIMEVALS)))
    value = TIMEVALS[size].pack(*divmod(max(limit // 1000, 1), 10**6))
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)


def _be_the_child(theirs: socket.socket, open_bus: Callable[[], Bus], keep: Collection[int]) -> NoReturn:
    try:
        _stand_alone({2, theirs.fileno(), *keep})
        _serve(theirs, open_bus)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _stand_alone(keep: Collection[int]) -> None:
    """Nothing of the parent's is done here: no handlers, no files, no garbage that would close them a second time."""
    gc.freeze()
    for number in signal.valid_signals():  # with faulthandler's, which Python does not know
        if signal.getsignal(number) not in (signal.SIG_DFL, signal.SIG_IGN):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent; an access in flight is not torn
    before = -1
    for fd in (*sorted(keep), os.sysconf("SC_OPEN_MAX")):
        os.closerange(before + 1, fd)
        before = fd
    with suppress(OSError), open("/proc/self/comm", "w") as file:
        file.write("bedplate-broker")


def _serve(theirs: socket.socket, open_bus: Callable[[], Bus]) -> None:
    bus: Bus | None = None
    while request := theirs.recv(ROOM):
        number, verb, arguments = marshal.loads(request)
        try:
            if bus is None:
                bus = open_bus()
            answer = (number, getattr(bus, verb)(*arguments) if arguments else None, None)
        except BedplateError as error:
            theirs.send(marshal.dumps((number, None, _packed(error))))
            if bus is None or isinstance(error, LinkDown):
                return
        else:
            theirs.send(marshal.dumps(answer))


def _packed(error: BedplateError) -> tuple[str, str, dict[str, Any]]:
    facts = vars(error).copy()
    return type(error).__name__, facts.pop("what"), facts


def _unpacked(error: tuple[str, str, dict[str, Any]]) -> BedplateError:
    name, what, facts = error
    kind: type[BedplateError] = getattr(errors, name)
    return kind(what, **facts)


def _end(ours: socket.socket, pid: int, owner: int) -> None:
    """Let the child end, then make it; what hangs in an access cannot even be killed, and is left to end when it does."""
    ours.close()
    if os.getpid() != owner:
        return
    deadline = time.monotonic_ns() + PATIENCE
    with suppress(ChildProcessError):
        while not os.waitpid(pid, os.WNOHANG)[0]:
            if time.monotonic_ns() > deadline:
                os.kill(pid, signal.SIGKILL)
                time.sleep(0.01)
                os.waitpid(pid, os.WNOHANG)
                return
            time.sleep(0.0005)


def _how(pid: int) -> str:
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:
        return "unknown: its status was collected by somebody else"
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit status {os.WEXITSTATUS(status)}"
