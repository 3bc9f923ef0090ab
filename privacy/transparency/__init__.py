"""Transparency logs as others write them (RFC 6962, C2SP): pure, and nothing of Django, for settings read it too."""
