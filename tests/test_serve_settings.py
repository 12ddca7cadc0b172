"""Settings that hold however the server is started, and those that the operator may choose."""

import subprocess
import sys

import pytest

CHOICE = "config.set_option('server.fileWatcherType', 'poll', 'command-line argument or environment variable');"
START = (
    "from streamlit import config; from thbfund.web.serve import middleware; config.get_config_options(); {choice}"
    "middleware(); print(config.get_option('server.fileWatcherType'))"
)


@pytest.mark.parametrize(("choice", "holds"), [("", "none"), (CHOICE, "poll")])
def test_sessions_watch_the_source_only_where_the_operator_says_so(tmp_path, choice, holds):
    command = [sys.executable, "-c", START.format(choice=choice)]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == holds
