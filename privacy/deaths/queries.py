"""Who is held for dead. Whatever speaks to people, or serves them, asks here first."""

from collections.abc import Collection

from django.db.models import QuerySet

from portals.accounts.models import Space
from privacy.deaths.models import STANDING, Death


def departed() -> QuerySet[Death]:
    """The deaths that stand: checked once, or confirmed."""
    return Death.objects.filter(state__in=STANDING)


def departed_persons() -> QuerySet[Death, int]:
    """The persons of the member space who are held for dead, as a sub-select of a query.

    In the context of a household, those of that household.
    """
    rows = departed().filter(space=Space.MEMBER, subject_id__isnull=False)
    return rows.values_list("subject_id", flat=True)  # type: ignore[return-value]  # never None: asked above


def is_departed(space: str, subject_id: int) -> bool:
    """Whether this person is. One query."""
    return departed().filter(space=space, subject_id=subject_id).exists()


def departed_among(space: str, subject_ids: Collection[int]) -> set[int]:
    """Those of them who are. One query."""
    found = departed().filter(space=space, subject_id__in=subject_ids).values_list("subject_id", flat=True)
    return {number for number in found if number is not None}


def departed_account(account_id: int) -> bool:
    """Whether an account was closed because its holder died."""
    return departed().filter(closed_accounts__contains=[account_id]).exists()
