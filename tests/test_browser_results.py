"""The way of somebody who comes back, in a real browser: describe, filter, compare, try, save, reopen, share."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browsing import (
    DESCRIPTION,
    MARKER,
    SIZES,
    assert_fits,
    at_rest,
    describe,
    results,
    visit,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MOST_ELEMENTS = 4500  # on the page of results, all folded; with every detail drawn there were 9400


def pick(page: "Page", programme: str, place: int) -> None:
    label = f".st-key-shortlisted_{programme} label"
    page.wait_for_function("label => document.querySelectorAll(label).length === 1", arg=label)  # no stale twin
    page.locator(label).click()
    page.get_by_text(f"Your shortlist ({place})").wait_for()


def open_filter(page: "Page") -> None:
    page.get_by_text("Sort and filter").click()
    at_rest(page)  # a click on what is still being drawn is lost


@pytest.mark.parametrize("size", SIZES)
def test_describe_filter_compare_try_save_reopen_and_share(
    browser: "Browser", address: str, size: dict[str, int], tmp_path: Path
) -> None:
    with visit(browser, f"{address}?type=ngo&country=RO", size) as page:
        page.get_by_text("The link has filled in the form").wait_for()
        describe(page)
        assert page.evaluate("document.querySelectorAll('*').length") < MOST_ELEMENTS
        everything = page.locator("h4").count()
        open_filter(page)
        page.get_by_role("button", name=re.compile("^weak fit")).or_(
            page.get_by_role("checkbox", name=re.compile("^weak fit"))
        ).first.click()
        page.get_by_text(re.compile(r"^The filter shows \d+ of \d+ programmes")).wait_for()
        assert 0 < page.locator("h4").count() < everything
        page.get_by_role("button", name="Show all programmes").click()
        page.get_by_text("The filter shows").wait_for(state="detached")

        pick(page, "amif-2021-2027", 1)
        pick(page, "cerv", 2)
        page.get_by_role("link", name="Compare them side by side").click()
        page.get_by_role("heading", name=re.compile(r"^\d+ differences")).wait_for()
        assert_fits(page)
        page.go_back()
        results(page)

        page.get_by_text("What if we changed one thing?").click()
        at_rest(page)  # what is drawn anew meanwhile would shut the list
        page.get_by_role("combobox", name="Another country").click()
        page.get_by_role("option").first.wait_for()  # the list is there, and takes what is typed
        page.keyboard.type("Nigeria")
        page.get_by_role("option", name="Nigeria").wait_for()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="See what would move").click()
        page.get_by_text("What if: Country of the lead: Nigeria").wait_for()
        page.get_by_role("button", name="Discard").click()
        page.get_by_text("What if: Country").wait_for(state="detached")

        page.get_by_text("Save or share: project file and link").click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the project file").click()
        file = tmp_path / "project.yaml"
        saved.value.save_as(file)
        link = page.locator("code", has_text="type=ngo").inner_text().replace("\n", "")
        assert_fits(page)
    assert MARKER in file.read_text(encoding="utf-8")
    assert MARKER.casefold() not in link.casefold()

    with visit(browser, address, size) as page:
        page.get_by_text("Open a saved project file").click()
        field = page.locator("[data-testid=stFileUploader]", has_text="Open a project file")
        field.locator("input").set_input_files(file)
        results(page)
        page.get_by_text("Your shortlist (2)").wait_for()
        assert page.get_by_role("textbox", name="Describe your project").input_value() == DESCRIPTION

    with visit(browser, link, size) as page:
        page.get_by_text("The link has filled in the form").wait_for()
        assert page.get_by_role("textbox", name="Describe your project").input_value() == ""
        describe(page)
        page.get_by_text("Your shortlist (2)").wait_for()
