"""READ: language, concepts and places of a text; one path for programmes and projects."""

from thbfund.text.reading import Concept, Reader, Understanding

__all__ = ["Concept", "Reader", "Understanding"]
