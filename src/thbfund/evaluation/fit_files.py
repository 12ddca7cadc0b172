"""Fitted weights and vectors as files of the catalogue: the same bytes for the same records, catalogue and code."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import yaml

import thbfund
from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record
from thbfund.catalogue.ranking_data import FittedWeights
from thbfund.evaluation.fit import fitted
from thbfund.text.encoder import Encoder
from thbfund.writing import replace_file

HEADER = """\
# Written by: thbfund evaluate data/evidence/labelled.jsonl --fit
# Never edited by hand. Change features or records, then run the command again.
"""
CODE = ("evaluation/fit.py", "ranking/*.py", "text/*.py")


def fit_files(catalogue: Catalogue, records: Sequence[Record], encoder: Encoder, on: date) -> dict[str, str]:
    """Fit with and without the encoder; return the texts of the files by their name below `ranking`.

    The day stays what it was where everything else did, so that fitting again changes no byte.
    """
    with_encoder, ranker = fitted(catalogue, records, encoder)
    without_encoder, _ = fitted(catalogue, records, None)
    found = FittedWeights(
        fitted_on=on,
        records=records_fingerprint(records),
        code=code_fingerprint(),
        encoder=encoder.name,
        with_encoder=with_encoder,
        without_encoder=without_encoder,
    )
    before = catalogue.ranking.fitted
    if before and before.model_copy(update={"fitted_on": on}) == found:
        found = before
    text = yaml.safe_dump(found.model_dump(), sort_keys=False, allow_unicode=True, width=120)
    vectors = ranker.vectors.used if ranker.vectors else {}
    lines = "".join(f"{key}\t{vector}\n" for key, vector in sorted(vectors.items()))
    return {"weights.yaml": HEADER + text, "vectors.tsv": lines}


def write_files(files: dict[str, str], folder: Path) -> None:
    """Write files into a folder, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        replace_file(folder / name, text.encode())


def records_fingerprint(records: Sequence[Record]) -> str:
    """SHA-256 of what the records say."""
    lines = "".join(record.model_dump_json() + "\n" for record in records)
    return hashlib.sha256(lines.encode()).hexdigest()


def code_fingerprint() -> str:
    """SHA-256 of the code that reads, ranks and fits."""
    root = Path(thbfund.__file__).parent
    paths = sorted(path for pattern in CODE for path in root.glob(pattern))
    content = b"".join(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes() for path in paths)
    return hashlib.sha256(content).hexdigest()
