"""Who is told when the people who act for a company change: all of its administrators, and whoever it concerns."""

import secrets
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from employers.users.queries import administrators_of
from portals.accounts.models import Account, AccountState
from portals.jobs import Job, Priority, enqueue, mail_handler
from portals.presentation.mail import compose


@dataclass(frozen=True)
class Notice:
    """The words of one notice: nobody is named, the space says who."""

    subject: str
    sentence: str
    is_for_administrators: bool = True


NOTICES = {
    "invited": Notice("Une invitation est partie", "Une personne vient d’être invitée à agir pour votre organisme."),
    "invitation_withdrawn": Notice(
        "Une invitation est annulée", "Une invitation à agir pour votre organisme vient d’être annulée."
    ),
    "joined": Notice(
        "Une personne de plus agit pour votre organisme",
        "Une personne que votre organisme avait invitée vient d’accepter.",
    ),
    "role_changed": Notice(
        "Un rôle a changé", "Le rôle d’une personne qui agit pour votre organisme vient de changer."
    ),
    "revoked": Notice("Un accès est retiré", "L’accès d’une personne qui agissait pour votre organisme est retiré."),
    "mandate_prolonged": Notice(
        "Les dates d’un mandat ont changé", "Le dernier jour d’un mandat donné par votre organisme vient de changer."
    ),
    "your_role_changed": Notice(
        "Votre rôle a changé",
        "Un administrateur vient de changer votre rôle dans l’espace employeur.",
        is_for_administrators=False,
    ),
    "your_access_revoked": Notice(
        "Votre accès à un organisme est retiré",
        "Vous ne pouvez plus agir pour un organisme dans l’espace employeur.",
        is_for_administrators=False,
    ),
}


def tell_administrators(company_id: int, what: str) -> None:
    """Promise a notice to every administrator of the company. Call it in the transaction of the change."""
    for account in administrators_of(company_id, timezone.localdate()):
        tell(account, what)


def tell(account: Account, what: str) -> None:
    """Promise a notice to one account. `what` is a key of NOTICES."""
    enqueue(_kind(what), key=f"{account.pk}-{secrets.token_hex(8)}", subject_id=account.pk, priority=Priority.ASKED)


def _kind(what: str) -> str:
    return f"employer.notice.{what}"


def _register(what: str, notice: Notice) -> None:
    @mail_handler(_kind(what))
    def send(job: Job) -> EmailMessage | None:
        account = Account.objects.filter(pk=job.subject_id).exclude(state=AccountState.CLOSED).first()
        if account is None:
            return None
        return compose(
            to=account.email,
            subject=notice.subject,
            template="employers/users/emails/notice",
            space=account.space,
            path=reverse("employers:users" if notice.is_for_administrators else "portals:login"),
            context={"notice": notice},
        )


for _what, _notice in NOTICES.items():
    _register(_what, _notice)
