"""How entries are found, by index and by month: never by reading the whole journal.

Whoever asks bounds the period, so that the database opens the partitions of those months and no other. Within them a
person, an account or an object is found by the indexes `journal_subject`, `journal_account`, `journal_object` and
`journal_about`.
"""

import datetime

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from portals.accounts.models import Space
from privacy.audit.models import Entry

# As the partial index `journal_about` is written: the planner recognises it by its text.
NAMED = """("privacy_entry"."details" ? 'about'
    AND string_to_array("privacy_entry"."details" ->> 'about', ' ') @> ARRAY[%s])"""
OF_PERSONS = (Space.MEMBER.value, Space.STAFF.value, "")
"""Spaces whose entries have an insured person as their subject; elsewhere it is a company or a professional."""


def between(since: datetime.datetime, until: datetime.datetime) -> QuerySet[Entry]:
    """The entries of a period, its end excluded."""
    return Entry.objects.filter(at__gte=since, at__lt=until)


def month_of(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The bounds of a month in Paris, as instants; the second one is excluded."""
    first = day.replace(day=1)
    following = (first + datetime.timedelta(days=32)).replace(day=1)
    midnight = datetime.time()
    start, end = (timezone.make_aware(datetime.datetime.combine(each, midnight)) for each in (first, following))
    return start, end


def about_person(person_id: int) -> Q:
    """Entries that acted for a person, show or touch their record, or have them as object."""
    return (
        Q(subject_id=person_id, space__in=OF_PERSONS)
        | _named(f"p{person_id}")
        | Q(object_kind="person", object_id=str(person_id))
    )


def about_account(account_id: int) -> Q:
    """Entries that show or touch an account, whoever made them."""
    return _named(f"a{account_id}") | Q(object_kind="account", object_id=str(account_id))


def _named(word: str) -> Q:
    return Q(RawSQL(NAMED, [word], output_field=BooleanField()))  # noqa: S611  text of ours, the word is a parameter
