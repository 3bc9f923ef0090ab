"""The face of the app: Django finds the rooms' models here."""

from employers.companies.models import Company, GroupContract

__all__ = ["Company", "GroupContract"]
