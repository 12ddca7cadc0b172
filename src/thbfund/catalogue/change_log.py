"""The log of changes: what changed in the catalogue for applicants, one file per day, which only ever grows."""

from collections.abc import Collection, Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field

from thbfund.catalogue.checks import Report, add_unknown, check_id, check_unique
from thbfund.catalogue.facts import Day, Many, Text
from thbfund.catalogue.model import Identifier
from thbfund.input.problems import Problem
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import Closed
from thbfund.said import Said, say

LoggedGrade = Literal["deadline", "money", "eligibility"]
ChangeGrade = Literal[LoggedGrade, "content", "evidence"]

LOGGED: tuple[LoggedGrade, ...] = get_args(LoggedGrade)
"""What an applicant may have to act on: first what may be missed for good, then what decides whether to apply."""

GRADES: tuple[ChangeGrade, ...] = get_args(ChangeGrade)
"""What a change may touch, the gravest first."""

GRADE_NAMES: Mapping[ChangeGrade, str | Said] = {
    "deadline": say("Deadlines and openings"),
    "money": say("Money"),
    "eligibility": say("Who may apply, and how"),
    "content": "Content",  # this and the next are told to staff alone, in English
    "evidence": "Sources and checks",
}
"""Headings for grades."""


class LoggedChange(Closed):
    """One change, as it was told on its day."""

    id: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[1-9][0-9]*$")] = Field(
        description="Day and number; final, for feed readers know the change by it."
    )
    programme: Identifier = Field(description="Id of the programme whose file changed.")
    place: Text = Field(description="What changed: programme, or strand, topic or family with its id.")
    fact: str = Field("", description="Dotted name of the fact in its file; empty for a whole strand, topic or family.")
    grade: LoggedGrade = Field(description="What it touches, the gravest first.")
    text: Text = Field(description="The change in a sentence.")

    @property
    def strand_or_topic(self) -> tuple[str, str]:
        """Kind and id of what changed; the id is empty for the programme itself."""
        kind, _, key = self.place.partition(" ")
        return kind, key


class DayOfChanges(Closed):
    """The changes of one day: one file, named by the day."""

    on: Day = Field(description="The day, which is also the name of the file.")
    changes: Many[LoggedChange] = Field(description="In the order in which they were told.")


def check_day_of_changes(
    day: DayOfChanges, stem: str, programmes: Collection[str], document: Document, file: str
) -> list[Problem]:
    """Check that the file bears the name of its day, that no id comes twice, and that the programmes are known."""
    report = Report(document, file)
    check_id(report, day.on.isoformat(), stem)
    check_unique(report, [change.id for change in day.changes], ("changes",))
    for index, change in enumerate(day.changes):
        if change.programme not in programmes:
            add_unknown(report, ("changes", index, "programme"), "unknown-programme", change.programme, set(programmes))
    return report.problems
