"""The map: how countries stand with a programme, where their squares lie, and what is told in words."""

import re
from collections import Counter

import pytest

from factories import (
    ON,
    fact,
    loaded_vocabularies,
    make_programme,
    make_project,
    make_strand,
    other_value,
    unverified,
    write_catalogue,
)
from thbfund import load_catalogue
from thbfund.charts.countries import STANDINGS, TILES, countries_finding, countries_of, countries_table
from thbfund.charts.draw_countries import tiles
from thbfund.speaking import speaker

ENGLISH = speaker()
WIDEST = 11  # squares that a phone of 320 pixels has room for, two letters in each


@pytest.fixture
def standing(tmp_path):
    """A function: how countries stand with a programme of these strands, by code."""

    def of(*strands, project=None):
        made = make_programme(strands=[make_strand(id=f"s{n}", eligibility=one) for n, one in enumerate(strands)])
        catalogue = load_catalogue(write_catalogue(tmp_path / "data", [made]))
        programme = catalogue.programmes["lantern-2021-2027"]
        return {one.code: one for one in countries_of(programme, catalogue, ON, project)}

    return of


def seats(**by_role):
    return {"countries": {role: fact(value) for role, value in by_role.items()}}


OPEN_TO_GERMANY = {"open_to": ["DE"], "others": "closed"}


def test_no_two_squares_lie_on_each_other_and_none_lies_outside_a_phone():
    assert max(Counter(TILES.values()).values()) == 1
    assert {column for column, _ in TILES.values()} == set(range(WIDEST))


def test_every_member_state_and_neighbour_of_the_real_catalogue_has_a_square(catalogue):
    words = catalogue.vocabularies
    groups = ("eu27", "schengen_associated", "ipa_iii_beneficiaries", "neighbourhood_east", "neighbourhood_south")

    assert [
        (group, words.countries_in(group) - set(TILES)) for group in groups if words.countries_in(group) - set(TILES)
    ] == []


def test_neighbours_lie_on_the_side_where_they_are():
    for west, east in (("PT", "ES"), ("FR", "CH"), ("DE", "PL"), ("BG", "GE")):
        assert TILES[west][0] < TILES[east][0]
    for north, south in (("SE", "DK"), ("DE", "AT"), ("IT", "MT"), ("GR", "EG"), ("ES", "MA")):
        assert TILES[north][1] < TILES[south][1]


def test_who_may_lead_is_told_from_who_may_only_take_part(standing):
    found = standing(seats(lead=OPEN_TO_GERMANY, partner={"open_to": ["DE", "FR"], "others": "closed"}))

    assert (found["DE"].standing, found["FR"].standing, found["IT"].standing) == ("lead", "partner", "closed")


def test_where_nothing_is_said_of_partners_what_is_said_of_leads_holds(standing):
    assert standing(seats(lead=OPEN_TO_GERMANY))["FR"].standing == "closed"


def test_silence_is_not_known_and_no_closed_door(standing):
    assert standing({})["DE"].standing == "unknown"
    assert standing({"countries": {"lead": unverified(None)}})["DE"].standing == "unknown"


def test_what_is_not_confirmed_is_not_known_and_neither_an_open_nor_a_closed_door(standing):
    doubtful = unverified(OPEN_TO_GERMANY)
    found = standing({"countries": {"lead": doubtful}, "place_of_action": doubtful})

    assert [(found[code].standing, found[code].work) for code in ("DE", "FR")] == [("unknown", "unknown")] * 2


def test_a_country_on_which_sources_disagree_is_not_known_and_one_on_which_they_agree_is(standing):
    other = other_value({"open_to": ["DE", "FR"], "others": "closed"})
    found = standing({"countries": {"lead": fact(OPEN_TO_GERMANY, disputed=[other])}})

    assert [found[code].standing for code in ("DE", "FR", "IT")] == ["lead", "unknown", "closed"]


