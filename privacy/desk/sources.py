"""What the desk always shows: reviews of the register, the journal, incidents, questions to the DPO."""

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from portals.correspondence.models import State, Thread
from portals.correspondence.topics import DPO
from portals.presentation.formats import full_instant, number
from privacy.audit.models import Seal
from privacy.breaches.models import Incident, IncidentState
from privacy.desk.models import JournalCheck
from privacy.desk.registry import Due, Facts, Pairs, Source, register
from privacy.register.assessments.models import Activation, ImpactAssessment, Outcome, PlannedMeasure
from privacy.register.controls.models import Control
from privacy.register.declared import PROCESSINGS, processing_of
from privacy.register.models import Recipient, Sheet
from privacy.register.oversight.models import AuthorityExchange

AHEAD = datetime.timedelta(days=60)
"""What is due later than this is not on the desk yet."""


def reviews(today: datetime.date) -> Sequence[Due]:
    """Sheets, recipients, assessments, measures, controls and letters that have their day. Six queries."""
    return [*_register(today + AHEAD), *_assessments(today + AHEAD), *_controls(today + AHEAD)]


def _register(until: datetime.date) -> Iterator[Due]:
    for sheet in Sheet.objects.filter(review_on__lte=until):
        title = processing_of(sheet.processing).title
        yield Due(title, "Fiche du registre à revoir", _page("sheet", sheet.pk), sheet.review_on, sheet.verified_on)
    for one in Recipient.objects.filter(review_on__lte=until, ended_on=None):
        words = one.get_recipient_class_display()
        yield Due(one.name, f"{words}\u00a0: revue", _page("recipient", one.pk), one.review_on, one.signed_on)


def _assessments(until: datetime.date) -> Iterator[Due]:
    waiting = Q(outcome=Outcome.DRAFT, opinion_due_on__lte=until)
    for one in ImpactAssessment.objects.filter(waiting | Q(outcome=Outcome.VALIDATED, review_on__lte=until)):
        is_draft = one.outcome == Outcome.DRAFT
        yield Due(
            one.title, "Avis attendu" if is_draft else "Analyse d’impact à revoir", _page("impactassessment", one.pk),
            one.opinion_due_on if is_draft else one.review_on, one.started_on, one.get_outcome_display(),
        )  # fmt: skip
    yield from _missing()
    for measure in PlannedMeasure.objects.filter(done_on=None, due_on__lte=until).select_related("risk"):
        yield Due(
            measure.what,
            f"Plan d’action\u00a0: {measure.risk.title}",
            _page("plannedmeasure", measure.pk),
            measure.due_on,
        )


def _missing() -> Iterator[Due]:
    """What the mutual does because it owes it, and whose assessment has not been validated: late since ever."""
    assessed = set(Activation.objects.filter(ended_at=None).values_list("processing", flat=True))
    for processing in PROCESSINGS:
        if processing.is_owed and processing.code not in assessed:
            yield Due(
                processing.title, "Analyse d’impact manquante", reverse("admin:privacy_impactassessment_add"),
                timezone.localdate(), None, "À faire", "bad",
            )  # fmt: skip


def _controls(until: datetime.date) -> Iterator[Due]:
    for control in Control.objects.filter(ended_on=None, due_on__lte=until):
        yield Due(control.title, control.get_kind_display(), _page("control", control.pk), control.due_on)
    for letter in AuthorityExchange.objects.filter(answered_on=None, answer_due_on__lte=until):
        yield Due(
            letter.get_kind_display(), "Réponse à l’autorité", _page("authorityexchange", letter.pk), letter.answer_due_on,
            letter.on_day,
        )  # fmt: skip


def journal(_today: datetime.date) -> Facts:
    """The last verification, the last seal, what it covers. Two queries."""
    check = JournalCheck.objects.order_by("-at").first()
    seal = Seal.objects.order_by("-number").only("size", "sealed_at", "checkpoint").first()
    tag = ("Pas encore vérifié", "warn")
    if check is not None:
        tag = ("Altération constatée", "bad") if check.broken else ("Chaîne intacte", "good")
    pairs = [("Dernière vérification", full_instant(check.at) if check else "aucune")]
    if seal is not None:
        root = seal.checkpoint.splitlines()[2]
        pairs += [
            ("Dernier scellé", full_instant(seal.sealed_at)),
            ("Écritures scellées", number(seal.size)),
            ("Empreinte signée", f"{root[:4]}…{root[-5:]}"),
        ]
    return Facts(tuple(pairs), tag, ("Chercher dans le journal", reverse("admin:privacy_entry_changelist")))


def open_incidents(_today: datetime.date) -> Facts | None:
    """How many incidents are open. One query."""
    count = Incident.objects.filter(state=IncidentState.OPEN).count()
    tag = (f"{count}\u00a0ouvert{'s' if count > 1 else ''}", "warn") if count else ("Aucun ouvert", "good")
    return Facts((("Incidents de sécurité ouverts", str(count)),), tag, ("Les incidents", _list("incident")))


def incident_figures(since: datetime.date, until: datetime.date) -> Pairs:
    opened = Incident.objects.filter(opened_at__date__gte=since, opened_at__date__lte=until)
    counts = opened.aggregate(all=Count("pk"), closed=Count("pk", filter=Q(state=IncidentState.CLOSED)))
    return [("Incidents de sécurité ouverts", str(counts["all"])), ("dont clos", str(counts["closed"]))]


def questions(_today: datetime.date) -> Sequence[Due]:
    """What people asked the DPO and still wait for. One query."""
    return [
        Due(
            row.number, row.topic_label, reverse("admin:portals_thread_change", args=[row.pk]), row.due_on or row.answer_by,
            timezone.localdate(row.opened_at),
        )
        for row in Thread.objects.filter(topic=DPO, state=State.WAITING).order_by("answer_by", "pk")[:50]
    ]  # fmt: skip


def question_figures(since: datetime.date, until: datetime.date) -> Pairs:
    """How many questions, how many answered on time, the median days of an answer."""
    rows = Thread.objects.filter(topic=DPO, opened_at__date__gte=since, opened_at__date__lte=until)
    answered = [
        (timezone.localdate(row.answered_at), timezone.localdate(row.opened_at), row.answer_by)
        for row in rows.exclude(answered_at=None)
        if row.answered_at
    ]
    delays = sorted((done - asked).days for done, asked, _by in answered)
    on_time = sum(done <= by for done, _asked, by in answered)
    return [
        ("Questions posées au DPO", str(rows.count())),
        ("Répondues dans le délai", f"{on_time} sur {len(answered)}"),
        ("Délai médian de réponse", f"{delays[len(delays) // 2]}\u00a0j" if delays else "aucune réponse"),
    ]


def _page(model: str, pk: int) -> str:
    return reverse(f"admin:privacy_{model}_change", args=[pk])


def _list(model: str) -> str:
    return reverse(f"admin:privacy_{model}_changelist")


register(Source("questions", "Questions posées au DPO", dues=questions, figures=question_figures))
register(Source("reviews", "À revoir, à contrôler", dues=reviews))
register(Source("journal", "Journal", facts=journal))
register(Source("incidents", "Incidents", facts=open_incidents, figures=incident_figures))
