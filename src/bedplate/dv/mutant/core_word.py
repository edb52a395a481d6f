"""Mutants of the core about what is no word of anybody's, such as numbers that no bus can be given and a time that does not pass, and
about what a round, a reset or an act keeps of what was before it."""

from __future__ import annotations

from bedplate.dv.mutant.core_row import CoreMutant

STRANGER = "src/bedplate/bus/test_stranger.py"
STRANGE = "src/bedplate/converge/test_strange.py"
KEPT = "src/bedplate/converge/test_kept.py"
LADDER = "src/bedplate/block/test_block.py::TestLadder"
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
    "strange words": (
        CoreMutant(
            "bus",
            "LookupError, RecursionError)",
            "LookupError)",
            "a line that is nested without end is no damaged record",
            "src/bedplate/bus/test_observer.py::TestRecord::test_so_is_one_that_is_nested_without_end[head]",
        ),
        CoreMutant(
            "topology",
            "if type(state) is not type(block.goal):",
            "if not isinstance(state, type(block.goal)):",
            "what says that it is a state is one",
            f"{STRANGE}::test_what_only_says_that_it_is_a_state_is_none",
        ),
        CoreMutant(
            "block",
            "        if not cls.__members__:\n",
            "        if False:\n",
            "a state is called what its author likes",
            f"{STRANGE}::test_states_are_called_what_their_names_say[False-name]",
        ),
        CoreMutant(
            "block",
            "all(type(number) is int for number in said)",
            "all(isinstance(number, int) for number in said)",
            "who answers is said in what is called an integer",
            f"{STRANGE}::test_who_answers_is_said_in_integers[vitals0]",
        ),
    ),
    "kept": (
        CoreMutant(
            "converge",
            "self.queued = self.passing = None\n        self.begun.clear()",
            "self.queued = self.passing = None",
            "a wait after a reset has what is left of the budget before it",
            f"{KEPT}::test_what_works_anew_after_a_reset_has_its_whole_budget",
        ),
        CoreMutant(
            "topology",
            "        if self._refused is not None:\n            raise self._refused\n        if self._paused",
            "        if self._paused",
            "an act goes on writing after a refusal that its driver hides",
            "src/bedplate/topology/test_gate.py::test_after_a_refusal_that_its_driver_hides_an_act_writes_nothing_more",
        ),
        CoreMutant(
            "bus",
            "        if not _are_plain(request, again):\n            self._require_canary(request)\n",
            "",
            "a second answer that is suspicious is believed",
            "src/bedplate/bus/test_bus.py::TestWhatNobodyBelieves::test_a_link_that_dies_at_the_second_look_is_down_whatever_the_size[1]",
        ),
        CoreMutant(
            "converge",
            " or fuses.state is not harvest.fuses.goal:",
            ":",
            "on the way down fuses that are not loaded are asked",
            f"{KEPT}::test_on_the_way_down_fuses_that_are_not_loaded_are_not_asked",
        ),
        CoreMutant(
            "converge",
            "for need in reversed(cell.block.needs):",
            "for need in cell.block.needs:",
            "outputs go off in the order in which they came on",
            f"{KEPT}::test_what_nobody_uses_any_more_is_turned_off_last_one_first",
        ),
        CoreMutant(
            "converge",
            "if not on and (cell.attempts[name] or not believed(is_coming(need))):",
            "if not on:",
            "an output that still comes on counts as off",
            f"{KEPT}::test_an_output_that_still_comes_on_is_waited_for_and_turned_off",
        ),
    ),
    "state machines": (
        CoreMutant(
            "block",
            "        if mixed:\n",
            "        if False:\n",
            "one step leads out of faults and of other states",
            f"{LADDER}::test_a_step_out_of_a_fault_and_of_what_is_none_is_found",
        ),
        CoreMutant(
            "block",
            "    if any(state.is_fault for state in (block.goal,",
            "    if False and any(state.is_fault for state in (block.goal,",
            "a fault is a goal",
            f"{LADDER}::test_a_fault_is_no_goal_and_no_state_after_reset[said0]",
        ),
    ),
}
