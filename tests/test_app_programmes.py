"""The list of programmes in the app: filters with counts, search by name, order, and links that mean nothing."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from test_app import DAY, HOSTILE, PROGRAMME_IDS, _fixed_day, assert_sound, opened, words  # noqa: F401 - the fixture holds the day still
from thbfund import Catalogue
from thbfund.report.inert import inert_markdown


def listed(app: AppTest) -> list[str]:
    """Ids of the programmes on the page, in their order."""
    links = [link.proto for link in app.get("page_link")]
    return [link.query_string.removeprefix("id=") for link in links if link.query_string.startswith("id=")]


def offered(app: AppTest, key: str) -> dict[str, int]:
    """The options of a filter with their counts."""
    found = (re.fullmatch(r"(.*) \((\d+)\)", option) for option in app.get_by_key(key).options)
    return {match[1]: int(match[2]) for match in found if match}


def test_all_programmes_are_listed_with_name_and_count(catalogue: Catalogue) -> None:
    app = opened("programmes")
    assert_sound(app)
    assert sorted(listed(app)) == PROGRAMME_IDS
    assert app.header[0].value == f"{len(PROGRAMME_IDS)} of {len(PROGRAMME_IDS)} programmes"
    said = words(app)
    assert all(programme.name in said for programme in catalogue.programmes.values())


@pytest.mark.parametrize("period", ["2014-2020", "2021-2027"])
def test_the_period_in_the_link_filters(period: str, catalogue: Catalogue) -> None:
    app = opened("programmes", period=period)
    expected = {key for key, found in catalogue.programmes.items() if period in found.periods}
    assert set(listed(app)) == expected
    assert 0 < len(expected) < len(PROGRAMME_IDS)


def test_a_filter_leaves_what_its_count_said_and_stands_in_the_link_by_its_id(catalogue: Catalogue) -> None:
    app = opened("programmes")
    label = catalogue.vocabularies.label("target_groups", "children")
    number = offered(app, "group")[label]
    app.get_by_key("group").select("children").run()
    assert len(listed(app)) == number > 0
    assert app.query_params["group"] in ("children", ["children"])


def test_the_counts_of_a_filter_heed_the_others() -> None:
    app = opened("programmes", period="2014-2020")
    assert sum(offered(app, "state").values()) < len(PROGRAMME_IDS)
    assert offered(app, "period")["2021-2027"] > 0


def test_what_is_typed_counts_in_the_filters_and_never_stands_in_the_link() -> None:
    app = opened("programmes")
    app.get_by_key("programmes_name").input("cerv").run()
    assert listed(app) == ["cerv"]
    assert offered(app, "period") == {"2021-2027": 1}
    assert "cerv" not in str(dict(app.query_params))


@pytest.mark.parametrize("name", ["cerv", "CERV", " Citizens ", "Rights and Values"])
def test_the_name_filters_whatever_its_case(name: str) -> None:
    app = opened("programmes")
    app.get_by_key("programmes_name").input(name).run()
    assert "cerv" in listed(app)


def test_the_filters_are_cleared_with_one_button() -> None:
    app = opened("programmes", period="2014-2020", group="children")
    next(found for found in app.button if found.label == "Clear all filters").click().run()
    assert len(listed(app)) == len(PROGRAMME_IDS)
    assert "period" not in app.query_params


def test_the_usual_order_puts_announced_calls_first_and_ended_programmes_last(catalogue: Catalogue) -> None:
    found = listed(opened("programmes"))
    assert found[0] == "horizon-europe"
    assert catalogue.programmes[found[-1]].periods == ("2014-2020",)


def test_the_order_by_name_stands_in_the_link(catalogue: Catalogue) -> None:
    app = opened("programmes")
    app.get_by_key("order").select("name").run()
    live = [found for key in listed(app) if (found := catalogue.programmes[key]).is_in_force(DAY)]
    assert live == sorted(live, key=lambda found: found.name.casefold())
    assert app.query_params["order"] in ("name", ["name"])


@pytest.mark.parametrize(
    "query",
    [{"period": "1999"}, {"group": HOSTILE}, {"seat": "<script>"}, {"place": "IT\x00"}, {"type": "a" * 100_000}],
)
def test_a_filter_in_the_link_that_means_nothing_filters_nothing_and_is_answered(query: dict[str, str]) -> None:
    app = opened("programmes", **query)
    assert_sound(app)
    assert len(listed(app)) == len(PROGRAMME_IDS)
    assert "names nothing that this catalogue holds" in app.warning[0].value
    assert next(iter(query.values())) not in words(app)


def test_a_folded_filter_that_the_link_names_in_vain_is_unfolded_for_its_answer_stands_there() -> None:
    def folded(app: AppTest) -> Any:
        return next(found for found in app.expander if found.label == "More filters")

    assert not folded(opened("programmes")).proto.expanded
    app = opened("programmes", period="1999")
    assert folded(app).proto.expanded
    assert folded(app).warning


def test_an_order_in_the_link_that_is_none_is_the_usual_one() -> None:
    assert listed(opened("programmes", order="<b>")) == listed(opened("programmes"))


@pytest.mark.parametrize("name", ["no such fund", HOSTILE, "[", "\\"])
def test_nothing_found_says_how_to_go_on(name: str) -> None:
    app = opened("programmes")
    app.get_by_key("programmes_name").input(name).run()
    assert_sound(app)
    assert listed(app) == []
    assert "Widen the filter" in app.info[0].value
    assert inert_markdown(HOSTILE) not in words(app)
