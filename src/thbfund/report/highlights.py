"""The user's own words, as few as show what was read."""

from thbfund.text import Concept

HIGHLIGHT_WORDS = 5  # of the project's text, at most this many words in a row are ever shown


def highlights(concept: Concept) -> list[str]:
    """The words that showed a concept, each cut to `HIGHLIGHT_WORDS`."""
    return [" ".join(trigger.split()[:HIGHLIGHT_WORDS]) for trigger in concept.triggers]
