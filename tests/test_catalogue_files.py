"""The real catalogue, file by file: what the models cannot see, but readers of a funding catalogue rely on."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from pydantic import BaseModel

from conftest import REPOSITORY
from thbfund import Catalogue, read_project
from thbfund.catalogue import Programme, Strand, check_catalogue
from thbfund.catalogue.facts import Evidence, Fact
from thbfund.catalogue.lexicon import LEXICONS
from thbfund.catalogue.model import COMMUNICATION_2017
from thbfund.catalogue.vocabulary import TAGS, VOCABULARIES
from thbfund.text.cleaning import fold

DATA = REPOSITORY / "data"
FILES = sorted(
    path.relative_to(DATA).as_posix()
    for part in ("calls", "lexicon", "policy", "programmes", "vocabularies")
    for path in (DATA / part).glob("*.yaml")
)
PROGRAMMES = [
    name.removeprefix("programmes/").removesuffix(".yaml") for name in FILES if name.startswith("programmes/")
]

IN_BROCHURE = {
    "amif-2014-2020", "isf-police-2014-2020", "isf-borders-2014-2020", "horizon-2020", "justice-2014-2020",
    "rec-2014-2020", "eni-2014-2020", "ipa-ii", "mpf", "edf-11", "dci-2014-2020", "icsp-2014-2020", "eutf-africa",
}  # fmt: skip
SUCCESSORS = {
    "amif-2021-2027", "isf-2021-2027", "bmvi", "horizon-europe", "justice-2021-2027", "cerv", "ndici-global-europe",
    "ipa-iii",
}  # fmt: skip
FURTHER = {
    "eidhr-2014-2020", "esf-2014-2020", "fead", "erasmus-plus-2014-2020", "easi", "interreg-v",
    "eea-norway-2014-2021", "spotlight", "esf-plus", "erasmus-plus-2021-2027", "interreg-vi", "eea-norway-2021-2028",
    "eu4health", "tsi", "pppa",
}  # fmt: skip

STRATEGY_2021 = ("S21-1", "S21-2", "S21-3", "S21-4")
SHORTEST_OBJECTIVES = 80  # characters; the ranking has nothing to read in less


@pytest.fixture(scope="module")
def problems():
    return check_catalogue(DATA)[1]


@pytest.fixture(params=PROGRAMMES)
def programme(request, catalogue: Catalogue) -> Programme:
    return catalogue.programmes[request.param]


def evidence_in(value: Any, path: str = "") -> Iterator[tuple[str, Evidence]]:
    """Every fact, legal act, budget line and condition in a programme, however deep."""
    if isinstance(value, Evidence):
        yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from evidence_in(getattr(value, name), f"{path}.{name}".strip("."))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from evidence_in(item, f"{path}.{number}")


def strands_of(catalogue: Catalogue) -> list[tuple[str, Strand]]:
    return [
        (f"{programme.id}/{strand.id}", strand)
        for programme in catalogue.programmes.values()
        for strand in programme.strands
    ]


def repeated(texts: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Texts that stand in more than one place, with the places."""
    counted = Counter(text for _, text in texts)
    return {text: [place for place, other in texts if other == text] for text, count in counted.items() if count > 1}


# ---- all files ----


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_neither_errors_nor_warnings(name, problems):
    own = [str(problem) for problem in problems if problem.file == f"data/{name}" and problem.severity != "hint"]

    assert own == []


def test_no_problem_stands_outside_the_files(problems):
    outside = [problem for problem in problems if problem.file.removeprefix("data/") not in FILES]

    assert [str(problem) for problem in outside if problem.severity != "hint"] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_begins_with_what_it_is(name):
    first = (DATA / name).read_text(encoding="utf-8").partition("\n")[0]

    assert first.startswith("# "), "a comment says what the file holds"


# ---- which programmes ----


def test_every_programme_that_was_promised_is_there():
    missing = (IN_BROCHURE | SUCCESSORS | FURTHER) - set(PROGRAMMES)

    assert missing == set()


