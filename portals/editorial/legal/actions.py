"""Publishing a version of a legal page."""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.editorial.legal.models import LegalVersion, Page
from portals.editorial.legal.queries import last_of
from portals.signals import announce
from portals.terms.actions import ChangesUntold, EffectiveTooEarly
from portals.terms.documents import fingerprint
from portals.terms.markup import check


class NothingChanged(Exception):
    """The text is that of the last version."""


@transaction.atomic
def publish(
    *, by: Account, page: Page, text: str, changes: str, effective_at: datetime.datetime | None = None
) -> LegalVersion:
    """Publish a version of a page, in force from `effective_at` (an instant, now by default). It never changes afterwards.

    Raises MarkupRefused, ChangesUntold, NothingChanged or EffectiveTooEarly.
    """
    check(text)
    check(changes)
    now = timezone.now()
    effective_at = effective_at or now
    with connection.cursor() as cursor:  # two publications wait for one another
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('legal.publish'))")
    last = last_of(page)
    if last is not None and not changes.strip():
        raise ChangesUntold
    if last is not None and last.text == text:
        raise NothingChanged
    if effective_at < now or (last is not None and effective_at < last.effective_at):
        raise EffectiveTooEarly
    version = LegalVersion.objects.create(
        page=page,
        number=last.number + 1 if last else 1,
        text=text,
        changes=changes,
        text_sha256=fingerprint(text),
        published_at=now,
        effective_at=effective_at,
        published_by=by,
    )
    announce("legal.published", by=by, object_kind="legalversion", object_id=version.pk)
    return version
