"""Chosen topics of the portal as edits of the files of calls: each fact marked as not read by anybody yet.

What somebody read in a source stays as it is, whatever the portal says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from thbfund.catalogue.calls import FIRST_YEAR, LAST_YEAR, Calls
from thbfund.catalogue.contents import Catalogue
from thbfund.input.problems import InputError
from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.edits import EditError, add_item, remove_value, set_value
from thbfund.staff.entries import new_calls_file
from thbfund.staff.naming import free, slug
from thbfund.staff.new_entries import cited
from thbfund.staff.portal.proposal import Proposal
from thbfund.staff.portal.topics import PortalTopic
from thbfund.staff.saving import Change, Editor, NotSavedError, Saved, save
from thbfund.staff.trial import FileRefusedError, path_of, text_at
from thbfund.staff.yaml_writing import plain

NOT_READ = "taken over from the portal's data, not read by a person"
OWN_PLACE = 2  # parts of an id besides the year that a topic shares with those of its strand: ISF-TF2, CERV-DAPHNE
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Edit:
    """What is meant for one file of calls.

    Attributes:
        programme: whose calls they are.
        chosen: what lands in it.
        strands: of each new topic by its id.
    """

    programme: str
    chosen: tuple[Proposal, ...]
    strands: Mapping[str, str]

    @property
    def file(self) -> str:
        """Name of the file below the catalogue's folder."""
        return f"calls/{self.programme}.yaml"


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one file: it was saved, or `refused` says why not."""

    edit: Edit
    saved: Saved | None
    refused: str = ""


def chosen(found: Sequence[Proposal], only: Sequence[str]) -> list[Proposal]:
    """The topics asked for, or else what is safe: new ones that may still be applied for, and facts nobody read."""
    if only:
        return [proposal for proposal in found if proposal.topic.id in only]
    coming = {"open", "forthcoming"}
    return [
        proposal
        for proposal in found
        if (proposal.verb == "add" and proposal.topic.status in coming) or (proposal.verb == "look" and _free(proposal))
    ]


def planned(found: Sequence[Proposal], catalogue: Catalogue, strand: str | None) -> tuple[list[Edit], list[str]]:
    """The edits, one per file, and in a sentence each why a topic is left out.

    Args:
        found: what was chosen.
        catalogue: as it is.
        strand: that new topics belong to; None: told by their ids, where these tell.
    """
    edits: dict[str, dict[str, Any]] = {}
    left: list[str] = []
    for proposal in found:
        place = _strand_of(proposal.topic, catalogue, strand) if _is_new(proposal) else None
        if why := _why_not(proposal, place):
            left.append(f"{proposal.topic.id}: {why}")
            continue
        programme = _programme_of(proposal, catalogue)
        edit = edits.setdefault(programme, {"chosen": [], "strands": {}})
        edit["chosen"].append(proposal)
        edit["strands"] |= {proposal.topic.id: place} if place else {}
    return [Edit(name, tuple(edit["chosen"]), edit["strands"]) for name, edit in sorted(edits.items())], left


def landed(  # noqa: PLR0913 - the last two are those of `save`
    folder: Path,
    edits: Sequence[Edit],
    editor: Editor,
    reason: str,
    day: date,
    *,
    now: datetime,
    audit: Path | None = None,
) -> Iterator[Landed]:
    """Save the edits, each file as a whole or not at all.

    Args:
        folder: the catalogue's folder.
        edits: one per file.
        editor: who answers for them.
        reason: in a sentence; the history shows it.
        day: of the portal's data.
        now: when they are saved.
        audit: folder of the record of edits; None: none is kept.
    """
    for edit in edits:
        try:
            before = text_at(path_of(folder, edit.file), edit.file)
            change = Change(edit.file, before, text_with(before, edit, day), reason)
            yield Landed(edit, save(folder, change, editor, now, audit=audit))
        except (NotSavedError, FileRefusedError, EditError, InputError, OSError) as error:
            yield Landed(edit, None, str(error))


def text_with(text: str, edit: Edit, on: date) -> str:
    """The text of the file with the edit in it; comments, order and all other lines stay.

    Raises:
        EditError: it cannot be changed there without harm to the rest.
    """
    new = text
    for proposal in edit.chosen:
        if not new:
            new = _begun(proposal, edit, on)
            continue
        topic, values = proposal.topic, read_yaml(new).value
        key = _source_key(topic, values["sources"])
        if _is_new(proposal):
            new = add_item(new, ("topics",), _entry(proposal, edit.strands[topic.id], key, on))
        else:
            place = [known["id"] for known in values["topics"]].index(topic.id)
            for fact, value in _free(proposal).items():
                known = values["topics"][place].get(fact) or {}
                new = set_value(new, ("topics", place, fact), {**known, **_fact(value, key, on)})
        if key not in values["sources"]:
            new = set_value(new, ("sources", key), _source(topic, on))
    left = read_yaml(new).value
    before = cited(read_yaml(text).value) if text else set()
    for key in (before & left["sources"].keys()) - cited(left):  # of values that are no longer there
        new = remove_value(new, ("sources", key))
    return new


def _begun(proposal: Proposal, edit: Edit, on: date) -> str:
    """A file of calls with its first topic."""
    topic, key = proposal.topic, _source_key(proposal.topic, {})
    entry = _entry(proposal, edit.strands[topic.id], key, on)
    return new_calls_file(edit.programme, plain(entry), plain({key: _source(topic, on)}))


def _is_new(proposal: Proposal) -> bool:
    return proposal.verb in {"add", "perhaps", "pass"}


def _free(proposal: Proposal) -> dict[str, date | int]:
    """What the portal says where nobody has read ours in a source."""
    return {each.fact: each.theirs for each in proposal.differences if not each.protected}


def _why_not(proposal: Proposal, strand: str | None) -> str:
    if proposal.verb == "unknown-programme":
        return "its programme is not in the catalogue: add that first"
    if proposal.verb == "same":
        return "the catalogue says so already"
    if not _is_new(proposal):
        return "" if _free(proposal) else "ours was read in a source: read again, and change it yourself"
    if strand is None:
        return "its id does not tell the strand that it belongs to: name it with --strand"
    return "" if _year(proposal.topic) else "no year is known of it: add it by hand"


def _programme_of(proposal: Proposal, catalogue: Catalogue) -> str:
    """Ours where we have the topic: it may stand with another programme than the portal says."""
    holding = (name for name, calls in catalogue.calls.items() if proposal.topic.id in {t.id for t in calls.topics})
    return next(holding, proposal.topic.programme or "")


def _strand_of(topic: PortalTopic, catalogue: Catalogue, strand: str | None) -> str | None:
    programme = catalogue.programmes.get(topic.programme or "")
    if programme is None:
        return None
    names = [each.id for each in programme.strands]
    if strand or len(names) == 1:
        return strand or names[0]
    return _strand_of_neighbours(topic.id, catalogue.calls.get(programme.id))


def _strand_of_neighbours(key: str, calls: Calls | None) -> str | None:
    """The strand of those topics whose ids begin like this one; None where none do, or they are of several."""
    shared = [(_shared(key, known.id), known.strand) for known in (calls.topics if calls else ())]
    most = max((count for count, _ in shared), default=0)
    strands = {strand for count, strand in shared if count == most}
    return strands.pop() if most >= OWN_PLACE and len(strands) == 1 else None


def _shared(one: str, other: str) -> int:
    """How many parts two ids have in common at their beginning, years aside."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(_parts(one), _parts(other), strict=False))))


