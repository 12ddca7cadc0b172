"""A tiny invented catalogue, and makers of its parts: every test that is about logic builds on these, not on data/.

Three programmes on which nothing real depends:

* **Lantern Fund** (2021-2027): `harbour`, shelter for victims, a call of the Commission with a consortium;
  `beacon`, training of police, by national authorities.
* **Compass Programme** (2021-2027): work in the outer circle of countries, by EU Delegations, one strand.
* **Candle Fund** (2014-2020): closed, followed by the Lantern Fund.
"""

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from thbfund import Problem, Project
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.calls import Calls
from thbfund.catalogue.guidance import GUIDANCE_FILES
from thbfund.catalogue.labelled import Record
from thbfund.catalogue.model import Programme
from thbfund.catalogue.vocabulary import TAGS, Vocabularies, Vocabulary
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.rules.conditions import Conditions
from thbfund.staff.portal.topics import PortalTopic

REMOVED = object()
"""As a changed value: leave the field out."""

CHECKED_ON = "2026-01-15"

READ = {"sources": ["law"], "checked_on": CHECKED_ON}
"""The evidence of an entry that was read in the law of the tiny catalogue."""

ON = date(2026, 6, 1)
"""A day on which every check of the invented facts still holds."""

INNER_CIRCLE = ["DE", "FR", "GR", "IT"]
OUTER_CIRCLE = ["AL", "NG", "NO"]

SUMMARY = "A shelter gives women who were trafficked to Italy a safe place to stay, legal aid and language courses."

COMPLETE = {
    "applicant": {"type": "ngo", "country": "DE"},
    "partners": [{"type": "ngo", "country": "FR"}],
    "countries_of_action": ["IT"],
    "total_budget_eur": 300_000,
    "requested_grant_eur": 270_000,
    "duration_months": 24,
}
"""All that the strand Harbour asks of a project, and all of it met."""

_ENTRIES = {
    "activity_families": {"helping": "Helping", "teaching": "Teaching", "studying": "Studying"},
    "activities": {
        "shelter": "Safe place to stay",
        "legal_aid": "Legal aid",
        "training": "Training of professionals",
        "studies": "Studies",
        "warning": "Warning people before they leave",
    },
    "applicant_types": {
        "ngo": "Non-profit organisation (NGO)",
        "public_authority": "Public authority",
        "law_enforcement": "Law enforcement body",
        "international_organisation": "International organisation",
        "university": "University",
        "company": "Company",
        "individual": "Natural person",
    },
    "country_groups": {"inner_circle": "Inner circle", "outer_circle": "Outer circle"},
    "directive_articles": {"D-1": "Article on light", "D-2": "Article on ropes"},
    "forms_of_exploitation": {"sexual_exploitation": "Sexual exploitation", "labour_exploitation": "Forced labour"},
    "priorities": {"A": "Chain", "B": "Rights", "C": "Cooperation", "X1": "Knowledge", "X2": "Funding"},
    "routes": {
        "commission_call": "Call of the Commission",
        "national_authority": "National authority",
        "eu_delegation_call": "Call of an EU Delegation",
    },
    "target_groups": {
        "victims_of_trafficking": "Victims of trafficking",
        "third_country_nationals": "People from outside the circle",
        "children": "Children",
        "police_officers": "Police officers",
    },
}

_FAMILIES = {"shelter": "helping", "legal_aid": "helping", "training": "teaching", "studies": "studying"}

_TAG_PARTS = {
    "clause": "Lantern law, Art. 1",
    "includes": ["lamps"],
    "excludes": ["candles"],
    "examples": ["A village lights its path.", "A harbour mends its lamp."],
}

