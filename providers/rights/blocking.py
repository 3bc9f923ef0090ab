"""Stopping the verification of rights for a practice: every account of it, at once, until staff lift it (PDP-7.6)."""

import datetime

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from portals.access.automatic import stop_service
from portals.access.models import Grant, Restriction
from portals.accounts.models import Account, Space
from portals.jobs import Priority, enqueue
from portals.signals import announce
from providers.agreements.models import Professional
from providers.rights.models import RightsLookup
from providers.rights.rules import WORDS, Pattern

SERVICE = "professional.rights"
BLOCKED = "rights.blocked"


def block(*, by: Account, professional: Professional, lookup: RightsLookup, pattern: Pattern) -> str:
    """Suspend the service for the accounts of the practice, open an incident, tell the practice; returns the reason.

    Call it in the transaction of the question that crossed the line.
    """
    reason = (
        f"Nous avons vu {WORDS[pattern]}. Pour protéger les personnes que nous couvrons, la vérification des droits"
        f" s’arrête pour tous les comptes de votre cabinet, le temps d’en parler avec vous. Appelez-nous"
        f" au\u00a0{settings.ORGANISATION_FACTS.phone}."
    )
    grants = Grant.objects.filter(space=Space.PROFESSIONAL, tenant_id=professional.pk)
    open_grants = grants.open_on(timezone.localdate()).select_related("account").order_by("account_id")
    accounts = {grant.account_id: grant.account for grant in open_grants}
    stop_service(accounts=list(accounts.values()), service=SERVICE, reason=reason)
    announce(
        "rights.abuse_found",
        by=by,
        object_kind="professional",
        object_id=professional.pk,
        details={
            "incident": f"DR-{timezone.localdate(lookup.at).year}-{lookup.pk}",
            "pattern": pattern.value,
            "accounts": len(accounts),
        },
    )
    enqueue(BLOCKED, key=str(lookup.pk), subject_id=professional.pk, priority=Priority.ASKED)
    return reason


def standing_blocks(professional_id: int) -> QuerySet[Restriction]:
    """What stops the service for the practice today, whichever of its accounts it names: a new account is no way in."""
    open_grants = Grant.objects.filter(space=Space.PROFESSIONAL, tenant_id=professional_id).open_on(
        timezone.localdate()
    )
    standing = Restriction.objects.in_force(timezone.now()).filter(services=[SERVICE], by=None)
    return standing.filter(account__in=open_grants.values("account")).order_by("begins_at")


def last_block_of(professional_id: int) -> datetime.datetime | None:
    """When the service was last stopped for the practice; None when it never was."""
    accounts = Grant.objects.filter(space=Space.PROFESSIONAL, tenant_id=professional_id).values("account")
    stopped = Restriction.objects.filter(account__in=accounts, services=[SERVICE], by=None)
    last: datetime.datetime | None = stopped.aggregate(last=Max("begins_at"))["last"]
    return last