def test_what_a_call_decides_is_told_so(standing):
    assert standing(seats(lead={"depends_on_call": ["FR"], "others": "closed"}))["FR"].standing == "depends"


def test_the_strand_that_is_best_for_a_country_counts(standing):
    found = standing(seats(lead=OPEN_TO_GERMANY), seats(lead={"open_to": ["FR"], "others": "closed"}))

    assert (found["DE"].standing, found["FR"].standing) == ("lead", "lead")


def test_where_work_is_paid_for_stands_apart_from_seats(standing):
    found = standing({**seats(lead=OPEN_TO_GERMANY), "place_of_action": fact({"open_to": ["FR"], "others": "closed"})})

    assert (found["FR"].standing, found["FR"].work) == ("closed", "open")
    assert (found["DE"].standing, found["DE"].work) == ("lead", "closed")


def test_countries_of_the_project_are_those_of_lead_partners_and_work(standing):
    project = make_project(
        loaded_vocabularies(),
        applicant={"type": "ngo", "country": "DE"},
        partners=[{"type": "ngo", "country": "FR"}],
        countries_of_action=["IT"],
    )
    found = standing(seats(lead=OPEN_TO_GERMANY), project=project)

    assert {code for code, one in found.items() if one.of_project} == {"DE", "FR", "IT"}


def test_the_finding_counts_what_the_map_shows(catalogue):
    programme = catalogue.programmes["amif-2021-2027"]
    countries = countries_of(programme, catalogue, ON)
    numbers = [int(found) for found in re.findall(r": (\d+)", countries_finding(programme, countries, ENGLISH))]

    assert sum(numbers) == len(TILES)
    assert numbers[0] == sum(one.standing == "lead" for one in countries if one.code in TILES)


@pytest.mark.parametrize("programme", ["amif-2021-2027", "cerv", "ndici-global-europe"])
def test_the_table_names_each_country_of_the_map_once_among_the_standings(catalogue, programme):
    countries = countries_of(catalogue.programmes[programme], catalogue, ON)
    table = countries_table(countries, catalogue.vocabularies, ENGLISH)[: len(STANDINGS)]

    for name in ("Malta", "Luxembourg", "Ukraine", "Morocco"):
        assert [name in row["Countries"].split(", ") for row in table].count(True) == 1


def test_a_whole_region_is_told_by_its_name_and_a_country_told_apart_by_its_own(catalogue):
    vocabularies = catalogue.vocabularies
    countries = countries_of(catalogue.programmes["amif-2021-2027"], catalogue, ON)
    told = " ".join(row["Countries"] for row in countries_table(countries, vocabularies, ENGLISH))

    assert vocabularies.label("country_groups", "central_asia") in told
    assert "Uzbekistan" not in told


def test_a_region_is_named_in_the_readers_language(catalogue):
    vocabularies, polish = catalogue.vocabularies, speaker("pl")
    countries = countries_of(catalogue.programmes["amif-2021-2027"], catalogue, ON)
    told = " ".join(cell for row in countries_table(countries, vocabularies, polish) for cell in row.values())

    assert polish(vocabularies.label("country_groups", "central_asia")) in told
    assert vocabularies.label("country_groups", "central_asia") not in told


def test_a_square_tells_its_standing_by_a_sign_and_the_projects_by_a_border(catalogue):
    project = make_project(catalogue.vocabularies, countries_of_action=["IT"])
    countries = countries_of(catalogue.programmes["amif-2021-2027"], catalogue, ON, project)
    spec = tiles(countries, ENGLISH).to_dict()
    rows = {row["code"]: row for rows in spec["datasets"].values() for row in rows}

    assert set(rows) == set(TILES)
    assert rows["IT"]["signs"][0] == STANDINGS["lead"][0]
    assert rows["IT"]["own"]
    assert not rows["FR"]["own"]
    assert len({sign for sign, _ in STANDINGS.values()}) == len(STANDINGS)
