"""Marks that fields carry into the raw JSON Schema of the models, for forms and schemas that are made from it."""

LISTED = "x-list"
"""Names the list that a field's words come from: a vocabulary, or entries of the catalogue itself."""

UNIT = "x-unit"
"""Names the unit of a number."""
