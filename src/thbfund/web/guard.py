"""One part of a page that fails shows a sentence and leaves the others working; no log repeats what an error says."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from thbfund.web.faults import kind_and_line
from thbfund.web.speech import _

_LOG = logging.getLogger(__name__)


@contextmanager
def guarded(part: str) -> Iterator[None]:
    """Draw a part of a page inside this; `part` is a word for whoever reads the log.

    An error's message may repeat what somebody typed, so neither page nor log says more than the part, the kind of the
    error and the line that raised it. Streamlit's own stops and reruns are no errors and pass.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, the rest of the page must stay
        _LOG.error("part %s failed: %s", part, kind_and_line(error))
        st.error(_("This part could not be shown. The rest of the page works."), icon=":material/error:")


def guarded_file(part: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same for a file that is made when somebody asks for it: outside of the page, so that it can draw nothing.

    What is raised instead of the error repeats nothing; Streamlit logs it and says that the file could not be made.
    """

    def made() -> bytes:
        try:
            return make()
        except Exception as error:  # noqa: BLE001 - as above
            _LOG.error("part %s failed: %s", part, kind_and_line(error))
        raise RuntimeError(f"the file could not be made: {part}")

    return made
