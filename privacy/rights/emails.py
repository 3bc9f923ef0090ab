"""The e-mails of a request: that something happened, never what was asked nor answered. And the officer's reminders."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import AccountState
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose
from privacy.rights.doubts import LinkUse, RightsLink
from privacy.rights.links import make_link, path_of
from privacy.rights.models import RightsRequest
from privacy.rights.rules import Reminder
from privacy.rights.sealing import claim_of

TOLD = "rights.told"
REMIND = "rights.remind"
ON_FILE = "email_on_file"
"""In the claim: the address of the member's record, where the link that confirms goes."""


class Step(StrEnum):
    """What has happened. The value is a part of the job's key."""

    RECEIVED = "received"
    CONFIRM = "confirm"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Words:
    """The subject is the first sentence too. `action`: the button, when a link of single use is behind it."""

    subject: str
    details: str
    action: str = ""


WORDS = {
    Step.RECEIVED: Words(
        "Nous avons bien reçu votre demande sur vos données",
        "Le délégué à la protection des données vous répond dans le mois. C’est gratuit.",
    ),
    Step.CONFIRM: Words(
        "Une demande sur vos données attend votre confirmation",
        "Quelqu’un qui connaît votre numéro d’adhérent a rempli notre formulaire. Si c’est vous, un clic confirme votre "
        "identité, sans document à fournir. Sinon, ne faites rien\u00a0: rien ne sera communiqué.",
        "Confirmer ma demande",
    ),
    Step.PAUSED: Words(
        "Il nous faut vérifier votre identité",
        "Avant de répondre à votre demande, nous devons être sûrs qu’elle vient bien de vous. La raison et la façon de "
        "faire sont derrière ce bouton. Le délai de réponse attend votre envoi, et le document est détruit dès qu’il est "
        "vérifié.",
        "Envoyer un justificatif",
    ),
    Step.RESUMED: Words(
        "Votre identité est confirmée",
        "Si vous aviez envoyé un document, il est détruit. Votre demande suit son cours.",
    ),
    Step.EXTENDED: Words(
        "Nous avons besoin de plus de temps pour vous répondre",
        "La loi le permet une fois, pour deux mois, en vous disant pourquoi\u00a0: la raison et la nouvelle date sont derrière "
        "ce bouton.",
        "Lire la raison",
    ),
    Step.ANSWERED: Words(
        "Nous avons répondu à votre demande sur vos données",
        "La réponse dit aussi ce que vous pouvez faire si elle ne vous convient pas.",
        "Lire la réponse",
    ),
}
LINKS = {
    Step.CONFIRM: LinkUse.CONFIRM,
    Step.PAUSED: LinkUse.PROOF,
    Step.ANSWERED: LinkUse.ANSWER,
    Step.EXTENDED: LinkUse.FOLLOW,
}
SERVE_ONCE = {Step.CONFIRM, Step.PAUSED, Step.ANSWERED}
REMINDERS = {
    Reminder.FIRST: "Une demande de droit est à répondre sous dix jours",
    Reminder.LAST: "Une demande de droit est à répondre sous trois jours",
    Reminder.LATE: "Une demande de droit est en retard",
}


def tell(request: RightsRequest, step: Step) -> None:
    """Promise the e-mail of a step, in its transaction. Somebody without an account gets a link for what they do next.

    Links are made in the system's context, in which those who have no account are served.
    """
    end = ""
    if step in LINKS and request.account_id is None:
        end = make_link(request, LINKS[step]).reference
    times = f"{request.pauses.count()}" if step in {Step.PAUSED, Step.RESUMED} else ""
    key = f"{request.pk}-{step}-{end or times}"
    enqueue(TOLD, key=key, subject_id=request.pk, priority=Priority.ASKED)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """To whoever asked; nothing to those who gave no address: their letters are printed."""
    request = RightsRequest.objects.select_related("account").get(pk=job.subject_id)
    _pk, name, end = job.key.split("-")
    step = Step(name)
    address = address_of(request, step)
    if not address:
        return None
    words = WORDS[step]
    return compose(
        to=address,
        subject=words.subject,
        template="privacy/rights/emails/step",
        space=request.space if request.account else "",
        path=_path(request, step, end),
        context={
            "words": words,
            "number": request.number,
            "by_link": request.account is None,
            "serves_once": step in SERVE_ONCE,
        },
    )


def address_of(request: RightsRequest, step: Step) -> str:
    """The account's address while it opens; the one on file once it was recognised; the one that was typed."""
    account = request.account
    if account is not None and account.is_active and account.state != AccountState.CLOSED:
        return account.email
    claim = claim_of(request)
    if step == Step.CONFIRM or request.identity == "on_file":
        return claim.get(ON_FILE, "")
    return claim.get("email", "")


def _path(request: RightsRequest, step: Step, link_reference: str) -> str:
    if request.account is not None:
        return reverse("privacy:request", args=[request.number])
    if step in LINKS and (link := RightsLink.objects.filter(reference=link_reference).first()) is not None:
        return path_of(link)
    return reverse("portals:dpo")


@mail_handler(REMIND)
def remind(job: Job) -> EmailMessage | None:
    """To the data protection officer: the number, which designates nobody, and the way to it."""
    request = RightsRequest.objects.get(pk=job.subject_id)
    if not request.is_pending:
        return None
    subject = REMINDERS[Reminder(job.key.split("-")[1])]
    return compose(
        to=settings.ORGANISATION_FACTS.dpo_email,
        subject=subject,
        template="privacy/rights/emails/reminder",
        space="gestion",
        path=reverse("admin:privacy_rightsrequest_change", args=[request.pk]),
        context={"sentence": subject, "number": request.number, "due_on": request.due_on},
    )
