"""How the exported tables hang together: what tells rows apart, and which columns name a row of another table."""

from collections.abc import Mapping
from typing import NamedTuple

from thbfund.catalogue.guidance import GUIDANCE_FILES
from thbfund.catalogue.policy import POLICY_FILES


class Reference(NamedTuple):
    """Columns whose values, where all are given, name a row of a table by its key."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


_STRAND = Reference(("programme", "strand"), "strands", ("programme", "strand"))
_PROGRAMME = Reference(("programme",), "programmes", ("programme",))

PRIMARY_KEYS: Mapping[str, tuple[str, ...]] = {
    "programmes": ("programme",),
    "strands": ("programme", "strand"),
    "facts": ("file", "path"),
    "relevance": ("programme", "strand", "priority"),
    "tags": ("programme", "strand", "vocabulary", "entry"),
    "families": ("programme", "family"),
    "topics": ("programme", "topic"),
    "projects": ("id",),
    "sources": ("file", "key"),
    "vocabularies": ("vocabulary", "entry"),
    **dict.fromkeys((*POLICY_FILES, *GUIDANCE_FILES), ("id",)),
}

REFERENCES: Mapping[str, tuple[Reference, ...]] = {
    "programmes": (Reference(("successor",), "programmes", ("programme",)),),
    "strands": (_PROGRAMME,),
    "relevance": (_STRAND,),
    "tags": (_STRAND, Reference(("vocabulary", "entry"), "vocabularies", ("vocabulary", "entry"))),
    "families": (_STRAND,),
    "topics": (_STRAND, Reference(("programme", "family"), "families", ("programme", "family"))),
    "projects": (_PROGRAMME,),
}
