"""Mutants of the core about what a plan foresees, and what it rests on: whoever is absent, cannot be asked, or builds upon what is far away."""

from __future__ import annotations

from bedplate.dv.mutant.core_row import CoreMutant

DRAWN = "tests/test_drawn_chips.py"

FUSES = "src/bedplate/converge/test_fuses.py"

OUTLOOK = {
    "last look": (
        CoreMutant(
            "converge",
            "if any(self._goes_on(holder, cell, asked) for holder in holders):",
            "if False:",
            "nobody waits for what a holder of a budget does by itself",
            f"{FUSES}::test_fuses_wait_for_what_their_part_does_by_itself",
        ),
        CoreMutant(
            "converge",
            "elif holder.passing.is_late(asked):",
            "elif False:",
            "who waits for a holder of a budget waits for ever",
            f"{FUSES}::test_not_longer_than_its_driver_says",
        ),
    ),
    "outlook": (
        CoreMutant(
            "converge",
            "isinstance(error, BusFault) and self._is_undecided(cell)",
            "self._is_undecided(cell)",
            "whose output stays on is blocked by fuses, though it answers",
            f"{DRAWN}::test_what_the_campaign_found_on_some[an output that stays on, of one whose fuses are lost]",
        ),
        CoreMutant(
            "converge",
            "is_awaited = isinstance(sound(partial(self.run.reach, other.block), other.name), BedplateError)",
            "pass",
            "an end is the root of what it is refused for the other one's sake, which hangs",
            f"{DRAWN}::test_what_the_campaign_found_on_some[an end that is refused what the other one hangs for]",
        ),
        CoreMutant(
            "converge",
            "                self.run.fail(fuses, mask)\n            elif mask",
            '                self.run.fail(fuses, mask)\n                return ""\n            elif mask',
            "fuses that cannot be read keep others from saying who is absent",
            f"{DRAWN}::test_what_the_campaign_found_on_some[two banks, one of which cannot be read]",
        ),
        CoreMutant(
            "converge",
            "if not lost or any(self.found[other.name].by == cell.name for other in lost):",
            "if not lost:",
            "who cannot be asked is blocked by those that wait for its word",
            f"{DRAWN}::test_a_plan_says_how_the_run_ends[drawn.19-cold-off-1]",
        ),
        CoreMutant(
            "converge",
            "        if cell.toward != SERVICE and self.seen[cell.name].state is None:\n            return None\n",
            "",
            "an end that is down already is lost with the other one",
            f"{DRAWN}::test_a_plan_says_how_the_run_ends[drawn.16-cold-off-1]",
        ),
        CoreMutant(
            "converge",
            "if is_mute and not any(user.name in self.found for user in sharers(self.cells, need)):",
            "if is_mute:",
            "an output that stays on for another one keeps this one up",
            f"{DRAWN}::test_a_plan_names_the_root_that_the_run_finds[an output that stays on for another one]",
        ),
        CoreMutant(
            "converge",
            "            or self._by_output(cell)\n",
            "",
            "a plan does not see that nobody can tell whether an output is off",
            f"{DRAWN}::test_a_plan_says_how_the_run_ends[drawn.16-cold-off-1]",
        ),
        CoreMutant(
            "converge",
            "            or self._by_budget(cell)\n",
            "",
            "a plan does not see a budget that who cannot be asked may hold",
            f"{DRAWN}::test_a_plan_names_the_root_that_the_run_finds[a budget that may be held]",
        ),
        CoreMutant(
            "converge",
            "if len(mute) >= budget.most:",
            "if mute:",
            "one that cannot be asked takes a budget for two",
            f"{DRAWN}::test_a_plan_names_the_root_that_the_run_finds[a budget for two, of whom one hangs]",
        ),
        CoreMutant(
            "converge",
            "        if fuses is not None:\n            culprit",
            "        if False:\n            culprit",
            "who may be absent waits for a word of others than its fuses",
            f"{DRAWN}::test_a_plan_names_the_root_that_the_run_finds[who may be absent has its fuses to blame]",
        ),
        CoreMutant(
            "converge",
            "            if fuses is not None and cell.toward != SERVICE:\n                return",
            "            if False:\n                return",
            "a plan of the way down blames who may be absent",
            f"{DRAWN}::test_a_plan_names_the_root_that_the_run_finds[also where it does not answer]",
        ),
        CoreMutant(
            "converge",
            "gone = {name for name, one in seen.items() if one.outcome is Outcome.HARVESTED}",
            "gone = set()",
            "a plan leaves an output on for who is absent",
            f"{DRAWN}::test_the_way_down_turns_off_every_output_that_the_plan_says_and_leaves_none_on[drawn.4]",
        ),
        CoreMutant(
            "converge",
            "for end in ends(cell) for user in end.users] if cell",
            "for user in cell.users] if cell",
            "a plan leads an end down under users of the other one",
            f"{DRAWN}::test_a_plan_says_how_the_run_ends[drawn.16-up-off-tenant]",
        ),
        CoreMutant(
            "converge",
            ") or self._is_absent(user) for",
            ") for",
            "an output stays on for who is absent",
            f"{DRAWN}::test_the_way_down_turns_off_every_output_that_the_plan_says_and_leaves_none_on[drawn.94]",
        ),
        CoreMutant(
            "converge",
            "            if fuses.region.name in self.run.vigil.lost:\n                self.run.losses.settle_by(cell, fuses.region)\n                return True\n",
            "",
            "who may be absent is blamed where the fuses are in a lost part",
            f"{DRAWN}::test_a_plan_names_the_root_that_the_run_finds[and where the fuses are in a lost part]",
        ),
        CoreMutant(
            "converge",
            "if any(fuses.led and fuses.outcome is None for fuses, _ in self.fuses):",
            "if False:",
            "who is absent is blocked by another one before its fuses are read",
            f"{DRAWN}::test_a_plan_names_the_root_that_the_run_finds[who is absent is not blocked before its fuses are read]",
        ),
        CoreMutant(
            "converge",
            "lambda one: (*one.providers, *ends(one))",
            "lambda one: (*cell.providers, *ends(one))",
            "a reset is not seen two providers away",
            f"{DRAWN}::test_what_the_campaign_found_on_some[a rail two domains away]",
        ),
        CoreMutant(
            "converge",
            "lambda one: (*one.providers, *ends(one))",
            "lambda one: one.providers",
            "a reset is not seen under the other end of a link",
            f"{DRAWN}::test_what_the_campaign_found_on_some[what the other end builds upon]",
        ),
    ),
}
