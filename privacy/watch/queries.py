"""The figures of the watch, from the journal: the entries of the window, then the habit of the few who deserve it."""

import datetime

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncHour

from portals.accounts.models import Space
from privacy.audit.kinds import OperationKind, actions_of
from privacy.audit.searching import between
from privacy.watch.rules import BANK_AFTER_EMAIL, HABIT, Activity, deserves_its_habit

IS_LOOK = Q(action__in=actions_of(OperationKind.LOOK))
IS_FILE = Q(action__in=actions_of(OperationKind.FILE))
REFUSED = Q(action="account.sign_in", result="refused")
NOT_MEMBERS = (Space.STAFF, Space.EMPLOYER, Space.PROFESSIONAL)


def refused_by_account(since: datetime.datetime, until: datetime.datetime) -> dict[int, int]:
    """Sign-ins refused, by the account whose identifier was typed."""
    rows = between(since, until).filter(REFUSED, object_kind="account").exclude(object_id="").values("object_id")
    return {int(row["object_id"]): row["count"] for row in rows.annotate(count=Count("id"))}


def refused_by_network(since: datetime.datetime, until: datetime.datetime) -> dict[str, int]:
    """Sign-ins refused, by network."""
    rows = between(since, until).filter(REFUSED, details__has_key="network").values("details__network")
    return {str(row["details__network"]): row["count"] for row in rows.annotate(count=Count("id"))}


def activity_of_staff(since: datetime.datetime, until: datetime.datetime) -> list[Activity]:
    """What each member of staff looked at and took out; with their habit when it is much. One query more for each of them."""
    staff = between(since, until).filter(space=Space.STAFF, account_id__isnull=False)
    rows = staff.values("account_id").annotate(looks=Count("id", IS_LOOK), exports=Count("id", IS_FILE))
    found = []
    for row in rows.order_by("account_id"):
        account_id = row["account_id"]
        if account_id is not None and deserves_its_habit(row["looks"], row["exports"]):
            found.append(Activity(account_id, row["looks"], row["exports"], *_habit(account_id, since)))
    return found


def _habit(account_id: int, until: datetime.datetime) -> tuple[int, int]:
    """The busiest hour of the thirty days before: looks, exports."""
    entries = between(until - HABIT, until).filter(account_id=account_id)
    hours = entries.annotate(hour=TruncHour("at")).values("hour")
    told = hours.annotate(looks=Count("id", IS_LOOK), exports=Count("id", IS_FILE))
    most = told.aggregate(looks_at_most=Max("looks"), exports_at_most=Max("exports"))
    return most["looks_at_most"] or 0, most["exports_at_most"] or 0


def exports_of_others(since: datetime.datetime, until: datetime.datetime) -> dict[int, list[datetime.datetime]]:
    """When each account of staff, a company or a professional took files out."""
    rows = between(since, until).filter(IS_FILE, space__in=NOT_MEMBERS, account_id__isnull=False)
    found: dict[int, list[datetime.datetime]] = {}
    for account_id, at in rows.order_by("at").values_list("account_id", "at"):
        if account_id is not None:
            found.setdefault(account_id, []).append(at)
    return found


def bank_changes_after_email(since: datetime.datetime, until: datetime.datetime) -> set[int]:
    """Accounts that asked for another bank account in the window, and whose e-mail address had just changed."""
    asked = between(since, until).filter(action="bank.change_asked", account_id__isnull=False)
    accounts = set(asked.values_list("account_id", flat=True))
    if not accounts:
        return set()
    changed = between(since - BANK_AFTER_EMAIL, until).filter(account_id__in=accounts, action="account.email_changed")
    return {account_id for account_id in changed.values_list("account_id", flat=True) if account_id is not None}
