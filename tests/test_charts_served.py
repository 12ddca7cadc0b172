"""The heat map: who serves a priority for a group, and which cells are the project's."""

import pytest

from factories import (
    SUMMARY,
    loaded_vocabularies,
    make_programme,
    make_project,
    make_relevance,
    make_strand,
    write_catalogue,
)
from thbfund import Matcher, load_catalogue
from thbfund.catalogue.languages import LANGUAGES
from thbfund.charts.draw_served import heat_map
from thbfund.charts.served import served, served_finding, served_table
from thbfund.speaking import speaker

ENGLISH = speaker()


@pytest.fixture(scope="module")
def two_strands(tmp_path_factory):
    """A programme whose one strand serves children with grade 1, the other the police with grade 3."""

    def strand(name, group, grade):
        tags = {"target_groups": [group], "activities": ["training"]}
        return make_strand(id=name, tags=tags, relevance=make_relevance(A=grade))

    made = make_programme(strands=[strand("one", "children", 1), strand("two", "police_officers", 3)])
    return load_catalogue(write_catalogue(tmp_path_factory.mktemp("served") / "data", [made]))


def cell(cells, group, priority):
    return next(one for one in cells if (one.group, one.priority) == (group, priority))


def test_a_grade_counts_for_the_group_of_its_own_strand_alone(two_strands):
    cells = served(two_strands, "all")

    assert cell(cells, "police_officers", "A").programmes == ("LAN 2021-2027",)
    assert cell(cells, "children", "A").programmes == ()
    assert (cell(cells, "children", "A").highest, cell(cells, "police_officers", "A").highest) == (1, 3)


def test_a_group_that_nobody_serves_has_no_grade_at_all(two_strands):
    found = cell(served(two_strands, "all"), "victims_of_trafficking", "A")

    assert (found.programmes, found.highest) == ((), None)


def test_a_period_without_programmes_has_no_cells_and_says_so(two_strands):
    cells = served(two_strands, "2014-2020")

    assert cells == []
    assert served_finding(cells, two_strands.vocabularies, ENGLISH) == "No programme of this period was graded."
    assert served_table(cells, two_strands.vocabularies, ENGLISH) == []
    assert heat_map(cells, two_strands.vocabularies, ENGLISH).to_dict()["layer"]


def test_cells_of_the_project_have_its_group_and_its_priority(tiny):
    understood = Matcher(tiny, None).read(
        make_project(loaded_vocabularies(), summary=SUMMARY, target_groups=["children"], priorities=["B"])
    )
    own = [one for one in served(tiny, "all", understood) if one.of_project]

    assert ("children", "B") in [(one.group, one.priority) for one in own]
    assert "A" not in {one.priority for one in own}
    assert "Your project touches" in served_finding(served(tiny, "all", understood), tiny.vocabularies, ENGLISH)
    assert "Your project" not in served_finding(served(tiny, "all"), tiny.vocabularies, ENGLISH)


def test_the_table_holds_the_numbers_of_the_chart(catalogue):
    cells = served(catalogue, "2021-2027")
    table = {
        row["People served"]: row["Programmes by priority"]
        for row in served_table(cells, catalogue.vocabularies, ENGLISH)
    }

    for one in cells:
        row = table[catalogue.vocabularies.label("target_groups", one.group)]
        assert f"{one.priority}: {len(one.programmes)}" in row.split(", ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_group_has_a_line_of_its_own_in_the_chart_in_every_language(catalogue, language):
    cells = served(catalogue, "all")
    spec = heat_map(cells, catalogue.vocabularies, speaker(language)).to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows]

    assert {layer["encoding"]["y"]["field"] for layer in spec["layer"]} == {"group"}
    assert len({row["group"] for row in rows}) == len({one.group for one in cells})


def test_groups_and_priorities_of_the_chart_are_named_in_the_readers_language(catalogue):
    words, polish = catalogue.vocabularies, speaker("pl")
    spec = heat_map(served(catalogue, "all"), words, polish).to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows]

    assert {row["group"] for row in rows} <= {
        polish(words.label("target_groups", one)) for one in words.ids("target_groups")
    }
    assert {row["label"] for row in rows} <= {polish(words.label("priorities", one)) for one in words.ids("priorities")}


def test_cells_are_filled_by_steps_from_nothing_to_the_full_colour(catalogue):
    spec = heat_map(served(catalogue, "all"), catalogue.vocabularies, ENGLISH).to_dict()
    [scale] = [
        layer["encoding"]["fillOpacity"]["scale"] for layer in spec["layer"] if "fillOpacity" in layer["encoding"]
    ]

    assert scale["type"] == "ordinal"
    assert (scale["range"][0], scale["range"][-1]) == (0, 1)


def test_the_projects_cells_carry_a_sign_besides_their_border(tiny):
    understood = Matcher(tiny, None).read(make_project(loaded_vocabularies(), summary=SUMMARY))
    spec = heat_map(served(tiny, "all", understood), tiny.vocabularies, ENGLISH).to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows]

    assert any(row["own"] for row in rows)
    assert all(row["number"].startswith("▸") == row["own"] for row in rows)
