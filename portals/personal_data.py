"""What the shared core holds, field by field."""

from portals.declarations import (
    TECHNICAL,
    Classified,
    Declaration,
    Erasure,
    Export,
    Fields,
    Purpose,
    Sensitivity,
    Subject,
    history_of,
)
from portals.declarations.collection import Collects

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
RESTRICTION = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
PROOF_OF_CHOICE = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PORTAL, Export.ACCESS, Erasure.KEEP_PROOF)
ACCOUNT_SEALED_ADDRESS = Classified(Subject.ACCOUNT, Sensitivity.CONTACT, Purpose.PORTAL, Export.NONE, Erasure.DELETE)
FRAUD_REPORT = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)
DOCUMENT = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.REIMBURSEMENT, Export.ACCESS, Erasure.KEEP_CONTRACT)

CORRESPONDENCE = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
UNSENT = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PORTAL, Export.NONE, Erasure.DELETE)
THREAD: Fields = {
    TECHNICAL: ("id", "reference"),
    CORRESPONDENCE: (
        "number", "kind", "account", "space", "tenant_id", "subject_id", "for_other", "topic", "state", "opened_at",
        "acknowledge_by", "answer_by", "due_on", "acknowledged_at", "answered_at", "outcome", "escalated_at",
        "closed_at",
    ),
}  # fmt: skip

