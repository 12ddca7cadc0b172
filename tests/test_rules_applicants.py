"""Rules on who applies: type and seat of the lead and the partners, and the role that is left."""

import pytest

from factories import fact, loaded_vocabularies, make_conditions, make_project, unverified
from thbfund.rules import applicants
from thbfund.rules.applicants import applicant_country, applicant_type, best_role, partner_country

VOCABULARIES = loaded_vocabularies()
ANY = fact({"others": "open"})


def role(conditions, project, vocabularies):
    """The rule on the lead's role, given the best role as the verdict gives it."""
    return applicants.role(conditions, project, vocabularies, best_role(conditions, project, vocabularies))


def project(**fields):
    return make_project(VOCABULARIES, **fields)


def led_by(kind=None, country=None):
    return project(applicant={"type": kind, "country": country})


# -- applicant_type

TYPES = {"lead": fact({"open_to": ["ngo"], "depends_on_call": ["university"], "closed_to": ["company"]})}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        pytest.param("ngo", "met", id="listed as open"),
        pytest.param("company", "not_met", id="listed as closed"),
        pytest.param("university", "unknown", id="depends on the call"),
        pytest.param("individual", "unknown", id="in no list: silence is not a no"),
        pytest.param(None, "unknown", id="not said"),
    ],
)
def test_the_type_of_the_lead_is_answered_from_the_lists(kind, answer):
    assert applicant_type(make_conditions(applicant_types=TYPES), led_by(kind), VOCABULARIES).answer == answer


@pytest.mark.parametrize(
    ("others", "answer"),
    [("open", "met"), ("closed", "not_met"), ("depends", "unknown"), ("unknown", "unknown")],
)
def test_others_says_what_holds_for_a_type_in_no_list(others, answer):
    conditions = make_conditions(applicant_types={"lead": fact({"open_to": ["ngo"], "others": others})})

    assert applicant_type(conditions, led_by("individual"), VOCABULARIES).answer == answer


def test_a_type_not_said_is_asked_for():
    outcome = applicant_type(make_conditions(applicant_types=TYPES), led_by(), VOCABULARIES)

    assert outcome.asks == "applicant.type"


def test_a_type_on_which_the_catalogue_is_silent_is_asked_of_nobody():
    outcome = applicant_type(make_conditions(applicant_types=TYPES), led_by("individual"), VOCABULARIES)

    assert outcome.asks == ""


@pytest.mark.parametrize("types", [{}, {"lead": unverified(None)}], ids=["not recorded", "not known"])
def test_types_that_the_catalogue_does_not_know_are_unknown(types):
    outcome = applicant_type(make_conditions(applicant_types=types), led_by("ngo"), VOCABULARIES)

    assert (outcome.answer, outcome.asks) == ("unknown", "")


def test_the_gap_of_a_barred_type_names_the_types_that_may_lead():
    outcome = applicant_type(make_conditions(applicant_types=TYPES), led_by("company"), VOCABULARIES)

    assert outcome.gap.text == (
        "find a lead of another type (Non-profit organisation (NGO)) and ask whether you may join it as partner"
    )


def test_a_barred_type_where_no_type_is_named_as_open_has_no_gap():
    none_open = make_conditions(applicant_types={"lead": fact({"closed_to": ["company"]})})

    assert applicant_type(none_open, led_by("company"), VOCABULARIES).gap is None


# -- applicant_country

SEATS = {"lead": fact({"open_to": ["inner_circle"], "others": "closed"})}


@pytest.mark.parametrize(
    ("country", "answer"),
    [
        pytest.param("GR", "met", id="member of the group"),
        pytest.param("AL", "not_met", id="no member of the group"),
        pytest.param(None, "unknown", id="not said"),
    ],
)
def test_the_seat_of_the_lead_lies_in_a_country_that_takes_part(country, answer):
    assert applicant_country(make_conditions(countries=SEATS), led_by(country=country), VOCABULARIES).answer == answer


