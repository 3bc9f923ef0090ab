"""The availability of the demo: a quiet site, with one incident, one maintenance behind it and one to come."""

import datetime

from django.utils import timezone

from portals.accounts.models import Account
from portals.editorial.availability.actions import end, note
from portals.editorial.availability.models import Interruption, Nature

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def fill_availability() -> bool:
    """Once, by the demo's security officer; says whether it did."""
    by = Account.objects.filter(email="security-officer@example.org").first()
    if by is None or Interruption.objects.exists():
        return False
    tonight = timezone.localtime().replace(hour=2, minute=0, second=0, microsecond=0)
    note(
        by=by, nature=Nature.MAINTENANCE, begins_at=tonight + 20 * DAY, ends_at=tonight + 20 * DAY + 2 * HOUR,
        impact="Tous les espaces\u00a0: mise à jour des serveurs.",
    )  # fmt: skip
    incident = note(
        by=by, nature=Nature.INCIDENT, begins_at=tonight - 45 * DAY + 7 * HOUR, ends_at=None,
        impact="Le téléchargement des relevés échouait\u202f; le reste des espaces répondait.",
    )  # fmt: skip
    end(by=by, row=incident, ends_at=incident.begins_at + datetime.timedelta(minutes=38))
    Interruption.objects.create(
        nature=Nature.MAINTENANCE, begins_at=tonight - 80 * DAY, ends_at=tonight - 80 * DAY + HOUR,
        impact="Tous les espaces\u00a0: mise à jour des serveurs.", noted_by=by, noted_at=tonight - 90 * DAY,
    )  # fmt: skip
    return True