def test_exactly_the_thirteen_of_the_brochure_are_marked(catalogue):
    marked = {programme.id for programme in catalogue.programmes.values() if programme.named_in_brochure}

    assert marked == IN_BROCHURE


def test_each_of_the_thirteen_names_a_successor_or_says_that_there_is_none(catalogue):
    for name in sorted(IN_BROCHURE):
        successor = catalogue.programmes[name].successor
        assert successor.value in catalogue.programmes or successor.note or successor.unverified, name


def test_empact_is_a_strand_of_the_internal_security_fund(catalogue):
    assert "empact" in {strand.id for strand in catalogue.programmes["isf-2021-2027"].strands}


def test_nobody_succeeds_an_earlier_self(catalogue):
    following = {name: programme.successor.value for name, programme in catalogue.programmes.items()}
    for name in following:
        line = [name]
        while (after := following.get(line[-1])) is not None:
            assert after not in line, f"{name} comes back to itself: {line}"
            line.append(after)
        starts = [span.starts_on for one in line if (span := catalogue.programmes[one].in_force.value)]
        assert all(before < after for before, after in pairwise(starts)), f"{line} start on {starts}"


# ---- each programme ----


def test_the_id_is_the_file_name(programme):
    assert (DATA / "programmes" / f"{programme.id}.yaml").exists()


def test_every_fact_is_sourced_and_dated_or_says_why_it_is_open(programme):
    for path, evidence in evidence_in(programme):
        if evidence.unverified is None:
            assert evidence.sources, f"{path} has no source"
            assert evidence.checked_on, f"{path} has no day"
        else:
            assert len(evidence.unverified.split()) >= 3, f"{path}: the reason is too short to be one"


def test_every_day_of_checking_is_plausible(programme):
    days = {path: evidence.checked_on for path, evidence in evidence_in(programme) if evidence.checked_on}

    early = {path: day for path, day in days.items() if day < date(2025, 1, 1)}
    assert early == {}, "checked before this catalogue began"


def test_every_unknown_value_has_a_reason(programme):
    silent = [
        path
        for path, evidence in evidence_in(programme)
        if isinstance(evidence, Fact) and evidence.value is None and not (evidence.note or evidence.unverified)
    ]
    assert silent == []


def test_every_citation_names_a_listed_source(programme):
    cited = {citation.key for _, evidence in evidence_in(programme) for citation in evidence.sources}

    assert cited == set(programme.sources)


def test_a_programme_runs_in_its_periods(programme):
    span = programme.in_force.value
    first, last = programme.periods[0][:4], programme.periods[-1][-4:]

    assert programme.periods == tuple(sorted(set(programme.periods)))
    if span:
        assert int(first) - 1 <= span.starts_on.year <= int(last), f"{span.starts_on} is not in {programme.periods}"
        assert span.ends_on is None or span.ends_on.year <= int(last) + 4, f"{span.ends_on} is long after {last}"


def test_a_celex_number_belongs_to_the_act_it_stands_with(programme):
    for basis in programme.legal_basis:
        numbers = re.search(r"\((?:EU|EC|EU, Euratom)\) (No )?(\d+)/(\d+)", basis.act)
        if basis.celex and numbers:
            number, year = (numbers[2], numbers[3]) if numbers[1] else (numbers[3], numbers[2])
            assert basis.celex[1:5] == year, f"{basis.act} is not {basis.celex}"
            assert basis.celex[6:10] == number.zfill(4), f"{basis.act} is not {basis.celex}"


def test_an_amount_of_a_programme_is_plausible(programme):
    for line in programme.budget:
        assert line.amount_eur is None or 10**5 <= line.amount_eur <= 2 * 10**11, f"{line.label}: {line.amount_eur}"
        assert line.amount_eur is not None or line.unverified or line.note, f"{line.label} is unknown without a reason"


