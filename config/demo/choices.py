"""What the demo's people have chosen about their data: the demo member's ledger has some history."""

import datetime

from django.utils import timezone

from members.households.models import Person
from members.populate.cast import PERSONS
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from privacy.consents.models import Choice, Purpose

LINES = (
    (620, "institutional", "email", "given"),
    (620, "institutional", "post", "given"),
    (620, "newsletter", "email", "given"),
    (410, "offers", "email", "given"),
    (395, "offers", "email", "withdrawn"),
    (210, "surveys", "email", "given"),
)
"""Days ago, and the line."""


def fill_choices() -> bool:
    """Write them once; says whether they were missing."""
    with isolation.system():
        person = Person.objects.get(person_ref=PERSONS["member"])
        grant = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id=person.pk).first()
        if grant is None or Choice.objects.filter(subject_id=person.pk, space=Space.MEMBER).exists():
            return False
        purposes = {purpose.code: purpose for purpose in Purpose.objects.all()}
        for days, code, channel, decision in LINES:
            Choice.objects.create(
                space=Space.MEMBER, tenant_id=person.household_id, subject_id=person.pk, purpose=purposes[code],
                text=purposes[code].texts.order_by("number")[0], channel=channel, decision=decision, capacity="self",
                way="space", by_account=grant.account_id, at=timezone.now() - datetime.timedelta(days=days),
            )  # fmt: skip
    return True
