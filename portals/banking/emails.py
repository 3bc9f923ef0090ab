"""The messages about a change of account: what happened and what to do, never an account, a name or a bank."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from portals.banking.actions import token_of
from portals.banking.models import BankChange
from portals.banking.notices import TOLD, Told, address_of
from portals.banking.payees import payee_of
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@dataclass(frozen=True)
class Words:
    subject: str
    sentence: str
    details: str


WORDS = {
    Told.ASKED: Words(
        "Un changement de compte bancaire est demandé",
        "Un changement de compte bancaire vient d’être demandé dans votre espace.",
        "Il prend effet dans 48\u00a0heures. D’ici là, un clic suffit pour l’annuler.",
    ),
    Told.APPROVED: Words(
        "Un changement de compte bancaire est approuvé",
        "Une seconde personne vient d’approuver le changement de compte bancaire demandé dans votre espace.",
        "Il prend effet dans 48\u00a0heures. D’ici là, un clic suffit pour l’annuler.",
    ),
    Told.CANCELLED: Words(
        "Le changement de compte bancaire est annulé",
        "Le changement de compte bancaire de votre espace est annulé.",
        "Vos paiements arrivent là où ils arrivaient.",
    ),
    Told.DONE: Words(
        "Votre compte bancaire a changé",
        "Le compte bancaire enregistré dans votre espace vient de changer.",
        "Les prochains paiements y arriveront.",
    ),
}
TO_APPROVE = Words(
    "Un changement de compte bancaire est à approuver",
    "Un changement de compte bancaire vient d’être demandé dans votre espace.",
    "Une autre personne doit l’approuver sous quatorze jours\u202f; il prend effet 48\u00a0heures après. "
    "D’ici là, un clic suffit pour l’annuler.",
)
CANCELLABLE = (Told.ASKED, Told.APPROVED)


@mail_handler(TOLD)
def told(job: Job) -> EmailMessage | None:
    """To one contact; nothing when the change was settled before the message that announces it could leave."""
    change = BankChange.objects.select_related("asked_by").get(pk=job.subject_id)
    _reference, what, end = job.key.split(".")
    address = address_of(change, end)
    if not address or (what in CANCELLABLE and not change.is_pending):
        return None
    cancel = settings.SITE_ADDRESS.rstrip("/") + cancel_path(change) if what in CANCELLABLE else ""
    words = TO_APPROVE if what == Told.ASKED and change.approve_by else WORDS[Told(what)]
    return compose(
        to=address,
        subject=words.subject,
        template="portals/banking/emails/change",
        space=change.space,
        path=reverse(payee_of(change.space).page),
        context={"words": words, "cancel_url": cancel},
    )


def cancel_path(change: BankChange) -> str:
    """The address of the page that cancels, for the old and the new contacts."""
    return reverse("portals:bank_change_link", kwargs={"reference": change.reference, "token": token_of(change)})
