"""Nothing a user types is kept or sent: no file, log, cache, error message or request holds it."""

import csv
import gzip
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest

from conftest import REPOSITORY
from rooms import DESCRIPTION, MARKER, Room, leaks, repeats_too_much

COMMANDS = """
import json, sys
from functools import cache
from click.testing import CliRunner
from thbfund.catalogue import load
from thbfund.cli import main
load._read_folder = cache(load._read_folder)  # nobody typed it, and it takes longer than the command
answers = {}
for name, (arguments, stdin) in json.load(sys.stdin).items():
    done = CliRunner().invoke(main, arguments, input=stdin)
    failed = done.exception and not isinstance(done.exception, SystemExit)
    answers[name] = [done.exit_code, done.stdout_bytes.decode("utf-8", "replace"), done.stderr, failed]
print(json.dumps(answers))
"""

FAULTY = """
import thbfund.cli
from thbfund.__main__ import run
def project_in(file, text, catalogue):
    raise ValueError(text)
thbfund.cli.project_in = project_in
run()
"""

APP_WITHOUT_A_BROWSER = """
import sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(sys.argv[1], default_timeout=60).run()
text = Path(sys.argv[2]).read_text(encoding="utf-8")
for said in (text, text * 1000, text):  # taken, refused as too long, taken
    app.text_area[0].set_value(said)
    next(found for found in app.button if "Find programmes" in found.label).click().run()
    assert not app.exception
    assert len(app.error) == (len(said) > len(text))
assert app.header
"""

MISTAKES = {
    "no-yaml": f'summary: "{DESCRIPTION}',
    "no-field": f"{DESCRIPTION}",
    "no-json": f'{{"summary": "{DESCRIPTION}"',
    "too-long": f"summary: {DESCRIPTION * 1000}",
    "beside-a-mistake": f"summary: >-\n  {DESCRIPTION}\napplicant: {{type: ngoo, country: Atlantis}}\n",
    "tabs": f"summary:\n\t{DESCRIPTION}\n",
    "bad-escape": f'summary: "{DESCRIPTION} \\q"\n',
    "as-another-field": f"summary: A shelter.\nstart: {DESCRIPTION}\n",
    "as-a-name": f"summary: A shelter.\n{DESCRIPTION}: yes\n",
    "as-a-list": f"summary:\n  - {DESCRIPTION}\n",
}
"""Project files on standard input."""

BAD_ROWS = [
    {"id": "p1", "summary": DESCRIPTION, "start": DESCRIPTION},
    {"id": "p2", "summary": DESCRIPTION * 1000},
    {"id": "p3", "summary": DESCRIPTION, "language": [DESCRIPTION]},
    {"id": DESCRIPTION, "summary": [DESCRIPTION]},
]


def taken(room: Room) -> dict[str, tuple[list[str], str]]:
    """Commands that are done, with what stands on standard input; a file that is asked for is named by `-o`."""
    project = f"title: {MARKER}\nsummary: >-\n  {DESCRIPTION}\n"
    (room.typed / "project.yaml").write_text(project, encoding="utf-8")
    (room.typed / "note.txt").write_text(DESCRIPTION, encoding="utf-8")
    note = docx.Document()
    note.add_paragraph(DESCRIPTION)
    note.save(str(room.typed / "note.docx"))
    _table(room.typed / "good.csv", [["p1", DESCRIPTION], ["p2", DESCRIPTION]])
    file, asked = str(room.typed / "project.yaml"), room.asked
    return {
        "match-json": (["match", "--format", "json", "-"], f"summary: >-\n  {DESCRIPTION}\n"),
        **{f"text-{form}": (["match", "--format", form, "--text", DESCRIPTION], "") for form in ("json", "csv", "md")},
        "text-without": (["match", "--format", "md", "--left-out", "--text", DESCRIPTION], ""),
        "match-xlsx": (["match", file, "--format", "xlsx", "-o", str(asked / "match.xlsx")], ""),
        "note-txt": (["match", str(room.typed / "note.txt")], ""),
        "note-docx": (["match", str(room.typed / "note.docx")], ""),
        "brief-docx": (["brief", file, "-o", str(asked / "brief.docx")], ""),
        "brief-html": (["brief", file, "-o", str(asked / "brief.html")], ""),
        "screen": (["screen", str(room.typed / "good.csv"), "-o", str(asked / "out.csv"), "--workers", "1"], ""),
    }


