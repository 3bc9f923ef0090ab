"""What the employer space holds, field by field."""

from portals.declarations import (
    TECHNICAL,
    Classified,
    Declaration,
    Erasure,
    Export,
    Purpose,
    Sensitivity,
    Subject,
    history_of,
)
from portals.declarations.collection import Collects

# A company may be one person's business, and its contact address names somebody.
CONTACT = Classified(
    Subject.COMPANY_CONTACT, Sensitivity.CONTACT, Purpose.GROUP_CONTRACT, Export.ACCESS, Erasure.ANONYMISE
)
CONTRACT = Classified(
    Subject.COMPANY_CONTACT, Sensitivity.CONTRACT, Purpose.GROUP_CONTRACT, Export.ACCESS, Erasure.KEEP_CONTRACT
)
INVITED = Classified(
    Subject.COMPANY_CONTACT, Sensitivity.CONTACT, Purpose.GROUP_CONTRACT, Export.ACCESS, Erasure.DELETE
)
# A keyed fingerprint, which serves to find equal addresses and says nothing to anybody.
INVITED_INDEX = Classified(
    Subject.COMPANY_CONTACT, Sensitivity.CONTACT, Purpose.GROUP_CONTRACT, Export.NONE, Erasure.DELETE
)
INVITATION_LINK = Classified(Subject.COMPANY_CONTACT, Sensitivity.SECRET, Purpose.SECURITY, Export.NONE, Erasure.DELETE)
DELEGATION = Classified(Subject.COMPANY_CONTACT, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)

COMPANY = {
    TECHNICAL: ("id", "siret", "naf"),
    CONTRACT: ("name",),
    CONTACT: ("address_line1", "postcode", "city", "email", "phone"),
}
GROUP_CONTRACT = {
    TECHNICAL: ("id", "plan", "population"),
    CONTRACT: ("contract_number", "company", "start_date", "end_date", "employer_share"),
}

CONTRIBUTION = Classified(
    Subject.COMPANY_CONTACT, Sensitivity.CONTRACT, Purpose.GROUP_CONTRACT, Export.PORTABILITY, Erasure.KEEP_CONTRACT
)
SLIP = {
    TECHNICAL: ("id",),
    CONTRIBUTION: (
        "slip_number", "contract", "company", "period_start", "period_end", "due_date", "status", "previous_balance",
        "paid_amount", "payment_mode",
    ),
}  # fmt: skip
CONTRIBUTION_LINE = {
    TECHNICAL: ("id",),
    CONTRIBUTION: (
        "slip", "company", "line", "population", "structure", "headcount", "base", "rate", "amount", "employer_share",
        "adjusts_period",
    ),
}  # fmt: skip

# An employee as the company sees them: the company's record of its group contract, and that person's data.
EMPLOYEE = Classified(
    Subject.PERSON, Sensitivity.IDENTITY, Purpose.GROUP_CONTRACT, Export.ACCESS, Erasure.KEEP_CONTRACT
)
EMPLOYEE_CONTACT = Classified(
    Subject.PERSON, Sensitivity.CONTACT, Purpose.GROUP_CONTRACT, Export.ACCESS, Erasure.ANONYMISE
)
EMPLOYMENT = Classified(
    Subject.PERSON, Sensitivity.CONTRACT, Purpose.GROUP_CONTRACT, Export.ACCESS, Erasure.KEEP_CONTRACT
)
EMPLOYEE_DRAFT = Classified(Subject.PERSON, Sensitivity.SECRET, Purpose.GROUP_CONTRACT, Export.NONE, Erasure.DELETE)
AFFILIATION = {
    TECHNICAL: ("id", "ended_here_on"),
    EMPLOYEE: ("family_name", "given_names", "birth_date", "search_name", "search_given"),
    EMPLOYEE_CONTACT: ("email",),
    EMPLOYMENT: (
        "company", "contract", "person", "policy", "employee_number", "population", "start_date", "end_date", "end_reason",
        "left_on", "undone_at",
    ),
}  # fmt: skip

# What an employee wrote to stay out of the cover: kept as long as it may have to be shown (CSS, article L. 244-3).
WAIVER_PROOF = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
WAIVER_WORDS = Classified(Subject.PERSON, Sensitivity.SECRET, Purpose.PROOF, Export.NONE, Erasure.DELETE)
COMPANY_IBAN = Classified(
    Subject.COMPANY_CONTACT, Sensitivity.BANKING, Purpose.GROUP_CONTRACT, Export.NONE, Erasure.DELETE
)
PROVIDED_CASE = {TECHNICAL: ("id", "case"), CONTRACT: ("company", "contract", "since")}
WAIVER = {
    TECHNICAL: ("id", "reference"),
    EMPLOYEE: ("family_name", "given_names", "folded_name", "birth_date"),
    EMPLOYMENT: ("company", "contract", "employee_number", "hired_on"),
    WAIVER_PROOF: (
        "number", "case", "state", "first_day", "ends_on", "valid_until", "ended_on", "ended_for", "settled_at", "created_at",
    ),
}  # fmt: skip
WAIVER_REQUEST = {
    TECHNICAL: ("id", "fingerprint"),
    WAIVER_WORDS: ("words_sealed",),
    WAIVER_PROOF: (
        "waiver", "company", "kind", "channel", "written_on", "informed", "ends_on", "asked_at", "entered_by", "answer",
        "reason", "answered_at", "answered_by",
    ),
}  # fmt: skip

TECHNICAL_ACCOUNT = {
    TECHNICAL: (
        "id", "contract", "company", "year", "level", "benefits", "variation", "provisions_opening",
        "provisions_closing", "financial_income", "commissions", "other_charges", "profit_sharing",
        "reinsurance_balance", "built_at", "published_at",
    ),
    CONTRIBUTION: ("headcount", "contributions"),
}  # fmt: skip
TECHNICAL_ACCOUNT_LINE = {
    TECHNICAL: (
        "id", "account", "company", "table", "position", "code", "label", "is_rest", "amount", "variation",
    ),
}  # fmt: skip

