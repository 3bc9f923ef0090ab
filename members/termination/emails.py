"""What the member is told of a termination: that something happened. Dates and contracts stay in the space."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse

from members.termination.models import Termination
from portals.accounts.models import AccountState, Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TOLD = "termination.told"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    RECEIVED = "received"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    DONE = "done"


@dataclass(frozen=True)
class Words:
    subject: str
    sentence: str
    details: str


WORDS = {
    Told.RECEIVED: Words(
        "Nous avons reçu votre demande de résiliation",
        "Nous avons bien reçu votre demande de résiliation.",
        "Votre espace dit le dernier jour de votre contrat, donne la confirmation en PDF, et permet d’annuler jusqu’à "
        "ce jour.",
    ),
    Told.CANCELLED: Words(
        "Votre demande de résiliation est annulée",
        "Votre demande de résiliation est annulée.",
        "Votre contrat continue comme avant.",
    ),
    Told.REFUSED: Words(
        "Votre demande de résiliation ne peut pas aboutir",
        "Nous ne pouvons pas donner suite à votre demande de résiliation.",
        "La raison, et ce qui reste possible, sont dans votre espace.",
    ),
    Told.DONE: Words(
        "Votre contrat a pris fin",
        "Votre contrat a pris fin, comme vous l’aviez demandé.",
        "Votre espace reste ouvert deux ans en lecture\u00a0: vous y trouvez vos relevés et une attestation de fin de "
        "couverture.",
    ),
}


def tell(termination: Termination, what: Told) -> None:
    """Promise the message of a step, once, in its transaction."""
    enqueue(TOLD, key=f"{termination.pk}.{what}", subject_id=termination.pk, priority=Priority.ASKED)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """To the account that asked."""
    account = Termination.objects.select_related("asked_by").get(pk=job.subject_id).asked_by
    if not account.is_active or account.state == AccountState.CLOSED:
        return None
    words = WORDS[Told(job.key.split(".")[1])]
    return compose(
        to=account.email,
        subject=words.subject,
        template="members/termination/emails/step",
        space=Space.MEMBER,
        path=reverse("members:terminations"),
        context={"words": words},
    )
