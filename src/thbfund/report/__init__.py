"""PRESENT: reports for people and programs: JSON, Markdown, CSV, terminal."""
