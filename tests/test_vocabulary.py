"""The closed lists: words outside them are refused with the nearest word inside; countries go by ISO codes."""

import pytest

from factories import (
    INNER_CIRCLE,
    loaded_programme,
    loaded_vocabularies,
    make_lexicons,
    make_strand,
    make_vocabulary,
)
from thbfund.catalogue.languages import LANGUAGES
from thbfund.catalogue.lexicon import Lexicon
from thbfund.catalogue.vocabulary import (
    VOCABULARIES,
    ActivityId,
    ApplicantTypeId,
    ArticleId,
    CountryCode,
    FormId,
    PlaceId,
    PriorityId,
    RouteId,
    TargetGroupId,
    Vocabularies,
    Vocabulary,
    country_name,
    country_names,
)
from thbfund.input.problems import InputError, Problem
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import Closed, build

TINY = loaded_vocabularies()


class Holder(Closed):
    activity: ActivityId | None = None
    applicant_type: ApplicantTypeId | None = None
    article: ArticleId | None = None
    country: CountryCode | None = None
    form: FormId | None = None
    place: PlaceId | None = None
    priority: PriorityId | None = None
    route: RouteId | None = None
    target_group: TargetGroupId | None = None


def held(vocabularies: Vocabularies = TINY, **content) -> Holder:
    return build(Holder, Document(content), "x.yaml", {"vocabularies": vocabularies})


def problem_of(**content) -> Problem:
    with pytest.raises(InputError) as raised:
        held(**content)
    return raised.value.problems[0]


@pytest.mark.parametrize(
    ("field", "near", "meant", "code"),
    [
        ("activity", "shelters", "shelter", "unknown-activity"),
        ("applicant_type", "NGO", "ngo", "unknown-applicant-type"),
        ("article", "D1", "D-1", "unknown-article"),
        ("form", "labor_exploitation", "labour_exploitation", "unknown-form-of-exploitation"),
        ("priority", "x1", "X1", "unknown-priority"),
        ("route", "comission_call", "commission_call", "unknown-route"),
        ("target_group", "child", "children", "unknown-target-group"),
        ("place", "inner-circle", "inner_circle", "unknown-place"),
    ],
)
def test_a_word_of_the_list_is_taken_and_one_beside_it_is_refused_with_the_word_meant(field, near, meant, code):
    assert getattr(held(**{field: meant}), field) == meant

    problem = problem_of(**{field: near})
    assert (problem.code, problem.field, problem.hint) == (code, field, f'did you mean "{meant}"?')
    assert meant in problem.allowed


def test_a_word_near_to_none_is_refused_without_a_guess():
    problem = problem_of(activity="zzzzzz")

    assert problem.hint == ""
    assert problem.allowed == "one of legal_aid, shelter, studies, training, warning"


def test_words_are_not_held_against_a_list_that_could_not_be_read():
    assert held(Vocabularies(), activity="anything", place="anywhere").activity == "anything"


# ---- countries ----


@pytest.mark.parametrize("code", ["IT", "GR", "GB", "NO", "XK", "US"])
def test_an_iso_code_is_a_country(code):
    assert held(country=code).country == code


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("EL", "GR"),
        ("UK", "GB"),
        ("el", "GR"),
        ("it", "IT"),
        ("Italy", "IT"),
        ("united kingdom", "GB"),
        ("Kosovo", "XK"),
    ],
)
def test_another_way_to_write_a_country_is_refused_with_the_code_meant(written, meant):
    for field in ("country", "place"):
        problem = problem_of(**{field: written})
        assert (problem.code, problem.hint) == (f"unknown-{field}", f'did you mean "{meant}"?')


@pytest.mark.parametrize("code", ["EU", "ZZ", "QQ", "UN", "AC", "IC", "EA", "Narnia", "", "001"])
def test_what_is_no_country_is_refused(code):
    problem = problem_of(country=code)

    assert problem.code == "unknown-country"
    assert problem.allowed == "a country's two-letter code, such as IT"


@pytest.mark.parametrize("code", [5, True, ["IT"]], ids=str)
def test_a_country_is_text(code):
    assert problem_of(country=code).code == "not-text"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_official_language_names_every_country_of_iso_3166(language):
    assert len(country_names(language)) == 250, "249 countries of ISO 3166-1, and XK"


def test_a_country_has_an_english_name():
    assert country_name("GR") == "Greece"


def test_what_is_no_country_is_named_by_itself():
    assert country_name("ZZ") == "ZZ"


# ---- asking the vocabularies ----


