"""The log of changes grows: what two catalogues differ in becomes lines of the file of a day."""

from collections.abc import Iterable
from datetime import date

import yaml

from thbfund.catalogue.change_log import LOGGED, DayOfChanges, LoggedChange
from thbfund.catalogue.contents import Catalogue
from thbfund.staff.changes import Change

HEADER = "# Written by `thbfund catalogue log-changes`; lines are added, never changed. See data/README.md.\n"


def logged(found: Iterable[Change], catalogue: Catalogue, on: date) -> tuple[DayOfChanges, int]:
    """The file of a day with the changes added that it does not have yet, and how many these are.

    Only what an applicant may have to act on is logged: deadlines, money and eligibility of programmes and calls that
    are not over on that day. A condition that was only worded anew is told once, by its new words.

    Args:
        found: the changes.
        catalogue: the newer one of the two, with its log.
        on: the day.
    """
    found = [change for change in found if change.grade in LOGGED and not _is_over(change, catalogue, on)]
    reworded = {(change.programme, change.place) for change in found if change.new and _is_text(change)}
    before = next((day.changes for day in catalogue.changes if day.on == on), ())
    known = {(change.programme, change.place, change.fact, change.text) for change in before}
    new = [
        change
        for change in found
        if (change.new or not _is_text(change) or (change.programme, change.place) not in reworded)
        and (change.programme, change.place, change.fact, str(change.sentence)) not in known
    ]
    added = [
        LoggedChange(
            id=f"{on}-{number}",
            programme=change.programme,
            place=change.place,
            fact=change.fact,
            grade=change.grade,  # type: ignore[arg-type]  # one of LOGGED
            text=str(change.sentence),
        )
        for number, change in enumerate(new, start=len(before) + 1)
    ]
    return DayOfChanges(on=on, changes=(*before, *added)), len(added)


def _is_text(change: Change) -> bool:
    return change.fact.startswith("eligibility.also_check")


def _is_over(change: Change, catalogue: Catalogue, on: date) -> bool:
    """Whether the programme has ended, or the call is closed; what belongs to no programme concerns no applicant."""
    programme = catalogue.programmes.get(change.programme)
    if programme is None:
        return not change.programme
    calls = catalogue.calls.get(programme.id)
    closed = {f"topic {topic.id}" for topic in (calls.topics if calls else ()) if topic.status(on) == "closed"}
    ended = not programme.is_in_force(on) and not programme.begins_after(on)
    return ended or change.place in closed


def written(day: DayOfChanges) -> bytes:
    """The file of a day, in the form in which the rest of the catalogue is written."""
    lines = [change.model_dump(exclude_defaults=True) for change in day.changes]
    listed = yaml.safe_dump({"changes": lines}, sort_keys=False, allow_unicode=True, width=118)
    return (
        f"{HEADER}on: {day.on}\n{listed}".encode()
    )  # the key on its own: YAML takes it for a truth value and quotes it
