"""The official languages of the EU, in which a project may be described (Regulation No 1/1958, Art. 1)."""

from typing import Literal, get_args

Language = Literal[
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
]  # fmt: skip

LANGUAGES: tuple[Language, ...] = get_args(Language)
