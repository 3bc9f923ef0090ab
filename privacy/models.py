"""The face of the app: Django finds the rooms' models here."""

from privacy.audit.models import Entry

__all__ = ["Entry"]