def test_a_group_stands_for_its_members_and_a_country_for_itself():
    assert TINY.countries_in("inner_circle") == frozenset(INNER_CIRCLE)
    assert TINY.countries_in("IT") == frozenset({"IT"})


def test_an_entry_has_a_label():
    assert TINY.label("routes", "commission_call") == "Call of the Commission"


def test_a_vocabulary_gives_its_entries_by_id():
    assert TINY["routes"]["commission_call"].id == "commission_call"


def test_a_vocabulary_that_is_not_there_has_no_ids():
    assert Vocabularies().ids("routes") == set()


def test_there_are_seven_vocabularies():
    assert set(TINY.by_id) == set(VOCABULARIES)


@pytest.mark.parametrize("entry", ["A", "X1", "S21-1", "S12-A", "women_and_girls", "eu27"])
def test_ids_of_words_and_numbers_are_taken(entry):
    assert build(Vocabulary, Document(with_entry(id=entry)), "x").entries[0].id == entry


@pytest.mark.parametrize("entry", ["", "women and girls", "_women", "women_", "femmes-é", "a--b", "<b>"])
def test_an_id_with_blanks_accents_or_loose_ends_is_refused(entry):
    with pytest.raises(InputError) as raised:
        build(Vocabulary, Document(with_entry(id=entry)), "x")

    assert raised.value.problems[0].field == "entries.0.id"


def test_the_members_of_a_group_are_countries():
    with pytest.raises(InputError) as raised:
        build(Vocabulary, Document(with_entry(members=["IT", "EL"])), "x")

    assert [problem.hint for problem in raised.value.problems] == ['did you mean "GR"?']


def with_entry(**changes):
    entry = {"id": "one", "label": "One", "definition": "First.", "unverified": "invented", **changes}
    return make_vocabulary("routes", entries=[entry])


# ---- who is admitted ----


def admission(**lists):
    value = {"value": lists, "unverified": "invented"}
    strand = make_strand(eligibility={"countries": {"lead": value}})
    return loaded_programme(strands=[strand]).strands[0].eligibility.countries.lead.value


@pytest.mark.parametrize(
    ("lists", "country", "expected"),
    [
        pytest.param({"open_to": ["IT"]}, "IT", "open", id="named"),
        pytest.param({"open_to": ["inner_circle"]}, "IT", "open", id="in-group"),
        pytest.param({"open_to": ["inner_circle"]}, "AL", "unknown", id="silence-is-unknown"),
        pytest.param({"open_to": ["inner_circle"], "others": "closed"}, "AL", "closed", id="others"),
        pytest.param({"open_to": ["inner_circle"], "closed_to": ["IT"]}, "IT", "closed", id="opt-out"),
        pytest.param({"open_to": ["inner_circle"], "closed_to": ["IT"]}, "FR", "open", id="beside-the-opt-out"),
        pytest.param({"open_to": ["IT"], "closed_to": ["inner_circle"]}, "IT", "open", id="exception-to-closed-group"),
        pytest.param({"depends_on_call": ["outer_circle"]}, "AL", "depends", id="depends"),
        pytest.param({"open_to": ["AL"], "depends_on_call": ["outer_circle"]}, "AL", "open", id="named-outranks-group"),
        pytest.param({"open_to": ["IT"], "closed_to": ["IT"]}, "IT", "closed", id="contradiction-is-closed"),
        pytest.param({}, "IT", "unknown", id="nothing-said"),
    ],
)
def test_a_country_named_itself_outranks_its_groups(lists, country, expected):
    assert admission(**lists).answer(country, TINY) == expected


# ---- terms of the lexicon ----


def lexicon_with(term: str) -> Lexicon:
    content = {**make_lexicons()["places"], "terms": {"IT": {"en": [term]}}}
    return build(Lexicon, Document(content), "x")


@pytest.mark.parametrize("term", ["italian", "italian*", "*haus", "*haus*", "united kingdom*", "lover-boy*"])
def test_a_star_may_stand_at_either_end_of_a_word(term):
    assert lexicon_with(term).terms["IT"]["en"] == (term,)


@pytest.mark.parametrize("term", ["*", "**", "it*lian", "united * kingdom", "a*b*"])
def test_a_star_inside_a_word_or_alone_is_refused(term):
    with pytest.raises(InputError) as raised:
        lexicon_with(term)

    assert raised.value.problems[0].code == "bad-term"


def test_terms_are_kept_for_official_languages_only():
    content = {**make_lexicons()["places"], "terms": {"IT": {"tlh": ["x"]}}}

    with pytest.raises(InputError):
        build(Lexicon, Document(content), "x")
