"""An alert of the watch."""

from django.utils import timezone

from portals.accounts.models import Account
from privacy.breaches.models import Incident, Kind
from privacy.watch.actions import raise_alarms
from privacy.watch.rules import Finding


def alarm_about(account: Account) -> Incident:
    """An open incident about this account, that the watch has just opened."""
    raise_alarms([Finding(Kind.SIGN_IN_BURST, f"a{account.pk}", account.pk, "Essai.")], timezone.now())
    return Incident.objects.get(account_id=account.pk, kind=Kind.SIGN_IN_BURST)
