"""How to begin: three ways side by side, what to add to a thin text, and the choice where it seems to name people."""

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.hints import ASPECTS, hints
from thbfund.input.problems import shortened
from thbfund.matching import MatchReport
from thbfund.report.inert import inert_markdown
from thbfund.said import labelled, say
from thbfund.web import (
    asking,
    compare_view,
    found,
    link,
    resources,
    selection_view,
    shortlist,
    take_away_view,
    upload_view,
    what_if_view,
)
from thbfund.web.speech import _

GUIDE = "guide_"  # widgets of the guided description
WORD_JOINER = "\u2060"  # without width; between these letters no line is broken and no link made
MOST_SIGNS = 8  # places of the text shown; more would hide the choice


def show(catalogue: Catalogue) -> None:
    """Draw the three ways; folded once there are results, for then they are in the way."""
    if asking.last() is None:
        _ways(catalogue)
        return
    st.button(_("Start over"), on_click=start_over, icon=":material/restart_alt:")
    with st.expander(_("Another note, the guided way, or an example"), icon=":material/apps:"):
        _ways(catalogue)


def show_personal_data(catalogue: Catalogue) -> None:
    """Ask what to do with what seems to be personal data, before anything is computed."""
    signs = asking.held()
    if not signs:
        return
    text = asking.value_of("summary") or ""
    listed = [f"- {_(labelled(sign.kind, _shown(text[sign.start : sign.end])))}" for sign in signs[:MOST_SIGNS]]
    with st.container(border=True):
        st.warning(
            _("The description seems to hold data of people. It is not needed here. Nothing was looked up yet."),
            icon=":material/privacy_tip:",
        )
        st.markdown("\n".join(listed))
        with st.container(horizontal=True):
            st.button(
                _("Take it out and go on"),
                type="primary",
                on_click=asking.take_out,
                args=(catalogue,),
                icon=":material/backspace:",
            )
            st.button(_("Go on with the text as it is"), on_click=asking.go_on_knowingly, args=(catalogue,))


def _shown(found: str) -> str:
    """A few words of what was found; an address is kept from becoming a link."""
    return inert_markdown(shortened(found)).replace("@", f"@{WORD_JOINER}")


def show_hints(report: MatchReport) -> None:
    """Say what the description leaves out, each with an example; nothing where all is told."""
    missing = hints(report)
    if not missing:
        return
    lines = [
        "- " + _(labelled(f"**{_(hint.text)}**", say("for instance “{said}”", said=hint.example))) for hint in missing
    ]
    with st.container(border=True):
        st.markdown(f":material/edit_note: **{_('A fuller description gives better results. Add to it:')}**")
        st.markdown("\n".join(lines))


def start_over() -> None:
    """Empty everything; a button's callback."""
    for part in (asking, found, link, what_if_view, compare_view, selection_view, take_away_view):
        part.forget()
    shortlist.put(())
    for aspect in ASPECTS:
        st.session_state[GUIDE + aspect] = ""


def _ways(catalogue: Catalogue) -> None:
    note, guided, example = st.columns(3)
    with note, st.container(border=True, height="stretch"):
        st.markdown(f"**{_('Paste or upload')}**")
        upload_view.show()
        st.markdown(f":small[{_('Or paste your text into the box below.')}]")
    with guided, st.container(border=True, height="stretch"):
        st.markdown(f"**{_('Be guided')}**")
        _guided()
    with example, st.container(border=True, height="stretch"):
        st.markdown(f"**{_('Look at an example')}**")
        _examples(catalogue)


def _guided() -> None:
    """Six short questions whose answers make the description."""
    st.markdown(_("No text yet? Answer six short questions in your own words."))
    with st.popover(_("Six questions"), icon=":material/quiz:", width="stretch"), st.form("guided", border=False):
        for aspect, (question, said) in ASPECTS.items():
            st.text_input(_(question), key=GUIDE + aspect, placeholder=_(said), persist_state="session")
        st.form_submit_button(_("Put it into the description"), on_click=_put_together, icon=":material/check:")


def _put_together() -> None:
    answers = (str(st.session_state.get(GUIDE + aspect) or "").strip().rstrip(".") for aspect in ASPECTS)
    told = [answer[:1].upper() + answer[1:] for answer in answers if answer]
    if told:
        asking.describe(f"{'. '.join(told)}.")


def _examples(catalogue: Catalogue) -> None:
    for example in resources.examples(catalogue):
        st.button(
            _("Example: {title}", title=inert_markdown(example.title or example.summary[:40])),
            on_click=asking.ask_about,
            args=(example, catalogue),
            icon=":material/lightbulb:",
            width="stretch",
        )
