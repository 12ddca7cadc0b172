"""RANK: features -> named contributions -> score."""

from thbfund.ranking.score import Contribution, Ranker, StrandScore

__all__ = ["Contribution", "Ranker", "StrandScore"]
