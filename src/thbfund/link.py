"""SHARE: the structured fields of a project as parts of a link, and back. Never a word of text, title or names.

What a link carries comes from closed lists, or is a number, a date or an id: so nobody's words travel in it, and
whoever opens it describes the project anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import day_of
from thbfund.input.problems import InputError, Problem, choices, shortened, shown, suggestion
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.matching import PERIOD_CHOICES, PeriodChoice
from thbfund.project import Partner, Project

NONE = "none"  # an empty list says: none; a part left out says: not known
MOST_COMPARED = 4  # more do not fit side by side, on paper or on a screen
LONGEST_PART = 4000  # characters; 200 partners need less
FIRST_DAY, LAST_DAY = date(2014, 1, 1), date(2034, 12, 31)  # the programmes of the catalogue and those that follow
_NO_TEXT = "1"  # in place of the description, which a link has not

_LISTS = {
    "places": "countries_of_action",
    "people": "target_groups",
    "activities": "activities",
    "priorities": "priorities",
    "shortlist": "shortlist",
}
_NUMBERS = {"budget": "total_budget_eur", "grant": "requested_grant_eur", "months": "duration_months"}
_PARTNER_PARTS = ("type", "country", "role")
_FIELDS = {
    "type": "applicant",
    "country": "applicant",
    "partners": "partners",
    "third_country": "beneficiaries_third_country_nationals",
    "start": "start",
    **_LISTS,
    **_NUMBERS,
}
"""Parts of a link that are fields of a project, with the name of the field."""

PARTS = (*_FIELDS, "on", "period", "compare")


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link says.

    Attributes:
        fields: of a project file, all but the description; only such as hold.
        on: the day of the answer; None where the link names none.
        period: of the candidates; None where the link names none.
        compared: ids of the programmes chosen for comparison.
        problems: what was refused, with the part of the link as `field`.
        ignored: names of parts that are not known here.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    period: PeriodChoice | None = None
    compared: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def says_anything(self) -> bool:
        """Whether there is something to fill in or to tell."""
        return bool(self.fields or self.on or self.period or self.compared or self.problems)


def to_query(
    project: Project, on: date | None = None, period: PeriodChoice = "open", compared: Sequence[str] = ()
) -> dict[str, str]:
    """The parts of a link that restores the structured fields of a project.

    Args:
        project: its summary, language, title and names are left out.
        on: the day of the answer, where it is not to be the reader's own.
        period: of the candidates.
        compared: ids of the programmes chosen for comparison.
    """
    values = {
        "type": project.applicant.type,
        "country": project.applicant.country,
        "partners": _listed(map(_partner, project.partners)) if project.partners is not None else None,
        "third_country": _YES_OR_NO[project.beneficiaries_third_country_nationals],
        "start": project.start.isoformat() if project.start else None,
        **{part: _of_list(getattr(project, name)) for part, name in _LISTS.items()},
        **{part: _of_number(getattr(project, name)) for part, name in _NUMBERS.items()},
        "on": on.isoformat() if on else None,
        "period": period if period != "open" else None,
        "compare": ",".join(compared) or None,
    }
    return {part: values[part] for part in PARTS if values[part] is not None}  # type: ignore[misc]


def from_query(query: Mapping[str, str], catalogue: Catalogue) -> Shared:
    """Read the parts of a link; what does not hold is refused with a reason, what is not known is named."""
    known = {part: text for part, text in query.items() if part in PARTS}
    too_long = [part for part, text in known.items() if len(text) > LONGEST_PART]
    problems = [_too_long(part, known.pop(part)) for part in too_long]
    fields, wrong = _fields(known, catalogue)
    on, wrong_day = _day(known.get("on"))
    period, wrong_period = _period(known.get("period"))
    listed = [one for one in known.get("compare", "").split(",") if one]
    compared, strangers = _programmes("compare", listed, catalogue)
    if "shortlist" in fields:
        fields["shortlist"], unknown = _programmes("shortlist", fields["shortlist"], catalogue)
        strangers += unknown
    if len(compared) > MOST_COMPARED:
        allowed = f"at most {MOST_COMPARED} programmes"
        strangers.append(Problem("wrong-value", f"found {len(compared)}", field="compare", allowed=allowed))
    return Shared(
        fields,
        on,
        period,
        tuple(compared[:MOST_COMPARED]),
        (*problems, *wrong, *wrong_day, *wrong_period, *strangers),
        tuple(shortened(part) for part in query if part not in PARTS),
    )


def _fields(known: Mapping[str, str], catalogue: Catalogue) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The fields that hold, judged by the same model as a project file, and what is wrong with the others."""
    raw: dict[str, Any] = {}
    for part, text in known.items():
        if part in {"type", "country"}:
            raw.setdefault("applicant", {})[part] = text
        elif part in _FIELDS:
            raw[_FIELDS[part]] = _READERS.get(part, str)(text)
    found: tuple[Problem, ...] = ()
    while raw:  # each round takes out those that do not hold
        try:
            project = build(
                Project, Document({"summary": _NO_TEXT, **raw}), "link", {"vocabularies": catalogue.vocabularies}
            )
        except InputError as error:
            found += tuple(_of_link(problem) for problem in error.problems)
            for problem in error.problems:
                _take_out(problem.field, raw)
        else:
            said = project.model_dump(exclude_defaults=True, exclude={"summary"})
            return said, found
    return {}, found


