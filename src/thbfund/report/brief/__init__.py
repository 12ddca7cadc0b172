"""PRESENT: a brief for the board or the partners, as DOCX and as printable HTML."""
