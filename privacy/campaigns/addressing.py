"""Who receives a campaign: those whom the contract designates, and who accept it at this instant."""

from itertools import batched

from django.utils import timezone

from privacy.campaigns import reading
from privacy.campaigns.audiences import Recipient, audience_of
from privacy.campaigns.models import Campaign
from privacy.consents import Channel, usable
from privacy.consents.rules import PERSONALISATION

AT_ONCE = 5_000


def recipients_of(campaign: Campaign) -> list[Recipient]:
    """Computed when it is asked, never kept from before. Reads as the role `campaigns`."""
    with reading.contract_only():
        designated = audience_of(campaign.space).recipients(campaign.criteria, timezone.localdate())
        return [one for part in batched(designated, AT_ONCE, strict=False) for one in _accepting(campaign, list(part))]


def still_accepts(campaign: Campaign, recipient: Recipient) -> bool:
    """Asked again just before the message leaves."""
    with reading.contract_only():
        return bool(_accepting(campaign, [recipient]))


def _accepting(campaign: Campaign, part: list[Recipient]) -> list[Recipient]:
    """Whoever objects to personalisation is in no chosen part of the members: only in what goes to all of them."""
    holders = [one.holder for one in part]
    accepting = usable(holders, campaign.purpose.code, Channel.EMAIL)
    if campaign.criteria:
        accepting &= usable(holders, PERSONALISATION, Channel.WHOLE)
    return [one for one in part if one.holder in accepting]
