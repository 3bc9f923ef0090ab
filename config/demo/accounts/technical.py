"""The technical accounts of the demo's companies: two years, published when the law wants it."""

import datetime
from decimal import Decimal

from django.utils import timezone

from config.demo.accounts.parts import companies
from employers.technical.actions import build, complete
from employers.technical.models import TechnicalAccount
from portals.accounts.models import Account

YEARS = 2
PUBLISHED = (8, 20)
SHARES = {
    "provisions_opening": Decimal("0.11"),
    "provisions_closing": Decimal("0.12"),
    "financial_income": Decimal("0.006"),
    "commissions": Decimal("0.04"),
    "other_charges": Decimal("0.09"),
    "profit_sharing": Decimal(0),
    "reinsurance_balance": Decimal("-0.012"),
}
"""What staff enter on the latest year, as parts of its contributions. Of the year before, they know nothing."""


def publish_accounts(_account: Account, agent: Account) -> None:
    """The oldest year first: the next one is drawn up beside it. In the system's context."""
    this_year = timezone.localdate().year
    for company in companies():
        for year in range(this_year - YEARS, this_year):
            build(company_id=company.pk, year=year, by=None)
            drafts = TechnicalAccount.objects.filter(company=company, year=year, published_at=None)
            if year == this_year - 1:
                for draft in drafts:
                    _complete(draft, agent)
            drafts.update(published_at=_august_after(year))


def _complete(draft: TechnicalAccount, agent: Account) -> None:
    called = draft.contributions
    if called is not None:
        complete(by=agent, account=draft, entered={name: called * share for name, share in SHARES.items()})


def _august_after(year: int) -> datetime.datetime:
    month, day = PUBLISHED
    planned = datetime.datetime(year + 1, month, day, 4, tzinfo=datetime.UTC)
    return min(planned, timezone.now())
