"""A text cut where a thought ends."""

_ENDS = ("\n\n", "\n", ". ", " ")
_NOT_BEFORE = 0.9  # share of the room that is filled in any case


def cut(text: str, most: int) -> tuple[str, str]:
    """Part a text into what fits into `most` characters, up to the end of a paragraph or sentence, and the rest."""
    if len(text) <= most:
        return text, ""
    for end in _ENDS:
        kept = len(end.rstrip())
        place = text.rfind(end, 0, most - kept + len(end))
        if place >= most * _NOT_BEFORE - kept:
            stop = place + kept
            return text[:stop], text[stop:].lstrip()
    return text[:most], text[most:]
