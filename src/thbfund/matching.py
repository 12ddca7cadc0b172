"""MATCH, the one use case: a project and a date -> programmes with score, contributions, verdict and rule outcomes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from typing import Literal, get_args

from thbfund.catalogue.calls import Topic
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Period, Programme, Strand
from thbfund.project import Project
from thbfund.ranking import Ranker, StrandScore
from thbfund.ranking.relevance import FieldEvidence, field_evidence
from thbfund.rules import Judgement, best, judge_by
from thbfund.rules.conditions import CallTopic, Conditions
from thbfund.rules.verdict import Verdict
from thbfund.said import joined, say, say_count
from thbfund.text import Understanding
from thbfund.text.encoder import Encoder, installed_encoder
from thbfund.text.personal_data import personal_data_in
from thbfund.timing import Calendar, Timing, calendar_of, calls_before

PeriodChoice = Literal["open", "2014-2020", "2021-2027", "all"]
Group = Literal["can_apply", "to_check", "cannot_apply", "closed"]

PERIOD_CHOICES: tuple[PeriodChoice, ...] = get_args(PeriodChoice)
GROUPS: tuple[Group, ...] = get_args(Group)
DAYS_KEPT = 4  # days whose conditions a matcher keeps; nearly all projects ask for today
_TOLD = {"title": None, "summary": "", "language": None}  # what no rule looks at
THIN_WORDS = 30  # half the length of the shortest description in the labelled records

_GROUP_OF: Mapping[Verdict, Group] = {
    "eligible": "can_apply",
    "to_check": "to_check",
    "not_eligible": "cannot_apply",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know of the input."""

    code: Literal["personal_data", "thin_text", "assumed_language"]
    message: str


@dataclass(frozen=True, slots=True)
class Match:
    """One programme for one project.

    Attributes:
        scored: the best-scoring strand, which gives score and contributions.
        judgement: of the strand with the best verdict, which gives role, rules and fixes.
        others: judgements of the other strands.
        calendar: the programme's calls on the day.
        call_judgements: what the rules say of each open or announced topic, by its id.
    """

    rank: int
    programme: Programme
    scored: StrandScore
    judgement: Judgement
    others: tuple[Judgement, ...]
    calendar: Calendar
    call_judgements: Mapping[str, Judgement]

    @property
    def timing(self) -> Timing:
        """What is known of calls; it never moves the verdict."""
        return "closed" if self.judgement.verdict == "closed" else self.calendar.timing

    @property
    def group(self) -> Group:
        """The group in which results show it; presentation only."""
        return _GROUP_OF[self.judgement.verdict]


@dataclass(frozen=True, slots=True)
class MatchReport:
    """Everything that was found for one project on one day, programmes ordered by score alone.

    Attributes:
        field: what speaks for and against the project's belonging to the field.
        fits_elsewhere: whether a programme that was not looked at, for it is not in force, would fit.
    """

    project: Project
    on: date
    catalogue: Catalogue
    understood: Understanding
    field: FieldEvidence
    matches: tuple[Match, ...]
    warnings: tuple[Notice, ...]
    fits_elsewhere: bool = False

    @property
    def nothing_fits(self) -> bool:
        """Whether the project lies outside the field, or only programmes that were not looked at would fit it."""
        first = self.matches[0].scored if self.matches else None
        return _nothing_fits(self.field, first, fits_elsewhere=self.fits_elsewhere)


@dataclass(frozen=True, slots=True)
class Leading:
    """The first programmes for one project: of a `MatchReport` as much as a table of thousands of projects shows.

    Attributes:
        first: the best-scoring strand of each programme and the best judgement of any, in the order of the report.
    """

    understood: Understanding
    first: tuple[tuple[StrandScore, Judgement], ...]
    nothing_fits: bool
    warnings: tuple[Notice, ...]


