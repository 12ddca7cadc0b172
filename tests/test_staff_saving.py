"""An edit saved whole or not at all, by one person at a time, and on record."""

import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import write_catalogue
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.load import MAX_CATALOGUE_BYTES
from thbfund.staff.edits import difference, set_value
from thbfund.staff.saving import Change, EditConflict, Editor, NotSavedError, ProblemsError, changed_paths, save
from thbfund.staff.trial import FileRefusedError, problems_after
from thbfund.writing import STEPS

ON = datetime(2026, 11, 25, 12, tzinfo=UTC)
EDITOR = Editor("Ada Keeper", "ada@example.org")
FILE = "programmes/lantern.yaml"

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_catalogue(tmp_path / "place" / "data")


@pytest.fixture
def file(folder: Path) -> str:
    return f"programmes/{min(path.name for path in (folder / 'programmes').iterdir())}"


def change(folder, file, name="Another name", reason="renamed by the call of 2026"):
    before = (folder / file).read_text(encoding="utf-8")
    return Change(file, before, set_value(before, ("name",), name), reason)


def git(where, *arguments):
    command = ["git", "-C", str(where), "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(folder):
    git(folder.parent, "init", "-q", "-b", "main")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "-qm", "start")
    return folder.parent


def left_over(folder):
    return [path.name for path in folder.rglob("*.saving")]


def test_a_trial_finds_the_error_and_leaves_the_folder_alone(folder, file):
    before = (folder / file).read_bytes()
    text = set_value(before.decode(), ("named_in_brochure",), "perhaps")
    problems = problems_after(folder, file, text)
    assert [(p.code, p.file) for p in problems if p.severity == "error"] == [("not-yes-or-no", f"data/{file}")]
    assert (folder / file).read_bytes() == before


def test_a_trial_of_the_text_that_is_there_finds_what_the_check_finds(folder, file):
    assert problems_after(folder, file, (folder / file).read_text(encoding="utf-8")) == check_catalogue(folder)[1]


def test_a_huge_text_is_refused_before_it_is_read(folder, file):
    fits, too_large = "#" * MAX_CATALOGUE_BYTES, "#" * (MAX_CATALOGUE_BYTES + 1)
    assert [p.code for p in problems_after(folder, file, too_large)] == ["too-large"]
    assert "too-large" not in [p.code for p in problems_after(folder, file, fits)]


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd.yaml", "../x.yaml", "programmes/../../x.yaml", "programmes/x.txt", "x.yaml", "secrets/x.yaml",
     "programmes/a/b.yaml", "programmes/.x.yaml", "ranking/weights.yaml", "programmes\\x.yaml", "programmes/a\nb.yaml",
     ""],
)  # fmt: skip
def test_a_file_out_of_place_is_refused_in_a_sentence(folder, name):
    with pytest.raises(FileRefusedError, match=r"\.$"):
        problems_after(folder, name, "")


@pytest.mark.parametrize("inside", [True, False])
def test_a_link_is_refused(folder, file, tmp_path, inside):
    target = folder / file if inside else tmp_path / "outside.yaml"
    target.touch()
    (folder / "programmes" / "link.yaml").symlink_to(target)
    with pytest.raises(FileRefusedError, match="link"):
        save(folder, Change("programmes/link.yaml", "", "id: x\n", "why"), EDITOR, ON)


def test_a_folder_that_links_out_of_the_catalogue_is_refused(folder, tmp_path):
    (tmp_path / "outside").mkdir()
    (folder / "calls").symlink_to(tmp_path / "outside")
    with pytest.raises(FileRefusedError, match="link"):
        problems_after(folder, "calls/x.yaml", "")


def test_a_saved_change_is_in_the_file_and_on_record_without_its_texts(folder, file, tmp_path):
    wanted = change(folder, file)
    saved = save(folder, wanted, EDITOR, ON, audit=tmp_path / "record")
    assert (saved.written, saved.note) == (True, "")
    assert (folder / file).read_text(encoding="utf-8") == wanted.after
    line = json.loads((tmp_path / "record" / "edits.jsonl").read_text(encoding="utf-8"))
    assert line == {
        "when": "2026-11-25T12:00:00+00:00", "who": "ada@example.org", "name": "Ada Keeper", "file": file,
        "paths": ["name"], "why": "renamed by the call of 2026", "commit": "",
    }  # fmt: skip


