"""What « Tout télécharger » gives back of breaches: those that the account was told of, in the words it was told."""

from collections.abc import Iterator

from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.alerts.models import Alert
from portals.presentation.formats import local_date
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from privacy.breaches.violations.models import Breach, DataCategory

HEADINGS = ("Violation", "Annoncée le", "Lue le", "Ce qui est arrivé", "Données concernées")


def breach_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """One file; none when there was no breach. Two queries."""
    alerts = list(Alert.objects.filter(account=grant.account_id).order_by("placed_at", "pk"))
    breaches = {one.reference: one for one in Breach.objects.filter(reference__in=[alert.key for alert in alerts])}
    rows = [
        [
            alert.key,
            date_cell(local_date(alert.placed_at)),
            date_cell(local_date(alert.read_at) if alert.read_at else None),
            text_cell(breaches[alert.key].message),
            text_cell(", ".join(DataCategory(code).label for code in breaches[alert.key].data_categories)),
        ]
        for alert in alerts
        if alert.key in breaches
    ]
    if rows:
        yield "violations-de-donnees.csv", sheet(HEADINGS, rows)
