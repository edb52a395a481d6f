"""`--on` and `--jobs`, as every campaign has them."""

import click
from click.testing import CliRunner

from bedplate.dv.jobs import Runner
from bedplate.dv.jobs.options import campaign

DOC = """A campaign.

    python -m it   as it stands here
    --search       and in lines of its own
"""


@campaign(DOC)
@click.argument("names", nargs=-1)
def command(names, runner):
    print(names, runner.on, runner.jobs)
    return len(names)


def play(*arguments):
    return CliRunner().invoke(command, arguments)


def test_it_gets_a_runner_and_ends_with_what_it_returns():
    done = play("a", "b", "--on", "tcp://here:1", "--jobs", "3")
    assert (done.output, done.exit_code) == ("('a', 'b') tcp://here:1 3\n", 2)


def test_where_nothing_is_said_jobs_are_done_here():
    assert play().output == f"() {Runner().on} {Runner().jobs}\n"
    assert play().exit_code == 0


def test_no_job_at_a_time_is_refused():
    assert play("--jobs", "0").exit_code == 2


def test_its_text_is_its_help_line_by_line():
    shown = [line.strip() for line in play("--help").output.splitlines()]
    assert [line for line in DOC.splitlines() if line.strip() not in shown] == []
