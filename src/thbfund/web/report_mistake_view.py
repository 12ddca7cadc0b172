"""Report a mistake on screen: which fact, what is wrong, and a text and files that the reader sends herself."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from thbfund import __version__
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import is_address
from thbfund.report.inert import markdown_link
from thbfund.report.mistake import (
    MOST_CHARACTERS,
    Doubted,
    Mistake,
    clean,
    facts_on,
    file_name,
    mail_link,
    mistake_json,
    mistake_text,
    mistake_yaml,
)
from thbfund.said import Said, labelled, say
from thbfund.web import components
from thbfund.web.speech import _, current

PAGE = str(Path(__file__).parent / "pages" / "mistake.py")
_MOST_SHOWN = 600  # characters of a value; objectives are longer, and who doubts one knows which it is

_FIELDS: Mapping[str, Said] = {
    "official_page": say("official page"),
    "summary": say("summary"),
    "in_force": say("in force"),
    "predecessors": say("came after"),
    "successor": say("successor"),
    "legal_basis": say("legal basis"),
    "budget": say("budget"),
    "applicant_types": say("types of applicant"),
    "countries": say("countries"),
    "lead": say("as lead"),
    "partner": say("as partner"),
    "associated": say("as associated partner"),
    "sub_grantee": say("as sub-grantee"),
    "place_of_action": say("place of work"),
    "consortium": say("consortium"),
    "required_partners": say("required kinds of partner"),
    "target_group": say("people served"),
    "activity": say("kind of activity"),
    "grant": say("size of the grant"),
    "eu_rate": say("EU share"),
    "duration": say("duration"),
    "also_check": say("also check"),
    "managing_body": say("run by"),
    "management_mode": say("management mode"),
    "route": say("way to apply"),
    "how_to_apply": say("how to apply"),
    "closed_for_good_on": say("closed for good"),
    "objectives": say("what it is for"),
    "actions": say("what it pays for"),
    "not_funded": say("not funded"),
    "subject": say("subject"),
    "opens_on": say("opening"),
    "deadline": say("deadline"),
    "proposals_received": say("proposals received"),
    "projects_funded": say("projects funded"),
    "disputed": say("another source"),
}
_UNSAID = {"strands", "topics", "eligibility"}  # steps of a path that say nothing to a reader


def link(programme: str, topic: str = "") -> None:
    """A link to the page, with the programme and, where the mistake is in a call, its topic chosen."""
    query = {"programme": programme, **({"topic": topic} if topic else {})}
    st.page_link(PAGE, label=_("Report a mistake"), icon=":material/flag:", query_params=query)


def show(catalogue: Catalogue, on: date) -> None:
    """Draw the page."""
    st.title(_("Report a mistake"))
    st.write(
        _(
            "Is something in the catalogue wrong or out of date? Choose the fact and say what is wrong. You get a text "
            "and a file to send to the staff yourself."
        )
    )
    components.small(_("Nothing is sent or stored from here. Please leave out names and details of people."))
    fact = _chosen(catalogue)
    if fact is None:
        return
    _fact(fact)
    says = st.text_area(_("What is wrong?"), max_chars=MOST_CHARACTERS, key="mistake_says")
    better = st.text_input(_("Address of a page that says it right, if you know one"), key="mistake_source").strip()
    if better and not is_address(better):
        st.warning(
            _("This is no web address and is left out. It has to begin with https://"), icon=":material/link_off:"
        )
    if not clean(says):
        st.info(_("Say what is wrong: then the text and the files appear here."), icon=":material/edit:")
        return
    _take_away(Mistake(fact, says, better, on, __version__, catalogue.fingerprint))


def _chosen(catalogue: Catalogue) -> Doubted | None:
    programmes = {key: one.name for key, one in catalogue.programmes.items()}
    programme = components.linked_choice(
        _("Programme"), programmes, "programme", _("Choose, or type to search"), then=("topic", "fact")
    )
    if programme is None:
        return None
    calls = catalogue.calls.get(programme)
    topics = {topic.id: f"{topic.title} ({topic.id})" for topic in calls.topics} if calls else {}
    topic = None
    if topics:
        topic = components.linked_choice(
            _("Call"), topics, "topic", _("The programme itself, no single call"), then=("fact",)
        )
    facts = {fact.path: fact for fact in facts_on(catalogue, programme, topic or "")}
    names = names_of(facts, {strand.id: strand.name for strand in catalogue.programmes[programme].strands})
    chosen = components.linked_choice(_("Fact"), names, "fact", _("Choose, or type to search"))
    return facts[chosen] if chosen else None


def names_of(facts: Mapping[str, Doubted], strands: Mapping[str, str]) -> dict[str, str]:
    """Paths in words: `Union actions: countries, as lead`; numbers tell entries of one list apart."""
    return {path: _name(path, strands) for path in facts}


def _name(path: str, strands: Mapping[str, str]) -> str:
    steps = path.split(".")
    where = strands.get(steps[1], "") if steps[0] == "strands" else ""
    inner = steps[2:] if where or steps[0] == "topics" else steps
    said = ", ".join(_step(step) for step in inner if step not in _UNSAID)
    return _(labelled(where, said)) if where else said[:1].upper() + said[1:]


def _step(step: str) -> str:
    if step.isdigit():
        return str(int(step) + 1)
    return _(_FIELDS[step]) if step in _FIELDS else step.replace("_", " ")


def _fact(fact: Doubted) -> None:
    said = _in_words(fact.value)
    shown = said if len(said) <= _MOST_SHOWN else said[:_MOST_SHOWN] + "…"
    cited = [markdown_link(source["title"], source["url"] or None) for source in fact.sources]
    components.named(_("The catalogue says"), shown)
    st.markdown(components.evidence_line(fact.unverified, None, cited, fact.checked_on))


def _in_words(value: Any) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, list):
        return "; ".join(map(_in_words, value))
    if isinstance(value, dict):
        return "; ".join(_(labelled(_step(name), _in_words(inner))) for name, inner in value.items())
    return str(value)


def _take_away(mistake: Mistake) -> None:
    st.header(_("Send it yourself"))
    st.write(_("Copy the text into a mail to whoever runs this app, or attach one of the files."))
    st.code(mistake_text(mistake, current()), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        for kind, made in (("yaml", mistake_yaml(mistake)), ("json", mistake_json(mistake))):
            st.download_button(
                _("File for the staff ({kind})", kind=kind.upper()),
                made,
                file_name(mistake.fact, kind),
                on_click="ignore",
                icon=":material/download:",
            )
        st.link_button(_("Open a mail"), mail_link(mistake.fact), icon=":material/mail:")
    components.small(_("The mail opens with the name of the fact as its subject. Paste the text into it."))
