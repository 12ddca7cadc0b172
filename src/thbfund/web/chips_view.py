"""What was read from the description, as chips that can be taken off or added; each with the words that showed it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.matching import MatchReport
from thbfund.report.highlights import highlights, quoted
from thbfund.report.inert import inert_markdown
from thbfund.said import Said, say
from thbfund.text import Concept
from thbfund.web import asking, choices, components
from thbfund.web.speech import _

KEY = "chips_"
KINDS: Mapping[str, Said] = {
    "places": say("Places"),
    "target_groups": say("People or groups served"),
    "activities": say("Activities"),
    "forms_of_exploitation": say("Forms of exploitation"),
    "priorities": say("Policy priorities"),
}
"""What is read from a description; ids of vocabularies, and places."""

_STATED_IN = {"places": "countries_of_action", "target_groups": "target_groups", "activities": "activities",
              "priorities": "priorities"}  # fmt: skip
"""The field of the form that states the same, where there is one."""


def show(report: MatchReport) -> None:
    """Draw what was read in a line or two, then the chips; taking one off or adding one asks again at once."""
    names = {kind: _names(kind, report.catalogue) for kind in KINDS}
    st.markdown(f"{_('Read from your description:')} {' · '.join(_read(report, names))}")
    with st.expander(_("Correct what was read"), icon=":material/sell:"):
        _language(report)
        for kind in KINDS:
            _kind(kind, names[kind], report)
        components.small(_("Corrections hold when you change the text, until you start over."))


def _read(report: MatchReport, names: Mapping[str, dict[str, str]]) -> list[str]:
    """The names of what was read; folded chips alone would not show a mistake to somebody in a hurry."""
    read = [names[kind].get(concept.id, concept.id) for kind in KINDS for concept in _concepts(kind, report)]
    return [inert_markdown(name) for name in dict.fromkeys(read)] or [_("nothing")]


def _concepts(kind: str, report: MatchReport) -> Sequence[Concept]:
    return report.understood.places if kind == "places" else report.understood.concepts[kind]


def corrected(kind: str, before: Sequence[str], now: Sequence[str]) -> dict[str, object]:
    """Values of the form after the chips of a kind were changed.

    What the form states is changed there. What was read from the text is corrected beside it, so that another text is
    read anew and corrected in the same way. A field of the form that is emptied says nothing: the text is read again,
    and what was taken off must not come back from there.
    """
    stated = _STATED_IN.get(kind, "")
    is_stated = bool(stated and asking.value_of(stated))
    if is_stated and now:
        return {stated: list(now)}
    also, wrong = (dict(asking.value_of(name) or {}) for name in asking.CORRECTIONS)
    removed = [tag for tag in before if tag not in now]
    added = [tag for tag in now if tag not in before]
    back = [tag for tag in added if tag in wrong.get(kind, ())]
    kept = [tag for tag in also.get(kind, ()) if tag not in removed]
    also[kind] = [*kept, *(tag for tag in added if tag not in back)]
    wrong[kind] = [*(tag for tag in wrong.get(kind, ()) if tag not in back), *removed]
    return {**({stated: []} if is_stated else {}), "also_meant": also, "not_meant": wrong}


def _kind(kind: str, names: dict[str, str], report: MatchReport) -> None:
    concepts = _concepts(kind, report)
    here = tuple(concept.id for concept in concepts)
    labels = names | {concept.id: _with_reason(concept, names) for concept in concepts}
    st.session_state[KEY + kind] = list(here)
    st.multiselect(
        _(KINDS[kind]),
        list(choices.in_order({tag: names.get(tag, tag) for tag in labels})),
        format_func=labels.__getitem__,
        key=KEY + kind,
        placeholder=_("Nothing recognised: add what you mean"),
        wrap=True,
        on_change=_take,
        args=(kind, here, report.catalogue),
    )


def _with_reason(concept: Concept, names: Mapping[str, str]) -> str:
    """The name with the first words of the text that showed it; all of them stand below the results."""
    name = names.get(concept.id, concept.id)
    said = quoted(highlights(concept)[:1])
    return _("{name}: {words}", name=name, words=said) if said else _("{name}: as you say", name=name)


def _names(kind: str, catalogue: Catalogue) -> dict[str, str]:
    """What can be chosen: id and name."""
    if kind != "places":
        return choices.labels(catalogue, kind)
    countries = choices.countries()
    if asking.value_of("countries_of_action"):  # stated in the form, which knows countries alone
        return countries
    return countries | choices.labels(catalogue, "country_groups")


def _take(kind: str, before: tuple[str, ...], catalogue: Catalogue) -> None:
    asking.set_and_ask(corrected(kind, before, st.session_state[KEY + kind]), catalogue)


def _language(report: MatchReport) -> None:
    names = choices.languages()
    st.session_state[KEY + "language"] = report.understood.language
    st.selectbox(
        _(asking.LABELS["language"]),
        list(names),
        format_func=names.__getitem__,
        key=KEY + "language",
        on_change=_take_language,
        args=(report.catalogue,),
    )


def _take_language(catalogue: Catalogue) -> None:
    asking.set_and_ask({"language": st.session_state[KEY + "language"]}, catalogue)
