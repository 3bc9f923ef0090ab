"""Who verified the rights of the demo's member and children, and what the demo's practice asked lately."""

import datetime

from django.utils import timezone

from members.households.models import Person
from members.rights.models import RightsLook
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.secrets import blind_index
from portals.signals import Concerned
from privacy.audit import record
from providers.agreements.models import Professional
from providers.agreements.signup import practice_of
from providers.rights.actions import NUMBER_PLACE
from providers.rights.models import RightsLookup
from providers.rights.rules import reference_of

LOOKS = ((2, 0, 17), (9, 2, 4), (31, 1, 88), (64, 2, 12), (120, 0, 31))
"""Days ago, which person of the household (by rank), which answer of the practice's day."""
LOOKUPS = ((0, True), (0, True), (0, False), (1, True), (1, True), (4, True))
"""Days ago, and whether rights were found."""


def write_looks(account: Account) -> None:
    """Looks of five practices, over the last months. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    if grant is None:
        return
    persons = list(Person.objects.filter(household=grant.tenant_id).order_by("rank"))
    practices = list(Professional.objects.order_by("id")[: len(LOOKS)])
    now = timezone.now()
    for (days, rank, answer), practice in zip(LOOKS, practices, strict=False):
        at = now - datetime.timedelta(days=days, minutes=7 * answer)
        day = timezone.localdate(at)
        RightsLook.objects.create(
            household_id=grant.tenant_id, person=persons[rank % len(persons)], at=at, on_day=day,
            reference=reference_of(day, answer), practice_name=practice_of(practice), profession=practice.profession,
            place=practice.city,
        )  # fmt: skip


def write_staff_looks(account: Account, agent: Account) -> None:
    """What the demo's agent looked at to answer the member, as pages of staff note it. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    if grant is None:
        return
    whose = Concerned(frozenset([grant.subject_id]), frozenset([account.pk]))
    for thing, motive in (("account", "request"), ("thread", "request"), ("beneficiaryrequest", "check")):
        record("gestion.consulted", by=agent, object_kind=thing, details={"motive": motive}, concerned=whose)


def write_lookups(account: Account, _agent: Account) -> None:
    """The last references of the demo's practice. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    if grant is None:
        return
    ranks: dict[datetime.date, int] = {}
    for row, (days, found) in enumerate(LOOKUPS):
        at = timezone.now() - datetime.timedelta(days=days, minutes=len(LOOKUPS) - row)
        day = timezone.localdate(at)
        ranks[day] = ranks.get(day, 0) + 1
        RightsLookup.objects.create(
            professional_id=grant.tenant_id, account_id=account.pk, at=at, on_day=day, found=found,
            reference=reference_of(day, ranks[day]), number_key=blind_index(NUMBER_PLACE, f"demo {row}"),
        )  # fmt: skip
