"""The breach of personal data: its facts, its risk, its clock, its file for the authority, its register (RGPD, art. 33)."""
