"""Rules on what is done, for whom and where."""

from thbfund.catalogue.vocabulary import Vocabularies, country_name
from thbfund.project import Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Basis, Outcome
from thbfund.rules.wording import joined, places_in_words


def place_of_action(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome:
    """The work happens where the programme pays for work."""
    found = conditions.of("place_of_action")
    if found is None or found.value is None:
        reason = "The catalogue does not record where funded work may take place."
        return Outcome("place_of_action", "unknown", reason, found.basis if found else Basis())
    asked = places_in_words(found.value, vocabularies)
    if not project.countries_of_action:
        reason = f"Say in which countries the work takes place; paid for in: {asked}."
        return Outcome("place_of_action", "unknown", reason, found.basis, asked, asks="countries_of_action")
    answers = {country: found.value.answer(country, vocabularies) for country in project.countries_of_action}
    said = ", ".join(map(country_name, answers))
    inside = [country_name(country) for country, admitted in answers.items() if admitted == "open"]
    outside = [country_name(country) for country, admitted in answers.items() if admitted == "closed"]
    if len(outside) == len(answers):
        reason = f"Work in {joined(outside)} is not paid for here."
        gap = f"add work in a country that the programme covers ({asked})"
        return Outcome("place_of_action", "not_met", reason, found.basis, asked, said, gap)
    if len(inside) == len(answers):
        reason = f"The programme covers work in {joined(inside)}."
        return Outcome("place_of_action", "met", reason, found.basis, asked, said)
    doubtful = [country_name(country) for country, admitted in answers.items() if admitted != "open"]
    reason = f"Whether work in {joined(doubtful)} can be paid for must be checked in the call."
    return Outcome("place_of_action", "unknown", reason, found.basis, asked, said)


def target_group(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome | None:
    """The people served are those the money is for; None where the programme sets no such condition."""
    found = conditions.of("target_group")
    if found is None or found.value is None:
        return None
    if found.value.third_country_nationals_only:
        return _third_country_nationals(project, found.basis)
    if not found.value.any_of:
        return None
    asked = joined((vocabularies.label("target_groups", group) for group in found.value.any_of), "or")
    if project.target_groups is None:
        reason = f"Say whom the project serves; the money is for {asked}."
        return Outcome("target_group", "unknown", reason, found.basis, asked, asks="target_groups")
    said = ", ".join(vocabularies.label("target_groups", group) for group in project.target_groups)
    if set(project.target_groups) & set(found.value.any_of):
        return Outcome("target_group", "met", "The project serves a group the money is for.", found.basis, asked, said)
    reason = f"None of the groups served is one that the money is for ({asked})."
    return Outcome("target_group", "not_met", reason, found.basis, asked, said, f"also serve {asked}")


def _third_country_nationals(project: Project, basis: Basis) -> Outcome:
    asked = "people who are not citizens of the EU"
    field = "beneficiaries_third_country_nationals"
    if project.beneficiaries_third_country_nationals is None:
        reason = "Say whether the people served are third-country nationals; the money is for them alone."
        return Outcome("target_group", "unknown", reason, basis, asked, asks=field)
    if project.beneficiaries_third_country_nationals:
        return Outcome("target_group", "met", "The people served are third-country nationals.", basis, asked, "yes")
    reason = "The money is for third-country nationals alone; the project serves others."
    gap = "limit the project, or the part of it paid from here, to third-country nationals"
    return Outcome("target_group", "not_met", reason, basis, asked, "no", gap)


def activity(conditions: Conditions, project: Project, vocabularies: Vocabularies) -> Outcome | None:
    """The project does what the programme pays for; None where the programme sets no such condition."""
    found = conditions.of("activity")
    if found is None or found.value is None or not (found.value.any_of or found.value.not_only):
        return None
    wanted = [vocabularies.label("activities", item) for item in found.value.any_of]
    barred = [vocabularies.label("activities", item) for item in found.value.not_only]
    parts = [f"must include {joined(wanted, 'or')}"] if wanted else []
    parts += [f"may not be {joined(barred, 'or')} alone"] if barred else []
    asked = joined(parts)
    if project.activities is None:
        reason = f"Say what the project does; it {asked}."
        return Outcome("activity", "unknown", reason, found.basis, asked, asks="activities")
    done = set(project.activities)
    said = ", ".join(vocabularies.label("activities", item) for item in project.activities)
    if found.value.any_of and not done & set(found.value.any_of):
        gap = f"add {joined(wanted, 'or')}"
        reason = f"The project has no part in {joined(wanted, 'or')}."
        return Outcome("activity", "not_met", reason, found.basis, asked, said, gap)
    if done and done <= set(found.value.not_only):
        reason = f"A project of {joined(barred)} alone is not funded."
        return Outcome("activity", "not_met", reason, found.basis, asked, said, "add direct work to it")
    return Outcome("activity", "met", "The project does what is paid for here.", found.basis, asked, said)
