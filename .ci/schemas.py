"""Write the JSON Schema of every kind of file into data/schema/, as `thbfund catalogue schema` does for one."""

from pathlib import Path

from thbfund.catalogue import load_catalogue
from thbfund.staff.schema import MODELS, schema_json

DATA = Path(__file__).parents[1] / "data"

vocabularies = load_catalogue(DATA).vocabularies
for kind in MODELS:
    text = schema_json(kind, vocabularies) + "\n"
    (DATA / "schema" / f"{kind}.schema.json").write_text(text, encoding="utf-8", newline="\n")
