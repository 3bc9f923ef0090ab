"""What staff read on the pages of somebody whose data is frozen, and which of these pages take no change any more."""

from collections.abc import Callable
from typing import Any

from portals.accounts.models import Account, Space
from portals.gestion import freezing
from portals.presentation.formats import local_date, long_date
from privacy.restriction.models import Freeze

REFUSED = "Aucune modification n’est possible ici."
ALLOWED = "Seul ce qui est dû ou demandé par la personne peut continuer."


def watch(label: str, subject: Callable[[Any], int | None], *, space: str = Space.MEMBER, refuses: bool = True) -> None:
    """Follow a model of a space: `subject(row)` says whose it is."""

    def finder(row: Any) -> freezing.Notice | None:
        number = subject(row)
        row_of = Freeze.objects.filter(space=space, subject_id=number, lifted_at=None).first() if number else None
        return _notice(row_of, refuses) if row_of else None

    freezing.register(label, finder)


def _notice(row: Freeze, refuses: bool) -> freezing.Notice:
    since = long_date(local_date(row.set_at))
    words = f"Usage limité depuis le {since}\u00a0: {row.reason} {REFUSED if refuses else ALLOWED}"
    return freezing.Notice(words, refuses)


def _account(account: Account) -> freezing.Notice | None:
    """An account's page: its own restriction, or that of the person whom it is of."""
    from django.db.models import Q

    from portals.access.models import Basis, Grant

    persons = Grant.objects.filter(account=account, space=Space.MEMBER, basis=Basis.COVER).values("subject_id")
    mine = Q(space=Space.MEMBER, subject_id__in=persons) | Q(space=account.space, subject_id=account.pk) & ~Q(
        space=Space.MEMBER
    )
    row = Freeze.objects.filter(mine, lifted_at=None).first()
    return _notice(row, refuses=False) if row else None


freezing.register("portals.Account", _account)
