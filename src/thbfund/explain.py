"""EXPLAIN: contributions and outcomes -> sentences and fixes. Plain text, no mark-up."""

from collections.abc import Mapping
from dataclasses import dataclass

from thbfund.guidance.rounds import past_round
from thbfund.matching import Group, Match, MatchReport
from thbfund.ranking import Contribution
from thbfund.ranking.relevance import FieldEvidence
from thbfund.rules import Judgement, Outcome, smallest_fix
from thbfund.rules.applicants import IN_ROLE
from thbfund.rules.calendar import not_begun
from thbfund.rules.verdict import Verdict
from thbfund.rules.wording import checked, joined, sentence
from thbfund.timing import Expected, Round

GROUP_TITLES: Mapping[Group, str] = {
    "can_apply": "You may apply",
    "to_check": "To check: something is still open",
    "cannot_apply": "Not as described: the reason and the nearest fix",
    "closed": "Not open for applications on this day",
}
VERDICT_WORDS = {
    "eligible": "eligible as described",
    "to_check": "to check",
    "not_eligible": "not eligible as described",
    "closed": "closed",
}
BAND_WORDS = {"strong": "strong fit", "possible": "possible fit", "weak": "weak fit"}
ROLE_WORDS = {
    **{role: words.removeprefix("as ") for role, words in IN_ROLE.items()},
    "none": "no role",
    "unknown": "role to be checked",
}
TIMING_WORDS = {
    "open": "a call is open",
    "forthcoming": "a call is announced",
    "expected": "a call is expected, not announced",
    "none_known": "no call on record here; look at the official page",
    "closed": "takes no applications on this day",
}
# Elements of a situation of the field, each with the signs that show it.
ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "who could be used": ("person", "telling_group"),
    "who uses them": ("controller",),
    "how they are brought": ("recruited_or_moved", "deceived"),
    "how they are kept": ("debt", "unpaid", "papers_taken", "threat_or_violence", "not_free"),
    "what for": ("purpose", "form_of_exploitation", "exploitation_signs"),
    "who helps or prosecutes": ("help",),
}
SHOWN_SIGNS = 3  # words per element; more would repeat the user's text
RULE_NAMES = {
    "in_force": "Programme in force",
    "route_open": "Way to the money open",
    "applicant_type": "Type of the lead",
    "applicant_country": "Seat of the lead",
    "partner_country": "Seats of the partners",
    "role": "Lead role",
    "place_of_action": "Place of work",
    "consortium": "Size of the consortium",
    "required_partner": "Required kinds of partner",
    "target_group": "People served",
    "activity": "Kind of activity",
    "grant_range": "Size of the grant",
    "eu_rate": "Share the EU pays",
    "duration": "Duration",
}


@dataclass(frozen=True, slots=True)
class Fixes:
    """What to change so that no rule fails.

    Attributes:
        changes: a sentence each, least effort first; () where there is nothing to fix or no way to.
        lead_to: the verdict on the project with all of them made; None where there are none.
    """

    changes: tuple[str, ...] = ()
    lead_to: Verdict | None = None


def fixes(judgement: Judgement) -> Fixes:
    """The smallest set of changes that leaves no rule failing."""
    found = smallest_fix(judgement)
    return Fixes(tuple(sentence(gap.text) for gap in found.changes), found.verdict) if found else Fixes()


def by_usual_terms(judgement: Judgement) -> str:
    """A warning where `eligible` rests on what calls usually ask, for the next call may ask something else; or ""."""
    usual = [outcome.rule for outcome in judgement.outcomes if outcome.answer == "met" and outcome.basis.by_call]
    if judgement.verdict != "eligible" or not usual:
        return ""
    names = joined(map(_in_sentence, usual))
    return f"Judged by what calls here usually ask ({names}): each call sets its own terms."


def doubts(judgement: Judgement) -> tuple[str, ...]:
    """What to look at again: rules on which sources disagree, and rules that rest on checks grown too old."""
    disputed = [_in_sentence(outcome.rule) for outcome in judgement.outcomes if outcome.others]
    overdue = [_in_sentence(outcome.rule) for outcome in judgement.outcomes if outcome.basis.overdue]
    return (
        *([f"Sources disagree: {joined(disputed)}."] if disputed else []),
        *([f"Checked too long ago, check again: {joined(overdue)}."] if overdue else []),
    )


def strongest(match: Match) -> Contribution:
    """The contribution that adds most to the score."""
    return max(match.scored.contributions, key=lambda part: part.value)


def obstacle(judgement: Judgement) -> str:
    """The reason that stands in the way first: one that excludes before one that a call may change; "" where none."""
    failed = sorted(_failed(judgement), key=lambda outcome: not outcome.excludes)
    return failed[0].reason if failed else ""


def verdict(match: Match, judgement: Judgement | None = None) -> str:
    """The verdict on a match, or on another strand of it, in words; before a programme's first day that it has one."""
    begins_on = match.calendar.begins_on
    return not_begun(begins_on) if begins_on else VERDICT_WORDS[(judgement or match.judgement).verdict]


def headline(match: Match) -> str:
    """One line on a result: fit, verdict, role, timing."""
    said = [BAND_WORDS[match.scored.band], verdict(match), ROLE_WORDS[match.judgement.role.role], timing(match)]
    return "; ".join(dict.fromkeys(said))  # of a programme that has not begun, verdict and timing say the same


def strands(match: Match) -> str:
    """Say which strand fits best and which one was judged, where they are two; "" where they are one."""
    fits, judged = match.scored.document.strand, match.judgement.strand
    if fits is judged:
        return ""
    return f"The best fit is the strand {fits.name}; the verdict is that of the strand {judged.name}, the easiest door."


