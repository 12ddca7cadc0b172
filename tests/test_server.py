"""The real server: pages, feeds and API on one port, however it is started, and nothing of a project in its log."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
import yaml
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from conftest import REPOSITORY
from rooms import MARKER, Room, leaks
from thbfund.web.serve import SCRIPT

pytestmark = pytest.mark.slow

PROJECT = {"summary": f"{MARKER}. A shelter gives women who were trafficked from Nigeria to Italy legal aid."}
PATIENCE = 90  # seconds; a busy machine is no failure

STREAMLIT = ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.port"]
STARTS = {
    "streamlit run app.py": ["streamlit", "run", str(REPOSITORY / "app.py"), *STREAMLIT],
    "thbfund app": ["thbfund", "app", *STREAMLIT],
    "uvicorn app:app": ["uvicorn", "app:app", "--app-dir", str(REPOSITORY), "--log-level", "debug", "--port"],
}


@contextmanager
def running(start, log, cwd, environ=os.environ):
    """The server on a free port of this machine; gives its address. All it prints goes into `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in environ.items() if name != "THBFUND_DATA"}
    with log.open("wb") as out:
        command = [sys.executable, "-m", *STARTS[start], str(port)]
        server = subprocess.Popen(command, cwd=cwd, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline and server.poll() is None:
                try:
                    fetched(address, "/_stcore/health")
                    break
                except OSError:
                    time.sleep(0.3)
            assert server.poll() is None, log.read_text()
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def fetched(address, path, body=None, headers=(), **options):
    """Status, headers and content of an answer."""
    data = json.dumps(body).encode() if body is not None else None
    headers = {**dict(headers), "Content-Type": "application/json"} if data else dict(headers)
    request = urllib.request.Request(f"{address}{path}", data, headers, **options)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("start", STARTS)
def test_one_server_gives_pages_feeds_and_api_and_keeps_nothing_of_a_project(tmp_path, data, start):
    room = Room(tmp_path, data)
    log = tmp_path / "log"
    with running(start, log, room.work, room.environment) as address:
        page = fetched(address, "/", headers={"Accept": "text/html"})
        health = fetched(address, "/health")
        calls = fetched(address, "/feeds/calls.ics?programme=isf-2021-2027")
        changes = fetched(address, "/feeds/changes.atom")
        matched = fetched(address, "/api/v1/match?on=2026-11-25&top=1", PROJECT)
        mistaken = fetched(address, "/api/v1/match", {"sumary": MARKER, MARKER: 1, "start": MARKER})
        forged = fetched(address, "/_stcore/upload_file/session/file", MARKER, method="PUT")
        settings, stranger = settings_of_the_pages(address), status_for_a_page_of(address, "https://other.example")
        missing = fetched(address, "/api/v1/nothing")

    assert page[0] == 200
    assert b"<html" in page[2]
    assert "default-src 'self'; script-src" in page[1]["Content-Security-Policy"]
    assert f"connect-src 'self' {address.replace('http', 'ws')} " in page[1]["Content-Security-Policy"]
    assert (page[1]["X-Content-Type-Options"], page[1]["Referrer-Policy"]) == ("nosniff", "same-origin")
    assert (health[0], json.loads(health[2])["status"]) == (200, "ok")
    assert (calls[0], calls[2][:15]) == (200, b"BEGIN:VCALENDAR")
    assert (changes[0], changes[2][:5]) == (200, b"<?xml")
    assert (matched[0], len(json.loads(matched[2])["matches"])) == (200, 1)
    assert (mistaken[0], missing[0]) == (422, 404)
    assert all("Set-Cookie" not in headers for _, headers, _ in (health, calls, changes, matched, mistaken, missing))
    assert (forged[0], stranger) == (403, 403), "no page of another site may act for a reader"
    assert not settings.gather_usage_stats
    assert not {"Traceback", "ScriptRunContext"} & set(re.findall(r"\w+", log.read_text(errors="replace")))
    assert room.leaks() == []
    assert [leaks(content) for _, _, content in (mistaken, missing)] == [MARKER.lower().split()[:5], []]


def settings_of_the_pages(address):
    """What a page is told when it begins: whether to report on its use, for one."""
    asked, told = BackMsg(), ForwardMsg()
    asked.rerun_script.query_string = ""
    with connect(f"{address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"]) as stream:
        stream.send(asked.SerializeToString())
        while told.WhichOneof("type") != "new_session":
            told.ParseFromString(stream.recv(timeout=PATIENCE))
    return told.new_session.config


def status_for_a_page_of(address, origin):
    """How a page of another site is answered that wants to speak for its reader."""
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"], origin=origin)
    return refused.value.response.status_code


def test_no_folder_beside_the_script_is_taken_for_pages_without_the_frame():
    assert SCRIPT.is_file()
    assert not (SCRIPT.parent / "pages").exists()


README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^curl (.*)$", README, re.MULTILINE)


def asked(line):
    """The path and the project that a line with curl asks for."""
    words = shlex.split(line)
    [address] = [word for word in words if word.startswith("http://localhost:8501")]
    data = words[words.index("-d") + 1] if "-d" in words else None
    if data == "@project.json":
        example = REPOSITORY / "data" / "examples" / "shelter-for-women.yaml"
        data = json.dumps(yaml.safe_load(example.read_text(encoding="utf-8")), default=str)
    return address.removeprefix("http://localhost:8501"), json.loads(data) if data else None


def test_every_example_with_curl_in_the_readme_is_answered(tmp_path):
    with running("streamlit run app.py", tmp_path / "log", tmp_path) as address:
        answers = {line: fetched(address, *asked(line))[0] for line in EXAMPLES}

    assert len(answers) >= 8
    assert set(answers.values()) == {200}, answers
