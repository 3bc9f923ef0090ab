"""What the page of the company's account shows."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from employers.banking.accounts import approvers_of
from employers.banking.models import CompanyAccount
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.banking.approval import may_approve
from portals.banking.iban import ShownAccount
from portals.banking.models import BankChange
from portals.banking.queries import current_account, history_of

HISTORY_SHOWN = 12


@dataclass(frozen=True)
class Details:
    """One page, for one account. `needs_second`: somebody else has to agree with what this account asks."""

    account: ShownAccount | None
    in_force: CompanyAccount | None
    pending: BankChange | None
    history: list[BankChange]
    may_approve: bool
    is_own: bool
    needs_second: bool

    @property
    def hours_left(self) -> int:
        """Whole hours before the change that waits takes effect, once nobody else has to approve it."""
        if self.pending is None:
            return 0
        return max(0, int((self.pending.effective_at - timezone.now()) / datetime.timedelta(hours=1)))


def details_of(grant: Grant, account: Account) -> Details:
    """Five queries, whatever the history holds."""
    company_id = grant.subject_id
    rows = list(history_of(grant.space, company_id).select_related("asked_by", "approved_by")[:HISTORY_SHOWN])
    pending = next((row for row in rows if row.is_pending), None)
    others = approvers_of(company_id, account)
    return Details(
        account=current_account(grant.space, company_id),
        in_force=CompanyAccount.objects.filter(company=company_id).first(),
        pending=pending,
        history=[row for row in rows if not row.is_pending],
        may_approve=pending is not None and pending.waits_approval and may_approve(pending, account),
        is_own=pending is not None and pending.asked_by_id == account.pk,
        needs_second=bool(others),
    )


def change_in_force(grant: Grant) -> BankChange | None:
    """The change that put the account of today in force: who asked, who approved, when."""
    done = history_of(grant.space, grant.subject_id).filter(done_at__isnull=False)
    return done.select_related("asked_by", "approved_by").order_by("-done_at").first()