def test_a_programme_has_a_legal_basis_a_budget_and_a_page(programme):
    assert programme.legal_basis
    assert programme.budget
    assert programme.official_page.value or programme.official_page.unverified


def test_names_are_short_enough_for_a_list(programme):
    assert len(programme.name) <= 120
    assert len(programme.acronym) <= 25
    assert len(programme.summary.value or "") <= 600


# ---- each strand ----


def test_a_strand_says_what_it_wants(programme):
    for strand in programme.strands:
        assert len(strand.objectives.value or "") >= SHORTEST_OBJECTIVES, strand.id
        assert strand.actions.value, strand.id
        assert strand.how_to_apply.value, strand.id


def test_a_strand_holds_no_markup(programme):
    texts = programme.model_dump_json()

    assert not re.search(r"</?[a-z]+[ />]|&(amp|nbsp|lt|gt);|\]\(http|\*\*", texts)


def test_a_strand_is_graded_for_each_priority_of_its_time(programme):
    wanted = set(COMMUNICATION_2017)
    if "2021-2027" in programme.periods:
        wanted |= set(STRATEGY_2021)
    for strand in programme.strands:
        missing = wanted - set(strand.relevance)
        assert missing == set(), f"{strand.id} has no grade for {sorted(missing)}"


def test_a_grade_has_a_reason_in_words(programme):
    for strand in programme.strands:
        for priority, grade in strand.relevance.items():
            words = grade.reason.split()
            assert 3 <= len(words) <= 25, f"{strand.id} {priority}: {grade.reason!r}"
            assert not re.match(r"(grade|core|solid|marginal|none)\b", grade.reason, re.IGNORECASE), grade.reason


def test_a_strand_is_tagged_with_what_is_typical(programme):
    for strand in programme.strands:
        assert strand.tags.target_groups, strand.id
        assert strand.tags.activities, strand.id
        for tags in (strand.tags.target_groups, strand.tags.activities, strand.tags.forms_of_exploitation):
            assert len(set(tags)) == len(tags), f"{strand.id} is tagged twice with the same word"


def test_a_strand_says_who_may_apply_from_where_and_where_the_work_may_be(programme):
    shared = programme.eligibility
    for strand in programme.strands:
        own = strand.eligibility
        seats = [getattr(part.countries, role) for part in (own, shared) for role in type(part.countries).model_fields]
        assert own.applicant_types.lead or shared.applicant_types.lead, f"{strand.id}: types of the lead"
        assert any(seats), f"{strand.id}: countries of establishment"
        assert own.place_of_action or shared.place_of_action, f"{strand.id}: place of action"


def test_no_country_or_type_stands_in_two_lists(programme):
    for strand in programme.strands:
        for eligibility in (programme.eligibility, strand.eligibility):
            for by_role in (eligibility.applicant_types, eligibility.countries):
                for role in type(by_role).model_fields:
                    fact = getattr(by_role, role)
                    if fact and fact.value:
                        lists = [*fact.value.open_to, *fact.value.depends_on_call, *fact.value.closed_to]
                        twice = [entry for entry, count in Counter(lists).items() if count > 1]
                        assert twice == [], f"{strand.id} {role}"


def test_the_strands_of_a_programme_are_told_apart_by_name(programme):
    assert repeated([(strand.id, strand.name) for strand in programme.strands]) == {}


def test_no_two_strands_have_the_same_objectives(catalogue):
    assert repeated([(place, strand.objectives.value or "") for place, strand in strands_of(catalogue)]) == {}


def test_no_two_strands_have_the_same_actions(catalogue):
    assert repeated([(place, "; ".join(strand.actions.value or ())) for place, strand in strands_of(catalogue)]) == {}


def test_no_two_programmes_share_a_name_or_summary(catalogue):
    programmes = catalogue.programmes.values()

    assert repeated([(programme.id, programme.name) for programme in programmes]) == {}
    assert repeated([(programme.id, programme.summary.value or "") for programme in programmes]) == {}


