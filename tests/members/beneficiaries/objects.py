"""Requests for tests, made as the pages make them."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from members.beneficiaries import actions
from members.beneficiaries.actions import Wish
from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.words import Kind
from members.coverage.models import Policy
from members.households.models import Person
from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile
from tests.portals.documents import hostile

NEWBORN = {
    "family_name": "Benali", "birth_name": "", "given_names": "Noé", "sex": "1", "birth_date": "2026-09-20",
    "birth_rank": "1", "nir": "",
}  # fmt: skip
CERTIFICATE = CleanFile("acte.pdf", "application/pdf", b"%PDF-1.7")


def birth_certificate(name: str = "acte.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile.written(hostile.plain_pdf()), content_type="application/pdf")


def wish_of(holder: Person, **changes: object) -> Wish:
    """To add a newborn to the holder's policy, unless told otherwise."""
    fields: dict[str, object] = {
        "kind": Kind.ADD, "case": "newborn", "event_date": datetime.date(2026, 9, 20),
        "policy": Policy.objects.get(household_id=holder.household_id), **changes,
    }  # fmt: skip
    return Wish(asked_for=holder, **fields)  # type: ignore[arg-type]  # fields of the table above


def draft_of(account: Account, holder: Person, **changes: object) -> BeneficiaryRequest:
    with isolation.system():
        return actions.save_draft(by=account, wish=wish_of(holder, **changes), answers=NEWBORN)


def sent_of(
    account: Account, holder: Person, *, effect: datetime.date = datetime.date(2026, 9, 20), **changes: object
) -> BeneficiaryRequest:
    """A request with one document, out of quarantine."""
    draft = draft_of(account, holder, **changes)
    with isolation.system():
        actions.add_proofs(by=account, request=draft, files=[CERTIFICATE])
        release(by=None, upload=draft.proofs.get())
        return actions.send(by=account, request=draft, effect_date=effect)
