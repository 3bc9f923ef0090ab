"""What files of inquiries, vigilance and communications to authorities hold, field by field (`privacy.personal_data`)."""

from portals.declarations import TECHNICAL, Classified, Declaration, Erasure, Export, Purpose, Sensitivity, Subject

# Behind the walls: given back to nobody, for the law forbids to tell of some and the inquiry would end with the others.
CASE = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.FRAUD, Export.NONE, Erasure.KEEP_PROOF)
CASE_WORK = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.FRAUD, Export.NONE, Erasure.KEEP_PROOF)
VIGILANCE = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.FINANCIAL_CRIME, Export.NONE, Erasure.KEEP_PROOF)
VIGILANT = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.FINANCIAL_CRIME, Export.NONE, Erasure.KEEP_PROOF)
HANDED = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.NONE, Erasure.KEEP_PROOF)
HANDED_BY = Classified(Subject.STAFF, Sensitivity.CONTRACT, Purpose.PROOF, Export.NONE, Erasure.KEEP_PROOF)
TOLD = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)

CASES: Declaration = {
    "privacy.Investigation": {
        TECHNICAL: (
            "id", "reference", "kind", "origin", "origin_reference", "state", "opened_at", "closed_at", "purge_on",
            "purged_at",
        ),
        CASE_WORK: ("opened_by",),
    },
    "privacy.CaseSubject": {
        TECHNICAL: ("id", "case", "added_at"),
        CASE: ("space", "tenant_id", "subject_id", "account_id", "name_sealed"),
    },
    "privacy.CaseStep": {
        TECHNICAL: ("id", "case", "at", "kind", "code", "exhibit"),
        CASE: ("words_sealed",),
        CASE_WORK: ("by",),
    },
    "privacy.Exhibit": {
        TECHNICAL: ("id", "case", "number", "extension", "size", "received_at"),
        CASE: ("label_sealed", "original", "upload", "sha256"),
        CASE_WORK: ("received_by",),
    },
    "privacy.SuspicionReport": {
        TECHNICAL: ("id", "case", "recorded_at"),
        VIGILANCE: ("declared_on", "reference_sealed"),
        VIGILANT: ("recorded_by",),
    },
    "privacy.FreezeList": {
        TECHNICAL: ("id", "published_on", "sha256", "names", "imported_at", "screened_at", "screened"),
        VIGILANT: ("imported_by",),
    },
    # A public register, as the State publishes it: nobody's data of ours.
    "privacy.ListedName": {
        TECHNICAL: (
            "id", "version", "number", "kind", "family_name", "given_names", "born_on", "birth_year", "measure",
        ),
    },
    "privacy.ScreeningFlag": {
        TECHNICAL: ("id", "version", "found_at", "decided_at", "case"),
        VIGILANCE: (
            "key", "kind", "space", "tenant_id", "subject_id", "numbers", "degree", "facts", "state", "reason",
        ),
        VIGILANT: ("decided_by",),
    },
    "privacy.Disclosure": {
        TECHNICAL: (
            "id", "reference", "kind", "case_reference", "authority", "authority_name", "ground", "ground_reference",
            "received_on", "classes", "since", "until", "necessity", "is_secret", "skips_approval", "secrecy_ground",
            "secret_until", "state", "asked_at", "decided_at", "decision_words", "bundle_sha256", "bundle_rows",
            "produced_at", "sent_on", "means", "receipt",
        ),
        HANDED: ("document", "bundle"),
        HANDED_BY: ("asked_by", "decided_by", "sent_by"),
    },
    "privacy.DisclosedSubject": {
        TECHNICAL: ("id", "disclosure"),
        HANDED: ("space", "tenant_id", "subject_id"),
    },
    "privacy.ToldDisclosure": {
        TECHNICAL: ("id", "reference"),
        TOLD: (
            "space", "tenant_id", "subject_id", "authority_name", "ground", "classes", "since", "until", "sent_on",
        ),
    },
}  # fmt: skip
