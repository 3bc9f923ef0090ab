"""What risk and compliance answers for: the ranked risks, the controls, the audit plan over several years."""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from privacy.desk.registry import Due, Facts
from privacy.desk.sources import AHEAD
from privacy.register.assessments.models import PlannedMeasure, Risk
from privacy.register.assessments.rules import RANKS, TONES, Rank, rank_of
from privacy.register.controls.models import Control, ControlKind
from privacy.staff.homes.due import review_dues

review = review_dues


def controls() -> Sequence[Due]:
    """Controls and audits of the next 60 days. One query."""
    until = timezone.localdate() + AHEAD
    return [
        Due(row.title, f"{row.get_kind_display()}, {row.owner}", _page("control", row.pk), row.due_on)
        for row in Control.objects.filter(ended_on=None, due_on__lte=until).order_by("due_on", "pk")
    ]


def measures() -> Sequence[Due]:
    """The measures of the action plan for the next 60 days. One query."""
    until = timezone.localdate() + AHEAD
    rows = PlannedMeasure.objects.filter(done_on=None, due_on__lte=until).select_related("risk")
    return [
        Due(row.what, row.risk.title, _page("plannedmeasure", row.pk), row.due_on)
        for row in rows.order_by("due_on", "pk")
    ]


def risks() -> Facts:
    """How many open risks of each rank. One query."""
    levels = Risk.objects.filter(closed_on=None).values_list("likelihood", "severity")
    counts = Counter(rank_of(likelihood, severity) for likelihood, severity in levels)
    worst = next((rank for rank in (Rank.HIGH, Rank.MODERATE) if counts[rank]), Rank.LOW)
    pairs = tuple((f"Risque {RANKS[rank]}", str(counts[rank])) for rank in (Rank.HIGH, Rank.MODERATE, Rank.LOW))
    tag = (f"Le plus haut\u00a0: {RANKS[worst]}", TONES[worst])
    return Facts(pairs, tag, ("Les risques", reverse("admin:privacy_risk_changelist")))


def audits() -> Facts:
    """The multi-year plan: each audit with its next day. One query."""
    rows = Control.objects.filter(ended_on=None, kind=ControlKind.AUDIT).order_by("due_on", "pk")
    pairs = tuple((row.title, f"{row.due_on:%d/%m/%Y}") for row in rows[:12]) or (("Audits prévus", "aucun"),)
    return Facts(pairs, link=("Contrôles et audits", reverse("admin:privacy_control_changelist")))


def _page(model: str, pk: int) -> str:
    return reverse(f"admin:privacy_{model}_change", args=[pk])
