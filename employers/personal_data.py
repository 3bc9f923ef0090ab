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

DECLARATION: Declaration = {
    "employers.ContributionSlip": SLIP,
    "employers.ContributionSlipEvent": history_of(SLIP),
    "employers.ContributionLine": CONTRIBUTION_LINE,
    "employers.ContributionLineEvent": history_of(CONTRIBUTION_LINE),
    "employers.LineDispute": {
        TECHNICAL: ("id",),
        DELEGATION: ("line", "company", "opened_by", "thread_number", "opened_at"),
    },
    "employers.Company": COMPANY,
    "employers.CompanyEvent": history_of(COMPANY),
    "employers.GroupContract": GROUP_CONTRACT,
    "employers.GroupContractEvent": history_of(GROUP_CONTRACT),
    "employers.Invitation": {
        TECHNICAL: ("id", "reference"),
        INVITED: ("email_sealed", "email_index"),
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
