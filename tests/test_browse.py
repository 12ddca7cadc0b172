"""Lists narrowed by facets, on invented things and on the tiny catalogue."""

from datetime import date

from factories import ON, changed, fact, loaded_programme, make_calls, make_programme, make_strand, make_topic
from thbfund import Catalogue
from thbfund.browse import browse, priorities_of, programmes_on, state_of

LAMPS = {
    "oil": {"colour": frozenset({"red", "green"}), "size": frozenset({"small"})},
    "gas": {"colour": frozenset({"red"}), "size": frozenset({"large"})},
    "wax": {"colour": frozenset({"white"}), "size": frozenset({"small"})},
}


def test_without_a_choice_everything_is_found_in_the_order_of_the_list() -> None:
    assert browse(LAMPS, {}).found == ("oil", "gas", "wax")


def test_a_choice_leaves_what_has_that_option() -> None:
    assert browse(LAMPS, {"colour": "red"}).found == ("oil", "gas")


def test_choices_in_two_facets_join() -> None:
    assert browse(LAMPS, {"colour": "red", "size": "small"}).found == ("oil",)


def test_the_counts_of_a_facet_heed_the_others_and_not_its_own_choice() -> None:
    counts = browse(LAMPS, {"colour": "red"}).counts
    assert counts["colour"] == {"red": 2, "green": 1, "white": 1}
    assert counts["size"] == {"small": 1, "large": 1}


def test_a_count_says_how_many_one_finds_after_that_choice() -> None:
    for size, number in browse(LAMPS, {"colour": "red"}).counts["size"].items():
        assert len(browse(LAMPS, {"colour": "red", "size": size}).found) == number


def test_an_option_that_nothing_has_leaves_nothing_and_its_facet_still_counts() -> None:
    found = browse(LAMPS, {"colour": "blue"})
    assert found.found == ()
    assert found.counts["colour"]["red"] == 2
    assert not found.counts["size"]


def test_a_facet_that_nothing_has_leaves_nothing() -> None:
    assert browse(LAMPS, {"weight": "heavy"}).found == ()


def test_an_empty_list_stays_empty() -> None:
    assert browse({}, {"colour": "red"}).found == ()


# Programmes


def test_a_programme_is_found_by_what_any_of_its_strands_has(tiny: Catalogue) -> None:
    values = programmes_on(tiny, ON)["lantern-2021-2027"].values
    assert values["route"] == {"commission_call", "national_authority"}
    assert values["group"] == {"victims_of_trafficking", "police_officers"}


def test_a_priority_counts_from_grade_two_on() -> None:
    programme = loaded_programme(strands=[changed(make_strand(), "relevance.A.grade", 2)])
    below = loaded_programme(strands=[changed(make_strand(), "relevance.A.grade", 1)])
    assert "A" in priorities_of(programme.strands)
    assert "A" not in priorities_of(below.strands)


def test_who_is_shut_out_of_every_strand_is_left_out_and_an_unknown_is_not(tiny: Catalogue) -> None:
    listed = programmes_on(tiny, ON)
    assert "individual" in listed["lantern-2021-2027"].values["type"]  # the strand Beacon does not say
    assert "AL" in listed["lantern-2021-2027"].values["seat"]
    assert "company" in listed["compass-2021-2027"].values["type"]


def test_a_country_that_all_strands_shut_out_is_left_out(tiny: Catalogue) -> None:
    values = programmes_on(tiny, ON)["compass-2021-2027"].values
    assert "AL" in values["place"]
    assert "IT" not in values["place"]


def test_the_state_turns_on_the_first_day_and_after_the_last() -> None:
    programme = loaded_programme()
    assert state_of(programme, date(2020, 12, 31)) == "not_begun"
    assert state_of(programme, date(2021, 1, 1)) == "in_force"
    assert state_of(programme, date(2027, 12, 31)) == "in_force"
    assert state_of(programme, date(2028, 1, 1)) == "ended"


def test_a_programme_is_found_by_an_open_call_and_by_an_expected_family(tmp_path) -> None:
    from factories import write_catalogue
    from thbfund import load_catalogue

    rounds = [
        make_topic(id=f"LAN-{year}", year=year, family="lamps", opens_on=fact(f"{year}-02-01"),
                   deadline=fact(f"{year}-04-01"))
        for year in (2022, 2024)
    ]  # fmt: skip
    family = {"id": "lamps", "name": "Lamps", "strand": "harbour", "relevance": "core"}
    calls = make_calls([make_topic(), *rounds], families=[family])
    folder = write_catalogue(tmp_path / "data", calls={"lantern-2021-2027": calls})
    listed = programmes_on(load_catalogue(folder), ON)
    assert listed["lantern-2021-2027"].values["calls"] == {"open", "expected"}
    assert listed["compass-2021-2027"].values["calls"] == {"none_known"}
    assert listed["candle-2014-2020"].values["calls"] == {"closed"}
    assert make_programme()["id"] in listed
