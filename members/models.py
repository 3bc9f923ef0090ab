"""The face of the app: Django finds the rooms' models here."""

from members.benefits.differences.models import AmountDifference, RecomputingMark
from members.benefits.models import ActCode, ActFamily, ActTariff, BenefitLine, LawParameter
from members.card.models import Card, CardConvention, CardDomain, ConventionType
from members.coverage.models import Cover, Guarantee, Plan, Policy
from members.households.models import Household, Person
from members.noemie.models import NoemieLink
from members.representation.models import Representation
from members.statements.models import Statement, StatementDelivery

__all__ = [
    "ActCode",
    "ActFamily",
    "ActTariff",
    "AmountDifference",
    "BenefitLine",
    "Card",
    "CardConvention",
    "CardDomain",
    "ConventionType",
    "Cover",
    "Guarantee",
    "Household",
    "LawParameter",
    "NoemieLink",
    "Person",
    "Plan",
    "Policy",
    "RecomputingMark",
    "Representation",
    "Statement",
    "StatementDelivery",
]