def _take_out(path: str, raw: dict[str, Any]) -> None:
    """Drop the field of a problem; of the lead only the half that does not hold."""
    first, *rest = path.split(".")
    if first == "applicant" and rest:
        raw[first].pop(rest[0], None)
    else:
        raw.pop(first, None)


def _of_link(problem: Problem) -> Problem:
    """A problem of a project's field as one of the link's part."""
    first, *rest = problem.field.split(".")
    by_field = {name: part for part, name in _FIELDS.items() if name != "applicant"}
    part = rest[0] if first == "applicant" and rest else by_field.get(first, first)
    return Problem(problem.code, problem.message, file="", field=part, allowed=problem.allowed, hint=problem.hint)


def _day(text: str | None) -> tuple[date | None, list[Problem]]:
    if text is None:
        return None, []
    day = day_of(text)
    if day and FIRST_DAY <= day <= LAST_DAY:
        return day, []
    allowed = f"a day from {FIRST_DAY} to {LAST_DAY}"
    return None, [Problem("not-a-date", f"found {shown(text)}", field="on", allowed=allowed)]


def _period(text: str | None) -> tuple[PeriodChoice | None, list[Problem]]:
    if text is None:
        return None, []
    if text in PERIOD_CHOICES:
        return text, []
    return None, [Problem("unknown-word", f"found {shown(text)}", field="period", allowed=choices(PERIOD_CHOICES))]


def _programmes(part: str, listed: Iterable[str], catalogue: Catalogue) -> tuple[list[str], list[Problem]]:
    """The programmes of this catalogue, each once, and a problem for each other."""
    ids = list(dict.fromkeys(listed))
    strangers = [
        Problem(
            "unknown-programme",
            f"found {shown(one)}",
            field=part,
            allowed="ids of programmes in this catalogue",
            hint=suggestion(one, catalogue.programmes),
        )
        for one in ids
        if one not in catalogue.programmes
    ]
    return [one for one in ids if one in catalogue.programmes], strangers


def _too_long(part: str, text: str) -> Problem:
    allowed = f"at most {LONGEST_PART} characters"
    return Problem("text-too-long", f"found {len(text)} characters", field=part, allowed=allowed)


def _listed(items: Iterable[str]) -> str:
    return ",".join(items) or NONE


def _of_list(items: Sequence[str] | None) -> str | None:
    return None if items is None else _listed(items)


def _of_number(value: float | None) -> str | None:
    """`600000`, or `540000.5` where there are cents; never in powers of ten."""
    return None if value is None else f"{value:.10f}".rstrip("0").rstrip(".")


def _partner(partner: Partner) -> str:
    """`ngo:FR:associated`; parts that are not known are empty, and empty ones at the end are left out."""
    role = partner.role if partner.role != "partner" else ""
    return ":".join([partner.type or "", partner.country or "", role]).rstrip(":") or ":"


def _read_list(text: str) -> list[str]:
    return [] if text == NONE else text.split(",")


def _read_number(text: str) -> float | str:
    """Digits as a number; other text stays, and the model refuses it."""
    whole, _, cents = text.partition(".")
    if not whole.isascii() or not whole.isdigit() or not (cents + "0").isdigit() or not cents.isascii():
        return text
    return float(text) if cents else int(text)


def _read_partners(text: str) -> list[Any]:
    found: list[Any] = []
    for one in _read_list(text):
        parts = one.split(":")
        named = dict(zip(_PARTNER_PARTS, parts, strict=False))
        wrong = len(parts) > len(_PARTNER_PARTS) and any(parts[len(_PARTNER_PARTS) :])
        found.append(one if wrong else {name: value for name, value in named.items() if value})
    return found


_YES_OR_NO: Mapping[bool | None, str | None] = {True: "true", False: "false", None: None}
_READERS: Mapping[str, Callable[[str], Any]] = {
    "partners": _read_partners,
    "third_country": lambda text: {"true": True, "false": False}.get(text, text),
    **dict.fromkeys(_LISTS, _read_list),
    **dict.fromkeys(_NUMBERS, _read_number),
}
