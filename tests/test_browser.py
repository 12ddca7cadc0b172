"""The app in a real browser: the newcomer's path, phone width, keyboard, links, and what leaves the page."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus, urlsplit

import pytest

from browsing import (
    DESCRIPTION,
    DESKTOP,
    MARKER,
    PHONE,
    SIZES,
    Seen,
    assert_fits,
    describe,
    open_details,
    results,
    visit,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EVERYTHING_STORED = """
async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, history.state,
  (await indexedDB.databases()).map(found => found.name), await caches.keys(),
])
"""


@pytest.mark.parametrize("size", SIZES)
def test_a_newcomer_types_a_description_and_gets_ranked_programmes_with_reasons(
    browser: "Browser", address: str, size: dict[str, int]
) -> None:
    seen = Seen()
    with visit(browser, address, size, seen) as page:
        assert_fits(page)
        describe(page)
        ranks = [int(re.match(r"(\d+)\.", found)[1]) for found in page.locator("h4").all_inner_texts()]
        assert 1 in ranks
        assert len(ranks) > 5
        open_details(page)
        page.get_by_text("the sum of these parts").first.wait_for()
        page.get_by_role("tab", name="May we apply?").click()
        page.get_by_text("Role:").first.wait_for()
        page.get_by_role("tab", name="How and when").click()
        page.get_by_text("How to apply.").first.wait_for()
        assert page.get_by_text("Citizens, Equality, Rights and Values").count() > 0
        assert_fits(page)
    assert seen.errors == []


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_its_screen_with_all_its_parts_open(
    browser: "Browser", address: str, size: dict[str, int]
) -> None:
    with visit(browser, address, size) as page:
        for path in (
            "programmes",
            "programme?id=amif-2021-2027",
            "coverage",
            "policy?part=outlook",
            "policy?part=instruments",
            "tags",
            "tags?tag=D-11",
            "about",
        ):
            page.goto(address + path)
            page.wait_for_selector("h1")
            page.wait_for_timeout(500)
            page.evaluate("document.querySelectorAll('[data-testid=stExpander] summary').forEach(part => part.click())")
            page.wait_for_timeout(500)
            assert_fits(page)


def test_the_text_leaves_the_page_only_through_the_apps_own_websocket(browser: "Browser", address: str) -> None:
    seen = Seen()
    with visit(browser, address, DESKTOP, seen) as page:
        describe(page)
        open_details(page)
        page.get_by_role("link", name="All facts on").first.click()
        page.wait_for_url("**/programme?id=*")
        page.go_back()
        results(page)
        stored = page.evaluate(EVERYTHING_STORED)
        title = page.title()
    assert seen.requests
    for said in [*seen.requests, *seen.sockets, *seen.pages, stored, title]:
        assert MARKER.casefold() not in unquote_plus(said).casefold()


def test_no_request_leaves_this_machine(browser: "Browser", address: str) -> None:
    seen = Seen()
    with visit(browser, address, DESKTOP, seen) as page:
        describe(page)
        page.get_by_role("link", name="Programmes", exact=True).click()
        page.get_by_role("heading", level=1, name="Programmes").wait_for()
        for name in ("Coverage", "About"):
            page.get_by_role("button", name="Background").click()
            page.get_by_role("menuitem", name=name, exact=True).click()
            page.get_by_role("heading", level=1, name=name).wait_for()
        for path in ("programmes", "programme?id=cerv", "coverage", "tags?tag=B", "about"):
            page.goto(address + path)
            page.wait_for_selector("h1")
            page.wait_for_timeout(300)
    own = urlsplit(address).netloc
    assert {urlsplit(found).netloc for found in seen.sockets} == {own}
    hosts = {urlsplit(found.split("\n")[0]) for found in seen.requests}
    assert {found.netloc for found in hosts if found.scheme not in {"data", "blob"}} == {own}


def test_the_keyboard_alone_leads_to_results(browser: "Browser", address: str) -> None:
    def tab_to(page: "Page", condition: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate(f"(now => {condition})(document.activeElement)"):
                return
        pytest.fail(f"not reached with Tab: {condition}")

    with visit(browser, address, DESKTOP) as page:
        page.get_by_role("textbox", name="Describe your project").wait_for()
        tab_to(page, "now.tagName === 'TEXTAREA'")
        page.keyboard.type(DESCRIPTION)
        tab_to(page, "now.tagName === 'BUTTON' && now.innerText.includes('Find programmes')")
        page.keyboard.press("Enter")
        results(page)


def test_back_and_forward_keep_form_and_results(browser: "Browser", address: str) -> None:
    with visit(browser, address, DESKTOP) as page:
        describe(page)
        before = page.locator("h4").all_inner_texts()
        open_details(page)
        page.get_by_role("link", name="All facts on").first.click()
        page.wait_for_url("**/programme?id=*")
        page.get_by_role("heading", level=1, name=before[0].split(". ")[1]).wait_for()
        page.go_back()
        results(page)
        assert page.locator("h4").all_inner_texts() == before
        assert page.get_by_role("textbox", name="Describe your project").input_value() == DESCRIPTION
        page.go_forward()
        page.get_by_role("heading", level=1, name=before[0].split(". ")[1]).wait_for()


def test_a_link_opens_its_programme_and_another_choice_makes_another_link(browser: "Browser", address: str) -> None:
    with visit(browser, address + "programme?id=cerv", DESKTOP) as page:
        page.get_by_role("heading", level=1, name="Citizens, Equality, Rights and Values").wait_for()
        page.get_by_role("combobox", name="Programme").fill("Internal Security Fund")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/programme\?id=isf-"))
        page.get_by_role("heading", level=1, name="Internal Security Fund").wait_for()
        page.wait_for_function("document.title.startsWith('Internal Security Fund')")


def test_a_link_to_no_programme_says_so(browser: "Browser", address: str) -> None:
    with visit(browser, address + "programme?id=%3Cscript%3Ealert(1)%3C/script%3E", DESKTOP) as page:
        page.get_by_text("The link names nothing").wait_for()
        assert_fits(page)


def test_a_filter_stands_in_the_link_by_its_id(browser: "Browser", address: str) -> None:
    with visit(browser, address + "programmes?period=2014-2020", DESKTOP) as page:
        page.get_by_role("heading", level=2, name=re.compile(r"^\d+ of \d+ programmes")).wait_for()
        assert page.get_by_text("Integration Fund 2021-2027").count() == 0
        page.get_by_role("combobox", name="People served").click()
        page.get_by_role("option").first.click()
        page.wait_for_url(re.compile(r"group=[a-z_]+"))


def test_a_pasted_text_that_is_too_long_is_answered(browser: "Browser", address: str) -> None:
    with visit(browser, address, DESKTOP) as page:
        area = page.get_by_role("textbox", name="Describe your project")
        area.fill("word " * 40_000)
        area.press("Tab")
        page.get_by_role("button", name="Find programmes").click()
        page.get_by_text("at most 50,000 characters are taken").wait_for()


def test_a_mistake_in_a_shut_part_of_the_form_is_seen(browser: "Browser", address: str) -> None:
    with visit(browser, address, PHONE) as page:
        page.get_by_role("textbox", name="Describe your project").fill(DESCRIPTION)
        page.get_by_text("More on the project").click()
        page.get_by_role("spinbutton", name="Total budget, EUR").fill("1000")
        page.get_by_role("spinbutton", name="Grant asked for, EUR").fill("2000")
        page.get_by_role("spinbutton", name="Grant asked for, EUR").press("Tab")
        page.get_by_text("More on the project").click()
        page.get_by_role("button", name="Find programmes").click()
        page.get_by_text("The grant asked for is larger than the total budget").wait_for(state="visible")


@pytest.mark.parametrize("size", SIZES)
def test_charts_are_drawn_when_opened_with_a_name_and_without_a_request_elsewhere(
    browser: "Browser", address: str, size: dict[str, int]
) -> None:
    seen = Seen()
    with visit(browser, address + "coverage", size, seen) as page:
        for path, opened in (("coverage", "Priorities and people served"), ("programme?id=cerv", "as a map")):
            page.goto(address + path)
            page.get_by_text(opened).first.click()
            chart = page.locator("[data-testid=stVegaLiteChart]")
            chart.locator("svg").first.wait_for()
            assert (chart.first.get_attribute("aria-label") or "").endswith(".")
            assert_fits(page)
    own = urlsplit(address).netloc
    hosts = {urlsplit(found.split("\n")[0]) for found in seen.requests}
    assert {found.netloc for found in hosts if found.scheme not in {"data", "blob"}} == {own}
    assert seen.errors == []
