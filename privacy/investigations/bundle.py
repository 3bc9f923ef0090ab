"""What a judge is given: the file as PDF, the pieces as they came, their fingerprints, and proofs of the journal.

The journal is sealed each minute: an entry younger than that has no proof yet, and the archive says so.
"""

import datetime
import hashlib
import io
import zipfile
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from portals.accounts.models import Account
from portals.presentation.formats import instant_with_zone
from portals.presentation.spreadsheets import sheet, text_cell
from privacy.audit import record
from privacy.audit.labels import label_of as operation_label
from privacy.audit.models import Entry
from privacy.audit.proofs import NotSealed, proof_of
from privacy.investigations.measures import accounts_in
from privacy.investigations.models import Exhibit, Investigation, StepKind
from privacy.investigations.sealing import label_of, name_of, original_of, reference_of, words_of
from privacy.investigations.timeline import KIND, note

MOST_ENTRIES = 1000
HEADINGS = ("Écriture", "Instant", "Opération", "Compte", "Objet", "N°", "Résultat", "Preuve")


def bundle_of(
    *, by: Account, case: Investigation, since: datetime.date | None = None, until: datetime.date | None = None
) -> bytes:
    """The archive, as a ZIP; that it was made is in the timeline. `until` included; Paris."""
    exhibits = list(case.exhibits.select_related("case", "original").order_by("number"))
    entries = [*_entries_of_case(case, exhibits), *_entries_of_accounts(case, since, until)]
    made: list[tuple[str, bytes]] = [("dossier.pdf", pdf_of(case))]
    made += [(f"pieces/piece-{one.number}{one.extension}", original_of(one)) for one in exhibits]
    made += _journal(entries)
    digests = [(hashlib.sha256(content).hexdigest(), name) for name, content in made]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made:
            archive.writestr(name, content)
        archive.writestr("SHA256SUMS", "".join(f"{digest}  {name}\n" for digest, name in digests))
    content = target.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    record("investigation.exported", by=by, object_kind=KIND, object_id=case.pk, details={"sha256": digest})
    note(case, StepKind.EXPORTED, by=by, words=f"Empreinte SHA-256 de l’archive\u00a0: {digest}")
    return content


def pdf_of(case: Investigation) -> bytes:
    """The file on A4."""
    from portals.documents.pdf import render_pdf  # WeasyPrint takes a second to load: only who prints waits

    context = {
        "case": case,
        "subjects": [(one, name_of(one)) for one in case.subjects.order_by("pk")],
        "exhibits": [(one, label_of(one)) for one in case.exhibits.select_related("case").order_by("number")],
        "declarations": [(one, reference_of(one)) for one in case.declarations.order_by("pk")],
        "steps": [(one, words_of(one)) for one in case.steps.select_related("by", "case").order_by("at", "pk")],
        "now": timezone.now(),
        "organisation": settings.ORGANISATION_FACTS,
        "space": "gestion",
    }
    return render_pdf(render_to_string("privacy/investigations/case.html", context))


def _entries_of_case(case: Investigation, exhibits: Iterable[Exhibit]) -> list[Entry]:
    """The chain of custody: all that the journal says of the file and of its pieces."""
    pieces = Q(object_kind="exhibit", object_id__in=[str(one.pk) for one in exhibits])
    of_case = Q(object_kind=KIND, object_id=str(case.pk))
    found = Entry.objects.filter(of_case | pieces, at__gte=case.opened_at - datetime.timedelta(days=1))
    return list(found.order_by("at", "id")[:MOST_ENTRIES])


def _entries_of_accounts(case: Investigation, since: datetime.date | None, until: datetime.date | None) -> list[Entry]:
    """What the accounts of the file did in the period."""
    accounts = [account.pk for account in accounts_in(case)]
    if since is None or until is None or not accounts:
        return []
    start, end = (
        timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
        for day in (since, until + datetime.timedelta(days=1))
    )
    found = Entry.objects.filter(account_id__in=accounts, at__gte=start, at__lt=end)
    return list(found.order_by("at", "id")[:MOST_ENTRIES])


def _journal(entries: list[Entry]) -> list[tuple[str, bytes]]:
    proofs: list[tuple[str, bytes]] = []
    rows = []
    for entry in entries:
        try:
            name = f"journal/{entry.pk}.tlog-proof"
            proofs.append((name, str(proof_of(entry)).encode()))
        except NotSealed:
            name = "pas encore scellée"
        told = (
            entry.pk, instant_with_zone(entry.at), operation_label(entry.action), entry.account_id or "",
            entry.object_kind, entry.object_id, entry.result, name,
        )  # fmt: skip
        rows.append([text_cell(str(value)) for value in told])
    return [("journal/ecritures.csv", sheet(HEADINGS, rows)), *proofs]
