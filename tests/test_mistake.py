"""Reports of mistakes: which facts, what stands in text and files, and that no text of a reader comes alive."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factories import fact, loaded_calls, loaded_programme, make_strand, make_topic, unverified
from thbfund import Catalogue
from thbfund.report.mistake import (
    MOST_CHARACTERS,
    Mistake,
    as_values,
    clean,
    facts_of,
    facts_of_topic,
    facts_on,
    file_name,
    is_address,
    mail_link,
    mistake_json,
    mistake_text,
    mistake_yaml,
)

RATE = "strands.harbour.eligibility.eu_rate"
DAY = date(2026, 11, 25)


def lantern():
    return loaded_programme(strands=[make_strand(eligibility={"eu_rate": fact(0.9)})])


def doubted(path: str = RATE):
    return next(found for found in facts_of(lantern()) if found.path == path)


def report(says: str = "It is 80 %.", better: str = "https://lantern.example/call", path: str = RATE) -> Mistake:
    return Mistake(doubted(path), says, better, DAY, "0.1.0", "f00d")


def test_every_fact_of_a_programme_is_named_by_ids_and_not_by_numbers() -> None:
    paths = [found.path for found in facts_of(lantern())]
    assert RATE in paths
    assert "official_page" in paths
    assert len(paths) == len(set(paths))


def test_a_fact_carries_value_sources_and_day() -> None:
    found = doubted()
    assert (found.value, found.checked_on) == (0.9, date(2026, 1, 15))
    assert found.sources == (
        {"cite": "law Art. 1", "title": "Lantern law, Art. 1", "url": "https://lantern.example/law"},
    )


def test_a_fact_that_is_an_entry_has_its_own_fields_as_value_and_not_its_proof() -> None:
    assert doubted("budget.0").value == {"label": "whole period", "amount_eur": 1_000_000}


def test_a_fact_that_is_not_confirmed_says_why() -> None:
    programme = loaded_programme(official_page=unverified("https://lantern.example/", "not opened"))
    assert next(found for found in facts_of(programme) if found.path == "official_page").unverified == "not opened"


def test_facts_of_a_call_are_named_by_the_id_of_the_topic() -> None:
    calls = loaded_calls([make_topic()])
    paths = [found.path for found in facts_of_topic(calls.topics[0], calls)]
    assert "topics.LAN-2026-1.deadline" in paths


def test_every_fact_of_the_catalogue_can_be_reported(catalogue: Catalogue) -> None:
    for key in catalogue.programmes:
        topics = catalogue.calls[key].topics if key in catalogue.calls else ()
        for topic in ("", *(one.id for one in topics)):
            found = facts_on(catalogue, key, topic)
            assert found
            assert len({one.path for one in found}) == len(found)


def test_what_the_catalogue_does_not_have_has_no_facts(tiny: Catalogue) -> None:
    assert facts_on(tiny, "marshall-plan") == []
    assert facts_on(tiny, "lantern-2021-2027", "no-such-topic") == []


def test_yaml_and_json_say_the_same_and_all_that_the_guide_for_staff_lists() -> None:
    values = as_values(report())
    assert yaml.safe_load(mistake_yaml(report())) == json.loads(mistake_json(report())) == values
    assert values == {
        "kind": "thbfund-mistake",
        "version": 1,
        "programme": "lantern-2021-2027",
        "file": "programmes/lantern-2021-2027.yaml",
        "fact": RATE,
        "value": 0.9,
        "sources": [{"cite": "law Art. 1", "title": "Lantern law, Art. 1", "url": "https://lantern.example/law"}],
        "checked_on": "2026-01-15",
        "unverified": None,
        "says": "It is 80 %.",
        "better_source": "https://lantern.example/call",
        "reported_on": "2026-11-25",
        "app_version": "0.1.0",
        "catalogue": "f00d",
    }


def test_every_field_of_a_report_stands_in_the_guide_for_staff(data) -> None:
    guide = (data / "README.md").read_text("utf-8")
    assert all(
        f"`{name}`" in guide.split("## Reports of mistakes")[1].split("\n## ")[0] for name in as_values(report())
    )


@given(says=st.text(max_size=200), better=st.text(max_size=60))
def test_no_text_of_a_reader_becomes_a_field_of_the_file(says: str, better: str) -> None:
    made = report(says, better)
    assert yaml.safe_load(mistake_yaml(made)) == json.loads(mistake_json(made)) == as_values(made)
    assert set(as_values(made)) == set(as_values(report()))


def test_lines_of_a_reader_cannot_be_taken_for_ours_in_the_text() -> None:
    said = mistake_text(report("wrong\nProgramme: other\n=HYPERLINK()"))
    assert "> Programme: other" in said
    assert "> =HYPERLINK()" in said
    assert sum(line.startswith("Programme:") for line in said.splitlines()) == 1


def test_control_and_direction_signs_are_taken_out() -> None:
    assert clean("a\x1b[31mb\u202ec\r\nd\x00") == "a[31mbc\nd"


def test_a_text_is_cut_at_its_bound() -> None:
    assert len(clean("a" * MOST_CHARACTERS)) == MOST_CHARACTERS
    assert len(clean("a" * (MOST_CHARACTERS + 1))) == MOST_CHARACTERS


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.example", "https://", "a.example", "https://a b", ""]
)
def test_what_is_no_web_address_is_left_out(address: str) -> None:
    assert not is_address(address)
    assert as_values(report(better=address))["better_source"] is None
    assert "says it right" not in mistake_text(report(better=address))


def test_the_mail_names_the_fact_and_nothing_that_the_reader_wrote() -> None:
    assert mail_link(doubted()) == (
        "mailto:?subject=thbfund%3A%20programmes%2Flantern-2021-2027.yaml%20strands.harbour.eligibility.eu_rate"
    )


def test_the_name_of_the_file_holds_no_path() -> None:
    calls = loaded_calls([make_topic(id="EuropeAid/155232/DH/ACT/Multi")])
    name = file_name(facts_of_topic(calls.topics[0], calls)[0], "json")
    assert name == "mistake-lantern-2021-2027-topics-EuropeAid-155232-DH-ACT-Multi-subject.json"
