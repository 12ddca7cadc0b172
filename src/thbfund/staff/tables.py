"""The catalogue as tidy tables, one per kind of thing, for spreadsheets, databases and other programs."""

from collections.abc import Iterator

import pandas as pd

from thbfund.catalogue.calls import rhythm
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import PROOF, Evidence, OtherValue, Source
from thbfund.catalogue.freshness import facts_in
from thbfund.catalogue.model import Strand
from thbfund.staff.policy_tables import Row, guidance_tables, policy_tables

_DESCRIPTIONS = {
    "programmes": "EU funding programmes, one of a programming period each.",
    "strands": "Parts of a programme that an applicant meets as a door of their own.",
    "facts": "Every fact of programmes and calls, with its value as JSON text, sources and the day it was checked; "
    "where sources disagree, each value has a row and `disputed` is true.",
    "relevance": "Grades 0 to 3 of each strand for each priority: our judgement, with the reason.",
    "tags": "Target groups, activities and forms of exploitation of each strand: our classification.",
    "families": "Kinds of call that come again over the years, with how near their subject is to trafficking.",
    "topics": "Topics of calls for proposals.",
    "projects": "Projects that were really funded, each with the programme that paid and the page that says so.",
    "sources": "The documents that facts cite, by file and key.",
    "vocabularies": "Entries of the closed lists with their definitions.",
}


def descriptions(catalogue: Catalogue) -> dict[str, str]:
    """What each table holds, by its name; lists of entries say it themselves."""
    files = {**catalogue.policy.files, **catalogue.guidance.files}
    return {**_DESCRIPTIONS, **{name: file.description for name, file in files.items()}}


