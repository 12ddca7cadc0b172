"""Nothing a user types is kept: not in a file, not in a log, not in an error message."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

# Invented words, so that each of them alone gives a leak away.
MARKER = "Quillmark zebrawood fennelgate ostrichbell marrowlamp juniperdock vellumfrost"
DESCRIPTION = (
    f"{MARKER}. Our shelter helps girls who were trafficked to Italy for sex, with counselling, legal help, training "
    "of teachers and a campaign in schools against recruiters on the internet, together with partners in Spain."
)
MOST_WORDS_IN_A_ROW = 5  # README: of the project's text, no more is ever repeated

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


@pytest.fixture
def room(tmp_path: Path, data: Path) -> Path:
    """A folder with a home, a place to work, one for temporary files, and a catalogue of its own."""
    for name in ("home", "work", "tmp"):
        (tmp_path / name).mkdir()
    shutil.copytree(data, tmp_path / "data")
    return tmp_path


def environment(room: Path) -> dict[str, str]:
    """This process's variables with every place for files led into the room."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "THBFUND_"))}
    return {
        **kept,
        "HOME": str(room / "home"),
        "TMPDIR": str(room / "tmp"),
        "THBFUND_DATA": str(room / "data"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run(room: Path, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=room / "work",
        env=environment(room),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def thbfund(room: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return run(room, "-m", "thbfund", "--data", str(room / "data"), *arguments, stdin=stdin)


def leaks(content: str | bytes) -> list[str]:
    """Which words of the marker a content holds, in whatever case and encoding."""
    raw = content.encode() if isinstance(content, str) else content
    found = raw.lower()
    return [
        word
        for word in MARKER.lower().split()
        if any(word.encode(encoding) in found for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def repeats_too_much(said: str) -> bool:
    """Whether more words in a row of the description stand in what was said than may be shown."""
    said_words, typed = (re.findall(r"\w+", text.lower()) for text in (said, DESCRIPTION))
    length = MOST_WORDS_IN_A_ROW + 1
    said_runs = {tuple(said_words[start : start + length]) for start in range(len(said_words))}
    return any(tuple(typed[start : start + length]) in said_runs for start in range(len(typed) - length + 1))


def files_that_leak(room: Path) -> list[str]:
    found = [path for path in room.rglob("*") if path.is_file()]
    return [f"{path}: {leaks(path.read_bytes())}" for path in found if leaks(path.read_bytes()) or leaks(path.name)]


def test_a_leak_would_be_found(room: Path) -> None:
    (room / "home" / ".cache").mkdir()
    (room / "home" / ".cache" / "log.bin").write_bytes(b"\x00" + "fennelgate".encode("utf-16-le"))
    assert len(files_that_leak(room)) == 1
    assert leaks("... ZEBRAWOOD ...") == ["zebrawood"]
    six, five = " ".join(MARKER.split()[:6]), " ".join(MARKER.split()[:5])
    assert repeats_too_much(f'found "{six} …"')
    assert not repeats_too_much(f'found "{five} …"')


@pytest.mark.parametrize(
    ("way", "form"), [("stdin", "json"), ("text", "table"), ("text", "json"), ("text", "csv"), ("text", "md")]
)
def test_the_command_line_keeps_nothing_and_repeats_no_sentence(room: Path, way: str, form: str) -> None:
    if way == "text":
        done = thbfund(room, "match", "--format", form, "--text", DESCRIPTION)
    else:
        done = thbfund(room, "match", "--format", form, "-", stdin=f"summary: >-\n  {DESCRIPTION}\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert files_that_leak(room) == []
    assert not repeats_too_much(done.stdout)


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


@pytest.mark.parametrize("content", MISTAKES.values(), ids=MISTAKES)
def test_an_error_message_does_not_repeat_the_description(room: Path, content: str) -> None:
    done = thbfund(room, "match", "-", stdin=content)
    assert done.returncode == 1
    assert done.stderr
    assert done.stdout == ""
    assert not repeats_too_much(done.stderr)
    assert files_that_leak(room) == []


def test_the_app_keeps_nothing_and_logs_nothing(room: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = tmp_path_factory.mktemp("typed") / "text.txt"
    text.write_text(DESCRIPTION, encoding="utf-8")
    done = run(room, "-c", APP_WITHOUT_A_BROWSER, str(REPOSITORY / "app.py"), str(text))
    assert done.returncode == 0, done.stderr
    assert leaks(done.stdout + done.stderr) == []
    assert files_that_leak(room) == []


@pytest.mark.browser
def test_the_running_server_keeps_nothing_and_logs_nothing(room: Path) -> None:
    from browsing import DESKTOP, describe, running_app, running_browser, visit

    log = room / "server.log"
    with running_app(log, cwd=room / "work", env=environment(room)) as address, running_browser() as browser:
        with visit(browser, address, DESKTOP) as page:
            note = {"name": "note.txt", "mimeType": "text/plain", "buffer": DESCRIPTION.encode()}
            page.locator("input[type=file]").first.set_input_files(note)
            page.get_by_text("stands below").wait_for()
            describe(page, DESCRIPTION)
            area = page.get_by_role("textbox", name="Describe your project")
            area.fill(DESCRIPTION * 1000)
            area.press("Tab")
            page.get_by_role("button", name="Find programmes").click()
            page.get_by_text("expected at most").wait_for()
        assert files_that_leak(room) == []
    assert log.exists()
    assert files_that_leak(room) == []
