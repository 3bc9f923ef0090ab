"""What the company gave and what the employee typed, sealed under the link's own key."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from employers.links.models import EmployeeLink
from portals import secrets
from portals.secrets.models import SubjectKey

INVITED_PLACE = "employers_employeelink.invited_sealed"
ANSWERS_PLACE = "employers_employeelink.answers_sealed"

type Answers = dict[str, Any]
"""By step: `identity` and `bank` are texts by field, `dependants` a list of such texts."""

IDENTITY, DEPENDANTS, BANK = "identity", "dependants", "bank"
STEPS = (IDENTITY, DEPENDANTS, BANK)


@dataclass(frozen=True)
class Invited:
    """Whom the company invites, as it knows them."""

    given_names: str
    family_name: str
    email: str
    employee_number: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}"


def seal_invited(reference: str, invited: Invited) -> bytes:
    return secrets.seal(subject_of(reference), INVITED_PLACE, json.dumps(asdict(invited)))


def invited_of(link: EmployeeLink) -> Invited | None:
    """Whom it is for; None once it was forgotten. One query for the key."""
    if not link.invited_sealed:
        return None
    return Invited(**json.loads(secrets.unseal(subject_of(link.reference), INVITED_PLACE, bytes(link.invited_sealed))))


def seal_answers(reference: str, answers: Answers) -> bytes:
    return secrets.seal(subject_of(reference), ANSWERS_PLACE, json.dumps(answers))


def answers_of(link: EmployeeLink) -> Answers:
    """What the employee typed so far. Never for the company's eyes."""
    if not link.answers_sealed:
        return {}
    said: Answers = json.loads(secrets.unseal(subject_of(link.reference), ANSWERS_PLACE, bytes(link.answers_sealed)))
    return said


def forget(link: EmployeeLink) -> None:
    """Destroy the key: no copy can be read again, in backups either. The caller saves the row."""
    SubjectKey.objects.filter(subject=subject_of(link.reference)).delete()
    link.invited_sealed = link.answers_sealed = b""
    link.token_hash = None


def index_of(email: str) -> bytes:
    """What an address is compared by, without regard to case."""
    return secrets.blind_index(INVITED_PLACE, email.strip().lower())


def subject_of(reference: str) -> str:
    return f"employee_link:{reference}"
