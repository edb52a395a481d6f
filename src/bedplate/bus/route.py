"""One chip, several paths to it: when one is lost, what follows goes over another, and no write is lost or made twice unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bedplate.bus.decorator import Decorator, Request, often, perform
from bedplate.bus.guard import Canary, Guard
from bedplate.bus.protocol import WORD, Bus
from bedplate.bus.split import common_sizes
from bedplate.bus.time import Backoff
from bedplate.errors import BusError, EnvError, LinkDown, NotOwner, PathLost

T = TypeVar("T")


class Path:
    """One path: its name, and how to open it, which may fail now (EnvError, LinkDown) and succeed later."""

    def __init__(self, name: str, open_bus: Callable[[], Bus]) -> None:
        self.name = name
        self.raw: Bus | None = None
        self.trouble = ""
        """Why it was not usable when it was last tried."""
        self._open = open_bus
        self._backoff = Backoff()
        self._since = self.not_before = 0

    def open(self) -> Bus:
        """The raw bus, opened when it is not."""
        if self.raw is None:
            self.raw = self._open()
        return self.raw

    def begin(self, now: int) -> None:
        """It is used from now on."""
        self._since, self.trouble = now, ""

    def give_up(self, now: int, error: Exception) -> None:
        """It was lost, or not usable: leave it alone for a while."""
        lasted = 0 if self.trouble else now - self._since
        self.not_before, self.trouble = now + self._backoff.next(lasted), str(error)


class Route(Decorator):
    """A bus over the first usable of several paths, the fastest first. At least one must be open.

    Whether a path is usable is asked of the chip through that path: the canary, and `identity(bus)`, which must differ between
    chips and between boots of a chip. When a path is lost (LinkDown, or a canary that died) the next one takes over:

    - a read whose words may all be read again without effect (`safe(address)`) is made again there, unseen;
    - a write, a read with an effect, and any read that would be the first proof that a write before it arrived (a posted write
      is only known to have arrived when a read through the same path was answered) is not: PathLost;
    - so is whatever is under way when the chip was reset meanwhile. Who gets a PathLost observes anew and goes on.

    Between two transactions a better path is tried again, at growing intervals of device time, and taken when the identity is
    the same through both at that moment. Raises LinkDown when no path is left; the next access then begins anew.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        canary: Canary | None,
        identity: Callable[[Bus], object],
        safe: Callable[[int], bool],
    ) -> None:
        opened = [path.raw for path in paths if path.raw is not None]
        super().__init__(opened[0])
        self.paths = paths
        self.path: Path | None = None
        """The one in use."""
        self._canary, self._identity, self._safe = canary, identity, safe
        self._seen: object = None
        self._unproved = False
        """Whether something was written through this path, and nothing read since."""
        self._losses, self._lost = 0, ""
        """How often the path in use was lost, and which one it was at last, and why."""
        self._ahead = 0
        """By how much (ns) its clock would go back against those of the paths before it: the chip's time never does."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Which path is in use and what is wrong with those before it; how often one was lost; what they say of themselves."""
        index = self.paths.index(self.path) if self.path is not None else 0
        lost = tuple(
            f"runs over {self.paths[index].name}, for {path.name}: {path.trouble}" for path in self.paths[:index]
        )
        if self._losses:
            lost += (f"lost a path {often(self._losses)}, at last {self._lost}",)
        return lost + tuple(note for path in self.paths for note in getattr(path.raw, "notes", ()))

    @property
    def sizes(self) -> tuple[int, ...]:
        """What all open paths have: which one is taken is known with the access alone."""
        return common_sizes(path.raw for path in self.paths if path.raw is not None)

    def transact(self, request: Request) -> Sequence[int]:
        return self._through(request, lambda bus: perform(bus, request))

    def now(self) -> int:
        return self.bus.now() + self._ahead

    def poll(self, address: int, mask: int, value: int, timeout: int, size: int = WORD) -> int:
        deadline = self.now() + timeout
        return self._through(
            Request(address, 1, None, size),
            lambda bus: bus.poll(address, mask, value, max(deadline - self.now(), 0), size),
        )

    def _through(self, request: Request, act: Callable[[Bus], T]) -> T:
        for _ in self.paths:
            bus = self._best()
            try:
                result = act(bus)
            except LinkDown as error:
                self._fail_over(request, error)
            else:
                self._unproved = request.is_write
                return result
        return act(self._best())

    def _best(self) -> Bus:
        """The bus of the path in use, after a look whether there is a better one again."""
        if self.path is None:
            self._choose()
        elif self.path is not self.paths[0]:
            self._return()
        return self.bus

    def _choose(self) -> None:
        """Take the first usable path, those that were just given up last. Raises LinkDown without one."""
        now = self.now()
        for path in sorted(self.paths, key=lambda path: path.not_before > now):
            if (found := self._try(path)) is not None:
                self._take(path, *found)
                return
        raise LinkDown(
            "no path to the chip",
            where=", ".join(path.name for path in self.paths),
            wanted="one that the chip answers through",
            got="; ".join(path.trouble for path in self.paths),
            cause="chip without power, or all links down",
            next="check power and links; `bedplate doctor` lists what this machine can reach",
        )

    def _return(self) -> None:
        """Try the better paths whose time has come; take one that leads to the same boot of the same chip."""
        for path in self.paths:
            if path is self.path:
                return
            if path.not_before <= self.now() and (found := self._try(path)) is not None:
                try:
                    here = self._identity(self.bus)
                except BusError:
                    return  # the access itself will meet it
                if found[1] == here:
                    self._take(path, *found)
                    return
                path.give_up(self.now(), LinkDown("another chip, or another boot", where=path.name, got=str(found[1])))

    def _try(self, path: Path) -> tuple[Bus, object] | None:
        try:
            bus = Guard(path.open(), self._canary, self._safe)
            word = bus.read(self._canary.address, self._canary.size) if self._canary is not None else 0
            if self._canary is None or self._canary.alive(word):
                return bus, self._identity(bus)
            raise self._canary.silence(word, f"the canary does not answer through {path.name}")
        except NotOwner:  # it is no trouble of the path's
            raise
        except (BusError, EnvError) as error:
            path.give_up(self.now(), error)
            return None

    def _take(self, path: Path, bus: Bus, identity: object) -> None:
        time = self.now()
        self.path, self.bus, self._seen, self._unproved = path, bus, identity, False
        self._ahead = max(time - bus.now(), 0)
        path.begin(self.now())

    def _fail_over(self, request: Request, error: LinkDown) -> None:
        """Leave the path, and return if the request may be made again on the other one. Raises PathLost, LinkDown."""
        assert self.path is not None
        lost, seen, unproved = self.path, self._seen, self._unproved
        lost.give_up(self.now(), error)
        self.path, self._seen, self._unproved = None, None, False
        self._losses, self._lost = self._losses + 1, f"{lost.name}: {error}"
        self._choose()
        if request.is_write:
            fate = "whether it took effect is unknown"
        elif not all(self._safe(request.address + WORD * index) for index in range(request.length)):
            fate = "whether it took effect is unknown, and it has one"
        elif unproved:
            fate = "whether the writes before it arrived is unknown"
        elif seen != self._seen:
            fate = "the chip was reset meanwhile"
        else:
            return
        raise PathLost(
            f"path lost in {request}: {fate}",
            where=lost.name,
            got=str(error),
            cause=error.cause,
            next="observe and go on: converge does",
        ) from error
