"""Reading the charter and who acknowledged it."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from portals.accounts.models import Account, AccountState
from privacy.staff.charter.models import CharterAcknowledgement, CharterVersion
from privacy.staff.charter.rules import Standing, standing


def latest() -> CharterVersion | None:
    """The text to acknowledge: the last one published, even when it is asked for later."""
    return CharterVersion.objects.order_by("-number").first()


def working_staff() -> QuerySet[Account]:
    """Staff accounts that may sign in."""
    return Account.objects.filter(is_staff=True, is_active=True).exclude(state=AccountState.CLOSED)


def standings(accounts: Collection[int]) -> dict[int, Standing]:
    """Where each of these accounts stands today. Two queries."""
    today = timezone.localdate()
    versions = list(CharterVersion.objects.values_list("number", "effective_on"))
    rows = CharterAcknowledgement.objects.filter(account__in=accounts).order_by("account", "-at", "-pk")
    last = {
        row.account_id: (row.version.number, timezone.localdate(row.at))
        for row in rows.distinct("account").select_related("version").defer("version__text")
    }
    return {account: standing(last.get(account), versions, today) for account in accounts}


def standing_of(account: Account) -> Standing:
    """Where one account stands today. Two queries."""
    return standings([account.pk])[account.pk]


def proofs_of(account: Account) -> QuerySet[CharterAcknowledgement]:
    """What an account acknowledged, the last first."""
    rows = CharterAcknowledgement.objects.filter(account=account).order_by("-at", "-pk")
    return rows.select_related("version").defer("version__text")
