"""Asking people what they think of the uses of their data (PDP-1.6): optional, and anonymous for whoever keeps the database.

docs/decisions/consultations.md says how an answer is kept apart from the account that gave it.
"""
