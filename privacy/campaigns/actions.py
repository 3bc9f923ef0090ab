"""Writing a campaign, sending it, leaving it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portals import jobs
from portals.access import isolation
from portals.accounts.models import Account
from portals.editorial.information.markup import check
from privacy.audit import record
from privacy.campaigns.addressing import recipients_of
from privacy.campaigns.models import Campaign, CampaignMessage, CampaignState
from privacy.consents.actions import NotOffered, withdraw_by_link
from privacy.consents.holders import Holder
from privacy.consents.models import Purpose
from privacy.consents.rules import Channel

WRITE = "privacy.change_campaign"
SEND = "privacy.send_campaign"
ADDRESS = "campaign.address"
TRY = "campaign.try"


class AlreadySent(Exception):
    """A campaign that was sent changes no more, and is sent once."""


@dataclass(frozen=True)
class Words:
    """What a campaign says."""

    subject: str
    text: str


@transaction.atomic
def write(
    *, by: Account, purpose: Purpose, words: Words, criteria: Mapping[str, Any], campaign: Campaign | None = None
) -> Campaign:
    """A new campaign, or the same with other words. Raises PermissionDenied, MarkupRefused or AlreadySent."""
    if not by.has_perm(WRITE):
        raise PermissionDenied
    check(words.text)
    row = Campaign(written_by=by) if campaign is None else _draft(campaign.pk)
    row.purpose, row.subject, row.text, row.criteria = purpose, words.subject, words.text, dict(criteria)
    row.written_at = timezone.now()
    row.save()
    record("campaign.written", by=by, object_kind="campaign", object_id=row.pk)
    return row


@transaction.atomic
def send(*, by: Account, campaign: Campaign) -> None:
    """Promise it: who receives it is computed by the job. Raises PermissionDenied or AlreadySent."""
    if not by.has_perm(SEND):
        raise PermissionDenied
    row = _draft(campaign.pk)
    row.state, row.sent_by, row.sent_at = CampaignState.SENDING, by, timezone.now()
    row.save(update_fields=["state", "sent_by", "sent_at"])
    jobs.enqueue(ADDRESS, key=str(row.pk), subject_id=row.pk)
    record("campaign.sent", by=by, object_kind="campaign", object_id=row.pk, details={"purpose": row.purpose.code})


@transaction.atomic
def send_for(*, by: Account, purpose: str, words: Words) -> Campaign | None:
    """A campaign of another room of privacy, to all who accept the purpose; its action has checked the right of `by`.

    None when the purpose was stopped: nobody may be told.
    """
    found = Purpose.objects.filter(code=purpose, retired_at=None).first()
    if found is None:
        return None
    check(words.text)
    now = timezone.now()
    row = Campaign.objects.create(
        purpose=found, subject=words.subject, text=words.text, written_by=by, written_at=now, sent_by=by, sent_at=now,
        state=CampaignState.SENDING,
    )  # fmt: skip
    jobs.enqueue(ADDRESS, key=str(row.pk), subject_id=row.pk)
    record("campaign.sent", by=by, object_kind="campaign", object_id=row.pk, details={"purpose": found.code})
    return row


def send_to_author(*, by: Account, campaign: Campaign) -> None:
    """The message as people will receive it, to whoever wrote it first. Raises PermissionDenied."""
    if not by.has_perm(WRITE):
        raise PermissionDenied
    with transaction.atomic():
        jobs.enqueue(TRY, key=f"{campaign.pk}-{by.pk}-{timezone.now():%Y%m%d%H%M%S}", subject_id=campaign.pk)
        record("campaign.tried", by=by, object_kind="campaign", object_id=campaign.pk)


def count_recipients(*, by: Account, campaign: Campaign) -> int:
    """How many would receive it now; who they are is told to nobody. Raises PermissionDenied."""
    if not by.has_perm("privacy.view_campaign"):
        raise PermissionDenied
    return len(recipients_of(campaign))


@dataclass(frozen=True)
class Progress:
    """Numbers of messages. `left`: those who left the list by the link of this campaign."""

    made: int
    held_back: int
    left: int


def progress_of(*, by: Account, campaign: Campaign) -> Progress:
    """Numbers and nothing else, so staff get them although they read none of the rows. Raises PermissionDenied."""
    if not by.has_perm("privacy.view_campaign"):
        raise PermissionDenied
    with isolation.system():
        rows = CampaignMessage.objects.filter(campaign=campaign)
        return Progress(
            made=rows.count(),
            held_back=rows.exclude(held_back_at=None).count(),
            left=rows.exclude(unsubscribed_at=None).count(),
        )


@transaction.atomic
def leave(*, message_id: int) -> Purpose | None:
    """No more of what this message was, by e-mail; None for a message that is no more. Twice does nothing more.

    The link is the proof: nobody is signed in, so the row context is the system's.
    """
    message = _message(message_id)
    if message is None:
        return None
    purpose = message.campaign.purpose
    holder = Holder(message.space, message.subject_id, message.tenant_id)
    try:
        has_left = withdraw_by_link(holder=holder, purpose=purpose.code, channel=Channel.EMAIL)
    except NotOffered:  # the purpose itself was stopped: nothing more is sent
        has_left = False
    if has_left:
        with isolation.system():
            CampaignMessage.objects.filter(pk=message.pk, unsubscribed_at=None).update(unsubscribed_at=timezone.now())
    return purpose


def purpose_left_by(message_id: int) -> Purpose | None:
    """What the link of this message leaves; None for a message that is no more."""
    message = _message(message_id)
    return message.campaign.purpose if message else None


def _message(message_id: int) -> CampaignMessage | None:
    with isolation.system():
        return CampaignMessage.objects.select_related("campaign__purpose").filter(pk=message_id).first()


def _draft(pk: int) -> Campaign:
    row = Campaign.objects.select_for_update().select_related("purpose").get(pk=pk)
    if row.state != CampaignState.DRAFT:
        raise AlreadySent
    return row
