"""What the company does with a link: send it, send it again, withdraw it. Confirming is in `confirming`."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.links.emails import INVITATION
from employers.links.models import EmployeeLink, draw_reference
from employers.links.rules import LIFETIME, MAILS_A_DAY, REVOCABLE, SENDABLE, State
from employers.links.sealing import Invited, forget, index_of, seal_invited
from employers.workforce.queries import facts_of
from employers.workforce.rules import earliest_start, latest_start
from portals.accounts.models import Account
from portals.jobs import Job, JobState, Priority, enqueue
from privacy.audit import record


class AlreadyInvited(Exception):
    """A link stands for this address and this company."""


class BadStart(ValueError):
    """The contract, or the delays of a correction, do not allow this first day: it is between `earliest` and `latest`."""

    def __init__(self, earliest: datetime.date, latest: datetime.date) -> None:
        super().__init__()
        self.earliest, self.latest = earliest, latest


class LinkOver(Exception):
    """The link was confirmed, withdrawn, used, or its fifteen days are over."""


class SentOften(Exception):
    """The link went to this address five times today, or is on its way."""


@transaction.atomic
def invite(
    *, by: Account, contract: GroupContract, invited: Invited, start_date: datetime.date, population: str = ""
) -> EmployeeLink:
    """Send somebody their link. Raises AlreadyInvited, BadStart. A link that expired gives way to the new one."""
    now = timezone.now()
    facts, today = facts_of(contract), timezone.localdate(now)
    earliest, latest = earliest_start(facts, today), latest_start(facts, today)
    if not earliest <= start_date <= latest:
        raise BadStart(earliest, latest)
    _make_way(by, contract.company_id, invited.email, now)
    reference = draw_reference()
    try:
        with transaction.atomic():
            link = EmployeeLink.objects.create(
                reference=reference, company_id=contract.company_id, contract=contract, population=population.strip(),
                start_date=start_date, invited_sealed=seal_invited(reference, invited),
                email_index=index_of(invited.email), invited_by=by, expires_at=now + LIFETIME,
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyInvited from error
    _record("employee_link.invited", by, link)
    _promise_mail(link)
    return link


@transaction.atomic
def send_again(*, by: Account, company_id: int, link_id: int) -> None:
    """A new link to the same address; the one before dies, and fifteen days begin again.

    Raises EmployeeLink.DoesNotExist, LinkOver, SentOften.
    """
    link = held(company_id, link_id, *SENDABLE)
    jobs = Job.objects.filter(kind=INVITATION, subject_id=link.pk)
    is_on_its_way = jobs.filter(state__in=[JobState.DUE, JobState.RUNNING, JobState.SENDING]).exists()
    since = timezone.now() - datetime.timedelta(days=1)
    if is_on_its_way or jobs.filter(created_at__gte=since).count() >= MAILS_A_DAY:
        raise SentOften
    link.expires_at = timezone.now() + LIFETIME
    link.save(update_fields=["expires_at"])
    _record("employee_link.sent_again", by, link)
    _promise_mail(link)


@transaction.atomic
def revoke(*, by: Account | None, company_id: int, link_id: int) -> None:
    """The link opens nothing any more, and what was typed is forgotten. Raises DoesNotExist, LinkOver."""
    link = held(company_id, link_id, *REVOCABLE)
    _revoke(by, link)


def held(company_id: int, link_id: int, *states: State) -> EmployeeLink:
    """The link as it is now, held until the end of the transaction. Raises DoesNotExist, LinkOver out of these states."""
    rows = EmployeeLink.objects.select_for_update(of=("self",)).select_related("contract__plan")
    link = rows.get(pk=link_id, company=company_id)
    if link.state_at(timezone.now()) not in states:
        raise LinkOver
    return link


def _make_way(by: Account, company_id: int, email: str, now: datetime.datetime) -> None:
    """Withdraw an expired link of the same address. Raises AlreadyInvited when it still stands."""
    waiting = EmployeeLink.objects.select_for_update(of=("self",)).filter(
        company=company_id, confirmed_at=None, revoked_at=None, waived_at=None, email_index=index_of(email)
    )
    before = waiting.first()
    if before is None:
        return
    if before.state_at(now) != State.EXPIRED:
        raise AlreadyInvited
    _revoke(by, before)


def _revoke(by: Account | None, link: EmployeeLink) -> None:
    link.revoked_at = timezone.now()
    forget(link)
    link.save(update_fields=["revoked_at", "invited_sealed", "answers_sealed", "token_hash"])
    _record("employee_link.revoked", by, link)


def _record(action: str, by: Account | None, link: EmployeeLink) -> None:
    record(action, by=by, object_kind="employee_link", object_id=link.pk, details={"company": link.company_id})


def _promise_mail(link: EmployeeLink) -> None:
    key = f"{link.pk}-{secrets.token_hex(8)}"
    enqueue(INVITATION, key=key, subject_id=link.pk, priority=Priority.ASKED)
