"""What is known of past rounds of calls: proposals received and projects funded, never a chance for the next."""

from thbfund.catalogue.calls import Topic
from thbfund.said import say

NOT_PUBLISHED = say("not published, as far as we know")


def past_round(topic: Topic) -> str:
    """How many proposals a closed call received and how many projects it funded, in a sentence."""
    if topic.received is None and topic.funded is None:
        return say("Proposals received and funded: {number}.", number=NOT_PUBLISHED)
    received = NOT_PUBLISHED if topic.received is None else topic.received
    funded = NOT_PUBLISHED if topic.funded is None else topic.funded
    return say("Proposals received: {received}. Projects funded: {funded}.", received=received, funded=funded)
