"""Files taken from the app in a real browser: made on the press of a button, readable, and the brief fit to print."""

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from icalendar import Calendar

from browsing import DESKTOP, results, visit
from thbfund.web.take_away_view import TITLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONGEST = 6  # pages of A4: about four, and a page or two of sources


def taken(page: "Page", label: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_files_are_made_on_the_press_of_a_button(browser: "Browser", address: str, tmp_path: Path) -> None:
    with visit(browser, address, DESKTOP) as page:
        page.get_by_role("button", name="Safe return").click()
        results(page)
        page.get_by_text(TITLE).click()
        brief = docx.Document(str(taken(page, "Brief, for Word (DOCX)", tmp_path)))
        assert any("mobile outreach team" in paragraph.text for paragraph in brief.paragraphs)
        table = openpyxl.load_workbook(taken(page, "Table, for Excel (XLSX)", tmp_path))
        assert table["Results"].max_row > 10
        dates = Calendar.from_ical(taken(page, "Dates (ICS)", tmp_path).read_bytes())
        assert dates.walk("VEVENT")
        printed = taken(page, "Brief, to print (HTML)", tmp_path)
        page.goto(printed.as_uri())
        assert page.title().startswith("EU funding for")
        sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert 0 < sheets <= LONGEST
