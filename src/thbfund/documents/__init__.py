"""READ A NOTE: the bytes of a concept note (PDF, DOCX, ODT, text) -> its text, or what is wrong with the file.

Pure: no clock, no network, no file. A hostile file can still be slow or large, so whoever is handed files by strangers
calls `thbfund.apart`, which reads in a process of its own.
"""

from thbfund.documents.cutting import cut
from thbfund.documents.reading import Note, as_note, read_note
from thbfund.documents.unreadable import UnreadableError, problem_of

__all__ = ["Note", "UnreadableError", "as_note", "cut", "problem_of", "read_note"]
