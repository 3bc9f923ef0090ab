"""The face of the app: Django finds the rooms' models here."""

from providers.agreements.models import Agreement, Professional
from providers.directory.models import Listing, Place

__all__ = ["Agreement", "Listing", "Place", "Professional"]
