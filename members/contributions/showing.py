"""What the page tells of a policy's contributions."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from members.contributions.models import ContributionTerm, Instalment, PaymentMode
from members.contributions.queries import instalments_of, policies_paid_by, terms_of
from members.contributions.rules import Due, Standing, next_due, schedule, term_on
from members.coverage.models import Policy
from members.households.accounts import masked_account
from members.households.rules import Viewpoint

STANDINGS = {
    Standing.PAID: ("Payée", "good", "check"),
    Standing.REJECTED: ("Rejetée", "bad", "alert"),
    Standing.COMING: ("À venir", "", "clock"),
    Standing.UNTOLD: ("Date passée", "", ""),
}


@dataclass(frozen=True)
class ToldDue:
    """An instalment, with the word, the kind and the icon of its state."""

    due: Due

    @property
    def word(self) -> str:
        return STANDINGS[self.due.standing][0]

    @property
    def kind(self) -> str:
        return STANDINGS[self.due.standing][1]

    @property
    def icon(self) -> str:
        return STANDINGS[self.due.standing][2]


@dataclass(frozen=True)
class ToldPolicy:
    """A policy, its terms of today (or its last ones), and the schedule of a year."""

    policy: Policy
    term: ContributionTerm | None
    account: str
    year: int
    years: tuple[int, ...]
    instalments: tuple[ToldDue, ...]
    coming: Due | None
    total: Decimal

    @property
    def is_by_employer(self) -> bool:
        """Paid by the employer, whether terms say it or the contract is a group's that has none."""
        if self.term is None:
            return bool(self.policy.group_contract)
        return self.term.mode == PaymentMode.PAYROLL

    @property
    def is_debited(self) -> bool:
        return self.term is not None and self.term.mode == PaymentMode.DIRECT_DEBIT

    @property
    def rejected(self) -> list[Due]:
        return [told.due for told in self.instalments if told.due.standing is Standing.REJECTED]

    @property
    def has_untold(self) -> bool:
        return any(told.due.standing is Standing.UNTOLD for told in self.instalments)


def told_policies(viewpoint: Viewpoint, *, year: int | None) -> list[ToldPolicy]:
    """Every policy of the household, for its holder. Three queries. `year` None: this year, or the last that there is."""
    policies = policies_paid_by(viewpoint)
    if not policies:
        return []
    terms, known = terms_of(policies), instalments_of(policies)
    return [_told(policy, terms[policy.pk], known[policy.pk], viewpoint.day, year) for policy in policies]


def _told(
    policy: Policy, terms: list[ContributionTerm], known: list[Instalment], today: datetime.date, year: int | None
) -> ToldPolicy:
    years = _years(terms, known, today)
    chosen = year if year in years else (years[0] if years else today.year)
    by_day = {one.due_on: one for one in known}
    instalments = schedule(terms, by_day, year=chosen, today=today)
    running = term_on(terms, today) or next(iter(terms), None)
    this_year = schedule(terms, by_day, year=today.year, today=today)
    following = schedule(terms, by_day, year=today.year + 1, today=today)
    return ToldPolicy(
        policy=policy,
        term=running,
        account=masked_account(running.payer) if running and running.mode == PaymentMode.DIRECT_DEBIT else "",
        year=chosen,
        years=years,
        instalments=tuple(ToldDue(due) for due in instalments),
        coming=next_due([*this_year, *following]),
        total=sum((due.amount for due in instalments), Decimal(0)),
    )


def _years(terms: list[ContributionTerm], known: list[Instalment], today: datetime.date) -> tuple[int, ...]:
    """The calendar years that have instalments, newest first, up to this one."""
    first = [*(term.valid_from.year for term in terms), *(one.due_on.year for one in known)]
    last = [*((term.valid_to or today).year for term in terms), *(one.due_on.year for one in known)]
    if not first:
        return ()
    return tuple(range(min(max(last), today.year), min(first) - 1, -1))
