"""The face of the app: Django finds the rooms' models here."""

from members.beneficiaries.models import (
    BeneficiaryRequest,
    BeneficiaryRule,
    KeptChild,
    LimitNotice,
    RequestStep,
)
from members.benefits.differences.models import AmountDifference, RecomputingMark
from members.benefits.models import ActCode, ActFamily, ActTariff, BenefitLine, LawParameter
from members.card.models import Card, CardConvention, CardDomain, ConventionType
from members.contributions.models import ContributionTerm, Instalment
from members.coordinates.models import ContactChange
from members.coverage.models import Cover, Guarantee, Plan, Policy
from members.households.choices.models import CareChoice, ParentalAuthority
from members.households.models import Household, Person
from members.library.models import LegalDocument
from members.noemie.models import NoemieLink
from members.portability.models import IndividualOffer, Portability, UnemploymentProof
from members.quotes.models import Simulation
from members.quotes.requests.models import CareRequest
from members.representation.models import Representation
from members.rights.models import RightsLook
from members.statements.models import Statement, StatementDelivery, StatementIssue
from members.termination.models import Termination

__all__ = [
    "ActCode",
    "ActFamily",
    "ActTariff",
    "AmountDifference",
    "BeneficiaryRequest",
    "BeneficiaryRule",
    "BenefitLine",
    "Card",
    "CardConvention",
    "CardDomain",
    "CareChoice",
    "CareRequest",
    "ContactChange",
    "ContributionTerm",
    "ConventionType",
    "Cover",
    "Guarantee",
    "Household",
    "IndividualOffer",
    "Instalment",
    "KeptChild",
    "LawParameter",
    "LegalDocument",
    "LimitNotice",
    "NoemieLink",
    "ParentalAuthority",
    "Person",
    "Plan",
    "Policy",
    "Portability",
    "RecomputingMark",
    "Representation",
    "RequestStep",
    "RightsLook",
    "Simulation",
    "Statement",
    "StatementDelivery",
    "StatementIssue",
    "Termination",
    "UnemploymentProof",
]
