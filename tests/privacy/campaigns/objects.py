"""Campaigns for tests."""

from typing import Any

from portals.accounts.models import Account
from privacy.campaigns.models import Campaign
from privacy.consents.models import Purpose

TEXT = "Bonjour,\n\n## Une réunion\n\nVenez **nombreux** : [l’ordre du jour](/aide/)."


def campaign_by(author: Account, purpose: str = "offers", **criteria: Any) -> Campaign:
    """A draft."""
    return Campaign.objects.create(
        purpose=Purpose.objects.get(code=purpose), subject="Une réunion près de chez vous", text=TEXT,
        criteria=criteria, written_by=author,
    )  # fmt: skip
