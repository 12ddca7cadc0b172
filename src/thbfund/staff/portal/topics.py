"""Files of the EU Funding & Tenders Portal -> topics, whatever the file's shape.

Three shapes are known: the answer of the search service (`results` with `metadata`), the bulk file `grantsTenders.json`
(`fundingData.GrantTenderObj`, of any size) and lists that others kept (`fetched` and `topics`).
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal
from zoneinfo import ZoneInfo

from thbfund.catalogue.calls import Status
from thbfund.input.problems import InputError, Problem
from thbfund.staff.portal.values import day, days, first, listed, objects, plain_text

BRUSSELS = ZoneInfo("Europe/Brussels")
STATUS: Mapping[str, Status] = {"31094501": "forthcoming", "31094502": "open", "31094503": "closed"}
PROGRAMMES: Mapping[str, str] = {
    "43252368": "isf-2021-2027", "43251447": "amif-2021-2027", "43251530": "bmvi", "43252386": "justice-2021-2027",
    "43251589": "cerv", "43108390": "horizon-europe", "43254019": "esf-plus", "43353764": "erasmus-plus-2021-2027",
    "43332642": "eu4health", "45876777": "ndici-global-europe", "43253706": "tsi", "43637601": "pppa",
    "31045243": "horizon-2020", "31077795": "amif-2014-2020", "31077817": "isf-police-2014-2020",
    "31077833": "isf-borders-2014-2020", "31076817": "rec-2014-2020", "31070247": "justice-2014-2020",
    "31059093": "erasmus-plus-2014-2020",
}  # fmt: skip
"""The portal's code of a framework programme -> our programme."""
GRANT = "1"
TOPIC_PAGE = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"
MAX_DEPTH = 100  # levels of brackets; the portal's files have some ten
TOO_DEEP = "the file has too many levels of brackets"


@dataclass(frozen=True, slots=True)
class PortalTopic:
    """A topic as the portal describes it.

    Attributes:
        programme: our id of its programme; None where we have none for the portal's code.
        deadlines: last days in Brussels, in order; several for two stages and for cut-offs.
        budget: in EUR, of this topic and not of its whole call; None where it is not said.
        shared: whether other topics of the call show the same amounts: it may be one pot for all of them.
        text: plain text of the description; "" where the file has none.
        url: of its page.
    """

    id: str
    title: str
    call: str | None
    programme: str | None
    status: Status
    opens_on: date | None
    deadlines: tuple[date, ...]
    budget: float | None
    text: str
    url: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class PortalFile:
    """Topics of one file, each once, and the day on which they were fetched where it is said."""

    topics: tuple[PortalTopic, ...]
    fetched: date | None


def read_portal_file(path: Path) -> PortalFile:
    """Read a file of the portal; tenders and update notices are passed over, and of language copies English is taken.

    Raises:
        InputError: it cannot be read, is no JSON, or has none of the known shapes.
    """
    try:
        shape = _shape_of(path)
        if shape == "bulk":
            return PortalFile(_each_once(_bulk_topics(path)), None)
        values = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(
            [Problem("unreadable-file", str(error.strerror), file=str(path), hint="check the name")]
        ) from None
    except ValueError:
        raise InputError([_no_portal_file(path, "the file is no JSON")]) from None
    except RecursionError:
        raise InputError([_no_portal_file(path, TOO_DEEP)]) from None
    if shape == "search":
        return PortalFile(topics_of(values["results"]), None)
    fetched = day(values.get("fetched"))
    return PortalFile(_each_once(_listed(topic) for topic in objects(values["topics"])), fetched)


def topics_of(results: Any) -> tuple[PortalTopic, ...]:
    """The topics among records of the search service; of language copies the English one."""
    return _each_once(_search_topics(results))


def _shape_of(path: Path) -> Literal["search", "bulk", "list"]:
    """Look at the first keys alone: the bulk file is too large to be read whole."""
    import ijson  # noqa: PLC0415 - of the extra `staff`

    names: Mapping[str, Literal["search", "bulk", "list"]] = {
        "results": "search", "fundingData": "bulk", "topics": "list",
    }  # fmt: skip
    with path.open("rb") as stream:
        try:
            for prefix, event, value in ijson.parse(_events(stream, path)):
                if prefix == "" and event == "map_key" and value in names:
                    return names[value]
                if prefix == "" and event not in {"start_map", "map_key"}:
                    break
        except ijson.JSONError:
            raise InputError([_no_portal_file(path, "the file is no JSON")]) from None
    raise InputError([_no_portal_file(path, "the file has none of the keys results, fundingData, topics")])


def _events(stream: BinaryIO, path: Path) -> Iterator[tuple[str, Any]]:
    """What stands in a file, piece by piece.

    Numbers come as floats: on a whole number of some thousand digits ijson ends the whole process. The deeper a value
    lies, the longer its name, so that a file of brackets alone would take for ever.

    Raises:
        InputError: the file is deeper than any of the portal's.
    """
    import ijson  # noqa: PLC0415 - of the extra `staff`

    depth = 0
    for event, value in ijson.basic_parse(stream, use_float=True):
        depth += event.startswith("start_") - event.startswith("end_")
        if depth > MAX_DEPTH:
            raise InputError([_no_portal_file(path, TOO_DEEP)])
        yield event, value


