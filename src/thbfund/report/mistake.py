"""PRESENT: what a reader says of a wrong fact, ready for her to send to the staff; nothing is sent from here."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

import yaml
from pydantic import BaseModel

from thbfund.catalogue.calls import Calls, Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import PROOF, Evidence, Source, is_address
from thbfund.catalogue.freshness import facts_in
from thbfund.catalogue.model import Programme
from thbfund.input.strict_yaml import Path
from thbfund.speaking import Speaker, speaker

KIND: Final = "thbfund-mistake"
VERSION: Final = 1
MOST_CHARACTERS = 2000  # what a person writes in a few minutes; a file longer than that is no report

_STRANDS = "strands"  # a list whose entries have names that stay when an entry is added


@dataclass(frozen=True, slots=True)
class Doubted:
    """A fact that a reader may doubt.

    Attributes:
        programme: id of the programme it is about.
        file: where it stands, below the data folder.
        path: of the fact in the file, by ids where lists have them: `strands.union-actions.eligibility.eu_rate`.
        value: what the catalogue says, as plain values.
        sources: what it rests on: key and place, title, address.
        checked_on: the day of the check, or None.
        unverified: why it is not confirmed, or None.
    """

    programme: str
    file: str
    path: str
    value: Any
    sources: tuple[Mapping[str, str], ...]
    checked_on: date | None
    unverified: str | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A report: the fact, what the reader says, and on which catalogue she looked.

    Attributes:
        says: what is wrong, in the reader's words.
        better_source: address of a page that says it right; "" where none was given.
        reported_on: the day.
        version: of the program.
        catalogue: fingerprint of the catalogue.
    """

    fact: Doubted
    says: str
    better_source: str
    reported_on: date
    version: str
    catalogue: str


def facts_of(programme: Programme) -> list[Doubted]:
    """Every fact on a programme, in the order of its file."""
    file = f"programmes/{programme.id}.yaml"
    return list(_doubted(programme, (), programme.id, file, programme.sources))


def facts_of_topic(topic: Topic, calls: Calls) -> list[Doubted]:
    """Every fact on one topic of a programme's calls, in the order of the file."""
    file = f"calls/{calls.programme}.yaml"
    return list(_doubted(topic, ("topics", topic.id), calls.programme, file, calls.sources))


def facts_on(catalogue: Catalogue, programme: str, topic: str = "") -> list[Doubted]:
    """The facts on a topic where one is named, else on the programme; none where the catalogue has neither."""
    if not topic:
        found = catalogue.programmes.get(programme)
        return facts_of(found) if found else []
    calls = catalogue.calls.get(programme)
    return [fact for one in calls.topics if one.id == topic for fact in facts_of_topic(one, calls)] if calls else []


def clean(text: str) -> str:
    """What a reader typed without control characters, with single ends of lines and of bearable length."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(sign for sign in line if sign.isprintable()).rstrip() for line in lines)
    return "\n".join(kept).strip()[:MOST_CHARACTERS]


def as_values(mistake: Mistake) -> dict[str, Any]:
    """The report as plain values: what `data/README.md` describes and the staff's tools read."""
    fact = asdict(mistake.fact)
    return {
        "kind": KIND,
        "version": VERSION,
        "programme": fact["programme"],
        "file": fact["file"],
        "fact": fact["path"],
        "value": fact["value"],
        "sources": [dict(source) for source in fact["sources"]],
        "checked_on": _day(mistake.fact.checked_on),
        "unverified": fact["unverified"],
        "says": clean(mistake.says),
        "better_source": mistake.better_source if is_address(mistake.better_source) else None,
        "reported_on": _day(mistake.reported_on),
        "app_version": mistake.version,
        "catalogue": mistake.catalogue,
    }


def mistake_yaml(mistake: Mistake) -> str:
    """The report as YAML: quoted by the library, so that no text of the reader can become a field."""
    return yaml.safe_dump(as_values(mistake), allow_unicode=True, sort_keys=False, width=100)


def mistake_json(mistake: Mistake) -> str:
    """The report as JSON."""
    return json.dumps(as_values(mistake), ensure_ascii=False, indent=2) + "\n"


def mistake_text(mistake: Mistake, speak: Speaker | None = None) -> str:
    """The report as a text for a mail; lines of the reader begin with `> `, so that none is taken for one of ours."""
    tell, fact = speak or speaker(), mistake.fact
    cited = [f"  {source['cite']}: {source['title']} {source['url']}".rstrip() for source in fact.sources]
    says = [f"> {line}" for line in clean(mistake.says).split("\n")]
    better = mistake.better_source if is_address(mistake.better_source) else ""
    return "\n".join(
        [
            tell("A fact of the catalogue that may be wrong"),
            "",
            tell("Programme: {id}", id=fact.programme),
            tell("Fact: {path}, in {file}", path=fact.path, file=fact.file),
            tell("The catalogue says: {value}", value=_in_a_line(fact.value)),
            *([tell("Not confirmed: {reason}", reason=fact.unverified)] if fact.unverified else []),
            *([tell("Checked on {day}", day=fact.checked_on)] if fact.checked_on else []),
            *([tell("Sources:"), *cited] if cited else []),
            "",
            tell("What is wrong:"),
            *says,
            *([tell("A page that says it right: {url}", url=better)] if better else []),
            "",
            tell("Reported on {day}", day=mistake.reported_on),
            tell("Version {version}, catalogue {fingerprint}", version=mistake.version, fingerprint=mistake.catalogue),
        ]
    )


def mail_link(fact: Doubted) -> str:
    """An address that opens the reader's mail program; it names the fact alone, for links are stored in many places."""
    return f"mailto:?subject={quote(f'thbfund: {fact.file} {fact.path}', safe='')}"


def file_name(fact: Doubted, kind: str) -> str:
    """A name for the file: `mistake-cerv-official_page.yaml`, of signs that every system takes."""
    whole = f"mistake-{fact.programme}-{fact.path}"
    return (
        "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in whole)[:120]
        + f".{kind}"
    )


def _doubted(
    about: BaseModel, start: Path, programme: str, file: str, sources: Mapping[str, Source]
) -> Iterator[Doubted]:
    for path, found in facts_in(about):
        yield Doubted(
            programme,
            file,
            ".".join(str(part) for part in (*start, *_by_ids(path, about))),
            _plain(found),
            tuple(_cited(str(each), sources[each.key], each.place) for each in found.sources),
            found.checked_on,
            found.unverified,
        )


def _by_ids(path: Path, owner: Any) -> Iterator[str | int]:
    """The path with ids in place of numbers where a list has them: a number changes when an entry is added."""
    holder = ""
    for part in path:
        owner = getattr(owner, str(part)) if isinstance(owner, BaseModel) else owner[part]
        yield owner.id if holder == _STRANDS else part
        holder = str(part)


def _plain(found: Evidence) -> Any:
    """What the fact says, without how it is known."""
    values = found.model_dump(mode="json")
    if "value" in values:
        return values["value"]
    return {name: value for name, value in values.items() if name not in PROOF}


def _cited(cite: str, source: Source, place: str) -> dict[str, str]:
    return {"cite": cite, "title": source.at(place), "url": source.url or ""}


def _in_a_line(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
