"""Medical cases and their readers, as tests make them."""

import datetime

from django.test import Client
from django.utils import timezone

from portals.access import isolation
from portals.accounts.models import Account
from portals.declarations import Purpose
from portals.documents.uploads import CleanFile
from portals.gestion.roles import Role
from privacy.register import running
from privacy.register.assessments.actions import decide, switch_on
from privacy.register.assessments.models import ImpactAssessment
from privacy.register.assessments.models import Outcome as Assessed
from privacy.vault import actions
from privacy.vault.medical import entrance
from privacy.vault.models import Cover, MedicalCase
from privacy.vault.readers import Duty, name
from tests import builders
from tests.cast import Cast

CANARY = "sclérose-canari-7391"
ANSWERS = {
    "name": "Alice Le Goff", "born_on": "1985-03-07", "height": "168", "weight": "61", "off_work": "no",
    "long_leave": "yes", "long_illness": "no", "hospital": "no", "treatment": "no", "disability": "no",
    "details": CANARY,
}  # fmt: skip
DOCUMENT = CleanFile(f"irm {CANARY}.pdf", "application/pdf", f"%PDF-1.7 {CANARY}".encode())


def in_service() -> None:
    """The processing is assessed and switched on, as the DPO does it."""
    if running.may_run(Purpose.MEDICAL):
        return
    assessment = ImpactAssessment.objects.create(
        processing=Purpose.MEDICAL, title="Coffre médical", description="Essai.", necessity="Essai.", measures="Essai."
    )
    review_on = timezone.localdate() + datetime.timedelta(days=365)
    decided = decide(
        by=None, assessment=assessment, outcome=Assessed.VALIDATED, opinion="Favorable.", review_on=review_on
    )
    switch_on(by=None, assessment=decided)


def open_case_of(account: Account, cover: Cover = Cover.LOAN) -> MedicalCase:
    """Consented to, nothing in it yet."""
    with isolation.system():
        in_service()
        return actions.begin(by=account, cover=cover)


def filled_case_of(account: Account, cover: Cover = Cover.LOAN) -> MedicalCase:
    """With its answers and one document, not sent."""
    case = open_case_of(account, cover)
    with isolation.system():
        actions.fill(by=account, case=case, answers=ANSWERS)
        actions.add_documents(by=account, case=case, files=[DOCUMENT])
        case.refresh_from_db()
    return case


def sent_case_of(account: Account, cover: Cover = Cover.LOAN) -> MedicalCase:
    """In the queue of the medical adviser."""
    case = filled_case_of(account, cover)
    with isolation.system():
        actions.send(by=account, case=case)
        case.refresh_from_db()
    return case


def reader(duty: Duty = Duty.ADVISER) -> Account:
    """A named reader."""
    role = Role.MEDICAL_ADVISER if duty == Duty.ADVISER else Role.MEDICAL_ASSISTANT
    account = builders.colleague(role, display_name=f"Lecteur {duty}")
    name(by=None, account=account, duty=duty)
    return account


def inside(account: Account) -> Client:
    """A client that has given its second factor at the door."""
    client = builders.sign_in(Client(), account)
    session = client.session
    session[entrance.UNTIL] = 4_000_000_000
    session.save()
    return client


def in_service_for(_cast: Cast) -> dict[str, object]:
    """For the table of permissions: the processing runs, and the address has nothing in it."""
    with isolation.system():
        in_service()
    return {}


def open_case_for(cast: Cast) -> dict[str, object]:
    return {"reference": open_case_of(cast.alice_account).reference}


def sent_case_for(cast: Cast) -> dict[str, object]:
    return {"reference": sent_case_of(cast.alice_account).reference}
