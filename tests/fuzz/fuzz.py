"""Fuzz one door, guided by coverage, from its seeds: `python tests/fuzz/fuzz.py note -max_total_time=300`.

Needs `pip install atheris`, which the tests do without. All options are libFuzzer's. What breaks the door lies in
`broke-<door>` in the current folder: mend it, then keep the file, made small, in `tests/seeds/<door>/`, as `bad-*`
where it is refused.
"""

import sys
from pathlib import Path

import atheris

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

with atheris.instrument_imports(include=["thbfund", "pypdf", "odf", "docx", "openpyxl", "ijson", "bs4"]):
    from doors import DOORS, knock


def main() -> None:
    """Begin with a copy of the seeds, so that they stay as they are."""
    door, *options = sys.argv[1:]
    if door not in DOORS:
        sys.exit(f"there is no door {door!r}; doors: {', '.join(DOORS)}")
    found = Path("fuzzed") / door
    found.mkdir(parents=True, exist_ok=True)
    limits = ["-timeout=10", "-rss_limit_mb=2048", "-max_len=65536"]
    arguments = [sys.argv[0], *limits, *options, str(found), str(TESTS / "seeds" / door)]

    def knock_and_keep(content: bytes) -> None:
        try:
            knock(door, content)
        except Exception:
            Path(f"broke-{door}").write_bytes(content)
            raise

    atheris.Setup(arguments, knock_and_keep)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