class Matcher:
    """Matches projects against one catalogue; holds its index, so build it once."""

    def __init__(self, catalogue: Catalogue, encoder: Encoder | Literal["installed"] | None = "installed") -> None:
        """Prepare to match.

        Args:
            catalogue: the programmes.
            encoder: of sentences; by default the one that is installed, None to do without.
        """
        self.catalogue = catalogue
        self.ranker = Ranker(catalogue, installed_encoder() if encoder == "installed" else encoder)
        self.reader = self.ranker.reader  # one for both: it indexes the lexicons
        self._conditions = lru_cache(maxsize=DAYS_KEPT)(partial(_ConditionsOfDay, catalogue))
        self._earlier = {key: calls_before(programme, catalogue) for key, programme in catalogue.programmes.items()}

    def read(self, project: Project) -> Understanding:
        """What a match would take a project to be about."""
        return self.reader.read(project)

    def match(
        self,
        project: Project,
        on: date,
        period: PeriodChoice = "open",
        apart: frozenset[str] = frozenset(),
    ) -> MatchReport:
        """Rank and judge the programmes of a period for a project, as on a date.

        Args:
            project: what the user describes.
            on: the day for which the answer holds.
            period: `open` for the programmes in force on that day, or a programming period, or `all`.
            apart: groups of labelled records that may not count as evidence: in a test, the project's own.
        """
        understood = self.read(project)
        evidence = field_evidence(understood)
        scores = self.ranker.score(understood, project, apart, evidence.share)
        ranked = tuple(
            self._match(rank, scored, project, on, _about(understood))
            for rank, scored in enumerate(_by_score(self._candidates(on, period), scores), start=1)
        )
        elsewhere = any(score.band != "weak" for score in scores)
        warnings = tuple(_warnings(project, understood))
        return MatchReport(project, on, self.catalogue, understood, evidence, ranked, warnings, elsewhere)

    def leading(
        self, projects: Iterable[Project], on: date, period: PeriodChoice = "open", top: int = 3
    ) -> Iterator[Leading]:
        """The first programmes for each of many projects: those that `match` puts there, in a fraction of its time.

        Only strands that may lead are scored, only leading programmes judged, and no calls; what the rules say is kept
        for the next project whose form says the same. Nothing is kept after the last project.
        """
        candidates = self._candidates(on, period)
        among = frozenset(programme.id for programme in candidates)
        judged = cache(lambda programme, form: best(self._judge(self.catalogue.programmes[programme], form, on)))
        for project in projects:
            understood = self.read(project)
            evidence = field_evidence(understood)
            scores = self.ranker.leading(understood, project, evidence.share, among, top)
            ranked = _by_score(candidates, scores)[:top]
            form = project.model_copy(update=_TOLD)
            elsewhere = any(score.band != "weak" for score in scores)
            yield Leading(
                understood,
                tuple((scored, judged(scored.document.programme.id, form)) for scored in ranked),
                _nothing_fits(evidence, ranked[0] if ranked else None, fits_elsewhere=elsewhere),
                tuple(_warnings(project, understood)),
            )

    def _candidates(self, on: date, period: PeriodChoice) -> list[Programme]:
        return [each for each in self.catalogue.programmes.values() if _is_candidate(each, on, period)]

    def _judge(self, programme: Programme, project: Project, on: date) -> list[Judgement]:
        conditions, vocabularies = self._conditions(on), self.catalogue.vocabularies
        return [judge_by(conditions.of(programme, strand), vocabularies, project) for strand in programme.strands]

    def _match(self, rank: int, scored: StrandScore, project: Project, on: date, about: frozenset[str]) -> Match:
        programme = scored.document.programme
        judgements = self._judge(programme, project, on)
        chosen = best(judgements)
        others = tuple(judgement for judgement in judgements if judgement is not chosen)
        calls = self.catalogue.calls.get(programme.id)
        calendar = calendar_of(programme, calls, on, self._earlier[programme.id], about)
        by_call = self._judge_calls(programme, calendar, project, on)
        return Match(rank, programme, scored, chosen, others, calendar, by_call)

    def _judge_calls(
        self, programme: Programme, calendar: Calendar, project: Project, on: date
    ) -> dict[str, Judgement]:
        """Judge the project by the rules of each topic that is open or announced."""
        strands = {strand.id: strand for strand in programme.strands}
        conditions = self._conditions(on)
        return {
            topic.id: judge_by(
                conditions.of(programme, strands[topic.strand], topic), self.catalogue.vocabularies, project
            )
            for topic in (found.topic for found in calendar.current)
        }


