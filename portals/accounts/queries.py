"""Reads about accounts."""

import datetime

from django.db.models.functions import Lower
from django.utils import timezone

from portals.access.models import Grant
from portals.accounts import identifiers
from portals.accounts.models import Account, AccountState
from portals.accounts.rules import Step, missing_step
from portals.jobs import Job, JobState
from portals.terms.queries import current_terms

SHARED_ADDRESS_MAX = 6
"""How many accounts of one e-mail address are written to at once: a family, not a mailing list."""
MAILS_A_DAY = 5
"""Of each kind, to one account: strangers who know its references cannot flood its mailbox."""


def account_of(space: str, subject_id: int) -> Account | None:
    """The account that acts as this person, company or professional. A company's first account comes first."""
    grants = Grant.objects.filter(space=space, subject_id=subject_id, revoked_at=None, account__is_active=True)
    grant = grants.select_related("account").order_by("id").first()
    return grant.account if grant else None


def accounts_recovered_by(typed: str) -> list[Account]:
    """The open accounts that an identifier or an e-mail address designates; staff recover with their administrator."""
    accounts = Account.objects.filter(is_active=True, is_staff=False).exclude(state=AccountState.CLOSED)
    if "@" in typed:
        same = accounts.annotate(address=Lower("email")).filter(address=typed.strip().lower())
        return list(same.order_by("id")[:SHARED_ADDRESS_MAX])
    return list(accounts.filter(identifier=identifiers.as_typed(typed)))


def may_be_mailed(kind: str, account: Account) -> bool:
    """Whether another e-mail of this kind may be promised: none is on its way, and few were in the last 24 hours."""
    mine = Job.objects.filter(kind=kind, subject_id=account.pk)
    is_on_its_way = mine.filter(state__in=[JobState.DUE, JobState.RUNNING, JobState.SENDING]).exists()
    since = timezone.now() - datetime.timedelta(days=1)
    return not is_on_its_way and mine.filter(created_at__gte=since).count() < MAILS_A_DAY


def step_of(account: Account) -> Step | None:
    """The step of registration that this account still has to take, under the terms in force now."""
    version = current_terms()
    return step_under(version.pk if version else None, account)


def step_under(terms_id: int | None, account: Account) -> Step | None:
    """The same, when the terms in force have been read already. No query."""
    return missing_step(
        must_choose_password=account.must_choose_password,
        terms_accepted=terms_id is None or account.accepted_terms_id == terms_id,
        validated=account.state == AccountState.VALIDATED,
    )
