"""Is the project about the field at all? What is not is told that nothing here fits."""

from thbfund.text.reading import Understanding

# How far a sign carries the project into the field; the strongest sign decides.
SIGNS = {
    "trafficking_in_persons": 1.0,
    "exploitation_signs": 1.0,
    "forms_of_exploitation": 1.0,
    "neighbouring_subject": 0.9,
    "target_groups": 0.7,
}
# Groups served that mark the field themselves; professionals, women or children occur in projects of every kind.
TELLING_GROUPS = {
    "asylum_seekers",
    "presumed_victims",
    "third_country_nationals",
    "unaccompanied_children",
    "victims_of_crime",
    "victims_of_trafficking",
    "victims_of_violence",
}


def field_share(understood: Understanding) -> float:
    """Return from 0 (outside the field) to 1 (at its core) how far the project belongs to the field."""
    signs = set(understood.field)
    if understood.concepts["forms_of_exploitation"]:
        signs.add("forms_of_exploitation")
    if TELLING_GROUPS & {concept.id for concept in understood.concepts["target_groups"]}:
        signs.add("target_groups")
    return max((SIGNS[sign] for sign in signs if sign in SIGNS), default=0.0)
