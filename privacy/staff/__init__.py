"""The year of whoever works here: the charter, awareness, the review of access rights, and the homes of their roles."""
