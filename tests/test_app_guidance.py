"""Guidance in the app: on the result card, on the page of a programme, and two programmes side by side."""

from test_app import SHELTER, asked, opened, tabs, unfolded, words
from thbfund.web import guidance_view


def test_a_result_says_what_to_prepare_and_whom_to_ask() -> None:
    app = unfolded(asked(SHELTER, country="FI"))
    said = words(app)

    assert tabs(app, guidance_view.TITLE)
    assert "Participant register and PIC" in said
    assert not app.exception


def test_a_way_in_for_small_organisations_is_marked_for_an_ngo_and_not_for_a_university() -> None:
    assert guidance_view.SMALL_BADGE in words(asked(SHELTER, type="ngo"))
    assert guidance_view.SMALL_BADGE not in words(asked(SHELTER, type="university"))


def test_the_page_of_a_programme_lists_the_authorities_of_all_countries() -> None:
    said = words(opened("programme", id="isf-2021-2027"))

    assert "(Finland)" in said
    assert "(Ireland)" in said


def test_two_programmes_from_the_link_are_compared_without_a_verdict() -> None:
    app = opened("two_programmes", first="amif-2021-2027", second="cerv")
    said = words(app)

    assert not app.exception
    assert "A checklist, no verdict" in said
    assert "Will any cost be charged to more than one grant?" in said


def test_the_page_for_two_programmes_waits_until_both_are_chosen() -> None:
    app = opened("two_programmes", first="amif-2021-2027")

    assert not app.exception
    assert "What to settle before one project" in words(app)
    assert "A checklist, no verdict" not in words(app)
