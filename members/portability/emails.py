"""The e-mails of the room: that something changed, never what nor for whom. Each leads to the space."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.households.models import Person
from members.portability.models import IndividualOffer, Portability
from members.statements.queries import account_of_recipient
from portals.accounts.models import Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

OF_PORTABILITY = "portability.told"
OF_OFFER = "portability.offer_told"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    REMINDER = "reminder"
    NOTICE = "notice"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    RESUMED = "resumed"
    PROVED = "proved"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    OFFERED = "offered"
    OFFER_ASKED = "offer-asked"


@dataclass(frozen=True)
class Words:
    """The subject says it too; `details` goes on."""

    subject: str
    details: str


WORDS = {
    Told.REMINDER: Words(
        "Un document est attendu pour garder votre couverture",
        "Votre espace dit lequel et avant quelle date\u202f; une photographie suffit.",
    ),
    Told.NOTICE: Words(
        "Votre couverture va être suspendue",
        "Un document nous manque toujours. Votre espace dit lequel, et le jour de la suspension\u202f; l’envoyer avant ce "
        "jour l’évite.",
    ),
    Told.SUSPENDED: Words(
        "Votre couverture est suspendue",
        "Elle reprend, sans jour perdu, dès que le document attendu est vérifié. Envoyez-le depuis votre espace.",
    ),
    Told.STOPPED: Words(
        "Votre déclaration est enregistrée",
        "Le dernier jour couvert, et comment revenir en arrière, sont dans votre espace.",
    ),
    Told.RESUMED: Words("Votre couverture reprend", "Votre espace dit jusqu’à quand."),
    Told.PROVED: Words(
        "Votre document est vérifié", "Votre couverture continue. La suite, s’il y en a une, est dans votre espace."
    ),
    Told.INCOMPLETE: Words(
        "Un document manque", "Votre espace dit lequel\u202f; ajoutez-le, avec votre téléphone si vous voulez."
    ),
    Told.REFUSED: Words("Votre document n’est pas accepté", "La raison, et ce qui convient, sont dans votre espace."),
    Told.OFFERED: Words(
        "Une offre pour garder une couverture vous attend",
        "La fin de votre couverture approche. L’offre, sa durée et ses plafonds de prix sont dans votre espace.",
    ),
    Told.OFFER_ASKED: Words(
        "Nous avons reçu votre demande de contrat",
        "Un conseiller vous répond dans vos messages. Rien n’est encore signé.",
    ),
}


def tell(portability: Portability, what: Told) -> None:
    """Promise the e-mail of a step, in its transaction."""
    key = f"{portability.pk}.{what}.{int(timezone.now().timestamp())}"
    enqueue(OF_PORTABILITY, key=key, subject_id=portability.pk, priority=Priority.ASKED)


def tell_offer(offer: IndividualOffer, what: Told) -> None:
    """Promise the e-mail of an offer, once each."""
    enqueue(OF_OFFER, key=f"{offer.pk}.{what}", subject_id=offer.pk, priority=Priority.ASKED)


@mail_handler(OF_PORTABILITY)
def told(job: Job) -> EmailMessage | None:
    """To the person whose contract of employment ended."""
    person = Portability.objects.select_related("person").get(pk=job.subject_id).person
    return message_to(address_of(person), WORDS[Told(job.key.split(".")[1])])


@mail_handler(OF_OFFER)
def offer_told(job: Job) -> EmailMessage | None:
    """To whom the contract is offered."""
    person = IndividualOffer.objects.select_related("person").get(pk=job.subject_id).person
    return message_to(address_of(person), WORDS[Told(job.key.split(".")[1])])


def address_of(person: Person) -> str:
    """Where the person reads: the address of their account, or the one on file; empty when there is none."""
    account = account_of_recipient(person.pk, day=timezone.localdate())
    return account.email if account else person.email


def message_to(address: str, words: Words) -> EmailMessage | None:
    """The way to « Ma portabilité »; nothing without an address."""
    if not address:
        return None
    return compose(
        to=address,
        subject=words.subject,
        template="members/portability/emails/step",
        space=Space.MEMBER,
        path=reverse("members:portability"),
        context={"words": words},
    )
