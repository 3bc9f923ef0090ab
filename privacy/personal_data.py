"""What the privacy core holds, field by field."""

from portals.declarations import TECHNICAL, Classified, Declaration, Erasure, Export, Purpose, Sensitivity, Subject

OPERATION = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)

INCIDENT = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)

CHOICE = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.COMMUNICATION, Export.ACCESS, Erasure.KEEP_PROOF)
ADDRESSED = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.COMMUNICATION, Export.ACCESS, Erasure.DELETE)
WRITTEN = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.COMMUNICATION, Export.NONE, Erasure.KEEP_PROOF)

DECLARATION: Declaration = {
    "privacy.Entry": {
        TECHNICAL: ("id", "reference"),
        OPERATION: (
            "at", "action", "account_id", "space", "tenant_id", "object_kind", "object_id", "result", "terms_number",
            "session_hash", "details", "subject_id", "acting_as",
        ),
    },
    "privacy.Seal": {
        TECHNICAL: (
            "number", "cluster", "horizon", "first", "size", "entries", "least", "greatest", "first_at", "last_at",
            "hashes", "frontier", "checkpoint", "sealed_at",
        ),
    },
    "privacy.FieldChange": {
        TECHNICAL: ("id", "content_type", "object_pk", "object_id", "object_repr", "action", "cid"),
        OPERATION: ("changes", "actor", "timestamp"),
    },
    "privacy.Purpose": {
        TECHNICAL: ("id", "code", "kind", "basis", "channels", "rank", "asked_again_from", "retired_at"),
    },
    "privacy.PurposeText": {
        TECHNICAL: ("id", "purpose", "number", "label", "text", "recipients", "written_at"),
        WRITTEN: ("by_account",),
    },
    "privacy.Choice": {
        TECHNICAL: ("id",),
        CHOICE: (
            "space", "tenant_id", "subject_id", "purpose", "text", "channel", "decision", "capacity", "way", "by_account",
            "said_on", "note", "proof", "at",
        ),
    },
    "privacy.Campaign": {
        TECHNICAL: (
            "id", "space", "purpose", "subject", "text", "criteria", "state", "written_at", "sent_at", "recipients",
        ),
        WRITTEN: ("written_by", "sent_by"),
    },
    "privacy.CampaignMessage": {
        TECHNICAL: ("id", "campaign"),
        ADDRESSED: (
            "space", "tenant_id", "subject_id", "account_id", "made_at", "held_back_at", "unsubscribed_at",
        ),
    },
    "privacy.Incident": {
        TECHNICAL: ("id", "reference", "opened_at", "source", "kind", "state"),
        INCIDENT: ("account_id", "note"),
    },
    "privacy.Anomaly": {
        TECHNICAL: ("id", "incident", "key", "found_at"),
        INCIDENT: ("dismissed_at", "dismissed_by", "reason"),
    },
}  # fmt: skip
