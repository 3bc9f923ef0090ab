"""What is sealed of a death: who declared whom, what was done, who received."""

import datetime
import json

from portals import secrets as personal
from privacy.deaths.models import Death

CLAIM_PLACE = "privacy_death.claim_sealed"
REPORT_PLACE = "privacy_deathtask.report_sealed"
IDENTITY_PLACE = "privacy_handover.identity_sealed"
ADDRESS_PLACE = "privacy_handover.address_sealed"
ADDRESSEE_PLACE = "privacy_estateletter.addressee_sealed"

type Claim = dict[str, str]
"""Who declares (`name`, `email`, `quality`) and who died (`given_names`, `family_name`, `birth_date`, `member_number`,
`died_on`), as they said it. Absent ones are empty."""


def subject_of(death: Death) -> str:
    return f"death:{death.reference}"


def seal(death: Death, place: str, text: str) -> bytes:
    return personal.seal(subject_of(death), place, text)


def unseal(death: Death, place: str, sealed: bytes | memoryview | None) -> str:
    """The text; empty when there is none."""
    return personal.unseal(subject_of(death), place, bytes(sealed)) if sealed is not None else ""


def seal_claim(death: Death, claim: Claim) -> bytes:
    return seal(death, CLAIM_PLACE, json.dumps(claim))


def claim_of(death: Death) -> Claim:
    claim: Claim = json.loads(unseal(death, CLAIM_PLACE, death.claim_sealed))
    return claim


def day_said(death: Death, name: str) -> datetime.date | None:
    """A day of the declaration; None when it was not said."""
    text = claim_of(death).get(name, "")
    return datetime.date.fromisoformat(text) if text else None
