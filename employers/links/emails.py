"""The e-mails of a link. Nobody is named in them; their secrets are drawn here, and only the hashes are kept."""

import secrets

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from employers.links.models import EmployeeLink
from employers.links.rules import LIFETIME
from employers.links.sealing import invited_of
from employers.users.queries import grants_of
from employers.users.tokens import TOKEN_BYTES, hash_of
from members.households.models import Person
from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose

INVITATION = "employer.employee_link"
COMPLETED = "employer.employee_link_completed"
WELCOME = "employer.employee_link_welcome"


@mail_handler(INVITATION, resend_when_unknown=True)
def invitation(job: Job) -> EmailMessage | None:
    """A link good for fifteen days and once: the one before, if any, opens nothing from now on."""
    link = _held(job).filter(completed_at=None, confirmed_at=None, revoked_at=None, waived_at=None).first()
    invited = invited_of(link) if link else None
    if link is None or invited is None:
        return None
    path = _new_path(link)
    link.sent_at = link.sent_at or timezone.now()
    link.save(update_fields=["token_hash", "expires_at", "sent_at"])
    return compose(
        to=invited.email,
        subject="Complétez votre affiliation",
        template="employers/links/emails/invitation",
        space=Space.MEMBER,
        path=path,
    )


@mail_handler(COMPLETED)
def completed(job: Job) -> EmailMessage | None:
    """Tells whoever sent the link that an answer waits, as long as they act for the company."""
    link = EmployeeLink.objects.select_related("invited_by").filter(pk=job.subject_id, confirmed_at=None).first()
    if link is None or not _still_acts(link.invited_by, link.company_id):
        return None
    return compose(
        to=link.invited_by.email,
        subject="Un salarié a complété son affiliation",
        template="employers/links/emails/completed",
        space=Space.EMPLOYER,
        path=reverse("employers:employee_links"),
    )


@mail_handler(WELCOME, resend_when_unknown=True)
def welcome(job: Job) -> EmailMessage | None:
    """The affiliation is done: a last link shows the member number, with which the space is opened."""
    link = _held(job).filter(confirmed_at__isnull=False, affiliation__undone_at=None).first()
    affiliation = link.affiliation if link else None
    if link is None or affiliation is None:
        return None
    person = Person.objects.filter(pk=affiliation.person_id or 0).first()
    address = (person.email if person else "") or affiliation.email
    if not address:
        return None
    path = _new_path(link)
    link.save(update_fields=["token_hash", "expires_at"])
    return compose(
        to=address,
        subject="Votre affiliation est faite",
        template="employers/links/emails/welcome",
        space=Space.MEMBER,
        path=path,
    )


def _held(job: Job) -> QuerySet[EmployeeLink]:
    links = EmployeeLink.objects.select_for_update(of=("self",)).select_related("affiliation")
    return links.filter(pk=job.subject_id)


def _new_path(link: EmployeeLink) -> str:
    """Draw a new secret; the caller saves the row."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link.token_hash = hash_of(token)
    link.expires_at = timezone.now() + LIFETIME
    return reverse("affiliation:open", kwargs={"token": token})


def _still_acts(account: Account, company_id: int) -> bool:
    if account.state == AccountState.CLOSED:
        return False
    return grants_of(company_id, timezone.localdate()).filter(account=account).exists()
