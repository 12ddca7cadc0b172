"""The app's frame: page title, navigation, the page that was asked for."""

from pathlib import Path
from typing import Any

import streamlit as st

from thbfund.web.speech import _, settle_language, show_choice
from thbfund.web.staff import permission

HERE = Path(__file__).parent
PAGES = HERE / "pages"
# An own picture: a Material icon or an emoji would be fetched from elsewhere at every visit.
ICON = HERE / "icon.png"


def main() -> None:
    """Set up the frame and run the chosen page."""
    st.set_page_config(page_icon=ICON, layout="centered")  # before navigation, which would fetch its icon as well
    settle_language()
    page = st.navigation(_pages(), position="top")
    st.set_page_config(page_title=f"{page.title} - thbfund")
    show_choice()
    page.run()


def _pages() -> dict[str, list[st.Page]]:
    """What is used most stands open in the bar; the rest behind one button, so that the bar fits in any language."""
    pages = {
        "": [
            _page("match", _("Match"), "search", default=True),
            _page("programmes", _("Programmes"), "list"),
            _page("calls", _("Calls"), "calendar_month"),
            _page("programme", _("Programme"), "description", visibility="hidden"),  # reached from lists and results
        ],
        _("Background"): [
            _page("policy", _("Policy"), "gavel"),
            _page("tags", _("Tags"), "sell"),
            _page("coverage", _("Coverage"), "grid_on"),
            _page("portfolio", _("Portfolio"), "folder_open"),
            _page("compare", _("Compare"), "view_column"),
            _page("two_programmes", _("Two programmes"), "compare"),
            _page("follow", _("Follow"), "rss_feed"),
            _page("about", _("About"), "info"),
            _page("mistake", _("Report a mistake"), "flag"),
        ],
    }
    if permission.switched_on():
        pages["Staff"] = [
            _page("staff", "Staff", "badge"),
            _page("edit", "Edit", "edit"),
            _page("worklist", "Worklist", "checklist"),
        ]
    return pages


def _page(name: str, title: str, icon: str, **more: Any) -> st.Page:
    """A page whose address is the name of its file."""
    return st.Page(PAGES / f"{name}.py", title=title, icon=f":material/{icon}:", url_path=name, **more)


if __name__ == "__main__":
    main()
