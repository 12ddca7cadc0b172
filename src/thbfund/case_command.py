"""The command `thbfund catalogue add-case`: a report on the ranking becomes a case that is replayed."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from thbfund.catalogue import load_catalogue
from thbfund.input.problems import choices, shown
from thbfund.matching import PERIOD_CHOICES
from thbfund.project_input import project_in
from thbfund.rules.outcome import Answer, RuleName
from thbfund.rules.verdict import Verdict
from thbfund.terminal import Day, on_option, period_option, problems_on_stderr


class RuleSays(click.ParamType[tuple[str, str]]):
    """A rule's id and what it should say."""

    name = "rule"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Read `applicant_country=met`."""
        if isinstance(value, tuple):
            return value
        rule, _, answer = value.partition("=")
        for said, allowed in ((rule, get_args(RuleName)), (answer, get_args(Answer))):
            if said not in allowed:
                self.fail(f"found {shown(said)}, expected {choices(allowed)}", param, ctx)
        return rule, answer


@click.command("add-case")
@click.argument("name")
@click.argument("project")
@click.option("--programme", required=True, help="The programme that something is expected of.")
@click.option("--rank", type=click.IntRange(min=1), help="It stands among the first so many.")
@click.option("--above", help="It ranks above this programme.")
@click.option("--verdict", type=click.Choice(get_args(Verdict)), help="What the rules should say of it.")
@click.option(
    "--rule", "rules", multiple=True, type=RuleSays(), metavar="RULE=ANSWER", help="What a rule should say; repeatable."
)
@click.option("--because", required=True, help="Why this is expected, in a sentence of your own.")
@on_option("The day of the answer.")
@period_option(PERIOD_CHOICES)
@click.option("--reported-on", type=Day(), default=date.today, show_default="today", help="The day of the report.")
@click.pass_obj
def add_case_command(data: Path, /, name: str, project: str, **expected: Any) -> None:
    """Keep what is expected of a programme for the project file PROJECT as the case NAME."""
    from thbfund.matching import Matcher  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.new_case import add_case, case_text  # noqa: PLC0415 - as above

    expected["rules"] = dict(expected["rules"]) or None
    if all(expected[name] is None for name in ("rank", "above", "verdict", "rules")):
        raise click.UsageError("say what is expected: give --rank, --above, --verdict or --rule")
    with problems_on_stderr():
        catalogue = load_catalogue(data)
        described = project_in(project, None, catalogue)
        text, case = case_text(name, described, expected, Matcher(catalogue))
        path = add_case(data, name, text)
    state = "holds now and is held from here on" if case.held else "does not hold yet"
    click.echo(f"Wrote {path}: it {state}.")
