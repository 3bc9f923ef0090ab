"""The face of the app: Django finds the rooms' models here."""

from privacy.audit.models import Entry, FieldChange, Seal
from privacy.breaches.models import Incident

__all__ = ["Entry", "FieldChange", "Incident", "Seal"]
