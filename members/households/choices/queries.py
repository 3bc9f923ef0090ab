"""Reads of what is decided on who sees a minor; each costs nothing of its own in the query of a household."""

import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from members.households.choices.models import CareChoice, Exercise, ParentalAuthority
from members.households.rules import UNINSURED


def only_parent_on(day: datetime.date) -> Subquery:
    """Of each person: who exercises authority alone on a day, `UNINSURED`, or nothing when both parents do."""
    in_force = ParentalAuthority.objects.filter(child=OuterRef("pk"), start_date__lte=day).order_by(
        "-start_date", "-pk"
    )
    of_whom = Case(When(exercised_by=Exercise.ONE, then=Coalesce(F("parent_id"), Value(UNINSURED))))
    return Subquery(in_force.annotate(of_whom=of_whom).values("of_whom")[:1])


def hidden_from() -> Subquery:
    """Of each person: the parents to whom they do not show their care."""
    hidden = CareChoice.objects.filter(person=OuterRef("pk"), replaced_at=None, shows=False)
    return ArraySubquery(hidden.order_by("parent_id").values("parent_id"))


def only_parent_of(child_id: int, *, day: datetime.date) -> int | None:
    """As `only_parent_on`, for one child. One query."""
    authority = authority_over(child_id, day=day)
    if authority is None or authority.exercised_by == Exercise.BOTH:
        return None
    return authority.parent_id or UNINSURED


def authority_over(child_id: int, *, day: datetime.date) -> ParentalAuthority | None:
    """The judgment in force on a day, if there is one."""
    rows = ParentalAuthority.objects.filter(child=child_id, start_date__lte=day)
    return rows.order_by("-start_date", "-pk").first()


def hides_from(person_id: int, parent_id: int | None) -> bool:
    """Whether a minor hides their care from this person. One query."""
    return CareChoice.objects.filter(person=person_id, parent=parent_id, replaced_at=None, shows=False).exists()


def choices_of(person_id: int) -> QuerySet[CareChoice]:
    """Every choice of a minor, replaced ones included, newest first."""
    return CareChoice.objects.filter(person=person_id).select_related("parent").order_by("-chosen_at", "-pk")
