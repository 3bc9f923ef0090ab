"""Reads about archives, and what an archive says of the account itself."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portals.access.models import Basis, Grant, Restriction
from portals.accounts.closing.models import Deletion
from portals.accounts.export.models import AccountExport, ExportState
from portals.accounts.models import Account
from portals.declarations import Export
from portals.jobs import Job, JobState
from portals.presentation.formats import local_date
from portals.terms.models import Acceptance
from portals.terms.queries import acceptances_of

MAKE = "account.export"
ACTING = (Basis.REPRESENTATION, Basis.MANDATE)
TOLD: tuple[type[models.Model], ...] = (Account, Acceptance, Grant, Restriction, Deletion)


def latest_of(account: Account) -> AccountExport | None:
    """The last archive that was asked for and could be made, or may still be."""
    exports = AccountExport.objects.filter(account=account).select_related("file").order_by("-requested_at", "-pk")
    return next((export for export in exports[:2] if not has_failed(export)), None)


def ready_of(account: Account) -> AccountExport | None:
    """The archive that can be downloaded now: none that speaks of somebody for whom the account no longer acts."""
    exports = AccountExport.objects.filter(account=account, state=ExportState.READY, expires_at__gt=timezone.now())
    export = exports.select_related("file").order_by("-requested_at", "-pk").first()
    return None if export is None or _lost_since(export) else export


def _lost_since(export: AccountExport) -> bool:
    """Whether a right that the archive was made by has been withdrawn since, or has ended (`exported_grants`)."""
    today, asked_on = timezone.localdate(), local_date(export.requested_at)
    withdrawn = Q(revoked_at__gte=export.requested_at)
    ended = Q(basis__in=ACTING, closes_on__gt=asked_on, closes_on__lte=today)
    return Grant.objects.filter(withdrawn | ended, account_id=export.account_id).exists()


def has_failed(export: AccountExport) -> bool:
    """Whether it was given up after every try: another may then be asked for at once."""
    if export.state != ExportState.ASKED:
        return False
    return Job.objects.filter(kind=MAKE, key=str(export.pk), state=JobState.FAILED).exists()


def exported_grants(account: Account) -> list[Grant]:
    """Those of which the archive speaks: one's own, closed or not, and those that represent others today."""
    grants = Grant.objects.filter(account=account, revoked_at=None, since__lte=timezone.localdate())
    acting = Q(basis__in=ACTING)
    still_open = Q(pk__in=Grant.objects.open_on(timezone.localdate()).filter(account=account))
    return list(grants.filter(~acting | still_open).order_by("pk"))


def told(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """Rows as the archive tells them: the fields that `personal_data.py` gives back to the person."""
    return [_told(row) for row in rows]


def account_contents(account: Account) -> dict[str, Any]:
    """The account, what it accepted, what it opens and what restricts it."""
    acceptances = list(acceptances_of(account))
    return {
        "account": _told(account),
        "acceptances": [{**_told(acceptance), "version": acceptance.version.number} for acceptance in acceptances],
        "grants": told(exported_grants(account)),
        "restrictions": told(account.restrictions.order_by("begins_at")),
        "deletions": told(account.deletions.order_by("requested_at")),
    }


def labels() -> dict[str, dict[str, str]]:
    """What each key of the file means, in French."""
    return {
        model._meta.model_name or "": {field.name: str(field.verbose_name) for field in _given_back(model)}
        for model in TOLD
    }


def _told(row: models.Model) -> dict[str, Any]:
    return {field.name: _value(row, field) for field in _given_back(type(row))}


def _value(row: models.Model, field: "models.Field[Any, Any]") -> Any:
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    return getattr(row, field.attname)


def _given_back(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    from portals.personal_data import DECLARATION

    declared = DECLARATION[model._meta.label]
    names = {name for kind, fields in declared.items() if kind.export != Export.NONE for name in fields}
    # Other accounts (whoever decided a suspension) are other people's data, and one's own goes without saying.
    return [
        field for field in model._meta.concrete_fields if field.name in names and field.related_model is not Account
    ]
