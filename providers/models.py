"""The face of the app: Django finds the rooms' models here."""

from providers.agreements.models import Agreement, Professional

__all__ = ["Agreement", "Professional"]
