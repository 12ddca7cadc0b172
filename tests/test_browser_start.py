"""The start of the app in a real browser: upload a note, correct a chip, get results, on a desk and on a phone."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browsing import PHONE, SIZES, WIDER_THAN_THE_SCREEN, Seen, visit
from notes import docx_note, pdf_note

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WORDS_OF_THE_NOTE = "Our shelter helps girls"


@pytest.mark.parametrize("size", SIZES)
def test_a_note_is_uploaded_a_chip_corrected_and_the_programmes_follow(
    browser: "Browser", address: str, size: dict[str, int], tmp_path: Path
) -> None:
    note = tmp_path / "note.docx"
    note.write_bytes(docx_note())
    seen = Seen()
    with visit(browser, address, size, seen) as page:
        page.locator("input[type=file]").first.set_input_files(note)
        page.get_by_text("The text of note.docx stands below").wait_for()
        box = page.get_by_role("textbox", name="Describe your project")
        assert WORDS_OF_THE_NOTE in box.input_value()
        page.get_by_role("button", name="Find programmes").click()
        page.get_by_role("heading", name="Programmes for your project").wait_for()
        page.get_by_text("Correct what was read").click()
        page.get_by_text("Italy: “Italy”").wait_for()
        page.get_by_role("button", name="Remove Italy").or_(
            page.locator("[data-baseweb=tag]", has_text="Italy").locator("[role=presentation], svg").last
        ).first.click()
        page.get_by_text("Italy: “Italy”").wait_for(state="hidden")
        page.get_by_role("heading", name="Programmes for your project").wait_for()
        assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
        assert not seen.errors
        assert all("shelter" not in url for url in seen.pages)


def test_a_file_that_cannot_be_read_leaves_what_was_typed(browser: "Browser", address: str, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf_note("", ""))
    with visit(browser, address, PHONE) as page:
        box = page.get_by_role("textbox", name="Describe your project")
        box.fill("Typed before.")
        page.locator("input[type=file]").first.set_input_files(scan)
        page.get_by_text("pictures of text").wait_for()
        assert box.input_value() == "Typed before."
