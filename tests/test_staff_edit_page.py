"""The page on which staff edit: pick, change, see what the check says, save; or be told why not."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from conftest import REPOSITORY
from factories import dumped, make_calls, make_topic, write_catalogue
from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.saving import BRANCH, Editor
from thbfund.web.staff import gate, permission

PAGE = REPOSITORY / "src" / "thbfund" / "web" / "pages" / "edit.py"
ANA = Editor("Ana Pop", "ana@example.org")
LANTERN = "lantern-2021-2027"
PROGRAMME, CALLS = f"programmes/{LANTERN}.yaml", f"calls/{LANTERN}.yaml"

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="needs git")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The tiny catalogue with a call, served for editing."""
    found = write_catalogue(tmp_path / "place" / "data")
    (found / "calls").mkdir(exist_ok=True)
    (found / CALLS).write_text(f"# Kept.\n{dumped(make_calls([make_topic()]))}", encoding="utf-8")
    monkeypatch.setenv("THBFUND_DATA", str(found))
    return found


@pytest.fixture
def signed_in(monkeypatch):
    """A function that says who edits from now on."""

    def by(editor):
        monkeypatch.setattr(gate, "editor", lambda: editor)
        monkeypatch.setattr(permission, "editor", lambda: editor)

    by(ANA)
    return by


@pytest.fixture
def page(folder, signed_in):  # noqa: ARG001 - served for editing, to an editor
    """A function: a visit of the page, with the programme or its call picked."""

    def visit(kind="programme"):
        found = AppTest.from_file(str(PAGE), default_timeout=60).run()
        field(found.selectbox, "Programme").select(LANTERN).run()
        if kind != "programme":
            field(found.radio, "What").set_value(kind).run()
        assert not found.exception
        return found

    return visit


def field(widgets, label):
    [found] = [widget for widget in widgets if widget.label == label]
    return found


def press(page, label):
    field(page.button, label).click().run()
    assert not page.exception


def said(page):
    shown = (page.markdown, page.error, page.success, page.info, page.warning)
    text = "\n".join(element.value for elements in shown for element in elements)
    return text.replace("\\", "")  # of inert Markdown


def difference_on(page):
    return "\n".join(code.value for code in page.code)


def rename(page, name="Another name", reason="renamed by the call of 2026"):
    field(page.text_input, "Name").set_value(name).run()
    field(page.text_input, "Reason for the change").set_value(reason).run()


# -- changing


def test_nothing_is_to_be_saved_before_anything_is_changed(page):
    found = page()

    assert "Nothing is changed yet." in said(found)
    assert "Save" not in [button.label for button in found.button]


def test_a_change_is_shown_as_the_lines_that_differ_and_is_not_in_the_file_yet(page, folder):
    before = (folder / PROGRAMME).read_bytes()

    found = page()
    rename(found)

    changed = [line for line in difference_on(found).splitlines() if line[:1] in "+-" and line[1:2] not in "+-"]
    assert [line[0] for line in changed] == ["-", "+"]
    assert changed[1] == "+name: Another name"
    assert (folder / PROGRAMME).read_bytes() == before


def test_a_mistake_is_told_at_once_and_keeps_the_file_from_being_saved(page):
    found = page("call")

    field(found.text_input, "Deadline time").set_value("25 o'clock").run()

    assert "Error" in said(found)
    assert field(found.button, "Save").disabled


def test_a_mistake_that_is_mended_may_be_saved(page):
    found = page("call")
    field(found.text_input, "Deadline time").set_value("25 o'clock").run()

    field(found.text_input, "Deadline time").set_value("17:00").run()

    assert not field(found.button, "Save").disabled


def test_what_the_form_changes_stands_in_the_text_and_the_other_way_round(page):
    found = page()
    rename(found, "By form")
    field(found.radio, "How").set_value("As text").run()
    [area] = found.text_area
    assert "name: By form" in area.value

    area.set_value(area.value.replace("name: By form", "name: By text")).run()
    field(found.radio, "How").set_value("Form").run()

    assert field(found.text_input, "Name").value == "By text"


