"""Projects that a programme paid for on screen: examples with years, countries, money and the page that says so."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.evidence import FundedProject
from thbfund.catalogue.labelled import Record, originals
from thbfund.catalogue.vocabulary import country_names
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.wording import euro, sentence
from thbfund.said import Said, say
from thbfund.web import components
from thbfund.web.speech import _, counted, current

SHOWN = 5  # the newest; more would push all else off a phone, and stand one tap away

_LABEL_DOUBTS: Mapping[str, Said | None] = {
    "stated": None,
    "inferred": say("no source names the programme; it follows from the call, the period or the country"),
    "unknown": say("the EU paid, but no source names the programme"),
}


def show(programme: str, catalogue: Catalogue) -> None:
    """Draw the section of a programme's page."""
    st.header(_("Projects it paid for"), anchor="projects")
    paid = [project for project in catalogue.evidence if project.programme == programme]
    paid.sort(key=lambda project: -(project.year_start or 0))
    known = {(project.acronym or project.title).casefold() for project in paid}
    more = [one for one in originals(catalogue.ranking.labelled) if one.programme == programme and _link(one, known)]
    if not paid and not more:
        st.write(_("None on record. That does not mean that there were none."))
        return
    st.write(
        counted(
            "{n} of them, as an example: neither a full list nor a sample that stands for all.",
            "{n} of them, as examples: neither a full list nor a sample that stands for all.",
            len(paid) + len(more),
        )
    )
    for project in paid[:SHOWN]:
        with st.expander(inert_markdown(_name(project))):
            _project(project)
    _folded(paid[SHOWN:], more)


def _folded(paid: Sequence[FundedProject], more: Sequence[Record]) -> None:
    if not paid and not more:
        return
    number = len(paid) + len(more)
    with st.expander(counted("{n} more project", "{n} more projects", number), icon=":material/list:"):
        for project in paid:
            st.markdown(f"**{inert_markdown(_name(project))}**")
            _project(project)
        lines = [f"- {_link(one, set())}" for one in sorted(more, key=lambda one: -(one.year_start or 0))]
        if lines:
            st.markdown("\n".join(lines))


def _name(project: FundedProject) -> str:
    return f"{project.acronym}: {project.title}" if project.acronym else project.title


def _link(one: Record, known: set[str]) -> str:
    """A labelled project by name and year, linked to the page that names who paid; "" where it has none or is known."""
    name = one.title or one.acronym
    if not name or not one.label_source_url or (one.acronym or name).casefold() in known:
        return ""
    whole = f"{one.acronym}: {one.title}" if one.acronym and one.title else name
    year = f" ({one.year_start})" if one.year_start else ""
    doubt = _LABEL_DOUBTS.get(one.label_basis)
    said = f" {components.evidence_line(_(doubt), None, [], None)}" if doubt else ""
    return f"{markdown_link(whole, one.label_source_url)}{inert_markdown(year)}{said}"


def _project(project: FundedProject) -> None:
    names = country_names(current().language)
    components.text(project.summary)
    not_known = _("not known")
    components.named(_("Years"), sentence(project.years or not_known))
    countries = ", ".join(names.get(code, code) for code in project.countries)
    components.named(_("Countries"), sentence(countries or not_known))
    components.named(_("EU grant"), sentence(not_known if project.grant_eur is None else euro(project.grant_eur)))
    doubt = _LABEL_DOUBTS[project.label_basis]
    page = markdown_link(urlsplit(project.source_url).hostname or _("page"), project.source_url)
    st.markdown(components.evidence_line(_(doubt) if doubt else None, None, [page], project.checked_on))
