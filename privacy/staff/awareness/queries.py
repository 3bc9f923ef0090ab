"""Who has followed which module."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from portals.accounts.models import Account
from privacy.staff.awareness.models import AwarenessModule, AwarenessResult
from privacy.staff.charter.queries import working_staff


@dataclass(frozen=True)
class Followed:
    """How many of the open modules somebody followed."""

    done: int
    asked: int

    @property
    def words(self) -> str:
        return f"{self.done} sur {self.asked}" if self.asked else "aucun demandé"


def open_modules() -> QuerySet[AwarenessModule]:
    """Those that staff are asked to follow."""
    return AwarenessModule.objects.filter(ended_at=None).order_by("due_on", "pk")


def followed(accounts: Collection[int]) -> dict[int, Followed]:
    """For each account, out of the open modules. Two queries."""
    asked = open_modules().count()
    rows = AwarenessResult.objects.filter(account__in=accounts, module__ended_at=None).values_list("account")
    counts = dict(rows.annotate(done=Count("pk")).order_by())
    return {account: Followed(counts.get(account, 0), asked) for account in accounts}


def done_by(account: Account) -> set[int]:
    """The modules that an account followed."""
    return set(AwarenessResult.objects.filter(account=account).values_list("module", flat=True))


@dataclass(frozen=True)
class Member:
    """A member of staff in the results of a module."""

    account: Account
    result: AwarenessResult | None


def results_of(module: AwarenessModule) -> list[Member]:
    """Everybody who works here, whether they followed it or not, in the order of names."""
    found = {row.account_id: row for row in module.results.all()}
    staff = working_staff().filter(groups__isnull=False).distinct().order_by("display_name", "pk")
    return [Member(account, found.get(account.pk)) for account in staff]


def is_late(module: AwarenessModule) -> bool:
    return module.ended_at is None and module.due_on < timezone.localdate()
