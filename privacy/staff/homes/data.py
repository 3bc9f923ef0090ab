"""What the data officer answers for: the register, the declared map of the data, its quality, what was erased.

Numbers of columns, rows and files only: no row of anybody.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.declarations import Fields, Sensitivity, Subject
from portals.feeds.models import FeedRun, FeedState
from portals.gestion.permissions import with_right
from portals.presentation.formats import number
from privacy.audit import record
from privacy.desk.registry import Due, Facts
from privacy.desk.sources import AHEAD
from privacy.erasure.models import ErasureStep
from privacy.register.checks import OWN_APPS, declaration_of
from privacy.register.declared import PROCESSINGS, processing_of
from privacy.register.models import Publication, Sheet

MAP = "privacy.map_publication"
MONTH, YEAR = datetime.timedelta(days=30), datetime.timedelta(days=365)
LABELS = {
    Sensitivity.HEALTH: "Santé",
    Sensitivity.BANKING: "Banque",
    Sensitivity.SECRET: "Secrets de connexion",
    Sensitivity.IDENTITY: "Identité",
    Sensitivity.CONTACT: "Coordonnées",
    Sensitivity.CONTRACT: "Contrat et preuves",
}


@dataclass(frozen=True)
class Asset:
    """One kind of record, with how many of its columns are of each sensitivity, and what they serve."""

    name: str
    app: str
    columns: tuple[tuple[str, int], ...]
    purposes: str

    @property
    def total(self) -> int:
        return sum(count for _label, count in self.columns)


def assets() -> list[Asset]:
    """Every record that holds something personal, from the declarations that the build checks."""
    return [asset for app in OWN_APPS for asset in _assets_of(app)]


def _assets_of(app: str) -> Iterator[Asset]:
    for label, fields in sorted(declaration_of(app).items()):
        counts = _counts(fields)
        model = apps.get_model(label)
        if counts and not hasattr(model, "pgh_tracked_model"):  # the past of a record is that record
            named = str(model._meta.verbose_name)
            purposes = {processing_of(kind.purpose.value).title for kind in fields if kind.subject != Subject.NOBODY}
            yield Asset(
                f"{named[:1].upper()}{named[1:]}",
                str(apps.get_app_config(app).verbose_name),
                tuple((LABELS[kind], counts[kind]) for kind in LABELS if counts[kind]),
                ", ".join(sorted(purposes)),
            )


def _counts(fields: Fields) -> Counter[Sensitivity]:
    counts: Counter[Sensitivity] = Counter()
    for kind, names in fields.items():
        if kind.subject != Subject.NOBODY and kind.sensitivity in LABELS:
            counts[kind.sensitivity] += len(names)
    return counts


@require_safe
def map_page(request: HttpRequest) -> HttpResponseBase:
    """The map of the declared data."""
    record("data_map.consulted", by=with_right(request, MAP), object_kind="publication")
    found = assets()
    context = {"title": "Carte des données", "assets": found, "columns": sum(asset.total for asset in found)}
    return TemplateResponse(request, "admin/privacy/staff/map.html", context)


def dues() -> Sequence[Due]:
    """The sheets of the register to review within 60 days. One query."""
    rows = Sheet.objects.filter(review_on__lte=timezone.localdate() + AHEAD).order_by("review_on", "pk")
    return [
        Due(
            processing_of(row.processing).title, "Fiche du registre à revoir",
            reverse("admin:privacy_sheet_change", args=[row.pk]), row.review_on, row.verified_on,
        )
        for row in rows
    ]  # fmt: skip


def declared() -> Facts:
    """How many records and columns are personal, by sensitivity, and the version of the register. One query."""
    found = assets()
    counts: Counter[str] = Counter()
    for asset in found:
        counts.update(dict(asset.columns))
    last = Publication.objects.order_by("-number").values_list("number", flat=True).first()
    pairs = [
        ("Traitements", str(len(PROCESSINGS))),
        ("Registre publié", f"version {last}" if last else "pas encore"),
        ("Enregistrements personnels", str(len(found))),
        *((f"Colonnes\u00a0: {label.lower()}", number(counts[label])) for label in LABELS.values()),
    ]
    return Facts(tuple(pairs), link=("La carte des données", reverse("admin:privacy_publication_map")))


def quality() -> Facts:
    """What the feeds brought in 30 days and what they refused. One query."""
    rows = FeedRun.objects.filter(started_at__gte=timezone.now() - MONTH).exclude(state=FeedState.DRY)
    found = rows.aggregate(
        runs=Count("pk"), read=Sum("read", default=0), rejected=Sum("rejected", default=0), last=Max("finished_at")
    )
    refused = sum(state == FeedState.REFUSED for state in rows.values_list("state", flat=True))
    tag = ("Des lignes à corriger", "warn") if found["rejected"] or refused else ("Aucun rejet", "good")
    return Facts(
        (
            ("Chargements", number(found["runs"])),
            ("Fichiers refusés", number(refused)),
            ("Lignes lues", number(found["read"])),
            ("Lignes rejetées", number(found["rejected"])),
        ),
        tag,
    )


def purges() -> Facts:
    """Rows deleted and emptied by erasures in a year: how many, never whose. One query."""
    rows = ErasureStep.objects.filter(at__gte=timezone.now() - YEAR)
    found = rows.aggregate(
        erasures=Count("erasure", distinct=True), deleted=Sum("deleted", default=0), emptied=Sum("emptied", default=0)
    )
    return Facts(
        (
            ("Effacements faits", number(found["erasures"])),
            ("Lignes supprimées", number(found["deleted"])),
            ("Lignes vidées", number(found["emptied"])),
        )
    )
