"""FILTER: one small function per criterion -> met, not met or unknown, with reason, source and gap."""

from thbfund.rules.fixes import Fix, smallest_fix
from thbfund.rules.outcome import Outcome
from thbfund.rules.verdict import Judgement, best, judge, judge_by

__all__ = ["Fix", "Judgement", "Outcome", "best", "judge", "judge_by", "smallest_fix"]
