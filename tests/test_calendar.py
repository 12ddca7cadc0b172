"""The calendar file: what another program reads of the calls, and that nothing in it comes alive."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from icalendar import Calendar

from factories import fact, loaded_calls, loaded_programme, make_calls, make_topic, other_value, unverified
from factories import write_catalogue as write
from strategies import hostile_text
from thbfund import load_catalogue
from thbfund.report.calendar import Listed, calendar, listed, listed_of
from thbfund.speaking import speaker

ON = date(2026, 6, 1)
STAMP = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)
BRUSSELS = ZoneInfo("Europe/Brussels")

FAMILY = {"id": "lamps", "name": "Lamps for all", "strand": "harbour", "relevance": "core"}


def written(*topics, on=ON, stamp=STAMP, **changes):
    """The calendar of the Lantern Fund with these topics, as another program reads it."""
    calls = loaded_calls(topics)
    found = [Listed(loaded_programme(), calls, topic.model_copy(update=changes)) for topic in calls.topics]
    return Calendar.from_ical(calendar(found, on, stamp))


def events(file):
    return {event["uid"].split(".")[0]: event for event in file.walk("VEVENT")}


def deadline_of(**changes):
    return events(written(make_topic(**changes)))["deadline"]


def test_a_call_gives_its_opening_and_its_deadline():
    found = events(written(make_topic()))
    assert found["opening"]["dtstart"].dt == date(2026, 5, 21)
    assert found["deadline"]["dtstart"].dt == date(2026, 9, 3)


def test_a_known_hour_is_brussels_time_in_summer_and_in_winter():
    summer = deadline_of(deadline_time="17:00")["dtstart"].dt
    winter = deadline_of(deadline=fact("2026-12-03"), deadline_time="12:00")["dtstart"].dt
    assert (summer, winter) == (
        datetime(2026, 9, 3, 17, tzinfo=BRUSSELS),
        datetime(2026, 12, 3, 12, tzinfo=BRUSSELS),
    )
    assert (summer.utcoffset(), winter.utcoffset()) == (timedelta(hours=2), timedelta(hours=1))


def test_the_file_describes_the_time_zone_that_it_names():
    file = written(make_topic(deadline_time="17:00"))
    zone = file.walk("VTIMEZONE")[0]
    assert events(file)["deadline"]["dtstart"].params["tzid"] == zone["tzid"] == "Europe/Brussels"
    for year in (2026, 2031):  # as the system's own time zone data say, in both halves of the year
        for day in (datetime(year, 1, 15, 12), datetime(year, 7, 15, 12)):  # noqa: DTZ001 - local on purpose
            here = day.replace(tzinfo=zone.to_tz())
            assert here.utcoffset() == day.replace(tzinfo=BRUSSELS).utcoffset()


def test_an_unknown_hour_makes_an_entry_for_the_whole_day_and_says_so():
    event = deadline_of()
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
    assert "does not know the hour" in event["description"]


def test_a_topic_without_dates_gives_no_entry():
    assert not events(written(make_topic(opens_on=None, deadline=None)))


def test_reminders_come_30_and_7_days_before():
    alarms = deadline_of().walk("VALARM")
    assert [alarm["trigger"].dt for alarm in alarms] == [timedelta(days=-30), timedelta(days=-7)]
    assert {alarm["action"] for alarm in alarms} == {"DISPLAY"}


def test_a_later_file_has_the_same_entries_with_a_higher_sequence():
    first = events(written(make_topic()))
    moved = make_topic(deadline=fact("2026-09-17"))
    later = events(written(moved, stamp=STAMP + timedelta(minutes=1)))
    for key, event in first.items():
        assert later[key]["uid"] == event["uid"]
        assert later[key]["sequence"] > event["sequence"]
        assert later[key]["dtstamp"].dt > event["dtstamp"].dt


def test_topics_of_one_id_in_two_programmes_have_two_entries():
    calls = loaded_calls([make_topic()])
    found = [Listed(loaded_programme(id=key), calls, calls.topics[0]) for key in ("one", "two")]
    uids = [event["uid"] for event in Calendar.from_ical(calendar(found, ON, STAMP)).walk("VEVENT")]
    assert len(set(uids)) == len(uids) == 4


def test_the_same_catalogue_and_stamp_give_the_same_bytes():
    calls = loaded_calls([make_topic()])
    found = [Listed(loaded_programme(), calls, calls.topics[0])]
    assert calendar(found, ON, STAMP) == calendar(found, ON, STAMP)


def test_a_stamp_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        calendar([], ON, STAMP.replace(tzinfo=None))


def test_an_entry_was_last_modified_when_its_date_was_checked():
    assert deadline_of()["last-modified"].dt == datetime(2026, 1, 15, tzinfo=UTC)
    assert deadline_of(deadline=unverified("2026-09-03"))["last-modified"].dt == STAMP


def test_a_date_that_nobody_confirmed_is_tentative_and_says_why():
    assert deadline_of()["status"] == "CONFIRMED"
    event = deadline_of(deadline=unverified("2026-09-03", "a draft says so"))
    assert event["status"] == "TENTATIVE"
    assert "Not confirmed: A draft says so." in event["description"]


def test_sources_that_disagree_on_a_date_are_all_heard():
    event = deadline_of(deadline=fact("2026-09-03", disputed=[other_value("2026-09-10")]))
    assert "Another source says: 10 Sept 2026" in event["description"]


def test_a_check_that_no_longer_holds_is_told():
    fresh = deadline_of(deadline=fact("2026-09-03", checked_on="2026-05-02"))
    stale = deadline_of(deadline=fact("2026-09-03", checked_on="2026-05-01"))
    assert "check again" not in fresh["description"]
    assert "check again" in stale["description"]


def test_entries_link_to_the_source_of_their_date():
    assert deadline_of()["url"] == "https://lantern.example/law"
    assert deadline_of(deadline=unverified("2026-09-03"))["url"] == "https://lantern.example/"


# -- which calls


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """The tiny catalogue with an open call, a closed one, and a family whose next round is expected."""
    rounds = [
        make_topic(id=f"LAMP-{year}", year=year, family="lamps", opens_on=fact(f"{year}-01-10"),
                   deadline=fact(f"{year}-04-10"))
        for year in (2023, 2025)
    ]  # fmt: skip
    calls = make_calls([make_topic(), *rounds], families=[FAMILY])
    return load_catalogue(write(tmp_path_factory.mktemp("dated") / "data", calls={"lantern-2021-2027": calls}))


def uids(found, on=ON):
    return sorted(str(event["uid"]) for event in Calendar.from_ical(calendar(found, on, STAMP)).walk("VEVENT"))


def test_open_calls_are_listed_and_closed_ones_are_not(catalogue):
    assert uids(listed(catalogue, ON)) == [
        "deadline.LAN-2026-1.lantern-2021-2027@thbfund",
        "opening.LAN-2026-1.lantern-2021-2027@thbfund",
    ]


def test_only_the_programmes_asked_for_are_listed(catalogue):
    assert listed(catalogue, ON, ["lantern-2021-2027"])
    assert not listed(catalogue, ON, ["compass-2021-2027"])


def test_expected_calls_come_only_when_asked_for(catalogue):
    found = listed(catalogue, ON, with_expected=True)
    assert "expected.lamps.lantern-2021-2027@thbfund" in uids(found)
    event = events(Calendar.from_ical(calendar(found, ON, STAMP)))["expected"]
    assert (event["status"], event["dtstart"].dt) == ("TENTATIVE", date(2027, 1, 1))
    assert "not announced" in event["summary"]
    assert not event.walk("VALARM")


def test_a_call_expected_in_a_year_that_has_begun_is_set_on_the_next_month(catalogue):
    found = listed(catalogue, date(2027, 3, 20), with_expected=True)
    event = events(Calendar.from_ical(calendar(found, date(2027, 3, 20), STAMP)))["expected"]
    assert event["dtstart"].dt == date(2027, 4, 1)


def test_a_match_lists_the_same_calls_as_the_catalogue(catalogue):
    from factories import make_project
    from strategies import VOCABULARIES
    from thbfund import Matcher

    report = Matcher(catalogue, None).match(make_project(VOCABULARIES), ON)
    assert uids(listed_of(report.matches, catalogue)) == uids(listed(catalogue, ON))


# -- form: RFC 5545, and nothing that comes alive


@given(title=hostile_text, identifier=hostile_text, submission=hostile_text)
def test_hostile_names_stay_text(title, identifier, submission):
    calls = loaded_calls([make_topic()])
    topic = calls.topics[0].model_copy(update={"title": title, "id": identifier, "submission": submission})
    raw = calendar([Listed(loaded_programme(), calls, topic)], ON, STAMP)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    file = Calendar.from_ical(raw)
    assert sorted(component.name for component in file.walk()) == sorted(
        ["VCALENDAR", "VTIMEZONE", "DAYLIGHT", "STANDARD", "VEVENT", "VEVENT", *["VALARM"] * 4]
    )
    for event in file.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS"} <= set(event)
        assert str(event["uid"]).isascii()
        assert " " not in event["uid"]
        assert event["url"].startswith("https://")
        assert event["summary"].isprintable() or "\N{ZERO WIDTH JOINER}" in event["summary"]


def test_every_call_of_the_real_catalogue_can_be_written(catalogue_of_data):
    found = listed(catalogue_of_data, date(2026, 11, 25), with_expected=True)
    file = Calendar.from_ical(calendar(found, date(2026, 11, 25), STAMP, speaker("de")))
    assert len(file.walk("VEVENT")) >= len(found)
    assert not file.errors


@pytest.fixture(scope="module")
def catalogue_of_data(data):
    """The real catalogue, under a name of its own beside the tiny one."""
    return load_catalogue(data)
