"""Draw the pictures of the README anew: the results of the first example, on a desk and on a phone.

Run `python tests/benchmarks/pictures.py` after the pages have changed. Needs Debian's Chromium.
"""

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image  # comes with Streamlit

sys.path.insert(0, str(Path(__file__).parent.parent))  # the tests' way of driving a browser

from browsing import DESKTOP, PHONE, results, running_app, running_browser, visit
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
    """Draw both."""
    with TemporaryDirectory() as folder, running_app(Path(folder) / "app.log") as address, running_browser() as browser:
        draw(browser, address, DESKTOP, "results.jpg")
        draw(browser, address, PHONE, "results-phone.jpg")


def draw(browser: "Browser", address: str, size: dict[str, int], name: str) -> None:
    """One picture of the size of the screen, from the heading of the results down."""
    with visit(browser, address, size) as page:
        page.get_by_role("button", name=EXAMPLE).click()
        results(page)
        page.get_by_role("heading", name="Programmes for your project").evaluate(TO_THE_TOP)
        page.wait_for_timeout(1500)  # until the bar's shadow and the parts that fade in are at rest
        picture = Image.open(io.BytesIO(page.screenshot(type="png")))
    PICTURES.mkdir(exist_ok=True)
    picture.convert("RGB").save(PICTURES / name, quality=QUALITY, optimize=True)
    sys.stdout.write(f"{name}: {(PICTURES / name).stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
