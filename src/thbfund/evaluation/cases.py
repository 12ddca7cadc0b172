"""Cases: what a reader or a colleague expects of the ranking for one project, replayed like any measure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.facts import Day, Text
from thbfund.catalogue.load import MAX_CATALOGUE_BYTES
from thbfund.catalogue.model import Identifier
from thbfund.input.decoding import text_of
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import read_yaml
from thbfund.input.validation import Closed, build, wrong_value
from thbfund.matching import Matcher, PeriodChoice
from thbfund.project import Project
from thbfund.rules.outcome import Answer, RuleName
from thbfund.rules.verdict import Verdict
from thbfund.text.personal_data import personal_data_in

FOLDER = Path("evidence") / "cases"
"""Where cases lie, below the data folder."""

NOT_RANKED = "not ranked"


class Case(Closed):
    """What is expected of one programme for one project; at least one of `rank`, `above`, `verdict` and `rules`."""

    id: Identifier = Field(description="Final; also the name of the file.")
    on: Day = Field(description="The day for which the answer is expected.")
    period: PeriodChoice = Field("open", description="Which programmes are ranked, as in `thbfund match`.")
    project: Project = Field(description="A project file, in own words and without data of people.")
    programme: Identifier = Field(description="The programme that something is expected of.")
    rank: Annotated[int, Field(ge=1)] | None = Field(None, description="It stands among the first so many.")
    above: Identifier | None = Field(None, description="It ranks above this programme.")
    verdict: Verdict | None = Field(None, description="What the rules say of it.")
    rules: dict[RuleName, Answer] = Field(
        default_factory=dict, description="What single rules say of it: met, not_met or unknown, by the rule's id."
    )
    because: Text = Field(description="Why this is expected, in own words.")
    reported_on: Day = Field(description="Day on which somebody said so.")
    held: bool = Field(description="Whether it is kept: a held case that fails is an error, another is work to do.")

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if self.rank is None and self.above is None and self.verdict is None and not self.rules:
            raise wrong_value("missing-field", "nothing expected", "one of rank, above, verdict, rules")
        return self


@dataclass(frozen=True, slots=True)
class Replayed:
    """A case and what is found now.

    Attributes:
        fails: each expectation that is not met, with what was found; empty where the case holds.
    """

    case: Case
    fails: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything expected is found."""
        return not self.fails


def read_cases(folder: Path, catalogue: Catalogue) -> list[Case]:
    """Every case in a folder, by name.

    Raises:
        InputError: with all problems of all files.
    """
    cases, problems = [], list[Problem]()
    for path in sorted(folder.glob("*.yaml")):
        try:
            cases.append(read_case(path.read_bytes(), f"{folder.name}/{path.name}", catalogue))
        except InputError as error:
            problems += error.problems
    if not cases and not problems:
        problems = [Problem("no-cases", "found no case", file=str(folder), hint="name a folder of cases")]
    if problems:
        raise InputError(problems)
    return cases


def read_case(content: bytes, file: str, catalogue: Catalogue) -> Case:
    """One case.

    Args:
        content: the bytes of its file.
        file: its name, which ends with the id of the case.
        catalogue: whose programmes and vocabularies it may name.

    Raises:
        InputError: with every problem in it.
    """
    document = read_yaml(text_of(content, file, MAX_CATALOGUE_BYTES), file)
    case = build(Case, document, file, {"vocabularies": catalogue.vocabularies})
    places = ((name, *document.place_of((name,))) for name in ("id", "programme", "above", "project"))
    lines = {name: (line, column) for name, line, column in places}
    problems = [
        Problem(code, f"{name}: {said}", file=file, line=lines[name][0], column=lines[name][1], allowed=allowed)
        for name, code, said, allowed in _wrong(case, Path(file).stem, catalogue)
    ]
    if problems:
        raise InputError(problems)
    return case


def _wrong(case: Case, stem: str, catalogue: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    """Field, code, what was found and what is allowed."""
    if case.id != stem:
        yield "id", "id-differs-from-file", f'found "{case.id}"', stem
    for name, key in (("programme", case.programme), ("above", case.above)):
        if key is not None and key not in catalogue.programmes:
            yield name, "unknown-programme", f'found "{key}"', "the id of a programme"
    if kinds := personal_data_in(case.project.summary):
        yield "project", "personal-data", f"the summary seems to hold {', '.join(kinds)}", "own words, nobody named"


def replay(matcher: Matcher, cases: Iterable[Case]) -> list[Replayed]:
    """Match the project of each case again."""
    return [Replayed(case, tuple(_failing(matcher, case))) for case in cases]


def _failing(matcher: Matcher, case: Case) -> Iterator[str]:
    found = {match.programme.id: match for match in matcher.match(case.project, case.on, case.period).matches}
    rank = found[case.programme].rank if case.programme in found else None
    if case.rank is not None and (rank is None or rank > case.rank):
        yield f"rank {rank or NOT_RANKED}, expected {case.rank} or better"
    if case.above is not None:
        other = found[case.above].rank if case.above in found else None
        if rank is None or (other is not None and other < rank):
            yield f"rank {rank or NOT_RANKED}, expected above {case.above} at {other or NOT_RANKED}"
    if case.verdict is not None:
        verdict = found[case.programme].judgement.verdict if case.programme in found else NOT_RANKED
        if verdict != case.verdict:
            yield f"verdict {verdict}, expected {case.verdict}"
    outcomes = found[case.programme].judgement.outcomes if case.programme in found else ()
    judged = {outcome.rule: outcome for outcome in outcomes}
    for rule, expected in case.rules.items():
        if rule not in judged:
            yield f"rule {rule} not judged, expected {expected}"
        elif judged[rule].answer != expected:
            yield f"rule {rule} {judged[rule].answer}, expected {expected}: {judged[rule].reason}"


def case_values(replayed: Sequence[Replayed]) -> dict[str, Any]:
    """Figures as JSON values: how many hold, and each case with what fails."""
    return {
        "n": len(replayed),
        "holding": sum(each.holds for each in replayed),
        "broken": [each.case.id for each in replayed if each.case.held and not each.holds],
        "cases": [_values(each) for each in replayed],
    }


def _values(each: Replayed) -> Mapping[str, Any]:
    case = each.case
    return {
        "id": case.id,
        "programme": case.programme,
        "held": case.held,
        "holds": each.holds,
        "fails": list(each.fails),
        "because": case.because,
    }
