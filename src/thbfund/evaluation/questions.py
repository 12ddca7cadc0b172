"""How soon the questions lead to a top three that no longer changes: labelled records act as users who answer."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from statistics import fmean
from time import perf_counter
from typing import Any

from thbfund import explain
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.evaluation.records import project_of
from thbfund.matching import Matcher, MatchReport
from thbfund.project import Project
from thbfund.questions import FIELDS, next_question, with_answer

TOP = 3
FEWEST_ANSWERS = 3  # records that know less leave no order to speak of
SEED, ORDERS = 2026, 5  # any fixed number; random orders per record, of which the mean is told

# A day in the middle of each period: its programmes are in force, so that an answer can move a verdict.
MIDDLE = {"2014-2020": date(2018, 6, 1), "2021-2027": date(2024, 6, 1)}
_READ_FROM_TEXT = {"target_groups", "activities"}  # records hold no entries of the vocabularies


class User:
    """A labelled record who knows what the record says, and says "I do not know" to everything else."""

    def __init__(self, record: Record, matcher: Matcher) -> None:
        self._matcher, self._record = matcher, record
        vocabularies = matcher.catalogue.vocabularies
        self._text = project_of(record, "text", vocabularies)
        self.known = _known(project_of(record, "form", vocabularies))
        self._reports: dict[frozenset[str], MatchReport] = {}

    def report(self, asked: Iterable[str]) -> MatchReport:
        """The results once these fields were asked."""
        answered = frozenset(field for field in asked if field in self.known)
        if answered not in self._reports:
            project = self._text
            for field in FIELDS:
                project = with_answer(project, field, self.known[field]) if field in answered else project
            period, own = self._record.period, frozenset({self._record.group})
            self._reports[answered] = self._matcher.match(project, MIDDLE[period], period, own)
        return self._reports[answered]

    def top(self, asked: Iterable[str]) -> tuple[str, ...]:
        """The first three programmes as presented."""
        shown = chain.from_iterable(explain.grouped(self.report(asked)).values())
        return tuple(match.programme.id for match in islice(shown, TOP))

    def needed(self, order: Sequence[str]) -> int:
        """How many questions of an order it takes until the top three is the final one and stays so."""
        final, count = self.top(FIELDS), len(order)
        while count and self.top(order[: count - 1]) == final:
            count -= 1
        return count


def evaluate_questions(catalogue: Catalogue, records: Iterable[Record]) -> dict[str, Any]:
    """Compare the order in which we ask with the order of the form and with chance, as JSON values.

    Records that know fewer than three fields, translations, and records whose top three no answer changes are left out
    of the means. `every_question` counts questions to which the record has no answer too; `answerable` leaves them out
    of all three orders.

    Raises:
        InputError: a record cannot be made into a project.
    """
    matcher = Matcher(catalogue)
    users = [User(record, matcher) for record in records if record.variant_of is None]
    users = [user for user in users if len(user.known) >= FEWEST_ANSWERS]
    moved = [user for user in users if user.top(()) != user.top(FIELDS)]
    return {
        "records": len(users),
        "n": len(moved),
        "every_question": _figures(moved, lambda _user: FIELDS),
        "answerable": _figures(moved, lambda user: tuple(user.known)),
        "ms_per_question": _milliseconds(moved),
    }


def _figures(users: Sequence[User], fields_of: Callable[[User], Sequence[str]]) -> dict[str, float]:
    """Mean number of questions by each order, over users whose fields to ask are given."""
    generator = random.Random(SEED)  # noqa: S311 - a simulation, no secret
    ours, form, chance = [], [], []
    for user in users:
        fields = fields_of(user)
        ours.append(user.needed(_our_order(user, fields)))
        form.append(user.needed(fields))
        chance += [user.needed(generator.sample(fields, len(fields))) for _ in range(ORDERS)]
    return {"ours": _mean(ours), "form_order": _mean(form), "random": _mean(chance)}


def _our_order(user: User, fields: Sequence[str]) -> list[str]:
    """The fields in the order in which we ask them; those that we never ask come last."""
    asked: list[str] = []
    barred = set(FIELDS) - set(fields)
    while question := next_question(user.report(asked), {*asked, *barred}):
        asked.append(question.field)
    return [*asked, *(field for field in fields if field not in asked)]


def _milliseconds(users: Sequence[User]) -> float:
    """Time to find the first question, which has the most to try, in milliseconds; differs from run to run."""
    reports = [user.report(()) for user in users]
    begin = perf_counter()
    for report in reports:
        next_question(report)
    return round((perf_counter() - begin) * 1000 / len(reports), 1) if reports else 0.0


def _known(project: Project) -> Mapping[str, Any]:
    """What a record says, by field, in the order of the form."""
    values = {
        field: getattr(project.applicant, field.removeprefix("applicant."))
        if field.startswith("applicant.")
        else getattr(project, field)
        for field in FIELDS
        if field not in _READ_FROM_TEXT
    }
    return {field: value for field, value in values.items() if value is not None}


def _mean(counts: Sequence[int]) -> float:
    return round(fmean(counts), 2) if counts else 0.0
