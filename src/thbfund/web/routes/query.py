"""What stands behind the `?` of an address: words of closed lists and days, never free text."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, get_args

from starlette.datastructures import QueryParams

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import day_of
from thbfund.catalogue.languages import Language
from thbfund.catalogue.vocabulary import country_names
from thbfund.input.problems import choices, shown, suggestion
from thbfund.matching import PERIOD_CHOICES, PeriodChoice
from thbfund.report.following import Selection
from thbfund.speaking import ENGLISH
from thbfund.web.routes.problems import Refused

STATUSES = ("open", "forthcoming", "expected")
MOST_PROGRAMMES = 1000  # more than there will ever be

FILTERS = ("programme", "priority", "applicant_type", "country")
OF_CALLS = (*FILTERS, "status", "language")
OF_CHANGES = (*FILTERS, "language")
OF_MATCH = ("on", "period", "top")

MEANINGS: Mapping[str, str] = {
    "programme": "Id of a programme.",
    "priority": "Id of a policy priority; kept are strands that serve it with grade 2 or 3.",
    "applicant_type": "Kind of organisation; left out is what is closed to it as lead and as partner.",
    "country": "Two-letter code of the applicant's country; left out is what is closed to it as lead and as partner.",
    "status": "State of a call; expected means that nobody has announced it. Left out: open and forthcoming.",
    "language": "Language of the words around the catalogue's own English.",
    "on": "Answer as on this day; left out: today.",
    "period": "Candidates: programmes in force on that day, or those of a programming period.",
    "top": "Show the first so many programmes only.",
}
"""What each parameter asks for."""

ONCE = {"language", *OF_MATCH}
"""Parameters that may stand once; the others may be repeated, and then any one will do."""


def allowed_words(catalogue: Catalogue) -> dict[str, list[str]]:
    """The closed lists, by parameter."""
    return {
        "programme": list(catalogue.programmes),
        "priority": [entry.id for entry in catalogue.vocabularies["priorities"].entries],
        "applicant_type": [entry.id for entry in catalogue.vocabularies["applicant_types"].entries],
        "country": sorted(country_names()),
        "status": list(STATUSES),
        "language": list(get_args(Language)),
        "period": list(PERIOD_CHOICES),
    }


@dataclass(frozen=True)
class Query:
    """The parameters of one request, all of them checked.

    Attributes:
        given: by parameter, its values in the order given.
    """

    given: Mapping[str, Sequence[str]]

    @cached_property
    def selection(self) -> Selection:
        """Which programmes and strands are wanted."""
        return Selection(*(tuple(self.given.get(name, ())) for name in FILTERS))

    @property
    def statuses(self) -> Collection[str]:
        """Which states of a call are wanted."""
        return self.given.get("status") or STATUSES[:2]

    @property
    def language(self) -> str:
        """Language of the answer."""
        return next(iter(self.given.get("language", ())), ENGLISH)

    @property
    def on(self) -> date | None:
        """The day asked for."""
        return day_of(self.given["on"][0]) if "on" in self.given else None

    @property
    def period(self) -> PeriodChoice:
        """The candidates asked for."""
        found = next(iter(self.given.get("period", ())), "open")
        return next(name for name in PERIOD_CHOICES if name == found)

    @property
    def top(self) -> int | None:
        """How many programmes to show."""
        return int(self.given["top"][0]) if "top" in self.given else None


def read_query(params: QueryParams, names: Collection[str], catalogue: Catalogue) -> Query:
    """Check the parameters of a request.

    Raises:
        Refused: with every parameter and value that is not allowed, and what is.
    """
    given: dict[str, list[str]] = {}
    for name, value in params.multi_items():
        given.setdefault(name, []).append(value)
    found = list(_problems(given, names, allowed_words(catalogue)))
    if found:
        raise Refused(400, "The address asks for something that is not there. Each is listed under problems.", found)
    return Query({name: list(dict.fromkeys(values)) for name, values in given.items()})


def _problems(
    given: Mapping[str, Sequence[str]], names: Collection[str], words: Mapping[str, Collection[str]]
) -> Iterator[dict[str, Any]]:
    for name, values in given.items():
        if name not in names:
            hint = suggestion(name, names)
            yield _problem(shown(name)[1:-1], "there is no such parameter", list(names) or ["no parameter"], hint)
            continue
        if name in ONCE and len(values) > 1:
            yield _problem(name, "found it more than once", [], "give it once")
        for value in values:
            if name in words and value not in words[name]:
                yield _problem(name, f"found {shown(value)}", list(words[name]), suggestion(value, words[name]))
            elif name == "on" and day_of(value) is None:
                yield _problem(name, f"found {shown(value)}", [], "write a day as YYYY-MM-DD, such as 2026-11-25")
            elif name == "top" and not _is_count(value):
                yield _problem(name, f"found {shown(value)}", [], f"write a whole number from 1 to {MOST_PROGRAMMES}")


def _is_count(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 8 and 1 <= int(value) <= MOST_PROGRAMMES  # noqa: PLR2004 - int() of very long digits is slow


def _problem(parameter: str, message: str, allowed: Collection[str], hint: str) -> dict[str, Any]:
    said = hint or (f"take {choices(allowed)}" if allowed else "")
    return {"parameter": parameter, "message": message, "allowed": list(allowed), "hint": said}
