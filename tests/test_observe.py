"""`observe` says what the tables beside the drivers say, which a person has read; and no mutant of it agrees with them."""

from random import Random

import pytest

from bedplate.dv.observe import table as tables
from bedplate.dv.observe.flip import Trial
from bedplate.dv.observe.held import ObserveJudge
from bedplate.dv.observe.mutant import mutants
from bedplate.dv.observe.seed import part
from bedplate.errors import AccessError, ConfigError

FOLDERS = tables.folders()
TYPES = [(path, block) for path, blocks in FOLDERS.items() for block in blocks]


def folder(name):
    return next((path, blocks) for path, blocks in FOLDERS.items() if path.parent.name == name)


def judge(block):
    config, _ = part(block)
    return ObserveJudge(type(block)(block.regs, config, *block.needs))


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parent.name)
def test_observe_answers_as_its_table_says(path):
    committed = path.read_text(encoding="utf-8")
    difference = tables.first_difference(committed, tables.fresh(FOLDERS[path], committed))
    assert not difference, f"{path}: {difference}; if that is right: {tables.COMMAND}, and read what changed"


class Recorded(ObserveJudge):
    """Keeps every question and its answer."""

    def __init__(self, block):
        super().__init__(block)
        self.asked = []

    def ask(self, contents):
        answer = super().ask(contents)
        self.asked.append((contents, answer.state))
        return answer


@pytest.mark.parametrize(("path", "block"), TYPES, ids=[f"{path.parent.name}-{type(b).__name__}" for path, b in TYPES])
def test_no_lie_agrees_with_the_table(path, block):
    config, _ = part(block)
    subject = Recorded(type(block)(block.regs, config, *block.needs))
    seeds = tables.committed_seeds(subject, path.read_text(encoding="utf-8"))
    trials = {state: Trial(subject, state, contents) for state, contents in seeds.items()}
    for trial in trials.values():
        trial.verdict(trials)
    asked = subject.asked
    Random(1).shuffle(asked)
    missed, made = [], list(mutants(type(block)))
    for mutant in made:
        subject.driver = mutant.driver
        for at, (contents, state) in enumerate(asked):
            if answer(subject, contents) is not state:
                asked.insert(0, asked.pop(at))  # what found one mutant is likely to find the next
                break
        else:
            missed.append(mutant.name)
    assert missed == []
    assert len(made) >= 3 or len(type(block.goal)) == 1  # where there is no other answer, none can be false


def answer(subject, contents):
    try:
        return ObserveJudge.ask(subject, contents).state
    except (
        AccessError,
        AttributeError,
        TypeError,
        KeyError,
    ) as error:  # a mutant that does not even run is found by anybody
        return error


class TestTeeth:
    def test_the_first_wrong_row_is_named(self):
        path, _ = folder("pll")
        committed = path.read_text(encoding="utf-8")
        wrong = committed.replace("UNLOCKED        status.lock=0", "VERIFIED        status.lock=0")
        difference = tables.first_difference(committed, wrong)
        assert difference.startswith("Pll in RUNNING, line ")
        assert difference.endswith("committed 'UNLOCKED        status.lock=0', now 'VERIFIED        status.lock=0'")

    def test_two_conditions_that_change_places_show_another_state(self, monkeypatch):
        path, (block,) = folder("ppu")
        committed = path.read_text(encoding="utf-8")
        swapped = next(
            mutant for mutant in mutants(type(block)) if "'if status.busy:' became 'if status.mode" in mutant.name
        )
        monkeypatch.setattr(tables, "ObserveJudge", lambda block: judge_as(block, swapped.driver))
        with pytest.raises(ConfigError) as refused:
            tables.fresh([block], committed)
        assert (refused.value.where, refused.value.got) == ("Ppu.FALLING", "ON")

    def test_a_state_that_nothing_shows_is_refused(self):
        path, (block,) = folder("edu")
        committed = path.read_text(encoding="utf-8").replace("COMPUTING: ", "COMPUTED: ")
        with pytest.raises(ConfigError, match="nothing shows this state"):
            tables.fresh([block], committed)

    def test_contents_by_hand_that_show_another_state_are_refused(self):
        path, (block,) = folder("edu")
        committed = path.read_text(encoding="utf-8").replace("but factorial.value=1\n", "but factorial.value=3628800\n")
        with pytest.raises(ConfigError) as refused:
            tables.fresh([block], committed)
        assert (refused.value.where, refused.value.wanted, refused.value.got) == ("Edu.ALIVE", "ALIVE", "PROVED")

    def test_where_a_range_ends_is_shown_to_the_very_edge(self):
        path, (block,) = folder("pvt")
        assert "FROZEN          oldest.us>=0x1389" in path.read_text(encoding="utf-8"), "5000 us are not yet stale"


def judge_as(block, driver):
    made = judge(block)
    made.driver = driver
    return made
