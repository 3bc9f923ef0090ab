"""Reads about archives, and the grants that one tells of."""

from django.db.models import Q
from django.utils import timezone

from portals.access.models import Basis, Grant
from portals.accounts.export.models import AccountExport, ExportState
from portals.accounts.models import Account
from portals.jobs import Job, JobState
from portals.presentation.formats import local_date

MAKE = "account.export"
ACTING = (Basis.REPRESENTATION, Basis.MANDATE)


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
