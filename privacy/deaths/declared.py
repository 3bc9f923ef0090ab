"""What directives and deaths hold, field by field: a part of `privacy.personal_data`."""

from portals.declarations import TECHNICAL, Classified, Declaration, Erasure, Export, Purpose, Sensitivity, Subject

# Directives hold after the erasure that they ask for: they are the proof that it was asked. One kind for each row, names
# included: it goes whole, or it proves nothing.
DIRECTIVE = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
# Of a death nothing is told in a package: it is of somebody who asks for nothing any more, and was declared by others.
DEATH = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.NONE, Erasure.KEEP_PROOF)
DEATH_ACT = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.PROOF, Export.NONE, Erasure.KEEP_PROOF)

AFTER_DEATH: Declaration = {
    "privacy.Directives": {
        TECHNICAL: ("id", "reference"),
        DIRECTIVE: (
            "space", "tenant_id", "subject_id", "number", "consent", "capacity", "by_account", "request_number", "at",
            "content_sealed",
        ),
    },
    "privacy.Death": {
        TECHNICAL: ("id", "reference", "number", "way", "state"),
        DEATH: (
            "space", "tenant_id", "subject_id", "died_on", "received_on", "due_on", "checked_at", "confirmed_at",
            "settled_at", "dismissed_at", "dismiss_reason", "closed_accounts", "stopped_grants", "silenced", "directives",
            "claim_sealed",
        ),
        DEATH_ACT: ("entered_by", "checked_by", "confirmed_by", "dismissed_by"),
    },
    "privacy.DeathProof": {
        TECHNICAL: ("id", "death", "received_on", "checked_at"),
        # Destroyed by the verification, well before anything is erased.
        Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.PROOF, Export.NONE, Erasure.DELETE): ("upload",),
    },
    "privacy.DeathTask": {
        TECHNICAL: ("id", "death", "kind", "kinds", "created_at", "erasure"),
        DEATH: ("done_at", "report_sealed"),
        DEATH_ACT: ("done_by",),
    },
    "privacy.Handover": {
        TECHNICAL: ("id", "task", "reference", "given_at", "expires_at", "used_at"),
        DEATH: ("identity_sealed", "address_sealed"),
        DEATH_ACT: ("given_by",),
    },
    "privacy.EstateLetter": {
        TECHNICAL: ("id", "death", "made_at"),
        DEATH: ("addressee_sealed", "quality"),
        DEATH_ACT: ("made_by",),
    },
}  # fmt: skip