_LEXICON = {
    "activities": {
        "shelter": {"en": ["shelter*", "safe place*"], "de": ["schutzwohnung*", "*haus"]},
        "legal_aid": {"en": ["legal aid", "lawyer*"], "de": ["rechtsberatung"]},
        "training": {"en": ["train*"], "de": ["schulung*"]},
        "studies": {"en": ["stud*", "research*"]},
        "warning": {"en": ["warn*", "awareness raising"]},
    },
    "field": {
        "trafficking_in_persons": {
            "en": ["human trafficking", "trafficked women", "were trafficked", "trafficking in human beings"],
            "de": ["menschenhandel*"],
        },
        "exploitation_signs": {"en": ["forced labour", "exploited"]},
        "neighbouring_subject": {"en": ["violence against women"]},
        "other_trafficking": {"en": ["drug trafficking", "arms trafficking"]},
        "exclusion_clause": {"en": ["convicted of trafficking", "grounds for exclusion"]},
        "denial": {"en": ["nothing to do with", "not about"], "de": ["nichts zu tun"]},
        "contrast": {"en": ["but"], "de": ["sondern"]},
        "instruction": {"en": ["ignore all"]},
    },
    "forms_of_exploitation": {
        "sexual_exploitation": {"en": ["sexual exploitation", "prostitut*"]},
        "labour_exploitation": {"en": ["forced labour"]},
    },
    "places": {"IT": {"en": ["italian*"]}, "outer_circle": {"en": ["outer circle"]}},
    "priorities": {
        "A": {"en": ["investigat*", "prosecut*"]},
        "B": {"en": ["shelter*", "legal aid"], "de": ["schutzwohnung*"]},
        "C": {"en": ["cooperation"]},
    },
    "situation": {
        "person": {"en": ["girl*", "picker*", "women"], "de": ["mädchen"]},
        "controller": {"en": ["boss*", "gang*"], "de": ["chef*"]},
        "recruited_or_moved": {"en": ["brought here"]},
        "deceived": {"en": ["promis*"]},
        "debt": {"en": ["debt*", "loan*"], "de": ["schulden*"]},
        "unpaid": {"en": ["no wage*"]},
        "papers_taken": {"en": ["passport*"], "de": ["pässe*"]},
        "threat_or_violence": {"en": ["threat*", "beat*"], "de": ["droh*"]},
        "not_free": {"en": ["locked"]},
        "purpose": {"en": ["steal*", "beg"]},
        "trafficking_word": {"en": ["traffick*"]},
        "help": {"en": ["shelter*", "police", "lawyer*"], "de": ["anwält*"]},
        "elsewhere": {"en": ["bicycle*", "museum*", "bird*", "football"]},
    },
    "target_groups": {
        "victims_of_trafficking": {"en": ["trafficked women", "were trafficked"], "de": ["opfer*"]},
        "children": {"en": ["child*"], "de": ["kind*"]},
        "police_officers": {"en": ["police"], "de": ["polizei*"]},
    },
}


def fact(value: Any, **changes: Any) -> dict[str, Any]:
    """A fact read in the law of the tiny catalogue."""
    return _apply({"value": value, "sources": ["law Art. 1"], "checked_on": CHECKED_ON}, changes)


def other_value(value: Any, **changes: Any) -> dict[str, Any]:
    """What another page of the tiny catalogue says, to stand under `disputed`."""
    return _apply({"value": value, "sources": ["law Art. 2"], "checked_on": CHECKED_ON}, changes)


def unverified(value: Any, reason: str = "nobody has read it yet", **changes: Any) -> dict[str, Any]:
    """A fact that could not be confirmed."""
    return _apply({"value": value, "unverified": reason}, changes)


def make_strand(**changes: Any) -> dict[str, Any]:
    """A valid strand that sets no condition, as a dict to be written as YAML."""
    strand = {
        "id": "harbour",
        "name": "Harbour",
        "managing_body": fact("Office of Lanterns"),
        "management_mode": fact("direct"),
        "route": fact("commission_call"),
        "how_to_apply": fact("Answer the call of the office."),
        "objectives": fact("A safe place to stay for victims of trafficking, with shelters and with legal aid."),
        "actions": fact(["many shelters", "some legal aid"]),
        "tags": {"target_groups": ["victims_of_trafficking"], "activities": ["shelter", "legal_aid"]},
        "relevance": make_relevance(B=3),
    }
    return _apply(strand, changes)


