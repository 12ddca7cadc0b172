"""What a server is given however it is started: settings, and a catalogue that is loaded ahead."""

import asyncio
import os
import subprocess
import sys
from threading import Event

import pytest

from conftest import REPOSITORY
from thbfund.input.problems import InputError, Problem
from thbfund.web import resources
from thbfund.web.serve import lifespan

CHOICE = "config.set_option('server.fileWatcherType', 'poll', 'command-line argument or environment variable');"
START = (
    "from streamlit import config; config.get_config_options(); {choice}"
    "from {server} import app; print(config.get_option('{option}'))"
)


def told(folder, option, choice="", server="thbfund.web.serve.server"):
    """The value of an option, in a server that is started in this folder."""
    command = [sys.executable, "-c", START.format(choice=choice, option=option, server=server)]
    found = {**os.environ, "PYTHONPATH": str(REPOSITORY)}  # where `app` is
    return subprocess.run(command, cwd=folder, env=found, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(("choice", "holds"), [("", "none"), (CHOICE, "poll")])
def test_sessions_watch_the_source_only_where_the_operator_says_so(tmp_path, choice, holds):
    assert told(tmp_path, "server.fileWatcherType", choice) == holds


@pytest.mark.parametrize("server", ["thbfund.web.serve.server", "app"])
def test_rubbish_is_left_to_python_where_no_file_of_settings_is_read(tmp_path, server):
    assert told(tmp_path, "runner.postScriptGC", server=server) == "False"


@pytest.mark.parametrize("fault", [None, InputError([Problem("bad", "This is wrong.")])])
def test_the_catalogue_is_loaded_when_the_server_starts_and_a_broken_one_ends_nothing(monkeypatch, fault):
    asked = Event()

    def matcher():
        asked.set()
        if fault:
            raise fault

    async def start():
        async with lifespan(None):
            return await asyncio.to_thread(asked.wait, 10)

    monkeypatch.setattr(resources, "shared_matcher", matcher)
    assert asyncio.run(start())
