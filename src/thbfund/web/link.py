"""A link that restores the structured fields, offered below the results and opened at the start."""

from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.link import Shared, from_query, to_query
from thbfund.project import Project
from thbfund.report.inert import inert_markdown
from thbfund.rules.wording import joined
from thbfund.web import asking, clock, compare_view, mistakes, shortlist
from thbfund.web.speech import LANGUAGE, _

_OPENED = "link_opened"  # the parts of the link that was opened last, so that it fills the form once
_SHARED = "link_shared"


def offer() -> None:
    """Draw the link to copy, and say what it holds and what not."""
    query = asking.last()
    if query is None:
        return
    st.code(address(query, clock.today()), language=None, wrap_lines=True)
    st.write(
        _(
            "The link holds what you chose or gave as a number: types, countries, people, activities, amounts, dates, "
            "shortlist. It does not hold your description, a title or any name: whoever opens it describes the project "
            "anew. Type, country and budget alone may tell who you are, so send it only to people you know."
        )
    )


def address(query: asking.Query, today: date) -> str:
    """The link to this project; the day is left out where it is today, so that it answers for the day it is opened."""
    project = query.project.model_copy(update={"shortlist": shortlist.ids() or None})
    on = query.on if query.on != today else None
    parts = urlsplit(st.context.url or "")
    values = urlencode(to_query(project, on, query.period, compare_view.picked() or ()), safe=",:")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", values, ""))


def open_shared(catalogue: Catalogue) -> None:
    """Fill the form with what the link of this page says, once, and tell what is missing; before the form is drawn."""
    parts = {part: text for part, text in st.query_params.items() if part != LANGUAGE}
    key = tuple(sorted(parts.items()))
    if parts and st.session_state.get(_OPENED) != key:
        st.session_state[_OPENED] = key
        found = st.session_state[_SHARED] = from_query(parts, catalogue)
        if found.says_anything:
            _fill(found, catalogue)
    shared: Shared | None = st.session_state.get(_SHARED)
    if shared and parts and asking.last() is None:
        _tell(shared)


def forget() -> None:
    """Say no more of the link that was opened, for the form holds nothing of it any longer; for callbacks."""
    st.session_state.pop(_SHARED, None)


def _fill(shared: Shared, catalogue: Catalogue) -> None:
    values = {"summary": "1", **shared.fields}  # a stand-in: the form keeps the description that it has
    project = build(Project, Document(values), "link", {"vocabularies": catalogue.vocabularies})
    asking.fill(project, shared.on, with_closed=shared.period not in {None, "open"})
    shortlist.put(project.shortlist or ())
    compare_view.forget()
    if shared.compared:
        compare_view.choose(shared.compared)


def _tell(shared: Shared) -> None:
    if shared.fields or shared.compared:
        st.info(
            _("The link has filled in the form. It holds no description: write or paste it, then press the button."),
            icon=":material/link:",
        )
    if shared.problems:
        st.warning(_("Some of the link was refused:"), icon=":material/link_off:")
        st.markdown("\n".join(f"- {mistakes.in_words(problem, problem.field)}" for problem in shared.problems[:10]))
    if shared.ignored:
        names = inert_markdown(joined(shared.ignored[:5]))
        st.markdown(f":small[{_('Not known here and ignored: {names}.', names=names)}]")
