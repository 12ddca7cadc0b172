"""How long a visitor waits: for the first paint, until the form can be filled in, and from the click to the results.

Run `python tests/benchmarks/browser.py`. Needs Debian's Chromium. Each visit is a new session of one running app, with
nothing in the browser's cache. Figures are for people to read: a busy machine is no mistake, so nothing fails.
"""

import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))  # the tests' way of driving a browser

from browsing import DESCRIPTION, DESKTOP, PHONE, at_rest, results, running_app, running_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VISITS = 5
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
WAITS = ("first paint", "ready to type", "click to results")


def main() -> None:
    """Measure and print."""
    sys.stdout.write(f"seconds, median of {VISITS} visits (slowest); load of the machine {os.getloadavg()[0]:.1f}\n")
    with TemporaryDirectory() as folder, running_app(Path(folder) / "app.log") as address, running_browser() as browser:
        visited(browser, address, DESKTOP)  # the first visit waits for the catalogue, the others do not
        for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
            waits = zip(WAITS, *(visited(browser, address, size) for _ in range(VISITS)), strict=True)
            figures = (f"{what} {median(times):.1f} ({max(times):.1f})" for what, *times in waits)
            sys.stdout.write(f"{name}: {', '.join(figures)}\n")


def visited(browser: "Browser", address: str, size: dict[str, int]) -> tuple[float, float, float]:
    """Seconds of each wait in one visit, by the browser's clock for the paint and by ours for the rest."""
    context = browser.new_context(viewport=size)
    page = context.new_page()
    started = perf_counter()
    page.goto(address)
    page.get_by_role("textbox", name="Describe your project").wait_for()
    ready = perf_counter() - started
    painted = page.evaluate(FIRST_PAINT)
    at_rest(page)
    found = answered(page)
    context.close()
    return painted, ready, found


def answered(page: "Page") -> float:
    """Seconds from the click to the last result on the page."""
    area = page.get_by_role("textbox", name="Describe your project")
    area.fill(DESCRIPTION)
    area.press("Tab")
    at_rest(page)
    started = perf_counter()
    page.get_by_role("button", name="Find programmes").click()
    results(page)
    return perf_counter() - started


if __name__ == "__main__":
    main()
