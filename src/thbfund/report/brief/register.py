"""What every part of a document shares: the reader's language, and the sources cited so far, each with one number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from thbfund.catalogue.facts import Evidence, Source
from thbfund.catalogue.freshness import Owner, age
from thbfund.report.brief.document import Span, Spans
from thbfund.rules.outcome import Basis
from thbfund.said import Said, say
from thbfund.speaking import ENGLISH, Speaker

CITED = 1  # sources per fact: the first is the best one, and all of them stand in the app


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as the list at the end shows it; `overdue` says that it was read too long ago, or is ""."""

    title: str
    url: str
    caution: str
    checked_on: date | None
    overdue: str


@dataclass(slots=True)
class Register:
    """Says things in the reader's language and numbers the sources in the order in which they are cited.

    Attributes:
        speak: the reader's language.
        on: the day for which the document holds.
        sources: cited so far.
    """

    speak: Speaker
    on: date
    sources: list[CitedSource] = field(default_factory=list)

    def words(self, text: str, *, strong: bool = False, url: str = "") -> Span:
        """A sentence of the program in the reader's language; text of the catalogue as it is, marked as English."""
        foreign = not isinstance(text, Said) and self.speak.language != ENGLISH
        return Span(self.speak.value(text), strong, url, ENGLISH if foreign else "")

    def basis(self, basis: Basis) -> Spans:
        """What a rule rests on, to stand after its sentence."""
        cited = [CitedSource(basis.source, basis.url, basis.caution, basis.checked_on, basis.overdue)]
        return self._known(cited if basis.source else [], basis.unverified, basis.overdue)

    def evidence(self, found: Evidence, sources: Mapping[str, Source], owner: Owner = None, kind: str = "") -> Spans:
        """How a fact is known, to stand after it; `kind` names one that is checked more often: `deadline`."""
        overdue = age(found, (kind,), owner, self.on)
        read = [(sources[one.key], one.place) for one in found.sources]
        cited = [
            CitedSource(source.at(place), source.url or "", source.caution, found.checked_on, overdue)
            for source, place in read[:CITED]
        ]
        return self._known(cited, found.unverified or "", overdue)

    def _known(self, cited: Iterable[CitedSource], unverified: str, overdue: str) -> Spans:
        """Numbers of sources and marks of doubt; the reasons of a doubt would fill a page and stand in the app."""
        spans = [Span(f" [{self._number(one)}]") for one in cited]
        if unverified:
            spans.append(Span(f" ({self.speak(say('not confirmed'))})", strong=True))
        if overdue:
            spans.append(Span(f" ({self.speak(say('checked too long ago: check again'))})", strong=True))
        return tuple(spans)

    def _number(self, cited: CitedSource) -> int:
        for number, known in enumerate(self.sources, 1):
            if (known.title, known.url) == (cited.title, cited.url):
                if cited.checked_on and (known.checked_on is None or known.checked_on > cited.checked_on):
                    self.sources[number - 1] = cited  # the older check is the one to be warned of
                return number
        self.sources.append(cited)
        return len(self.sources)
