"""The calendar of calls on screen: open, announced, expected by quarter, past ones folded; with filters and a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby

import streamlit as st

from thbfund.agenda import Entry, agenda, agenda_of
from thbfund.catalogue.calls import Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.report import calendar
from thbfund.report.inert import inert_markdown
from thbfund.said import Said, labelled, say
from thbfund.timing import Expected
from thbfund.web import choices, clock, components, facets_view, glossary, report_mistake_view
from thbfund.web.facets_view import Facet
from thbfund.web.speech import _, counted, current

STATES: Mapping[str, Said] = {
    "open": say("Open now"),
    "forthcoming": say("Announced"),
    "expected": say("Expected, announced by nobody"),
    "unknown": say("Dates not known"),
    "closed": say("Past rounds"),
}
QUARTERS: Mapping[int, Said] = {
    1: say("January to March"),
    2: say("April to June"),
    3: say("July to September"),
    4: say("October to December"),
}
IN_A_CALENDAR = ("open", "forthcoming", "expected")  # what still has a day to come
OPEN_FILTERS = 4
_WORDS = ("call", "topic", "call-family", "expected-call", "deadline-model", "lead", "checked-on", "unverified")


def show(catalogue: Catalogue, on: date) -> None:
    """Draw the page below its title, as on a day."""
    entries = {entry.id: entry for entry in agenda(catalogue, on)}
    found = facets_view.narrow(
        {key: one.values for key, one in entries.items()}, _facets(catalogue), OPEN_FILTERS
    ).found
    listed = [entries[key] for key in found]
    by_state = {state: [one for one in listed if one.state == state] for state in STATES}
    if not listed:
        st.info(_("No call has all of these. Widen the filter."), icon=":material/filter_alt_off:")
        return
    _file([one for state in IN_A_CALENDAR for one in by_state[state]], on)
    glossary.show_words(_WORDS)
    _current("open", by_state["open"], on)
    _current("forthcoming", by_state["forthcoming"], on)
    _expected(by_state["expected"])
    _unknown(by_state["unknown"], on)
    _past(by_state["closed"])


def show_programme(programme: str, catalogue: Catalogue, on: date) -> None:
    """Draw the calls of one programme below a heading of its page."""
    entries = agenda_of(programme, catalogue, on)
    if not entries:
        st.write(_("No call on record here. Look at the official page."))
    for state in ("open", "forthcoming", "expected"):
        for one in (entry for entry in entries if entry.state == state):
            _in_short(one, on)
    rest = [one for one in entries if one.state in {"unknown", "closed"} and isinstance(one.subject, Topic)]
    if rest:
        title = counted(
            "{n} earlier round or round without dates", "{n} earlier rounds or rounds without dates", len(rest)
        )
        with st.expander(title, icon=":material/history:"):
            components.bullets(_past_line(one, one.subject) for one in rest if isinstance(one.subject, Topic))
    st.page_link(
        components.CALLS_PAGE,
        label=_("In the calendar of calls"),
        icon=":material/calendar_month:",
        query_params={"programme": programme},
    )


def _in_short(one: Entry, on: date) -> None:
    """A topic with its days and their source, or a family with its rhythm."""
    subject, state = one.subject, _(STATES[one.state])
    if isinstance(subject, Topic):
        fact = subject.deadline or subject.opens_on or subject.subject
        proof = components.Proof(subject, one.calls.sources, on, dated=True)
        said = f"{'. '.join(_days(subject, on))}. {subject.title} ({subject.id})."
        components.named(state, said, proof.of(fact, field="deadline" if subject.deadline else ""))
        return
    when = _(QUARTERS[one.quarter]) if one.quarter else _("quarter not known")
    components.named(f"{state}, {subject.year}, {when}", f"{subject.family.name}. {_rhythm(subject)}.")


def _facets(catalogue: Catalogue) -> list[Facet]:
    entries = partial(choices.labels, catalogue)
    programmes = {key: one.short_name for key, one in catalogue.programmes.items()}
    not_shut = _("Left out are only calls that shut it out. What is not known may still be a yes.")
    priorities = {key: _(labelled(key, name)) for key, name in entries("priorities").items()}
    return [
        Facet("state", _("State"), {key: _(words) for key, words in STATES.items()}),
        Facet("programme", _("Programme"), programmes),
        Facet("group", _("People served"), entries("target_groups"), _("Our tags of the call or of its programme.")),
        Facet("type", _("Type of the lead organisation"), entries("applicant_types"), not_shut),
        Facet("priority", _("Policy priority"), priorities, _("Served with grade 2 or 3 of 3, our own judgement.")),
    ]


def _file(listed: Iterable[Entry], on: date) -> None:
    """The same days for the reader's own calendar."""
    found = [calendar.Listed(one.programme, one.calls, one.subject) for one in listed]
    if not found:
        return
    st.download_button(
        counted("{n} call for your calendar (ICS)", "{n} calls for your calendar (ICS)", len(found)),
        calendar.calendar(found, on, clock.now(), current()),
        "thbfund-calls.ics",
        "text/calendar",
        on_click="ignore",
        icon=":material/calendar_add_on:",
        help=_("Deadlines in Brussels time, with reminders. Importing it again replaces the older entries."),
    )


