"""The charter as the demo's staff acknowledged it, ten months ago: it is to be read again in two months."""

import datetime

from django.utils import timezone

from portals.accounts.models import Account
from privacy.staff.charter.actions import WORDS
from privacy.staff.charter.models import CharterAcknowledgement
from privacy.staff.charter.queries import latest

SINCE = datetime.timedelta(days=300)


def engage(account: Account) -> None:
    """The proof of a member of staff, without which no right switches on."""
    version = latest()
    if version is not None:
        CharterAcknowledgement.objects.create(
            account=account, version=version, text_sha256=version.text_sha256, words=WORDS, at=timezone.now() - SINCE
        )
