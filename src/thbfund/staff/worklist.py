"""What to mend first: facts that decide who may apply and are not verified, facts gone stale, and warnings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from thbfund.catalogue import Catalogue, Programme
from thbfund.catalogue.facts import Disputable, Evidence, OtherValue
from thbfund.catalogue.freshness import facts_in, overdue
from thbfund.input.problems import Problem
from thbfund.input.strict_yaml import Path

# What a fact decides -> how much it matters, and what to read.
_KINDS: dict[str, tuple[int, str]] = {
    "countries": (5, "read in the act or the latest call from which countries one may apply"),
    "applicants": (5, "read in the act or the latest call which organisations may lead"),
    "roles": (3, "read in the latest call who may be partner or associated"),
    "consortium": (3, "read in the latest call how many partners from how many countries it asks for"),
    "rate": (2, "read in the act or the latest call the largest share that the EU pays"),
    "grant": (2, "read in the latest call the smallest and largest grant"),
    "place of action": (2, "read where the work may take place"),
    "other condition": (1, "read it in the act or the latest call"),
}
ELIGIBILITY_KINDS = ("countries", "applicants", "roles", "consortium", "rate", "grant")
_KIND_OF = {"consortium": "consortium", "required_partners": "consortium", "eu_rate": "rate", "grant": "grant",
            "place_of_action": "place of action"}  # fmt: skip

CALL_POINTS = 4  # a call date that is no longer right sends people to a closed door
OTHER_POINTS = 1
WARNING_POINTS = 6

Cause = Literal["unverified", "disputed", "overdue", "warning"]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to mend.

    Attributes:
        points: how useful it is; the higher, the sooner.
        cause: of what kind the reason is.
        file: below the data folder.
    """

    points: int
    cause: Cause
    file: str
    field: str
    why: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.points:>3} {self.file} {self.field}: {self.why} - {self.what_to_do}"


@dataclass(frozen=True, slots=True)
class Share:
    """How many facts of a kind are verified."""

    verified: int
    total: int

    def __str__(self) -> str:
        percent = f" ({100 * self.verified / self.total:.1f} %)" if self.total else ""
        return f"{self.verified} of {self.total}{percent}"


def worklist(catalogue: Catalogue, problems: Iterable[Problem], on: date) -> list[Task]:
    """What to mend, the most useful first; the order is the same for the same catalogue and day."""
    tasks = [*_unverified(catalogue, on), *_disputed(catalogue, on), *_overdue(catalogue, on), *_warnings(problems)]
    return sorted(tasks, key=lambda task: (-task.points, task.file, task.field, task.why))


def verified_shares(catalogue: Catalogue, on: date) -> dict[str, Share]:
    """Verified eligibility facts of the programmes in force on a day, as written in their files, by kind."""
    total: Counter[str] = Counter()
    verified: Counter[str] = Counter()
    for programme in _in_force(catalogue, on):
        for path, fact in _conditions(programme):
            total[kind_of(path)] += 1
            verified[kind_of(path)] += fact.verified
    return {kind: Share(verified[kind], total[kind]) for kind in ELIGIBILITY_KINDS}


def total_share(shares: Mapping[str, Share]) -> Share:
    """All kinds together."""
    return Share(sum(share.verified for share in shares.values()), sum(share.total for share in shares.values()))


def kind_of(path: Path) -> str:
    """What the condition at a path inside a programme or topic decides."""
    field, *inner = path[path.index("eligibility") + 1 :]
    if field == "countries":
        return "countries"
    if field == "applicant_types":
        return "applicants" if inner[0] == "lead" else "roles"
    return _KIND_OF.get(str(field), "other condition")


def _in_force(catalogue: Catalogue, on: date) -> Iterator[Programme]:
    return (programme for programme in catalogue.programmes.values() if programme.is_in_force(on))


def _conditions(programme: Programme) -> Iterator[tuple[Path, Evidence]]:
    """Its conditions; what other sources say of one is no condition of its own."""
    found = ((path, fact) for path, fact in facts_in(programme) if "eligibility" in path)
    return ((path, fact) for path, fact in found if not isinstance(fact, OtherValue))


def _unverified(catalogue: Catalogue, on: date) -> Iterator[Task]:
    for programme in _in_force(catalogue, on):
        for path, fact in _conditions(programme):
            if fact.unverified:
                weight, advice = _KINDS[kind_of(path)]
                points = weight * (1 + _grade(programme, path))
                file = f"programmes/{programme.id}.yaml"
                yield Task(points, "unverified", file, _written(path), f"not verified: {fact.unverified}", advice)


def _disputed(catalogue: Catalogue, on: date) -> Iterator[Task]:
    """Facts on which sources disagree, of programmes in force and of calls not closed."""
    for programme in _in_force(catalogue, on):
        yield from _disputes_in(catalogue, programme, f"programmes/{programme.id}.yaml", ())
    for key, calls in catalogue.calls.items():
        for index, topic in enumerate(calls.topics):
            if topic.status(on) != "closed":
                yield from _disputes_in(catalogue, topic, f"calls/{key}.yaml", ("topics", index))


def _disputes_in(catalogue: Catalogue, value: Any, file: str, start: Path) -> Iterator[Task]:
    for path, fact in facts_in(value, start):
        if isinstance(fact, Disputable) and fact.disputed:
            why = f"sources disagree: {len(fact.readings)} values"
            advice = "read the text that decides; if it settles the matter, remove the other values"
            yield Task(_points(catalogue, file, path), "disputed", file, _written(path), why, advice)


def _points(catalogue: Catalogue, file: str, path: Path) -> int:
    """How useful it is to mend a fact, be it a condition or not."""
    folder, _, name = file.partition("/")
    if folder not in {"programmes", "calls"}:
        return OTHER_POINTS
    programme = catalogue.programmes[name.removesuffix(".yaml")]
    weight = _KINDS[kind_of(path)][0] if "eligibility" in path else OTHER_POINTS
    if folder == "calls":
        weight = max(weight, CALL_POINTS)
    return weight * (1 + _grade(programme, _path_in_programme(catalogue, file, path)))


def _overdue(catalogue: Catalogue, on: date) -> Iterator[Task]:
    for item in overdue(catalogue, on):
        points = _points(catalogue, item.file, item.path)
        why = f"overdue since {item.since}, checked on {item.checked_on}"
        advice = "read the sources again; if nothing has changed, change checked_on alone"
        yield Task(points, "overdue", item.file, item.field, why, advice)


def _warnings(problems: Iterable[Problem]) -> Iterator[Task]:
    for problem in problems:
        if problem.severity == "warning":
            file = problem.file.partition("/")[2]
            why = f"{problem.code}: {problem.message}"
            yield Task(WARNING_POINTS, "warning", file, problem.field, why, problem.hint)


def _path_in_programme(catalogue: Catalogue, file: str, path: Path) -> Path:
    """Where the strand of a fact stands in its programme: a topic names its strand by id."""
    folder, _, name = file.partition("/")
    if folder != "calls":
        return path
    key = name.removesuffix(".yaml")
    topic = catalogue.calls[key].topics[int(path[1])]
    ids = [strand.id for strand in catalogue.programmes[key].strands]
    return ("strands", ids.index(topic.strand))


def _grade(programme: Programme, path: Path) -> int:
    """The better of the grades for A and B: of the strand that a path points into, or of the best strand."""
    strands = [programme.strands[int(path[1])]] if path[0] == "strands" else programme.strands
    return max(strand.relevance[priority].grade for strand in strands for priority in ("A", "B"))


def _written(path: Path) -> str:
    return ".".join(str(part) for part in path)
