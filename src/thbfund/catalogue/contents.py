"""The whole catalogue in memory: everything that was loaded and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thbfund.catalogue.calls import Calls
from thbfund.catalogue.change_log import DayOfChanges
from thbfund.catalogue.evidence import FundedProject
from thbfund.catalogue.guidance import Guidance
from thbfund.catalogue.lexicon import Lexicon
from thbfund.catalogue.model import Programme
from thbfund.catalogue.policy import Policy
from thbfund.catalogue.ranking_data import RankingData
from thbfund.catalogue.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that was loaded and checked.

    Attributes:
        programmes: by id, in order of id.
        calls: by id of the programme; a programme without calls on record is missing here.
        policy: documents, actors, figures, outlook and the like; empty in a catalogue without that folder.
        guidance: what to prepare, whom to ask, how long it takes and the like; empty without that folder.
        evidence: projects that were really funded, in the order of the file; empty where there is no such file.
        vocabularies: the closed lists.
        lexicons: the words that point to entries of the vocabularies, by id.
        fingerprint: SHA-256 of all files' paths and contents, the same whatever order they were read in.
        checked_on: the latest day on which a fact was checked.
        ranking: what the ranking learnt and learns from; no part of what is exported or compared.
        changes: the log of changes, oldest day first; as above.
    """

    programmes: Mapping[str, Programme]
    calls: Mapping[str, Calls]
    policy: Policy
    guidance: Guidance
    evidence: tuple[FundedProject, ...]
    vocabularies: Vocabularies
    lexicons: Mapping[str, Lexicon]
    fingerprint: str
    checked_on: date
    ranking: RankingData = field(default=RankingData(), compare=False)
    changes: tuple[DayOfChanges, ...] = field(default=(), compare=False)

    def forerunners(self, programme: str) -> tuple[Programme, ...]:
        """The programmes that name this one, by its id, as their successor."""
        return tuple(one for one in self.programmes.values() if one.successor.value == programme)
