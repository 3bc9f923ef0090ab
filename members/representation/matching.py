"""The worker's part: who was designated by a request, and what happens by itself when an account opens."""

import datetime

from django.utils import timezone

from members.households.models import Person
from members.households.signup import persons_named
from members.representation.actions import MATCH, claim_of
from members.representation.emails import Told, tell
from members.representation.grants import open_grants, recognise_parents
from members.representation.models import Representation, State
from portals.accounts.models import Account, Space
from portals.jobs import Job, enqueue, handler
from portals.names import folded_name
from portals.signals import operation
from privacy.audit import record

PARENTS = "representation.parents"


@handler(MATCH)
def match(job: Job) -> None:
    """Find the one person with this member number, birth date and name; staff see whether somebody was found.

    The applicant is told the same in both cases, and so is nobody else when nobody was.
    """
    representation = Representation.objects.select_for_update(of=("self",)).filter(pk=job.subject_id).first()
    if representation is None or representation.state != State.ASKED or representation.person_id is not None:
        return
    found = _designated(claim_of(representation))
    if len(found) != 1:
        record(
            "representation.unmatched",
            by=None,
            object_kind="representation",
            object_id=representation.pk,
            result="refused",
        )
        return
    representation.person = found[0]
    representation.household_id = found[0].household_id
    representation.save(update_fields=["person", "household"])
    tell(representation, Told.ASKED_FOR)
    details = {"person": found[0].pk}
    record(
        "representation.matched", by=None, object_kind="representation", object_id=representation.pk, details=details
    )


def _designated(claim: dict[str, str]) -> list[Person]:
    """Those who answer to what was typed; the given name tells twins apart."""
    born = datetime.date.fromisoformat(claim["birth_date"])
    found = persons_named(claim["member_number"], born, claim["family_name"])
    wanted = folded_name(claim["given_name"])
    return [person for person in found if wanted and folded_name(person.given_names).startswith(wanted)]


@handler(PARENTS)
def recognise(job: Job) -> None:
    """A new account of a member: the children under 16 of the household come with it."""
    recognise_parents(today=timezone.localdate(), now=timezone.now(), account_id=job.subject_id)
    open_grants(today=timezone.localdate(), account_id=job.subject_id)


def on_operation(*, action: str, by: Account | None, **_rest: object) -> None:
    """An account of the member space has just been validated."""
    if action == "account.validated" and by is not None and by.space == Space.MEMBER:
        enqueue(PARENTS, key=str(by.pk), subject_id=by.pk)


operation.connect(on_operation, dispatch_uid="members.representation.parents")
