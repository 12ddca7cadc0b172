"""Which official language of the EU a text is in, recognised offline by py3langid."""

from functools import lru_cache
from threading import Lock, Thread
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from thbfund.catalogue.languages import LANGUAGES, Language

MIN_LETTERS = 10  # in less the recogniser guesses wildly; one letter was taken for Bulgarian
SURE = 0.9  # below this probability the language is assumed, and the user is told


_ONE_AT_A_TIME = Lock()


def prepare() -> None:
    """Begin to load the recogniser while other work goes on: to unpack it takes half a second, off Python's lock."""
    Thread(target=_identifier, daemon=True).start()


def _identifier() -> Any:
    with _ONE_AT_A_TIME:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def language_of(text: str) -> tuple[Language, bool]:
    """Return the likeliest language and whether it is sure; too short a text is taken for English."""
    if sum(character.isalpha() for character in text) < MIN_LETTERS:
        return "en", False
    language, probability = _identifier().rank(text)[0]
    return language, probability >= SURE
