"""Keeping a DSN file, choosing in it, applying it in one operation, and erasing it (CGU-3.16)."""

import datetime
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from employers.companies.models import GroupContract
from employers.dsn.leaving import proposed
from employers.dsn.lines import decode
from employers.dsn.models import DsnDraft
from employers.dsn.proposals import Kind, Proposal
from employers.dsn.queries import Review, review_of
from employers.dsn.reading import read
from employers.dsn.sealing import Content, content_of, lose_content, seal_content
from employers.terminations.actions import terminate
from employers.terminations.rules import is_foretold_death
from employers.terminations.words import Reason
from employers.workforce import actions as workforce
from employers.workforce.models import Affiliation, Operation, Source
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.presentation.formats import NBSP
from privacy.audit import record

MOVED = "Changement de contrat"


class NothingChosen(Exception):
    """Every proposal was left out, or none remains."""


class ReasonMissing(Exception):
    """A cover would end and nobody said why: the rights that follow depend on it."""


class AppliedAlready(Exception):
    """The file was applied: its content is erased."""


@transaction.atomic
def keep(*, by: Account, grant: Grant, content: bytes, name: str) -> DsnDraft:
    """Read a file and keep what it says of affiliations, sealed; nothing changes yet. Raises NotADsn."""
    file = read(decode(content))
    draft = DsnDraft(
        company_id=grant.tenant_id, account=by, lines=file.lines, establishments=file.establishments, people=file.people
    )
    reasons = {f"{each.line}-{kind}": proposed(each.leaving_code) for each in file.declared for kind in Kind}
    kept = Content(file, name, reasons={key: reason for key, reason in reasons.items() if reason})
    draft.content_sealed = seal_content(draft.reference, kept)
    draft.save()
    record(
        "dsn.received", by=by, object_kind="dsn_draft", object_id=draft.pk,
        details={"people": file.people, "anomalies": len(file.anomalies)},
    )  # fmt: skip
    return draft


@transaction.atomic
def choose(
    *, by: Account, draft: DsnDraft, shown: Collection[str], chosen: Collection[str], reasons: Mapping[str, str]
) -> None:
    """Keep what was ticked among the proposals shown, and the reasons of ends. Raises AppliedAlready."""
    held = _held(draft)
    content = content_of(held)
    content.left_out = (content.left_out - set(shown)) | (set(shown) - set(chosen))
    content.reasons |= {key: reason for key, reason in reasons.items() if key in shown}
    held.content_sealed = seal_content(held.reference, content)
    held.saved_at = timezone.now()
    held.save(update_fields=["content_sealed", "saved_at"])
    record("dsn.chosen", by=by, object_kind="dsn_draft", object_id=held.pk, details={"left_out": len(content.left_out)})


@transaction.atomic
def apply(*, by: Account, draft: DsnDraft) -> Operation:
    """Do everything that is chosen, or nothing, in one operation that is undone within 24 hours; then erase the file.

    Raises AppliedAlready, NothingChosen, ReasonMissing, and what `employers.workforce.actions` raises when an employee
    changed since the page was read.
    """
    held = _held(draft)
    review = review_of(held, timezone.localdate())
    chosen = chosen_of(review)
    if not chosen:
        raise NothingChosen
    if without_reason(review):
        raise ReasonMissing
    plural = "s" if held.establishments > 1 else ""
    operation = workforce.open_operation(
        by=by,
        company_id=held.company_id,
        source=Source.DSN,
        label=f"DSN de {held.establishments}{NBSP}établissement{plural}",
    )
    reasons = review.content.reasons
    _end_and_change(by, operation, chosen, reasons)
    _affiliate(by, operation, chosen, reasons)
    lose_content(held)
    held.operation, held.content_sealed = operation, b""
    held.applied, held.saved_at = len(chosen), timezone.now()
    held.save(update_fields=["operation", "content_sealed", "applied", "saved_at"])
    record(
        "dsn.applied", by=by, object_kind="dsn_draft", object_id=held.pk,
        details={"operation": operation.pk, **{str(kind): _count(chosen, kind) for kind in Kind}},
    )  # fmt: skip
    return operation


