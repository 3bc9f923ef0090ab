"""The face of the app: Django finds the rooms' models here."""

from employers.companies.models import Company, GroupContract
from employers.contributions.models import ContributionLine, ContributionSlip, LineDispute
from employers.users.models import Invitation, Mandate

__all__ = [
    "Company",
    "ContributionLine",
    "ContributionSlip",
    "GroupContract",
    "Invitation",
    "LineDispute",
    "Mandate",
]
