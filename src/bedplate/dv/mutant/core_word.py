"""Mutants of the core about what is no word of anybody's: numbers that no bus can be given, a time that does not pass, strange exceptions."""

from __future__ import annotations

from bedplate.dv.mutant.core_row import CoreMutant

STRANGER = "src/bedplate/bus/test_stranger.py"
STRANGE = "src/bedplate/converge/test_strange.py"
_NONSENSE = f"{STRANGE}::test_what_no_bus_can_be_given_is_the_mistake_of_who_asks"

WORD = {
    "clock": (
        CoreMutant(
            "bus",
            "elif now < self._latest or self._paused >= COARSEST:",
            "elif self._paused >= COARSEST:",
            "a time that goes back is believed",
            f"{STRANGER}::test_a_time_that_goes_back_is_told_at_once",
        ),
        CoreMutant(
            "bus",
            "or self._paused >= COARSEST:",
            "or self._paused >= COARSEST * COARSEST:",
            "a time that stands still is waited for without end",
            f"{STRANGER}::test_by_a_time_that_does_not_pass_no_wait_would_end[pause-stands still]",
        ),
        CoreMutant(
            "bus",
            "or self._paused >= COARSEST:",
            "or self._paused:",
            "a coarse clock is a wrong one",
            f"{STRANGER}::test_a_clock_may_be_coarse",
        ),
        CoreMutant(
            "bus",
            "self._latest, self._paused = now, 0",
            "self._latest = now",
            "a coarse clock is a wrong one in the long run",
            f"{STRANGER}::test_a_clock_may_be_coarse",
        ),
        CoreMutant(
            "bus",
            "self._ahead = max(time - bus.now(), 0)",
            "self._ahead = 0",
            "time goes back with the path",
            "src/bedplate/bus/test_route.py::test_time_never_goes_back_though_each_path_may_have_a_clock_of_its_own",
        ),
        CoreMutant(
            "block",
            "if not 0 < typical <= limit <= LONGEST:",
            "if not 0 < typical <= limit:",
            "a wait that no bus can make is declared",
            f"{STRANGE}::test_nothing_is_waited_for_longer_than_a_day",
        ),
    ),
    "numbers": (
        CoreMutant(
            "bus",
            "            require_access(address, size)  # not before: nothing is as hot as this\n",
            "",
            "an address that is none is the bus's error",
            f"{STRANGER}::test_an_address_that_is_none_is_the_mistake_of_who_asks",
        ),
        CoreMutant(
            "bus",
            "    if size < 1:\n",
            "    if False:\n",
            "a size that is none passes",
            f"{_NONSENSE}[a size that is none]",
        ),
        CoreMutant(
            "bus",
            "        if count < 1:\n",
            "        if False:\n",
            "a burst of less than nothing is the bus's error",
            f"{_NONSENSE}[a burst of less than nothing]",
        ),
        CoreMutant(
            "bus",
            "    if not words:\n",
            "    if False:\n",
            "a burst of nothing passes",
            f"{_NONSENSE}[a burst of nothing]",
        ),
        CoreMutant(
            "bus",
            "        if not 0 <= word < 1 << 8 * size:\n",
            "        if False:\n",
            "a word that does not fit passes",
            "src/bedplate/topology/test_gate.py::test_a_word_that_does_not_fit_is_refused_whatever_the_bus_makes_of_it[<lambda>2]",
        ),
        CoreMutant(
            "bus",
            "        _require_integers(mask, value)\n",
            "",
            "a mask that is none is the bus's error",
            f"{_NONSENSE}[a mask that is none]",
        ),
    ),
    "strange exceptions": (
        CoreMutant(
            "bus",
            "FOREIGN = (Exception, SystemExit, GeneratorExit)",
            "FOREIGN = (Exception,)",
            "a bus that would end the process ends the run",
            f"{STRANGE}::test_a_bus_that_would_end_the_process_has_failed[canary-raised0]",
        ),
    ),
}
