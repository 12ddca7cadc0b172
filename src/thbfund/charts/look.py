"""Colours and sizes that all charts share."""

from textwrap import shorten

# On each of these fills dark ink has a contrast of 4.5:1 or more, and each fill has 3:1 or more against the page in
# light and in dark: so one set serves both, also in the moment after the reader switches. Hues are told apart with
# the common forms of colour blindness; nothing is said by hue alone all the same.
BLUE, ORANGE, GREEN, PURPLE, GREY = "#3987d1", "#d5680f", "#159a75", "#b570b5", "#7f8b97"
INK = "#10161d"

# Text and strong lines on the page itself take the colour that the page's own text has at each moment: a colour
# written into the chart would stay when the reader, or at dusk her system, switches between light and dark.
PAGE_INK = "currentColor"
QUIET = GREY  # lines that only guide the eye

TEXT = 12  # pixels, on a phone too
LINE = 40  # pixels of a line with its name above its bar: no axis of names takes room from the bars of a phone
ABOVE = -11  # where the name stands, from the middle of the line
BELOW = 8  # where the bar lies, from the middle of the line
BAR = 14  # thickness


def shortened(text: str, characters: int) -> str:
    """The beginning of a text, whole words, with an ellipsis where it goes on."""
    return shorten(text, characters, placeholder="\N{HORIZONTAL ELLIPSIS}")
