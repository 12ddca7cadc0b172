"""The pages of staff that look: the worklist with its filters, and the state of the catalogue's files."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from conftest import REPOSITORY
from factories import fact, make_programme, make_relevance, make_strand, unverified, write_catalogue
from test_app import DAY, _fixed_day, assert_sound, opened, serve, words  # noqa: F401 - fixtures
from thbfund.catalogue import check_catalogue
from thbfund.report.inert import inert_markdown
from thbfund.staff.saving import Editor
from thbfund.staff.worklist import worklist
from thbfund.web import keeper
from thbfund.web.staff import gate
from thbfund.web.staff.worklist_view import AT_ONCE

ANA = Editor("Ana Pop", "ana@example.org")


@pytest.fixture(autouse=True)
def _staff(monkeypatch):
    """The app with staff, asked by one of them."""
    monkeypatch.setenv("THBFUND_STAFF", ANA.email)
    monkeypatch.setattr(gate, "editor", lambda: ANA)


@pytest.fixture
def two_tasks(tmp_path, serve):  # noqa: F811 - the fixture
    """The app on a catalogue with one condition that nobody verified, and one that was checked too long ago."""
    old = fact(0.9) | {"checked_on": "2020-01-01"}
    strand = make_strand(
        eligibility={"grant": unverified({"max_eur": 500_000}), "eu_rate": old}, relevance=make_relevance(B=2)
    )
    serve(write_catalogue(tmp_path / "data", programmes=[make_programme(strands=[strand])]))


def rows(app: AppTest):
    """The table of tasks, a line each; none where there is no such table."""
    return [row for table in app.table for row in table.value.to_dict("records") if "Where" in row]


def test_the_page_lists_what_the_command_lists():
    catalogue, problems = check_catalogue(REPOSITORY / "data", DAY)
    assert catalogue is not None
    tasks = worklist(catalogue, problems, DAY)

    app = opened("worklist")

    assert_sound(app)
    assert [row["Points"] for row in rows(app)] == [str(task.points) for task in tasks[:AT_ONCE]]
    assert f"**{len(tasks)} of {len(tasks)}**" in words(app)


def test_a_fact_that_was_read_on_a_day_to_come_is_among_what_to_mend(tmp_path, serve):  # noqa: F811 - the fixture
    strand = make_strand(eligibility={"eu_rate": fact(0.9) | {"checked_on": str(DAY + timedelta(days=1))}})
    serve(write_catalogue(tmp_path / "data", programmes=[make_programme(strands=[strand])]))

    assert any(inert_markdown("checked-in-future") in row["Why"] for row in rows(opened("worklist")))


@pytest.mark.usefixtures("two_tasks")
def test_each_task_links_to_its_programme_and_its_form_and_says_what_to_do():
    first = rows(opened("worklist"))[0]

    assert "(programme?id=lantern-2021-2027)" in first["Where"]
    assert "(edit?programme=lantern-2021-2027)" in first["Where"]
    assert first["What to do"]


@pytest.mark.usefixtures("two_tasks")
@pytest.mark.parametrize(("cause", "why"), [("unverified", "not verified"), ("overdue", "overdue since")])
def test_the_link_narrows_the_list_to_one_cause(cause, why):
    found = rows(opened("worklist", cause=cause))

    assert found
    assert all(row["Why"].startswith(why) for row in found)


@pytest.mark.usefixtures("two_tasks")
def test_a_choice_that_leaves_nothing_says_so():
    app = opened("worklist", cause="disputed")

    assert "No task has all of these" in words(app)


def test_a_later_day_shows_what_will_be_overdue_by_then(tmp_path, serve):  # noqa: F811 - the fixture
    recent = fact(0.9) | {"checked_on": (DAY - timedelta(days=300)).isoformat()}
    strand = make_strand(eligibility={"eu_rate": recent}, relevance=make_relevance(B=2))
    serve(write_catalogue(tmp_path / "data", programmes=[make_programme(strands=[strand])]))
    place = inert_markdown("programmes/lantern-2021-2027.yaml strands.0.eligibility.eu_rate")
    app = opened("worklist", cause="overdue")
    assert not any(place in row["Where"] for row in rows(app))

    app.selectbox[[box.label for box in app.selectbox].index("As on")].set_value(90).run()

    assert any(place in row["Where"] for row in rows(app))


@pytest.mark.usefixtures("two_tasks")
def test_the_days_of_the_next_checks_are_a_file_for_the_calendar(monkeypatch):
    given = {}
    monkeypatch.setattr("streamlit.download_button", lambda _, content, name, *__, **___: given.update({name: content}))

    opened("worklist")

    entries = Calendar.from_ical(given["thbfund-review.ics"]).walk("VEVENT")
    assert "Check again: programmes/lantern-2021-2027.yaml" in entries[0]["summary"]


# -- the state of the files


@pytest.mark.usefixtures("two_tasks")
def test_sound_files_are_served_as_they_are():
    app = opened("staff")

    assert_sound(app)
    assert [one.value.partition(":")[0] for one in app.success] == ["The app serves the files as they are"]


def test_an_error_is_listed_as_soon_as_staff_look_though_nobody_else_did(tmp_path, serve, monkeypatch):  # noqa: F811
    monkeypatch.setattr(keeper, "LOOK_EVERY", 0)
    monkeypatch.setattr(keeper, "SETTLE", 0)
    folder = write_catalogue(tmp_path / "data")
    serve(folder)
    opened("staff")
    (folder / "programmes" / "lantern-2021-2027.yaml").write_text("id: [", encoding="utf-8")

    app = opened("staff")

    assert "the app serves their last good state" in app.error[0].value
    assert "lantern-2021-2027.yaml:2:1 error" in app.code[0].value


def test_files_that_were_never_good_are_not_said_to_be_served(tmp_path: Path, serve):  # noqa: F811
    folder = write_catalogue(tmp_path / "data")
    (folder / "programmes" / "lantern-2021-2027.yaml").write_text("id: [", encoding="utf-8")
    serve(folder)

    app = opened("staff")

    assert "nothing to serve" in app.error[0].value
    assert "lantern-2021-2027.yaml:2:1 error" in app.code[0].value


def test_mended_files_are_served_again(tmp_path, serve, monkeypatch):  # noqa: F811
    monkeypatch.setattr(keeper, "LOOK_EVERY", 0)
    monkeypatch.setattr(keeper, "SETTLE", 0)
    folder = write_catalogue(tmp_path / "data")
    file = folder / "programmes" / "lantern-2021-2027.yaml"
    shutil.copy(file, tmp_path / "good.yaml")
    file.write_text("id: [", encoding="utf-8")
    serve(folder)
    assert opened("staff").error

    shutil.copy(tmp_path / "good.yaml", file)

    assert not opened("staff").error


@pytest.mark.parametrize("page", ["staff", "worklist"])
def test_who_may_not_sees_nothing_of_it(page, monkeypatch):
    monkeypatch.setattr(gate, "editor", lambda: None)

    app = opened(page)

    assert not app.exception
    assert not app.table
    assert not app.success
    assert [button.label for button in app.button] == ["Sign in"]
