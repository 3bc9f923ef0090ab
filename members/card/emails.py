"""The e-mails of the card: a link to the space, and no word on anybody."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.card.models import Card
from members.households.models import Person, Role
from members.statements.queries import account_of_recipient
from portals.accounts.models import Account, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose

REMINDER = "card.reminder"
RENEWED = "card.renewed"


@mail_handler(REMINDER)
def reminder(job: Job) -> EmailMessage | None:
    """What « Me l’envoyer » sends: the way to the card."""
    account = Account.objects.get(pk=job.subject_id)
    return _message(account, "Votre carte est dans votre espace", "reminder")


@mail_handler(RENEWED)
def renewed(job: Job) -> EmailMessage | None:
    """A card was replaced without its holder asking: they have a new one. Nothing without an account."""
    card = Card.objects.only("person_id", "household_id", "revoked_at").get(pk=job.subject_id)
    if card.revoked_at is not None:
        return None
    person_id = card.person_id or _holder_of(card.household_id)
    account = account_of_recipient(person_id, day=timezone.localdate()) if person_id else None
    return _message(account, "Une nouvelle carte vous attend dans votre espace", "renewed") if account else None


def _holder_of(household_id: int) -> int | None:
    holders = Person.objects.filter(household_id=household_id, role=Role.MEMBER).order_by("rank", "id")
    return holders.values_list("pk", flat=True).first()


def _message(account: Account, subject: str, template: str) -> EmailMessage:
    return compose(
        to=account.email,
        subject=subject,
        template=f"members/card/emails/{template}",
        space=Space.MEMBER,
        path=reverse("members:card"),
    )
