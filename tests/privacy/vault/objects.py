"""Medical cases and their readers, as tests make them."""

import email
from collections.abc import Callable
from email import policy
from pathlib import Path

from django.test import Client

from portals.access import isolation
from portals.accounts.models import Account
from portals.documents.uploads import CleanFile
from portals.gestion.roles import Role
from privacy.vault import actions
from privacy.vault.medical import entrance
from privacy.vault.models import Cover, MedicalCase
from privacy.vault.readers import Duty, name
from tests import builders
from tests.cast import Cast

CANARY = "sclérose-zyqkvw-7391"
ANSWERS = {
    "name": "Alice Le Goff", "born_on": "1985-03-07", "height": "168", "weight": "61", "off_work": "no",
    "long_leave": "yes", "long_illness": "no", "hospital": "no", "treatment": "no", "disability": "no",
    "details": CANARY,
}  # fmt: skip
DOCUMENT = CleanFile(f"irm {CANARY}.pdf", "application/pdf", f"%PDF-1.7 {CANARY}".encode())


def open_case_of(account: Account, cover: Cover = Cover.LOAN) -> MedicalCase:
    """Consented to, nothing in it yet."""
    with isolation.system():
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


def open_case_for(cast: Cast) -> dict[str, object]:
    return {"reference": open_case_of(cast.alice_account).reference}


def sent_case_for(cast: Cast) -> dict[str, object]:
    return {"reference": sent_case_of(cast.alice_account).reference}


def mails_in(folder: Path) -> list[str]:
    """The subject and the texts of each message, decoded."""
    messages = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.iterdir()]
    return [
        "\n".join(
            [str(message["Subject"]), *(part.get_content() for part in message.walk() if not part.is_multipart())]
        )
        for message in messages
    ]


# What stands in the addresses of the room, for the table of permissions.
ADDRESSED: dict[str, Callable[[Cast], dict[str, object]]] = {
    **dict.fromkeys([f"privacy:vault_{page}" for page in ("answers", "documents")], open_case_for),
    **dict.fromkeys([f"privacy:vault_{page}" for page in ("case", "copy", "send", "withdraw")], sent_case_for),
    **dict.fromkeys([f"medical:{page}" for page in ("case", "copy_given", "decide")], sent_case_for),
    "medical:document": lambda cast: {**sent_case_for(cast), "piece_id": "11111111-1111-4111-8111-111111111111"},
    "medical:assistant_end": lambda _cast: {"account_id": 999_999_999},
}