def test_text_that_is_no_yaml_is_kept_and_told_and_loses_nothing(page):
    found = page()
    field(found.radio, "How").set_value("As text").run()
    broken = found.text_area[0].value + "\nkey: [\n"

    found.text_area[0].set_value(broken).run()

    assert not found.exception
    assert found.text_area[0].value == broken
    assert field(found.button, "Save").disabled


@pytest.mark.parametrize("kind", ["programme", "strand", "call"])
def test_a_text_that_was_emptied_can_be_written_anew_or_brought_back(page, kind):
    found = page(kind)
    field(found.radio, "How").set_value("As text").run()

    found.text_area[0].set_value("").run()

    assert not found.exception
    assert found.text_area[0].value == ""
    field(found.radio, "How").set_value("Form").run()
    assert "cannot be read as a form now" in said(found)
    press(found, "Yes, throw them away")
    assert "Nothing is changed yet." in said(found)


def test_changes_stay_while_another_entry_is_looked_at_and_are_told_of(page):
    found = page()
    rename(found, "Kept")

    field(found.radio, "What").set_value("call").run()

    assert f"**Not saved yet:** {PROGRAMME}" in said(found)
    field(found.radio, "What").set_value("programme").run()
    assert field(found.text_input, "Name").value == "Kept"


def test_changes_can_be_thrown_away(page, folder):
    found = page()
    rename(found)

    press(found, "Yes, throw them away")

    assert "Nothing is changed yet." in said(found)
    assert "name: Another name" not in (folder / PROGRAMME).read_text(encoding="utf-8")


def test_the_effect_on_rankings_is_shown_before_anything_is_saved(page, folder):
    before = (folder / PROGRAMME).read_bytes()
    found = page()
    rename(found)

    press(found, "Show the effect on rankings")

    assert LANTERN in said(found)
    assert (folder / PROGRAMME).read_bytes() == before


# -- saving


def test_a_saved_change_stands_in_the_file_with_comments_and_all_else_as_it_was(page, folder):
    before = (folder / CALLS).read_text(encoding="utf-8")
    found = page("call")
    field(found.text_input, "Title").set_value("Lamps for shelters").run()
    field(found.text_input, "Reason for the change").set_value("new title").run()

    press(found, "Save")

    after = (folder / CALLS).read_text(encoding="utf-8")
    assert after == before.replace("Lanterns for shelters", "Lamps for shelters")
    assert after.startswith("# Kept.")
    assert "Saved:" in said(found)


@needs_git
def test_in_a_checkout_it_is_a_commit_by_the_editor_with_the_reason(page, folder):
    place = folder.parent
    git(place, "init", "-q", "-b", "main")
    git(place, "add", ".")
    git(place, "commit", "-qm", "start")
    found = page()
    rename(found)

    press(found, "Save")

    shown = git(place, "log", "-1", "--format=%an <%ae>%n%B", BRANCH)
    assert shown.startswith("Ana Pop <ana@example.org>")
    assert "renamed by the call of 2026" in shown