def tables(catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """One table per kind, in a fixed order of rows and columns; a kind without entries has no table."""
    rows: dict[str, Iterator[Row]] = {
        "programmes": _programmes(catalogue),
        "strands": _strands(catalogue),
        "facts": _facts(catalogue),
        "relevance": _relevance(catalogue),
        "tags": _tags(catalogue),
        "families": _families(catalogue),
        "topics": _topics(catalogue),
        "projects": _projects(catalogue),
        "sources": _sources(catalogue),
        "vocabularies": _entries(catalogue),
        **policy_tables(catalogue.policy),
        **guidance_tables(catalogue.guidance),
    }
    filled = {name: _with_whole_numbers(pd.DataFrame(list(found))) for name, found in rows.items()}
    return {name: table for name, table in filled.items() if len(table)}


def _with_whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """A year beside an unknown one stays 2019: without this it would become 2019.0."""
    whole = [name for name in table.select_dtypes("float") if (table[name].dropna() % 1 == 0).all()]
    return table.astype(dict.fromkeys(whole, "Int64"))


def _programmes(catalogue: Catalogue) -> Iterator[Row]:
    for key, programme in catalogue.programmes.items():
        span = programme.in_force.value
        yield {
            "programme": key,
            "name": programme.name,
            "acronym": programme.acronym,
            "periods": " ".join(programme.periods),
            "named_in_brochure": programme.named_in_brochure,
            "starts_on": span.starts_on.isoformat() if span else None,
            "ends_on": span.ends_on.isoformat() if span and span.ends_on else None,
            "successor": programme.successor.value,
            "official_page": programme.official_page.value,
            "summary": programme.summary.value,
        }


def _each_strand(catalogue: Catalogue) -> Iterator[tuple[Strand, Row]]:
    """Each strand, with the columns that name it."""
    for key, programme in catalogue.programmes.items():
        for strand in programme.strands:
            yield strand, {"programme": key, "strand": strand.id}


def _strands(catalogue: Catalogue) -> Iterator[Row]:
    for strand, named in _each_strand(catalogue):
        yield {
            **named,
            "name": strand.name,
            "route": strand.route.value,
            "management_mode": strand.management_mode.value,
            "managing_body": strand.managing_body.value,
            "objectives": strand.objectives.value,
            "how_to_apply": strand.how_to_apply.value,
        }


def _facts(catalogue: Catalogue) -> Iterator[Row]:
    for key, programme in catalogue.programmes.items():
        for path, evidence in facts_in(programme):
            yield _fact(f"programmes/{key}.yaml", path, evidence)
    for key, calls in catalogue.calls.items():
        for path, evidence in facts_in(calls):
            yield _fact(f"calls/{key}.yaml", path, evidence)


def _fact(file: str, path: tuple[str | int, ...], evidence: Evidence) -> Row:
    said = evidence.model_dump_json(exclude=set(PROOF), exclude_defaults=True)
    return {
        "file": file,
        "path": ".".join(str(part) for part in path),
        "value": said,
        "sources": "; ".join(str(cited) for cited in evidence.sources),
        "checked_on": evidence.checked_on.isoformat() if evidence.checked_on else None,
        "verified": evidence.verified,
        "unverified_because": evidence.unverified,
        "note": evidence.note,
        "disputed": isinstance(evidence, OtherValue) or bool(getattr(evidence, "disputed", ())),
        "set_by": getattr(evidence, "set_by", None),
    }


def _relevance(catalogue: Catalogue) -> Iterator[Row]:
    for strand, named in _each_strand(catalogue):
        for priority, grade in strand.relevance.items():
            yield {**named, "priority": priority, "grade": grade.grade, "reason": grade.reason}


def _tags(catalogue: Catalogue) -> Iterator[Row]:
    for strand, named in _each_strand(catalogue):
        for vocabulary in ("target_groups", "activities", "forms_of_exploitation"):
            for entry in getattr(strand.tags, vocabulary):
                yield {**named, "vocabulary": vocabulary, "entry": entry}


def _families(catalogue: Catalogue) -> Iterator[Row]:
    for key, calls in catalogue.calls.items():
        for family in calls.families:
            yield {
                "programme": key,
                "family": family.id,
                "strand": family.strand,
                "name": family.name,
                "relevance": family.relevance,
                "years": " ".join(map(str, rhythm(calls.in_family(family.id)).years)),
                "note": family.note,
            }


def _topics(catalogue: Catalogue) -> Iterator[Row]:
    for key, calls in catalogue.calls.items():
        for topic in calls.topics:
            yield {
                "programme": key,
                "strand": topic.strand,
                "topic": topic.id,
                "call": topic.call,
                "title": topic.title,
                "year": topic.year,
                "family": topic.family,
                "relevance": topic.relevance,
                "opens_on": topic.opens.isoformat() if topic.opens else None,
                "deadline": topic.closes.isoformat() if topic.closes else None,
                "budget_eur": topic.budget.value if topic.budget else None,
                "budget_scope": topic.budget_scope,
                "subject": topic.subject.value,
            }


def _projects(catalogue: Catalogue) -> Iterator[Row]:
    for project in catalogue.evidence:
        yield {**project.model_dump(mode="json"), "countries": " ".join(project.countries)}


def _sources(catalogue: Catalogue) -> Iterator[Row]:
    for key, programme in catalogue.programmes.items():
        yield from _listed(f"programmes/{key}.yaml", programme.sources)
    for key, calls in catalogue.calls.items():
        yield from _listed(f"calls/{key}.yaml", calls.sources)
    for key, vocabulary in catalogue.vocabularies.by_id.items():
        yield from _listed(f"vocabularies/{key}.yaml", vocabulary.sources)
    for key, file in catalogue.policy.files.items():
        yield from _listed(f"policy/{key}.yaml", file.sources)
    for key, file in catalogue.guidance.files.items():
        yield from _listed(f"guidance/{key}.yaml", file.sources)


def _listed(file: str, sources: dict[str, Source]) -> Iterator[Row]:
    for key, source in sources.items():
        yield {"file": file, "key": key, "title": source.title, "url": source.url, "kind": source.kind}


def _entries(catalogue: Catalogue) -> Iterator[Row]:
    for key, vocabulary in catalogue.vocabularies.by_id.items():
        for entry in vocabulary.entries:
            yield {
                "vocabulary": key,
                "entry": entry.id,
                "label": entry.label,
                "definition": entry.definition,
                "clause": entry.clause,
                "includes": "; ".join(entry.includes),
                "excludes": "; ".join(entry.excludes),
                "examples": "; ".join(entry.examples),
                "counterparts": " ".join(entry.counterparts),
                "articles": " ".join(entry.articles),
                "members": " ".join(entry.members),
            }
