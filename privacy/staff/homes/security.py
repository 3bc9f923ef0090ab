"""What the security officer answers for: incidents, sessions, limits, access rights, the charter."""

import datetime
from collections.abc import Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from portals.access.models import Restriction
from portals.accounts.models import Account
from portals.accounts.security.models import AccountSession
from privacy.audit.models import Entry
from privacy.breaches.models import Incident, IncidentState
from privacy.desk.registry import Due, Facts
from privacy.staff.awareness.queries import followed, open_modules
from privacy.staff.charter.queries import standings, working_staff
from privacy.staff.homes.due import review_dues

DAY = datetime.timedelta(days=1)


def incidents() -> Sequence[Due]:
    """Those that are open, exercises marked, the oldest first. One query."""
    rows = Incident.objects.filter(state=IncidentState.OPEN).order_by("opened_at", "pk")[:50]
    return [
        Due(
            f"Exercice\u00a0: {row.reference}" if row.is_drill else row.reference,
            row.get_kind_display(),
            reverse("admin:privacy_incident_change", args=[row.pk]),
            timezone.localdate(row.opened_at),
            timezone.localdate(row.opened_at),
            row.get_severity_display() if row.severity else "À qualifier",
            "warn",
        )
        for row in rows
    ]


def dues() -> Sequence[Due]:
    """The review of access rights, and the modules whose day comes."""
    modules = [
        Due(module.title, "Module de sensibilisation", _page("awarenessmodule", module.pk), module.due_on)
        for module in open_modules()
    ]
    return [*review_dues(), *modules]


def sessions() -> Facts:
    """Open sessions of staff, and since when the oldest. One query."""
    rows = AccountSession.objects.filter(account__is_staff=True, ended_at=None)
    count = rows.filter(last_seen_at__gte=timezone.now() - DAY).aggregate(
        all=Count("pk"), accounts=Count("account", distinct=True)
    )
    return Facts(
        (("Vues depuis 24\u00a0heures", str(count["all"])), ("Comptes du personnel", str(count["accounts"]))),
        link=("Les comptes", reverse("admin:portals_account_changelist")),
    )


def limits() -> Facts:
    """What was refused in the last 24 hours, as the journal says. One query."""
    rows = Entry.objects.filter(at__gte=timezone.now() - DAY)
    counts = rows.aggregate(
        sign_in=Count("pk", filter=Q(action="account.sign_in") & ~Q(result="done")),
        denied=Count("pk", filter=Q(action="access.denied")),
        quota=Count("pk", filter=Q(action__in=["rights.over_quota", "rights.abuse_found"])),
    )
    return Facts(
        (
            ("Connexions refusées", str(counts["sign_in"])),
            ("Accès refusés", str(counts["denied"])),
            ("Recherches de droits au-delà des limites", str(counts["quota"])),
        ),
        link=("Le journal", reverse("admin:privacy_entry_changelist")),
    )


def stopped() -> Facts:
    """Accounts suspended, closed by staff, or locked after a fraud. Two queries."""
    standing = Restriction.objects.in_force(timezone.now()).values("account").distinct().count()
    locked = Account.objects.exclude(locked_at=None).count()
    return Facts(
        (("Suspendus ou fermés", str(standing)), ("Bloqués après une fraude signalée", str(locked))),
        link=("Les suspensions", reverse("admin:portals_restriction_changelist")),
    )


def staff() -> Facts:
    """How many of the staff acknowledged the charter and followed the modules. Five queries."""
    numbers = list(working_staff().filter(groups__isnull=False).distinct().values_list("pk", flat=True))
    charter = sum(not found.blocks for found in standings(numbers).values())
    done = sum(found.done == found.asked for found in followed(numbers).values())
    every = len(numbers)
    tag = ("À jour", "good") if charter == done == every else ("À suivre", "warn")
    pairs = (("Charte reconnue", f"{charter} sur {every}"), ("Modules suivis", f"{done} sur {every}"))
    return Facts(pairs, tag, ("Les modules", reverse("admin:privacy_awarenessmodule_changelist")))


def _page(model: str, pk: int) -> str:
    return reverse(f"admin:privacy_{model}_change", args=[pk])