EMPLOYEE_TERMINATION = {
    TECHNICAL: ("id",),
    EMPLOYMENT: (
        "company", "affiliation", "operation", "replaces", "by", "state", "reason", "last_day", "notice_until",
        "employed_since", "contract_end", "months", "portability", "continuing", "continues_until", "saved_at", "done_at",
    ),
}  # fmt: skip

# What a company wrote of somebody it invites, and what they answered: sealed, and erased once it has served.
LINK = {
    TECHNICAL: ("id", "reference"),
    EMPLOYEE_DRAFT: ("invited_sealed", "answers_sealed", "email_index", "token_hash"),
    EMPLOYMENT: (
        "company", "contract", "population", "start_date", "affiliation", "waiver", "sent_at", "opened_at", "completed_at",
        "waived_at",
    ),
    DELEGATION: ("invited_by", "created_at", "expires_at", "confirmed_at", "confirmed_by", "revoked_at"),
}  # fmt: skip

# What each form serves (CGU-8.4): by room, by module or by form, the longest name first found.
COLLECTS: Collects = {
    "employers.banking": Purpose.GROUP_CONTRACT,
    "employers.contributions": Purpose.GROUP_CONTRACT,
    "employers.dsn": Purpose.GROUP_CONTRACT,
    "employers.imports": Purpose.GROUP_CONTRACT,
    "employers.links": Purpose.GROUP_CONTRACT,
    "employers.terminations": Purpose.GROUP_CONTRACT,
    "employers.users": Purpose.GROUP_CONTRACT,
    "employers.waivers": Purpose.GROUP_CONTRACT,
    "employers.workforce": Purpose.GROUP_CONTRACT,
    "employers.technical.admin": Purpose.OPERATIONS,
}

DECLARATION: Declaration = {
    "employers.EmployeeLink": LINK,
    "employers.DsnDraft": {
        TECHNICAL: ("id", "reference", "lines", "establishments", "people", "applied"),
        EMPLOYEE_DRAFT: ("company", "account", "content_sealed", "created_at", "saved_at"),
        DELEGATION: ("operation",),
    },
    "employers.EmployeeTermination": EMPLOYEE_TERMINATION,
    "employers.EmployeeTerminationEvent": history_of(EMPLOYEE_TERMINATION),
    "employers.CompanyAccount": {
        TECHNICAL: ("id",),
        CONTRACT: ("company", "since", "mandate_number"),
        COMPANY_IBAN: ("iban_sealed",),
    },
    "employers.ProvidedCase": PROVIDED_CASE,
    "employers.ProvidedCaseEvent": history_of(PROVIDED_CASE),
    "employers.Waiver": WAIVER,
    "employers.WaiverEvent": history_of(WAIVER),
    "employers.WaiverRequest": WAIVER_REQUEST,
    "employers.WaiverRequestEvent": history_of(WAIVER_REQUEST, excluded=("words_sealed",)),
    "employers.WaiverStep": {TECHNICAL: ("id",), WAIVER_PROOF: ("waiver", "company", "what", "words", "by", "at")},
    "employers.Affiliation": AFFILIATION,
    "employers.AffiliationEvent": history_of(AFFILIATION),
    "employers.Operation": {
        TECHNICAL: ("id", "source"),
        DELEGATION: ("company", "by", "label", "opened_at", "undoable_until", "undone_at", "undone_by"),
    },
    "employers.OperationItem": {
        TECHNICAL: ("id", "what"),
        EMPLOYMENT: ("operation", "company", "affiliation", "before", "trace"),
    },
    "employers.WorkforceDraft": {
        TECHNICAL: ("id", "reference"),
        EMPLOYEE_DRAFT: ("company", "account", "answers_sealed", "saved_at"),
    },
    "employers.EmployeeFile": {
        TECHNICAL: ("id", "reference", "state", "size", "ready_count", "wrong_count", "settled_at"),
        EMPLOYEE_DRAFT: ("company", "account", "name_sealed", "content_sealed", "created_at", "saved_at"),
    },
    "employers.ContributionSlip": SLIP,
    "employers.ContributionSlipEvent": history_of(SLIP),
    "employers.ContributionLine": CONTRIBUTION_LINE,
    "employers.ContributionLineEvent": history_of(CONTRIBUTION_LINE),
    "employers.LineDispute": {
        TECHNICAL: ("id",),
        DELEGATION: ("line", "company", "opened_by", "thread_number", "opened_at"),
    },
    # Anonymous by construction: docs/decisions/technical-accounts.md
    "employers.TechnicalAccount": TECHNICAL_ACCOUNT,
    "employers.TechnicalLine": TECHNICAL_ACCOUNT_LINE,
    "employers.Company": COMPANY,
    "employers.CompanyEvent": history_of(COMPANY),
    "employers.GroupContract": GROUP_CONTRACT,
    "employers.GroupContractEvent": history_of(GROUP_CONTRACT),
    "employers.Invitation": {
        TECHNICAL: ("id", "reference"),
        INVITED: ("email_sealed",),
        INVITED_INDEX: ("email_index",),
        INVITATION_LINK: ("token_hash",),
        DELEGATION: (
            "company",
            "role",
            "invited_by",
            "created_at",
            "expires_at",
            "accepted_at",
            "accepted_by",
            "revoked_at",
        ),
    },
    "employers.Mandate": {
        TECHNICAL: ("id",),
        DELEGATION: ("company", "invitation", "services", "starts_on", "ends_on", "ended_at"),
    },
}
