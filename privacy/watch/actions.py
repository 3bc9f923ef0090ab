"""What the watch does: look at the last hour, open an incident for what is unusual, tell the security officers."""

import datetime
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from portals.access.reference import ALPHABET
from portals.accounts.models import Account
from portals.gestion.roles import Role
from portals.jobs import Priority, enqueue
from portals.jobs.schedules import daily, steadily
from privacy.audit import record
from privacy.audit.verifying import Broken
from privacy.breaches.actions import close_with, open_incident
from privacy.breaches.models import Incident, IncidentState, Source
from privacy.desk.checks import check_journal
from privacy.watch import queries, rules
from privacy.watch.models import Anomaly
from privacy.watch.rules import Finding

MAIL = "journal.anomaly"


class NotDismissible(Exception):
    """The incident is closed already, or the watch did not open it."""


def watch(planned_for: datetime.datetime) -> None:
    """Apply every rule to the hour that ends at `planned_for`."""
    raise_alarms(findings(planned_for), planned_for)


def findings(until: datetime.datetime) -> list[Finding]:
    """What was unusual in the hour before this instant."""
    since = until - rules.WINDOW
    return [
        *rules.refused_on_accounts(queries.refused_by_account(since, until)),
        *rules.refused_from_networks(queries.refused_by_network(since, until)),
        *rules.out_of_habit(queries.activity_of_staff(since, until)),
        *rules.exports_by_night(queries.exports_of_others(since, until)),
        *rules.bank_after_email(queries.bank_changes_after_email(since, until)),
    ]


def verify_journal(planned_for: datetime.datetime) -> None:
    """The nightly check of every entry, seal and checkpoint; an alteration is an incident (PDP-7.4)."""
    try:
        checked = check_journal()
    except Broken as broken:
        record("journal.verified", by=None, result="broken")
        raise_alarms([rules.journal_broken(entry=broken.entry, seal=broken.seal)], planned_for)
    else:
        record("journal.verified", by=None, details={"entries": checked.entries, "seals": checked.seals})


steadily("journal.watch", minutes=15, run=watch)
daily("journal.verify", at=datetime.time(3, 15), run=verify_journal)


@transaction.atomic
def raise_alarms(found: Sequence[Finding], at: datetime.datetime) -> int:
    """Open an incident for each finding that was not told yet that day; returns how many."""
    day = timezone.localdate(at)
    by_key = {finding.key(day): finding for finding in found}
    known = set(Anomaly.objects.filter(key__in=by_key).values_list("key", flat=True))
    for key in sorted(by_key.keys() - known):
        _open(key, by_key[key], day)
    return len(by_key.keys() - known)


def _open(key: str, finding: Finding, day: datetime.date) -> None:
    incident = open_incident(
        by=None,
        reference=f"AJ-{day:%y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(6))}",
        source=Source.JOURNAL_WATCH,
        kind=finding.kind,
        account_id=finding.account_id,
        note=finding.note,
    )
    anomaly = Anomaly.objects.create(incident=incident, key=key)
    officers = Account.objects.filter(groups__name=Role.SECURITY.value, is_staff=True, is_active=True, locked_at=None)
    for officer in officers.order_by("pk").values_list("pk", flat=True):
        enqueue(MAIL, key=f"{anomaly.pk}-{officer}", subject_id=officer, priority=Priority.ASKED)


@transaction.atomic
def dismiss(*, by: Account, incident: Incident, reason: str) -> None:
    """Say why an alert was harmless, and close its incident. Raises NotDismissible."""
    anomaly = Anomaly.objects.select_for_update().filter(incident=incident, dismissed_at=None).first()
    if anomaly is None or incident.state != IncidentState.OPEN:
        raise NotDismissible
    anomaly.dismissed_at, anomaly.dismissed_by, anomaly.reason = timezone.now(), by, reason
    anomaly.save(update_fields=["dismissed_at", "dismissed_by", "reason"])
    close_with(incident, by=by, words=reason)
    record("incident.dismissed", by=by, object_kind="incident", object_id=incident.pk)
