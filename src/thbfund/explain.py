"""EXPLAIN: contributions and outcomes -> sentences and fixes. Plain text, no mark-up."""

from collections.abc import Mapping
from dataclasses import dataclass

from thbfund.matching import Group, Match, MatchReport
from thbfund.ranking import Contribution
from thbfund.ranking.relevance import FieldEvidence
from thbfund.rules import Judgement, Outcome, smallest_fix
from thbfund.rules.calendar import not_begun
from thbfund.rules.verdict import Verdict
from thbfund.rules.wording import joined, sentence
from thbfund.said import Said, say, sentences, within
from thbfund.timing import Expected, Round

GROUP_TITLES: Mapping[Group, str] = {
    "can_apply": say("You may apply"),
    "to_check": say("To check: something is still open"),
    "cannot_apply": say("Not as described: the reason and the nearest fix"),
    "closed": say("Not open for applications on this day"),
}
VERDICT_WORDS = {
    "eligible": say("eligible as described"),
    "to_check": say("to check"),
    "not_eligible": say("not eligible as described"),
    "closed": say("closed"),
}
BAND_WORDS = {"strong": say("strong fit"), "possible": say("possible fit"), "weak": say("weak fit")}
ROLE_WORDS = {
    "lead": say("lead applicant"),
    "partner": say("partner"),
    "associated": say("associated partner, without EU money of its own"),
    "sub_grantee": say("recipient of a sub-grant"),
    "none": say("no role"),
    "unknown": say("role to be checked"),
}
TIMING_WORDS = {
    "open": say("a call is open"),
    "forthcoming": say("a call is announced"),
    "expected": say("a call is expected, not announced"),
    "none_known": say("no call on record here; look at the official page"),
    "closed": say("takes no applications on this day"),
}
# Elements of a situation of the field, each with the signs that show it.
ELEMENTS: Mapping[str, tuple[str, ...]] = {
    say("who could be used"): ("person", "telling_group"),
    say("who uses them"): ("controller",),
    say("how they are brought"): ("recruited_or_moved", "deceived"),
    say("how they are kept"): ("debt", "unpaid", "papers_taken", "threat_or_violence", "not_free"),
    say("what for"): ("purpose", "form_of_exploitation", "exploitation_signs"),
    say("who helps or prosecutes"): ("help",),
}
OTHER_SUBJECT = say("call on another subject")
SHOWN_SIGNS = 3  # words per element; more would repeat the user's text
RULE_NAMES = {
    "in_force": say("Programme in force"),
    "route_open": say("Way to the money open"),
    "applicant_type": say("Type of the lead"),
    "applicant_country": say("Seat of the lead"),
    "partner_country": say("Seats of the partners"),
    "role": say("Lead role"),
    "place_of_action": say("Place of work"),
    "consortium": say("Size of the consortium"),
    "required_partner": say("Required kinds of partner"),
    "target_group": say("People served"),
    "activity": say("Kind of activity"),
    "grant_range": say("Size of the grant"),
    "eu_rate": say("Share the EU pays"),
    "duration": say("Duration"),
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
    return say("Judged by what calls here usually ask ({names}): each call sets its own terms.", names=names)


def doubts(judgement: Judgement) -> tuple[str, ...]:
    """What to look at again: rules on which sources disagree, and rules that rest on checks grown too old."""
    disputed = [_in_sentence(outcome.rule) for outcome in judgement.outcomes if outcome.others]
    overdue = [_in_sentence(outcome.rule) for outcome in judgement.outcomes if outcome.basis.overdue]
    return (
        *([say("Sources disagree: {rules}.", rules=joined(disputed))] if disputed else []),
        *([say("Checked too long ago, check again: {rules}.", rules=joined(overdue))] if overdue else []),
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
    return joined(dict.fromkeys(said), ";")  # of a programme that has not begun, verdict and timing say the same


def strands(match: Match) -> str:
    """Say which strand fits best and which one was judged, where they are two; "" where they are one."""
    fits, judged = match.scored.document.strand, match.judgement.strand
    if fits is judged:
        return ""
    return say(
        "The best fit is the strand {best}; the verdict is that of the strand {judged}, the easiest door.",
        best=fits.name,
        judged=judged.name,
    )


def nothing_fits(report: MatchReport) -> str:
    """Why there is nothing to show: no programme on that day, or a text from outside the field."""
    if not report.matches:
        return say(
            "No programme of the catalogue is in force on {day}. Ask for another day, or for all periods.",
            day=report.on,
        )
    if report.field.in_field:
        return say(
            "Nothing here fits among {number} of {all} programmes looked at, as on {day}. "
            "Try another day, or all periods.",
            number=len(report.matches),
            all=len(report.catalogue.programmes),
            day=report.on,
        )
    return sentences(
        say(
            "Nothing here fits. The description shows no project against trafficking in human beings or on a "
            "neighbouring subject."
        ),
        signs_found(report.field),
        say("If it is one, say who is helped, against what, and where."),
    )


def signs_found(evidence: FieldEvidence) -> str:
    """Say which elements of trafficking a description shows, with its words, and which it does not."""
    words = {
        name: tuple(dict.fromkeys(word for sign in signs for word in evidence.signs.get(sign, ())))
        for name, signs in ELEMENTS.items()
    }
    quoted = [
        say("{element} ({words})", element=name, words=joined(found[:SHOWN_SIGNS], ","))
        for name, found in words.items()
        if found
    ]
    missing = [name for name, found in words.items() if not found]
    other = list(evidence.signs.get("other_trafficking", ()))[:SHOWN_SIGNS]
    return sentences(
        say("Found: {signs}.", signs=joined(quoted, ";")) if quoted else "",
        say("Not found: {signs}.", signs=joined(missing, ";")) if missing else "",
        say("Trafficking of something other than people: {signs}.", signs=joined(other, ";")) if other else "",
    )


def timing(match: Match) -> str:
    """When one can apply and for what: the words in short, then the call that they are told from."""
    about = call_ahead(match)
    short = timing_in_short(match)
    return say("{when}: {call}", when=short, call=about) if about else short


def timing_in_short(match: Match) -> str:
    """When one can apply, in a few words, with the date or year where one is known."""
    calendar = match.calendar
    if match.timing in {"open", "forthcoming"}:
        return _current_in_short(calendar.current[0])
    if match.timing == "expected":
        coming = calendar.expected[0]
        if coming.aside:
            return say("call on another subject expected in {year}, not announced", year=str(coming.year))
        return say("call expected in {year}, not announced", year=str(coming.year))
    if calendar.begins_on:
        return not_begun(calendar.begins_on)
    return TIMING_WORDS[match.timing]


def _current_in_short(found: Round) -> str:
    topic, call = found.topic, _call(found)
    if found.status != "open":
        opens = topic.opens
        return (
            say("{call} announced, opens {day}", call=call, day=opens) if opens else say("{call} announced", call=call)
        )
    if topic.closes is None:
        return say("{call} open", call=call)
    if found.overdue:
        return say("{call} open until {day}, check again", call=call, day=topic.closes)
    return say("{call} open until {day}", call=call, day=topic.closes)


def _call(found: Round) -> Said:
    """A call, with a warning where its subject is known to be another than the project's."""
    return OTHER_SUBJECT if found.aside else say("call")


def with_subject(found: Round | Expected, line: str) -> str:
    """A line on a call, begun so that nobody takes one on another subject for one on the project's."""
    return sentences(sentence(OTHER_SUBJECT), line) if found.aside else line


def call_ahead(match: Match) -> str:
    """Name of the call that the timing is told from, so that nobody takes it for one on another subject; or ""."""
    if match.timing in {"open", "forthcoming"}:
        return match.calendar.current[0].topic.title
    return match.calendar.expected[0].family.name if match.timing == "expected" else ""


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
    """Name of a rule in the middle of a sentence."""
    return within(RULE_NAMES[rule])
