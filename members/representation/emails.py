"""Both are told at each step: whoever represents, and the person who is represented, at their own account's address.

An e-mail names nobody: it says that something has happened, and leads to the space.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.representation.models import Representation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TO_REPRESENTATIVE = "representation.told_representative"
TO_PERSON = "representation.told_person"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    RECEIVED = "received"
    ASKED_FOR = "asked_for"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True)
class Words:
    subject: str
    sentence: str
    details: str


REPRESENTATIVE_READS = {
    Told.RECEIVED: Words(
        "Nous avons reçu votre demande de représentation",
        "Nous avons reçu votre demande de représentation.",
        "Nous y répondons sous dix jours ouvrés. Si une pièce manque, nous vous l’écrivons.",
    ),
    Told.INCOMPLETE: Words(
        "Un document manque à votre demande",
        "Un document manque à votre demande de représentation.",
        "Votre espace dit lequel\u202f; ajoutez-le et la demande reprend son cours.",
    ),
    Told.ACCEPTED: Words(
        "Votre demande de représentation est acceptée",
        "Vous pouvez maintenant agir pour la personne que vous représentez.",
        "Dans votre compte, choisissez pour qui vous agissez. Tout ce que vous faites en son nom est inscrit avec le vôtre.",
    ),
    Told.REFUSED: Words(
        "Votre demande de représentation n’est pas acceptée",
        "Nous ne pouvons pas accepter votre demande de représentation.",
        "La raison, et ce qui reste possible, sont dans votre espace.",
    ),
    Told.ENDED: Words(
        "Une représentation a pris fin",
        "Une représentation que vous exerciez a pris fin.",
        "Vous ne pouvez plus agir pour cette personne. Votre espace dit depuis quand et pourquoi.",
    ),
}
PERSON_READS = {
    Told.ASKED_FOR: Words(
        "Quelqu’un demande à vous représenter",
        "Quelqu’un demande à vous représenter dans votre espace.",
        "Rien ne lui est ouvert tant que nous n’avons pas vérifié ses justificatifs. Si cette demande vous étonne, écrivez-nous.",
    ),
    Told.ACCEPTED: Words(
        "Quelqu’un vous représente désormais",
        "Une personne vous représente désormais dans votre espace.",
        "Votre compte reste le vôtre. Votre espace dit qui, à quel titre et jusqu’à quand, et comment le contester.",
    ),
    Told.REFUSED: Words(
        "Une demande de représentation a été refusée",
        "La demande de vous représenter a été refusée.",
        "Rien n’a été ouvert à la personne qui l’avait faite.",
    ),
    Told.ENDED: Words(
        "Plus personne ne vous représente à ce titre",
        "Une représentation qui vous concernait a pris fin.",
        "La personne qui vous représentait n’a plus accès à votre espace.",
    ),
}


def tell(representation: Representation, what: Told) -> None:
    """Promise the e-mails of a step, once each, inside its transaction."""
    moment = int(timezone.now().timestamp())
    key = f"{representation.pk}-{what}-{moment}"
    if what in REPRESENTATIVE_READS and not representation.is_automatic:
        enqueue(TO_REPRESENTATIVE, key=key, subject_id=representation.pk, priority=Priority.ASKED)
    if what in PERSON_READS and representation.person_id is not None:
        enqueue(TO_PERSON, key=key, subject_id=representation.pk, priority=Priority.ASKED)


@mail_handler(TO_REPRESENTATIVE)
def told_representative(job: Job) -> EmailMessage | None:
    """To whoever acts, or asked to."""
    representation = Representation.objects.select_related("account").get(pk=job.subject_id)
    return _message(representation.account, REPRESENTATIVE_READS[_what(job)])


@mail_handler(TO_PERSON)
def told_person(job: Job) -> EmailMessage | None:
    """To the person's own account; nothing without one."""
    representation = Representation.objects.get(pk=job.subject_id)
    person_id = representation.person_id or 0  # told of a person only once somebody was found
    grants = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id=person_id)
    grant = grants.open_on(timezone.localdate()).select_related("account").order_by("id").first()
    return _message(grant.account, PERSON_READS[_what(job)]) if grant else None


def _what(job: Job) -> Told:
    return Told(job.key.split("-")[1])


def _message(account: Account, words: Words) -> EmailMessage | None:
    if not account.is_active or account.state == AccountState.CLOSED:
        return None
    return compose(
        to=account.email,
        subject=words.subject,
        template="members/representation/emails/step",
        space=Space.MEMBER,
        path=reverse("members:representations"),
        context={"words": words},
    )
