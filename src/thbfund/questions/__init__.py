"""ASK NEXT: the unanswered field whose answer could change most among the leading results, and why."""

from thbfund.questions.answers import FIELDS, Answer, with_answer
from thbfund.questions.choice import Effect, Question, next_question

__all__ = ["FIELDS", "Answer", "Effect", "Question", "next_question", "with_answer"]
