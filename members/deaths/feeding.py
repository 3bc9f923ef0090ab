"""What the portfolio says of deaths: a policy that ends for this reason, on that day, is its member's.

No feed has a column for it, and none is invented: `end_reason` of a policy is words of the management. People verify, as
for any declaration (`privacy.deaths.verifying`).
"""

import datetime

from django.db.models import Q
from django.utils import timezone

from members.coverage.models import Policy
from members.households.models import Person, Role
from portals import jobs
from portals.accounts.models import Space
from portals.signals import operation
from privacy.consents.holders import Holder
from privacy.deaths.declaring import declare_of
from privacy.deaths.models import Way

DECLARE = "deaths.declare"
SAID = ("décès", "deces", "décès de l’adhérent", "décès de l'adhérent", "deces adherent", "décès adhérent")
"""How the management writes it, whatever the case."""
RECENT = datetime.timedelta(days=400)
"""Older ends were dealt with when they happened: a first load of the portfolio declares no past."""


def on_operation(*, action: str, object_kind: str, object_id: int | str, **_rest: object) -> None:
    """Receiver of `portals.signals.operation`, in the feed's transaction."""
    if action == "feed.loaded" and object_kind == "feed.policies":
        jobs.enqueue(DECLARE, key=str(object_id), subject_id=int(object_id), priority=jobs.Priority.BATCH)


@jobs.handler(DECLARE)
def declare_deaths(_job: jobs.Job) -> None:
    """Declare the deaths that policies tell and nobody has declared yet."""
    words = Q(end_reason__iexact=SAID[0])
    for said in SAID[1:]:
        words |= Q(end_reason__iexact=said)
    today = timezone.localdate()
    ended = Policy.objects.filter(words, end_date__lte=today, end_date__gt=today - RECENT).order_by("pk")
    for household, died_on in ended.values_list("household_id", "end_date"):
        member = Person.objects.filter(household=household, role=Role.MEMBER).order_by("rank", "pk").first()
        if member is not None and died_on is not None:
            whom = Holder(Space.MEMBER, member.pk, household)
            declare_of(way=Way.MANAGEMENT, by=None, holder=whom, died_on=died_on)


operation.connect(on_operation, dispatch_uid="members.deaths.feeding")