@transaction.atomic
def discard(*, by: Account | None, drafts: Iterable[DsnDraft]) -> int:
    """Erase files and their keys; returns how many. Employees stay as they are."""
    rows = list(drafts)
    for row in rows:
        lose_content(row)
        row.delete()
    if rows:
        record("dsn.erased", by=by, details={"files": len(rows)})
    return len(rows)


def chosen_of(review: Review) -> list[Proposal]:
    """The proposals that nobody left out."""
    return [proposal for proposal in review.comparison.proposals if proposal.key not in review.content.left_out]


def without_reason(review: Review) -> list[Proposal]:
    """The ends that are chosen and lack their reason, or have that of a death on a day to come."""
    reasons, today = review.content.reasons, timezone.localdate()
    return [one for one in chosen_of(review) if one.ends and not _fits(reasons.get(one.key), one.last_day, today)]


def _fits(reason: str | None, last_day: datetime.date | None, today: datetime.date) -> bool:
    return bool(reason) and (last_day is None or not is_foretold_death(str(reason), last_day, today))


def _count(chosen: Iterable[Proposal], kind: Kind) -> int:
    return sum(proposal.kind == kind for proposal in chosen)


def _held(draft: DsnDraft) -> DsnDraft:
    held = DsnDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if held.is_applied:
        raise AppliedAlready
    return held


def _end_and_change(by: Account, operation: Operation, chosen: Iterable[Proposal], reasons: Mapping[str, str]) -> None:
    """What concerns employees whom the company has already. Changes come first: an end is undone before them."""
    known = {proposal.key: proposal for proposal in chosen if proposal.held is not None}
    rows = Affiliation.objects.in_bulk([proposal.held.id for proposal in known.values() if proposal.held])
    for proposal in sorted(known.values(), key=lambda each: each.kind != Kind.CHANGE):
        row = rows[proposal.held.id] if proposal.held else None
        if row is None:
            continue
        if proposal.kind == Kind.CHANGE:
            workforce.change(
                by=by, operation=operation, affiliation=row,
                employee_number=proposal.declared.employee_number or None, email=proposal.declared.email or None,
            )  # fmt: skip
        elif proposal.kind == Kind.MOVE:
            eve = proposal.eve
            workforce.end(by=by, operation=operation, affiliation=row, reason=MOVED, last_day=eve, rights_end=eve)
        else:
            _end(by, operation, row, proposal, reasons)


def _affiliate(by: Account, operation: Operation, chosen: Iterable[Proposal], reasons: Mapping[str, str]) -> None:
    """The newcomers in one go, then those of them whose rights end already."""
    new = [proposal for proposal in chosen if proposal.kind in {Kind.AFFILIATE, Kind.MOVE}]
    contracts = GroupContract.objects.select_related("plan").in_bulk({proposal.contract.id for proposal in new})
    rows = [
        workforce.Row(contracts[proposal.contract.id], proposal.employee, proposal.declared.starts_on)
        for proposal in new
    ]
    made = workforce.affiliate_all(by=by, operation=operation, rows=rows) if rows else []
    for affiliation, proposal in zip(made, new, strict=True):
        if proposal.ends:
            _end(by, operation, affiliation, proposal, reasons)


def _end(
    by: Account, operation: Operation, affiliation: Affiliation, proposal: Proposal, reasons: Mapping[str, str]
) -> None:
    """As from the page of one employee: portability, letters and notices follow by themselves."""
    if proposal.last_day is None:
        return
    since = proposal.declared.employed_since
    terminate(
        by=by, operation=operation, affiliation=affiliation, reason=Reason(reasons[proposal.key]),
        last_day=proposal.last_day, employed_since=since if since and since <= proposal.last_day else None,
    )  # fmt: skip
