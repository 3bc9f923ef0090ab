"""The face of the app: Django finds the rooms' models here."""

from privacy.audit.models import Entry, FieldChange, Seal
from privacy.breaches.models import Incident
from privacy.campaigns.models import Campaign, CampaignMessage
from privacy.consents.models import Choice, Purpose, PurposeText
from privacy.watch.models import Anomaly

__all__ = [
    "Anomaly",
    "Campaign",
    "CampaignMessage",
    "Choice",
    "Entry",
    "FieldChange",
    "Incident",
    "Purpose",
    "PurposeText",
    "Seal",
]
