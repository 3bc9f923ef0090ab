"""« Mon historique »: what was done and consulted through an account, month by month, and the proof of each entry."""
