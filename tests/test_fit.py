"""Two programmes side by side: what is compared, what is asked, and that nothing is decided."""

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner

from factories import READ, fact, make_programme, make_strand, unverified
from thbfund.cli import main
from thbfund.guidance.fit import fit
from thbfund.report.fit import NO_VERDICT, fit_json, fit_markdown

ON = date(2026, 6, 1)
VERDICTS = re.compile(
    r"\b(?:eligible as described|not eligible|you may combine|may be combined with|is allowed for you)\b"
)


def question(key, **concerns):
    return {"id": key, "theme": "timing", "question": f"{key}?", "text": f"Ask {key}.", **concerns, **READ}


def lamp(**changes):
    return make_programme(id="lamp-2021-2027", name="Lamp Fund", acronym="LMP", **changes)


def compared(catalogue, first="lantern-2021-2027", second="compass-2021-2027", on=ON):
    found = fit(catalogue, catalogue.programmes[first], catalogue.programmes[second], on)
    return {one.point: one for one in found.compared}


def asked(catalogue, first="lantern-2021-2027", second="compass-2021-2027"):
    return [one.id for one in fit(catalogue, catalogue.programmes[first], catalogue.programmes[second], ON).questions]


# ---- what is compared ----

NEVER_TOGETHER = "They do not run at the same time: one may carry on where the other ended, with a new application."


@pytest.mark.parametrize(
    ("starts_on", "said"),
    [
        ("2027-12-31", "Both run from 2027-12-31 to 2027-12-31; single projects may last longer."),
        ("2028-01-01", NEVER_TOGETHER),
    ],
    ids=["on the last day", "a day later"],
)  # fmt: skip
def test_the_time_that_both_run_is_told(guided, starts_on, said):
    later = lamp(in_force=fact({"starts_on": starts_on, "ends_on": "2034-12-31"}))
    catalogue = guided([make_programme(), later])

    assert compared(catalogue, second="lamp-2021-2027")["Time"].meaning == said


def test_an_unknown_time_is_no_overlap(guided):
    catalogue = guided([make_programme(), lamp(in_force=unverified(None))])
    found = compared(catalogue, second="lamp-2021-2027")["Time"]

    assert found.meaning == "Whether they run at the same time is not known."
    assert found.second.text == "not known"


def test_ways_and_shares_of_all_strands_stand_each_once(guided):
    found = compared(guided())

    assert found["Way to apply"].first.text == "Call of the Commission; National authority"
    assert found["Largest EU share"].first.text == "90 %"
    assert found["Largest EU share"].second.text == "not known"


def test_seats_open_in_both_are_counted_and_those_in_one_named(guided):
    seats = {"countries": {"lead": fact({"open_to": ["IT", "FR", "NO"], "others": "closed"})}}
    catalogue = guided(
        [
            make_programme(
                eligibility={"countries": {"lead": fact({"open_to": ["inner_circle"], "others": "closed"})}}
            ),
            lamp(eligibility=seats),
        ]
    )
    said = compared(catalogue, second="lamp-2021-2027")["Seat of the lead"].meaning

    assert said == "Open to the lead in both: 2 countries. Only LAN: Germany and Greece. Only LMP: Norway."


def test_one_country_open_in_both_is_told_as_one(guided):
    seats = {"countries": {"lead": fact({"open_to": ["NO"], "others": "closed"})}}
    catalogue = guided([make_programme(eligibility=seats), lamp(eligibility=seats)])

    assert compared(catalogue, second="lamp-2021-2027")["Seat of the lead"].meaning == (
        "Open to the lead in both: 1 country."
    )


def test_an_ngo_that_leads_in_one_strand_alone_is_told_by_strand(guided):
    assert compared(guided())["NGO in the lead"].first.text == "Harbour: yes; Beacon: not known"


def test_a_side_is_confirmed_only_where_every_fact_behind_it_is(guided):
    catalogue = guided([make_programme(), lamp(strands=[make_strand(route=unverified("commission_call"))])])
    found = compared(catalogue, second="lamp-2021-2027")["Way to apply"]

    assert (found.first.verified, found.second.verified) == (True, False)


@pytest.mark.parametrize(("on", "confirmed"), [(date(2027, 1, 15), True), (date(2027, 1, 16), False)])
def test_a_side_whose_check_grew_old_is_confirmed_no_longer(guided, on, confirmed):
    found = compared(guided(), on=on)

    assert found["Way to apply"].first.verified is confirmed
    assert found["Handed out by"].first.verified is confirmed


def test_a_programme_may_stand_beside_itself(guided):
    found = compared(guided(), second="lantern-2021-2027")

    assert found["Seat of the lead"].meaning == "Open to the lead in both: 4 countries."


# ---- what is asked ----


def test_questions_are_asked_where_one_of_the_two_is_concerned(guided):
    catalogue = guided(
        fit=[
            question("always"),
            question("compass", programmes=["compass-2021-2027"]),
            question("candle", programmes=["candle-2014-2020"]),
            question("shared", management_modes=["shared"]),
            question("indirect", management_modes=["indirect"]),
        ]
    )

    assert asked(catalogue) == ["always", "compass", "shared"]
    assert asked(catalogue, "candle-2014-2020", "candle-2014-2020") == ["always", "candle"]


def test_every_pair_of_real_programmes_is_asked_about_paying_twice(catalogue):
    programmes = list(catalogue.programmes.values())
    for first in programmes:
        for second in programmes:
            assert "same-costs" in [one.id for one in fit(catalogue, first, second, ON).questions]


def test_real_programmes_are_compared_without_a_verdict(catalogue):
    for first in catalogue.programmes.values():
        said = fit_markdown(fit(catalogue, first, catalogue.programmes["cerv"], ON), catalogue)
        assert not VERDICTS.search(said)


# ---- what is printed ----


def test_the_json_form_is_the_same_each_time_and_holds_sources(guided):
    catalogue = guided(fit=[question("always")])
    found = fit(catalogue, *map(catalogue.programmes.get, ("lantern-2021-2027", "compass-2021-2027")), ON)
    values = json.loads(fit_json(found, catalogue))

    assert fit_json(found, catalogue) == fit_json(found, catalogue)
    assert [one["programme"] for one in values["programmes"]] == ["lantern-2021-2027", "compass-2021-2027"]
    assert values["questions"][0]["sources"] == [{"source": "Lantern law", "url": "https://lantern.example/law"}]
    assert values["note"] == NO_VERDICT


@pytest.mark.parametrize("form", ["table", "json", "md"])
def test_the_command_compares_two_programmes(form):
    result = CliRunner().invoke(main, ["fit", "amif-2021-2027", "cerv", "--on", "2026-11-25", "--format", form])

    assert result.exit_code == 0
    assert "Will any cost be charged to more than one grant?" in result.stdout


def test_the_command_names_the_nearest_programme_for_one_that_it_does_not_know():
    result = CliRunner().invoke(main, ["fit", "amif-2021-2027", "cerf"])

    assert result.exit_code == 2
    assert 'there is no programme "cerf"' in result.stderr
    assert "cerv" in result.stderr