class _ConditionsOfDay:
    """The conditions of a catalogue on a day; looked up once, for they are the same for every project."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self._catalogue, self._on = catalogue, on
        self._kept: dict[tuple[str, str, str], Sequence[Conditions]] = {}

    def of(self, programme: Programme, strand: Strand, topic: Topic | None = None) -> Sequence[Conditions]:
        """Conditions of a strand, or of a topic in it, by each reading of the sources."""
        key = (programme.id, strand.id, topic.id if topic else "")
        if key not in self._kept:
            self._kept[key] = self._looked_up(programme, strand, topic).readings()
        return self._kept[key]

    def _looked_up(self, programme: Programme, strand: Strand, topic: Topic | None) -> Conditions:
        if topic:
            call = CallTopic(topic, self._catalogue.calls[programme.id].sources)
            return Conditions(programme, strand, self._on, call)
        follower = self._catalogue.programmes.get(programme.successor.value or "")
        return Conditions(programme, strand, self._on, successor=follower.name if follower else "")


def match(catalogue: Catalogue, project: Project, on: date, period: PeriodChoice = "open") -> MatchReport:
    """Match one project; for many, build a `Matcher` once."""
    return Matcher(catalogue).match(project, on, period)


def _by_score(candidates: Sequence[Programme], scores: Sequence[StrandScore]) -> list[StrandScore]:
    """The best-scoring strand of each candidate that was scored, the best programme first."""
    best_of: dict[str, StrandScore] = {}
    for score in scores:
        key = score.document.programme.id
        if key not in best_of or score.score > best_of[key].score:
            best_of[key] = score
    return sorted(
        (best_of[each.id] for each in candidates if each.id in best_of),
        key=lambda score: (-score.score, score.document.programme.id),
    )


def _nothing_fits(field: FieldEvidence, first: StrandScore | None, *, fits_elsewhere: bool) -> bool:
    if first is None or not field.in_field:
        return True
    return first.band == "weak" and fits_elsewhere


def _about(understood: Understanding) -> frozenset[str]:
    """What the project does and whom it serves, to find the calls that are of use to it."""
    return frozenset(concept.id for name in ("activities", "target_groups") for concept in understood.concepts[name])


def _is_candidate(programme: Programme, on: date, period: PeriodChoice) -> bool:
    if period == "open":  # a programme whose time is not known is not left out: the rule `in_force` says so
        return programme.in_force.value is None or programme.is_in_force(on)
    periods: tuple[Period, ...] = programme.periods
    return period == "all" or period in periods


def _warnings(project: Project, understood: Understanding) -> Iterator[Notice]:
    kinds = personal_data_in(project.summary)
    if kinds:
        message: str = say(
            "The text seems to hold personal data ({kinds}). Remove it: it is not needed here.",
            kinds=joined(kinds, ","),
        )
        yield Notice("personal_data", message)
    if understood.word_count < THIN_WORDS:
        message = say_count(
            "The text has {n} word; say who is helped, what is done and where.",
            "The text has {n} words; say who is helped, what is done and where.",
            understood.word_count,
        )
        yield Notice("thin_text", message)
    if not understood.language_sure:
        message = say("The language was taken to be {code}; set it if that is wrong.", code=understood.language)
        yield Notice("assumed_language", message)