# ---- vocabularies ----


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_entries_of_a_vocabulary_are_told_apart(catalogue, vocabulary):
    entries = catalogue.vocabularies[vocabulary].entries

    assert repeated([(entry.id, entry.label) for entry in entries]) == {}
    assert repeated([(entry.id, entry.definition) for entry in entries]) == {}


@pytest.mark.parametrize("priority", [*COMMUNICATION_2017, *(f"S12-{letter}" for letter in "ABCDE"), *STRATEGY_2021])
def test_a_priority_is_defined_by_a_clause(catalogue, priority):
    entry = catalogue.vocabularies["priorities"][priority]

    assert entry.clause, "the document and the clause that define it"
    assert entry.includes, "examples of what belongs to it"
    assert entry.excludes, "examples of what is easily mistaken for it"
    assert entry.counterparts or priority == "X2", "its counterparts in the other policy texts"


@pytest.mark.parametrize("priority", COMMUNICATION_2017)
def test_a_priority_of_the_communication_names_the_communication(catalogue, priority):
    assert "COM(2017) 728" in (catalogue.vocabularies["priorities"][priority].clause or "")


def test_x2_names_its_four_foci(catalogue):
    entry = catalogue.vocabularies["priorities"]["X2"]
    text = " ".join([entry.definition, entry.clause or "", *entry.includes]).casefold()

    for focus in ("gender", "high-risk", "emergenc", "education"):
        assert focus in text, focus


@pytest.mark.parametrize("article", ["2", "3", "4", "5", "6", "7", "8", "9", "11", "11a", "12", "13", "14", "15", "16",
                                     "17", "18", "18a", "19", "19a", "19b", "20"])  # fmt: skip
def test_an_article_of_the_directive_names_its_place_and_a_priority(catalogue, article):
    entry = catalogue.vocabularies["directive_articles"][f"D-{article}"]

    assert f"Directive 2011/36/EU, Art. {article}" in (entry.clause or "")
    assert set(entry.counterparts) & set(COMMUNICATION_2017), "a priority of COM(2017) 728"


def test_the_ids_of_tags_differ_across_vocabularies(catalogue):
    ids = [entry.id for vocabulary in TAGS for entry in catalogue.vocabularies[vocabulary].entries]

    assert len(ids) == len(set(ids))


def test_every_example_of_a_tag_is_an_own_sentence(catalogue):
    tags = [entry for vocabulary in TAGS for entry in catalogue.vocabularies[vocabulary].entries]
    examples = [(entry.id, example) for entry in tags for example in entry.examples]

    assert repeated(examples) == {}
    assert [example for _, example in examples if not example.endswith(".") or len(example) > 120] == []


@pytest.mark.parametrize("vocabulary", TAGS)
def test_every_tag_has_all_its_parts(catalogue, vocabulary):
    entries = catalogue.vocabularies[vocabulary].entries

    assert [entry.id for entry in entries if not (entry.includes and entry.excludes and len(entry.examples) > 1)] == []


def test_counterparts_name_each_other(catalogue):
    entries = {
        entry.id: set(entry.counterparts) for name in VOCABULARIES for entry in catalogue.vocabularies[name].entries
    }
    one_sided = [(one, other) for one, others in entries.items() for other in others if one not in entries[other]]

    assert one_sided == []


def test_the_types_of_applicant_that_were_promised_are_there(catalogue):
    promised = {
        "ngo", "public_authority", "law_enforcement", "international_organisation", "university",
        "research_institute", "company", "eu_agency", "individual",
    }  # fmt: skip
    assert promised <= catalogue.vocabularies.ids("applicant_types")


# ---- groups of countries ----

BALKANS = {"AL", "BA", "ME", "MK", "RS", "XK"}
EAST = {"AM", "AZ", "BY", "GE", "MD", "UA"}
SOUTH = {"DZ", "EG", "IL", "JO", "LB", "LY", "MA", "PS", "SY", "TN"}
GROUPS = {
    "schengen_associated": {"CH", "IS", "LI", "NO"},
    "eea_efta": {"IS", "LI", "NO"},
    "ipa_ii_beneficiaries": BALKANS | {"TR"},
    "neighbourhood_east": EAST,
    "neighbourhood_south": SOUTH,
}


