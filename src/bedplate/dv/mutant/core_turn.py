"""Mutants of the core about what a run does anew, or not too early: it looks, asks, counts and judges when something has happened."""

from __future__ import annotations

from bedplate.dv.mutant.core_row import CoreMutant

ANEW = "src/bedplate/converge/test_anew.py"
FAILURE = "src/bedplate/converge/test_failure.py::TestFailure"
BOUNDS = "src/bedplate/converge/test_bounds.py"
LOAD = "src/bedplate/converge/test_load.py::TestUnderLoad"

TURN = {
    "anew": (
        CoreMutant(
            "converge",
            "        self.run.acted = True  # what was settled",
            "        # what was settled",
            "who was at its goal before what it needs was lost stays there",
            f"{ANEW}::TestJudgedOnceMore::test_who_was_at_its_goal_before_what_it_needs_was_lost",
        ),
        CoreMutant(
            "converge",
            " and not any(cell.moved for cell in self.cells.values()):",
            ":",
            "what came up by itself is not seen once more",
            f"{ANEW}::TestJudgedOnceMore::test_what_was_waited_for_by_an_output_alone",
        ),
        CoreMutant(
            "converge",
            "            if not cell.gave_up:\n",
            "            if False:\n",
            "who waits for a budget gives up without a last look",
            f"{ANEW}::TestTooEarly::test_fuses_that_are_not_at_their_goal_are_not_asked",
        ),
        CoreMutant(
            "converge",
            "        self._doubt(cell)\n        key =",
            "        key =",
            "who stumbles over the absence of its provider is blamed for it",
            f"{ANEW}::TestAskedOnceMore::test_the_provider_of_who_stumbles_over_its_absence[ValueError]",
        ),
        CoreMutant(
            "converge",
            "and with nothing else\n            self._require_providers(cell)",
            "and with nothing else\n            pass",
            "what fell with its provider is recovered before that one",
            f"{ANEW}::TestAskedOnceMore::test_the_provider_before_who_fell_with_it_is_recovered",
        ),
        CoreMutant(
            "converge",
            "if done and cell.toward == SERVICE:",
            "if False:",
            "after a run has reset something itself, it takes every reset for its own",
            f"{ANEW}::TestAskedOnceMore::test_whether_anything_else_was_reset_than_what_the_run_reset_itself",
        ),
        CoreMutant(
            "converge",
            "        user.begin_anew()",
            "        pass",
            "who needs what was recovered has no attempts left",
            f"{ANEW}::test_who_needs_what_was_recovered_has_its_attempts_again",
        ),
        CoreMutant(
            "converge",
            "        self.met = False\n        self.cause",
            "        self.cause",
            "ends that were reset have met, and the failure of one is that of both",
            f"{ANEW}::test_ends_that_were_reset_have_not_met_and_each_fails_by_itself",
        ),
        CoreMutant(
            "converge",
            "        for end in ends(cell):\n            if end is cell or end.supplied:",
            "        for end in (cell,):\n            if end is cell or end.supplied:",
            "before an end is blamed, nobody asks what the other one stands on",
            "tests/test_pairs.py::TestOneRoot::test_a_clock_that_is_lost_when_no_attempt_is_left_is_the_root_still[0]",
        ),
        CoreMutant(
            "converge",
            "if isinstance(need, Output) and cell.supplied else True",
            "if isinstance(need, Output) else True",
            "an output that was not turned on yet counts as taken away",
            f"{BOUNDS}::TestPermanent::test_an_output_is_not_turned_on_again[stays off]",
        ),
    ),
    "too early": (
        CoreMutant(
            "converge",
            "            if fuses.outcome is not Outcome.GOAL:\n                continue\n            if fuses.name not in self.run.masks",
            "            if fuses.name not in self.run.masks",
            "fuses that are not at their goal are asked",
            f"{ANEW}::TestTooEarly::test_fuses_that_are_not_at_their_goal_are_not_asked",
        ),
        CoreMutant(
            "converge",
            "            other.is_ready or any(f.led and f.outcome is None and f not in waiting for f, _ in other.fuses)\n",
            "            other.is_ready\n",
            "who may be fused off is looked at before that is known",
            f"{ANEW}::TestTooEarly::test_a_part_that_is_fused_off_is_not_looked_at",
        ),
        CoreMutant(
            "converge",
            "if not cell.led or self.leader.is_fused_off(cell) or any(",
            "if not cell.led or any(",
            "who is fused off is looked at, to be counted",
            f"{ANEW}::TestTooEarly::test_a_part_that_is_fused_off_is_not_looked_at",
        ),
        CoreMutant(
            "converge",
            "other.is_ready or any(f.led",
            "any(f.led",
            "whose turn comes anyway is looked at before it, to be counted",
            f"{ANEW}::TestTooEarly::test_what_those_who_share_a_budget_need_is_asked_no_oftener_for_that",
        ),
        CoreMutant(
            "converge",
            "                if cell.is_due:\n",
            "                if True:\n",
            "whose providers have not come is led",
            f"{FAILURE}::test_a_reset_gives_what_has_failed_before_it_a_fresh_start",
        ),
        CoreMutant(
            "converge",
            "if cell.led and cell.outcome is None and not cell.is_ready:",
            "if cell.outcome is None and not cell.is_ready:",
            "who was not asked for is led",
            "src/bedplate/converge/test_report.py::TestPlan::test_names_the_outputs_that_are_off_and_no_others",
        ),
    ),
    "down": (
        CoreMutant(
            "converge",
            "users = [user for end in ends(cell) for user in end.users if",
            "users = [user for user in cell.users if",
            "an end goes down before the users of the other one",
            "tests/test_pairs.py::TestDown::test_a_user_of_either_end_that_cannot_be_led_down_keeps_both[0]",
        ),
        CoreMutant(
            "converge",
            "            before = [*before, *self.partner.users]\n",
            "            pass\n",
            "an end is blocked by a user of the other one that takes longer",
            "tests/test_pairs.py::TestDown::test_a_user_of_either_end_that_takes_longer_is_waited_for[0]",
        ),
        CoreMutant(
            "converge",
            "if any(user.cause == cell.name for user in users):",
            "if False:",
            "who could not be asked for a moment keeps its users up for ever",
            "tests/test_down.py::TestTrouble::test_who_cannot_be_asked_may_be_at_work_and_nothing_is_taken_from_it",
        ),
        CoreMutant(
            "converge",
            "Outcome.HARVESTED if obstacle.is_absence else Outcome.GOAL, self",
            "Outcome.GOAL, self",
            "what is fused off has been led down",
            "tests/test_down.py::TestWhole::test_what_is_fused_off_stays_absent",
        ),
        CoreMutant(
            "converge",
            "        if self._release(cell):\n            super()._arrive(cell, state)",
            "        super()._arrive(cell, state)",
            "who has arrived out of service keeps its outputs on",
            "tests/test_goals.py::TestDown::test_users_go_down_before_what_they_need",
        ),
    ),
    "lost": (
        CoreMutant(
            "converge",
            "            cell.begin_round()\n        self.losses.settle()\n",
            "            cell.begin_round()\n",
            "a part that did not prove who it is is led at the first round",
            f"{FAILURE}::test_another_chip_is_not_written_to",
        ),
        CoreMutant(
            "converge",
            "                    self._settle_by(cell, region)\n                    self.run.push_others(cell)\n",
            "                    self._settle_by(cell, region)\n",
            "who waits for what is lost gets no turn any more",
            f"{LOAD}::test_who_stands_on_a_part_that_is_lost_in_mid_round_is_blocked_by_it",
        ),
        CoreMutant(
            "converge",
            "        if hidden or len(lost) == len(self.run.chip.regions):",
            "        if len(lost) == len(self.run.chip.regions):",
            "a lost part that nobody keeps the identity of is not told",
            f"{LOAD}::test_who_stands_on_a_part_that_is_lost_in_mid_round_is_blocked_by_it",
        ),
    ),
}
