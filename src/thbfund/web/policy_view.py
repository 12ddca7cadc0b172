"""The policy behind the money on screen: documents, bodies, figures, occasions, proposals and words, each sourced."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

from thbfund.browse import priorities_of
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Evidence, Source
from thbfund.catalogue.policy import Actor, Approach, Figure, GlossaryTerm, Instrument, Outreach, Proposal, Sign
from thbfund.charts.statistics import SERIES, figure_in_words
from thbfund.lineage import proposal_in_words
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.rules.wording import euro, sentence
from thbfund.said import labelled, say
from thbfund.web import charts_view, clock, components
from thbfund.web.speech import _, counted

NO_YEAR = say("Year not read")
_FIELDS = {"grants": say("EU grants"), "trafficking": say("Trafficking in human beings"), "app": say("This app")}
OPEN_PERIODS = 2  # older figures are history and stand folded below


def show(part: str, catalogue: Catalogue) -> None:
    """Draw one part; each entry has an anchor, so that a link can name it: `?part=actors#europol`."""
    file = catalogue.policy.files[part]
    st.title(inert_markdown(file.title))
    components.text(file.description)
    PARTS[part](catalogue, file.sources)


def show_list(catalogue: Catalogue) -> None:
    """Draw what parts there are, then the priorities with the programmes that serve them."""
    policy = catalogue.policy
    lines = [
        f"- **{markdown_link(file.title, f'policy?part={part}')}** ({len(file.entries)}). "
        f"{inert_markdown(file.description)}"
        for part, file in policy.files.items()
        if part in PARTS
    ]
    st.markdown("\n".join(lines) or _("This catalogue holds nothing on policy."))
    _priorities(catalogue)


def _priorities(catalogue: Catalogue) -> None:
    """What the EU wants, beside who pays for it now."""
    st.header(_("Priorities, and the programmes in force that serve them"))
    components.small(_("Served with grade 2 or 3 of 3, our own judgement; each priority links to its clause."))
    today = clock.today()
    serving = [(one, priorities_of(one.strands)) for one in catalogue.programmes.values() if one.is_in_force(today)]
    lines = []
    graded = {key for one, _served in serving for strand in one.strands for key in strand.relevance}
    for entry in (one for one in catalogue.vocabularies["priorities"].entries if one.id in graded):
        paid = [one for one, served in serving if entry.id in served]
        links = [markdown_link(one.acronym, f"programme?id={one.id}") for one in paid]
        name = components.tag_link(_(labelled(entry.id, _(entry.label))), entry.id)
        lines.append(f"- **{name}.** {', '.join(links) or inert_markdown(_('None in force was graded so.'))}")
    st.markdown("\n".join(lines))


def _instruments(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    titles = {one.id: one.title for one in policy.instruments}
    ordered = sorted(policy.instruments, key=lambda one: (one.year or 0, str(one.date or "")))
    with st.expander(_("All of them at a glance")):  # two columns: a third would leave each three words on a phone
        rows = [{_("Year"): str(one.year or "-"), _("Document"): _with_number(one)} for one in ordered]
        components.table(rows, _("Documents of EU policy against trafficking by year, with their numbers"))
    year = None
    for one in ordered:
        if (said := str(one.year) if one.year else _(NO_YEAR)) != year:
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
    _links(_("Follows"), one.follows, titles)
    _links(_("Amends"), one.amends, titles)


def _actors(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    titles = {one.id: one.title for one in policy.instruments}
    for one in policy.actors:
        _actor(one, titles, sources)


def _actor(one: Actor, titles: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    st.header(inert_markdown(f"{one.name} ({one.acronym})" if one.acronym else one.name), anchor=one.id)
    components.named("", one.role, _proof(one, sources))
    _advice(_("What an NGO can ask for: our advice"), one.ask_for)
    _links(_("Signed"), one.signed, titles, part="instruments")


def _figures(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    _charts(policy.figures)
    periods = sorted({one.period or "" for one in policy.figures}, reverse=True)  # the newest figure is asked for first
    for number, period in enumerate(periods):
        listed = [one for one in policy.figures if (one.period or "") == period]
        title = period or _("Period not given")
        if number < OPEN_PERIODS:
            st.header(title)
            _listed_figures(listed, sources)
            continue
        with st.expander(counted("{period}: {n} figure", "{period}: {n} figures", len(listed), period=title)):
            _listed_figures(listed, sources)


def _charts(figures: Sequence[Figure]) -> None:
    """The first series drawn, the others when they are asked for: each takes time."""
    first, *others = SERIES
    st.header(_("At a glance"))
    charts_view.show_statistic(first, figures)
    for series in others:
        with st.expander(
            _(SERIES[series][0]), key=f"series_{series}", icon=":material/bar_chart:", on_change="rerun"
        ) as part:
            if part.open:
                charts_view.show_statistic(series, figures)


def _listed_figures(figures: Iterable[Figure], sources: Mapping[str, Source]) -> None:
    for one in figures:
        said = _("{figure}. Counts: {counts}", figure=figure_in_words(one), counts=sentence(one.population))
        components.named(one.label, said, components.evidence(one, sources))


def _outreach(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    for one in catalogue.policy.outreach:
        _occasion(one, sources)


def _occasion(one: Outreach, sources: Mapping[str, Source]) -> None:
    st.header(inert_markdown(one.name), anchor=one.id)
    if one.when:
        components.named(_("When"), sentence(one.when))
    components.named("", one.what, _proof(one, sources))
    _advice(_("How an NGO can use it: our advice"), one.use_it)


def _outlook(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    st.info(_("Nothing on this page is law. Each proposal stands with the day on which its state was so."))
    names = {key: programme.name for key, programme in catalogue.programmes.items()}
    for one in catalogue.policy.proposals:
        _proposal(one, names, sources)


def _proposal(one: Proposal, names: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    def proof(found: Evidence) -> str:
        return _proof(found, sources)

    st.header(inert_markdown(_("Proposed: {name}", name=one.name)), anchor=one.id)
    components.named(_("State"), proposal_in_words(one), proof(one.state))
    components.named(_("What the Commission proposed"), one.plan, proof(one))
    on_trafficking = sentence(one.anti_trafficking.value or _("not known"))
    components.named(_("On trafficking"), on_trafficking, proof(one.anti_trafficking))
    for line in one.budget:
        amount = _("Amount not known.") if line.amount_eur is None else sentence(euro(line.amount_eur))
        components.named(_("Would cost, {what}", what=line.label), amount, proof(line))
    components.named(_("What it would mean for an NGO: our assessment"), one.for_ngos)
    for key in one.succeeds:
        st.markdown(markdown_link(_("Would follow: {programme}", programme=names[key]), f"programme?id={key}"))
    if one.steps:
        with st.expander(_("Steps so far and planned")):
            for step in one.steps:
                components.named(step.on, sentence(step.event), proof(step))


def _glossary(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    policy = catalogue.policy
    terms = {one.id: one.term for one in policy.glossary}
    for field, title in _FIELDS.items():
        st.header(_(title))
        for one in sorted(policy.glossary, key=lambda one: one.term.casefold()):
            if one.field == field:
                _term(one, terms, sources)


def _term(one: GlossaryTerm, terms: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    st.subheader(inert_markdown(one.term), anchor=one.id)
    components.text(sentence(one.meaning))
    if one.not_to_confuse_with:
        components.named(_("Not to be confused with"), sentence(one.not_to_confuse_with))
    if one.sources:
        cited = [markdown_link(sources[each.key].at(each.place), sources[each.key].url) for each in one.sources]
        st.markdown(components.evidence_line(None, None, cited, None))
    else:
        components.small(_("In our own words."))
    _links(_("See"), one.see, terms)


def _approach(catalogue: Catalogue, sources: Mapping[str, Source]) -> None:
    titles = {one.id: one.title for one in catalogue.policy.instruments}
    for one in catalogue.policy.approaches:
        st.header(inert_markdown(one.title), anchor=one.id)
        components.text(one.meaning)
        _clause(one, titles, sources)
        for sign in one.signs:
            st.subheader(inert_markdown(sign.title), anchor=sign.id)
            components.named(_("Our advice"), sign.add)
            _clause(sign, titles, sources)


def _clause(found: Approach | Sign, titles: Mapping[str, str], sources: Mapping[str, Source]) -> None:
    proof = _proof(found, sources)
    components.named(_("Cite"), sentence(found.clause), proof)
    _links(_("Documents"), found.instruments, titles, "instruments")


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


def _proof(found: Evidence, sources: Mapping[str, Source]) -> str:
    """Where and when it was read, and whether long ago: not of documents and figures, which stay what they were."""
    return components.evidence_on(found, sources, clock.today())