def make_relevance(**grades: int) -> dict[str, Any]:
    """Grades for the five priorities of COM(2017) 728; those not named are 0."""
    return {
        priority: {"grade": grades.get(priority, 0), "reason": f"invented for priority {priority}"}
        for priority in ("A", "B", "C", "X1", "X2")
    }


def make_programme(**changes: Any) -> dict[str, Any]:
    """A valid programme with one strand, as a dict to be written as YAML; `REMOVED` leaves a field out."""
    programme = {
        "id": "lantern-2021-2027",
        "name": "Lantern Fund",
        "acronym": "LAN",
        "periods": ["2021-2027"],
        "named_in_brochure": False,
        "official_page": fact("https://lantern.example/"),
        "summary": fact("Pays for light in dark places, for lanterns and for those who carry them."),
        "in_force": fact({"starts_on": "2021-01-01", "ends_on": "2027-12-31"}),
        "predecessors": fact(["Candle Fund"]),
        "successor": fact(None, note="none is known yet"),
        "legal_basis": [
            {"act": "Lantern law", "celex": "32021R9999", "role": "sets it up", "sources": ["law"],
             "checked_on": CHECKED_ON},
        ],
        "budget": [{"label": "whole period", "amount_eur": 1_000_000, "sources": ["law"], "checked_on": CHECKED_ON}],
        "strands": [make_strand()],
        "sources": {"law": {"title": "Lantern law", "url": "https://lantern.example/law", "kind": "law"}},
    }  # fmt: skip
    return _apply(programme, changes)


def tiny_programmes() -> list[dict[str, Any]]:
    """The three programmes of the tiny catalogue."""
    harbour = make_strand(
        eligibility={
            "applicant_types": {"lead": fact({"open_to": ["ngo", "public_authority"], "closed_to": ["individual"]})},
            "countries": {"lead": fact({"open_to": ["inner_circle"], "others": "closed"})},
            "place_of_action": fact({"open_to": ["inner_circle"], "others": "closed"}),
            "consortium": fact({"min_organisations": 2, "min_countries": 2}),
            "grant": fact({"min_eur": 100_000, "max_eur": 500_000}),
            "eu_rate": fact(0.9),
            "duration": fact({"min_months": 12, "max_months": 36}),
        }
    )
    beacon = make_strand(
        id="beacon",
        name="Beacon",
        management_mode=fact("shared"),
        route=fact("national_authority"),
        objectives=fact("Police officers learn in training how traffickers work and how to investigate them."),
        actions=fact(["training of police"]),
        tags={"target_groups": ["police_officers"], "activities": ["training"]},
        relevance=make_relevance(A=3, C=1),
    )
    compass_strand = make_strand(
        id="roads",
        name="Roads",
        route=fact("eu_delegation_call"),
        objectives=fact("Families and schools in the outer circle are warned of recruiters before anybody leaves."),
        actions=fact(["warning people", "many helplines"]),
        tags={"target_groups": ["children"], "activities": ["warning"]},
        relevance=make_relevance(B=2, C=2),
        eligibility={"place_of_action": fact({"open_to": ["outer_circle"], "others": "closed"})},
    )
    compass = make_programme(
        id="compass-2021-2027", name="Compass Programme", acronym="COM", predecessors=fact([]), strands=[compass_strand]
    )
    candle = make_programme(
        id="candle-2014-2020",
        name="Candle Fund",
        acronym="CAN",
        periods=["2014-2020"],
        in_force=fact({"starts_on": "2014-01-01", "ends_on": "2020-12-31"}),
        predecessors=fact([]),
        successor=fact("lantern-2021-2027"),
    )
    return [make_programme(strands=[harbour, beacon]), compass, candle]


