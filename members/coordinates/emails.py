"""Who is told of a change of address or telephone: the account, and the e-mail address on file. No word of what it is."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.coordinates.models import ContactChange
from members.statements.queries import account_of_recipient
from portals.accounts.models import Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TOLD = "coordinates.contact_told"
ACCOUNT, ASKER, ON_FILE = "account", "asker", "file"


def tell(change: ContactChange) -> None:
    """Promise one message to each address, in the transaction of the change."""
    moment = "undone" if change.undone_at else "changed"
    addresses = {address_of(change, end).casefold(): end for end in (ON_FILE, ASKER, ACCOUNT)}
    for address, end in addresses.items():
        if address:
            enqueue(TOLD, key=f"{change.reference}.{moment}.{end}", subject_id=change.pk, priority=Priority.ASKED)


def address_of(change: ContactChange, end: str) -> str:
    """The person's own account, whoever made the change, or the address on file; empty when there is none."""
    if end == ON_FILE:
        return change.person.email
    if end == ASKER:
        return change.changed_by.email
    account = account_of_recipient(change.person_id, day=timezone.localdate())
    return account.email if account else ""


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """What happened, to one contact."""
    change = ContactChange.objects.select_related("person", "changed_by").get(pk=job.subject_id)
    _reference, moment, end = job.key.split(".")
    address = address_of(change, end)
    if not address:
        return None
    return compose(
        to=address,
        subject="Vos coordonnées ont été modifiées" if moment == "changed" else "Vos coordonnées sont rétablies",
        template="members/coordinates/emails/contact",
        space=Space.MEMBER,
        path=reverse("members:coordinates"),
        context={"is_undone": moment == "undone"},
    )