@pytest.mark.parametrize(
    ("country", "answer"), [pytest.param("DE", "not_met", id="opted out"), pytest.param("FR", "met", id="neighbour")]
)
def test_a_country_named_itself_outranks_its_group(country, answer):
    opt_out = {"lead": fact({"open_to": ["inner_circle"], "closed_to": ["DE"], "others": "closed"})}

    outcome = applicant_country(make_conditions(countries=opt_out), led_by(country=country), VOCABULARIES)
    assert outcome.answer == answer


@pytest.mark.parametrize(
    ("country", "answer"), [pytest.param("NO", "met", id="let in"), pytest.param("NG", "not_met", id="neighbour")]
)
def test_a_country_let_in_outranks_its_barred_group(country, answer):
    let_in = {"lead": fact({"open_to": ["NO"], "closed_to": ["outer_circle"]})}

    assert applicant_country(make_conditions(countries=let_in), led_by(country=country), VOCABULARIES).answer == answer


@pytest.mark.parametrize(
    ("others", "answer"),
    [("open", "met"), ("closed", "not_met"), ("depends", "unknown"), ("unknown", "unknown")],
)
def test_others_says_what_holds_for_a_country_in_no_list(others, answer):
    conditions = make_conditions(countries={"lead": fact({"open_to": ["inner_circle"], "others": others})})

    assert applicant_country(conditions, led_by(country="US"), VOCABULARIES).answer == answer


def test_the_gap_of_a_barred_seat_names_the_countries_that_take_part():
    outcome = applicant_country(make_conditions(countries=SEATS), led_by(country="AL"), VOCABULARIES)

    assert outcome.gap.text == (
        "find a lead from a country that takes part (Inner circle) and ask whether you may join it as partner"
    )


def test_a_seat_that_depends_on_the_call_has_no_gap():
    assert applicant_country(make_conditions(countries=SEATS), led_by(country="IT"), VOCABULARIES).gap is None


def test_a_seat_not_said_is_asked_for():
    outcome = applicant_country(make_conditions(countries=SEATS), led_by(), VOCABULARIES)

    assert outcome.asks == "applicant.country"


@pytest.mark.parametrize("seats", [{}, {"lead": unverified(None)}], ids=["not recorded", "not known"])
def test_seats_that_the_catalogue_does_not_know_are_unknown(seats):
    outcome = applicant_country(make_conditions(countries=seats), led_by(country="DE"), VOCABULARIES)

    assert (outcome.answer, outcome.asks) == ("unknown", "")


# -- strand and programme


def test_the_condition_of_the_strand_replaces_that_of_the_programme():
    shared = {"countries": SEATS}
    own = {"lead": fact({"open_to": ["outer_circle"], "others": "closed"})}

    outcome = applicant_country(make_conditions(shared, countries=own), led_by(country="AL"), VOCABULARIES)
    assert (outcome.answer, outcome.basis.level) == ("met", "strand")


def test_the_condition_of_the_programme_holds_where_the_strand_is_silent():
    outcome = applicant_country(make_conditions({"countries": SEATS}), led_by(country="AL"), VOCABULARIES)

    assert (outcome.answer, outcome.basis.level) == ("not_met", "programme")


# -- partner_country

PARTNER_SEATS = {"partner": fact({"open_to": ["inner_circle"], "depends_on_call": ["NO"], "others": "closed"})}


def with_partners(*countries, **fields):
    return project(partners=[{"type": "ngo", "country": country} for country in countries], **fields)


@pytest.mark.parametrize(
    ("countries", "answer"),
    [
        pytest.param(["DE", "FR"], "met", id="all take part"),
        pytest.param(["DE", "AL"], "not_met", id="one does not"),
        pytest.param(["DE", "NO"], "unknown", id="one depends on the call"),
        pytest.param(["DE", None], "unknown", id="one seat not said"),
        pytest.param([None], "unknown", id="no seat said"),
    ],
)
def test_every_partner_has_its_seat_in_a_country_that_takes_part(countries, answer):
    outcome = partner_country(make_conditions(countries=PARTNER_SEATS), with_partners(*countries), VOCABULARIES)

    assert outcome.answer == answer


