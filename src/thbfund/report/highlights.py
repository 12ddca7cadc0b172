"""The user's own words, as few as show what was read."""

from collections.abc import Iterable, Iterator, Sequence

from thbfund.ranking import Contribution
from thbfund.said import joined, say
from thbfund.text import Concept, Understanding
from thbfund.text.cleaning import sentences, words

HIGHLIGHT_WORDS = 5  # of the project's text, at most this many words in a row are ever shown


def highlights(concept: Concept) -> list[str]:
    """The words that showed a concept, each cut to `HIGHLIGHT_WORDS`."""
    return [" ".join(trigger.split()[:HIGHLIGHT_WORDS]) for trigger in concept.triggers]


def your_words(contribution: Contribution, understood: Understanding) -> list[str]:
    """The words of the description that a contribution rests on: together at most `HIGHLIGHT_WORDS`."""
    if contribution.name == "text":
        written = {word.folded: word.written for word in words(understood.text)}
        return _few(written[word] for word in contribution.shared if word in written)
    named = understood.places if contribution.name == "place_of_action" else ()
    concepts = {concept.id: concept for concept in understood.concepts.get(contribution.name, named)}
    return _few(said for key in contribution.shared if key in concepts for said in highlights(concepts[key]))


def quoted(said: Iterable[str]) -> str:
    """Words in quotation marks, one after the other."""
    return joined((say("“{label}”", label=words) for words in said), ",")


def marked_sentences(understood: Understanding) -> list[list[tuple[str, bool]]]:
    """The sentences that show something, cut where its words begin and end; true for those. For the screen alone."""
    recognised = (*(one for found in understood.concepts.values() for one in found), *understood.places)
    triggers = {tuple(word.folded for word in words(said)) for concept in recognised for said in concept.triggers}
    found = [_marked(sentence, triggers) for sentence in sentences(understood.text)]
    return [pieces for pieces in found if any(marked for _, marked in pieces)]


def _few(said: Iterable[str]) -> list[str]:
    """As many as have `HIGHLIGHT_WORDS` words together: side by side more could repeat a longer run of the text."""
    chosen: list[str] = []
    left = HIGHLIGHT_WORDS
    for one in dict.fromkeys(said):
        if len(one.split()) <= left:
            chosen.append(one)
            left -= len(one.split())
    return chosen


def _marked(sentence: str, triggers: Iterable[Sequence[str]]) -> list[tuple[str, bool]]:
    spoken = words(sentence)
    folded = [word.folded for word in spoken]
    inside = {
        place
        for trigger in triggers
        for start in range(len(folded) - len(trigger) + 1)
        if tuple(folded[start : start + len(trigger)]) == tuple(trigger)
        for place in range(start, start + len(trigger))
    }
    return list(_pieces(sentence, [(word.written, place in inside) for place, word in enumerate(spoken)]))


def _pieces(sentence: str, spoken: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The sentence as written, in stretches; what stands between two marked words is marked with them."""
    done, since, was = 0, 0, False
    for written, marked in spoken:
        start = sentence.index(written, done)
        if marked != was:
            cut = start if marked else done
            if cut > since:
                yield sentence[since:cut], was
            since, was = cut, marked
        done = start + len(written)
    cut = done if was else len(sentence)
    yield sentence[since:cut], was
    if cut < len(sentence):
        yield sentence[cut:], False
