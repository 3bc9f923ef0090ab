"""What the employee is told when their contract ends: that something changed, and where to read it. Nothing else.

To the address of their account, to the one that the mutual has, or to the one that the employer gave.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from employers.terminations.models import EmployeeTermination
from employers.terminations.words import Reason
from members.portability.emails import address_of
from members.statements.queries import account_of_recipient
from portals.accounts.models import Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TOLD = "terminations.told"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    ENDED = "ended"
    CORRECTED = "corrected"
    UNDONE = "undone"


@dataclass(frozen=True)
class Words:
    """The subject says it too; `details` goes on."""

    subject: str
    details: str


WORDS = {
    Told.ENDED: Words(
        "Votre couverture santé change",
        "Ce qui continue, jusqu’à quand, et ce que vous avez à faire pour la garder sont dans votre espace.",
    ),
    Told.CORRECTED: Words(
        "Une date de votre couverture est corrigée", "La date juste et ce qu’elle change sont dans votre espace."
    ),
    Told.UNDONE: Words(
        "Votre couverture santé ne change pas", "L’annonce précédente est annulée\u00a0: rien n’a changé pour vous."
    ),
}


def tell(row: EmployeeTermination, what: Told) -> None:
    """Promise the e-mail, once each; nobody writes to somebody who died."""
    if row.reason != Reason.DEATH:
        enqueue(TOLD, key=f"{row.pk}.{what}", subject_id=row.pk, priority=Priority.ASKED)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """The way to the space; to its door for whoever has no account."""
    row = EmployeeTermination.objects.select_related("affiliation__person").get(pk=job.subject_id)
    words, person = WORDS[Told(job.key.split(".")[1])], row.affiliation.person
    if person is None:
        return None
    account = account_of_recipient(person.pk, day=timezone.localdate())
    address = address_of(person) or row.affiliation.email
    if not address:
        return None
    return compose(
        to=address,
        subject=words.subject,
        template="employers/terminations/emails/step",
        space=Space.MEMBER,
        path=reverse("members:portability" if account else "portals:signup_member"),
        context={"words": words, "has_account": account is not None},
    )
