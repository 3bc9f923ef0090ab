"""Giving out a document that anybody can check afterwards."""

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from portals.accounts.models import Account
from portals.documents.verification.codes import new_code
from portals.documents.verification.marks import Mark, mark_of
from portals.documents.verification.models import IssuedDocument
from portals.documents.verification.registry import Kind
from portals.signals import announce


def issue(kind: Kind, make: Callable[[Mark], bytes], *, period: str, by: Account | None) -> bytes:
    """The bytes that `make` gives for a new mark, once their code and fingerprint are kept. They must not change after.

    `period` is told to whoever holds the code: no name, no number, no word on health.
    """
    mark = mark_of(new_code())
    content = make(mark)
    with transaction.atomic():
        document = IssuedDocument.objects.create(
            code=mark.code,
            kind=kind.code,
            period=period,
            issued_on=timezone.localdate(),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        announce(
            "document.issued", by=by, object_kind="issued_document", object_id=document.pk,
            details={"kind": kind.code},
        )  # fmt: skip
    return content