def make_vocabulary(name: str, **changes: Any) -> dict[str, Any]:
    """One of the tiny vocabularies, as a dict to be written as YAML."""
    entries = [
        {"id": entry, "label": label, "definition": f"Invented: {label}.", "unverified": "invented for tests"}
        for entry, label in _ENTRIES[name].items()
    ]
    if name in TAGS:
        entries = [{**entry, **copy.deepcopy(_TAG_PARTS)} for entry in entries]
    members = {"inner_circle": INNER_CIRCLE, "outer_circle": OUTER_CIRCLE}
    for entry in entries:
        if entry["id"] in members:
            entry["members"] = members[entry["id"]]
        if name == "activities" and entry["id"] in _FAMILIES:
            entry["family"] = _FAMILIES[entry["id"]]
    vocabulary = {"id": name, "title": name, "description": f"Invented list of {name}.", "entries": entries}
    return _apply(vocabulary, changes)


def make_vocabularies() -> dict[str, dict[str, Any]]:
    """All nine tiny vocabularies by name."""
    return {name: make_vocabulary(name) for name in _ENTRIES}


def make_lexicons() -> dict[str, dict[str, Any]]:
    """All tiny lexicons by name."""
    return {name: {"id": name, "terms": copy.deepcopy(terms)} for name, terms in _LEXICON.items()}


def loaded_vocabularies() -> Vocabularies:
    """The tiny vocabularies as the program sees them."""
    context = {"vocabularies": Vocabularies()}
    return Vocabularies(
        {name: build(Vocabulary, Document(found), name, context) for name, found in make_vocabularies().items()}
    )


def loaded_programme(programme: Mapping[str, Any] | None = None, **changes: Any) -> Programme:
    """A programme of the tiny world as the program sees it: `loaded_programme(strands=[make_strand(...)])`."""
    found = make_programme(**changes) if programme is None else dict(programme)
    return build(Programme, Document(found), "programme", {"vocabularies": loaded_vocabularies()})


def make_topic(**changes: Any) -> dict[str, Any]:
    """A topic of the Lantern Fund that is open from May to September 2026, as a dict to be written as YAML."""
    topic = {
        "id": "LAN-2026-1",
        "title": "Lanterns for shelters",
        "strand": "harbour",
        "year": 2026,
        "relevance": "core",
        "subject": fact("Shelters that need light."),
        "opens_on": fact("2026-05-21"),
        "deadline": fact("2026-09-03"),
    }
    return _apply(topic, changes)


def make_calls(topics: Iterable[Mapping[str, Any]], **changes: Any) -> dict[str, Any]:
    """The calls of the Lantern Fund, as a dict to be written as YAML."""
    law = {"title": "Lantern law", "url": "https://lantern.example/law", "kind": "law"}
    calls = {"programme": "lantern-2021-2027", "topics": list(topics), "sources": {"law": law}}
    return _apply(calls, changes)


def loaded_calls(topics: Iterable[Mapping[str, Any]], **changes: Any) -> Calls:
    """Calls of the tiny world as the program sees them."""
    return build(Calls, Document(make_calls(topics, **changes)), "calls", {"vocabularies": loaded_vocabularies()})


def write_catalogue(
    folder: Path,
    programmes: Iterable[Mapping[str, Any]] | None = None,
    vocabularies: Mapping[str, Mapping[str, Any]] | None = None,
    lexicons: Mapping[str, Mapping[str, Any]] | None = None,
    calls: Mapping[str, Mapping[str, Any]] | None = None,
) -> Path:
    """Write a catalogue folder; parts not given are those of the tiny world. Returns the folder."""
    for part, contents in (
        ("vocabularies", {**make_vocabularies(), **(vocabularies or {})}),
        ("lexicon", {**make_lexicons(), **(lexicons or {})}),
        ("programmes", {found["id"]: found for found in (tiny_programmes() if programmes is None else programmes)}),
        *([("calls", calls)] if calls else []),  # without calls there is no such folder
    ):
        (folder / part).mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / part / f"{name}.yaml").write_text(dumped(content), encoding="utf-8")
    return folder


