"""Simulations and requests for tests that only need one to stand in an address."""

from decimal import Decimal

from django.utils import timezone

from members.households.models import Person
from members.quotes.actions import Answers, simulate
from members.quotes.models import QuoteKind
from members.quotes.requests import actions, deciding
from members.quotes.requests.models import CareRequest, RequestKind
from members.quotes.rules import QuoteLine
from members.quotes.searching import acts_of
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile
from tests import builders


def grant_of(account: Account) -> Grant:
    return Grant.objects.get(account=account, basis=Basis.COVER)


def simulation_of(account: Account, *, of: Person | None = None, price: str = "30.00", code: str = "G") -> int:
    """A simulation of one act, today, for the account's person or for `of`."""
    with isolation.system():
        act = acts_of({code})[code]
        kept = simulate(
            by=account,
            person_id=of.pk if of else grant_of(account).subject_id,
            kind=QuoteKind.ACT,
            care_date=timezone.localdate(),
            lines=[QuoteLine(act.label, act, Decimal(price))],
            answers=Answers(),
        )
    return kept.pk


def draft_of(
    account: Account, *, kind: RequestKind = RequestKind.REIMBURSEMENT, of: Person | None = None, papers: int = 1
) -> int:
    """A draft of the account for its person, or for `of`, with documents in quarantine."""
    with isolation.system():
        grant = grant_of(account)
        person_id = of.pk if of else grant.subject_id
        draft = actions.save_draft(
            by=account, kind=kind, household_id=grant.tenant_id, person_id=person_id, is_ready=True,
            content={
                "person": str(person_id), "need": "OPTI", "need_label": "Optique", "on": "01/10/2026",
                "professional": "Optique du Quai", "amount": "480,00",
            },
        )  # fmt: skip
        files = [CleanFile(f"papier {n}.pdf", "application/pdf", b"%PDF-1.7 secret") for n in range(papers)]
        actions.add_documents(by=account, request=draft, files=files)
    return draft.pk


def request_of(account: Account, *, kind: RequestKind = RequestKind.REIMBURSEMENT, of: Person | None = None) -> int:
    """A request that was sent, its document in quarantine."""
    pk = draft_of(account, kind=kind, of=of)
    with isolation.system():
        actions.ask(by=account, request=CareRequest.objects.get(pk=pk))
    return pk


def answered_request_of(account: Account, *, kind: RequestKind = RequestKind.REIMBURSEMENT) -> int:
    """A request that was accepted for 120 €."""
    pk = request_of(account, kind=kind)
    with isolation.system():
        row = CareRequest.objects.get(pk=pk)
        for upload in row.documents.all():
            release(by=None, upload=upload)
    deciding.accept(by=builders.staff(), request=row, amount=Decimal("120.00"))
    return pk
