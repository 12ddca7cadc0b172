"""Rows of the charts on the crime: figures of the policy files that may stand side by side."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from thbfund.catalogue.policy import Figure
from thbfund.rules.wording import euro
from thbfund.said import Said, say
from thbfund.speaking import Speaker

SERIES: Mapping[str, tuple[Said, tuple[str, ...]]] = {
    "victims": (say("Registered victims"), ("victims",)),
    "forms": (
        say("What registered victims were trafficked for"),
        ("sexual-exploitation", "labour-exploitation", "other-forms"),
    ),
    "people": (say("Women and girls, and children, among registered victims"), ("female-victims", "child-victims")),
    "origin": (
        say("Where registered victims come from"),
        ("own-country", "other-eu-country", "eu-citizens", "non-eu-victims"),
    ),
    "traffickers": (say("Suspected and convicted traffickers"), ("suspected-traffickers", "convicted-traffickers")),
}
"""Series by name: a title, and the ids of its figures without the years at their end."""

_YEARS = re.compile(r"-\d{4}(-\d{4})?$")
_IN_UNITS: Mapping[str, Callable[[float], Said]] = {
    "persons": lambda number: say("{number} persons", number=number),
    "percent": lambda number: say("{number} %", number=number),
    "per_million_inhabitants": lambda number: say("{number} per million inhabitants", number=number),
    "prosecutions": lambda number: say("{number} prosecutions", number=number),
    "convictions": lambda number: say("{number} convictions", number=number),
    "projects": lambda number: say("{number} projects", number=number),
    "times": lambda number: say("{number} times", number=number),
    "eur": euro,
}
_QUALIFIED: Mapping[str, Callable[[float | Said], Said]] = {
    "exact": lambda value: say("{value}", value=value),
    "about": lambda value: say("about {value}", value=value),
    "almost": lambda value: say("almost {value}", value=value),
    "more_than": lambda value: say("more than {value}", value=value),
    "up_to": lambda value: say("up to {value}", value=value),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a series.

    Attributes:
        several_years: whether it counts more than one year together, and so is no measure beside single years.
    """

    figure: Figure
    several_years: bool

    @property
    def is_share(self) -> bool:
        """Whether it is a share in percent."""
        return self.figure.unit == "percent"

    def value(self, speak: Speaker) -> str:
        """`more than 14,000`, `44 %`, as the language writes it; the label beside it names what is counted."""
        one = self.figure
        return speak(figure_in_words(one) if self.is_share else _QUALIFIED[one.qualifier](one.value))

    def name(self, speak: Speaker) -> str:
        """What and when: `Registered victims, 2023`, with a word where several years are counted together."""
        said = {"label": self.figure.label, "years": self.figure.period, "value": self.value(speak)}
        if self.several_years and not self.is_share:
            return speak("{label}, {years} together: {value}", **said)
        return speak("{label}, {years}: {value}", **said)


def figure_in_words(one: Figure) -> Said:
    """`more than 70 %`, `20,532 persons`, `EUR 3 500 000`."""
    return _QUALIFIED[one.qualifier](_IN_UNITS[one.unit](one.value))


def bars_of(figures: Iterable[Figure], series: str) -> tuple[Bar, ...]:
    """The figures of a series that name their years, kind by kind, the oldest first."""
    stems = SERIES[series][1]
    found = [one for one in figures if one.period and _YEARS.sub("", one.id) in stems]
    found.sort(key=lambda one: (stems.index(_YEARS.sub("", one.id)), one.period or ""))
    return tuple(Bar(one, "-" in (one.period or "")) for one in found)


def bars_finding(bars: Sequence[Bar], series: str, speak: Speaker) -> str:
    """What the chart shows, in a sentence."""
    title = speak(SERIES[series][0])
    if not bars:
        return speak("{title}: no figures on record.", title=title)
    latest = max(bars, key=lambda one: (one.figure.period or "")[-4:]).name(speak)
    highest = max((one for one in bars if not one.several_years), default=None, key=_size)
    if highest is None:
        return speak("{title}: the latest figure is “{latest}”.", title=title, latest=latest)
    return speak(
        "{title}: the latest figure is “{latest}”, the highest of one year “{highest}”.",
        title=title,
        latest=latest,
        highest=highest.name(speak),
    )


def bars_table(bars: Sequence[Bar], speak: Speaker) -> list[dict[str, str]]:
    """The same numbers as a table, with what each of them counts."""
    return [
        {
            speak("Figure"): one.figure.label,
            speak("Years"): one.figure.period or "",
            speak("Value"): one.value(speak),
            speak("Counts"): one.figure.population,
        }
        for one in bars
    ]


def _size(bar: Bar) -> float:
    return bar.figure.value
