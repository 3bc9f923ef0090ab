"""How long the professional space keeps what it holds: five years after the agreement, and less for what serves less."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from portals.accounts.models import Space
from portals.declarations import Purpose
from privacy.erasure.registry import Target
from privacy.erasure.rules import Relation
from privacy.retention.registry import RowRule, SubjectRule, register
from privacy.retention.sources import CONTRACT_PRESCRIPTION, FIVE_YEARS, LOGGING, ONE_YEAR, PRESCRIPTION
from providers.agreements.models import Agreement, Professional

NOBODY = 0
"""The number of no account: those of a practice go by their own rule."""


def agreed_until(last: datetime.date, using: str) -> QuerySet[Professional]:
    """Professionals whose every agreement had ended by this day."""
    agreements = Agreement.objects.using(using).filter(professional_id=OuterRef("pk"))
    goes_on = agreements.filter(Q(end_date=None) | Q(end_date__gt=last))
    return Professional.objects.using(using).filter(Exists(agreements), ~Exists(goes_on))


def targets(keys: Sequence[Any], using: str) -> list[Target]:
    """The practices. The accounts of those who worked there go by their own rule."""
    return [Target(space=Space.PROFESSIONAL, subject_id=NOBODY, tenant_id=keys[0], tenant_ids=tuple(keys))]


register(
    RowRule(
        code="providers.delegations", label="Invitations restées sans suite", purpose=Purpose.SECURITY, source=LOGGING,
        delay=ONE_YEAR, after="la fin de l’invitation", model="providers.Delegation", where=Q(accepted_at=None),
        counted=Coalesce("revoked_at", "expires_at"),
    ),
    RowRule(
        code="providers.rights_lookups", label="Vérifications de droits", purpose=Purpose.RIGHTS_LOOKUP,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la vérification", model="providers.RightsLookup", counted="at",
    ),
    RowRule(
        code="providers.payment_complaints", label="Réclamations sur un paiement", purpose=Purpose.PROOF,
        source=PRESCRIPTION, delay=FIVE_YEARS, after="la réclamation", model="providers.PaymentComplaint",
        counted="opened_at",
    ),
    SubjectRule(
        code="providers.agreements", label="Convention, factures et virements", purpose=Purpose.PROVIDER_PAYMENT,
        source=CONTRACT_PRESCRIPTION, delay=FIVE_YEARS, after="la fin de la convention",
        model="providers.Professional", space=Space.PROFESSIONAL, rows=agreed_until, targets=targets,
        relation=lambda last, _day: Relation(ended_on=last),
        samples=(Target(space=Space.PROFESSIONAL, subject_id=1, tenant_id=1, accounts=(), is_over=True),),
    ),
)  # fmt: skip
