"""The words that fields of a file take: entries of the vocabularies, and what the catalogue itself holds."""

from collections.abc import Mapping
from typing import Any

from thbfund.catalogue.vocabulary import Vocabularies, country_names
from thbfund.staff.fields import Lists


def lists_of(
    vocabularies: Vocabularies, programmes: Mapping[str, str], programme: Mapping[str, Any], file: Mapping[str, Any]
) -> Lists:
    """Ids and labels of every list that a model names.

    Args:
        vocabularies: of the catalogue.
        programmes: id and name of each programme.
        programme: values of the programme file whose strands are meant.
        file: values of the file that is filled in; it holds sources, and perhaps families.
    """
    listed = {
        name: {entry.id: entry.label for entry in vocabulary.entries} for name, vocabulary in vocabularies.by_id.items()
    }
    countries = {code: f"{name} ({code})" for code, name in sorted(country_names().items(), key=lambda pair: pair[1])}
    sources = file.get("sources")
    return {
        **listed,
        "countries": countries,
        "places": listed.get("country_groups", {}) | countries,
        "programmes": dict(programmes),
        "strands": _named(programme.get("strands")),
        "families": _named(file.get("families")),
        "sources": {str(key): _text(source, "title") for key, source in sources.items()}
        if isinstance(sources, dict)
        else {},
    }


def _named(items: Any) -> dict[str, str]:
    """Ids and names of the blocks of a list, which may be half written."""
    blocks = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return {str(block["id"]): _text(block, "name") or str(block["id"]) for block in blocks if block.get("id")}


def _text(block: Any, name: str) -> str:
    return str(block.get(name) or "") if isinstance(block, dict) else ""