def write_guidance(
    folder: Path,
    programmes: Iterable[Mapping[str, Any]] | None = None,
    topics: Iterable[Mapping[str, Any]] = (),
    **files: Iterable[Mapping[str, Any]],
) -> Path:
    """The tiny catalogue with guidance; each file is a list of entries. Returns the folder."""
    calls = {"lantern-2021-2027": make_calls(topics)} if topics else None
    write_catalogue(folder, programmes, calls=calls)
    (folder / "guidance").mkdir(exist_ok=True)
    for stem in GUIDANCE_FILES:
        entries = files.get(stem, ())
        (folder / f"guidance/{stem}.yaml").write_text(dumped(_guidance_file(stem, *entries)), encoding="utf-8")
    return folder


def _guidance_file(stem: str, *entries: Mapping[str, Any]) -> dict[str, Any]:
    law = {"title": "Lantern law", "url": "https://lantern.example/law", "kind": "law"}
    cited = {"law": law} if any("sources" in entry for entry in entries) else {}
    return {"id": stem, "title": stem, "description": stem, "entries": list(entries), "sources": cited}


def errors_in(folder: Path) -> list[Problem]:
    """The errors of a catalogue folder; warnings and hints, such as on gaps of a tiny catalogue, are left out."""
    return [problem for problem in check_catalogue(folder)[1] if problem.severity == "error"]


def dumped(content: Any) -> str:
    """Content as YAML without anchors, fields in the order given."""
    return yaml.dump(content, Dumper=_NoAliases, sort_keys=False, allow_unicode=True, width=200)


def make_project(vocabularies: Vocabularies, **changes: Any) -> Project:
    """A project as a file would describe it; only the summary is there unless more is said."""
    content = _apply({"summary": SUMMARY}, changes)
    return build(Project, Document(content), "project", {"vocabularies": vocabularies})


def changed(content: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with one value changed or, with `REMOVED`, left out: `changed(programme, "strands.0.id", "harbour")`."""
    whole = copy.deepcopy(dict(content))
    *way, last = path.split(".")
    inner: Any = whole
    for part in way:
        inner = inner[int(part)] if isinstance(inner, list) else inner[part]
    key = int(last) if isinstance(inner, list) else last
    if value is REMOVED:
        del inner[key]
    else:
        inner[key] = value
    return whole


def _apply(content: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    both = {**content, **copy.deepcopy({key: value for key, value in changes.items() if value is not REMOVED})}
    return {key: value for key, value in both.items() if changes.get(key) is not REMOVED}


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True


def make_conditions(shared: Mapping[str, Any] | None = None, **eligibility: Any) -> Conditions:
    """The conditions of one strand: `make_conditions(grant=fact({"min_eur": 1000}))`; `shared` are the programme's."""
    programme = loaded_programme(eligibility=dict(shared or {}), strands=[make_strand(eligibility=eligibility)])
    return Conditions(programme, programme.strands[0], ON)


class CountingEncoder:
    """A sentence encoder whose vectors tell how often four words occur, and which remembers what it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def encode(self, text: str, kind: str) -> Any:
        """Return a vector of length 1."""
        self.asked.append((text, kind))
        counts = [0.1 + text.lower().count(word) for word in ("shelter", "stud", "women", "france")]
        return np.array(counts, dtype=np.float32) / np.float32(np.linalg.norm(counts))


SAFE_PLACE = "A shelter gives women who were trafficked to Italy a safe place to stay."
STUDY = "Studies on labour exploitation in France ask workers on farms about their debts."


def labelled_record(**changes: Any) -> Record:
    """A labelled record of the programme `lantern`."""
    values = {"id": "one", "description": SAFE_PLACE, "programme": "lantern", "period": "2021-2027"}
    return Record.model_validate(values | changes)


def portal_topic(**said: Any) -> PortalTopic:
    """A topic as the EU portal gives it, of which no more is said than what is given."""
    values = {
        "id": "LAN-2", "title": "Nets", "call": None, "programme": None, "status": "unknown", "opens_on": None,
        "deadlines": (), "budget": None, "text": "", "url": "https://portal.example/LAN-2",
    }  # fmt: skip
    return PortalTopic(**{**values, **said})
