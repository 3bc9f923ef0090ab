"""What leaves of waivers as PDF: one request, as evidence; the file of a period, for a control."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from employers.companies.models import Company
from employers.waivers.models import Waiver, WaiverRequest
from employers.waivers.queries import in_force_between
from employers.waivers.rules import Rule, rule_of
from employers.waivers.sealing import PLACE, subject_of, words_of
from employers.waivers.words import Answer
from portals.accounts.models import Account, Space
from portals.documents import verification
from portals.documents.models import Upload, UploadState
from portals.documents.uploads import content_of
from portals.documents.verification import Kind, Mark
from portals.presentation.formats import instant_with_zone, long_date
from portals.secrets.keys import data_keys
from portals.secrets.sealing import unseal_with

REQUEST = verification.register(Kind("employer.waiver_request", "Demande de dispense d’adhésion"))
CONTROL = verification.register(Kind("employer.waiver_control", "Dossier des dispenses d’adhésion"))
MOST_WAIVERS = 400
MOST_BYTES = 60 * 1024 * 1024
"""Of documents attached to one file: beyond, neither mail nor readers take it."""


class NoWaiver(LookupError):
    """No waiver held in the period."""


class TooLarge(Exception):
    """Too many waivers or documents for one file."""


@dataclass(frozen=True)
class Piece:
    """A request in the file of a control. `documents`: each with the name that its attached copy bears, if it has one."""

    row: WaiverRequest
    words: str
    documents: tuple[tuple[Upload, str], ...]


@dataclass(frozen=True)
class Entry:
    """A waiver in the file of a control, with the requests that founded and renewed it."""

    waiver: Waiver
    rule: Rule | None
    pieces: tuple[Piece, ...]

    @property
    def until(self) -> datetime.date | None:
        return self.waiver.ended_on or self.waiver.valid_until


def request_pdf(request: WaiverRequest, company: Company, *, by: Account) -> bytes:
    """One request as it was made and answered, signed, which `/verifier/` recognises."""
    context = {
        "row": request,
        "waiver": request.waiver,
        "rule": rule_of(request.waiver.case, request.waiver.first_day),
        "words": words_of(request),
        "uploads": list(request.proofs.order_by("pk")),
    }
    period = f"Demande du {long_date(request.written_on)}"
    return _issued(REQUEST, "request_print", context, company, period=period, by=by)


def control_pdf(company: Company, start: datetime.date, end: datetime.date, *, by: Account) -> bytes:
    """Every waiver that held between two days, both included, its requests and its documents attached.

    Raises NoWaiver, TooLarge.
    """
    waivers = in_force_between(company.pk, start, end)
    if not waivers:
        raise NoWaiver
    entries, attached = _entries(waivers)
    context = {"entries": entries, "start": start, "end": end, "attached": len(attached)}
    period = f"Du {long_date(start)} au {long_date(end)}"
    return _issued(CONTROL, "control_print", context, company, period=period, by=by, attached=attached)


def _entries(waivers: Sequence[Waiver]) -> tuple[list[Entry], list[tuple[str, Upload]]]:
    """The waivers with their requests, and the documents to attach by name. Four queries."""
    rows = WaiverRequest.objects.filter(waiver__in=waivers, answer=Answer.ACCEPTED).prefetch_related("proofs")
    by_waiver: dict[int, list[WaiverRequest]] = defaultdict(list)
    for row in rows.select_related("waiver", "entered_by", "answered_by").order_by("pk"):
        by_waiver[row.waiver_id].append(row)
    _refuse_too_much(waivers, [upload for rows in by_waiver.values() for row in rows for upload in row.proofs.all()])
    keys = data_keys([subject_of(waiver) for waiver in waivers])
    entries, attached = [], []
    for waiver in waivers:
        pieces, subject = [], subject_of(waiver)
        for row in by_waiver[waiver.pk]:
            documents = []
            for upload in row.proofs.all():
                name = f"{waiver.number}-{upload.pk}{_extension(upload)}" if _is_readable(upload) else ""
                documents.append((upload, name))
                attached += [(name, upload)] if name else []
            words = unseal_with(keys[subject], subject, PLACE, bytes(row.words_sealed))
            pieces.append(Piece(row, words, tuple(documents)))
        entries.append(Entry(waiver, rule_of(waiver.case, waiver.first_day), tuple(pieces)))
    return entries, attached


def _refuse_too_much(waivers: Sequence[Waiver], uploads: Sequence[Upload]) -> None:
    if len(waivers) > MOST_WAIVERS or sum(upload.size for upload in uploads if _is_readable(upload)) > MOST_BYTES:
        raise TooLarge


def _is_readable(upload: Upload) -> bool:
    return upload.state == UploadState.RELEASED


def _extension(upload: Upload) -> str:
    return f".{upload.name.rpartition('.')[2]}"


def _issued(
    kind: Kind,
    template: str,
    context: Mapping[str, object],
    company: Company,
    *,
    period: str,
    by: Account,
    attached: Sequence[tuple[str, Upload]] = (),
) -> bytes:
    def make(mark: Mark) -> bytes:
        from portals.documents.pdf import AttachedData, render_pdf  # WeasyPrint takes a second to load
        from portals.documents.signing import sign

        now = timezone.now()
        known = {
            "company": company, "mark": mark, "made_at": instant_with_zone(now), "space": Space.EMPLOYER.value,
            "organisation": settings.ORGANISATION_FACTS,
        }  # fmt: skip
        html = render_to_string(f"employers/waivers/{template}.html", {**context, **known})
        files = [
            AttachedData(name, "Justificatif d’une dispense", content_of(upload), upload.sent_at)
            for name, upload in attached
        ]
        return sign(render_pdf(html, attached=files), reason=kind.label)

    return verification.issue(kind, make, period=period, by=by)
