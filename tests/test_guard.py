"""A part that fails says so; the rest of the page stays, and nothing typed gets into page or log."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from thbfund.web.guard import guarded

    st.write("before")
    with guarded("money"):
        st.write("begun")
        raise ValueError("Quillmark typed this")
    st.write("after")


def stopped() -> None:
    import streamlit as st

    from thbfund.web.guard import guarded

    with guarded("money"):
        st.stop()
    st.write("after")


def test_a_part_that_fails_says_so_and_the_rest_is_drawn(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(page).run()
    assert [found.value for found in app.markdown] == ["before", "begun", "after"]
    assert "could not be shown" in app.error[0].value
    assert not app.exception
    assert "money" in caplog.text
    assert "ValueError" in caplog.text


def test_neither_page_nor_log_repeats_what_the_error_says(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(page).run()
    assert "Quillmark" not in caplog.text
    assert "Quillmark" not in app.error[0].value


def test_a_page_that_stops_itself_is_no_failure() -> None:
    app = AppTest.from_function(stopped).run()
    assert not app.error
    assert not app.markdown
