"""A stranger's file is read in a process that can neither run for ever, nor grow, nor write."""

import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from notes import READ, docx_note, odt_note, pdf_note
from thbfund import apart, project_input
from thbfund.apart import read_apart
from thbfund.cli import main
from thbfund.documents import UnreadableError, read_note
from thbfund.documents.limits import MAX_BYTES

SENTENCE = "Our shelter in Bucharest helps girls who were trafficked to Italy, with counselling and legal aid."
DRAWN = "word " * 20


def code_of(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_apart(content)
    return caught.value.code


@pytest.mark.parametrize("content", [docx_note(), odt_note(), pdf_note(SENTENCE, "")], ids=["docx", "odt", "pdf"])
def test_reading_apart_gives_the_same_note(content):
    assert read_apart(content) == read_note(content)


@pytest.mark.parametrize(("content", "code"), [(b"", "empty-note"), (b"%PDF-1.7", "broken-note")])
def test_what_is_wrong_crosses_from_the_other_process(content, code):
    assert code_of(content) == code


def test_a_file_that_is_too_large_starts_no_process(monkeypatch):
    monkeypatch.setattr(apart, "_answer", None)
    assert code_of(b"x" * (MAX_BYTES + 1)) == "note-too-large"


def test_reading_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 0.01)
    assert code_of(docx_note()) == "reading-stopped"


def test_one_file_too_many_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 0.01)
    monkeypatch.setattr(apart, "_FREE", threading.BoundedSemaphore(1))
    with apart._FREE:  # noqa: SLF001 - somebody else's file is being read
        assert code_of(docx_note()) == "reading-busy"


@pytest.mark.parametrize(
    ("does", "ends"),
    [
        ("bytearray(2 << 30)", "MemoryError"),
        ("open('left-behind', 'wb', 0).write(b'x')", "OSError"),
        ("print(__import__('resource').getrlimit(0)[0] < 20)", "True"),
    ],
    ids=["memory", "files", "time"],
)
def test_the_other_process_cannot_grow_write_or_run_for_ever(tmp_path, does, ends):
    pytest.importorskip("resource")
    program = f"from thbfund.apart.__main__ import _limit; _limit({apart.MOST_WORK}); {does}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    said = done.stdout + done.stderr
    assert ends in said, said
    assert not any(path.stat().st_size for path in tmp_path.iterdir())


def test_the_other_process_says_nothing_but_its_answer():
    done = subprocess.run(
        [sys.executable, "-m", "thbfund.apart", "10"],
        input=docx_note()[:-40],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == b'{"code": "broken-note", "values": {"kind": "zip"}}'
    assert done.stderr == b""


def test_the_other_process_loads_for_a_note_nothing_that_only_matching_needs():
    program = "import sys, thbfund.apart.__main__; print({'babel', 'numpy', 'pydantic', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "set()"


def test_a_pdf_that_keeps_the_reader_busy_is_stopped(monkeypatch):
    monkeypatch.setattr(apart, "MOST_WORK", 1)  # it would be busy for more than ten seconds
    monkeypatch.setattr(apart, "PATIENCE", 600)  # it is the work that is measured
    assert code_of(pdf_note("\n".join([DRAWN] * 150_000))) == "reading-stopped"


# On the command line

CONTENTS = {".pdf": pdf_note(SENTENCE), ".docx": docx_note(), ".odt": odt_note()}


@pytest.mark.parametrize("suffix", [*project_input.NOTES, ".PDF"])
def test_a_concept_note_is_taken_for_its_text(suffix, tmp_path, catalogue):
    path = tmp_path / f"note{suffix}"
    content = CONTENTS.get(suffix.lower(), READ.encode())
    path.write_bytes(content)
    assert project_input.project_in(str(path), None, catalogue).summary == read_note(content).text


def test_a_concept_note_is_matched(tmp_path):
    path = tmp_path / "note.docx"
    path.write_bytes(docx_note())
    done = CliRunner().invoke(main, ["match", str(path), "--format", "csv", "--top", "1"])
    assert done.exit_code == 0
    assert done.stdout.count("\n") == 2


def test_a_note_that_cannot_be_read_ends_the_command_with_the_problem(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_note("", ""))
    done = CliRunner().invoke(main, ["match", str(path)])
    assert done.exit_code == 1
    assert "scan.pdf error scanned-note: 2 pages hold pictures" in done.stderr
    assert done.stdout == ""


def test_a_note_that_is_too_long_is_cut_and_the_command_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(project_input, "MAX_SUMMARY_CHARACTERS", len(SENTENCE))
    path = tmp_path / "long.txt"
    path.write_text(f"{SENTENCE} {SENTENCE}", encoding="utf-8")
    done = CliRunner().invoke(main, ["match", str(path), "--format", "csv", "--top", "1"])
    assert done.exit_code == 0
    assert f"Only the first {len(SENTENCE)} characters are used." in done.stderr
