"""The e-mails of a request: that something happened, not what. The number designates nobody."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.quotes.requests.models import CareRequest
from portals.accounts.models import AccountState, Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TOLD = "care_request.told"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Words:
    """The sentence that says what has happened is the subject of the e-mail too."""

    subject: str
    details: str


WORDS = {
    Told.RECEIVED: Words(
        "Nous avons bien reçu votre demande",
        "La date à laquelle nous vous répondons, et la suite, sont dans votre espace.",
    ),
    Told.INCOMPLETE: Words(
        "Un document manque à votre demande",
        "Votre espace dit lequel\u202f; ajoutez-le, une photo suffit, et la demande reprend son cours.",
    ),
    Told.ANSWERED: Words(
        "Nous avons répondu à votre demande",
        "La réponse, sa raison et ce que vous pouvez faire ensuite sont dans votre espace.",
    ),
}


def tell(request: CareRequest, what: Told) -> None:
    """Promise the e-mail of a step, inside its transaction."""
    key = f"{request.pk}-{what}-{int(timezone.now().timestamp())}"
    enqueue(TOLD, key=key, subject_id=request.pk, priority=Priority.ASKED)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """To whoever asked, unless their account has gone."""
    request = CareRequest.objects.select_related("account").get(pk=job.subject_id)
    account = request.account
    if not account.is_active or account.state == AccountState.CLOSED:
        return None
    return compose(
        to=account.email,
        subject=(words := WORDS[Told(job.key.split("-")[1])]).subject,
        template="members/quotes/requests/emails/step",
        space=Space.MEMBER,
        path=reverse("members:care_request", args=[request.pk]),
        context={"words": words, "number": request.number},
    )
