"""The calendar of calls in the app: sections, filters, days left, nonsense in the link, nothing found."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from factories import fact, make_calls, make_topic, write_catalogue
from test_app import HOSTILE, _fixed_day, assert_sound, markdown, opened, serve, words  # noqa: F401 - fixtures too
from thbfund.web import clock


def test_the_calendar_tells_open_announced_expected_and_past_apart() -> None:
    app = opened("calls")
    assert_sound(app)
    titles = " ".join(found.value for found in app.header)
    assert "Open now" in titles
    assert "Announced (5)" in titles
    assert "Expected, announced by nobody" in titles
    assert "Past rounds" in titles
    assert "No call on record is open on this day." in words(app)


def test_an_announced_call_says_when_it_opens_and_how_many_days_are_left() -> None:
    said = words(opened("calls", state="forthcoming"))
    assert "Opens 5 May 2027, in 163 days" in said
    assert "Deadline 4 Nov 2027: 346 days left" in said
    assert "Checked on " in said


@pytest.mark.parametrize(("day", "said"), [(3, "1 day left"), (4, "Deadline today")])
def test_the_last_days_are_counted(day: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2027, 11, day))
    assert said in words(opened("calls", state="open"))


def test_an_open_call_without_a_deadline_says_since_when(serve: Callable[[Path], None], tmp_path: Path) -> None:  # noqa: F811 - the fixture
    topic = make_topic(deadline=fact(None, note="rolling"), rolling=True)
    serve(write_catalogue(tmp_path / "data", calls={"lantern-2021-2027": make_calls([topic])}))

    assert "**Open since 21 May 2026, no deadline**" in markdown(opened("calls", state="open"))


def test_filters_in_the_link_narrow_the_calendar_and_the_file() -> None:
    app = opened("calls", state="forthcoming", programme="horizon-europe")
    assert_sound(app)
    assert [found.value for found in app.header if "(" in found.value] == ["Announced (5)"]
    assert app.get("download_button")[0].proto.label == "5 calls for your calendar (ICS)"


def test_past_rounds_alone_have_no_file() -> None:
    assert not opened("calls", state="closed").get("download_button")


def test_nothing_found_says_how_to_go_on() -> None:
    app = opened("calls", state="forthcoming", programme="cerv")
    assert_sound(app)
    assert "Widen the filter" in app.info[0].value


@pytest.mark.parametrize("key", ["state", "programme", "group", "type", "priority"])
def test_nonsense_in_the_link_filters_nothing_and_is_answered(key: str) -> None:
    app = opened("calls", **{key: HOSTILE})
    assert_sound(app)
    assert "names nothing that this catalogue holds" in app.warning[0].value
    assert "Announced (5)" in [found.value for found in app.header]
