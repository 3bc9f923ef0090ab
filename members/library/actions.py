"""Publishing a version of an enforceable document, which ends the one before it."""

import datetime

from django.db import transaction

from members.coverage.models import Plan
from members.library.models import LegalDocument
from members.library.queries import next_version
from portals.accounts.models import Account
from portals.documents.actions import store
from privacy.audit import record

DAY = datetime.timedelta(days=1)


class Overlapping(ValueError):
    """A version of the same text begins on that day or later."""


class AlreadyPublished(ValueError):
    """The same text has a version of that name."""


class EndsTooEarly(ValueError):
    """A version cannot end before it began."""


def publish(
    *,
    by: Account | None,
    kind: str,
    title: str,
    version: str,
    valid_from: datetime.date,
    content: bytes,
    plan: Plan | None = None,
    group_contract: str = "",
) -> LegalDocument:
    """Keep the PDF as it is given, in force from a day; the version before it ends on the eve.

    Raises Overlapping and AlreadyPublished.
    """
    with transaction.atomic():
        same_text = LegalDocument.objects.select_for_update().filter(
            kind=kind, title=title, plan=plan, group_contract=group_contract
        )
        versions = list(same_text.order_by("valid_from"))
        if any(other.version == version for other in versions):
            raise AlreadyPublished(version)
        if any(other.valid_from >= valid_from for other in versions):
            raise Overlapping(version)
        for other in versions:
            if other.valid_to is None or other.valid_to >= valid_from:
                _end(other, valid_from - DAY, by=by)
        document = LegalDocument.objects.create(
            kind=kind,
            title=title,
            version=version,
            plan=plan,
            group_contract=group_contract,
            valid_from=valid_from,
            file=store(content=content, content_type="application/pdf", by=by),
            published_by=by,
        )
        record("library.published", by=by, object_kind="legal_document", object_id=document.pk)
    return document


def end(*, by: Account | None, document: LegalDocument, last_day: datetime.date | None) -> None:
    """Say the last day of a version, or that it has none any more. Raises EndsTooEarly and Overlapping."""
    if last_day is not None and last_day < document.valid_from:
        raise EndsTooEarly
    with transaction.atomic():
        following = next_version(document)
        if following is not None and (last_day is None or last_day >= following.valid_from):
            raise Overlapping
        _end(document, last_day, by=by)


def _end(document: LegalDocument, last_day: datetime.date | None, *, by: Account | None) -> None:
    document.valid_to = last_day
    document.save(update_fields=["valid_to"])
    record("library.ended", by=by, object_kind="legal_document", object_id=document.pk)
