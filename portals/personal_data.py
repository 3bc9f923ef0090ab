"""What the shared core holds, field by field."""

from portals.declarations import TECHNICAL, Classified, Declaration, Erasure, Export, Purpose, Sensitivity, Subject

ACCOUNT_IDENTITY = Classified(
    Subject.ACCOUNT, Sensitivity.IDENTITY, Purpose.PORTAL, Export.PORTABILITY, Erasure.ANONYMISE
)
ACCOUNT_CONTACT = Classified(
    Subject.ACCOUNT, Sensitivity.CONTACT, Purpose.PORTAL, Export.PORTABILITY, Erasure.ANONYMISE
)
ACCOUNT_SECRET = Classified(Subject.ACCOUNT, Sensitivity.SECRET, Purpose.SECURITY, Export.NONE, Erasure.DELETE)
REQUEST_ANSWERS = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.PORTAL, Export.NONE, Erasure.DELETE)
ACCOUNT_LIFE = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PORTAL, Export.ACCESS, Erasure.DELETE)
PROOF_OF_ACCEPTANCE = Classified(
    Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF
)
DOCUMENT = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.REIMBURSEMENT, Export.ACCESS, Erasure.KEEP_CONTRACT)

DECLARATION: Declaration = {
    "portals.Account": {
        TECHNICAL: ("id", "is_superuser", "is_staff", "is_active"),
        ACCOUNT_IDENTITY: ("identifier", "display_name", "organisation_name"),
        ACCOUNT_CONTACT: ("email",),
        ACCOUNT_SECRET: ("password", "temporary_password_until", "must_choose_password"),
        ACCOUNT_LIFE: ("last_login", "space", "state", "password_changed_at", "accepted_terms", "created_at"),
    },
    "portals.AccountRequest": {
        TECHNICAL: ("id", "reference", "kind", "space", "created_at"),
        REQUEST_ANSWERS: ("answers_sealed",),
    },
    "portals.Grant": {
        TECHNICAL: ("id",),
        ACCOUNT_LIFE: (
            "account", "space", "basis", "tenant_id", "subject_id", "since", "access_until", "revoked_at", "created_at",
        ),
    },
    "portals.StoredFile": {
        TECHNICAL: ("id", "size", "content_type", "created_at"),
        DOCUMENT: ("file", "sha256"),
    },
    "portals.FeedRun": {
        TECHNICAL: (
            "id", "kind", "file_sha256", "state", "read", "created", "updated", "unchanged", "rejected", "started_at",
            "finished_at", "actor",
        ),
    },
    "portals.Job": {
        TECHNICAL: (
            "id", "kind", "key", "subject_id", "state", "priority", "due_at", "lease_until", "attempts", "error",
            "created_at", "finished_at",
        ),
    },
    "portals.Occurrence": {TECHNICAL: ("id", "name", "scheduled_for", "created_at")},
    "portals.SubjectKey": {
        TECHNICAL: ("id", "created_at"),
        Classified(Subject.PERSON, Sensitivity.SECRET, Purpose.SECURITY, Export.NONE, Erasure.DELETE): (
            "subject", "wrapped",
        ),
    },
    "portals.TermsVersion": {
        TECHNICAL: ("id", "number", "text", "summary", "text_sha256", "published_at", "effective_at"),
    },
    "portals.Acceptance": {
        TECHNICAL: ("id",),
        PROOF_OF_ACCEPTANCE: (
            "account", "version", "text_sha256", "label", "declaration", "capacity", "representative_name",
            "accepted_at", "address",
        ),
    },
}  # fmt: skip
