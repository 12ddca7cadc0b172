"""A room for a process: folders for everything it may write, a watch on whom it speaks to, and a search for leaks."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

# Invented words, so that each of them alone gives a leak away.
MARKER = "Quillmark zebrawood fennelgate ostrichbell marrowlamp juniperdock vellumfrost"
DESCRIPTION = (
    f"{MARKER}. Our shelter helps girls who were trafficked to Italy for sex, with counselling, legal help, training "
    "of teachers and a campaign in schools against recruiters on the internet, together with partners in Spain."
)
MOST_WORDS_IN_A_ROW = 5  # README: of the project's text, no more is ever repeated
WATCH = Path(__file__).with_name("watch")


class Room:
    """A home, a place to work, one for temporary files and a catalogue: all that a process may see.

    Attributes:
        typed: files that the user wrote; the marker stands in them.
        asked: files that the user asked for by name; the marker may stand in them.
    """

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder = folder
        for name in ("home", "work", "tmp", "typed", "asked"):
            (folder / name).mkdir()
        shutil.copytree(data, folder / "data")
        shutil.copytree(WATCH, folder / "watch", ignore=shutil.ignore_patterns("__pycache__"))
        self.typed, self.asked, self.work = folder / "typed", folder / "asked", folder / "work"

    @property
    def environment(self) -> dict[str, str]:
        """This process's variables with every place for files led into the room."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "THBFUND_"))}
        return {
            **kept,
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "THBFUND_DATA": str(self.folder / "data"),
            "PYTHONPATH": str(self.folder / "watch"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Python with these arguments, inside."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.work,
            env=self.environment,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=300,  # a busy machine is no failure
            check=False,
        )

    def leaks(self) -> list[str]:
        """Files that hold the marker, beside those that were typed or asked for; and whoever was to be spoken to."""
        found = [path for path in self.folder.rglob("*") if path.is_file() and not self._may_hold_it(path)]
        holding = {path: leaks(path.read_bytes()) + leaks(path.name) for path in found}
        noted = self.folder / "watch" / "outgoing.txt"
        spoken = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
        return [*(f"{path}: {words}" for path, words in holding.items() if words), *spoken]

    def _may_hold_it(self, path: Path) -> bool:
        return self.typed in path.parents or self.asked in path.parents


def leaks(content: str | bytes) -> list[str]:
    """Which words of the marker a content holds, in whatever case, encoding and packing."""
    raw = content.encode() if isinstance(content, str) else content
    found = unpacked(raw).lower()
    return [
        word
        for word in MARKER.lower().split()
        if any(word.encode(encoding) in found for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def unpacked(raw: bytes) -> bytes:
    """What lies in a packed file, also one that lies in another."""
    if raw.startswith(b"\x1f\x8b"):
        return unpacked(gzip.decompress(raw))
    if raw.startswith(b"PK") and zipfile.is_zipfile(BytesIO(raw)):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return b"\n".join(name.encode() + b"\n" + unpacked(archive.read(name)) for name in archive.namelist())
    return raw


def repeats_too_much(said: str) -> bool:
    """Whether more words in a row of the description stand in what was said than may be shown."""
    said_words, typed = (re.findall(r"\w+", text.lower()) for text in (said, DESCRIPTION))
    length = MOST_WORDS_IN_A_ROW + 1
    said_runs = {tuple(said_words[start : start + length]) for start in range(len(said_words))}
    return any(tuple(typed[start : start + length]) in said_runs for start in range(len(typed) - length + 1))
