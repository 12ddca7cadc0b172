"""The app's frame: page title, navigation, the page that was asked for."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent
PAGES = HERE / "pages"
# An own picture: a Material icon or an emoji would be fetched from elsewhere at every visit.
ICON = HERE / "icon.png"


def main() -> None:
    """Set up the frame and run the chosen page."""
    st.set_page_config(page_icon=ICON, layout="centered")  # before navigation, which would fetch its icon as well
    page = st.navigation(
        [
            st.Page(PAGES / "match.py", title="Match", icon=":material/search:", default=True),
            st.Page(PAGES / "programmes.py", title="Programmes", icon=":material/list:", url_path="programmes"),
            st.Page(PAGES / "coverage.py", title="Coverage", icon=":material/grid_on:", url_path="coverage"),
            st.Page(PAGES / "tags.py", title="Tags", icon=":material/sell:", url_path="tags"),
            st.Page(PAGES / "programme.py", title="Programme", icon=":material/description:", url_path="programme"),
            st.Page(
                PAGES / "two_programmes.py",
                title="Two programmes",
                icon=":material/compare:",
                url_path="two_programmes",
            ),
            st.Page(PAGES / "policy.py", title="Policy", icon=":material/gavel:", url_path="policy"),
            st.Page(PAGES / "about.py", title="About", icon=":material/info:", url_path="about"),
        ],
        position="top",
    )
    st.set_page_config(page_title=f"{page.title} - thbfund")
    page.run()


if __name__ == "__main__":
    main()