@pytest.mark.parametrize("partners", [None, []], ids=["not said", "none"])
def test_without_partners_there_is_no_rule_on_their_seats(partners):
    assert partner_country(make_conditions(countries=PARTNER_SEATS), project(partners=partners), VOCABULARIES) is None


@pytest.mark.parametrize("part", ["associated", "sub_grantee"])
def test_the_seat_of_an_organisation_without_a_partners_money_is_not_judged(part):
    asked = project(partners=[{"type": "ngo", "country": "AL", "role": part}])

    assert partner_country(make_conditions(countries=PARTNER_SEATS), asked, VOCABULARIES) is None


def test_where_no_list_for_partners_is_recorded_the_leads_list_bars_no_partner():
    outcome = partner_country(make_conditions(countries=SEATS), with_partners("AL"), VOCABULARIES)

    assert outcome.answer == "unknown"
    assert "Albania" in outcome.reason


def test_where_no_list_for_partners_is_recorded_the_leads_list_can_let_them_in():
    assert partner_country(make_conditions(countries=SEATS), with_partners("IT"), VOCABULARIES).answer == "met"


@pytest.mark.parametrize("countries", [["DE", None], [None]], ids=["one", "all"])
def test_a_missing_seat_of_a_partner_is_asked_for(countries):
    outcome = partner_country(make_conditions(countries=PARTNER_SEATS), with_partners(*countries), VOCABULARIES)

    assert outcome.asks == "partners"


@pytest.mark.parametrize(
    "seats",
    [pytest.param({}, id="not recorded"), pytest.param({"partner": unverified(None)}, id="not known")],
)
def test_what_the_catalogue_does_not_know_of_partners_is_asked_of_nobody(seats):
    outcome = partner_country(make_conditions(countries=seats), with_partners("DE"), VOCABULARIES)

    assert (outcome.answer, outcome.asks) == ("unknown", "")
    assert outcome.reason == "The catalogue does not record from which countries partners may come."


def test_the_gap_of_a_barred_partner_names_its_country_alone():
    outcome = partner_country(make_conditions(countries=PARTNER_SEATS), with_partners("DE", "AL"), VOCABULARIES)

    assert outcome.gap.text == "replace the partner from Albania, or let it join without EU money"


# -- role


def by_role(**lists):
    """Conditions that admit the lists of types in each role; every country may take any."""
    types = {name: fact({"open_to": kinds, "others": "closed"}) for name, kinds in lists.items()}
    everywhere = dict.fromkeys(lists, fact({"others": "open"}))
    return make_conditions(applicant_types=types, countries=everywhere)


