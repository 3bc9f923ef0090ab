"""Publishing a version of the terms, and accepting it."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portals.accounts.actions import validate_registration
from portals.accounts.models import Account, AccountState
from portals.signals import announce
from portals.terms.documents import fingerprint
from portals.terms.models import Acceptance, Capacity, TermsVersion
from portals.terms.queries import current_terms
from portals.terms.wording import DECLARATION, LABEL


class TermsNotAccepted(Exception):
    """The box was not ticked: nothing is recorded and no service opens (CGU-2.8)."""


class NotTheTermsInForce(Exception):
    """The version on the page is no longer the one in force: the new one must be read first (CGU-2.12)."""


class RepresentativeUnnamed(Exception):
    """Whoever acts with somebody's authorisation says whose (CGU-2.10)."""


@transaction.atomic
def publish(
    *,
    by: Account | None,
    text: str,
    summary: str,
    effective_at: datetime.datetime | None = None,
    number: int | None = None,
) -> TermsVersion:
    """Publish a version, in force from `effective_at` (an instant, now by default). It never changes afterwards."""
    now = timezone.now()
    if number is None:
        number = (TermsVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    version = TermsVersion.objects.create(
        number=number,
        text=text,
        summary=summary,
        text_sha256=fingerprint(text),
        published_at=now,
        effective_at=effective_at or now,
    )
    announce("terms.published", by=by, object_kind="terms_version", object_id=number)
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
