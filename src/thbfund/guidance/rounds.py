"""What is known of past rounds of calls: proposals received and projects funded, never a chance for the next."""

from thbfund.catalogue.calls import Topic

NOT_PUBLISHED = "not published, as far as we know"


def past_round(topic: Topic) -> str:
    """How many proposals a closed call received and how many projects it funded, in a sentence."""
    if topic.received is None and topic.funded is None:
        return f"Proposals received and funded: {NOT_PUBLISHED}."
    received = NOT_PUBLISHED if topic.received is None else topic.received
    funded = NOT_PUBLISHED if topic.funded is None else topic.funded
    return f"Proposals received: {received}. Projects funded: {funded}."
