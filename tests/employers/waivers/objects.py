"""Waivers for tests, asked as the pages or the employee's link ask them."""

import datetime
from typing import Any

from employers.companies.models import Company
from employers.waivers import actions, answering
from employers.waivers.models import Waiver, WaiverRequest
from employers.waivers.rules import Employee, Plea
from employers.waivers.words import Answer, Channel
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.models import Upload
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile
from tests.builders.numbers import number
from tests.employers.contributions.objects import contract_of

ATTESTATION = CleanFile("attestation.pdf", "application/pdf", b"%PDF-1.7")
FIRST_DAY = datetime.date(2026, 9, 1)
WORDS = "Je demande à ne pas adhérer : je suis couvert par le contrat de mon conjoint."


def plea(**changes: Any) -> Plea:
    """Yann Kerbrat, covered elsewhere as a dependant, from 1 September 2026."""
    employee = {
        "family_name": "Kerbrat", "given_names": "Yann", "number": "M-0412", "birth_date": datetime.date(1988, 4, 12),
        "hired_on": FIRST_DAY,
    }  # fmt: skip
    employee |= {name: changes.pop(name) for name in list(changes) if name in employee}
    fields = {
        "case": "elsewhere", "first_day": FIRST_DAY, "words": WORDS, "written_on": FIRST_DAY, "informed": True, **changes,
    }  # fmt: skip
    return Plea(employee=Employee(**employee), **fields)  # type: ignore[arg-type]  # fields of the tables above


def asked(company: Company, *, by: Account | None = None, files: Any = (ATTESTATION,), **changes: Any) -> Waiver:
    """A request that waits, its document out of quarantine; written by the employee's link unless somebody deposits it."""
    channel = Channel.LINK if by is None else Channel.SPACE
    with isolation.system():
        made = actions.ask(by=by, contract=contract_of(company), plea=plea(**changes), files=files, channel=channel)
        for upload in Upload.objects.filter(waiver_requests__waiver=made):
            release(by=None, upload=upload)
    return made


def accepted(company: Company, account: Account, **changes: Any) -> Waiver:
    """A waiver in force."""
    made = asked(company, **changes)
    with isolation.system():
        return answering.accept(by=account, request=waiting(made))


def waiting(waiver: Waiver) -> WaiverRequest:
    """The request of a waiver that waits for its answer."""
    return WaiverRequest.objects.get(waiver=waiver, answer=Answer.WAITING)


def now(waiver: Waiver) -> Waiver:
    """The row as it is in the database."""
    with isolation.system():
        return Waiver.objects.select_related("contract").get(pk=waiver.pk)


def another(company: Company) -> Waiver:
    """A request that waits, of somebody who has none yet."""
    return asked(company, **somebody())


def renewable(company: Company, account: Account) -> Waiver:
    """A waiver in force, of somebody who has none yet."""
    return accepted(company, account, **somebody())


def somebody() -> dict[str, Any]:
    rank = number()
    return {"family_name": f"Kerbrat {rank}", "number": f"M-{rank}"}


def copy_of(company: Company) -> dict[str, int]:
    """The address of the copy of a request that waits."""
    made = another(company)
    with isolation.system():
        return {"waiver_id": made.pk, "request_id": waiting(made).pk}


def proof_of(company: Company) -> dict[str, int]:
    """The address of a document out of quarantine."""
    made = another(company)
    with isolation.system():
        return {"waiver_id": made.pk, "upload_id": waiting(made).proofs.get().pk}