def _parts(key: str) -> list[str]:
    return [part for part in key.casefold().split("-") if not _YEAR.fullmatch(part)]


def _year(topic: PortalTopic) -> int | None:
    """By the id, or else by the days."""
    named = [int(year) for year in _YEAR.findall(topic.id)]
    days = [day.year for day in (*topic.deadlines[:1], topic.opens_on) if day]
    return next((year for year in (*named, *days) if FIRST_YEAR <= year <= LAST_YEAR), None)


def _entry(proposal: Proposal, strand: str, key: str, on: date) -> dict[str, Any]:
    """A new topic; what it pays for stays open until somebody has read it."""
    topic = proposal.topic
    deadline = _fact(topic.deadlines[0], key, on) if topic.deadlines else None
    if deadline and len(topic.deadlines) > 1:
        deadline["note"] = f"The portal names several days: {', '.join(map(str, topic.deadlines))}."
    budget = _fact(round(topic.budget), key, on) if topic.budget else None
    if budget and topic.shared:
        budget["note"] = "Other topics of the call show the same amount: it may be one budget for all of them."
    entry = {
        "id": topic.id,
        "call": topic.call,
        "title": " ".join(topic.title.split()),
        "strand": strand,
        "year": _year(topic),
        "relevance": proposal.relevance,
        "subject": _fact(None, key, on),
        "opens_on": _fact(topic.opens_on, key, on) if topic.opens_on else None,
        "deadline": deadline,
        "budget": budget,
        "budget_scope": "call" if budget and topic.shared else None,
        "submission": "EU Funding & Tenders Portal",
    }
    return {name: value for name, value in entry.items() if value is not None}


def _fact(value: date | int | None, key: str, on: date) -> dict[str, Any]:
    why = NOT_READ if value is not None else "nobody has read the page of the topic yet"
    return {"value": value, "sources": [key], "checked_on": on, "unverified": why}


def _source(topic: PortalTopic, on: date) -> dict[str, Any]:
    title = f"EU Funding & Tenders Portal, topic {topic.id}"
    note = f"the portal's data as of {on}, taken over by a program"
    return {"title": title, "url": quote(topic.url, safe=":/?&=%#"), "kind": "commission", "note": note}


def _source_key(topic: PortalTopic, sources: Mapping[str, Any]) -> str:
    """The key of the topic's page, where the file has it already, or a new one."""
    for key, source in sources.items():
        if source.get("url") == quote(topic.url, safe=":/?&=%#"):
            return key
    return free(f"portal-{slug(topic.id)}", sources)