def refused(room: Room, tiny: Path) -> dict[str, tuple[list[str], str]]:
    """Commands that are refused, because the input has problems or the command was not used rightly."""
    (room.typed / "broken.docx").write_bytes((room.typed / "note.docx").read_bytes()[:-200])
    (room.typed / "broken.pdf").write_bytes(b"%PDF-1.7\n" + DESCRIPTION.encode())
    _table(room.typed / "no-column.csv", [["p1", DESCRIPTION]], head=["id", DESCRIPTION])
    (room.typed / "bad.jsonl").write_text(DESCRIPTION, encoding="utf-8")
    rows = room.typed / "rows.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in BAD_ROWS), encoding="utf-8")
    out = ["-o", str(room.asked / "none.csv"), "--workers", "1"]
    commands = {
        **{name: (["match", "-"], content) for name, content in MISTAKES.items()},
        "text-for-a-file": (["match", DESCRIPTION], ""),
        "text-for-a-longer-file": (["match", DESCRIPTION * 5], ""),
        "text-for-a-note": (["match", DESCRIPTION + ".pdf"], ""),
        "text-for-a-table": (["screen", DESCRIPTION, *out], ""),
        "text-twice": (["match", "--text", DESCRIPTION, DESCRIPTION], ""),
        "text-too-long": (["match", "--text", DESCRIPTION * 400], ""),
        "text-for-a-day": (["match", "--text", "A shelter.", "--on", DESCRIPTION], ""),
        "text-for-a-programme": (["calendar", "--programme", DESCRIPTION], ""),
        "broken-docx": (["match", str(room.typed / "broken.docx")], ""),
        "broken-pdf": (["match", str(room.typed / "broken.pdf")], ""),
        "brief-of-a-mistake": (["brief", "-", "-o", str(room.asked / "none.docx")], MISTAKES["beside-a-mistake"]),
        "screen-without-a-column": (["screen", str(room.typed / "no-column.csv"), *out], ""),
        "screen-without-json": (["screen", str(room.typed / "bad.jsonl"), *out], ""),
        "evaluate-a-mistake": (["evaluate", str(room.typed / "bad.jsonl")], ""),
        "screen-to-no-file": (["screen", str(room.typed / "good.csv"), "-o", "out.csv", "--workers", "1"], ""),
        "bad-rows": (["screen", str(rows), "-o", str(room.asked / "some.csv"), "--workers", "1"], ""),
    }
    (room.work / "out.csv.bad.jsonl").mkdir()  # in the way of the last steps, so that what was done stays beside it
    # A small catalogue is read faster, and what is wrong with the input has little to do with it.
    return {name: (["--data", str(tiny), *arguments], stdin) for name, (arguments, stdin) in commands.items()}


def _table(path: Path, rows: list[list[str]], head: list[str] | None = None) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head or ["id", "summary"], *rows])


@pytest.fixture
def room(tmp_path: Path, data: Path) -> Room:
    return Room(tmp_path, data)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory, data: Path, tiny_folder: Path) -> SimpleNamespace:
    """All commands, done one after another by one process: their answers and the room that it leaves."""
    room = Room(tmp_path_factory.mktemp("room"), data)
    doors = {"taken": taken(room), "refused": refused(room, tiny_folder)}
    done = room.run("-X", "utf8", "-c", COMMANDS, stdin=json.dumps({**doors["taken"], **doors["refused"]}))
    assert done.returncode == 0, done.stderr
    answers = {name: SimpleNamespace(code=a[0], out=a[1], err=a[2], failed=a[3]) for name, a in
               json.loads(done.stdout).items()}  # fmt: skip
    return SimpleNamespace(answers=answers, room=room, said=done.stderr, **doors)


# ---- the search itself


def test_a_leak_would_be_found(room: Room) -> None:
    (room.folder / "home" / ".cache").mkdir()
    (room.folder / "home" / ".cache" / "log.bin").write_bytes(b"\x00" + "fennelgate".encode("utf-16-le"))
    (room.folder / "tmp" / "log.gz").write_bytes(gzip.compress(b"... ostrichbell ..."))
    with zipfile.ZipFile(room.work / "parts.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part", "juniperdock " * 99)
    assert len(room.leaks()) == 3
    assert leaks("... ZEBRAWOOD ...") == ["zebrawood"]
    six, five = " ".join(MARKER.split()[:6]), " ".join(MARKER.split()[:5])
    assert repeats_too_much(f'found "{six} …"')
    assert not repeats_too_much(f'found "{five} …"')


@pytest.mark.parametrize(
    "speak",
    [
        "import urllib.request as u; u.urlopen('http://192.0.2.1/')",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
        "import socket; socket.getaddrinfo('funds.example', 80)",
        "import os, sys; os.execl(sys.executable, 'x', '-c', 'import socket; socket.gethostbyname(\"x.example\")')",
    ],
    ids=["request", "datagram", "name", "child"],
)
def test_a_word_to_the_outside_would_be_found_and_is_not_sent(room: Room, speak: str) -> None:
    assert "this process speaks to nobody" in room.run("-c", speak).stderr
    assert len(room.leaks()) == 1


