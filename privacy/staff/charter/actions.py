"""Publishing a version of the charter, and acknowledging it."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.terms.documents import fingerprint
from portals.terms.markup import check
from privacy.audit import record
from privacy.staff.charter.models import CharterAcknowledgement, CharterVersion
from privacy.staff.charter.queries import latest

WORDS = "J’ai lu la charte et je m’engage à la suivre."
PUBLISH = "privacy.add_charterversion"


class NothingChanged(Exception):
    """The text is that of the last version."""


class ChangesUntold(Exception):
    """What changes is not said."""


class TooEarly(Exception):
    """The day on which it is asked for is past, or before that of the version before."""


class OtherVersion(Exception):
    """The text that was read is no longer the last one."""


@transaction.atomic
def publish(*, by: Account, text: str, changes: str, effective_on: datetime.date) -> CharterVersion:
    """Publish a version, asked of all staff from `effective_on` (a day of Paris) on.

    Raises PermissionDenied, MarkupRefused, NothingChanged, ChangesUntold or TooEarly.
    """
    if not by.has_perm(PUBLISH):
        raise PermissionDenied
    check(text)
    with connection.cursor() as cursor:  # two publications wait for one another
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('charter.publish'))")
    last = latest()
    if last is not None and last.text == text:
        raise NothingChanged
    if last is not None and not changes.strip():
        raise ChangesUntold
    if effective_on < timezone.localdate() or (last is not None and effective_on < last.effective_on):
        raise TooEarly
    version = CharterVersion.objects.create(
        number=last.number + 1 if last else 1,
        text=text,
        changes=changes,
        text_sha256=fingerprint(text),
        effective_on=effective_on,
        published_by=by,
    )
    record("charter.published", by=by, object_kind="charterversion", object_id=version.pk)
    return version


@transaction.atomic
def acknowledge(*, by: Account, number: int) -> CharterAcknowledgement:
    """Keep the proof that this member of staff undertook to follow the version that they read.

    Raises PermissionDenied to whoever is not staff, OtherVersion when another version came meanwhile.
    """
    if not by.is_staff:
        raise PermissionDenied
    version = latest()
    if version is None or version.number != number:
        raise OtherVersion
    proof = CharterAcknowledgement.objects.create(
        account=by, version=version, text_sha256=fingerprint(version.text), words=WORDS
    )
    record("charter.acknowledged", by=by, object_kind="charterversion", object_id=version.pk)
    return proof
