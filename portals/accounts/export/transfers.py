"""Portable data sent straight to a third party that the person chose (GDPR art. 20(2), PDP-8.7): recorded, then pushed."""

import base64
import hashlib
import http.client
import tempfile
from typing import IO
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils import timezone

from portals.accounts.export.archive import write_portable
from portals.accounts.export.models import ExportTransfer, TransferState
from portals.accounts.export.recipients import Recipient, recipients
from portals.accounts.export.rules import next_request
from portals.accounts.models import Account, AccountState
from portals.documents.actions import BLOCK
from portals.jobs import Job, Priority, enqueue, handler
from portals.signals import announce

PUSH = "account.export_transfer"
TIMEOUT = 30
"""Seconds without an answer."""
TRY_AGAIN = {408, 425, 429}
"""Refusals that are not for ever."""


class UnknownRecipient(Exception):
    """Nothing is sent to somebody whom the organisation does not know."""


class TransferTooSoon(Exception):
    """One transfer a day to the same recipient."""


class NotReceived(Exception):
    """The recipient did not take it this time; the job tries again."""


@transaction.atomic
def ask_transfer(*, by: Account, recipient: str) -> ExportTransfer:
    """Record that the person wants their portable data sent, and promise it. Raises UnknownRecipient, TransferTooSoon."""
    known = recipients().get(recipient)
    if known is None:
        raise UnknownRecipient
    Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
    latest = transfers_of(by).filter(recipient=known.code).first()
    if next_request(latest.asked_at if latest else None, timezone.now()) is not None:
        raise TransferTooSoon
    transfer = ExportTransfer.objects.create(account=by, recipient=known.code, recipient_name=known.name)
    enqueue(PUSH, key=str(transfer.pk), subject_id=transfer.pk, priority=Priority.ASKED)
    announce("account.transfer_requested", by=by, object_kind="data_transfer", object_id=transfer.pk)
    return transfer


def transfers_of(account: Account) -> "models.QuerySet[ExportTransfer]":
    """The latest first."""
    return ExportTransfer.objects.filter(account=account).order_by("-asked_at", "-pk")


@handler(PUSH)
def push_transfer(job: Job) -> None:
    """Write the portable data and post it. A worker that dies after the post sends it again under the same reference."""
    transfer = ExportTransfer.objects.select_for_update(of=("self",)).select_related("account").get(pk=job.subject_id)
    recipient = recipients().get(transfer.recipient)
    if transfer.state != TransferState.ASKED or transfer.account.state == AccountState.CLOSED:
        return
    if recipient is None:
        raise UnknownRecipient
    with tempfile.TemporaryFile() as content:
        write_portable(transfer.account, content)
        transfer.sha256, transfer.size = _measured(content)
        transfer.status = _post(recipient, transfer, content)
    taken = transfer.status < 300
    transfer.state = TransferState.SENT if taken else TransferState.REFUSED
    transfer.done_at = timezone.now()
    transfer.save(update_fields=["sha256", "size", "status", "state", "done_at"])
    announce(
        "account.transfer_made" if taken else "account.transfer_refused", by=transfer.account,
        object_kind="data_transfer", object_id=transfer.pk, details={"status": transfer.status, "size": transfer.size},
    )  # fmt: skip


def _measured(content: IO[bytes]) -> tuple[str, int]:
    size = content.tell()
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    return digest.hexdigest(), size


def _post(recipient: Recipient, transfer: ExportTransfer, content: IO[bytes]) -> int:
    """The recipient's answer: 2xx, or a refusal. No redirect is followed, so the token goes nowhere else.

    Raises NotReceived, or an OSError of the network.
    """
    content.seek(0)
    address = urlsplit(recipient.url)
    connection = http.client.HTTPSConnection(
        address.hostname or "", address.port, timeout=TIMEOUT, context=recipient.context
    )
    digest = base64.b64encode(bytes.fromhex(transfer.sha256)).decode()
    headers = {
        "Authorization": f"Bearer {recipient.token}",
        "Content-Type": "application/zip",
        "Content-Length": str(transfer.size),
        "Content-Digest": f"sha-256=:{digest}:",  # RFC 9530
        "Idempotency-Key": transfer.reference,
    }
    try:
        connection.request(
            "POST", f"{address.path or '/'}{'?' if address.query else ''}{address.query}", content, headers
        )
        status = connection.getresponse().status
    finally:
        connection.close()
    if status in TRY_AGAIN or not (200 <= status < 300 or 400 <= status < 500):
        raise NotReceived
    return status
