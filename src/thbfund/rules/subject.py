"""Rules on what is done, for whom and where."""

from collections.abc import Sequence

from thbfund.catalogue.model import ActivityCondition, TargetGroupCondition
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.project import Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.gaps import gap, open_countries
from thbfund.rules.outcome import Basis, Condition, Gap, Outcome
from thbfund.rules.wording import in_sentence, joined, places_in_words
from thbfund.said import say, sentences


def place_of_action(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome:
    """The work happens where the programme pays for work."""
    found = conditions.of("place_of_action")
    if found is None or found.value is None:
        reason = say("The catalogue does not record where funded work may take place.")
        return Outcome("place_of_action", "unknown", reason, found.basis if found else Basis())
    asked = places_in_words(found.value, vocabularies)
    if not project.countries_of_action:
        reason = say("Say in which countries the work takes place; paid for in: {asked}.", asked=asked)
        return Outcome("place_of_action", "unknown", reason, found.basis, asked, asks="countries_of_action")
    answers = {country: found.value.answer(country, vocabularies) for country in project.countries_of_action}
    said = joined(map(in_sentence, answers), ",")
    inside = [in_sentence(country) for country, admitted in answers.items() if admitted == "open"]
    outside = [in_sentence(country) for country, admitted in answers.items() if admitted == "closed"]
    if len(outside) == len(answers):
        reason = say("Work in {places} is not paid for here.", places=joined(outside))
        first = next(open_countries(found.value, vocabularies), None)
        text = say(
            "plan work, or the part of it paid from here, in a country that the programme covers ({asked})", asked=asked
        )
        closing = gap(text, "plan", countries_of_action=(first,)) if first else None
        return Outcome("place_of_action", "not_met", reason, found.basis, asked, said, closing)
    if len(inside) == len(answers):
        reason = say("The programme covers work in {places}.", places=joined(inside))
        return Outcome("place_of_action", "met", reason, found.basis, asked, said)
    doubtful = [in_sentence(country) for country, admitted in answers.items() if admitted not in {"open", "closed"}]
    reason = sentences(
        say("Work in {places} is not paid for here.", places=joined(outside)) if outside else "",
        say("Work in {places} is covered.", places=joined(inside)) if inside and outside else "",
        say("Whether work in {places} can be paid for must be checked in the call.", places=joined(doubtful))
        if doubtful
        else "",
    )
    return Outcome("place_of_action", "unknown", reason, found.basis, asked, said)


def target_group(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome | None:
    """The people served are those the money is for; None where the programme sets no such condition."""
    found = conditions.of("target_group")
    if found is None or found.value is None:
        return None
    if found.value.third_country_nationals_only:
        return _third_country_nationals(project, found, vocabularies)
    if not found.value.any_of:
        return None
    asked = target_group_in_words(found.value, vocabularies)
    if project.target_groups is None:
        reason = say("Say whom the project serves; the money is for {asked}.", asked=asked)
        return Outcome("target_group", "unknown", reason, found.basis, asked, asks="target_groups")
    said = joined((vocabularies.label("target_groups", group) for group in project.target_groups), ",")
    if set(project.target_groups) & set(found.value.any_of):
        reason = say("The project serves a group the money is for.")
        return Outcome("target_group", "met", reason, found.basis, asked, said)
    reason = say("None of the groups served is one that the money is for ({asked}).", asked=asked)
    groups = (*project.target_groups, found.value.any_of[0])
    closing = gap(say("also serve {asked}", asked=asked), "plan", target_groups=groups)
    return Outcome("target_group", "not_met", reason, found.basis, asked, said, closing)


def target_group_in_words(wanted: TargetGroupCondition, vocabularies: Vocabularies) -> str:
    """`people who are not citizens of the EU`, or the groups of which one must be served."""
    if wanted.third_country_nationals_only:
        return say("people who are not citizens of the EU")
    return joined((vocabularies.label("target_groups", group) for group in wanted.any_of), "or")


def _third_country_nationals(project: Project, found: Condition, vocabularies: Vocabularies) -> Outcome:
    asked, basis = target_group_in_words(found.value, vocabularies), found.basis
    field = "beneficiaries_third_country_nationals"
    if project.beneficiaries_third_country_nationals is None:
        reason = say("Say whether the people served are third-country nationals; the money is for them alone.")
        return Outcome("target_group", "unknown", reason, basis, asked, asks=field)
    if project.beneficiaries_third_country_nationals:
        reason = say("The people served are third-country nationals.")
        return Outcome("target_group", "met", reason, basis, asked, say("yes"))
    reason = say("The money is for third-country nationals alone; the project serves others.")
    text = say("limit the project, or the part of it paid from here, to third-country nationals")
    closing = gap(text, "plan", beneficiaries_third_country_nationals=True)
    return Outcome("target_group", "not_met", reason, basis, asked, say("no"), closing)


def activity(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome | None:
    """The project does what the programme pays for; None where the programme sets no such condition."""
    found = conditions.of("activity")
    if found is None or found.value is None or not (found.value.any_of or found.value.not_only):
        return None
    wanted = [vocabularies.label("activities", item) for item in found.value.any_of]
    barred = [vocabularies.label("activities", item) for item in found.value.not_only]
    asked = activity_in_words(found.value, vocabularies)
    if project.activities is None:
        reason = say("Say what the project does; it {asked}.", asked=asked)
        return Outcome("activity", "unknown", reason, found.basis, asked, asks="activities")
    done = set(project.activities)
    said = joined((vocabularies.label("activities", item) for item in project.activities), ",")
    closing = _further_activities(found.value, project.activities, vocabularies)
    if found.value.any_of and not done & set(found.value.any_of):
        reason = say("The project has no part in {activities}.", activities=joined(wanted, "or"))
        return Outcome("activity", "not_met", reason, found.basis, asked, said, closing)
    if done and done <= set(found.value.not_only):
        reason = say("A project of {activities} alone is not funded.", activities=joined(barred))
        return Outcome("activity", "not_met", reason, found.basis, asked, said, closing)
    reason = say("The project does what is paid for here.")
    return Outcome("activity", "met", reason, found.basis, asked, said)


def activity_in_words(wanted: ActivityCondition, vocabularies: Vocabularies) -> str:
    """`must include research`, `may not be studies alone`, or both."""
    needed = joined((vocabularies.label("activities", item) for item in wanted.any_of), "or")
    barred = joined((vocabularies.label("activities", item) for item in wanted.not_only), "or")
    parts = [say("must include {activities}", activities=needed)] if wanted.any_of else []
    parts += [say("may not be {activities} alone", activities=barred)] if wanted.not_only else []
    return joined(parts)


def _further_activities(wanted: ActivityCondition, done: Sequence[str], vocabularies: Vocabularies) -> Gap | None:
    """What to add: an activity that is asked for, and one that makes it more than those that are not funded alone."""
    activities = list(done)
    parts: list[str] = []
    if wanted.any_of and not set(done) & set(wanted.any_of):
        activities.append(wanted.any_of[0])
        parts.append(joined((vocabularies.label("activities", item) for item in wanted.any_of), "or"))
    if set(activities) <= set(wanted.not_only):
        others = [entry.id for entry in vocabularies["activities"].entries if entry.id not in wanted.not_only]
        if not others:
            return None
        activities.append(others[0])
        parts.append(say("work of another kind"))
    return gap(say("add {missing}", missing=joined(parts)), "plan", activities=tuple(activities))