BANK_CHANGE = Classified(Subject.PERSON, Sensitivity.BANKING, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
BANK_SEALED = Classified(Subject.PERSON, Sensitivity.BANKING, Purpose.REIMBURSEMENT, Export.NONE, Erasure.DELETE)

# What each form serves (CGU-8.4): by room, by module or by form, the longest name first found.
COLLECTS: Collects = {
    "portals.accounts": Purpose.PORTAL,
    "portals.accounts.fraud": Purpose.SECURITY,
    "portals.accounts.second_factor": Purpose.SECURITY,
    "portals.accounts.security": Purpose.SECURITY,
    "portals.correspondence": Purpose.PROOF,
    "portals.correspondence.forms.AnswerForm": Purpose.OPERATIONS,
    "portals.correspondence.reports.forms.DecisionForm": Purpose.OPERATIONS,
    "portals.documents.verification": Purpose.OPERATIONS,
    "portals.editorial": Purpose.OPERATIONS,
    "portals.gestion": Purpose.OPERATIONS,
    "portals.terms": Purpose.PROOF,
    "portals.terms.forms.DraftForm": Purpose.OPERATIONS,
}

DECLARATION: Declaration = {
    "portals.BankChange": {
        TECHNICAL: ("id", "reference"),
        BANK_CHANGE: (
            "space", "tenant_id", "subject_id", "asked_by", "old_masked", "new_masked", "new_bank", "asked_at",
            "effective_at", "approve_by", "approved_by", "approved_at", "done_at", "cancelled_at", "cancelled_for",
        ),
        BANK_SEALED: ("new_sealed",),
    },
    "portals.Account": {
        TECHNICAL: ("id", "is_superuser", "is_staff", "is_active", "session_epoch"),
        ACCOUNT_IDENTITY: ("identifier", "display_name", "organisation_name"),
        ACCOUNT_CONTACT: ("email",),
        ACCOUNT_SECRET: ("password", "temporary_password_until", "must_choose_password"),
        ACCOUNT_LIFE: (
            "last_login", "space", "state", "password_changed_at", "accepted_terms", "created_at",
            "second_factor_asked", "locked_at", "closed_at",
        ),
    },
    "portals.AccountRequest": {
        TECHNICAL: ("id", "reference", "kind", "space", "created_at"),
        REQUEST_ANSWERS: ("answers_sealed",),
    },
    "portals.KnownNetwork": {
        TECHNICAL: ("id",),
        ACCOUNT_LIFE: ("account", "last_used_at"),
        ACCOUNT_SECRET: ("digest",),
    },
    "portals.AccountSession": {
        TECHNICAL: ("id",),
        ACCOUNT_LIFE: ("account", "device", "began_at", "last_seen_at", "ended_at"),
        ACCOUNT_SECRET: ("session_key", "fingerprint"),
    },
    "portals.EmailChange": {
        TECHNICAL: ("id", "reference"),
        ACCOUNT_LIFE: ("account", "asked_at", "old_confirmed_at", "new_confirmed_at", "done_at", "cancelled_at"),
        ACCOUNT_SEALED_ADDRESS: ("old_sealed", "new_sealed"),
    },
    "portals.Grant": {
        TECHNICAL: ("id",),
        ACCOUNT_LIFE: (
            "account", "space", "basis", "tenant_id", "subject_id", "since", "ended_on", "closes_on",
            "revoked_at", "created_at", "role", "consult_only",
        ),
    },
    "portals.EndNotice": {
        TECHNICAL: ("id",),
        ACCOUNT_LIFE: ("grant", "step", "closes_on", "noted_at"),
    },
    "portals.Alert": {
        TECHNICAL: ("id", "sentence", "path"),
        ACCOUNT_LIFE: ("account", "key", "placed_at", "read_at"),
    },
    "portals.Deletion": {
        TECHNICAL: ("id",),
        PROOF_OF_CHOICE: ("account", "requested_at", "due_at", "cancelled_at", "done_at"),
        ACCOUNT_SEALED_ADDRESS: ("address_sealed",),
    },
    "portals.AccountExport": {
        TECHNICAL: ("id",),
        ACCOUNT_LIFE: ("account", "state", "requested_at", "ready_at", "expires_at"),
        DOCUMENT: ("file",),
    },
    "portals.ExportLink": {
        TECHNICAL: ("id",),
        ACCOUNT_LIFE: ("export", "made_at", "expires_at", "used_at"),
        ACCOUNT_SECRET: ("digest",),
    },
    # To whom somebody had their data sent: the proof that it was done, and what was sent.
    "portals.ExportTransfer": {
        TECHNICAL: ("id", "reference"),
        PROOF_OF_CHOICE: (
            "account", "recipient", "recipient_name", "state", "asked_at", "done_at", "status", "sha256", "size",
        ),
    },
    "portals.Restriction": {
        TECHNICAL: ("id",),
        RESTRICTION: (
            "account", "kind", "services", "motive", "reason", "begins_at", "ends_at", "by", "lifted_at", "lifted_by",
            "lift_reason",
        ),
    },
    "portals.Withdrawal": {
        TECHNICAL: (
            "id", "space", "message", "announced_at", "closes_at", "export_until", "by", "cancelled_at",
        ),
    },
    "portals.Article": {
        TECHNICAL: (
            "id", "slug", "topic", "audiences", "title", "keywords", "summary", "text", "number", "written_at",
            "published_at", "search",
        ),
    },
    "portals.ArticleVersion": {
        TECHNICAL: (
            "id", "article", "number", "title", "keywords", "summary", "text", "note", "written_at", "written_by",
        ),
    },
    "portals.LegalVersion": {
        TECHNICAL: (
            "id", "page", "number", "text", "changes", "text_sha256", "published_at", "effective_at", "published_by",
        ),
    },
    "portals.Interruption": {
        TECHNICAL: ("id", "nature", "begins_at", "ends_at", "impact", "noted_at", "noted_by", "cancelled_at"),
    },
    "portals.PageCount": {TECHNICAL: ("id", "day", "page", "views")},
    "portals.ServiceSwitch": {
        TECHNICAL: (
            "id", "space", "service", "position", "words", "begins_at", "ends_at", "decided_at", "by", "cancelled_at",
            "cancelled_by",
        ),
    },
    "portals.TotpDevice": {
        TECHNICAL: ("id", "throttling_failure_timestamp", "throttling_failure_count"),
        ACCOUNT_SECRET: ("key", "last_t"),
        ACCOUNT_LIFE: ("user", "name", "confirmed", "created_at", "last_used_at"),
    },
    "portals.RecoveryCodes": {
        TECHNICAL: ("id", "throttling_failure_timestamp", "throttling_failure_count"),
        ACCOUNT_SECRET: ("salt", "digests"),
        ACCOUNT_LIFE: ("user", "name", "confirmed", "created_at", "last_used_at", "kept_at"),
    },
    "portals.MailCode": {
        TECHNICAL: ("id", "tries", "created_at", "valid_until", "used_at"),
        ACCOUNT_SECRET: ("session_hash", "salt", "digest"),
        ACCOUNT_LIFE: ("account",),
    },
    "portals.StoredFile": {
        TECHNICAL: ("id", "size", "content_type", "created_at"),
        DOCUMENT: ("file", "sha256"),
    },
    "portals.IssuedDocument": {TECHNICAL: ("id", "code", "kind", "period", "issued_on", "sha256")},
    "portals.Upload": {
        TECHNICAL: ("id", "reference", "size", "content_type", "state", "sent_at", "decided_at", "decided_by"),
        DOCUMENT: ("stored", "name", "sent_by", "discard_reason"),
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
        TECHNICAL: ("id", "number", "text", "summary", "changes", "text_sha256", "published_at", "effective_at"),
    },
    "portals.TermsDraft": {
        TECHNICAL: ("id", "text", "summary", "changes", "effective_at", "updated_at"),
    },
    "portals.FraudReport": {
        TECHNICAL: ("id", "reference", "received_at", "was_signed_in", "state"),
        FRAUD_REPORT: ("account", "description_sealed", "unlock_reason"),
        REQUEST_ANSWERS: ("answers_sealed",),
    },
    "portals.Numbering": {TECHNICAL: ("id", "prefix", "year", "last")},
    "portals.Thread": THREAD,
    "portals.ThreadEvent": history_of(THREAD),
    "portals.Message": {
        TECHNICAL: ("id", "from_staff", "nature"),
        CORRESPONDENCE: ("thread", "holder", "author", "text_sealed", "sent_at"),
    },
    "portals.StaffNote": {TECHNICAL: ("id",), CORRESPONDENCE: ("thread", "author", "text_sealed", "written_at")},
    "portals.WritingDraft": {
        TECHNICAL: ("id", "reference"),
        UNSENT: ("account", "kind", "answers_sealed", "saved_at"),
    },
    "portals.ErrorReport": {
        TECHNICAL: ("id", "number", "page", "reported_at", "state", "answer", "published", "decided_at", "decided_by"),
        UNSENT: ("account", "words_sealed"),
    },
    "portals.Acceptance": {
        TECHNICAL: ("id",),
        PROOF_OF_ACCEPTANCE: (
            "account", "version", "text_sha256", "label", "declaration", "capacity", "representative_name",
            "accepted_at", "address",
        ),
    },
}  # fmt: skip
