"""The policy behind the money on screen: documents, bodies, figures, occasions, proposals and words, each sourced."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence, Source
from thbfund.catalogue.policy import Actor, Approach, Figure, GlossaryTerm, Instrument, Outreach, Policy, Proposal, Sign
from thbfund.lineage import proposal_in_words
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.wording import euro, sentence
from thbfund.web import components

NO_YEAR = "Year not read"
_FIELDS = {"grants": "EU grants", "trafficking": "Trafficking in human beings", "app": "This app"}
_QUALIFIERS = {"exact": "", "about": "about ", "almost": "almost ", "more_than": "more than ", "up_to": "up to "}
_UNITS = {"percent": "%", "per_million_inhabitants": "per million inhabitants", "times": "times"}


def show(part: str, catalogue: Catalogue) -> None:
    """Draw one part; each entry has an anchor, so that a link can name it: `?part=actors#europol`."""
    file = catalogue.policy.files[part]
    st.title(inert_markdown(file.title))
    components.text(file.description)
    PARTS[part](catalogue, file.sources)


def show_list(policy: Policy) -> None:
    """Draw what parts there are."""
    lines = [
        f"- **{markdown_link(file.title, f'policy?part={part}')}** ({len(file.entries)}). "
        f"{inert_markdown(file.description)}"
        for part, file in policy.files.items()
        if part in PARTS
    ]
    st.markdown("\n".join(lines) or "This catalogue holds nothing on policy.")


def _instruments(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    titles = {one.id: one.title for one in policy.instruments}
    ordered = sorted(policy.instruments, key=lambda one: (one.year or 0, str(one.date or "")))
    with st.expander("All of them at a glance"):  # two columns: a third would leave each three words on a phone
        rows = [{"Year": str(one.year or "-"), "Document": _with_number(one)} for one in ordered]
        components.table(rows, "Documents of EU policy against trafficking by year, with their numbers")
    year = None
    for one in ordered:
        if (said := str(one.year or NO_YEAR)) != year:
            st.header(said)
            year = said
        _instrument(one, titles, sources)


def _with_number(one: Instrument) -> str:
    return f"{one.title}, {one.number}" if one.number and one.number != one.title else one.title


def _instrument(one: Instrument, titles: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    st.subheader(inert_markdown(one.title), anchor=one.id)
    details = [one.kind.replace("_", " "), one.number, f"CELEX {one.celex}" if one.celex else None]
    components.small(sentence(", ".join([*filter(None, details), *([str(one.date)] if one.date else [])])))
    components.named("", one.what, components.evidence(one, sources))
    _links("Follows", one.follows, titles)
    _links("Amends", one.amends, titles)


def _actors(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    titles = {one.id: one.title for one in policy.instruments}
    for one in policy.actors:
        _actor(one, titles, sources)


def _actor(one: Actor, titles: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    st.header(inert_markdown(f"{one.name} ({one.acronym})" if one.acronym else one.name), anchor=one.id)
    components.named("", one.role, components.evidence(one, sources))
    _advice("What an NGO can ask for: our advice", one.ask_for)
    _links("Signed", one.signed, titles, part="instruments")


def _figures(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    periods = sorted({one.period or "" for one in policy.figures}, reverse=True)  # the newest figure is asked for first
    for period in periods:
        st.header(period or "Period not given")
        for one in policy.figures:
            if (one.period or "") == period:
                said = f"{figure_in_words(one)}. Counts: {sentence(one.population)}"
                components.named(one.label, said, components.evidence(one, sources))


def figure_in_words(one: Figure) -> str:
    """`more than 70 %`, `20 532 persons`, `EUR 3 500 000`."""
    if one.unit == "eur":
        return _QUALIFIERS[one.qualifier] + euro(one.value)
    number = f"{one.value:,.10g}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{_QUALIFIERS[one.qualifier]}{number} {_UNITS.get(one.unit, one.unit)}"


def _outreach(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    for one in catalogue.policy.outreach:
        _occasion(one, sources)


def _occasion(one: Outreach, sources: Mapping[str, Source]) -> None:
    st.header(inert_markdown(one.name), anchor=one.id)
    if one.when:
        components.named("When", sentence(one.when))
    components.named("", one.what, components.evidence(one, sources))
    _advice("How an NGO can use it: our advice", one.use_it)


def _outlook(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    st.info("Nothing on this page is law. Each proposal stands with the day on which its state was so.")
    names = {key: programme.name for key, programme in catalogue.programmes.items()}
    for one in catalogue.policy.proposals:
        _proposal(one, names, sources)


def _proposal(one: Proposal, names: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    def proof(found: Evidence) -> str:
        return components.evidence(found, sources)

    st.header(inert_markdown(f"Proposed: {one.name}"), anchor=one.id)
    components.named("State", proposal_in_words(one), proof(one.state))
    components.named("What the Commission proposed", one.plan, proof(one))
    components.named("On trafficking", sentence(one.anti_trafficking.value or "not known"), proof(one.anti_trafficking))
    for line in one.budget:
        amount = "Amount not known." if line.amount_eur is None else f"{euro(line.amount_eur)}."
        components.named(f"Would cost, {line.label}", amount, proof(line))
    components.named("What it would mean for an NGO: our assessment", one.for_ngos)
    for key in one.succeeds:
        st.markdown(markdown_link(f"Would follow: {names[key]}", f"programme?id={key}"))
    if one.steps:
        with st.expander("Steps so far and planned"):
            for step in one.steps:
                components.named(step.on, sentence(step.event), proof(step))


def _glossary(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    terms = {one.id: one.term for one in policy.glossary}
    for field, title in _FIELDS.items():
        st.header(title)
        for one in sorted(policy.glossary, key=lambda one: one.term.casefold()):
            if one.field == field:
                _term(one, terms, sources)


def _term(one: GlossaryTerm, terms: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    st.subheader(inert_markdown(one.term), anchor=one.id)
    components.text(sentence(one.meaning))
    if one.not_to_confuse_with:
        components.named("Not to be confused with", sentence(one.not_to_confuse_with))
    if one.sources:
        cited = [markdown_link(sources[each.key].at(each.place), sources[each.key].url) for each in one.sources]
        st.markdown(components.evidence_line(None, None, cited, None))
    else:
        components.small("In our own words.")
    _links("See", one.see, terms)


def _approach(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    titles = {one.id: one.title for one in catalogue.policy.instruments}
    for one in catalogue.policy.approaches:
        st.header(inert_markdown(one.title), anchor=one.id)
        components.text(one.meaning)
        _clause(one, titles, sources)
        for sign in one.signs:
            st.subheader(inert_markdown(sign.title), anchor=sign.id)
            components.named("Our advice", sign.add)
            _clause(sign, titles, sources)


def _clause(found: Approach | Sign, titles: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    components.named("Cite", sentence(found.clause), components.evidence(found, sources))
    _links("Documents", found.instruments, titles, "instruments")


def _advice(title: str, items: Iterable[str]) -> None:
    if listed := list(items):
        st.markdown(f"**{inert_markdown(title)}**")
        components.bullets(listed)


def _links(title: str, ids: Iterable[str], names: Mapping[str, str], part: str = "") -> None:
    """Entries of this page or, where `part` names one, of another part; relative, for the app may live anywhere."""
    page = f"policy?part={part}" if part else ""
    if linked := [markdown_link(names[key], f"{page}#{key}") for key in ids]:
        st.markdown(f"**{title}:** {', '.join(linked)}")


PARTS: Mapping[str, Callable[[Catalogue, Mapping[str, Source]], None]] = {
    "instruments": _instruments,
    "actors": _actors,
    "statistics": _figures,
    "outreach": _outreach,
    "outlook": _outlook,
    "approach": _approach,
    "glossary": _glossary,
}
"""Parts of the page by name of their file, in the order of the list."""
