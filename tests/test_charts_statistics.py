"""Charts on the crime: which figures stand side by side, and how."""

import pytest

from thbfund.catalogue.policy import Figure
from thbfund.charts.draw_statistics import figure_bars
from thbfund.charts.statistics import SERIES, bars_finding, bars_of, bars_table, figure_in_words
from thbfund.speaking import speaker

ENGLISH = speaker()


def figure(period, value, **changes):
    made = {
        "id": f"victims-{period}",
        "label": "Registered victims",
        "value": value,
        "unit": "persons",
        "period": period,
        "population": "Lantern country",
        "unverified": "invented",
    }
    return Figure.model_validate(made | changes)


TOGETHER = figure("2015-2016", 900, qualifier="more_than")
YEARS = (figure("2023", 500), figure("2022", 400), TOGETHER)


def test_figures_of_a_series_come_oldest_first_and_others_stay_out():
    other = figure("2022", 3, id="children-2022")
    undated = figure(None, 3, id="victims-amif")

    assert [bar.figure.period for bar in bars_of((*YEARS, other, undated), "victims")] == ["2015-2016", "2022", "2023"]


def test_a_count_of_two_years_is_hollow_and_never_called_the_highest_of_one_year():
    bars = bars_of(YEARS, "victims")
    spec = figure_bars(bars, ENGLISH).to_dict()
    drawn = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")

    assert [row["hollow"] for row in spec["datasets"][drawn["data"]["name"]]] == [True, False, False]
    assert "the highest of one year “Registered victims, 2023: 500”" in bars_finding(bars, "victims", ENGLISH)
    assert bars[0].name(ENGLISH) == "Registered victims, 2015-2016 together: more than 900"


def test_shares_stand_on_a_scale_to_a_hundred():
    share = figure("2023", 44, id="sexual-exploitation-2023", unit="percent", qualifier="almost")
    bars = bars_of([share], "forms")
    spec = figure_bars(bars, ENGLISH).to_dict()

    assert bars[0].value(ENGLISH) == "almost 44 %"
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 100]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": 20532}, "20,532 persons"),
        ({"value": 70, "unit": "percent", "qualifier": "more_than"}, "more than 70 %"),
        ({"value": 3_500_000, "unit": "eur", "qualifier": "up_to"}, "up to EUR 3 500 000"),
    ],
)
def test_a_figure_on_its_own_names_its_unit(changes, said):
    assert ENGLISH(figure_in_words(figure("2023", **changes))).replace("\xa0", " ") == said


def test_beside_its_label_a_figure_does_not_say_persons_again():
    [bar] = bars_of([figure("2023", 500, qualifier="about")], "victims")

    assert bar.name(ENGLISH) == "Registered victims, 2023: about 500"


def test_a_share_of_two_years_is_never_called_the_highest_of_one_year():
    two_years = figure("2021-2022", 60, id="other-forms-2021-2022", unit="percent")
    one_year = figure("2023", 44, id="other-forms-2023", unit="percent")
    said = bars_finding(bars_of([two_years, one_year], "forms"), "forms", ENGLISH)

    assert "the highest of one year “Registered victims, 2023: 44 %”" in said


def test_where_no_figure_is_of_one_year_the_latest_alone_is_told():
    said = bars_finding(bars_of([TOGETHER], "victims"), "victims", ENGLISH)
    assert said == ("Registered victims: the latest figure is “Registered victims, 2015-2016 together: more than 900”.")


def test_no_figures_are_told_not_drawn_as_zero():
    assert bars_finding((), "victims", ENGLISH) == "Registered victims: no figures on record."
    assert bars_table((), ENGLISH) == []
    assert figure_bars((), ENGLISH).to_dict()["layer"]


def test_the_table_holds_the_numbers_of_the_chart():
    table = bars_table(bars_of(YEARS, "victims"), ENGLISH)
    assert [(row["Years"], row["Value"]) for row in table] == [
        ("2015-2016", "more than 900"),
        ("2022", "400"),
        ("2023", "500"),
    ]


@pytest.mark.parametrize("series", SERIES)
def test_every_series_has_figures_in_the_real_catalogue(catalogue, series):
    assert len(bars_of(catalogue.policy.figures, series)) > 1