def members(catalogue: Catalogue, group: str) -> set[str]:
    return set(catalogue.vocabularies["country_groups"][group].members)


def test_the_union_has_27_members(catalogue):
    assert len(members(catalogue, "eu27")) == 27
    assert "GB" not in members(catalogue, "eu27")


def test_until_2020_the_union_had_28_members(catalogue):
    assert members(catalogue, "eu28") == members(catalogue, "eu27") | {"GB"}


@pytest.mark.parametrize(("group", "expected"), GROUPS.items(), ids=GROUPS)
def test_a_group_has_the_members_that_the_treaties_give_it(catalogue, group, expected):
    assert members(catalogue, group) == expected


def test_no_country_is_twice_in_a_group_and_none_is_empty(catalogue):
    for group in catalogue.vocabularies["country_groups"].entries:
        assert group.members, group.id
        assert len(set(group.members)) == len(group.members), group.id
        assert tuple(sorted(group.members)) == group.members, f"{group.id} is not in order"


@pytest.mark.parametrize(
    "group",
    ["schengen_associated", "ipa_ii_beneficiaries", "ipa_iii_beneficiaries", "neighbourhood_east",
     "neighbourhood_south", "acp", "central_asia", "latin_america", "horizon_2020_associated",
     "horizon_europe_associated"],
)  # fmt: skip
def test_partner_countries_are_no_members_of_the_union(catalogue, group):
    assert members(catalogue, group) & members(catalogue, "eu27") == set()


# ---- the lexicon ----


@pytest.mark.parametrize("lexicon", ["activities", "forms_of_exploitation", "target_groups"])
def test_every_entry_of_a_vocabulary_can_be_recognised_by_english_words(catalogue, lexicon):
    known = {entry for entry, terms in catalogue.lexicons[lexicon].terms.items() if terms.get("en")}

    assert catalogue.vocabularies.ids(lexicon) - known <= {"other_forms"}


@pytest.mark.parametrize("priority", COMMUNICATION_2017)
def test_the_priorities_of_the_communication_can_be_recognised(catalogue, priority):
    assert catalogue.lexicons["priorities"].terms[priority]["en"]


@pytest.mark.parametrize("lexicon", LEXICONS)
def test_no_term_stands_twice_under_an_entry(catalogue, lexicon):
    twice = {
        f"{entry}/{language}: {term}"
        for entry, by_language in catalogue.lexicons[lexicon].terms.items()
        for language, terms in by_language.items()
        for term, count in Counter(fold(term) for term in terms).items()
        if count > 1
    }
    assert twice == set()


# ---- the worked examples ----


@pytest.mark.parametrize("example", sorted(path.name for path in (DATA / "examples").glob("*.yaml")))
def test_an_example_is_a_valid_project(catalogue, example):
    project = read_project((DATA / "examples" / example).read_bytes(), example, catalogue.vocabularies)

    assert project.title
    assert len(project.summary.split()) >= 30


def test_there_are_three_examples():
    assert len(list((DATA / "examples").glob("*.yaml"))) == 3


def test_known_disagreements_of_sources_stand_in_the_catalogue(catalogue):
    daphne = next(topic for topic in catalogue.calls["cerv"].topics if topic.id == "CERV-2023-DAPHNE")
    training = next(topic for topic in catalogue.calls["justice-2021-2027"].topics if topic.id == "JUST-2024-JTRA")

    assert daphne.deadline.readings == (date(2023, 4, 19), date(2023, 4, 26))
    assert training.eligibility.eu_rate.readings == (0.9, 1.0)
    assert catalogue.programmes["interreg-v"].budget[0].readings == (8_948_259_330, 10_100_000_000)