def _no_portal_file(path: Path, found: str) -> Problem:
    hint = "fetch it again: when it is busy the portal answers with a web page"
    return Problem("wrong-value", found, file=str(path), allowed="JSON of the EU Funding & Tenders Portal", hint=hint)


def _each_once(topics: Iterable[PortalTopic | None]) -> tuple[PortalTopic, ...]:
    """The first of each id: English copies come first, then those with most said."""
    found: dict[str, PortalTopic] = {}
    for topic in topics:
        if topic is None:
            continue
        before = found.get(topic.id)
        if before is None or (not before.text and topic.text):
            found[topic.id] = topic
    return tuple(found.values())


# -- the search service


def _search_topics(results: Any) -> Iterator[PortalTopic | None]:
    grants = [result for result in objects(results) if first(result.get("metadata"), "type") == GRANT]
    for result in sorted(grants, key=lambda result: result.get("language") != "en"):
        yield _found(result["metadata"])


def _found(meta: Mapping[str, Any]) -> PortalTopic | None:
    key = first(meta, "identifier")
    if not key:
        return None
    budget, shared = _own_budget(first(meta, "budgetOverview"), key)
    return PortalTopic(
        id=key,
        title=first(meta, "title"),
        call=first(meta, "callIdentifier") or None,
        programme=PROGRAMMES.get(first(meta, "frameworkProgramme")),
        status=STATUS.get(first(meta, "status"), "unknown"),
        opens_on=day(first(meta, "startDate")),
        deadlines=days(meta.get("deadlineDate")),
        budget=budget,
        text=plain_text(first(meta, "descriptionByte")),
        url=TOPIC_PAGE + key,
        shared=shared,
    )


def _own_budget(overview: str, key: str) -> tuple[float | None, bool]:
    """The topic's own money, of lines that begin with its id, and whether lines of other topics show the same."""
    try:
        actions = json.loads(overview)["budgetTopicActionMap"].values()
        lines = [
            (str(line["action"]).split(" ", 1)[0] == key, line["budgetYearMap"]) for own in actions for line in own
        ]
        own = [years for is_own, years in lines if is_own]
        total = sum(float(amount) for years in own for amount in years.values())
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None, False
    if not math.isfinite(total) or total <= 0:
        return None, False
    return total, any(years in own for is_own, years in lines if not is_own)


# -- the bulk file


def _bulk_topics(path: Path) -> Iterator[PortalTopic | None]:
    import ijson  # noqa: PLC0415 - of the extra `staff`

    with path.open("rb") as stream:
        try:
            for item in ijson.items(ijson.parse(_events(stream, path)), "fundingData.GrantTenderObj.item"):
                if isinstance(item, dict) and str(item.get("type")) == GRANT:
                    yield _of_bulk(item)
        except ijson.JSONError:
            raise InputError([_no_portal_file(path, "the file ends in the middle or is no JSON")]) from None


def _of_bulk(item: Mapping[str, Any]) -> PortalTopic | None:
    key = first(item, "identifier")
    if not key:
        return None
    return PortalTopic(
        id=key,
        title=first(item, "title"),
        call=first(item, "callIdentifier") or None,
        programme=PROGRAMMES.get(_code(item.get("frameworkProgramme"))),
        status=STATUS.get(_code(item.get("status")), "unknown"),
        opens_on=_moment(item.get("plannedOpeningDateLong")),
        deadlines=tuple(sorted(filter(None, map(_moment, listed(item.get("deadlineDatesLong")))))),
        budget=None,
        text="",
        url=TOPIC_PAGE + key,
    )


def _code(value: Any) -> str:
    return str(value.get("id")) if isinstance(value, dict) else ""


def _moment(milliseconds: Any) -> date | None:
    """The day in Brussels of a moment in milliseconds since 1970."""
    if not isinstance(milliseconds, int | float) or milliseconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(BRUSSELS).date()
    except (OverflowError, ValueError, OSError):
        return None


# -- lists that others kept


def _listed(topic: Mapping[str, Any]) -> PortalTopic | None:
    key = first(topic, "topicId")
    if not key:
        return None
    status = str(topic.get("callStatus") or "unknown").casefold()
    return PortalTopic(
        id=key,
        title=first(topic, "title"),
        call=first(topic, "callIdentifier") or None,
        programme=PROGRAMMES.get(str(topic.get("programmeId"))),
        status=status if status in {"open", "forthcoming", "closed"} else "unknown",  # type: ignore[arg-type]
        opens_on=None,
        deadlines=days([topic.get("deadline")]),
        budget=None,
        text=plain_text(first(topic, "description")),
        url=TOPIC_PAGE + key,
    )
