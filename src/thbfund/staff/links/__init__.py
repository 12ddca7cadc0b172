"""CHECK LINKS: addresses of the catalogue -> asked, politely -> valid, moved, gone or uncertain."""
