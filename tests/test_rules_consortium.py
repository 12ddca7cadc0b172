"""Rules on the organisations taken together: how many, from how many countries, and of which kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import fact, loaded_vocabularies, make_conditions, make_project, unverified
from thbfund.rules.consortium import consortium, consortium_in_words, required_partner

VOCABULARIES = loaded_vocabularies()
INNER = {"lead": fact({"open_to": ["inner_circle"], "depends_on_call": ["NO"], "closed_to": ["AL"]})}


def conditions(countries=INNER, **minimum):
    return make_conditions(countries=countries, consortium=fact(minimum))


def project(lead, *partners, **fields):
    """Lead and partners as `"DE"`, `"DE ngo"`, `"DE ngo associated"`; `?` stands for what is not said."""
    members = [partner_of(*partner.split()) for partner in partners]
    applicant = partner_of(*lead.split())
    del applicant["role"]
    return make_project(VOCABULARIES, applicant=applicant, partners=members, **fields)


def partner_of(country, kind="ngo", role="partner"):
    return {"country": None if country == "?" else country, "type": None if kind == "?" else kind, "role": role}


def answer(conditions, project):
    return consortium(conditions, project, VOCABULARIES).answer


# -- how many organisations, from how many countries


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(["DE"], "not_met", id="one organisation"),
        pytest.param(["DE", "DE"], "not_met", id="two from one country"),
        pytest.param(["DE", "FR"], "met", id="two from two countries"),
    ],
)
def test_the_lead_counts_towards_the_minimum(members, expected):
    assert answer(conditions(min_organisations=2, min_countries=2), project(*members)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(["DE", "DE", "FR"], "met", id="three from two countries"),
        pytest.param(["DE", "FR"], "not_met", id="two from two countries"),
        pytest.param(["DE", "DE", "DE"], "not_met", id="three from one country"),
    ],
)
def test_organisations_and_countries_are_counted_apart(members, expected):
    assert answer(conditions(min_organisations=3, min_countries=2), project(*members)) == expected


def test_one_that_does_not_count_hides_nobody_who_is_named_after_it():
    pair = conditions(min_organisations=2, min_countries=2, not_counted=["international_organisation"])

    assert answer(pair, project("DE", "CH international_organisation", "FR")) == "met"


@pytest.mark.parametrize("partner", ["FR ngo associated", "FR ngo sub_grantee"])
def test_associated_partners_and_sub_grantees_do_not_count(partner):
    pair = conditions(min_organisations=2, min_countries=2)

    assert answer(pair, project("DE", partner)) == "not_met"
    assert answer(pair, project("DE", "FR ngo partner")) == "met"


@pytest.mark.parametrize(
    ("partner", "expected"),
    [
        pytest.param("FR international_organisation", "not_met", id="of that type"),
        pytest.param("FR university", "met", id="of another"),
        pytest.param("FR ?", "unknown", id="type not said"),
    ],
)
def test_types_that_are_not_counted_do_not_count(partner, expected):
    pair = conditions(min_organisations=2, min_countries=2, not_counted=["international_organisation"])

    assert answer(pair, project("DE", partner)) == expected


@pytest.mark.parametrize(
    ("partner", "expected"),
    [
        pytest.param("FR", "met", id="open to the lead"),
        pytest.param("AL", "not_met", id="closed to the lead"),
        pytest.param("NO", "unknown", id="named as open to a lead in some calls"),
        pytest.param("US", "unknown", id="not recorded"),
        pytest.param("?", "unknown", id="seat not said"),
    ],
)
def test_only_organisations_from_countries_open_to_the_lead_count(partner, expected):
    assert answer(conditions(min_organisations=2, min_countries=2), project("DE", partner)) == expected


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        pytest.param(fact({"open_to": ["inner_circle"], "others": "closed"}), "not_met", id="confirmed"),
        pytest.param(unverified({"open_to": ["inner_circle"], "others": "closed"}), "unknown", id="not confirmed"),
    ],
)
def test_seats_that_are_not_confirmed_shut_nobody_out_of_the_count(seats, expected):
    pair = conditions({"lead": seats}, min_organisations=2, min_countries=2)

    assert answer(pair, project("DE", "AL")) == expected


def test_a_consortium_is_not_large_enough_on_seats_that_are_not_confirmed():
    seats = {"lead": unverified({"open_to": ["inner_circle"], "others": "closed"})}

    assert answer(conditions(seats, min_organisations=2, min_countries=2), project("DE", "FR")) == "unknown"


def test_an_organisation_alone_needs_no_count_at_all():
    alone = make_project(VOCABULARIES)

    assert answer(conditions(min_organisations=1, min_countries=1), alone) == "met"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(["?", "DE", "DE"], "unknown", id="an unknown seat may be the second country"),
        pytest.param(["?", "DE"], "not_met", id="yet two are never three organisations"),
        pytest.param(["?", "?", "?"], "unknown", id="nothing but unknown seats"),
    ],
)
def test_unknown_seats_count_at_their_best(members, expected):
    assert answer(conditions(min_organisations=3, min_countries=2), project(*members)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(["NO", "DE"], "met", id="one from the group"),
        pytest.param(["NO", "NO"], "not_met", id="none"),
        pytest.param(["NO", "?"], "unknown", id="perhaps one"),
    ],
)
def test_some_must_come_from_a_group_of_countries(members, expected):
    everywhere = {"lead": fact({"others": "open"})}
    wanted = conditions(everywhere, min_organisations=2, min_from=[{"count": 1, "places": ["inner_circle"]}])

    assert answer(wanted, project(*members)) == expected


def test_a_group_asked_of_a_single_applicant_is_asked_all_the_same():
    everywhere = {"lead": fact({"others": "open"})}
    wanted = conditions(everywhere, min_from=[{"count": 1, "places": ["inner_circle"]}])

    assert answer(wanted, project("NO")) == "not_met"
    assert answer(wanted, project("DE")) == "met"


def test_an_unknown_seat_may_lie_in_any_group_asked_for():
    everywhere = {"lead": fact({"others": "open"})}
    groups = [{"count": 1, "places": ["inner_circle"]}, {"count": 1, "places": ["outer_circle"]}]
    wanted = conditions(everywhere, min_organisations=2, min_from=groups)

    assert answer(wanted, project("DE", "?")) == "unknown"
    assert answer(wanted, project("NO", "?")) == "unknown"


def test_partners_not_spoken_of_are_asked_for():
    alone = make_project(VOCABULARIES, applicant={"type": "ngo", "country": "DE"})

    outcome = consortium(conditions(min_organisations=2, min_countries=2), alone, VOCABULARIES)
    assert (outcome.answer, outcome.asks) == ("unknown", "partners")


def test_who_says_there_are_none_is_not_asked_again():
    assert answer(conditions(min_organisations=2, min_countries=2), project("DE")) == "not_met"


def test_what_the_catalogue_does_not_record_of_seats_is_asked_of_nobody():
    outcome = consortium(
        conditions({}, min_organisations=2, min_countries=2), project("DE ngo", "FR ngo"), VOCABULARIES
    )

    assert (outcome.answer, outcome.asks) == ("unknown", "")


@pytest.mark.parametrize(
    ("lead", "partner", "asked"), [("?", "FR", "applicant.country"), ("DE", "?", "partners"), ("?", "?", "partners")]
)
def test_the_seat_that_is_missing_is_asked_for(lead, partner, asked):
    outcome = consortium(conditions(min_organisations=2, min_countries=2), project(lead, partner), VOCABULARIES)

    assert (outcome.answer, outcome.asks) == ("unknown", asked)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(make_conditions(), id="not recorded"),
        pytest.param(make_conditions(consortium=unverified(None)), id="not known"),
    ],
)
def test_a_minimum_that_the_catalogue_does_not_know_is_unknown(found):
    outcome = consortium(found, project("DE", "FR"), VOCABULARIES)

    assert (outcome.answer, outcome.asks) == ("unknown", "")


@pytest.mark.parametrize(
    ("members", "gap"),
    [
        (["DE"], "add 1 partner from 1 further country"),
        (["DE", "DE"], "add 1 partner from 1 further country"),
        (["AL"], "add 2 partners from 2 further countries"),
        (["NO"], "add 1 partner from 1 further country, more where one of yours does not count"),
    ],
)
def test_the_gap_names_what_is_missing(members, gap):
    assert consortium(conditions(min_organisations=2, min_countries=2), project(*members), VOCABULARIES).gap.text == gap


@given(
    organisations=st.integers(1, 4),
    countries=st.integers(1, 4),
    partners=st.lists(st.sampled_from(["DE", "FR", "AL", "NO", "DE ngo associated"]), max_size=3),
)
def test_adding_the_partners_that_the_gap_names_meets_the_minimum(organisations, countries, partners):
    wanted = conditions(min_organisations=max(organisations, countries), min_countries=countries)
    before = project("DE", *partners)
    outcome = consortium(wanted, before, VOCABULARIES)
    if outcome.answer != "not_met":  # a partner from a country that some calls open may complete it
        assert outcome.gap is None
        return

    used = {partner.country for partner in before.partners} | {"DE"}
    new = [country for country in ("FR", "GR", "IT") if country not in used]
    after = project("DE", *partners, *new, *["IT"] * organisations)

    assert outcome.gap.text.startswith("add ")
    assert answer(wanted, after) == "met"


@given(
    partners=st.lists(st.sampled_from(["DE", "FR", "AL", "NO", "US", "?"]), max_size=4),
    more=st.sampled_from(["DE", "FR", "US", "?"]),
)
def test_one_more_partner_never_breaks_a_consortium(partners, more):
    wanted = conditions(min_organisations=3, min_countries=2)
    worst_first = ("not_met", "unknown", "met")

    before, after = answer(wanted, project("DE", *partners)), answer(wanted, project("DE", *partners, more))
    assert worst_first.index(after) >= worst_first.index(before)


def test_where_one_country_is_enough_none_is_counted():
    two = conditions(min_organisations=2)

    assert consortium(two, project("AL"), VOCABULARIES).gap.text == "add 2 partners from countries that take part"
    assert consortium_in_words(two.of("consortium").value, VOCABULARIES) == "2 organisations"


def test_the_minimum_is_put_in_words():
    minimum = conditions(
        min_organisations=3,
        min_countries=2,
        not_counted=["company"],
        min_from=[{"count": 1, "places": ["outer_circle"]}],
    )

    words = consortium_in_words(minimum.of("consortium").value, VOCABULARIES)
    assert words == "3 organisations from 2 countries, 1 of them from Outer circle, not counting: Company"


# -- required kinds of partner

POLICE_AND_NGO = make_conditions(
    required_partners=fact(
        [
            {"any_of": ["law_enforcement", "public_authority"], "why": "authorities must own the result"},
            {"any_of": ["ngo"], "why": "victims need somebody to trust"},
        ]
    )
)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(["DE ngo", "FR law_enforcement"], "met", id="both kinds"),
        pytest.param(["DE law_enforcement", "FR ngo"], "met", id="the lead is one of them"),
        pytest.param(["DE ngo", "FR public_authority"], "met", id="either of two kinds"),
        pytest.param(["DE ngo", "FR ngo"], "not_met", id="one kind missing"),
        pytest.param(["DE ngo", "FR law_enforcement associated"], "not_met", id="as associated partner only"),
        pytest.param(["DE ngo", "FR ?"], "unknown", id="type of the partner not said"),
        pytest.param(["DE ?", "FR ngo"], "unknown", id="type of the lead not said"),
    ],
)
def test_every_required_kind_takes_part(members, expected):
    assert required_partner(POLICE_AND_NGO, project(*members), VOCABULARIES).answer == expected


def test_partners_not_spoken_of_may_be_the_required_ones():
    alone = make_project(VOCABULARIES, applicant={"type": "ngo"})

    outcome = required_partner(POLICE_AND_NGO, alone, VOCABULARIES)
    assert (outcome.answer, outcome.asks) == ("unknown", "partners")


def test_the_type_of_the_lead_is_asked_for_where_it_alone_is_missing():
    outcome = required_partner(POLICE_AND_NGO, project("DE ?", "FR ngo"), VOCABULARIES)

    assert outcome.asks == "applicant.type"


def test_adding_the_kind_that_the_gap_names_meets_the_rule():
    outcome = required_partner(POLICE_AND_NGO, project("DE ngo"), VOCABULARIES)

    assert (
        outcome.gap.text
        == "add as partner: Law enforcement body or Public authority, from a further country that takes part"
    )
    assert required_partner(POLICE_AND_NGO, project("DE ngo", "DE law_enforcement"), VOCABULARIES).answer == "met"


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(make_conditions(), id="not recorded"),
        pytest.param(make_conditions(required_partners=fact([])), id="none required"),
    ],
)
def test_where_no_kind_is_required_there_is_no_rule(found):
    assert required_partner(found, project("DE"), VOCABULARIES) is None
