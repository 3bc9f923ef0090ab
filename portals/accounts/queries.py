"""Reads about accounts."""

import datetime

from django.db.models.functions import Lower
from django.utils import timezone

from portals.access.models import Basis, CompanyRole, Grant
from portals.accounts import identifiers
from portals.accounts.models import Account, AccountState, Space
from portals.accounts.rules import Step, missing_step, needs_second_factor
from portals.jobs import Job, JobState
from portals.terms.queries import current_terms

SHARED_ADDRESS_MAX = 6
"""How many accounts of one e-mail address are written to at once: a family, not a mailing list."""
MAILS_A_DAY = 5
"""Of each kind, to one account: strangers who know its references cannot flood its mailbox."""


HOLDERS_TOLD = 20
"""How many accounts of one organisation are written to when somebody signs up for it again."""


def holders_of(space: str, subject_id: int) -> list[Account]:
    """The accounts that answer for this person, company or professional, oldest first.

    A person has one; a company its administrators; a practice its professionals, and not those who work for them.
    Whoever represents does not count.
    """
    grants = Grant.objects.filter(space=space, subject_id=subject_id, revoked_at=None, account__is_active=True)
    grants = grants.exclude(basis__in=[Basis.REPRESENTATION, Basis.MANDATE])
    grants = grants.filter(role=CompanyRole.ADMINISTRATOR if space == Space.EMPLOYER else "")
    holders = grants.exclude(account__state=AccountState.CLOSED).select_related("account").order_by("id")
    return [grant.account for grant in holders[:HOLDERS_TOLD]]


def account_of(space: str, subject_id: int) -> Account | None:
    """The first of those that answer for this person, company or professional."""
    return next(iter(holders_of(space, subject_id)), None)


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


def step_of(account: Account, *, is_verified: bool) -> Step | None:
    """The step of registration that this account still has to take, under the terms in force now.

    `is_verified`: the session was opened with a second factor (`sessions.is_verified`).
    """
    version = current_terms()
    return step_under(version.pk if version else None, account, is_verified=is_verified)


def step_under(terms_id: int | None, account: Account, *, is_verified: bool) -> Step | None:
    """The same, when the terms in force have been read already. No query. Without terms in force, nothing opens."""
    needs_factor = needs_second_factor(space=account.space, asked=account.second_factor_asked)
    return missing_step(
        must_choose_password=account.must_choose_password,
        second_factor_missing=needs_factor and not is_verified,
        terms_accepted=terms_id is not None and account.accepted_terms_id == terms_id,
        validated=account.state == AccountState.VALIDATED,
    )