# ---- the command line


def test_the_command_line_keeps_nothing_and_repeats_no_sentence(room: Room) -> None:
    done = room.run("-m", "thbfund", "match", "--text", DESCRIPTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert room.leaks() == []
    assert not repeats_too_much(done.stdout)


@pytest.mark.slow
def test_no_command_leaves_a_trace_of_what_was_typed(answered: SimpleNamespace) -> None:
    assert answered.room.leaks() == []
    assert leaks(answered.said) == []


def test_commands_that_are_taken_repeat_no_sentence(answered: SimpleNamespace) -> None:
    for name in answered.taken:
        answer = answered.answers[name]
        assert answer.code == 0, (name, answer.err)
        assert not repeats_too_much(answer.out + answer.err), name


def test_commands_that_are_refused_say_why_without_the_description(answered: SimpleNamespace) -> None:
    for name in answered.refused:
        answer = answered.answers[name]
        assert not answer.failed, (name, answer.failed)
        assert answer.code in {1, 2}, name
        assert answer.err, name
        assert answer.out == "", name
        assert not repeats_too_much(answer.err), name


def test_only_files_that_were_asked_for_are_written(answered: SimpleNamespace) -> None:
    asked = {
        Path(arguments[arguments.index("-o") + 1]) for arguments, _ in answered.taken.values() if "-o" in arguments
    }
    some = {answered.room.asked / name for name in ("some.csv", "some.csv.bad.jsonl")}
    assert set(answered.room.asked.iterdir()) == asked | some
    assert {path.name for path in answered.room.work.iterdir()} == {"out.csv.bad.jsonl", "out.csv.parts"}


def test_a_table_of_results_repeats_nothing_of_the_descriptions(answered: SimpleNamespace) -> None:
    assert leaks((answered.room.asked / "out.csv").read_bytes()) == []


def test_bad_rows_are_told_by_their_number_and_not_repeated(answered: SimpleNamespace) -> None:
    told = (answered.room.asked / "some.csv.bad.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["row"] for line in told.splitlines()] == [1, 2, 3, 4]
    assert not repeats_too_much(told)


def test_what_an_interrupted_run_leaves_holds_nothing_of_the_descriptions(answered: SimpleNamespace) -> None:
    left = b"".join(path.read_bytes() for path in (answered.room.work / "out.csv.parts").iterdir())
    assert b'"p2"' in left
    assert leaks(left) == []


def test_a_mistake_of_the_program_is_told_without_traceback_and_description(room: Room) -> None:
    done = room.run("-c", FAULTY, "match", "--text", DESCRIPTION)
    assert done.returncode == 3
    assert "ValueError at" in done.stderr
    assert "Traceback" not in done.stderr
    assert leaks(done.stdout + done.stderr) == []


# ---- the app


def test_the_app_keeps_nothing_and_logs_nothing(room: Room) -> None:
    (room.typed / "text.txt").write_text(DESCRIPTION, encoding="utf-8")
    done = room.run("-c", APP_WITHOUT_A_BROWSER, str(REPOSITORY / "app.py"), str(room.typed / "text.txt"))
    assert done.returncode == 0, done.stderr
    assert leaks(done.stdout + done.stderr) == []
    assert room.leaks() == []


@pytest.mark.browser
@pytest.mark.slow
def test_the_running_server_keeps_nothing_and_logs_nothing(room: Room) -> None:
    from browsing import DESKTOP, describe, running_app, running_browser, visit

    log = room.folder / "server.log"
    with running_app(log, cwd=room.work, env=room.environment) as address, running_browser() as browser:
        with visit(browser, address, DESKTOP) as page:
            field = page.locator("input[type=file]").first
            field.set_input_files({"name": f"{MARKER}.docx", "mimeType": "", "buffer": b"PK\x03\x04" + MARKER.encode()})
            page.get_by_text("What stood in the box before").wait_for()
            note = {"name": "note.txt", "mimeType": "text/plain", "buffer": DESCRIPTION.encode()}
            page.locator("input[type=file]").first.set_input_files(note)
            page.get_by_text("stands below").wait_for()
            describe(page, DESCRIPTION)
            area = page.get_by_role("textbox", name="Describe your project")
            area.fill(DESCRIPTION * 1000)
            area.press("Tab")
            page.get_by_role("button", name="Find programmes").click()
            page.get_by_text("characters are taken. Shorten it").wait_for()
        assert room.leaks() == []
    assert log.exists()
    assert room.leaks() == []
