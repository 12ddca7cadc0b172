"""Colours and sizes that all charts share."""

from dataclasses import dataclass
from textwrap import shorten

# On each of these fills dark ink has a contrast of 4.5:1 or more, and each fill has 3:1 or more against the page in
# light and in dark: so one set serves both, also in the moment after the reader switches. Hues are told apart with
# the common forms of colour blindness; nothing is said by hue alone all the same.
BLUE, ORANGE, GREEN, PURPLE, GREY = "#3987d1", "#d5680f", "#159a75", "#b570b5", "#7f8b97"
INK = "#10161d"

TEXT = 12  # pixels, on a phone too
LINE = 40  # pixels of a line with its name above its bar: no axis of names takes room from the bars of a phone
ABOVE = -11  # where the name stands, from the middle of the line
BELOW = 8  # where the bar lies, from the middle of the line
BAR = 14  # thickness


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of what stands on the page itself.

    Attributes:
        ink: of text and strong lines.
        quiet: of lines that only guide the eye; 3:1 or more against the page.
        paper: of the page.
    """

    ink: str
    quiet: str
    paper: str


LIGHT = Look(ink="#1b2430", quiet="#6b7682", paper="#ffffff")
DARK = Look(ink="#e8edf3", quiet="#8b98a6", paper="#12181f")


def shortened(text: str, characters: int) -> str:
    """The beginning of a text, whole words, with an ellipsis where it goes on."""
    return shorten(text, characters, placeholder="\N{HORIZONTAL ELLIPSIS}")


def blended(colour: str, paper: str, share: float) -> str:
    """A colour thinned with that of the page: 1 is the colour itself, 0 the page."""
    parts = zip(*(bytes.fromhex(one.removeprefix("#")) for one in (colour, paper)), strict=True)
    return "#" + "".join(f"{round(share * own + (1 - share) * other):02x}" for own, other in parts)
