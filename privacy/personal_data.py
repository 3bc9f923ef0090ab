"""What the privacy core holds, field by field."""

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
from privacy.deaths.declared import AFTER_DEATH
from privacy.investigations.declared import CASES, HANDED
from privacy.retention.declared import RETENTION
from privacy.staff.declared import STAFF

OPERATION = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
TRACE = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.NONE, Erasure.KEEP_PROOF)

PAST_VALUES = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.SECURITY, Export.NONE, Erasure.DELETE)
"""What rows held before: anybody's, of any kind. It goes with the row that it is the past of."""

INCIDENT = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)

HANDLED = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)
# Letters of many persons in one file, which goes once it is posted: it is given to nobody.
LETTERS = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.SECURITY, Export.NONE, Erasure.KEEP_PROOF)
CONCERNED = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)

CHOICE = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.COMMUNICATION, Export.ACCESS, Erasure.KEEP_PROOF)
ADDRESSED = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.COMMUNICATION, Export.ACCESS, Erasure.DELETE)
CONSULTED = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.COMMUNICATION, Export.ACCESS, Erasure.DELETE)
WRITTEN = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.COMMUNICATION, Export.NONE, Erasure.KEEP_PROOF)
# The DPO's own records say who wrote them, and nothing of any other person.
DPO_RECORD = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)


# What each form serves (CGU-8.4): by room, by module or by form, the longest name first found.
COLLECTS: Collects = {
    "privacy.audit": Purpose.PROOF,
    "privacy.breaches": Purpose.SECURITY,
    "privacy.campaigns": Purpose.COMMUNICATION,
    "privacy.changes": Purpose.PROOF,
    "privacy.deaths": Purpose.PROOF,
    "privacy.directives": Purpose.PROOF,
    "privacy.consents": Purpose.COMMUNICATION,
    "privacy.consultations": Purpose.COMMUNICATION,
    "privacy.history": Purpose.PROOF,
    "privacy.erasure": Purpose.PROOF,
    "privacy.disclosures": Purpose.PROOF,
    "privacy.investigations": Purpose.FRAUD,
    "privacy.investigations.screening": Purpose.FINANCIAL_CRIME,
    "privacy.looks": Purpose.PROOF,
    "privacy.restriction": Purpose.PROOF,
    "privacy.retention": Purpose.OPERATIONS,
    "privacy.register": Purpose.OPERATIONS,
    "privacy.rights": Purpose.PROOF,
    "privacy.statistics": Purpose.STATISTICS,
    "privacy.staff": Purpose.SECURITY,
    "privacy.vault": Purpose.MEDICAL,
}
RIGHTS_ASKED = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
RIGHTS_WHO = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
RIGHTS_DONE_BY = Classified(Subject.ACCOUNT, Sensitivity.CONTRACT, Purpose.PROOF, Export.NONE, Erasure.KEEP_PROOF)
REQUEST: Fields = {
    TECHNICAL: ("id", "reference"),
    RIGHTS_ASKED: (
        "number", "right", "whom", "channel", "account", "space", "tenant_id", "subject_id", "identity", "state",
        "received_on", "asked_at", "due_on", "extended_at", "extension_reason", "answered_at", "outcome", "opinion",
        "words_sealed", "answer_sealed",
    ),
    RIGHTS_WHO: ("claim_sealed",),
    RIGHTS_DONE_BY: ("entered_by", "answered_by"),
}  # fmt: skip

# Of a medical case the portals know that it exists and what came of it; its content is in the vault, out of their reach.
MEDICAL = Classified(Subject.ACCOUNT, Sensitivity.HEALTH, Purpose.MEDICAL, Export.ACCESS, Erasure.KEEP_PROOF)
# What remains of an erasure: numbers, so that it can be shown to have been done.
ERASED = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.NONE, Erasure.KEEP_PROOF)
HELD = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)

