"""The guide for staff: its example is a programme that the check accepts, its tables name every condition."""

import re
import shutil
from pathlib import Path

import pytest

from conftest import REPOSITORY
from thbfund.catalogue import check_catalogue
from thbfund.catalogue.model import Eligibility, Programme

GUIDE = (REPOSITORY / "data" / "README.md").read_text(encoding="utf-8")
EXAMPLE = next(
    block for block in re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL) if "id: " in block
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, list[str]]:
    """The example of the guide in a copy of the catalogue, and what the check says beyond hints."""
    data: Path = tmp_path_factory.mktemp("guide") / "data"
    shutil.copytree(REPOSITORY / "data", data)
    file = data / "programmes" / "example-2021-2027.yaml"
    file.write_text(EXAMPLE, encoding="utf-8")
    catalogue, problems = check_catalogue(data)
    said = [str(problem) for problem in problems if problem.severity != "hint" or file.name in problem.file]
    assert catalogue, said
    return catalogue.programmes[file.stem], said


def test_the_example_of_a_programme_passes_the_check_but_for_the_area_it_pays_in(
    example: tuple[Programme, list[str]],
) -> None:
    [said] = example[1]

    assert "policy/coverage.yaml" in said
    assert "programme-without-area: " in said
    assert '"example-2021-2027"' in said


def test_the_example_says_who_may_lead_from_where_and_where_the_work_may_be(
    example: tuple[Programme, list[str]],
) -> None:
    shared, [strand] = example[0].eligibility, example[0].strands

    assert shared.countries.lead
    assert shared.place_of_action
    assert strand.eligibility.applicant_types.lead


@pytest.mark.parametrize("condition", Eligibility.model_fields)
def test_the_guide_says_what_stands_in_each_condition(condition: str) -> None:
    assert re.search(rf"^\| [^|]*`{condition}`[^|]* \| .+ \| .+ \|$", GUIDE, re.MULTILINE)
