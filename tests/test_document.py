"""What each request passes first: the document says which language stands on the page, and no address leads nowhere."""

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from thbfund.speaking import Unsaid
from thbfund.web import speech
from thbfund.web.serve import beside, middleware
from thbfund.web.speech import language_of

STATIC = Path(streamlit.__file__).with_name("static")
A_PAGE = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def _all_translated(monkeypatch):
    """Whatever is being translated just now."""
    monkeypatch.setattr(speech, "unsaid", lambda _code: Unsaid(1, 0))


@pytest.fixture(scope="module")
def client():
    """Streamlit's own document behind what each request passes first, and beside it an answer that is no page."""
    said = Route("/said", lambda _request: JSONResponse({"said": '<html lang="en">'}))
    return TestClient(Starlette(routes=[said, Mount("/", StaticFiles(directory=STATIC, html=True))],
                                middleware=middleware()))  # fmt: skip


@pytest.mark.parametrize(
    ("link", "browsers", "language"),
    [
        ("?language=pl", "de-AT,de;q=0.9", "pl"),
        ("", "de-AT,de;q=0.9", "de"),
        ("", "", "en"),
        ("", "xx-YY", "en"),
        ("?language=%22%3E", "en-GB", "en"),
    ],
)
def test_the_document_names_the_language_that_the_page_is_in(client, link, browsers, language):
    answer = client.get(f"/{link}", headers={**A_PAGE, "Accept-Language": browsers})

    assert f'<html lang="{language}">' in answer.text
    assert len(answer.content) == int(answer.headers["content-length"])
    assert "Accept-Language" in answer.headers["vary"]


def test_the_document_asks_parts_to_stand_still_for_readers_who_want_less_motion(client):
    head = client.get("/", headers=A_PAGE).text.partition("</head>")[0]

    assert "@media (prefers-reduced-motion: reduce)" in head


def test_the_document_begins_its_pages_close_below_the_bar(client):
    head = client.get("/", headers=A_PAGE).text.partition("</head>")[0]

    assert "[data-testid=stMainBlockContainer] { padding-top:" in head


def test_a_document_asked_for_without_its_body_names_no_length_that_it_has_not(client):
    answer = client.head("/", headers=A_PAGE)

    assert answer.status_code == 200
    assert "content-length" not in answer.headers


def test_a_document_that_the_browser_has_in_another_language_is_sent_anew(client):
    first = client.get("/", headers={**A_PAGE, "Accept-Language": "en"})
    again = client.get("/", headers={**A_PAGE, "Accept-Language": "pl", "If-None-Match": "*"})

    assert "etag" not in first.headers
    assert '<html lang="pl">' in again.text


def test_what_is_no_document_passes_unchanged(client):
    assert client.get("/said?language=pl", headers=A_PAGE).json() == {"said": '<html lang="en">'}
    assert "etag" in client.get("/index.html", headers={"Accept": "*/*"}).headers


def test_only_a_browsers_language_that_is_translated_in_full_is_taken_unasked(monkeypatch):
    monkeypatch.setattr(speech, "unsaid", lambda code: Unsaid(5, 3 if code == "pl" else 0))

    assert language_of(None, "pl-PL") == "en"
    assert language_of("pl", "en-GB") == "pl"
    assert language_of(None, "de-DE") == "de"


@pytest.mark.parametrize("address", ["//", "//x", "///other.example/x", "/%5Cother.example", "//?language=pl"])
def test_an_address_that_begins_with_two_slashes_leads_to_the_start_page_and_nowhere_else(client, address):
    answer = client.get(f"http://testserver{address}", headers=A_PAGE, follow_redirects=False)

    assert answer.status_code == 307
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("address", ["/", "/said", "/said//"])
def test_other_addresses_are_not_led_away(client, address):
    assert client.get(address, headers=A_PAGE, follow_redirects=False).headers.get("location") != "/"


def test_what_is_sent_to_such_an_address_goes_no_further(client):
    assert client.post("http://testserver//x", follow_redirects=False).status_code in {404, 405}


def test_below_a_path_of_its_own_the_start_page_is_there(monkeypatch):
    monkeypatch.setattr(beside.st, "get_option", lambda _name: "/fund/")
    client = TestClient(Starlette(middleware=middleware()))

    assert client.get("http://testserver//", follow_redirects=False).headers["location"] == "/fund/"