ALL_CLOSED = {"lead": [], "partner": [], "associated": [], "sub_grantee": []}


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ({}, "none"),
        ({"sub_grantee": ["ngo"]}, "sub_grantee"),
        ({"sub_grantee": ["ngo"], "associated": ["ngo"]}, "associated"),
        ({"sub_grantee": ["ngo"], "associated": ["ngo"], "partner": ["ngo"]}, "partner"),
        ({"sub_grantee": ["ngo"], "associated": ["ngo"], "partner": ["ngo"], "lead": ["ngo"]}, "lead"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_best_role_is_the_first_open_one_from_lead_down_to_sub_grantee(opened, expected):
    conditions = by_role(**{**ALL_CLOSED, **opened})

    assert best_role(conditions, led_by("ngo", "DE"), VOCABULARIES).role == expected


@pytest.mark.parametrize(
    "applicant",
    [
        pytest.param(led_by(), id="nothing said"),
        pytest.param(led_by("ngo"), id="seat not said"),
        pytest.param(led_by(country="DE"), id="type not said"),
    ],
)
def test_the_role_of_an_applicant_half_described_is_unknown(applicant):
    assert best_role(by_role(lead=["ngo"], partner=["ngo"]), applicant, VOCABULARIES).role == "unknown"


def test_a_role_the_catalogue_is_silent_on_is_not_a_closed_one():
    finding = best_role(by_role(lead=["university"]), led_by("ngo", "DE"), VOCABULARIES)

    assert finding.role == "unknown"
    assert finding.reason == (
        "In the strand Harbour the lead is taken by: University; "
        "whether the applicant may join in another role must be checked."
    )


@pytest.mark.parametrize(
    ("kind", "country", "answer"),
    [
        pytest.param("ngo", "DE", "met", id="both fit"),
        pytest.param("company", "DE", "not_met", id="type does not"),
        pytest.param("ngo", "AL", "not_met", id="seat does not"),
        pytest.param("individual", "DE", "unknown", id="type in no list"),
    ],
)
def test_the_rule_on_the_role_judges_the_lead(kind, country, answer):
    conditions = make_conditions(applicant_types=TYPES, countries=SEATS)

    assert role(conditions, led_by(kind, country), VOCABULARIES).answer == answer


@pytest.mark.parametrize(
    ("lead", "reason"),
    [
        pytest.param(
            [], "In the strand Harbour the applicant may not lead; the applicant can take part as partner.", id="barred"
        ),
        pytest.param(None, "The applicant may perhaps lead, but can surely take part as partner.", id="not recorded"),
    ],
)
def test_the_reason_for_a_lesser_role_says_what_is_known_of_the_lead(lead, reason):
    opened = {"partner": ["ngo"]} if lead is None else {"partner": ["ngo"], "lead": lead}

    assert best_role(by_role(**opened), led_by("ngo", "DE"), VOCABULARIES).reason == reason


def test_who_is_barred_by_its_type_hears_who_leads_and_how_it_can_join():
    conditions = by_role(lead=["law_enforcement"], partner=["ngo"])

    assert best_role(conditions, led_by("ngo", "DE"), VOCABULARIES).reason == (
        "In the strand Harbour the lead is taken by: Law enforcement body; the applicant can take part as partner."
    )


def test_who_is_barred_by_its_seat_hears_where_leads_come_from():
    seats = {"lead": fact({"open_to": ["inner_circle"], "others": "closed"}), "partner": fact({"others": "open"})}
    conditions = make_conditions(countries=seats, applicant_types={"lead": ANY, "partner": ANY})

    assert best_role(conditions, led_by("ngo", "AL"), VOCABULARIES).reason == (
        "In the strand Harbour leads come from: Inner circle; the applicant can take part as partner."
    )


def test_who_may_not_lead_but_may_join_is_told_to_find_a_lead():
    conditions = by_role(lead=["university"], partner=["ngo"])

    assert (
        role(conditions, led_by("ngo", "DE"), VOCABULARIES).gap.text
        == "find a lead of another type (University) and join it as partner"
    )


def test_who_has_no_role_is_told_to_find_nothing():
    assert role(by_role(**ALL_CLOSED), led_by("ngo", "DE"), VOCABULARIES).gap is None


def test_the_lead_role_rests_on_the_condition_that_bars_it():
    conditions = make_conditions(applicant_types=TYPES, countries={"lead": fact({"others": "closed"}, set_by="call")})

    outcome = role(conditions, led_by("ngo", "DE"), VOCABULARIES)
    assert outcome.answer == "not_met"
    assert outcome.basis.by_call


def test_a_lead_barred_by_programme_and_call_alike_is_barred_by_the_programme():
    conditions = make_conditions(applicant_types=TYPES, countries={"lead": fact({"others": "closed"}, set_by="call")})

    assert not role(conditions, led_by("company", "DE"), VOCABULARIES).basis.by_call


@pytest.mark.parametrize(
    ("kind", "country", "answer"),
    [
        pytest.param("ngo", "DE", "unknown", id="confirmed type and unconfirmed seat both fit"),
        pytest.param("ngo", "AL", "unknown", id="unconfirmed seat does not fit"),
        pytest.param("company", "DE", "not_met", id="confirmed type does not fit"),
    ],
)
def test_an_unconfirmed_seat_neither_opens_nor_shuts_the_lead_role(kind, country, answer):
    seats = {"lead": unverified({"open_to": ["inner_circle"], "others": "closed"})}

    conditions = make_conditions(applicant_types=TYPES, countries=seats)
    assert role(conditions, led_by(kind, country), VOCABULARIES).answer == answer
