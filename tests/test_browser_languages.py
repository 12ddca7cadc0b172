"""The app in the reader's language, in a real browser: she writes in Polish and is answered in Polish."""

from typing import TYPE_CHECKING

import pytest

from browsing import SIZES, WIDER_THAN_THE_SCREEN, Seen, visit
from thbfund.speaking import speaker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

POLISH = speaker("pl")
DESCRIPTION = (
    "Prowadzimy schronisko dla kobiet wykorzystywanych do pracy przymusowej w rolnictwie w Polsce. "
    "Zapewniamy pomoc prawną i naukę języka, szkolimy inspektorów pracy w rozpoznawaniu ofiar handlu ludźmi."
)


@pytest.mark.parametrize("size", SIZES)
def test_a_polish_text_is_read_and_answered_in_polish(browser: "Browser", address: str, size: dict[str, int]) -> None:
    seen = Seen()
    with visit(browser, f"{address}?language=pl", size, seen) as page:
        box = page.get_by_role("textbox", name=POLISH("Describe your project"))
        box.fill(DESCRIPTION)
        box.press("Tab")
        page.get_by_role("button", name=POLISH("Find programmes")).click()
        page.get_by_role("heading", name=POLISH("Programmes for your project")).wait_for()
        fits = page.get_by_text(POLISH("strong fit")).or_(page.get_by_text(POLISH("possible fit")))
        fits.locator("visible=true").first.wait_for()  # the folded filter names them too
        page.locator("summary", has_text="AMIF 2021-2027").first.click()
        page.get_by_text(POLISH("You wrote: {words}.", words="„schronisko”")[:20]).first.wait_for()
        assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
        assert not seen.errors
        assert all("schronisko" not in url for url in seen.pages)
