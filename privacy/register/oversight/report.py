"""The DPO's report to management: the year in figures, the risks, what is late. It names nobody (PDP-2.9)."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.template.loader import render_to_string

from portals.accounts.models import Account
from portals.dates import months_after
from portals.documents import verification
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import long_date
from privacy.desk.registry import sources
from privacy.register.assessments.models import Activation, ImpactAssessment, Outcome, PlannedMeasure, Risk
from privacy.register.assessments.rules import LEVELS, Rank, matrix, rank_of
from privacy.register.controls.models import Control, ControlResult, Finding
from privacy.register.declared import PROCESSINGS
from privacy.register.models import Publication, Recipient
from privacy.register.oversight.models import Advice, AuthorityExchange, Followed

REPORT = verification.register(Kind("privacy.report", "Rapport de gestion du DPO"))
MONTHS = 12


@dataclass(frozen=True)
class Chapter:
    """A heading and its figures."""

    heading: str
    pairs: tuple[tuple[str, str], ...]


def chapters(since: datetime.date, until: datetime.date) -> list[Chapter]:
    """The figures of a period, `until` included: those of this room, then those that other rooms registered."""
    figures = ((source.heading, tuple(source.figures(since, until))) for source in sources())
    others = [Chapter(heading, pairs) for heading, pairs in figures if pairs]
    return [_register(until), _assessments(since, until), _controls(since, until), _dialogue(since, until), *others]


def _register(until: datetime.date) -> Chapter:
    last = Publication.objects.order_by("-number").first()
    recipients = Recipient.objects.filter(ended_on=None).aggregate(
        all=Count("pk"), group=Count("pk", filter=Q(is_of_group=True)), late=Count("pk", filter=Q(review_on__lt=until))
    )
    return Chapter(
        "Registre",
        (
            ("Version en vigueur", f"{last.number}, du {long_date(last.published_at)}" if last else "aucune"),
            ("Traitements", str(len(PROCESSINGS))),
            ("dont sensibles", str(sum(processing.sensitive for processing in PROCESSINGS))),
            ("Destinataires", str(recipients["all"])),
            ("dont entités du groupe", str(recipients["group"])),
            ("Revues de destinataires en retard", str(recipients["late"])),
        ),
    )


def _assessments(since: datetime.date, until: datetime.date) -> Chapter:
    decided = ImpactAssessment.objects.filter(decided_at__date__gte=since, decided_at__date__lte=until)
    counts = {outcome: decided.filter(outcome=outcome).count() for outcome in Outcome if outcome != Outcome.DRAFT}
    late = PlannedMeasure.objects.filter(done_on=None, due_on__lt=until).count()
    return Chapter(
        "Analyses d’impact et risques",
        (
            *((f"Analyses décidées\u00a0: {outcome.label.lower()}", str(count)) for outcome, count in counts.items()),
            ("Traitements sensibles en service", str(Activation.objects.filter(ended_at=None).count())),
            ("Risques élevés ouverts", str(_high_risks())),
            ("Mesures du plan d’action en retard", str(late)),
        ),
    )


def _high_risks() -> int:
    levels = Risk.objects.filter(closed_on=None).values_list("likelihood", "severity")
    return sum(rank_of(*level) == Rank.HIGH for level in levels)


def _controls(since: datetime.date, until: datetime.date) -> Chapter:
    done = ControlResult.objects.filter(done_on__gte=since, done_on__lte=until)
    counts = done.aggregate(
        all=Count("pk"),
        minor=Count("pk", filter=Q(finding=Finding.MINOR)),
        major=Count("pk", filter=Q(finding=Finding.MAJOR)),
    )
    late = Control.objects.filter(ended_on=None, due_on__lt=until).count()
    return Chapter(
        "Contrôles et audits",
        (
            ("Contrôles faits", str(counts["all"])),
            ("Écarts mineurs", str(counts["minor"])),
            ("Écarts majeurs", str(counts["major"])),
            ("Contrôles en retard", str(late)),
        ),
    )


def _dialogue(since: datetime.date, until: datetime.date) -> Chapter:
    given = Advice.objects.filter(given_on__gte=since, given_on__lte=until)
    letters = AuthorityExchange.objects.filter(on_day__gte=since, on_day__lte=until)
    return Chapter(
        "Avis à la direction et autorité",
        (
            ("Avis donnés", str(given.count())),
            ("Avis non suivis", str(given.filter(followed=Followed.NOT_FOLLOWED).count())),
            ("Échanges avec l’autorité", str(letters.count())),
            (
                "Lettres qui attendent notre réponse",
                str(letters.filter(answered_on=None, answer_due_on__isnull=False).count()),
            ),
        ),
    )


def report_pdf(*, by: Account, day: datetime.date) -> bytes:
    """The report of the twelve months that end on `day`, which `/verifier/` recognises."""
    since = months_after(day, -MONTHS)
    levels = Risk.objects.filter(closed_on=None).values_list("likelihood", "severity")
    context = {
        "since": since,
        "until": day,
        "chapters": chapters(since, day),
        "matrix": matrix(levels),
        "levels": LEVELS,
        "organisation": settings.ORGANISATION_FACTS,
        "space": "gestion",
    }

    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

        return render_pdf(render_to_string("privacy/register/report.html", {**context, "mark": mark}))

    return verification.issue(REPORT, make, period=f"Douze mois jusqu’au {long_date(day)}", by=by)
