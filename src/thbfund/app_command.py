"""`thbfund app`: the app in the browser, as a server of its own."""

import os
import re
import sys
from collections.abc import Sequence
from importlib.resources import files

import click

from thbfund.input.problems import shown


@click.command("app", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.option(
    "--staff-on-this-machine",
    "author",
    metavar='"NAME <ADDRESS>"',
    help="Let whoever sits at this machine edit the catalogue, under this name.",
)
@click.pass_context
def app_command(ctx: click.Context, author: str | None) -> None:
    """Start the app in the browser; further options go to `streamlit run`."""
    script = files("thbfund.web.serve") / "server.py"
    settings = ["--browser.gatherUsageStats", "false", *ctx.args]
    environment = {**os.environ, "THBFUND_DATA": str(ctx.obj)}
    environment.pop("THBFUND_STAFF_HERE", None)  # only the option says so
    if author is not None:
        settings += _for_this_machine(author, ctx.args)
        environment["THBFUND_STAFF_HERE"] = author
    # This process becomes the app, so that whatever stops it stops the app.
    command = [sys.executable, "-m", "streamlit", "run", str(script), *settings]
    os.execve(sys.executable, command, environment)  # noqa: S606 - no shell wanted


def _for_this_machine(author: str, settings: Sequence[str]) -> list[str]:
    """What keeps an app with staff on this machine from being reached from any other."""
    if not re.fullmatch(r"[^<>]+ <[^<>@\s]+@[^<>@\s]+>", author):
        raise click.UsageError(f'found --staff-on-this-machine {shown(author)}, expected "Name <address@example.org>"')
    if any(setting.startswith("--server.address") for setting in settings):
        raise click.UsageError("--staff-on-this-machine listens on 127.0.0.1 only: leave out --server.address")
    return ["--server.address", "127.0.0.1"]