def test_changes_are_named_by_path():
    assert changed_paths("a: 1\nb: {c: 2, d: [1, 2]}\n", "a: 1\nb: {c: 3, d: [1, 4], e: 1}\n") == [
        "b.c",
        "b.d.1",
        "b.e",
    ]


def test_of_a_new_file_what_it_holds_at_the_top_is_named():
    assert changed_paths("", "a: 1\nb: {c: 2}\n") == ["a", "b"]


def test_a_file_that_was_broken_can_be_mended_and_is_put_on_record(folder, file, tmp_path):
    whole = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(whole + "name: Twice\n", encoding="utf-8")
    saved = save(
        folder, Change(file, whole + "name: Twice\n", whole, "named once"), EDITOR, ON, audit=tmp_path / "record"
    )
    assert (saved.written, saved.note) == (True, "")
    line = json.loads((tmp_path / "record" / "edits.jsonl").read_text(encoding="utf-8"))
    assert (line["file"], line["paths"], line["why"]) == (file, [], "named once")


def test_an_error_keeps_a_change_out(folder, file):
    before = (folder / file).read_text(encoding="utf-8")
    with pytest.raises(ProblemsError, match="not-yes-or-no") as refused:
        save(folder, Change(file, before, set_value(before, ("named_in_brochure",), "perhaps"), "why"), EDITOR, ON)
    assert refused.value.problems
    assert (folder / file).read_text(encoding="utf-8") == before


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_change_without_reason_is_refused(folder, file, reason):
    with pytest.raises(NotSavedError, match="why"):
        save(folder, change(folder, file, reason=reason), EDITOR, ON)


@needs_git
def test_changes_of_two_editors_in_two_places_are_brought_together(folder, file):
    mine = change(folder, file)
    theirs = mine.before + "# A comment at the end.\n"
    (folder / file).write_text(theirs, encoding="utf-8")
    with pytest.raises(EditConflict) as conflict:
        save(folder, mine, EDITOR, ON)
    assert conflict.value.current == theirs
    assert conflict.value.merged == mine.after + "# A comment at the end.\n"
    assert (folder / file).read_text(encoding="utf-8") == theirs


def test_changes_of_two_editors_in_one_place_are_not_mixed(folder, file):
    mine = change(folder, file)
    (folder / file).write_text(set_value(mine.before, ("name",), "Their name"), encoding="utf-8")
    with pytest.raises(EditConflict) as conflict:
        save(folder, mine, EDITOR, ON)
    assert conflict.value.merged is None


def test_a_file_that_is_not_utf_8_is_not_overwritten(folder, file):
    mine = change(folder, file)
    (folder / file).write_bytes(b"name: \xff\n")
    with pytest.raises(NotSavedError, match="UTF-8"):
        save(folder, mine, EDITOR, ON)
    assert (folder / file).read_bytes() == b"name: \xff\n"


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_where_nothing_can_be_written_the_change_is_a_patch(folder, file, code):
    mine = change(folder, file)

    def fail(name):
        if name == "write":
            raise OSError(code, os.strerror(code))

    saved = save(folder, mine, EDITOR, ON, step=fail)
    assert not saved.written
    assert saved.patch == difference(mine.before, mine.after, f"data/{file}")
    assert (folder / file).read_text(encoding="utf-8") == mine.before
    assert left_over(folder) == []


@pytest.mark.parametrize("at", ["write", "flush", "rename"])
def test_a_full_disk_leaves_the_old_file_and_says_so(folder, file, at):
    mine = change(folder, file)

    def fail(name):
        if name == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(NotSavedError, match=r"No space left on device.*is as it was\."):
        save(folder, mine, EDITOR, ON, step=fail)
    assert (folder / file).read_text(encoding="utf-8") == mine.before
    assert left_over(folder) == []


