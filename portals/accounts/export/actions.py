"""Asking for an archive, making it, taking it away after seven days."""

import datetime
import tempfile

from django.db import transaction
from django.utils import timezone

from portals.accounts.export import progress
from portals.accounts.export.archive import write_archive
from portals.accounts.export.models import AccountExport, ExportState
from portals.accounts.export.queries import MAKE, latest_of, ready_of
from portals.accounts.export.rules import KEPT, next_request
from portals.accounts.models import Account, AccountState
from portals.documents.actions import remove, store_stream
from portals.jobs import Job, Priority, enqueue, handler
from portals.signals import announce

READY = "account.export_ready"
CONTENT_TYPE = "application/zip"


class ExportTooSoon(Exception):
    """One archive a day; `available_at` is when the next may be asked for."""

    def __init__(self, available_at: datetime.datetime) -> None:
        super().__init__("one archive a day")
        self.available_at = available_at


@transaction.atomic
def ask_export(*, by: Account) -> AccountExport:
    """Promise an archive of all that the account may see. Raises ExportTooSoon."""
    Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
    latest = latest_of(by)
    wait = next_request(latest.requested_at if latest else None, timezone.now())
    if wait is not None:
        raise ExportTooSoon(wait)
    return _promise(by, by=by)


@transaction.atomic
def prepare_export(account: Account, *, by: Account) -> AccountExport:
    """The same, made by a member of staff in answer to a request: no day to wait, and one that is there serves again."""
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    latest = latest_of(account)
    if latest is not None and (latest.state == ExportState.ASKED or latest == ready_of(account)):
        return latest
    return _promise(account, by=by)


def _promise(account: Account, *, by: Account) -> AccountExport:
    export = AccountExport.objects.create(account=account)
    enqueue(MAKE, key=str(export.pk), subject_id=export.pk, priority=Priority.ASKED)
    announce("account.export_requested", by=by, object_kind="export", object_id=export.pk)
    return export


@handler(MAKE)
def make_export(job: Job) -> None:
    """Write the archive, keep it privately, and say that it is there. The account may have gone meanwhile."""
    export = AccountExport.objects.select_for_update(of=("self",)).select_related("account").get(pk=job.subject_id)
    if export.state != ExportState.ASKED or export.account.state == AccountState.CLOSED:
        return
    with tempfile.TemporaryFile() as target:
        count = write_archive(export.account, target, progress=progress.reporter(export.pk))
        export.file = store_stream(stream=target, content_type=CONTENT_TYPE, by=None)
    export.state = ExportState.READY
    export.ready_at = timezone.now()
    export.expires_at = export.ready_at + KEPT
    export.save(update_fields=["file", "state", "ready_at", "expires_at"])
    details = {"files": count, "size": export.file.size}
    announce("account.export_made", by=export.account, object_kind="export", object_id=export.pk, details=details)
    enqueue(READY, key=str(export.pk), subject_id=export.pk, priority=Priority.ASKED)


@transaction.atomic
def remove_expired(*, now: datetime.datetime) -> int:
    """Take away the archives whose seven days are over; returns how many."""
    over = AccountExport.objects.select_for_update(skip_locked=True, of=("self",))
    exports = list(over.filter(state=ExportState.READY, expires_at__lte=now).select_related("file"))
    for export in exports:
        _remove(export)
    return len(exports)


def remove_exports(account: Account) -> None:
    """The account goes: its archives, and those being made, go first."""
    kept = AccountExport.objects.select_for_update(of=("self",)).exclude(state=ExportState.REMOVED)
    for export in kept.filter(account=account).select_related("file"):
        _remove(export)


def _remove(export: AccountExport) -> None:
    stored = export.file
    export.file = None
    export.state = ExportState.REMOVED
    export.save(update_fields=["file", "state"])
    if stored is not None:
        remove(stored, by=None)
    announce("account.export_removed", by=None, object_kind="export", object_id=export.pk)
