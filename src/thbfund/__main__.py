"""The command `thbfund`, also as `python -m thbfund`."""

import errno
import sys
import traceback

from thbfund.cli import main

FAULT = 3
"""Exit code where the program itself is at fault."""
SHOWN_STEPS = 3
FULL = (errno.ENOSPC, errno.EDQUOT)


def run() -> None:
    """Run the command; say where a mistake of the program lies without what was typed, which its message may repeat."""
    try:
        main()
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody should read a traceback
        if isinstance(error, OSError) and error.errno in FULL:
            sys.stderr.write("thbfund: error: no space left where the result goes; make room and run it again.\n")
            sys.exit(1)
        steps = [f"{step.name}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)[-SHOWN_STEPS:]]
        said = f"{type(error).__name__} at {' > '.join(steps)}"
        sys.stderr.write(
            f"thbfund: error: this is a mistake of the program, not yours ({said}). "
            "Please report it with the command, and without your text.\n"
        )
        sys.exit(FAULT)


if __name__ == "__main__":
    run()
