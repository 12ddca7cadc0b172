"""Files become a catalogue or a list of everything that is wrong; nothing disappears without a word."""

import os
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from factories import dumped, errors_in, fact, make_programme, tiny_programmes, write_catalogue
from thbfund import Catalogue, InputError, load_catalogue, packaged_data
from thbfund.catalogue import check_catalogue, load


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the tiny catalogue that a test may break."""
    return write_catalogue(tmp_path / "data")


def found_in(folder: Path) -> list[tuple[str, str]]:
    catalogue, problems = check_catalogue(folder)
    assert (catalogue is None) == any(problem.severity == "error" for problem in problems)
    return [(problem.file, problem.code) for problem in problems if problem.severity == "error"]


def contents(catalogue: Catalogue) -> tuple:
    parts = (catalogue.programmes, catalogue.vocabularies.by_id, catalogue.lexicons)
    return (*(list(part.items()) for part in parts), catalogue.fingerprint, catalogue.checked_on)


# ---- a sound folder ----


def test_programmes_come_in_order_of_id(tiny):
    assert list(tiny.programmes) == ["candle-2014-2020", "compass-2021-2027", "lantern-2021-2027"]


def test_all_vocabularies_and_lexicons_are_there(tiny):
    assert sorted(tiny.vocabularies.by_id) == [
        "activities", "activity_families", "applicant_types", "country_groups", "directive_articles",
        "forms_of_exploitation", "priorities", "routes", "target_groups",
    ]  # fmt: skip
    assert sorted(tiny.lexicons) == [
        "activities", "field", "forms_of_exploitation", "places", "priorities", "situation", "target_groups"
    ]  # fmt: skip


def test_the_catalogue_was_checked_on_the_latest_day_of_any_fact(tmp_path):
    late = make_programme(summary=fact("Light.", checked_on="2026-06-30"))

    assert load_catalogue(write_catalogue(tmp_path / "data", [late])).checked_on == date(2026, 6, 30)


def test_loading_refuses_what_checking_found(folder):
    (folder / "programmes/candle-2014-2020.yaml").write_text("id: [", encoding="utf-8")

    with pytest.raises(InputError) as raised:
        load_catalogue(folder)

    assert list(raised.value.problems) == errors_in(folder)


def test_the_order_in_which_the_system_lists_files_does_not_matter(tiny, tiny_folder, monkeypatch):
    listed = Path.glob
    shuffler = random.Random(728)

    def shuffled(self, *arguments, **options):
        files = list(listed(self, *arguments, **options))
        shuffler.shuffle(files)
        return files

    monkeypatch.setattr(Path, "glob", shuffled)
    again = load_catalogue(tiny_folder)

    assert contents(again) == contents(tiny)


def test_the_order_in_which_files_were_written_does_not_matter(tiny, tmp_path):
    again = load_catalogue(write_catalogue(tmp_path / "data", reversed(tiny_programmes())))

    assert contents(again) == contents(tiny)


def test_the_folder_around_the_files_does_not_matter_to_the_fingerprint(tiny, tmp_path):
    assert load_catalogue(write_catalogue(tmp_path / "elsewhere")).fingerprint == tiny.fingerprint


@pytest.mark.parametrize("part", ["programmes/candle-2014-2020", "vocabularies/routes", "lexicon/places"])
@pytest.mark.parametrize("change", ["# a comment\n", "\n", " "], ids=["comment", "line", "blank"])
def test_any_byte_changes_the_fingerprint(folder, tiny, part, change):
    path = folder / f"{part}.yaml"
    path.write_bytes(path.read_bytes() + change.encode())

    assert load_catalogue(folder).fingerprint != tiny.fingerprint


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder, tiny):
    path = folder / "programmes/candle-2014-2020.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert load_catalogue(folder).programmes == tiny.programmes


def test_the_name_of_a_file_changes_the_fingerprint(folder, tiny):
    text = dumped(make_programme(id="copy"))
    (folder / "programmes/copy.yaml").write_text(text, encoding="utf-8")
    one = load_catalogue(folder).fingerprint
    (folder / "programmes/copy.yaml").unlink()

    assert one != tiny.fingerprint
    assert load_catalogue(folder).fingerprint == tiny.fingerprint


# ---- a damaged folder ----


def test_a_folder_that_does_not_exist_is_said_to_be_unreadable(tmp_path):
    folder = tmp_path / "nowhere"

    assert found_in(folder) == [(str(folder), "unreadable-file")]


def test_an_empty_folder_of_programmes_is_an_error(folder):
    for path in (folder / "programmes").iterdir():
        path.unlink()

    assert found_in(folder) == [("data", "no-programmes")]


def test_a_missing_folder_of_programmes_is_an_error(folder):
    shutil.rmtree(folder / "programmes")

    assert found_in(folder) == [("data", "no-programmes")]


@pytest.mark.parametrize("part", ["vocabularies/routes", "vocabularies/country_groups", "vocabularies/priorities"])
def test_a_missing_vocabulary_is_one_problem_and_not_one_for_each_word(folder, part):
    (folder / f"{part}.yaml").unlink()

    assert found_in(folder) == [(f"data/{part}.yaml", "unreadable-file")]


def test_a_damaged_vocabulary_is_one_problem_and_not_one_for_each_word(folder):
    (folder / "vocabularies/activities.yaml").write_text("id: activities\nentries: 5\n", encoding="utf-8")

    assert {file for file, _ in found_in(folder)} == {"data/vocabularies/activities.yaml"}


def test_a_missing_lexicon_is_an_error(folder):
    (folder / "lexicon/field.yaml").unlink()

    assert found_in(folder) == [("data/lexicon/field.yaml", "unreadable-file")]


@pytest.mark.parametrize("part", ["programmes/candle-2014-2020", "vocabularies/routes", "lexicon/field"])
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "not-a-block"), (b"id: [", "not-yaml"), (b"id: caf\xe9", "not-utf-8"), (b"\xff\xfei\x00", "not-utf-8"),
     (b"\x00\x01", "not-yaml"), (b"just words", "not-a-block"), (b"- a\n- b", "not-a-block"), (b"null", "not-a-block"),
     (b"a: &x 1", "alias"), (b"%PDF-1.7\n\x93", "not-utf-8"), (b"[" * 5000, "too-deep")],
    ids=["empty", "broken", "latin-1", "utf-16", "binary", "prose", "list", "null", "anchor", "pdf", "deep"],
)  # fmt: skip
def test_a_damaged_file_is_named(folder, part, content, code):
    (folder / f"{part}.yaml").write_bytes(content)

    assert (f"data/{part}.yaml", code) in found_in(folder)


def test_the_line_of_a_byte_that_is_not_utf_8_is_named(folder):
    path = folder / "programmes/candle-2014-2020.yaml"
    path.write_bytes(path.read_bytes().replace(b"Candle Fund", b"Candle F\xfcnd", 1))

    problems = errors_in(folder)

    assert [problem.place for problem in problems] == ["data/programmes/candle-2014-2020.yaml:2:1"]


def test_a_file_of_the_largest_size_is_read(folder, monkeypatch):
    path = folder / "programmes/lantern-2021-2027.yaml"
    monkeypatch.setattr(load, "MAX_CATALOGUE_BYTES", path.stat().st_size)

    assert found_in(folder) == []


def test_a_file_one_byte_larger_is_refused(folder, monkeypatch):
    path = folder / "programmes/lantern-2021-2027.yaml"
    monkeypatch.setattr(load, "MAX_CATALOGUE_BYTES", path.stat().st_size - 1)

    assert found_in(folder) == [("data/programmes/lantern-2021-2027.yaml", "too-large")]


def test_a_link_to_itself_is_unreadable(folder):
    (folder / "programmes/loop.yaml").symlink_to("loop.yaml")

    assert found_in(folder) == [("data/programmes/loop.yaml", "unreadable-file")]


def test_a_link_to_nowhere_is_unreadable(folder):
    (folder / "programmes/gone.yaml").symlink_to("nowhere.yaml")

    assert found_in(folder) == [("data/programmes/gone.yaml", "unreadable-file")]


def test_a_folder_with_a_file_name_is_unreadable(folder):
    (folder / "programmes/folder.yaml").mkdir()

    assert found_in(folder) == [("data/programmes/folder.yaml", "unreadable-file")]


def test_a_link_from_the_folder_into_itself_does_not_hang(folder):
    (folder / "programmes/again").symlink_to(folder, target_is_directory=True)

    assert found_in(folder) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(folder):
    (folder / "programmes/candle-2014-2020.yaml").chmod(0)

    assert found_in(folder) == [("data/programmes/candle-2014-2020.yaml", "unreadable-file")]


@pytest.mark.parametrize(
    "name",
    ["programmes/torch.yml", "programmes/torch.YAML", "programmes/old/torch.yaml", "vocabularies/colours.yaml",
     "lexicon/routes.yaml"],
)  # fmt: skip
def test_a_file_that_nobody_reads_is_pointed_out(folder, name):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dumped(make_programme(id="torch")), encoding="utf-8")

    assert found_in(folder) == [(f"data/{name}", "unread-file")]


@pytest.mark.parametrize("name", ["programmes/notes.txt", "programmes/candle.yaml~", "evidence/x.yaml", "README.md"])
def test_files_of_other_kinds_and_places_are_left_alone(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("anything", encoding="utf-8")

    assert found_in(folder) == []


# ---- names of files, and where the catalogue lies ----


@pytest.mark.parametrize("given", [".", "./", "../data"])
def test_a_folder_given_by_a_relative_path_is_read_too(folder, given, monkeypatch, tiny):
    monkeypatch.chdir(folder)

    assert load_catalogue(Path(given)).fingerprint == tiny.fingerprint


def test_a_problem_names_the_file_below_the_folder_above_data(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    (folder / "lexicon/field.yaml").unlink()

    assert found_in(Path("data")) == found_in(folder) == [("data/lexicon/field.yaml", "unreadable-file")]


def test_in_a_checkout_the_catalogue_lies_beside_the_source(repository):
    assert packaged_data() == repository / "data"


def test_in_an_installation_the_catalogue_lies_inside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "site-packages/thbfund"
    (package / "data").mkdir(parents=True)
    monkeypatch.setattr(load, "__file__", str(package / "catalogue/load.py"))

    assert packaged_data() == package / "data"
