"""What the staff's year holds: the charter, the modules, the review of rights (`privacy.personal_data`)."""

from portals.declarations import TECHNICAL, Classified, Declaration, Erasure, Export, Purpose, Sensitivity, Subject

# The year of staff: the charter, the modules, the review of their rights, which they may read.
STAFF_YEAR = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)
# The evidence of a review names everybody who works here, and a decision who took it: given to nobody.
OF_EVERYBODY = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.SECURITY, Export.NONE, Erasure.KEEP_PROOF)

STAFF: Declaration = {
    "privacy.CharterVersion": {
        TECHNICAL: ("id", "number", "text", "changes", "text_sha256", "published_at", "effective_on"),
        STAFF_YEAR: ("published_by",),
    },
    "privacy.CharterAcknowledgement": {
        TECHNICAL: ("id", "version"),
        STAFF_YEAR: ("account", "text_sha256", "words", "at"),
    },
    "privacy.AwarenessModule": {
        TECHNICAL: ("id", "title", "text", "questions", "due_on", "published_at", "ended_at"),
        STAFF_YEAR: ("published_by",),
    },
    "privacy.AwarenessResult": {TECHNICAL: ("id", "module"), STAFF_YEAR: ("account", "done_at")},
    "privacy.AccessReview": {
        TECHNICAL: ("id", "started_at", "delegates", "closed_at", "next_due_on"),
        STAFF_YEAR: ("started_by", "closed_by"),
        OF_EVERYBODY: ("csv", "pdf"),
    },
    "privacy.ReviewLine": {
        TECHNICAL: ("id", "review"),
        STAFF_YEAR: (
            "account", "role", "last_sign_in", "last_used_on", "uses", "is_asleep", "charter", "charter_due_on", "modules",
            "decision", "reason", "decided_at",
        ),
        OF_EVERYBODY: ("decided_by",),
    },
}  # fmt: skip
