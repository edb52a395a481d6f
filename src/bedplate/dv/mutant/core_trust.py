"""Mutants of the core about what is taken on trust: the word of a driver, of a listener, of a second run, of the other end."""

from __future__ import annotations

from bedplate.dv.mutant.core_row import Mutant

HERE = "src/bedplate/converge/test_trust.py"
FAILURE = "src/bedplate/converge/test_failure.py::TestFailure"

TRUST = {
    "trust": (
        Mutant(
            "topology",
            "        if error.is_of_bus:\n            raise error\n",
            "        raise error\n",
            "a driver that says that the link is down ends the run",
            f"{HERE}::TestDriverThatSpeaksForTheBus::test_in_a_step_fails_and_nobody_else_does[error0]",
        ),
        Mutant(
            "topology",
            "        if error.is_of_bus:\n            raise error\n",
            "        pass\n",
            "a dead bus is taken for defects of all drivers",
            "tests/test_pairs.py::TestLost::test_at_any_access_of_the_run[0-service]",
        ),
        Mutant(
            "topology",
            "type(elapsed) is not int or elapsed < 0",
            "False",
            "a timer that gives no time is believed",
            f"{HERE}::test_a_timer_that_gives_no_time_is_a_defect_of_the_driver[-1]",
        ),
        Mutant(
            "converge",
            "            if self.chip.bus.act in (None, LOOKING):\n                self.deliver()",
            "            self.deliver()",
            "a listener comes between the question of an act and its writes",
            f"{HERE}::TestListener::test_is_told_of_a_step_when_it_is_over",
        ),
        Mutant(
            "converge",
            "        gate.act = LOOKING\n        try:\n            while self._events",
            "        try:\n            while self._events",
            "a listener may write while nothing is led",
            f"{HERE}::TestListener::test_that_writes_is_refused_between_rounds_as_well",
        ),
        Mutant(
            "topology",
            "        if self._led:\n            raise NotOwner(",
            "        if False:\n            raise NotOwner(",
            "two runs lead one chip at a time",
            f"{HERE}::TestSecondRun::test_over_a_chip_is_refused_before_it_asks_anything",
        ),
        Mutant(
            "topology",
            "        finally:\n            self._led = False",
            "        finally:\n            pass",
            "a run that was stopped keeps the chip for ever",
            f"{HERE}::TestSecondRun::test_over_a_chip_is_refused_before_it_asks_anything",
        ),
        Mutant(
            "topology",
            "if one.reach.start <= last and first < one.reach.stop",
            "if first in one.reach",
            "only the first word of a burst has to lie behind a port that has proved who it is",
            "src/bedplate/topology/test_gate.py::test_a_burst_proves_every_part_that_it_reaches_into",
        ),
        Mutant(
            "converge",
            "    return found + [other for user in found for other in reset_with(user)]",
            "    return found",
            "what is reset by what is reset comes as a surprise",
            f"{HERE}::test_who_gives_power_no_more_resets_all_who_have_theirs_by_it",
        ),
        Mutant(
            "topology",
            "                self._refused = error\n                raise\n",
            "                raise\n",
            "a write that was refused since the chip was reset passes when it is tried again",
            f"{HERE}::TestRefused::test_a_reset_that_a_driver_swallows_ends_the_act",
        ),
        Mutant(
            "topology",
            "            if self._refused is not None:\n                raise self._refused\n        finally:",
            "        finally:",
            "a step that swallows a refusal has been taken",
            f"{HERE}::TestRefused::test_a_reset_that_a_driver_swallows_ends_the_act",
        ),
        Mutant(
            "converge",
            "\n        self._given_up.clear()\n        for region in",
            "\n        for region in",
            "what an act that failed would have reset is not watched any more",
            f"{HERE}::test_what_was_given_up_for_an_act_that_failed_is_watched_again",
        ),
        Mutant(
            "converge",
            "    except BusError as error:\n        return run.throw(error)",
            "    except ZeroDivisionError as error:\n        return run.throw(error)",
            "a bus that fails while time passes ends without a report",
            f"{HERE}::test_a_bus_that_fails_while_time_passes_ends_in_a_report[LinkDown]",
        ),
        Mutant(
            "topology",
            "if not isinstance(answer, int):",
            "if False:",
            "an outlet that says neither yes nor no is off",
            f"{HERE}::TestOutletThatSaysNeitherYesNorNo::test_is_a_defect_of_its_provider_and_is_not_turned_on[None]",
        ),
        Mutant(
            "topology",
            "isinstance(error, AccessError) and _is_told_well(error)",
            "isinstance(error, AccessError)",
            "an error that cannot be printed ends the run",
            f"{HERE}::test_an_error_that_cannot_be_printed_is_a_defect_of_its_driver[error0]",
        ),
        Mutant(
            "topology",
            "if not isinstance(vitals, Vitals) or not vitals.is_proper:",
            "if not isinstance(vitals, Vitals):",
            "vitals of anything are believed",
            f"{HERE}::test_vitals_that_are_none_are_a_defect_of_who_is_asked[<lambda>1]",
        ),
    ),
    "ends": (
        Mutant(
            "converge",
            "            other.regressed()\n        if not isinstance",
            "            pass\n        if not isinstance",
            "an end that had arrived, and is lost, waits for ever for the other one",
            "tests/test_pairs.py::TestBehindOurBack::test_an_end_that_had_arrived_is_led_anew_when_the_link_goes_before_the_other_one_looks[die0.d2d-Duo]",
        ),
        Mutant(
            "converge",
            "elif _left(cell) == 0:",
            "elif False:",
            "training that was under way before this run has two failures",
            "tests/test_pairs.py::TestKilled::test_training_that_was_under_way_and_does_not_end_is_one_failure_that_names_both_ends",
        ),
        Mutant(
            "converge",
            "is_awaited = is_awaited and any(provider.outcome is None for provider in other.before)",
            "pass",
            "two ends that are refused wait for each other",
            "tests/test_pairs.py::TestUnderLoad::test_ends_whose_outlets_are_off_are_refused_and_do_not_wait_for_each_other",
        ),
        Mutant(
            "converge",
            "if culprit.outcome in DOWN:",
            "if False:",
            "those who are blocked by what stays up have a root that has not failed",
            "tests/test_down.py::TestOneRoot::test_a_provider_that_stays_and_cannot_be_asked_any_more_is_to_blame_where_nothing_else_moves[20]",
        ),
    ),
    "look": (
        Mutant(
            "converge",
            "for down in behind or [region]:",
            "for down in chip.regions:",
            "one link that dies takes along every other part of a chip that is only looked at",
            f"{FAILURE}::test_one_of_two_links_that_dies_takes_along_what_is_behind_it_and_nothing_else",
        ),
        Mutant(
            "converge",
            "                behind = [one for one in chip.regions_behind(error) if one.name not in lost]",
            "                raise",
            "who looks at a chip behind a dead link gets no answer",
            f"{FAILURE}::test_a_dead_bus_is_what_looking_finds_and_no_plan_is_made_for_it[survey]",
        ),
        Mutant(
            "converge",
            "                    said[down.name] = lost[down.name] = error",
            "                    lost[down.name] = error",
            "what a dead link said before counts as said",
            f"{FAILURE}::test_a_dead_bus_is_what_looking_finds_and_no_plan_is_made_for_it[plan]",
        ),
    ),
    "defect": (
        Mutant(
            "topology",
            " and not isinstance(error, AccessError) and _is_told_well(error)",
            " and _is_told_well(error)",
            "what a driver asks for in vain is the caller's misuse",
            f"{HERE}::TestDefect::test_what_it_asks_for_in_vain_is_a_defect_and_no_misuse_by_the_caller",
        ),
        Mutant(
            "topology",
            "(about or frames)[-1]",
            "frames[-1]",
            "the place of a defect is in the registers, not in the driver",
            f"{HERE}::TestDefect::test_what_it_asks_for_in_vain_is_a_defect_and_no_misuse_by_the_caller",
        ),
        Mutant(
            "topology",
            "error.where = error.where or who",
            "pass",
            "who writes while it observes is not named",
            f"{HERE}::TestDefect::test_who_writes_while_it_observes_is_named",
        ),
        Mutant(
            "converge",
            "            with self.chip.meter.bounded():\n                self.leader.lead(cell)",
            "            self.leader.lead(cell)",
            "a step that never ends holds up the run",
            f"{HERE}::TestDefect::test_a_step_that_never_ends_is_ended",
        ),
        Mutant(
            "converge",
            "                with self.chip.meter.bounded():\n                    vitals = region.vitals(self.chip.guard)",
            "                vitals = region.vitals(self.chip.guard)",
            "a question who answers that never ends holds up the run",
            f"{HERE}::TestDefect::test_a_question_who_answers_that_never_ends_is_ended",
        ),
        Mutant(
            "converge",
            "                with chip.meter.bounded():\n                    seen[block.name] = _look(reach, block)",
            "                seen[block.name] = _look(reach, block)",
            "a look that never ends holds up the survey",
            f"{HERE}::TestDefect::test_a_look_that_never_ends_is_ended[survey]",
        ),
        Mutant(
            "converge",
            "known = {SERVICE, OFF, *(",
            "known = {SERVICE, *(",
            "a chip of which nothing can be led down has no goal off",
            "src/bedplate/converge/test_goal.py::TestGoal::test_a_chip_of_which_nothing_can_be_led_down_stays_as_it_is",
        ),
    ),
}
