"""« Signaler une erreur »: what a page says wrong, and what became of it (CGU-5.1)."""
