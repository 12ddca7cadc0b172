"""Access: axe on every page and state; the keyboard alone; narrow screens and 200 %; less motion; languages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browsing import WIDER_THAN_THE_SCREEN, at_rest, describe, forwarded, results, running_app, visit
from thbfund.speaking import unsaid

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WITH_PERSONAL_DATA = "We help Maria Popescu, +40 721 123 456, maria.pop@example.org, in our shelter for women."
OUTSIDE = "We plant apple trees along farm tracks and teach children how to press juice from them in autumn."


@dataclass(frozen=True, slots=True)
class Imposed:
    """What Streamlit itself imposes, which we can only report there."""

    rule: str
    within: str  # selector of the part of the page
    reason: str


IMPOSED: tuple[Imposed, ...] = (
    Imposed("list", "[data-testid=stSidebarNavItems]", "the phone's menu puts boxes between the list and its entries"),
    Imposed("listitem", "[data-testid=stSidebarNavItems]", "the same"),
    Imposed("scrollable-region-focusable", ".stTable", "a wide table scrolls; Chromium and Firefox let Tab reach it"),
    Imposed("presentation-role-conflict", "[data-testid=stFileUploaderDropzone]", "the field for a file has a name"),
)


def opened(*titles: str) -> "Callable[[Page], None]":
    """Opens the parts of the page that have these titles."""

    def act(page: "Page") -> None:
        for title in titles:
            page.locator("summary").filter(has_text=title).first.click()
            at_rest(page)

    return act


def described(page: "Page") -> None:
    describe(page)
    at_rest(page)


def held_back(page: "Page") -> None:
    _find(page, WITH_PERSONAL_DATA)
    page.get_by_role("button", name="Take it out and go on").wait_for()


def nothing_fits(page: "Page") -> None:
    _find(page, OUTSIDE)
    page.get_by_role("button", name="Empty the form").wait_for()


def _find(page: "Page", text: str) -> None:
    area = page.get_by_role("textbox", name="Describe your project")
    area.fill(text)
    area.press("Tab")
    page.get_by_role("button", name="Find programmes").click()


def compared(page: "Page") -> None:
    for number in (0, 1):
        page.get_by_role("checkbox", name=re.compile("^Shortlist")).nth(number).check(force=True)
        at_rest(page)
    page.get_by_role("link", name="Compare them side by side").click()
    page.get_by_role("heading", level=1, name="Compare programmes").wait_for()


def on_tab(name: str) -> "Callable[[Page], None]":
    return lambda page: page.get_by_role("tab", name=name).first.click()


def every_part(page: "Page") -> None:
    """Open whatever opens on a page."""
    page.evaluate("document.querySelectorAll('[data-testid=stExpander] summary').forEach(part => part.click())")
    page.wait_for_timeout(300)


def on_page(path: str) -> "Callable[[Page], None]":
    """Opens a page of the app and whatever opens on it."""

    def act(page: "Page") -> None:
        page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/', 3)[2]}/{path}")
        at_rest(page)
        every_part(page)

    return act


def with_menu_open(page: "Page") -> None:
    page.set_viewport_size(NARROW)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavItems").wait_for()


State = tuple[str, "Callable[[Page], None]"]
MATCH: tuple[State, ...] = (
    ("the empty start", at_rest),
    ("personal data held back", held_back),
    ("nothing fits", nothing_fits),
    ("results", described),
    ("form, chips, filters open", opened("More on the project", "Partners", "Correct what", "Sort and filter")),
    ("details: why", opened("Details:")),
    *((f"details: {name}", on_tab(name)) for name in
      ("May we apply?", "How and when", "Money", "Before you apply", "Like projects", "Sources")),
    ("charts open", opened("side by side, as a chart", "in time, as a chart", "served, as a chart", "As a table")),
    ("more open", opened("What if", "Save or share", "Take away", "understood", "Part by part", "EU approach")),
    ("compared", compared),
)  # fmt: skip
PAGES = (
    "programmes", "programme?id=amif-2021-2027", "calls", "policy", "policy?part=statistics", "policy?part=glossary",
    "tags", "tags?tag=D-11", "coverage", "portfolio", "compare", "two_programmes?first=cerv&second=amif-2021-2027",
    "follow", "about", "mistake",
)  # fmt: skip
LOOKS = [
    pytest.param(WIDE, "light", id="wide, light"),
    pytest.param(NARROW, "dark", id="narrow, dark", marks=pytest.mark.thorough),
]
STAFF_PAGES = ("staff", "edit?programme=cerv", "worklist")
STATES: tuple[State, ...] = (*MATCH, *((path, on_page(path)) for path in PAGES), ("the phone's menu", with_menu_open))
LANGUAGES = [code for code in ("pl", "de", "bg", "el") if unsaid(code).said]


def violations(page: "Page") -> list[str]:
    """What axe finds wrong on the page and Streamlit does not impose, a line each."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(NOT_IMPOSED, [RULES, [[known.rule, known.within] for known in IMPOSED]])
    return found


