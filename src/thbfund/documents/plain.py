"""The text of a text file, whatever its encoding, as far as that can be told."""

import codecs
import re

from thbfund.documents.unreadable import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "windows-1252"
_WESTERN_LETTERS = "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßšž"
# A sign in the midst of a word, or a letter of no Western language: the text is in another encoding.
_ALIEN = re.compile(rf"(?<=[^\W\d_])[^\x00-\x7f{_WESTERN_LETTERS}\u2019·\xad\u2010-\u2014](?=[^\W\d_])", re.IGNORECASE)
_HALF = 2  # bytes of a character in UTF-16, of which one is nearly always zero in European texts
MOST_HIGH = 0.15  # share of letters beyond ASCII in Western texts; Greek or Cyrillic ones hold little else
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def text_of_plain(content: bytes) -> tuple[str, bool]:
    """Return the text, and whether its encoding had to be assumed.

    Raises:
        UnreadableError: it is no text, or in an encoding that cannot be told.
    """
    text, assumed = _decoded(content)
    if _CONTROL.search(text):
        raise UnreadableError("note-of-other-kind", kind="unknown")
    return text, assumed


def _decoded(content: bytes) -> tuple[str, bool]:
    try:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return content.decode(encoding), False
        if encoding := _unmarked_utf_16(content):
            return content.decode(encoding), False
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        return _western(content), True


def _unmarked_utf_16(content: bytes) -> str:
    """UTF-16 without its mark: in letters of the Latin alphabet every second byte is zero."""
    zeros = [content[start::_HALF].count(0) * _HALF * 2 > len(content) for start in range(_HALF)]
    return {(False, True): "utf-16-le", (True, False): "utf-16-be"}.get((zeros[0], zeros[1]), "")


def _western(content: bytes) -> str:
    """Text of an older program in a Western language; what it gives for any other would be garbage."""
    if content.startswith(tuple(mark for mark, _ in _MARKS)):
        raise UnreadableError("unknown-encoding")
    try:
        text = content.decode(_WESTERN)
    except UnicodeDecodeError as error:
        raise UnreadableError("unknown-encoding") from error
    letters = [character for character in text if character.isalpha()]
    high = sum(not character.isascii() for character in letters)
    if high > MOST_HIGH * len(letters) or _ALIEN.search(text):
        raise UnreadableError("unknown-encoding")
    return text
