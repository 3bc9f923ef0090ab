"""Stopping the verification of rights for a practice: every account of it, at once, until staff lift it (PDP-7.6)."""

import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from portals.access.automatic import stop_service
from portals.access.models import Grant, GrantQuerySet, Restriction
from portals.accounts.models import Account, Space
from portals.jobs import Priority, enqueue
from portals.signals import announce
from providers.rights.rules import WORDS, Pattern

SERVICE = "professional.rights"
BLOCKED = "rights.blocked"


def block(*, by: Account, professional_id: int, lookup_id: int, at: datetime.datetime, pattern: Pattern) -> str:
    """Suspend the service for the accounts of the practice, open an incident, tell the practice; returns the reason.

    Call it in the transaction of the question that crossed the line, asked `at` this instant.
    """
    reason = (
        f"Nous avons vu {WORDS[pattern]}. Pour protéger les personnes que nous couvrons, la vérification des droits"
        f" s’arrête pour tous les comptes de votre cabinet, le temps d’en parler avec vous. Appelez-nous"
        f" au\u00a0{settings.ORGANISATION_FACTS.phone}."
    )
    grants = _grants_of(professional_id).open_on(timezone.localdate()).select_related("account")
    accounts = {grant.account_id: grant.account for grant in grants.order_by("account_id")}
    stop_service(accounts=list(accounts.values()), service=SERVICE, reason=reason)
    announce(
        "rights.abuse_found",
        by=by,
        object_kind="professional",
        object_id=professional_id,
        details={
            "incident": f"DR-{timezone.localdate(at).year}-{lookup_id}",
            "pattern": pattern.value,
            "accounts": len(accounts),
        },
    )
    enqueue(BLOCKED, key=str(lookup_id), subject_id=professional_id, priority=Priority.ASKED)
    return reason


def standing_blocks(professional_id: int) -> QuerySet[Restriction]:
    """What stops the service for the practice today, whichever of its accounts it names: a new account is no way in."""
    open_grants = _grants_of(professional_id).open_on(timezone.localdate())
    standing = Restriction.objects.in_force(timezone.now()).filter(services=[SERVICE], by=None)
    return standing.filter(account__in=open_grants.values("account")).order_by("begins_at")


def _grants_of(professional_id: int) -> GrantQuerySet:
    """Of every account of the practice, past ones included: its subject is the professional, as its tenant is."""
    return Grant.objects.filter(space=Space.PROFESSIONAL, subject_id=professional_id, tenant_id=professional_id)
