"""SCREEN: many projects at once, each row with its leading programmes and tags; rows in, rows out."""
