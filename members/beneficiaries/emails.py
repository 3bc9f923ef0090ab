"""The e-mails of the room: that something has happened, never to whom nor why. Each leads to the space."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.beneficiaries.models import BeneficiaryRequest, LimitNotice
from members.beneficiaries.words import Kind
from members.households.models import Person, Role
from members.statements.queries import account_of_recipient
from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose

TO_AUTHOR = "beneficiaries.told_author"
TO_PERSON = "beneficiaries.told_person"
LIMIT = "beneficiaries.limit"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Limit(StrEnum):
    """What is said of a limit of age."""

    ANNOUNCED = "announced"
    REACHED = "reached"


@dataclass(frozen=True)
class Words:
    """The subject says it too; `details` goes on."""

    subject: str
    details: str


AUTHOR_READS = {
    Told.RECEIVED: Words(
        "Nous avons bien reçu votre demande",
        "Nous y répondons sous dix jours ouvrables. Votre copie datée et le suivi sont dans votre espace.",
    ),
    Told.INCOMPLETE: Words(
        "Un document manque à votre demande",
        "Votre espace dit lequel\u202f; ajoutez-le, avec votre téléphone si vous voulez, et la demande reprend son cours.",
    ),
    Told.ACCEPTED: Words(
        "Votre demande est acceptée",
        "La date d’effet est dans votre espace. Votre carte de tiers payant est mise à jour\u00a0: téléchargez la nouvelle.",
    ),
    Told.REFUSED: Words(
        "Votre demande n’est pas acceptée",
        "La raison, et ce qui reste possible, sont dans votre espace.",
    ),
}
PERSON_READS = Words(
    "Votre couverture change",
    "La date et ce que cela change pour vous sont dans votre espace. Vos décomptes y restent deux ans.",
)
LIMIT_READS = {
    Limit.ANNOUNCED: Words(
        "Une limite d’âge approche sur votre contrat",
        "Votre espace dit pour qui, à quelle date, et quel document envoyer pour garder la couverture.",
    ),
    Limit.REACHED: Words(
        "Une couverture a pris fin sur votre contrat",
        "Votre espace dit laquelle et depuis quand, et comment la rouvrir si la situation le permet.",
    ),
}


def tell(request: BeneficiaryRequest, what: Told) -> None:
    """Promise the e-mails of a step, once each, in its transaction."""
    key = f"{request.pk}-{what}-{int(timezone.now().timestamp())}"
    enqueue(TO_AUTHOR, key=key, subject_id=request.pk, priority=Priority.ASKED)
    if what == Told.ACCEPTED and request.kind == Kind.REMOVE:
        enqueue(TO_PERSON, key=key, subject_id=request.pk, priority=Priority.ASKED)


def tell_limit(notice: LimitNotice, what: Limit) -> None:
    """Promise the e-mail of a limit of age, once each."""
    enqueue(LIMIT, key=f"{notice.pk}-{what}", subject_id=notice.pk)


@mail_handler(TO_AUTHOR)
def told_author(job: Job) -> EmailMessage | None:
    """To whoever asked."""
    request = BeneficiaryRequest.objects.select_related("account").get(pk=job.subject_id)
    words = AUTHOR_READS[Told(job.key.split("-")[1])]
    return _message(request.account, words, reverse("members:beneficiaries_request", args=[request.pk]))


@mail_handler(TO_PERSON)
def told_person(job: Job) -> EmailMessage | None:
    """To whoever leaves, or to the member when the person left by themselves; nothing without an account."""
    request = BeneficiaryRequest.objects.get(pk=job.subject_id)
    by_themselves = request.person_id == request.asked_for_id
    told_id = _holder_of(request.household_id) if by_themselves else request.person_id
    account = account_of_recipient(told_id, day=timezone.localdate()) if told_id else None
    if account is None or account.pk == request.account_id:
        return None
    return _message(account, PERSON_READS, reverse("members:beneficiaries"))


@mail_handler(LIMIT)
def told_limit(job: Job) -> EmailMessage | None:
    """To the member of the household; nothing without an account."""
    notice = LimitNotice.objects.get(pk=job.subject_id)
    holder_id = _holder_of(notice.household_id)
    account = account_of_recipient(holder_id, day=timezone.localdate()) if holder_id else None
    if account is None:
        return None
    return _message(account, LIMIT_READS[Limit(job.key.split("-")[1])], reverse("members:beneficiaries"))


def _holder_of(household_id: int) -> int | None:
    holders = Person.objects.filter(household_id=household_id, role=Role.MEMBER).order_by("rank", "id")
    return holders.values_list("pk", flat=True).first()


def _message(account: Account, words: Words, path: str) -> EmailMessage | None:
    if not account.is_active or account.state == AccountState.CLOSED:
        return None
    return compose(
        to=account.email,
        subject=words.subject,
        template="members/beneficiaries/emails/step",
        space=Space.MEMBER,
        path=path,
        context={"words": words},
    )
