"""Kinds of operations, as people filter them: read from the code of the operation. Pure."""

from enum import StrEnum

from privacy.audit.labels import LABELS


class OperationKind(StrEnum):
    """What an operation was. The value is what stands in addresses."""

    LOOK = "consultation"
    FILE = "telechargement"
    ACCESS = "connexion"
    CHANGE = "demarche"
    DENIED = "refus"


WORDS = {
    OperationKind.LOOK: "Consultations",
    OperationKind.FILE: "Téléchargements et exports",
    OperationKind.ACCESS: "Connexions et sécurité",
    OperationKind.CHANGE: "Demandes et changements",
    OperationKind.DENIED: "Accès refusés",
}

DENIED_ACCESS = "access.denied"
LOOKS = {
    "checked",
    "consulted",
    "listed",
    "looked",
    "opened",
    "read",
    "searched",
    "seen",
    "shown",
    "verified",
    "viewed",
}
FILES = {"certified", "downloaded", "exported", "mailed", "printed", "reviewed"}
OF_ACCESS = (
    "access.switched", "account.federat", "account.password", "account.recovery", "account.session", "account.sign_",
    "account.step_up", "account.temporary", "gestion.switched", "second_factor.", "step_up.",
)  # fmt: skip
NOT_LOOKS = {
    "access.switched", "card.mailed", "care.shown", "cover.opened", "death.checked", "employee_link.opened", "portability.opened",
    "incident.opened", "journal.verified", "certificate.mailed", "document.verified", "second_factor.verified",
    "waiver.proof_opened",
    "investigation.opened",
}  # fmt: skip
"""Codes with one of those words that show nothing of anybody, or say twice what `upload.downloaded` says."""


def kind_of(action: str) -> OperationKind:
    """The kind of an operation; an unknown one is a change."""
    if action == DENIED_ACCESS:
        return OperationKind.DENIED
    if action.startswith(OF_ACCESS):
        return OperationKind.ACCESS
    words = set(action.partition(".")[2].split("_"))
    if action not in NOT_LOOKS:
        if words & FILES:
            return OperationKind.FILE
        if words & LOOKS:
            return OperationKind.LOOK
    return OperationKind.CHANGE


def actions_of(*kinds: OperationKind) -> list[str]:
    """The operations of these kinds, among those that this release knows."""
    return sorted(action for action in LABELS if kind_of(action) in kinds)
