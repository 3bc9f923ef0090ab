"""The person learns that their data is frozen, and that it no longer is (GDPR, art. 18.3). Nothing of why is in the message."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from privacy.restriction.actions import LIFTED, SET
from privacy.restriction.models import Freeze

SUBJECTS = {
    SET: "L’usage de vos données est limité",
    LIFTED: "L’usage de vos données reprend",
}


@mail_handler(SET)
def set_notice(job: Job) -> EmailMessage | None:
    return _notice(job, SET)


@mail_handler(LIFTED)
def lifted_notice(job: Job) -> EmailMessage | None:
    return _notice(job, LIFTED)


def _notice(job: Job, step: str) -> EmailMessage | None:
    row = Freeze.objects.get(pk=job.subject_id)
    account = _account_of(row)
    if account is None or not account.email or account.state == AccountState.CLOSED:
        return None
    return compose(
        to=account.email,
        subject=SUBJECTS[step],
        template="privacy/restriction/emails/notice",
        space=account.space,
        path=reverse("privacy:my_data"),
        context={"subject": SUBJECTS[step], "is_set": step == SET},
    )


def _account_of(row: Freeze) -> Account | None:
    if row.space != Space.MEMBER:
        return Account.objects.filter(pk=row.subject_id).first()
    grants = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id=row.subject_id, revoked_at=None)
    grant = grants.select_related("account").order_by("-pk").first()
    return grant.account if grant else None
