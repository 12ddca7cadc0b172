"""The pages, each a plain script from top to bottom."""
