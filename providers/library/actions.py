"""Publishing a version of a text of third-party payment, which ends the one before it."""

import datetime

from django.db import transaction

from portals.accounts.models import Account
from portals.documents.actions import store
from privacy.audit import record
from providers.library.models import AgreementText
from providers.library.queries import next_version, same_text

DAY = datetime.timedelta(days=1)


class Overlapping(ValueError):
    """A version of the same text begins on that day or later."""


class AlreadyPublished(ValueError):
    """The same text has a version of that name."""


class EndsTooEarly(ValueError):
    """A version cannot end before it began."""


@transaction.atomic
def publish(
    *, by: Account | None, kind: str, title: str, version: str, valid_from: datetime.date, content: bytes,
    profession: str = "",
) -> AgreementText:  # fmt: skip
    """Keep the PDF as it is given, in force from a day; the version before it ends on the eve.

    Raises Overlapping and AlreadyPublished.
    """
    versions = list(same_text(kind=kind, title=title, profession=profession).select_for_update())
    if any(other.version == version for other in versions):
        raise AlreadyPublished(version)
    if any(other.valid_from >= valid_from for other in versions):
        raise Overlapping(version)
    for other in versions:
        if other.valid_to is None or other.valid_to >= valid_from:
            _end(other, valid_from - DAY, by=by)
    text = AgreementText.objects.create(
        kind=kind,
        title=title,
        version=version,
        profession=profession,
        valid_from=valid_from,
        file=store(content=content, content_type="application/pdf", by=by),
        published_by=by,
    )
    record("agreement_text.published", by=by, object_kind="agreement_text", object_id=text.pk)
    return text


@transaction.atomic
def end(*, by: Account | None, text: AgreementText, last_day: datetime.date | None) -> None:
    """Say the last day of a version, or that it has none any more. Raises EndsTooEarly and Overlapping."""
    if last_day is not None and last_day < text.valid_from:
        raise EndsTooEarly
    following = next_version(text)
    if following is not None and (last_day is None or last_day >= following.valid_from):
        raise Overlapping
    _end(text, last_day, by=by)


def _end(text: AgreementText, last_day: datetime.date | None, *, by: Account | None) -> None:
    text.valid_to = last_day
    text.save(update_fields=["valid_to"])
    record("agreement_text.ended", by=by, object_kind="agreement_text", object_id=text.pk)
