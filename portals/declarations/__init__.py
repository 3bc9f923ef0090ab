"""The vocabulary in which each app declares its personal data (`<app>/personal_data.py`).

Declared once, read by everything: the system check that refuses an unclassified field, later the data package, the
erasure, the retention job and the published "what we hold about you".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """Whose data it is."""

    NOBODY = "nobody"
    ACCOUNT = "account"
    PERSON = "person"
    COMPANY_CONTACT = "company_contact"
    PROFESSIONAL = "professional"
    STAFF = "staff"


class Sensitivity(StrEnum):
    TECHNICAL = "technical"
    IDENTITY = "identity"
    CONTACT = "contact"
    CONTRACT = "contract"
    HEALTH = "health"
    BANKING = "banking"
    SECRET = "secret"


class Purpose(StrEnum):
    """Purposes of the register: `privacy.register.declared` gives each its legal basis, recipients and duration.

    The last ones hold no field of this site's own; they reuse what the first ones hold, or are kept elsewhere.
    """

    PORTAL = "portal"
    CONTRACT = "contract"
    REIMBURSEMENT = "reimbursement"
    PRIOR_AGREEMENT = "prior_agreement"
    PROOF = "proof"
    SECURITY = "security"
    PROVIDER_PAYMENT = "provider_payment"
    GROUP_CONTRACT = "group_contract"
    COMMUNICATION = "communication"
    OPERATIONS = "operations"
    RIGHTS_LOOKUP = "rights_lookup"
    STATISTICS = "statistics"
    PRE_CONTRACT = "pre_contract"
    MUTUAL_LIFE = "mutual_life"
    RECOVERY = "recovery"
    FRAUD = "fraud"
    FINANCIAL_CRIME = "financial_crime"
    MEDICAL = "medical"


class Export(StrEnum):
    """Given back for access only, for access and portability, or not at all."""

    NONE = "none"
    ACCESS = "access"
    PORTABILITY = "portability"


class Erasure(StrEnum):
    """What erasure does to the value: delete it, empty it, or keep it because a law or a claim says so."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP_CONTRACT = "keep_contract"
    KEEP_PROOF = "keep_proof"
    NOT_PERSONAL = "not_personal"


@dataclass(frozen=True)
class Classified:
    """The classification of one or more fields of a model."""

    subject: Subject
    sensitivity: Sensitivity
    purpose: Purpose
    export: Export
    erasure: Erasure


TECHNICAL = Classified(Subject.NOBODY, Sensitivity.TECHNICAL, Purpose.OPERATIONS, Export.NONE, Erasure.NOT_PERSONAL)

# Of one model: classification → the fields it covers. Of an app: one entry per model label ("members.Person").
type Fields = Mapping[Classified, tuple[str, ...]]
type Declaration = Mapping[str, Fields]


def history_of(declared: Fields, excluded: tuple[str, ...] = ()) -> Fields:
    """The classification of a history model: its copied fields are classified as the originals are."""
    copied = {kind: tuple(name for name in fields if name not in excluded) for kind, fields in declared.items()}
    copied[TECHNICAL] = (
        *copied.get(TECHNICAL, ()), "pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context",
    )  # fmt: skip
    return {kind: fields for kind, fields in copied.items() if fields}
