"""The catalogue's past from git, and the days on which its facts are to be checked again."""

import json
import subprocess
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from factories import CHECKED_ON, dumped, fact, make_programme, make_strand, write_catalogue
from thbfund import load_catalogue
from thbfund.catalogue.freshness import Check, checks
from thbfund.cli import main
from thbfund.report.calendar import COUNTED_FROM
from thbfund.staff.reminders import MOST_NAMED, reminders

STAMP = datetime(2026, 11, 26, 12, tzinfo=UTC)


def lantern(rate=0.8):
    return make_programme(id="lantern", strands=[make_strand(id="one", eligibility={"eu_rate": fact(rate)})])


@pytest.fixture
def checkout(tmp_path):
    """A function that commits the catalogue with a programme, at a time; gives the data folder."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    def commit(programme, at, subject="An edit", broken=""):
        folder = tmp_path / "data"
        if not folder.exists():
            write_catalogue(folder, [programme])
        path = folder / "programmes" / "lantern.yaml"
        path.write_text(broken or dumped(programme), encoding="utf-8")
        who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), "add", "-A"], check=True)
        subprocess.run(
            ["git", "-C", str(tmp_path), *who, "commit", "-q", "--allow-empty", "-m", subject],
            check=True,
            env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at},
        )
        return folder

    return commit


def changelog(folder, *words):
    result = CliRunner().invoke(main, ["--data", str(folder), "catalogue", "changelog", *words])
    assert result.exit_code == 0, result.output
    return result


# -- what changed


def test_a_fact_is_told_with_its_day_programme_and_both_values(checkout):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-03T10:00:00Z", "lantern: EU rate from the new call")

    [day] = json.loads(changelog(folder, "--since", "2026-11-02", "--format", "json").stdout)

    [change] = day["changes"]
    assert (day["on"], change["programme"], change["fact"]) == ("2026-11-03", "lantern", "eligibility.eu_rate")
    assert ("80" in change["old"], "90" in change["new"]) == (True, True)
    assert [commit["subject"] for commit in day["commits"]] == ["lantern: EU rate from the new call"]


def test_a_day_is_told_once_however_many_commits_it_has(checkout):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    checkout(lantern(0.7), "2026-11-03T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-03T11:00:00Z")

    [day] = json.loads(changelog(folder, "--since", "2026-11-03", "--format", "json").stdout)

    assert len(day["commits"]) == 2
    assert ["80" in change["old"] and "90" in change["new"] for change in day["changes"]] == [True]


def test_a_day_is_told_once_though_the_clock_of_whoever_committed_went_back(checkout):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    checkout(lantern(0.7), "2026-11-04T10:00:00Z")
    checkout(lantern(0.6), "2026-11-03T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-04T11:00:00Z")

    days = json.loads(changelog(folder, "--since", "2026-11-02", "--format", "json").stdout)

    assert [(day["on"], len(day["commits"])) for day in days] == [("2026-11-04", 3)]


@pytest.mark.parametrize("end", ["\u2028", "\x85", "\x0c"], ids=["line", "next", "form feed"])
def test_a_subject_may_hold_what_other_programs_take_for_the_end_of_a_line(checkout, end):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-03T10:00:00Z", f"one{end}two")

    [day] = json.loads(changelog(folder, "--since", "2026-11-02", "--format", "json").stdout)

    assert len(day["commits"]) == 1


@pytest.mark.parametrize(("since", "days"), [("2026-11-03", 1), ("2026-11-04", 0)])
def test_the_past_begins_with_the_day_asked_for(checkout, since, days):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-03T23:59:59Z")

    assert len(json.loads(changelog(folder, "--since", since, "--format", "json").stdout)) == days


def test_a_day_that_ends_in_error_is_named_and_the_next_is_compared_with_the_last_good_one(checkout):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    checkout(lantern(0.8), "2026-11-02T10:00:00Z", broken="id: [\n")
    folder = checkout(lantern(0.9), "2026-11-03T10:00:00Z")

    broken, mended = json.loads(changelog(folder, "--since", "2026-11-02", "--format", "json").stdout)

    assert (broken["loads"], broken["changes"]) == (False, [])
    assert len(mended["changes"]) == 1
    assert "errors when the day ended" in changelog(folder, "--since", "2026-11-02").stdout


def test_a_change_of_wording_in_a_commit_is_no_markup_on_the_page(checkout):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-03T10:00:00Z", "<b>bold</b> [link](https://evil.example)")

    said = changelog(folder, "--since", "2026-11-02").stdout

    assert "<b>" not in said
    assert "](https://evil" not in said


def test_a_quiet_time_is_said_to_be_quiet(checkout):
    folder = checkout(lantern(0.8), "2026-11-01T10:00:00Z")

    assert changelog(folder, "--since", "2026-11-02").stdout == "No change of the catalogue since that day.\n"


def test_a_catalogue_outside_git_has_no_past(tmp_path):
    folder = write_catalogue(tmp_path / "data", [lantern()])

    result = CliRunner().invoke(main, ["--data", str(folder), "catalogue", "changelog", "--since", "2026-11-02"])

    assert result.exit_code == 1
    assert "lies in no git checkout" in result.stderr


def test_the_log_that_the_feed_shows_grows_by_what_git_tells_and_by_nothing_twice(checkout):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-03T10:00:00Z")

    changelog(folder, "--since", "2026-11-02", "--log")
    again = changelog(folder, "--since", "2026-11-02", "--log")

    [day] = load_catalogue(folder).changes
    assert (day.on, [change.fact for change in day.changes]) == (date(2026, 11, 3), ["eligibility.eu_rate"])
    assert "Changes logged on 2026-11-03: 0; 1 on that day" in again.stderr


# -- when to check again


def check(file, until, field="eligibility.eu_rate"):
    return Check(file, tuple(field.split(".")), date(2026, 1, 1), date.fromisoformat(until))


def entries(found, stamp=STAMP):
    return {str(event["uid"]): event for event in Calendar.from_ical(reminders(found, stamp)).walk("VEVENT")}


def test_each_file_has_one_entry_on_the_last_day_that_its_first_check_holds():
    found = entries([
        check("programmes/cerv.yaml", "2026-12-24"),
        check("programmes/cerv.yaml", "2026-12-01"),
        check("calls/cerv.yaml", "2026-12-09"),
    ])  # fmt: skip

    assert {key: event["dtstart"].dt for key, event in found.items()} == {
        "review.programmes.cerv@thbfund": date(2026, 12, 1),
        "review.calls.cerv@thbfund": date(2026, 12, 9),
    }


@pytest.mark.parametrize(("until", "counted"), [("2026-12-15", 2), ("2026-12-16", 1)])
def test_what_falls_due_within_two_weeks_is_read_together(until, counted):
    [event] = entries([check("calls/cerv.yaml", "2026-12-01"), check("calls/cerv.yaml", until, "deadline")]).values()

    assert f"({counted} fact" in event["summary"]
    assert ("deadline" in event["description"]) == (counted == 2)


def test_a_later_file_replaces_the_entries_of_an_earlier_one():
    [before] = entries([check("calls/cerv.yaml", "2026-12-01")]).values()
    [after] = entries([check("calls/cerv.yaml", "2027-01-05")], STAMP.replace(hour=13)).values()

    assert before["uid"] == after["uid"]
    assert after["sequence"] - before["sequence"] == 60
    assert before["sequence"] == (STAMP - COUNTED_FROM).total_seconds() // 60


def test_a_long_list_is_cut_and_says_how_to_see_the_rest():
    found = [check("calls/cerv.yaml", "2026-12-01", f"topics.{number}.deadline") for number in range(MOST_NAMED + 3)]

    [event] = entries(found).values()

    assert "and 3 more: thbfund catalogue stale" in event["description"]


def test_the_command_writes_a_calendar_of_the_facts_in_use(tmp_path):
    folder = write_catalogue(tmp_path / "data")

    result = CliRunner().invoke(main, ["--data", str(folder), "catalogue", "reminders", "--on", CHECKED_ON])

    assert result.exit_code == 0
    files = {each.file for each in checks(load_catalogue(folder), date.fromisoformat(CHECKED_ON))}
    assert len(Calendar.from_ical(result.stdout_bytes).walk("VEVENT")) == len(files) > 0


def test_a_log_that_cannot_be_written_is_said_in_a_line(checkout):
    checkout(lantern(0.8), "2026-11-01T10:00:00Z")
    folder = checkout(lantern(0.9), "2026-11-03T10:00:00Z")
    (folder / "changes").write_text("no folder", encoding="utf-8")

    result = CliRunner().invoke(
        main, ["--data", str(folder), "catalogue", "changelog", "--log", "--since", "2026-11-02"]
    )

    assert result.exit_code == 1
    assert "error unwritable-file" in result.stderr
