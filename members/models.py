"""The face of the app: Django finds the rooms' models here."""

from members.benefits.models import ActCode, ActFamily, ActTariff, BenefitLine
from members.coverage.models import Cover, Guarantee, Plan, Policy
from members.households.models import Household, Person
from members.statements.models import Statement

__all__ = [
    "ActCode",
    "ActFamily",
    "ActTariff",
    "BenefitLine",
    "Cover",
    "Guarantee",
    "Household",
    "Person",
    "Plan",
    "Policy",
    "Statement",
]
