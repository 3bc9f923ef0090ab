"""The e-mails of an account. None names the person, and none carries two halves of what opens a door."""

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from portals.accounts.actions import give_temporary_password
from portals.accounts.models import Account, AccountState
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@mail_handler("account.identifier")
def identifier(job: Job) -> EmailMessage | None:
    """First of two: the identifier, digits only (CGU-2.2)."""
    return _to(job, "identifier", "Votre identifiant")


@mail_handler("account.temporary_password", resend_when_unknown=True)
def temporary_password(job: Job) -> EmailMessage | None:
    """Second of two: a password drawn now, which only its hash outlives here (CGU-2.3)."""
    account = recipient(job)
    if account is None or account.password_changed_at is not None:
        return None
    return _message(
        account, "temporary_password", "Votre mot de passe provisoire", secret=give_temporary_password(account)
    )


@mail_handler("account.already_open")
def already_open(job: Job) -> EmailMessage | None:
    """Somebody signed up again with this person's references."""
    return _to(job, "already_open", "Votre espace existe déjà")


@mail_handler("account.colleague_asked")
def colleague_asked(job: Job) -> EmailMessage | None:
    """Somebody signed up for an organisation that has its people already: they decide (CGU-1.3)."""
    return _to(job, "colleague_asked", "Une demande pour votre organisme")


@mail_handler("account.identifier_reminder")
def identifier_reminder(job: Job) -> EmailMessage | None:
    """The forgotten identifier, alone in its message."""
    return _to(job, "identifier_reminder", "Rappel de votre identifiant")


@mail_handler("account.recovery_link", resend_when_unknown=True)
def recovery_link(job: Job) -> EmailMessage | None:
    """A link good for one hour and one password (CGU-2.4). Its token is computed here and kept nowhere."""
    account = recipient(job)
    if account is None:
        return None
    reference = urlsafe_base64_encode(force_bytes(account.pk))
    token = default_token_generator.make_token(account)
    path = reverse("portals:password_reset", kwargs={"reference": reference, "token": token})
    ending = account.identifier[-3:]
    return _message(account, "recovery_link", "Choisir un nouveau mot de passe", path=path, ending=ending)


@mail_handler("account.opened")
def opened(job: Job) -> EmailMessage | None:
    """The formalities are done (CGU-2.1)."""
    return _to(job, "opened", "Votre espace est ouvert")


@mail_handler("account.password_changed")
def password_changed(job: Job) -> EmailMessage | None:
    """Tell the owner, who may not be the one who changed it."""
    return _to(job, "password_changed", "Votre mot de passe a changé")


def recipient(job: Job) -> Account | None:
    """The account to write to, locked; None when it may no longer be written to."""
    accounts = Account.objects.select_for_update(of=("self",)).filter(is_active=True).exclude(state=AccountState.CLOSED)
    return accounts.filter(pk=job.subject_id).first()


def _to(job: Job, template: str, subject: str) -> EmailMessage | None:
    account = recipient(job)
    return _message(account, template, subject) if account else None


def _message(account: Account, template: str, subject: str, *, path: str | None = None, **context: str) -> EmailMessage:
    values = {"account": account, **context}
    return compose(
        to=account.email,
        subject=subject,
        template=f"portals/accounts/emails/{template}",
        space=account.space,
        path=path or reverse("portals:login"),
        context=values,
    )
