"""The catalogue as open data: one JSON document that names version, date and licence."""

import json
from typing import Any

from thbfund import __version__
from thbfund.catalogue.contents import Catalogue

LICENCE = "CC-BY-4.0"


def export_values(catalogue: Catalogue) -> dict[str, Any]:
    """Return the whole catalogue as dictionaries and lists; what was left out in the files is left out here."""
    return {
        "version": __version__,
        "date": catalogue.checked_on.isoformat(),
        "licence": LICENCE,
        "fingerprint": catalogue.fingerprint,
        "programmes": [
            programme.model_dump(mode="json", exclude_defaults=True) for programme in catalogue.programmes.values()
        ],
        "vocabularies": [
            vocabulary.model_dump(mode="json", exclude_defaults=True)
            for vocabulary in catalogue.vocabularies.by_id.values()
        ],
    }


def export_json(catalogue: Catalogue) -> str:
    """The same bytes for the same catalogue."""
    return json.dumps(export_values(catalogue), ensure_ascii=False, indent=2)
