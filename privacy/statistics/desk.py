"""What anonymous statistics bring to the desk of the data protection officer: editions that were refused, the last one."""

import datetime
from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from portals.presentation.formats import month_name
from privacy.desk.registry import Due, Facts, Pairs, Source, register
from privacy.statistics.models import Edition, EditionState


def refused() -> list[Edition]:
    """The last attempt of each month that has no other. One query."""
    later = Edition.objects.filter(source=OuterRef("source"), month=OuterRef("month"), pk__gt=OuterRef("pk"))
    return list(Edition.objects.filter(~Exists(later), state=EditionState.REFUSED).order_by("month", "pk"))


def dues(_today: datetime.date) -> Sequence[Due]:
    return [
        Due(
            f"Statistiques de {month_name(edition.month)}",
            f"Édition non publiée\u00a0: {edition.reason[:1].lower()}{edition.reason[1:]}",
            reverse("admin:privacy_edition_change", args=[edition.pk]),
            timezone.localdate(edition.made_at),
            timezone.localdate(edition.made_at),
            state="refusée",
            tone="bad",
        )
        for edition in refused()
    ]


def facts(_today: datetime.date) -> Facts | None:
    """The last edition that was published; nothing before the first. One query."""
    last = Edition.objects.filter(state=EditionState.PUBLISHED).order_by("-month").first()
    if last is None:
        return None
    return Facts(
        (
            ("Dernier mois publié", month_name(last.month)),
            ("Cellules", str(last.cells)),
            ("Vérifications passées", f"{sum(one['passed'] for one in last.verdicts)} sur {len(last.verdicts)}"),
        ),
        tag=("anonyme", "good"),
        link=("Éditions", reverse("admin:privacy_edition_changelist")),
    )


def figures(since: datetime.date, until: datetime.date) -> Pairs:
    """Of the editions made in a period. One query."""
    states = list(
        Edition.objects.filter(made_at__date__gte=since, made_at__date__lte=until).values_list("state", flat=True)
    )
    return [
        ("Éditions de statistiques anonymes publiées", str(states.count(EditionState.PUBLISHED))),
        ("refusées par les essais de réidentification", str(states.count(EditionState.REFUSED))),
    ]


register(Source("statistics", "Statistiques anonymes", dues=dues, facts=facts, figures=figures))
