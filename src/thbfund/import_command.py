"""The command `thbfund catalogue import-calls`: what the portal says of calls, beside the catalogue."""

import sys
from importlib.util import find_spec
from pathlib import Path

import click

from thbfund.catalogue import load_catalogue
from thbfund.terminal import PROBLEMS, problems_on_stderr

NEEDED = ("bs4", "ijson")


@click.command("import-calls")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.pass_obj
def import_calls_command(data: Path, file: Path, form: str) -> None:
    """Propose what to do with each topic in FILE, a JSON file of the EU Funding & Tenders Portal; write nothing."""
    if not all(map(find_spec, NEEDED)):
        click.echo("this command needs more packages: pip install 'thbfund[staff]'", err=True)
        sys.exit(PROBLEMS)
    from thbfund.staff.portal.proposal import proposals  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.portal.report import WRITERS  # noqa: PLC0415 - as above
    from thbfund.staff.portal.topics import read_portal_file  # noqa: PLC0415 - as above

    with problems_on_stderr():
        found = read_portal_file(file)
        catalogue = load_catalogue(data)
    click.echo(WRITERS[form](proposals(found.topics, catalogue)))
