"""The command `thbfund catalogue links`: whether the sources that the catalogue cites are still where they were."""

import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from thbfund.catalogue import load_catalogue
from thbfund.terminal import PROBLEMS, deliver, format_option, on_option, problems_on_stderr, require

NEEDED = ("httpx", "tenacity")


@click.command("links")
@format_option("text", "json")
@click.option("--cache", type=click.Path(path_type=Path, dir_okay=False), help="Keep findings in this file.")
@click.option("--fresh-for", type=click.IntRange(0, 3650), default=7, show_default=True, help="Days a finding holds.")
@click.option("--pause", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds at each host.")
@click.option("--only", default="", help="Ask only for addresses that contain this.")
@on_option("The day to keep with findings.")
@click.pass_obj
def links_command(  # noqa: PLR0913 - one parameter per option
    data: Path, /, *, form: str, cache: Path | None, fresh_for: int, pause: float, only: str, on: date
) -> None:
    """Ask for every address that the catalogue names; exit code 1 where one is gone or nobody answers at all."""
    require("staff", *NEEDED)
    from thbfund.staff.links import memory, report  # noqa: PLC0415 - only this command needs them
    from thbfund.staff.links.addresses import addresses_in  # noqa: PLC0415 - as above
    from thbfund.staff.links.asking import Manners, SilenceError, ask  # noqa: PLC0415 - as above
    from thbfund.staff.links.judging import Reply, judge  # noqa: PLC0415 - as above

    with problems_on_stderr():
        load_catalogue(data)
        places = {address: found for address, found in addresses_in(data).items() if only in address}
        kept = memory.read_kept(cache) if cache else {}
    known = memory.still_known(kept, on, fresh_for)
    open_ones = [address for address in places if address not in known]
    answered = set[str]()
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as progress:
        task = progress.add_task("Asking", total=len(open_ones))

        def told(address: str, reply: Reply) -> None:
            known[address] = judge(address, reply)
            kept[address] = memory.Kept(known[address], on)
            answered.update({address} if reply.status else ())
            progress.advance(task)

        with suppress(SilenceError):
            ask(open_ones, Manners(pause=pause), told)
    if open_ones and not answered and (len(open_ones) == len(places) or len(known) < len(places)):
        click.echo("No server answered: is there a network? Nothing was kept.", err=True)
        sys.exit(PROBLEMS)
    if cache:
        deliver(memory.kept_bytes(kept), cache)
    click.echo(report.WRITERS[form]({address: known[address] for address in places}, places))
    sys.exit(PROBLEMS if any(known[address].state == "gone" for address in places) else 0)