def test_a_file_system_that_flushes_no_folder_takes_the_new_file_all_the_same(folder, file, monkeypatch):
    mine, flush = change(folder, file), os.fsync

    def refuse_folders(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        flush(handle)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    assert save(folder, mine, EDITOR, ON).written
    assert (folder / file).read_text(encoding="utf-8") == mine.after


@pytest.mark.parametrize(
    "place", ["fcntl.flock", "thbfund.staff.trial.tempfile.TemporaryDirectory"], ids=["lock", "trial"]
)
def test_what_the_system_refuses_before_the_write_is_told_and_changes_nothing(folder, file, monkeypatch, place):
    mine = change(folder, file)

    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as refusing:
        refusing.setattr(place, refuse)
        with pytest.raises(NotSavedError, match=r"^Not saved: No space left on device\.$"):
            save(folder, mine, EDITOR, ON)
    assert (folder / file).read_text(encoding="utf-8") == mine.before


SCRIPT = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from thbfund.staff.edits import set_value
from thbfund.staff.saving import Change, EditConflict, Editor, save
folder, file, name, at = Path(sys.argv[1]), *sys.argv[2:]
before = (folder / file).read_text(encoding="utf-8")
def step(now):
    if now == at:
        os.kill(os.getpid(), signal.SIGKILL)
if at == "wait":
    print("ready", flush=True); sys.stdin.readline()
try:
    save(folder, Change(file, before, set_value(before, ("name",), name), "why"), Editor("A", "a@example.org"),
         datetime(2026, 11, 25, tzinfo=UTC), step=step)
    print("saved")
except EditConflict:
    print("conflict")
"""


def started(folder, file, name, at):
    command = [sys.executable, "-c", SCRIPT, str(folder), file, name, at]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("at", STEPS)
def test_killed_at_any_step_the_file_is_old_or_new_and_the_next_save_works(folder, file, at):
    mine = change(folder, file, "Killed")
    process = started(folder, file, "Killed", at)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    is_new = STEPS.index(at) > STEPS.index("rename")
    assert (folder / file).read_text(encoding="utf-8") == (mine.after if is_new else mine.before)
    assert save(folder, change(folder, file, "Next"), EDITOR, ON).written
    assert left_over(folder) == []


def test_of_two_editors_at_once_one_saves_and_one_is_told(folder, file):
    both = [started(folder, file, name, "wait") for name in ("First", "Second")]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = sorted(process.communicate()[0] for process in both)
    assert said == ["conflict\n", "saved\n"]


@needs_git
def test_one_file_alone_is_committed_to_a_branch_of_its_own(folder, file, checkout):
    (folder / "staged.txt").write_text("x", encoding="utf-8")
    git(checkout, "add", "data/staged.txt")
    head = git(checkout, "rev-parse", "main")
    saved = save(folder, change(folder, file), EDITOR, ON)
    assert git(checkout, "rev-parse", "catalogue-edits").strip() == saved.commit
    assert git(checkout, "show", "--name-only", "--format=%an <%ae>|%s", saved.commit).split("\n")[:3] == [
        "Ada Keeper <ada@example.org>|" + Path(file).stem + ": renamed by the call of 2026", "", f"data/{file}",
    ]  # fmt: skip
    assert git(checkout, "rev-parse", "main") == head
    assert git(checkout, "diff", "--cached", "--name-only") == "data/staged.txt\n"


@needs_git
def test_on_the_branch_itself_the_checkout_is_clean_afterwards(folder, file, checkout):
    git(checkout, "switch", "-qc", "catalogue-edits")
    for name in ("First", "Second"):
        save(folder, change(folder, file, name), EDITOR, ON)
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "rev-list", "--count", "HEAD") == "3\n"


@needs_git
def test_hooks_of_the_checkout_do_not_run(folder, file, checkout, tmp_path):
    for name in ("pre-commit", "commit-msg", "reference-transaction"):
        hook = checkout / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
    assert save(folder, change(folder, file), EDITOR, ON).commit
    assert not (tmp_path / "ran").exists()


@needs_git
@pytest.mark.usefixtures("checkout")
def test_where_git_refuses_the_file_is_saved_and_the_editor_told(folder, file):
    saved = save(folder, change(folder, file), EDITOR, ON, branch="no..branch")
    assert (saved.written, saved.commit) == (True, "")
    assert "not committed" in saved.note


@needs_git
@pytest.mark.usefixtures("checkout")
def test_where_the_disk_is_too_full_to_commit_the_file_is_saved_and_the_editor_told(folder, file, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("thbfund.staff.saving.commit_file", refuse)
    mine = change(folder, file)
    saved = save(folder, mine, EDITOR, ON)
    assert (saved.written, saved.commit) == (True, "")
    assert saved.note == "The file is saved, but not committed: No space left on device."
    assert (folder / file).read_text(encoding="utf-8") == mine.after
