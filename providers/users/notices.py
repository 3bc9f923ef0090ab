"""Who is told when the people of a practice change: the professional, and whoever it concerns."""

import secrets
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account, AccountState
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose
from providers.users.queries import holders_of


@dataclass(frozen=True)
class Notice:
    """The words of one notice: nobody is named, the space says who."""

    subject: str
    sentence: str
    is_for_holders: bool = True


NOTICES = {
    "invited": Notice("Une invitation est partie", "Une personne vient d’être invitée à travailler dans votre espace."),
    "invitation_withdrawn": Notice(
        "Une invitation est annulée", "Une invitation à travailler dans votre espace vient d’être annulée."
    ),
    "joined": Notice(
        "Une personne de plus entre dans votre espace", "Une personne que vous aviez invitée vient d’accepter."
    ),
    "role_changed": Notice("Un rôle a changé", "Le rôle d’une personne de votre cabinet vient de changer."),
    "revoked": Notice("Un accès est retiré", "L’accès d’une personne de votre cabinet est retiré."),
    "your_role_changed": Notice(
        "Votre rôle a changé",
        "Votre rôle dans l’espace d’un professionnel de santé vient de changer.",
        is_for_holders=False,
    ),
    "your_access_revoked": Notice(
        "Votre accès à un cabinet est retiré",
        "Vous ne pouvez plus entrer dans l’espace d’un professionnel de santé.",
        is_for_holders=False,
    ),
}


def tell_holders(professional_id: int, what: str) -> None:
    """Promise a notice to the professional, on each account of theirs. Call it in the transaction of the change."""
    for account in holders_of(professional_id, timezone.localdate()):
        tell(account, what)


def tell(account: Account, what: str) -> None:
    """Promise a notice to one account. `what` is a key of NOTICES."""
    enqueue(_kind(what), key=f"{account.pk}-{secrets.token_hex(8)}", subject_id=account.pk, priority=Priority.ASKED)


def _kind(what: str) -> str:
    return f"professional.notice.{what}"


def _register(what: str, notice: Notice) -> None:
    @mail_handler(_kind(what))
    def send(job: Job) -> EmailMessage | None:
        account = Account.objects.filter(pk=job.subject_id).exclude(state=AccountState.CLOSED).first()
        if account is None:
            return None
        return compose(
            to=account.email,
            subject=notice.subject,
            template="providers/users/emails/notice",
            space=account.space,
            path=reverse("providers:delegates" if notice.is_for_holders else "portals:login"),
            context={"notice": notice},
        )


for _what, _notice in NOTICES.items():
    _register(_what, _notice)