DECLARATION: Declaration = {
    **AFTER_DEATH,
    **CASES,
    **STAFF,
    **RETENTION,
    "privacy.MedicalCase": {
        TECHNICAL: ("id", "reference", "answers", "documents"),
        MEDICAL: (
            "account", "cover", "state", "begun_at", "sent_at", "decided_at", "outcome", "cover_ended_on",
            "copy_asked_at", "copy_given_at", "erase_on", "erased_at",
        ),
    },
    "privacy.MedicalConsent": {
        TECHNICAL: ("id", "case", "number"),
        MEDICAL: ("account", "given", "text", "at"),
    },
    "privacy.JournalCheck": {TECHNICAL: ("id", "at", "entries", "broken")},
    "privacy.Sheet": {
        TECHNICAL: ("id", "processing", "measures", "joint_controllers", "verified_on", "review_on", "finding"),
    },
    "privacy.Recipient": {
        TECHNICAL: (
            "id", "name", "recipient_class", "is_of_group", "processings", "service", "location", "is_outside_eu",
            "safeguards", "sub_processors", "contract", "signed_on", "review_on", "ended_on", "for_money",
        ),
    },
    "privacy.Transfer": {
        TECHNICAL: (
            "id", "recipient", "processing", "ground", "reference", "what", "persons", "protection", "sent_on",
            "for_money", "recorded_at",
        ),
        DPO_RECORD: ("recorded_by",),
    },
    "privacy.Publication": {
        TECHNICAL: ("id", "number", "published_at", "content", "changes", "note"),
        DPO_RECORD: ("published_by",),
    },
    "privacy.ImpactAssessment": {
        TECHNICAL: (
            "id", "processing", "title", "description", "necessity", "measures", "started_on", "opinion_due_on",
            "opinion", "outcome", "decided_at", "review_on",
        ),
        DPO_RECORD: ("decided_by",),
    },
    "privacy.Activation": {TECHNICAL: ("id", "processing", "assessment", "begun_at", "ended_at", "reason")},
    "privacy.Risk": {
        TECHNICAL: (
            "id", "assessment", "processing", "kind", "title", "causes", "likelihood", "severity", "owner", "closed_on",
        ),
    },
    "privacy.PlannedMeasure": {TECHNICAL: ("id", "risk", "what", "owner", "due_on", "done_on")},
    "privacy.Control": {
        TECHNICAL: (
            "id", "title", "kind", "processings", "method", "owner", "months", "due_on", "ended_on",
        ),
    },
    "privacy.ControlResult": {
        TECHNICAL: ("id", "control", "done_on", "finding", "words", "evidence", "recorded_at"),
        DPO_RECORD: ("recorded_by",),
    },
    "privacy.AuthorityExchange": {
        TECHNICAL: (
            "id", "kind", "direction", "on_day", "reference", "summary", "answer_due_on", "answered_on",
        ),
    },
    "privacy.Advice": {
        TECHNICAL: ("id", "given_on", "addressed_to", "subject", "text", "followed", "answer"),
    },
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
    # An answer to a consultation is nobody's: it says neither who gave it nor when.
    "privacy.Consultation": {
        TECHNICAL: (
            "id", "title", "purpose", "questions", "remark_asked", "opens_on", "closes_on", "state", "written_at",
            "published_at", "counted_at", "answers", "results", "remarks", "learned", "told_at",
        ),
        DPO_RECORD: ("written_by",),
    },
    "privacy.Answered": {
        TECHNICAL: ("id", "consultation"),
        CONSULTED: ("account",),
    },
    "privacy.SealedBallot": {TECHNICAL: ("id", "consultation", "sealed")},
    "privacy.Edition": {
        TECHNICAL: ("id", "source", "month", "state", "made_at", "cells", "verdicts", "reason"),
    },
    "privacy.RightsRequest": REQUEST,
    "privacy.RightsRequestEvent": history_of(REQUEST, ("claim_sealed", "words_sealed", "answer_sealed")),
    "privacy.RightsPause": {
        TECHNICAL: ("id",),
        RIGHTS_ASKED: ("request", "holder", "began_on", "ended_on", "reason"),
        RIGHTS_DONE_BY: ("by",),
    },
    "privacy.RightsProof": {
        TECHNICAL: ("id",),
        RIGHTS_ASKED: ("request", "holder", "kind", "received_on", "checked_at", "was_accepted"),
        # Destroyed as soon as it is checked, well before anything is erased (CNIL, SAN-2020-008).
        Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.PROOF, Export.NONE, Erasure.DELETE): ("upload",),
        RIGHTS_DONE_BY: ("checked_by",),
    },
    "privacy.RightsTask": {
        TECHNICAL: ("id", "kind", "created_at"),
        RIGHTS_DONE_BY: ("request", "instruction_sealed", "done_at", "done_by", "report_sealed"),
    },
    "privacy.RightsDecision": {
        TECHNICAL: ("id",),
        RIGHTS_ASKED: ("request", "holder", "data_class", "verdict", "reason"),
    },
    "privacy.RightsLink": {TECHNICAL: ("id", "request", "reference", "use", "expires_at", "used_at")},
    # What an account did is given back by the journal (`privacy.Entry`); these rows are only ever read by what changed.
    "privacy.RowChange": {
        TECHNICAL: ("id", "model", "row_key", "kind", "changed"),
        PAST_VALUES: ("old",),
        TRACE: ("at", "account_id", "operation"),
    },
    "privacy.RowCreation": {
        TECHNICAL: ("id", "model", "numbers", "keys"),
        TRACE: ("at", "account_id", "operation"),
    },
    "privacy.Restoration": {
        TECHNICAL: ("id", "model", "row_key", "column", "change"),
        OPERATION: ("at", "reason", "by"),
    },
    "privacy.Erasure": {
        TECHNICAL: ("id", "reference", "kinds", "plan", "state", "ordered_at", "done_at"),
        ERASED: (
            "space", "tenant_id", "subject_id", "accounts", "is_alone", "is_running", "ended_on", "request_number",
        ),
        DPO_RECORD: ("ordered_by",),
    },
    "privacy.ErasureStep": {TECHNICAL: ("id", "erasure", "name", "deleted", "emptied", "at")},
    "privacy.LegalHold": {
        TECHNICAL: ("id",),
        HELD: ("space", "tenant_id", "subject_id", "reason", "until", "set_at", "lifted_at"),
        HANDED: ("case_reference", "is_told"),
        DPO_RECORD: ("set_by", "lifted_by"),
    },
    "privacy.Freeze": {
        TECHNICAL: ("id",),
        HELD: (
            "space", "tenant_id", "subject_id", "ground", "reason", "request_number", "set_at", "lifted_at", "lift_reason",
        ),
        DPO_RECORD: ("set_by", "lifted_by"),
    },
    "privacy.Incident": {
        TECHNICAL: ("id", "reference", "opened_at", "source", "kind", "severity", "state", "is_drill"),
        INCIDENT: ("account_id", "suspects", "note"),
    },
    "privacy.IncidentStep": {
        TECHNICAL: ("id", "incident", "at", "kind", "words"),
        HANDLED: ("by",),
    },
    "privacy.Breach": {
        TECHNICAL: (
            "id", "incident", "reference", "is_drill", "aware_at", "began_at", "ended_at", "natures", "cause",
            "circumstances", "data_categories", "person_categories", "persons_count", "persons_by_category",
            "records_count", "consequences", "measures_taken", "measures_planned", "processor", "other_countries", "risk",
            "risk_reason", "counted_at", "told_at", "message", "exemption", "exemption_reason", "public_notice",
            "lessons", "closed_at",
        ),
    },
    "privacy.Filing": {
        TECHNICAL: (
            "id", "breach", "rank", "phase", "content", "missing", "due_at", "late_reason", "prepared_at", "filed_at",
            "receipt",
        ),
        HANDLED: ("prepared_by",),
    },
    "privacy.Concerned": {
        TECHNICAL: ("id", "breach"),
        CONCERNED: ("person_id", "account_id", "looks", "first_at", "last_at"),
    },
    "privacy.LetterBatch": {
        TECHNICAL: ("id", "breach", "letters", "made_at", "posted_on"),
        LETTERS: ("stored",),
        HANDLED: ("posted_by",),
    },
    "privacy.Delivery": {
        TECHNICAL: ("id", "batch"),
        CONCERNED: ("concerned", "channel", "account_id", "state", "at"),
    },
    "privacy.Anomaly": {
        TECHNICAL: ("id", "incident", "key", "found_at"),
        INCIDENT: ("dismissed_at", "dismissed_by", "reason"),
    },
}  # fmt: skip
