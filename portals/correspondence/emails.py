"""The e-mails of a thread: that something came in, not what. They name the number, which designates nobody."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import Account, AccountState
from portals.correspondence.models import Kind, Thread
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TOLD = "correspondence.told"


class Step(StrEnum):
    """What has happened. The value is a part of the job's key."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Words:
    """The sentence that says what has happened is the subject of the e-mail too."""

    subject: str
    details: str


WORDS = {
    (Kind.COMPLAINT, Step.RECEIVED): Words(
        "Nous avons bien reçu votre réclamation",
        "Nous en accusons réception sous dix jours ouvrables et y répondons dans les deux mois. Votre copie datée, les "
        "échéances et la suite sont dans votre espace.",
    ),
    (Kind.COMPLAINT, Step.ACKNOWLEDGED): Words(
        "Votre réclamation est à l’étude",
        "L’accusé de réception et la date à laquelle nous vous répondons au plus tard sont dans votre espace.",
    ),
    (Kind.COMPLAINT, Step.ANSWERED): Words(
        "Nous avons répondu à votre réclamation",
        "La réponse motivée, et ce que vous pouvez faire si elle ne vous convient pas, sont dans votre espace.",
    ),
    (Kind.MESSAGE, Step.RECEIVED): Words(
        "Nous avons bien reçu votre message",
        "Nous y répondons sous deux jours ouvrables, dans votre espace.",
    ),
    (Kind.MESSAGE, Step.ANSWERED): Words(
        "Une réponse vous attend",
        "Elle est dans votre espace.",
    ),
}


def tell(thread: Thread, step: Step) -> None:
    """Promise the e-mail of a step, in its transaction. Each answer of a thread has its own."""
    key = f"{thread.pk}-{step}-{thread.messages.count()}"
    enqueue(TOLD, key=key, subject_id=thread.pk, priority=Priority.ASKED)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """To whoever wrote, unless their account has gone."""
    thread = Thread.objects.select_related("account").get(pk=job.subject_id)
    account: Account = thread.account
    if not account.is_active or account.state == AccountState.CLOSED:
        return None
    words = WORDS[Kind(thread.kind), Step(job.key.split("-")[1])]
    name = "portals:complaint" if thread.kind == Kind.COMPLAINT else "portals:message"
    return compose(
        to=account.email,
        subject=words.subject,
        template="portals/correspondence/emails/step",
        space=account.space,
        path=reverse(name, args=[thread.number]),
        context={"words": words, "number": thread.number},
    )
