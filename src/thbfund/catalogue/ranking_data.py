"""LOAD: what the ranking learnt and learns from: fitted weights, labelled records, vectors of the catalogue's texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from thbfund.catalogue.facts import Day, Text
from thbfund.catalogue.labelled import Record
from thbfund.input.problems import InputError, Problem
from thbfund.input.validation import Closed

HASH_CHARACTERS = 64
Weight = Annotated[float, Field(ge=0, le=1)]


class Weights(Closed):
    """How much each aspect of the fit counts. None is negative: a better match never lowers a score; they sum to 1.

    The values here hold for a catalogue that has no fitted ones.
    """

    text: Weight = Field(0.30, description="Words that the description shares with the strand's text.")
    meaning: Weight = Field(
        0.0, description="Nearness of meaning to the strand's text, by the sentence encoder or by words."
    )
    target_groups: Weight = Field(0.15, description="People served.")
    activities: Weight = Field(0.20, description="What is done.")
    priorities: Weight = Field(0.10, description="Policy priorities, by relevance grade.")
    place_of_action: Weight = Field(0.25, description="Where the work happens.")
    similar_projects: Weight = Field(
        0.0, description="Funded projects of like meaning, by the sentence encoder or by words."
    )
    similar_work: Weight = Field(0.0, description="Funded projects with like people, activities and places.")
    usual_lead: Weight = Field(0.0, description="How often funded projects were led by this type of organisation.")
    usual_seat: Weight = Field(0.0, description="How often funded projects were led from this country.")
    usual_grant: Weight = Field(0.0, description="How usual this amount is among funded projects.")
    usual_partners: Weight = Field(0.0, description="How usual this number of partners is among funded projects.")


class WeightSet(Closed):
    """One set of fitted weights with its bands and what it reached."""

    weights: Weights = Weights()
    strong: Weight = Field(0.55, description="Score from which a fit is called strong.")
    possible: Weight = Field(0.35, description="Score from which a fit is called possible; below it nothing is.")
    cross_validated: dict[Text, dict[Text, float]] = Field(
        default_factory=dict,
        description="Figures on records that the weights of their fold had not seen, by text and by form.",
    )


class FittedWeights(Closed):
    """The file `ranking/weights.yaml`, written by `thbfund evaluate --fit`; never edited by hand."""

    fitted_on: Day = Field(description="Day on which anything in the fit last changed.")
    records: Text = Field(description="SHA-256 of the labelled records.")
    code: Text = Field(description="SHA-256 of the code that reads and ranks.")
    encoder: Text = Field(description="Name of the sentence encoder.")
    with_encoder: WeightSet
    without_encoder: WeightSet


@dataclass(frozen=True, slots=True)
class RankingData:
    """All of it; empty in a catalogue without these files.

    Attributes:
        labelled: projects really funded, each with the programme that paid.
        fitted: the weights; None where there is no such file.
        vectors: by SHA-256 of a text and how it is encoded, its vector as base64 of 16-bit floats.
    """

    labelled: tuple[Record, ...] = ()
    fitted: FittedWeights | None = None
    vectors: Mapping[str, str] = field(default_factory=dict)


def read_vectors(text: str, file: str) -> dict[str, str]:
    """Read `ranking/vectors.tsv`: a hash and a vector in a line.

    Raises:
        InputError: with every line that is none.
    """
    found: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        key, _, vector = line.partition("\t")
        if len(key) == HASH_CHARACTERS and vector:
            found[key] = vector
        else:
            hint = "write the file anew: thbfund evaluate data/evidence/labelled.jsonl --fit"
            problems.append(Problem("bad-vector", "found no hash and vector", file=file, line=number, hint=hint))
    if problems:
        raise InputError(problems)
    return found