def nothing_fits(report: MatchReport) -> str:
    """Why there is nothing to show: no programme on that day, or a text from outside the field."""
    if not report.matches:
        return f"No programme of the catalogue is in force on {report.on}. Ask for another day, or for all periods."
    if report.field.in_field:
        among = f"{len(report.matches)} of {len(report.catalogue.programmes)} programmes"
        return f"Nothing here fits among {among} looked at, as on {report.on}. Try another day, or all periods."
    return (
        "Nothing here fits. The description shows no project against trafficking in human beings or on a "
        f"neighbouring subject. {signs_found(report.field)} "
        "If it is one, say who is helped, against what, and where."
    )


def signs_found(evidence: FieldEvidence) -> str:
    """Say which elements of trafficking a description shows, with its words, and which it does not."""
    words = {
        name: tuple(dict.fromkeys(word for sign in signs for word in evidence.signs.get(sign, ())))
        for name, signs in ELEMENTS.items()
    }
    quoted = [f"{name} ({', '.join(found[:SHOWN_SIGNS])})" for name, found in words.items() if found]
    missing = [name for name, found in words.items() if not found]
    other = list(evidence.signs.get("other_trafficking", ()))[:SHOWN_SIGNS]
    parts = (("Found", quoted), ("Not found", missing), ("Trafficking of something other than people", other))
    return " ".join(f"{title}: {'; '.join(names)}." for title, names in parts if names)


def timing(match: Match) -> str:
    """When one can apply and for what: the words in short, then the call that they are told from."""
    about = call_ahead(match)
    return f"{timing_in_short(match)}: {about}" if about else timing_in_short(match)


def timing_in_short(match: Match) -> str:
    """When one can apply, in a few words, with the date or year where one is known."""
    calendar = match.calendar
    if match.timing in {"open", "forthcoming"}:
        return _current_in_short(calendar.current[0])
    if match.timing == "expected":
        return f"{_call(calendar.expected[0])} expected in {calendar.expected[0].year}, not announced"
    if calendar.begins_on:
        return not_begun(calendar.begins_on)
    return TIMING_WORDS[match.timing]


def _current_in_short(found: Round) -> str:
    topic = found.topic
    if found.status == "open":
        until = f" until {topic.closes}{', check again' if found.overdue else ''}" if topic.closes else ""
        return f"{_call(found)} open{until}"
    return f"{_call(found)} announced" + (f", opens {topic.opens}" if topic.opens else "")


def _call(found: Round | Expected) -> str:
    """A call, with a warning where its subject is known to be another than the project's."""
    return "call on another subject" if found.aside else "call"


def call_ahead(match: Match) -> str:
    """Name of the call that the timing is told from, so that nobody takes it for one on another subject; or ""."""
    if match.timing in {"open", "forthcoming"}:
        return match.calendar.current[0].topic.title
    return match.calendar.expected[0].family.name if match.timing == "expected" else ""


def calls(match: Match) -> tuple[str, ...]:
    """One line per call: what is open or announced, with the verdict on it, what may come again, what there was."""
    calendar = match.calendar
    return (
        *(_current_line(found, match.call_judgements[found.topic.id]) for found in calendar.current),
        *(_expected_line(coming) for coming in calendar.expected),
        *(
            f"Past: {found.topic.title} ({found.topic.id}), {found.topic.year}. {past_round(found.topic)}"
            for found in calendar.past
        ),
    )


def _current_line(found: Round, judgement: Judgement) -> str:
    topic, word = found.topic, "Open" if found.status == "open" else "Announced"
    opens, closes = topic.opens, topic.closes
    hour = f", {topic.deadline_time} Brussels time" if topic.deadline_time else ""
    when = " ".join(
        [*([f"opens {opens}"] if opens else []), *([f"closes {closes}{hour}{_doubt(found)}"] if closes else [])]
    )
    return (
        f"{word}: {topic.title} ({topic.id}){', ' + when if when else ''}. For you: {VERDICT_WORDS[judgement.verdict]}."
    )


def _doubt(found: Round) -> str:
    """What makes a deadline uncertain, to stand after it; "" where nothing does."""
    deadline = found.topic.deadline
    if deadline is None:
        return ""
    others = [f"another source: {other.value}" for other in deadline.disputed]
    old = [checked(deadline.checked_on, found.overdue)] if found.overdue and deadline.checked_on else []
    return f" ({'; '.join([*others, *old])})" if others or old else ""


def _expected_line(coming: Expected) -> str:
    years = ", ".join(map(str, coming.years))
    return f"Expected, not announced: {coming.family.name}, perhaps {coming.year} (earlier rounds: {years})."


def grouped(report: MatchReport) -> dict[Group, list[Match]]:
    """Results by group in the order of display; where one may join as partner comes first among those shut out."""
    groups: dict[Group, list[Match]] = {group: [] for group in GROUP_TITLES}
    for match in report.matches:
        groups[match.group].append(match)
    groups["cannot_apply"].sort(
        key=lambda match: match.judgement.role.role not in {"partner", "associated", "sub_grantee"}
    )
    return groups


def _failed(judgement: Judgement) -> list[Outcome]:
    return [outcome for outcome in judgement.outcomes if outcome.answer == "not_met"]


def _in_sentence(rule: str) -> str:
    """Name of a rule in the middle of a sentence; only its first letter changes: `share the EU pays`."""
    return RULE_NAMES[rule][:1].lower() + RULE_NAMES[rule][1:]
