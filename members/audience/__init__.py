"""Whom a campaign may be for among the members, by facts of their contract (PDP-5.1)."""
