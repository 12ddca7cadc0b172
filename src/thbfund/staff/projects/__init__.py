"""Projects that public data say were paid for, beside those of `data/evidence/projects.csv`."""
