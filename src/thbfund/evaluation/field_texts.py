"""Short invented texts in and out of the field, which show whether "nothing here fits" is said rightly."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from thbfund.catalogue.json_lines import read_lines
from thbfund.catalogue.languages import Language

Kind = Literal["out_of_field", "neighbouring", "in_field", "in_field_without_the_word"]
Split = Literal["fit", "test"]


class FieldText(BaseModel):
    """One line of the file; `data/evidence/README.md` explains the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    lang: Language
    kind: Kind
    split: Split
    text: str = Field(min_length=1)

    @property
    def belongs(self) -> bool:
        """Whether programmes should be offered."""
        return self.kind != "out_of_field"


def read_field_texts(path: Path) -> list[FieldText]:
    """Read a file of texts in and out of the field.

    Raises:
        InputError: with every line that is none.
    """
    return read_lines(path, FieldText)