def _heading(state: str, number: int) -> None:
    st.header(f"{_(STATES[state])} ({number})", help=glossary.term("expected-call") if state == "expected" else None)


def _current(state: str, listed: Sequence[Entry], on: date) -> None:
    if not listed and state == "open":
        st.header(_(STATES[state]))
        st.write(_("No call on record is open on this day."))
    if not listed:
        return
    _heading(state, len(listed))
    for one in listed:
        if isinstance(one.subject, Topic):
            _topic(one, one.subject, on)


def _unknown(listed: Sequence[Entry], on: date) -> None:
    """Folded: who looks for a day finds none here."""
    if not listed:
        return
    _heading("unknown", len(listed))
    with st.expander(_("Show them"), key="calls_unknown"):
        for one in listed:
            if isinstance(one.subject, Topic):
                _topic(one, one.subject, on)


def _topic(one: Entry, topic: Topic, on: date) -> None:
    st.subheader(inert_markdown(topic.title), anchor=False)
    st.markdown("  \n".join(f"**{inert_markdown(line)}**" for line in _days(topic, on)))
    fact = topic.deadline or topic.opens_on or topic.subject
    proof = components.Proof(topic, one.calls.sources, on)
    st.markdown(f":small[{inert_markdown(topic.id)}]  \n{proof.of(fact, field='deadline' if topic.deadline else '')}")
    _links(one, topic.id)


def _days(topic: Topic, on: date) -> list[str]:
    """Opening and deadline, each with the days to it; the hour where it is known."""
    opens, closes = topic.opens, topic.closes
    lines = []
    if opens and opens > on:
        lines.append(counted("Opens {day}, in {n} day", "Opens {day}, in {n} days", (opens - on).days, day=opens))
    if closes and closes >= on:
        lines.append(_deadline(closes, topic.deadline_time, (closes - on).days))
    if opens and not closes and topic.status(on) == "open":
        lines.append(_("Open since {day}, no deadline", day=opens))
    return lines or [_("Round of {year}, dates not on record", year=str(topic.year))]


def _deadline(day: date, time: str | None, left: int) -> str:
    if left == 0:
        return (
            _("Deadline today, {day} at {time} Brussels time", day=day, time=time)
            if time
            else _("Deadline today, {day}", day=day)
        )
    if time is None:
        return counted("Deadline {day}: {n} day left", "Deadline {day}: {n} days left", left, day=day)
    return counted(
        "Deadline {day} at {time} Brussels time: {n} day left",
        "Deadline {day} at {time} Brussels time: {n} days left",
        left,
        day=day,
        time=time,
    )


def _links(one: Entry, topic: str = "") -> None:
    with st.container(horizontal=True):
        components.programme_link(one.programme)
        report_mistake_view.link(one.programme.id, topic)


def _expected(listed: Sequence[Entry]) -> None:
    if not listed:
        return
    _heading("expected", len(listed))
    st.write(_("Our reading of earlier rounds. Year and quarter follow from their rhythm; nobody promises them."))
    for (year, quarter), entries in groupby(listed, key=_when):
        st.subheader(f"{year}, {_(QUARTERS[quarter])}" if quarter else _("{year}, quarter not known", year=str(year)))
        for one in entries:
            if isinstance(one.subject, Expected):
                _family(one, one.subject)


def _when(entry: Entry) -> tuple[int, int]:
    return (entry.subject.year, entry.quarter or 0)


def _family(one: Entry, coming: Expected) -> None:
    with st.container(gap=None):
        st.markdown(f"**{inert_markdown(coming.family.name)}**  \n:small[{inert_markdown(_rhythm(coming))}]")
        components.programme_link(one.programme)


def _rhythm(coming: Expected) -> str:
    years = ", ".join(map(str, coming.years))
    return counted("{n} round so far: {years}", "{n} rounds so far: {years}", len(coming.years), years=years)


def _past(listed: Sequence[Entry]) -> None:
    if not listed:
        return
    _heading("closed", len(listed))
    for year, entries in groupby(listed, key=lambda one: one.subject.year):
        rounds = list(entries)
        with st.expander(counted("{year}: {n} round", "{year}: {n} rounds", len(rounds), year=str(year))):
            components.bullets(_past_line(one, one.subject) for one in rounds if isinstance(one.subject, Topic))


def _past_line(one: Entry, topic: Topic) -> str:
    programme = one.programme.acronym
    if topic.closes:
        return _(
            "{title} ({id}), {programme}, closed {day}",
            title=topic.title,
            id=topic.id,
            programme=programme,
            day=topic.closes,
        )
    return _("{title} ({id}), {programme}", title=topic.title, id=topic.id, programme=programme)
