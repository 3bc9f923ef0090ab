"""Who is frozen. Whatever uses data of people for something that the law does not impose asks here first."""

from collections.abc import Collection

from django.db.models import QuerySet

from portals.accounts.models import Space
from privacy.restriction.models import Freeze


def is_frozen(space: str, subject_id: int) -> bool:
    """Whether this person's data may not be used now. One query."""
    return bool(frozen_among(space, [subject_id]))


def frozen_among(space: str, subject_ids: Collection[int]) -> set[int]:
    """Those of them who are frozen. One query."""
    rows = Freeze.objects.filter(space=space, subject_id__in=subject_ids, lifted_at=None)
    return set(rows.values_list("subject_id", flat=True))


def frozen_persons() -> QuerySet[Freeze, int]:
    """The persons of the member space who are frozen, as a sub-select of a query. In the system's context."""
    return Freeze.objects.filter(space=Space.MEMBER, lifted_at=None).values_list("subject_id", flat=True)


def thawed(space: str, subject_ids: Collection[int]) -> set[int]:
    """Those of them whose data may be used."""
    return set(subject_ids) - frozen_among(space, subject_ids)


def standing_of(space: str, subject_id: int) -> Freeze | None:
    """The restriction of this person that stands."""
    return Freeze.objects.filter(space=space, subject_id=subject_id, lifted_at=None).first()
