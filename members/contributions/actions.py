"""What staff write of contributions: terms from a day on, and what became of an instalment."""

import datetime
from decimal import Decimal

from members.contributions.models import ContributionTerm, Frequency, Instalment, InstalmentState, PaymentMode
from members.coverage.models import Policy
from members.households.models import Person
from portals.access import isolation
from portals.accounts.models import Account
from privacy.audit import record

DAY = datetime.timedelta(days=1)


class PayerMissing(ValueError):
    """A direct debit says from whose account."""


def set_term(
    *,
    by: Account | None,
    policy: Policy,
    valid_from: datetime.date,
    amount: Decimal,
    frequency: Frequency | str = Frequency.MONTHLY,
    mode: PaymentMode | str = PaymentMode.DIRECT_DEBIT,
    day: int = 5,
    payer: Person | None = None,
    valid_to: datetime.date | None = None,
) -> ContributionTerm:
    """Write the terms that begin on a day; those before end on the eve. Raises PayerMissing."""
    if mode == PaymentMode.DIRECT_DEBIT and payer is None:
        raise PayerMissing
    with isolation.system():
        ContributionTerm.objects.filter(policy=policy, valid_from__lt=valid_from, valid_to=None).update(
            valid_to=valid_from - DAY
        )
        term, _is_new = ContributionTerm.objects.update_or_create(
            policy=policy,
            valid_from=valid_from,
            defaults={
                "household_id": policy.household_id,
                "payer": payer,
                "valid_to": valid_to,
                "amount": amount,
                "frequency": frequency,
                "mode": mode,
                "day": day,
            },
        )
    record("contribution.term_set", by=by, object_kind="policy", object_id=policy.pk)
    return term


def set_instalment(
    *,
    by: Account | None,
    policy: Policy,
    due_on: datetime.date,
    amount: Decimal,
    state: InstalmentState | str,
    state_on: datetime.date,
) -> Instalment:
    """Write what became of the instalment due on a day."""
    with isolation.system():
        instalment, _is_new = Instalment.objects.update_or_create(
            policy=policy,
            due_on=due_on,
            defaults={
                "household_id": policy.household_id, "amount": amount, "state": state, "state_on": state_on,
            },
        )  # fmt: skip
    record(
        "contribution.instalment_set", by=by, object_kind="policy", object_id=policy.pk,
        details={"to": str(state)},
    )  # fmt: skip
    return instalment
