"""The face of the app: Django finds the rooms' models here."""

from privacy.audit.models import Entry, FieldChange, Seal
from privacy.breaches.models import Incident
from privacy.watch.models import Anomaly

__all__ = ["Anomaly", "Entry", "FieldChange", "Incident", "Seal"]
