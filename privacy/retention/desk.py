"""What retention tells the data protection officer's home: the last night, what is stopped and what was interrupted."""

import datetime
from collections.abc import Sequence

from django.db.models import Max, Sum
from django.urls import reverse

from portals.presentation.formats import number, short_date
from privacy.desk.registry import Due, Facts, Pairs, Source, register
from privacy.retention.models import Ending, RetentionReport, RetentionRun, RetentionSwitch
from privacy.retention.registry import NoRule, rule_of


def dues(today: datetime.date) -> Sequence[Due]:
    """Rules that are stopped, and those that the last run could not finish. Two queries."""
    found = [
        Due(
            title_of(row.rule), f"Conservation arrêtée\u00a0: {row.reason}",
            reverse("admin:privacy_retentionrun_rules"), today, row.set_at.date(), "Arrêtée", "warn",
        )
        for row in RetentionSwitch.objects.filter(lifted_at=None).order_by("pk")
    ]  # fmt: skip
    last = RetentionRun.objects.filter(is_dry=False).aggregate(last=Max("pk"))["last"]
    failed = RetentionReport.objects.filter(run_id=last, ending=Ending.FAILED).order_by("pk") if last else ()
    found += [
        Due(
            title_of(row.rule), "Conservation interrompue\u00a0: elle reprend au prochain passage",
            reverse("admin:privacy_retentionrun_change", args=[last]), today, row.day, "Interrompue", "bad",
        )
        for row in failed
    ]  # fmt: skip
    return found


def facts(_today: datetime.date) -> Facts | None:
    """The last run that was not dry. Two queries."""
    run = RetentionRun.objects.filter(is_dry=False).exclude(ended_at=None).order_by("-pk").first()
    link = ("Voir les règles", reverse("admin:privacy_retentionrun_rules"))
    if run is None:
        return Facts(pairs=(("Dernier passage", "aucun encore"),), link=link)
    sums = run.reports.aggregate(deleted=Sum("deleted"), emptied=Sum("emptied"), held=Sum("held"))
    return Facts(
        pairs=(
            ("Dernier passage", short_date(run.day)),
            ("Lignes supprimées", number(sums["deleted"] or 0)),
            ("Lignes vidées", number(sums["emptied"] or 0)),
            ("Retenues pour un litige", number(sums["held"] or 0)),
        ),
        link=link,
    )


def figures(since: datetime.date, until: datetime.date) -> Pairs:
    """What retention let go of in a period."""
    rows = RetentionReport.objects.filter(is_dry=False, day__range=(since, until))
    sums = rows.aggregate(deleted=Sum("deleted"), emptied=Sum("emptied"))
    return (
        ("Lignes supprimées par la conservation", number(sums["deleted"] or 0)),
        ("Lignes vidées par la conservation", number(sums["emptied"] or 0)),
    )


def title_of(code: str) -> str:
    """What a rule is called; « Toutes les règles » for none, its code when a release that is gone had it."""
    if not code:
        return "Toutes les règles"
    try:
        return rule_of(code).label
    except NoRule:
        return code


register(Source("retention", "Conservation", dues=dues, facts=facts, figures=figures))
