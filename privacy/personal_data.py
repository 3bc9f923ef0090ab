"""What the privacy core holds, field by field."""

from portals.declarations import TECHNICAL, Classified, Declaration, Erasure, Export, Purpose, Sensitivity, Subject

OPERATION = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)

INCIDENT = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)

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
    "privacy.Incident": {
        TECHNICAL: ("id", "reference", "opened_at", "source", "kind", "state"),
        INCIDENT: ("account_id", "note"),
    },
    "privacy.Anomaly": {
        TECHNICAL: ("id", "incident", "key", "found_at"),
        INCIDENT: ("dismissed_at", "dismissed_by", "reason"),
    },
}  # fmt: skip