NOT_IMPOSED = """
async ([rules, imposed]) => {
  const found = await axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
  const known = (rule, node) => imposed.some(([id, within]) =>
    id === rule.id && document.querySelector(node.target[0])?.closest(within));
  return found.violations.flatMap(rule => rule.nodes.filter(node => !known(rule, node)).map(node =>
    `${rule.id}: ${node.target} ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`));
}
"""


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_axe_finds_nothing_on_any_page_in_any_state(
    browser: "Browser", address: str, size: dict[str, int], scheme: Any
) -> None:
    """Colours do not change with the width, nor the parts of a page with the colours."""
    found = []
    with visit(browser, address, size, color_scheme=scheme) as page:
        for name, act in STATES:
            act(page)
            at_rest(page)
            found += [f"{name}: {line}" for line in violations(page)]
    assert found == [], "\n".join(found)


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app for whoever sits at this machine, with the pages of staff."""
    env = {"THBFUND_STAFF_HERE": "Ana Pop <ana@example.org>"}
    with running_app(tmp_path_factory.mktemp("staffed") / "log.txt", env=env) as url:
        yield url


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
@pytest.mark.parametrize("path", STAFF_PAGES)
def test_axe_finds_nothing_on_a_page_of_staff_which_fits_the_screen(
    browser: "Browser", staffed: str, path: str, size: dict[str, int], scheme: Any
) -> None:
    with visit(browser, f"{staffed}{path}", size, color_scheme=scheme) as page:
        page.get_by_text("You edit as Ana Pop").wait_for()
        at_rest(page)
        every_part(page)
        assert violations(page) == []
        assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0


def test_axe_finds_nothing_where_staff_are_asked_to_sign_in_or_told_no(
    browser: "Browser", staffed: str, tmp_path: Path
) -> None:
    with forwarded(staffed) as url, visit(browser, f"{url}staff", NARROW, color_scheme="dark") as page:
        page.get_by_text("Only a browser on the machine").wait_for()
        assert violations(page) == []
    with (
        running_app(tmp_path / "log.txt", env={"THBFUND_STAFF": "ana@example.org"}) as url,
        visit(browser, f"{url}worklist", NARROW, color_scheme="dark") as page,
    ):
        page.get_by_role("button", name="Sign in").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("Sign-in is not set up").wait_for()
        assert violations(page) == []


def test_the_keyboard_alone_leads_from_an_example_to_the_comparison(browser: "Browser", address: str) -> None:
    with visit(browser, address, WIDE) as page:
        tab_to(page, "button", "Example:")
        page.keyboard.press("Enter")
        results(page)
        at_rest(page)
        page.evaluate("document.activeElement.blur()")
        tab_to(page, "summary", "Details:")
        page.keyboard.press("Enter")
        page.get_by_role("tab", name="Why this rank").wait_for()
        for number in (1, 2):
            tab_to(page, "input[type=checkbox]:not(:checked)", "Shortlist")
            page.keyboard.press("Space")
            page.get_by_text(f"Your shortlist ({number})").wait_for()
            at_rest(page)
        tab_to(page, "a", "Compare them side by side", back=True)
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name="Compare programmes").wait_for()
        page.get_by_role("heading", level=2, name=re.compile("difference")).wait_for()


def tab_to(page: "Page", what: str, says: str, *, back: bool = False) -> None:
    """Press Tab until the element has the focus, and see that one sees it."""
    for _ in range(150):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        reached = page.evaluate(
            """([what, says]) => { const now = document.activeElement, named = now.closest('label') ?? now;
            return now.matches(what) && named.innerText.includes(says) }""",
            [what, says],
        )
        if reached:
            assert _focus_shows(page), f"the focus on “{says}” is not seen"
            return
    pytest.fail(f"not reached with Tab: {says}")


def _focus_shows(page: "Page") -> bool:
    """Whether the element looks otherwise with the focus than without."""
    element = page.evaluate_handle("document.activeElement.closest('label') ?? document.activeElement").as_element()
    assert element is not None
    element.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # until a change of colour is complete
    box = element.bounding_box()
    assert box is not None
    around = {"x": max(0, box["x"] - 6), "y": max(0, box["y"] - 6), "width": box["width"] + 12,
              "height": box["height"] + 12}  # fmt: skip
    focused = page.screenshot(clip=around)
    page.evaluate("window.had = document.activeElement; window.had.blur()")
    page.wait_for_timeout(300)
    without = page.screenshot(clip=around)
    page.evaluate("window.had.focus({focusVisible: true})")
    return focused != without


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"size": {"width": 320, "height": 640}}, id="320 px", marks=pytest.mark.thorough),
        pytest.param(
            {"size": {"width": 640, "height": 450}, "device_scale_factor": 2}, id="200 %", marks=pytest.mark.thorough
        ),
    ],
)
def test_no_page_scrolls_sideways(browser: "Browser", address: str, settings: dict[str, Any]) -> None:
    wide = []
    with visit(browser, address, **settings) as page:
        for name, act in (("start", at_rest), ("results", described), *((path, on_page(path)) for path in PAGES)):
            act(page)
            at_rest(page)
            if page.evaluate(WIDER_THAN_THE_SCREEN) > 0:
                wide.append(name)
    assert wide == []


def test_nothing_moves_for_a_reader_who_asked_for_less_motion(browser: "Browser", address: str) -> None:
    with visit(browser, address, WIDE, reduced_motion="reduce") as page:
        described(page)
        opened("side by side, as a chart")(page)
        moving = page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length")
    assert moving == 0


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_of_long_words_or_other_letters_keeps_the_layout(
    browser: "Browser", address: str, language: str
) -> None:
    with visit(browser, f"{address}?language={language}", WIDE) as page:
        assert page.locator("html").get_attribute("lang") == language
        for size in (WIDE, NARROW, {"width": 320, "height": 640}):
            page.set_viewport_size(size)
            at_rest(page)
            assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
            assert page.evaluate(CUT) == []
        page.set_viewport_size(NARROW)
        with_menu_open(page)
        assert page.evaluate(CUT) == []


CUT = """
[...document.querySelectorAll('button, summary, label, nav a, header a, [data-testid=stSidebarNavLink]')]
  .flatMap(part => [part, ...part.querySelectorAll('p, span')])
  .filter(part => part.checkVisibility() && part.getBoundingClientRect().left >= 0 && part.clientWidth > 8)
  .filter(part => part.innerText && part.scrollWidth > part.clientWidth + 1)
  .filter(part => getComputedStyle(part).overflowX !== 'visible')
  .map(part => part.innerText)
"""
