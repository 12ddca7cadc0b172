"""What each contribution to a score rests on, in a sentence. Plain text, no mark-up."""

from collections.abc import Callable, Mapping

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.catalogue.languages import Language
from thbfund.ranking import Contribution
from thbfund.rules.wording import joined, place_name
from thbfund.said import say, sentences

CONTRIBUTION_NAMES: Mapping[str, str] = {
    "text": say("Wording"),
    "meaning": say("Meaning"),
    "target_groups": say("People served"),
    "activities": say("Activities"),
    "priorities": say("Policy priorities"),
    "place_of_action": say("Place of work"),
    "similar_projects": say("Funded projects of like meaning"),
    "similar_work": say("Funded projects of like work"),
    "usual_lead": say("Usual type of lead"),
    "usual_seat": say("Usual seat of the lead"),
    "usual_grant": say("Usual amount"),
    "usual_partners": say("Usual number of partners"),
}
SMALLEST_SHOWN = 0.005  # points; less is shown as 0.00
_VOCABULARIES = {"target_groups", "activities", "priorities"}
_NOT_COUNTED = {
    "usual_lead": say(
        "No funded project is on record that tells whether such projects were led by this type of organisation."
    ),
    "usual_seat": say("No funded project is on record that tells whether such projects were led from this country."),
    "usual_partners": say("No funded project is on record that tells whether such projects had as many partners."),
}


def because(contribution: Contribution, catalogue: Catalogue, language: Language = "en") -> str:
    """Say in a sentence what a contribution rests on; `language` is that of the description."""
    if contribution.name == "text" and contribution.shared and language != "en":
        return _of_names(contribution)
    if contribution.name in _VOCABULARIES:
        return _of_tags(contribution, catalogue)
    if contribution.name in _NOT_COUNTED:
        return _of_count(contribution)
    return _SENTENCES[contribution.name](contribution, catalogue)


def projects_alike(contribution: Contribution, catalogue: Catalogue) -> tuple[Record, ...]:
    """The funded projects that a contribution rests on, nearest first; () for other contributions."""
    if contribution.name not in {"similar_projects", "similar_work"}:
        return ()
    by_id = {record.id: record for record in catalogue.ranking.labelled}
    return tuple(by_id[key] for key in contribution.shared if key in by_id)


def project_name(record: Record) -> str:
    """A funded project as it calls itself, with the year in which it began where that is known."""
    name = record.acronym or record.title or record.id
    return f"{name} ({record.year_start})" if record.year_start else name


def _of_tags(contribution: Contribution, catalogue: Catalogue) -> str:
    if not contribution.shared:
        return say("Nothing in common was recognised.")
    labels = joined(catalogue.vocabularies.label(contribution.name, entry) for entry in contribution.shared)
    return say("Project and programme share: {labels}.", labels=labels)


def _of_words(contribution: Contribution, _: Catalogue) -> str:
    if not contribution.shared:
        return say("No words in common.")
    return say("The programme's text shares these words: {words}.", words=joined(contribution.shared, ","))


def _of_names(contribution: Contribution) -> str:
    """Of a text that is not English, the English names of what was recognised are compared too."""
    return say(
        "The programme's text shares these words with the description or the English names of its subjects: {words}.",
        words=joined(contribution.shared, ","),
    )


def _of_meaning(contribution: Contribution, _: Catalogue) -> str:
    if contribution.value > 0:
        return say("The description is near to the programme's text in meaning.")
    return say("The description is far from the programme's text in meaning.")


def _of_place(contribution: Contribution, catalogue: Catalogue) -> str:
    if contribution.shared:
        places = joined(place_name(place, catalogue.vocabularies) for place in contribution.shared)
        return say("The programme covers work in {places}.", places=places)
    if contribution.value > 0:
        return say("Whether the place of work fits is not settled.")
    return say("No place of work in common was recognised.")


def _of_projects(contribution: Contribution, catalogue: Catalogue) -> str:
    alike = projects_alike(contribution, catalogue)
    if not alike:
        return say("No like project on record was paid by this programme or the one before it.")
    names = joined(project_name(record) for record in alike)
    if len(alike) == 1:
        return say("A like project was paid by this programme or its lineage: {names}.", names=names)
    return say("Like projects were paid by this programme or its lineage: {names}.", names=names)


def _of_grant(contribution: Contribution, _: Catalogue) -> str:
    if abs(contribution.value) < SMALLEST_SHOWN:
        return say(
            "The amount tells next to nothing: among funded projects on record it speaks neither for nor against."
        )
    if contribution.value > 0:
        return say("The amount is usual among funded projects on record.")
    return say("The amount is unusual among funded projects on record; that is no rule.")


def _of_count(contribution: Contribution) -> str:
    if not contribution.shared:
        return _NOT_COUNTED[contribution.name]
    same, known = map(int, contribution.shared)
    counts = {"same": same, "known": known}
    told = {
        "usual_lead": say(
            "{same} of {known} funded projects on record were led by this type of organisation; that is no rule.",
            **counts,
        ),
        "usual_seat": say(
            "{same} of {known} funded projects on record were led from this country; that is no rule.", **counts
        ),
        "usual_partners": say(
            "{same} of {known} funded projects on record had as many partners; that is no rule.", **counts
        ),
    }
    return sentences(told[contribution.name], say("Counted are projects of this programme and its lineage."))


_SENTENCES: Mapping[str, Callable[[Contribution, Catalogue], str]] = {
    "text": _of_words,
    "meaning": _of_meaning,
    "place_of_action": _of_place,
    "similar_projects": _of_projects,
    "similar_work": _of_projects,
    "usual_grant": _of_grant,
}
