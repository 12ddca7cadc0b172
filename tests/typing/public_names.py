"""The package as other programs use it, with the types that it promises. Only type-checked: `.ci/run types`."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import assert_type

import thbfund
from thbfund.ranking.score import Contribution
from thbfund.rules.outcome import Outcome


def answer(folder: Path, text: bytes) -> Sequence[tuple[str, float]]:
    """A folder and a project file, to programmes and scores."""
    catalogue = assert_type(thbfund.load_catalogue(folder), thbfund.Catalogue)
    project = assert_type(thbfund.read_project(text, "project.yaml", catalogue.vocabularies), thbfund.Project)
    report = assert_type(thbfund.match(catalogue, project, on=date(2026, 11, 23)), thbfund.MatchReport)
    return [(match.programme.id, match.scored.score) for match in report.matches]


def reasons(report: thbfund.MatchReport) -> Mapping[str, tuple[Sequence[Contribution], Sequence[Outcome]]]:
    """Both kinds of reasons, kept apart."""
    return {match.programme.id: (match.scored.contributions, match.judgement.outcomes) for match in report.matches}


def wrong(folder: Path) -> Sequence[str]:
    """Every problem, as one line."""
    catalogue, problems = thbfund.check_catalogue(folder, on=date(2026, 11, 23))
    assert_type(catalogue, thbfund.Catalogue | None)
    assert_type(problems, list[thbfund.Problem])
    if catalogue is None:
        raise thbfund.InputError(problems)
    return [str(problem) for problem in problems]


def many(matcher: thbfund.Matcher, texts: Sequence[str]) -> int:
    """One index for many projects; how many fit nothing."""
    read = [thbfund.project_of_text(text, matcher.catalogue.vocabularies) for text in texts]
    return sum(found.nothing_fits for found in matcher.leading(read, date(2026, 11, 23), period="all", top=3))


def shipped() -> str:
    """The catalogue that comes with the package, and the version."""
    return f"{assert_type(thbfund.packaged_data(), Path)} {assert_type(thbfund.__version__, str)}"
