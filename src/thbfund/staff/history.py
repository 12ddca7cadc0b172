"""The catalogue's own history by git: what changed on each day, by programme and fact, with both values."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

from thbfund.catalogue import load_catalogue
from thbfund.catalogue.contents import Catalogue
from thbfund.input.problems import InputError
from thbfund.report.inert import inert_markdown
from thbfund.staff.changes import Change, changes
from thbfund.staff.changes_report import changes_markdown
from thbfund.staff.git import Commit, commits_to, folder_at


@dataclass(frozen=True, slots=True)
class Day:
    """What one day's commits did to the catalogue.

    Attributes:
        commits: of the day, oldest first.
        before: the catalogue as it was before.
        after: as it was when the day ended; None where it has errors, and is passed over.
        changes: between the two.
    """

    on: date
    commits: tuple[Commit, ...]
    before: Catalogue
    after: Catalogue | None
    changes: tuple[Change, ...]


def history(root: Path, folder: Path, since: date) -> Iterator[Day]:
    """Each day on which the catalogue changed, oldest first. Days are those of universal time.

    A day that ends with a catalogue in error is compared with nothing: the next good one is compared with the last.

    Args:
        root: of the checkout.
        folder: the data folder in it.
        since: the first day.

    Raises:
        GitError: git does not answer.
    """
    days = _by_day(commits_to(root, folder))
    earlier = [commits[-1] for on, commits in days if on < since]
    known = next((found for commit in reversed(earlier) if (found := _catalogue_at(root, folder, commit))), None)
    for on, commits in days:
        if on < since:
            continue
        after = _catalogue_at(root, folder, commits[-1])
        what_changed = tuple(changes(known, after)) if known and after else ()
        if known and (what_changed or after is None):
            yield Day(on, commits, known, after, what_changed)
        known = after or known


def _by_day(commits: Sequence[Commit]) -> list[tuple[date, tuple[Commit, ...]]]:
    """Commits by day, in the order of their states; a clock that went back is taken for one that stood still."""
    days = accumulate((commit.at.date() for commit in commits), max)
    pairs = groupby(zip(days, commits, strict=True), key=itemgetter(0))
    return [(on, tuple(commit for _, commit in own)) for on, own in pairs]


def _catalogue_at(root: Path, folder: Path, commit: Commit) -> Catalogue | None:
    with tempfile.TemporaryDirectory(prefix="thbfund-then-") as place:
        try:
            return load_catalogue(folder_at(root, folder, commit.id, Path(place)))
        except InputError:
            return None


def history_markdown(days: Sequence[Day]) -> str:
    """A chapter for each day, the latest first, with a section for each programme."""
    lines: list[str] = []
    for day in reversed(days):
        lines += [
            f"# {day.on}",
            "",
            *(f"- {commit.id[:10]} {inert_markdown(commit.subject)}" for commit in day.commits),
            "",
        ]
        said = changes_markdown(day.changes, day.before, day.after) if day.after else _IN_ERROR
        lines += [said, ""]
    return "\n".join(lines).rstrip() or "No change of the catalogue since that day."


_IN_ERROR = "The catalogue had errors when the day ended; its changes stand at the next day that ended well."


def history_json(days: Sequence[Day]) -> str:
    """The same as values, oldest first."""
    values = [
        {
            "on": day.on.isoformat(),
            "commits": [
                {"id": commit.id, "at": commit.at.isoformat(), "subject": commit.subject} for commit in day.commits
            ],
            "loads": day.after is not None,
            "changes": [asdict(change) for change in day.changes],
        }
        for day in days
    ]
    return json.dumps(values, ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Sequence[Day]], str]] = {"md": history_markdown, "json": history_json}
