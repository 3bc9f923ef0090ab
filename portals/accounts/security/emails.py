"""The e-mails of a change of address. Neither names the other end."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.security.email_change import Link, address_of_end, forget_addresses, token_of
from portals.accounts.security.models import EmailChange
from portals.accounts.security.notices import fraud_url, notice_to
from portals.jobs import Job, handler, mail_handler
from portals.presentation.mail import compose


@mail_handler("account.email_change_old")
def ask_old_end(job: Job) -> EmailMessage | None:
    """To the address that the account has: confirm, or cancel."""
    return _ask(job, Link.OLD, "Changement d’adresse e-mail à confirmer")


@mail_handler("account.email_change_new")
def ask_new_end(job: Job) -> EmailMessage | None:
    """To the address that is to be: confirm that it is one's own."""
    return _ask(job, Link.NEW, "Votre nouvelle adresse e-mail à confirmer")


@mail_handler("account.email_change_done_old")
def tell_old_end(job: Job) -> EmailMessage | None:
    """The last message to the old address."""
    change = _change_of(job)
    address = address_of_end(change, Link.OLD) if change else None
    return notice_to(address, change.account.space, "email_changed") if change and address else None


@handler("account.email_change_forget")
def forget(job: Job) -> None:
    """Two days later, whatever came of it."""
    change = _change_of(job)
    if change is not None:
        forget_addresses(change)


def _ask(job: Job, link: Link, subject: str) -> EmailMessage | None:
    change = _change_of(job)
    if change is None or not change.is_open(timezone.now()):
        return None
    address = address_of_end(change, link)
    if address is None:
        return None
    return compose(
        to=address,
        subject=subject,
        template=f"portals/security/emails/email_change_{link}",
        space=change.account.space,
        path=_path(change, link),
        context={"cancel_url": _absolute(_path(change, Link.CANCEL)), "fraud_url": fraud_url()},
    )


def _change_of(job: Job) -> EmailChange | None:
    return EmailChange.objects.select_related("account").filter(pk=job.subject_id).first()


def _path(change: EmailChange, link: Link) -> str:
    return reverse("portals:email_change_link", kwargs={"reference": change.reference, "token": token_of(change, link)})


def _absolute(path: str) -> str:
    return str(settings.SITE_ADDRESS).rstrip("/") + path
