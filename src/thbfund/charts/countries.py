"""Rows of the map: how each country stands with a programme, as seat of an organisation and as place of work."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Admittance, Programme
from thbfund.catalogue.vocabulary import Vocabularies, country_names
from thbfund.project import Project
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Condition
from thbfund.said import Said, say
from thbfund.speaking import Speaker

# A square for each country of Europe and its neighbours at about its place: all of one size, so that Malta can be
# seen and pressed like France. See decision 0016.
_ROWS = (
    "IS .. .. .. NO SE FI .. .. .. ..",
    ".. .. .. .. DK .. EE RU .. .. ..",
    "IE GB .. NL DE PL LV .. .. .. ..",
    ".. .. BE LU CZ SK LT BY .. .. ..",
    ".. FR CH LI AT HU RO MD UA .. ..",
    "PT ES .. IT SI HR RS BG .. GE ..",
    ".. .. .. .. BA ME XK MK TR AM AZ",
    ".. .. .. MT .. AL GR CY LB SY ..",
    ".. MA DZ TN LY .. EG IL PS JO ..",
)
TILES: Mapping[str, tuple[int, int]] = {
    code: (column, line)
    for line, codes in enumerate(_ROWS)
    for column, code in enumerate(codes.split())
    if code != ".."
}
"""Column and line of each country's square, from the upper left."""

STANDINGS: Mapping[str, tuple[str, Said]] = {
    "lead": ("★", say("may lead")),
    "partner": ("◆", say("may take part")),
    "depends": ("?", say("depends on the call")),
    "unknown": ("…", say("not known")),
    "closed": ("✕", say("shut out")),
}
"""Standings of a country, the best first, each with the sign by which it is known without its colour."""

PAID, PAID_BY_CALL = "●", "○"
REGIONS = (
    "sub_saharan_africa", "middle_east", "central_asia", "south_and_east_asia", "latin_america", "caribbean",
    "pacific", "overseas_territories",
)  # fmt: skip
"""Groups of countries beyond the map, told in words."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country for one programme.

    Attributes:
        standing: of organisations with their seat there: a key of `STANDINGS`, by the strand that is best for them.
        work: whether work there is paid for.
        of_project: whether the project has its lead, a partner or work there.
    """

    code: str
    standing: str
    work: Admittance
    of_project: bool


def countries_of(programme: Programme, catalogue: Catalogue, on: date, project: Project | None = None) -> list[Country]:
    """How every country stands with a programme on a day: those of the map, then those of other regions."""
    conditions = [Conditions(programme, strand, on) for strand in programme.strands]
    vocabularies = catalogue.vocabularies
    own = _countries_of_project(project) if project else frozenset()
    return [
        Country(
            code,
            _best(_standing(one, code, vocabularies) for one in conditions),
            _work([_answer(one.of("place_of_action"), code, vocabularies) for one in conditions]),
            code in own,
        )
        for code in [*TILES, *_elsewhere(vocabularies)]
    ]


def _countries_of_project(project: Project) -> frozenset[str]:
    seats = [project.applicant.country, *(partner.country for partner in project.partners or ())]
    return frozenset(code for code in [*seats, *(project.countries_of_action or ())] if code)


def _elsewhere(vocabularies: Vocabularies) -> list[str]:
    known = [region for region in REGIONS if region in vocabularies.ids("country_groups")]
    members = (code for region in known for code in sorted(vocabularies.countries_in(region)))
    return [code for code in dict.fromkeys(members) if code not in TILES]


def _standing(conditions: Conditions, country: str, vocabularies: Vocabularies) -> str:
    """By one strand; where it says nothing of partners, what it says of leads holds for them, as in the rules."""
    lead = _answer(conditions.countries("lead"), country, vocabularies)
    partner = _answer(conditions.countries("partner") or conditions.countries("lead"), country, vocabularies)
    if lead == "open":
        return "lead"
    if partner == "open":
        return "partner"
    return next((one for one in ("depends", "unknown") if one in {lead, partner}), "closed")


def _answer(condition: Condition | None, country: str, vocabularies: Vocabularies) -> Admittance:
    """Where sources disagree on a country, not known; as in the rules."""
    if condition is None:
        return "unknown"
    answers = {_by_one_source(one, country, vocabularies) for one in (condition, *condition.others)}
    return answers.pop() if len(answers) == 1 else "unknown"


def _by_one_source(condition: Condition, country: str, vocabularies: Vocabularies) -> Admittance:
    """What is not confirmed is not known; as in the rules."""
    if condition.value is None or condition.basis.unverified:
        return "unknown"
    answer: Admittance = condition.value.answer(country, vocabularies)
    return answer


def _best(standings: Iterable[str]) -> str:
    return min(standings, key=list(STANDINGS).index)


def _work(answers: Sequence[Admittance]) -> Admittance:
    order: tuple[Admittance, ...] = ("open", "depends", "unknown", "closed")
    return min(answers, key=order.index)


def countries_finding(programme: Programme, countries: Sequence[Country], speak: Speaker) -> str:
    """What the map shows, in sentences."""
    on_map = [one for one in countries if one.code in TILES]
    counts = {name: sum(one.standing == name for one in on_map) for name in STANDINGS}
    said = speak(
        "{programme}, {total} countries of Europe and its neighbours. May lead: {lead}; may take part without the "
        "lead: {partner}; depends on the call: {depends}; not known: {unknown}; shut out: {closed}.",
        programme=programme.acronym,
        total=len(on_map),
        **counts,
    )
    own = [one for one in countries if one.of_project]
    if not own:
        return said
    name = _namer(speak)
    listed = ", ".join(f"{name(one.code)} ({speak(STANDINGS[one.standing][1])})" for one in own)
    return f"{said} {speak('Countries of your project: {countries}.', countries=listed)}"


def countries_table(countries: Sequence[Country], vocabularies: Vocabularies, speak: Speaker) -> list[dict[str, str]]:
    """The map in words, other regions of the world too."""
    first, second = speak("Standing"), speak("Countries")
    rows = [
        {
            first: speak.value(words),
            second: _listed([one for one in countries if one.standing == key], vocabularies, speak),
        }
        for key, (_, words) in STANDINGS.items()
    ]
    paid = {speak("Work there is paid for"): "open", speak("Paid for or not, by the call"): "depends"}
    rows += [
        {first: words, second: _listed([one for one in countries if one.work == work], vocabularies, speak)}
        for words, work in paid.items()
    ]
    return rows


def _listed(chosen: Sequence[Country], vocabularies: Vocabularies, speak: Speaker) -> str:
    """Countries of the map by name, other regions by theirs where all of a region is meant."""
    name, codes = _namer(speak), {one.code for one in chosen}
    told = sorted(name(code) for code in codes if code in TILES)
    rest = [code for code in codes if code not in TILES]
    for region in REGIONS:
        members = vocabularies.countries_in(region) - set(TILES)
        if len(members) > 1 and members <= codes:
            told.append(speak(vocabularies.label("country_groups", region)))
            rest = [code for code in rest if code not in members]
    return ", ".join([*told, *sorted(map(name, rest))]) or speak("none")


def _namer(speak: Speaker) -> Callable[[str], str]:
    names = country_names(speak.language)
    return lambda code: names.get(code, code)
