"""Purposes as the DPO writes them: each new wording is a new version, and nothing that people read is rewritten."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from privacy.audit import record
from privacy.consents.models import Purpose, PurposeText


@dataclass(frozen=True)
class Words:
    """What people read of a purpose."""

    label: str
    text: str
    recipients: str


def words_of(purpose: Purpose) -> Words:
    """What they read now."""
    text = purpose.texts.order_by("-number")[0]
    return Words(text.label, text.text, text.recipients)


@transaction.atomic
def publish(*, by: Account, purpose: Purpose, words: Words, asks_again: bool = False) -> Purpose:
    """A new purpose, or the next version of one, read at once. Words that are the same make no version.

    `asks_again`: what was accepted under older versions counts no more. What was refused stays refused.
    """
    latest = None
    if purpose.pk:
        Purpose.objects.select_for_update().get(pk=purpose.pk)
        latest = purpose.texts.order_by("-number").first()
    if latest is not None and words == Words(latest.label, latest.text, latest.recipients):
        purpose.save()
        return purpose
    number = latest.number + 1 if latest else 1
    if asks_again:
        purpose.asked_again_from = number
    purpose.save()
    PurposeText.objects.create(
        purpose=purpose, number=number, label=words.label, text=words.text, recipients=words.recipients,
        written_at=timezone.now(), by_account=by.pk,
    )  # fmt: skip
    record("purpose.published", by=by, object_kind="purpose", object_id=purpose.pk, details={"version": number})
    return purpose
