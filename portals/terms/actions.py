"""Publishing a version of the terms, and accepting it."""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from portals.accounts.actions import validate_registration
from portals.accounts.models import Account, AccountState
from portals.signals import announce
from portals.terms.documents import fingerprint
from portals.terms.markup import check
from portals.terms.models import Acceptance, Capacity, TermsDraft, TermsVersion
from portals.terms.queries import current_terms
from portals.terms.wording import DECLARATION, LABEL


class TermsNotAccepted(Exception):
    """The box was not ticked: nothing is recorded and no service opens (CGU-2.8)."""


class NotTheTermsInForce(Exception):
    """The version on the page is no longer the one in force: the new one must be read first (CGU-2.12)."""


class RepresentativeUnnamed(Exception):
    """Whoever acts with somebody's authorisation says whose (CGU-2.10)."""


class ChangesUntold(Exception):
    """A new version says in plain words what changes."""


class EffectiveTooEarly(Exception):
    """A version takes effect neither in the past nor before one that is already announced."""


@transaction.atomic
def publish(
    *,
    by: Account | None,
    text: str,
    summary: str,
    changes: str,
    effective_at: datetime.datetime | None = None,
) -> TermsVersion:
    """Publish a version, in force from `effective_at` (an instant, now by default). It never changes afterwards.

    Raises MarkupRefused, ChangesUntold or EffectiveTooEarly.
    """
    for part in (text, summary, changes):
        check(part)
    now = timezone.now()
    effective_at = effective_at or now
    _one_at_a_time()
    last = TermsVersion.objects.order_by("number").last()
    if last is not None and not changes.strip():
        raise ChangesUntold
    if effective_at < now or (last is not None and effective_at < last.effective_at):
        raise EffectiveTooEarly
    version = TermsVersion.objects.create(
        number=last.number + 1 if last else 1,
        text=text,
        summary=summary,
        changes=changes,
        text_sha256=fingerprint(text),
        published_at=now,
        effective_at=effective_at,
    )
    announce("terms.published", by=by, object_kind="terms_version", object_id=version.number)
    return version


@transaction.atomic
def publish_draft(*, by: Account, draft: TermsDraft) -> TermsVersion:
    """Publish what was drafted, once: the draft goes. Raises what `publish` raises, and DoesNotExist the second time."""
    kept = TermsDraft.objects.select_for_update().get(pk=draft.pk)
    version = publish(by=by, text=kept.text, summary=kept.summary, changes=kept.changes, effective_at=kept.effective_at)
    kept.delete()
    return version


@transaction.atomic
def accept(
    *,
    by: Account,
    ticked: bool,
    version: TermsVersion,
    capacity: Capacity,
    representative_name: str,
    address: str,
) -> Acceptance:
    """Record that `by` ticked the box under this very text, from this network address (CGU-2.9, 2.10).

    It takes effect at once and replaces earlier acceptances (CGU-2.12). Accepting the same version again returns the
    first record. Raises TermsNotAccepted, NotTheTermsInForce or RepresentativeUnnamed.
    """
    if not ticked:
        raise TermsNotAccepted
    if version != current_terms():
        raise NotTheTermsInForce
    representative_name = representative_name.strip()
    if capacity != Capacity.ADULT and not representative_name:
        raise RepresentativeUnnamed
    acceptance, is_new = Acceptance.objects.get_or_create(
        account=by,
        version=version,
        defaults={
            "text_sha256": version.text_sha256,
            "label": LABEL,
            "declaration": DECLARATION,
            "capacity": capacity,
            "representative_name": "" if capacity == Capacity.ADULT else representative_name,
            "address": address,
        },
    )
    by.accepted_terms = version
    if by.state == AccountState.STARTED:
        by.state = AccountState.TERMS_ACCEPTED
    by.save(update_fields=["accepted_terms", "state"])
    if is_new:
        announce("terms.accepted", by=by, object_kind="terms_version", object_id=version.number)
    validate_registration(by=by)
    return acceptance


def _one_at_a_time() -> None:
    """Two publications wait for one another, until the end of the transaction: numbers have no hole and no twin."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('terms.publish'))")
