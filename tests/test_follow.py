"""The page Follow: what is chosen stands in the addresses, and the addresses hold what the page says they hold."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from lxml import etree
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from thbfund.matching import Matcher
from thbfund.web import clock
from thbfund.web.app import PAGES
from thbfund.web.follow_view import address_of
from thbfund.web.routes import Desk, service

ON = date(2026, 5, 25)


@pytest.fixture(autouse=True)
def _fixed_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("THBFUND_DATA", raising=False)
        patch.setattr(clock, "today", lambda: ON)
        yield


def opened() -> AppTest:
    app = AppTest.from_file(PAGES / "follow.py", default_timeout=60).run()
    assert not app.exception
    return app


def choose(app: AppTest, **chosen: list[str]) -> AppTest:
    for name, values in chosen.items():
        app.multiselect(key=f"follow_{name}").set_value(values)
    app.run()
    assert not app.exception
    return app


def addresses(app: AppTest) -> list[str]:
    return [code.value for code in app.code]


def test_without_a_choice_the_addresses_have_no_filters() -> None:
    calls, changes, description = addresses(opened())

    assert calls.endswith("/feeds/calls.ics")
    assert changes.endswith("/feeds/changes.atom")
    assert description.endswith("/api/v1/openapi.json")


def test_each_choice_stands_in_both_addresses() -> None:
    app = choose(opened(), country=["RO", "BG"], applicant_type=["ngo"], priority=["B"], programme=["cerv"])
    wanted = {"country": ["RO", "BG"], "applicant_type": ["ngo"], "priority": ["B"], "programme": ["cerv"]}

    for address in addresses(app)[:2]:
        assert parse_qs(urlsplit(address).query) == wanted


def test_expected_calls_are_asked_for_in_the_calendar_alone() -> None:
    app = opened()
    app.checkbox(key="follow_expected").check().run()
    calls, changes, _ = addresses(app)

    assert parse_qs(urlsplit(calls).query) == {"status": ["open", "forthcoming", "expected"]}
    assert "status" not in changes


def test_the_feeds_hold_as_much_as_the_page_says(matcher: Matcher) -> None:
    app = choose(opened(), programme=["isf-2021-2027"])
    client = TestClient(service(Desk(lambda: matcher, lambda: ON)))
    calls, changes = (client.get(address) for address in addresses(app)[:2])
    said = " ".join(text.value for text in app.markdown)
    topics = {event["uid"].partition(".")[2] for event in Calendar.from_ical(calls.content).walk("VEVENT")}
    entries = etree.fromstring(changes.content).findall("{http://www.w3.org/2005/Atom}entry")

    assert f"Today it holds {len(topics)} call" in said
    assert f"Today it holds {len(entries)} change" in said


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("https://funds.example/follow", "https://funds.example/feeds/calls.ics?country=RO"),
        ("https://funds.example/below/follow", "https://funds.example/below/feeds/calls.ics?country=RO"),
        ("https://funds.example/follow?language=fr", "https://funds.example/feeds/calls.ics?country=RO"),
        ("https://funds.example/", "https://funds.example/feeds/calls.ics?country=RO"),
        (None, "/feeds/calls.ics?country=RO"),
    ],
)
def test_an_address_begins_where_the_app_is(page: str | None, address: str) -> None:
    assert address_of(page, "feeds/calls.ics", {"country": ["RO"]}) == address