def git(where, *arguments):
    command = ["git", "-C", str(where), "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_without_a_reason_nothing_is_saved(page, folder):
    before = (folder / PROGRAMME).read_bytes()
    found = page()
    rename(found, reason="")

    press(found, "Save")

    assert (folder / PROGRAMME).read_bytes() == before
    assert "say in a sentence why" in said(found)
    assert field(found.text_input, "Name").value == "Another name"


def test_the_record_tells_who_when_what_and_why(page, tmp_path, monkeypatch):
    monkeypatch.setenv("THBFUND_AUDIT", str(tmp_path / "record"))
    found = page()
    rename(found)

    press(found, "Save")

    [record] = [path for path in (tmp_path / "record").rglob("*") if path.is_file()]
    line = json.loads(record.read_text(encoding="utf-8").splitlines()[-1])
    assert "ana@example.org" in str(line)
    assert PROGRAMME in str(line)
    assert "renamed by the call of 2026" in str(line)


def test_who_may_not_edit_any_more_saves_nothing_though_the_page_was_drawn(page, folder, monkeypatch):
    before = (folder / PROGRAMME).read_bytes()
    found = page()
    rename(found)

    monkeypatch.setattr(permission, "editor", lambda: None)  # the page still knows her, the write asks anew
    press(found, "Save")

    assert (folder / PROGRAMME).read_bytes() == before
    assert "not signed in as an editor any more" in said(found)


def test_nobody_sees_the_form_without_rights(signed_in):
    signed_in(None)

    found = AppTest.from_file(str(PAGE), default_timeout=60).run()

    assert not found.selectbox
    assert [button.label for button in found.button] == ["Sign in"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_the_files_are_read_only_the_change_is_offered_as_a_patch(page, folder):
    found = page()
    rename(found)
    for path in (folder / "programmes", folder / PROGRAMME):
        path.chmod(0o500 if path.is_dir() else 0o400)

    press(found, "Save")

    (folder / "programmes").chmod(0o700)
    assert "Download the change as a patch" in [element.label for element in found.get("download_button")]


def test_a_disk_that_cannot_be_written_gives_a_patch_and_keeps_the_change(page, folder, monkeypatch):
    def refuse(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("thbfund.staff.saving.replace_file", refuse)
    before = (folder / PROGRAMME).read_bytes()
    found = page()
    rename(found)

    press(found, "Save")

    assert (folder / PROGRAMME).read_bytes() == before
    assert "nothing was saved" in said(found)
    assert field(found.text_input, "Name").value == "Another name"
    assert found.get("download_button")


# -- two editors


def first_lines(folder):
    return read_yaml((folder / PROGRAMME).read_text(encoding="utf-8")).value


def test_changes_of_two_editors_to_other_lines_go_together(page, folder):
    found = page()
    rename(found)
    (folder / PROGRAMME).write_text(
        f"{(folder / PROGRAMME).read_text(encoding='utf-8')}# Seen by Bob.\n", encoding="utf-8"
    )

    press(found, "Save")
    assert "Somebody else changed this file" in [header.value for header in found.header]
    press(found, "Go on with both changes")
    press(found, "Save")

    assert first_lines(folder)["name"] == "Another name"
    assert (folder / PROGRAMME).read_text(encoding="utf-8").endswith("# Seen by Bob.\n")


def test_changes_of_two_editors_to_one_line_are_left_to_a_person(page, folder):
    found = page()
    rename(found)
    text = (folder / PROGRAMME).read_text(encoding="utf-8")
    (folder / PROGRAMME).write_text(text.replace(first_lines(folder)["name"], "Name by Bob"), encoding="utf-8")

    press(found, "Save")

    assert first_lines(folder)["name"] == "Name by Bob"
    assert "Go on with both changes" not in [button.label for button in found.button]
    press(found, "Go on with their text, mine thrown away")
    assert field(found.text_input, "Name").value == "Name by Bob"


# -- new and over


def test_a_next_round_is_copied_unread_and_can_be_filled_in(page):
    found = page("call")

    field(found.text_input, "Id of the new round, as published").set_value("LAN-2027-1")
    press(found, "Copy to a new round")

    assert field(found.selectbox, "Which").value == "LAN-2027-1"
    assert "id: LAN-2027-1" in difference_on(found)
    assert "not read again" in difference_on(found)


def test_a_half_written_file_is_said_to_lack_what_a_copy_needs(page):
    found = page("call")
    field(found.radio, "How").set_value("As text").run()
    found.text_area[0].set_value(found.text_area[0].value.replace("topics:", "topics:\n- title: Begun", 1)).run()

    field(found.text_input, "Id of the new round, as published").set_value("LAN-2027-1")
    press(found, "Copy to a new round")

    assert "the file lacks id that this needs" in said(found)


def test_an_id_that_is_taken_is_refused(page):
    found = page("call")

    field(found.text_input, "Id of the new round, as published").set_value("LAN-2026-1")
    press(found, "Copy to a new round")

    assert "That change was not made" in said(found)


def test_an_empty_entry_names_what_is_missing(page):
    found = page("call")

    field(found.text_input, "Id of the new entry").set_value("LAN-2027-2")
    press(found, "Add an empty entry")

    assert field(found.selectbox, "Which").value == "LAN-2027-2"
    assert "Error" in said(found)
    assert field(found.button, "Save").disabled


def test_a_programme_is_copied_to_a_new_file(page, folder):
    found = page()

    field(found.text_input, "Id of the new programme").set_value("lantern-next")
    press(found, "Copy to a new programme")

    assert field(found.text_input, "Id").value == "lantern-next"
    assert "not known yet for this period" in difference_on(found)
    assert not (folder / "programmes" / "lantern-next.yaml").exists()


def test_an_id_that_makes_no_name_of_a_file_is_refused_in_a_sentence(page):
    found = page()

    field(found.text_input, "Id of the new programme").set_value("lantern/2028")
    press(found, "Copy to a new programme")

    assert "none of the files that can be edited" in said(found)
    assert field(found.text_input, "Id").value == "lantern-2021-2027"


def test_a_programme_is_retired_by_a_source_and_stays_in_the_catalogue(page, folder):
    found = page()
    field(found.date_input, "Last day").set_value("2026-12-31")

    press(found, "Retire the programme")

    assert "retired by a source" in said(found)
    field(found.date_input, "Last day").set_value("2026-12-31")
    field(found.multiselect, "Sources read for both, with the place").set_value(["law"])
    press(found, "Retire the programme")
    assert "2026-12-31" in difference_on(found)
    assert (folder / PROGRAMME).exists()


def test_no_part_of_the_page_deletes_anything(page):
    found = page("call")

    assert not [button.label for button in found.button if "delete" in button.label.lower()]


# -- odd files


@pytest.mark.parametrize("content", [b"\xff\xfe", b"id: [\n", b""], ids=["no text", "no yaml", "empty"])
def test_a_file_that_is_damaged_meanwhile_is_told_of_without_a_traceback(page, folder, content):
    found = page()
    (folder / PROGRAMME).write_bytes(content)

    found.run()

    assert not found.exception


def test_a_link_out_of_the_folder_is_refused(page, folder, tmp_path):
    found = page()
    outside = tmp_path / "outside.yaml"
    Path(folder / PROGRAMME).rename(outside)
    (folder / PROGRAMME).symlink_to(outside)

    found.run()

    assert not found.exception
    assert "a link to another place" in said(found)


# -- what stays chosen


def test_an_entry_stays_chosen_while_its_name_is_changed(page, folder):
    topics = [make_topic(), make_topic(id="LAN-2025-1", title="Lanterns of last year", year=2025)]
    (folder / CALLS).write_text(dumped(make_calls(topics)), encoding="utf-8")
    found = page("call")
    field(found.selectbox, "Which").select("LAN-2025-1").run()

    field(found.text_input, "Title").set_value("Lanterns of long ago").run()

    assert field(found.selectbox, "Which").value == "LAN-2025-1"
    assert field(found.text_input, "Title").value == "Lanterns of long ago"


@pytest.mark.parametrize("text", ["", "topics: [\n"], ids=["emptied", "no YAML"])
def test_an_entry_stays_chosen_while_the_text_is_broken(page, folder, text):
    topics = [make_topic(), make_topic(id="LAN-2025-1", title="Lanterns of last year", year=2025)]
    (folder / CALLS).write_text(dumped(make_calls(topics)), encoding="utf-8")
    found = page("call")
    field(found.selectbox, "Which").select("LAN-2025-1").run()
    field(found.radio, "How").set_value("As text").run()
    whole = found.text_area[0].value

    found.text_area[0].set_value(text).run()
    assert ("There is none in this file yet." in said(found)) == (not text)
    found.text_area[0].set_value(whole).run()

    assert field(found.selectbox, "Which").value == "LAN-2025-1"


def test_a_reason_is_that_of_its_file_alone(page):
    found = page()
    rename(found, reason="of the programme")
    field(found.radio, "What").set_value("call").run()

    field(found.text_input, "Title").set_value("Another title").run()

    assert field(found.text_input, "Reason for the change").value == ""
