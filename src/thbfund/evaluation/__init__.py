"""EVALUATE: labelled projects -> hit@k, MRR and nDCG, for our ranking and the peers' methods."""

from thbfund.evaluation.questions import evaluate_questions
from thbfund.evaluation.records import Mode, read_records
from thbfund.evaluation.run import evaluate

__all__ = ["Mode", "evaluate", "evaluate_questions", "read_records"]
