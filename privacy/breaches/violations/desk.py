"""What breaches bring to the desk of the data protection officer: the clocks that run, what is left to do, figures."""

import datetime
from collections.abc import Sequence

from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils import timezone

from portals.presentation.formats import full_instant
from privacy.breaches.violations import rules
from privacy.breaches.violations.actions import unfinished
from privacy.breaches.violations.models import Breach, Risk
from privacy.desk.registry import Clock, Due, Pairs, Source, Step, register

DRILL = "Exercice\u00a0: "


def clocks(_now: datetime.datetime) -> Sequence[Clock]:
    """Of each breach that is to be notified and whose first file has no receipt yet. One query."""
    waiting = Breach.objects.filter(closed_at=None).exclude(risk=Risk.NONE).exclude(filings__filed_at__isnull=False)
    return [_clock(breach) for breach in waiting.order_by("aware_at", "pk")]


def _clock(breach: Breach) -> Clock:
    said = DRILL if breach.is_drill else ""
    return Clock(
        title=f"{said}Violation {breach.reference}",
        sentence=f"{said}une violation à notifier avant" if said else "Une violation à notifier avant",
        begun_at=breach.aware_at,
        due_at=rules.due_at(breach.aware_at),
        note=f"Connue le {full_instant(breach.aware_at)}.",
        url=_page(breach),
        act="Instruire la violation",
        steps=tuple(Step(item.label, item.is_given(breach)) for item in rules.ITEMS),
    )


def dues(_today: datetime.date) -> Sequence[Due]:
    """What else is left once the first file is deposited: the persons, the complements. The delay is « without undue
    delay »: it counts from the day on which the breach was known."""
    filed = Breach.objects.filter(closed_at=None).filter(Q(filings__filed_at__isnull=False) | Q(risk=Risk.NONE))
    rows = filed.distinct().order_by("aware_at", "pk")
    return [
        Due(
            f"{DRILL if breach.is_drill else ''}{breach.reference}",
            ", ".join(left).capitalize() if (left := unfinished(breach)) else "À clore",
            _page(breach),
            timezone.localdate(rules.due_at(breach.aware_at)),
            timezone.localdate(breach.aware_at),
        )
        for breach in rows
    ]


def figures(since: datetime.date, until: datetime.date) -> Pairs:
    """Of the breaches known in a period, drills left out. One query."""
    rows = Breach.objects.filter(is_drill=False, aware_at__date__gte=since, aware_at__date__lte=until)
    rows = rows.annotate(first_filed_at=Min("filings__filed_at"))
    delay = datetime.timedelta(hours=rules.HOURS)
    counts = rows.aggregate(
        known=Count("pk"),
        filed=Count("pk", filter=Q(first_filed_at__isnull=False)),
        on_time=Count("pk", filter=Q(first_filed_at__lte=F("aware_at") + delay)),
        told=Count("pk", filter=Q(told_at__isnull=False)),
    )
    return [
        ("Violations de données connues", str(counts["known"])),
        ("Notifiées à la CNIL", str(counts["filed"])),
        ("dont dans les 72\u00a0heures", str(counts["on_time"])),
        ("Personnes averties", f"{counts['told']} sur {counts['known']}"),
    ]


def _page(breach: Breach) -> str:
    return reverse("admin:privacy_breach_change", args=[breach.pk])


register(Source("breaches", "Violations de données", dues=dues, clocks=clocks, figures=figures))
