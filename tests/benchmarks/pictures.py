"""Draw the pictures of README and staff guide anew: results on a desk and a phone, a call edited, and what changes.

Run `python tests/benchmarks/pictures.py` after the pages have changed. Needs Debian's Chromium.
"""

import io
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image  # comes with Streamlit

sys.path.insert(0, str(Path(__file__).parent.parent))  # the tests' way of driving a browser

from browsing import DESKTOP, PHONE, at_rest, results, running_app, running_browser, visit
from conftest import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = REPOSITORY / ".github" / "pictures"
QUALITY = 80  # of a JPEG: letters stay clear, a picture stays under 150 kB
EXAMPLE = "Safe return, safe stay"
TO_THE_TOP = """
heading => {
  const bar = document.querySelector('header').getBoundingClientRect().height;
  const main = document.querySelector('[data-testid=stMain]');
  main.scrollBy({top: heading.getBoundingClientRect().top - bar - 16, behavior: 'instant'});
}
"""


def main() -> None:
    """Draw all."""
    with TemporaryDirectory() as folder, running_browser() as browser:
        with running_app(Path(folder) / "app.log") as address:
            draw(browser, address, DESKTOP, "results.jpg")
            draw(browser, address, PHONE, "results-phone.jpg")
        data = shutil.copytree(REPOSITORY / "data", Path(folder) / "data")
        settings = {"THBFUND_DATA": str(data), "THBFUND_STAFF_HERE": "Ana Pop <ana@example.org>"}
        with running_app(Path(folder) / "staff.log", env=settings) as address:
            draw_edit(browser, address)


def draw(browser: "Browser", address: str, size: dict[str, int], name: str) -> None:
    """One picture of the size of the screen, from the heading of the results down."""
    with visit(browser, address, size) as page:
        page.get_by_role("button", name=EXAMPLE).click()
        results(page)
        page.get_by_role("heading", name="Programmes for your project").evaluate(TO_THE_TOP)
        page.wait_for_timeout(1500)  # until the bar's shadow and the parts that fade in are at rest
        picture = Image.open(io.BytesIO(page.screenshot(type="png")))
    keep(picture, name)


def draw_edit(browser: "Browser", address: str) -> None:
    """The facts of a call in the form, and the difference that a change makes."""
    with visit(browser, f"{address}edit?programme=cerv", DESKTOP) as page:
        for choice in ("A call", "Facts"):
            page.locator("label", has=page.get_by_role("radio", name=choice, exact=True)).click()
            page.get_by_role("heading", name="Save").wait_for()
            at_rest(page)
        page.get_by_text("Part of the form").evaluate(TO_THE_TOP)
        page.wait_for_timeout(1500)
        keep(Image.open(io.BytesIO(page.screenshot(type="png"))), "edit-form.jpg")
        page.get_by_role("textbox", name="Subject", exact=True).fill("Services for women who flee violence.")
        page.keyboard.press("Tab")
        page.get_by_role("textbox", name="Reason for the change").wait_for()
        at_rest(page)
        page.get_by_role("heading", name="What the check says").evaluate(TO_THE_TOP)
        page.wait_for_timeout(1500)
        keep(Image.open(io.BytesIO(page.screenshot(type="png"))), "edit-save.jpg")


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture, and say how large it is."""
    PICTURES.mkdir(exist_ok=True)
    picture.convert("RGB").save(PICTURES / name, quality=QUALITY, optimize=True)
    sys.stdout.write(f"{name}: {(PICTURES / name).stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
