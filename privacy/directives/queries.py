"""Reads of directives."""

import datetime

from django.db.models import QuerySet

from privacy.consents.holders import Holder
from privacy.directives.holders import people_of
from privacy.directives.models import Directives
from privacy.directives.rules import still_counts


def versions_of(holder: Holder) -> QuerySet[Directives]:
    """Every version, the last first."""
    return Directives.objects.filter(space=holder.space, subject_id=holder.subject_id).order_by("-number")


def in_force(holder: Holder, day: datetime.date) -> Directives | None:
    """The version that counts on a day of Europe/Paris; None when nothing was written, or everything was revoked.

    Two queries at most; the second, for what a parent wrote, asks how old the child is.
    """
    last = versions_of(holder).first()
    if last is None or last.is_revocation:
        return None
    is_of_parent = last.capacity == "parent"
    born = people_of(holder.space).born_on(holder.subject_id) if is_of_parent else None
    return last if still_counts(last.capacity, born, day) else None
