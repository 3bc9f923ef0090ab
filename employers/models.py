"""The face of the app: Django finds the rooms' models here."""

from employers.companies.models import Company, GroupContract
from employers.users.models import Invitation, Mandate

__all__ = ["Company", "GroupContract", "Invitation", "Mandate"]
