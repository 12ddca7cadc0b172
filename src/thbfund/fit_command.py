"""The command `thbfund fit`: two programmes side by side."""

from datetime import date
from pathlib import Path

import click

from thbfund.catalogue import Catalogue, Programme, load_catalogue
from thbfund.terminal import console, format_option, no_programme, on_option, problems_on_stderr


@click.command("fit")
@click.argument("first", metavar="PROGRAMME")
@click.argument("second", metavar="PROGRAMME")
@on_option()
@format_option("table", "json", "md")
@click.pass_obj
def fit_command(data: Path, first: str, second: str, on: date, form: str) -> None:
    """Compare two programmes, each named by its id, and list what to settle before using both."""
    from thbfund.guidance.fit import fit  # noqa: PLC0415 - only this command needs it
    from thbfund.report.fit import fit_json, fit_markdown, print_fit  # noqa: PLC0415 - as above

    with problems_on_stderr():
        catalogue = load_catalogue(data)
    found = fit(catalogue, _programme(first, catalogue), _programme(second, catalogue), on)
    if form == "table":
        print_fit(found, console())
    else:
        click.echo((fit_json if form == "json" else fit_markdown)(found, catalogue).rstrip("\n"))


def _programme(key: str, catalogue: Catalogue) -> Programme:
    if key not in catalogue.programmes:
        raise click.UsageError(no_programme(key, catalogue.programmes))
    return catalogue.programmes[key]
