"""What the member space holds, field by field."""

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

IDENTITY = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.CONTRACT, Export.PORTABILITY, Erasure.KEEP_CONTRACT)
CONTACT = Classified(Subject.PERSON, Sensitivity.CONTACT, Purpose.CONTRACT, Export.PORTABILITY, Erasure.ANONYMISE)
CONTRACT = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.CONTRACT, Export.PORTABILITY, Erasure.KEEP_CONTRACT)
SCHEME = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.REIMBURSEMENT, Export.ACCESS, Erasure.KEEP_CONTRACT)
BANKING = Classified(Subject.PERSON, Sensitivity.BANKING, Purpose.REIMBURSEMENT, Export.ACCESS, Erasure.DELETE)
HEALTH = Classified(
    Subject.PERSON, Sensitivity.HEALTH, Purpose.REIMBURSEMENT, Export.PORTABILITY, Erasure.KEEP_CONTRACT
)
# Keyed fingerprints, which serve to find equal values and say nothing to anybody.
SCHEME_INDEX = Classified(
    Subject.PERSON, Sensitivity.IDENTITY, Purpose.REIMBURSEMENT, Export.NONE, Erasure.KEEP_CONTRACT
)
BANKING_INDEX = Classified(Subject.PERSON, Sensitivity.BANKING, Purpose.REIMBURSEMENT, Export.NONE, Erasure.DELETE)

REPLACED = Classified(Subject.PERSON, Sensitivity.CONTACT, Purpose.CONTRACT, Export.NONE, Erasure.DELETE)
CONTACT_HISTORY = Classified(Subject.PERSON, Sensitivity.CONTACT, Purpose.PROOF, Export.ACCESS, Erasure.ANONYMISE)
TERMINATION_KEPT = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_CONTRACT)

PERSON = {
    TECHNICAL: ("id",),
    IDENTITY: (
        "person_ref", "household", "rank", "role", "family_name", "birth_name", "given_names", "search_name",
        "birth_date", "birth_rank", "sex",
    ),
    SCHEME_INDEX: ("nir_index",),
    BANKING_INDEX: ("iban_index",),
    SCHEME: ("nir_sealed", "scheme_code", "office_code", "alsace_moselle"),
    CONTACT: ("email", "phone", "address_line1", "address_line2", "postcode", "city", "country"),
    REPLACED: ("address_replaced", "phone_replaced", "iban_replaced"),
    BANKING: ("iban_sealed",),
}  # fmt: skip
PLAN = {TECHNICAL: ("id", "plan_code", "name", "kind", "responsible", "valid_from", "valid_to")}
GUARANTEE = {
    TECHNICAL: (
        "id", "plan", "act_family", "valid_from", "valid_to", "basis", "rate", "amount", "annual_cap", "cap_unit",
        "wording",
    ),
}  # fmt: skip
POLICY = {
    TECHNICAL: ("id",),
    CONTRACT: (
        "policy_number",
        "household",
        "plan",
        "start_date",
        "end_date",
        "end_reason",
        "group_contract",
        "ended_here_on",
    ),
}
COVER = {TECHNICAL: ("id",), CONTRACT: ("policy", "person", "household", "start_date", "end_date")}
BENEFIT_LINE = {
    TECHNICAL: ("id",),
    HEALTH: (
        "benefit_ref", "policy", "person", "household", "care_date", "act_code", "act_label", "quantity",
        "professional_name", "expense", "base", "scheme_rate", "scheme_amount", "deduction", "mutual_amount",
        "other_amount", "paid_to", "payment_ref", "payment_date", "source",
    ),
}  # fmt: skip

REPRESENTATION_KEPT = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
CLAIM = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.PORTAL, Export.NONE, Erasure.DELETE)
REPRESENTATION = {
    TECHNICAL: ("id", "reference"),
    CLAIM: ("claim_sealed",),
    REPRESENTATION_KEPT: (
        "account", "person", "household", "quality", "scope", "start_date", "end_date", "prolonged_at", "is_automatic",
        "state", "created_at", "asked_at", "decided_at", "decided_by", "answer", "ended_at", "ended_by", "ending",
        "contested_at", "contest",
    ),
}  # fmt: skip

CARE_CHOICE = {
    TECHNICAL: ("id",),
    REPRESENTATION_KEPT: ("person", "household", "parent", "shows", "chosen_at", "chosen_by", "replaced_at"),
}
PARENTAL_AUTHORITY = {
    TECHNICAL: ("id",),
    REPRESENTATION_KEPT: (
        "child", "household", "exercised_by", "parent", "judgment_reference", "judgment_date", "start_date",
        "recorded_at", "recorded_by",
    ),
}  # fmt: skip

AMOUNT_DIFFERENCE = {
    TECHNICAL: ("id", "line_id", "state", "found_at", "decided_at", "decided_by"),
    HEALTH: (
        "benefit_ref", "household", "paid_scheme", "paid_mutual", "expected_scheme", "expected_mutual", "reason",
    ),
}  # fmt: skip
# Purpose « PEC » (PDP-4.4): what requests and their documents say serves to assess cover, and nothing else.
ASSESSED = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.PRIOR_AGREEMENT, Export.ACCESS, Erasure.DELETE)
ANSWERED = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.PRIOR_AGREEMENT, Export.ACCESS, Erasure.KEEP_CONTRACT)
CARE_REQUEST = {
    TECHNICAL: ("id", "reference", "is_ready", "decided_by"),
    ASSESSED: ("content_sealed",),
    ANSWERED: (
        "kind", "account", "household", "person", "simulation", "answer_sealed", "state", "created_at", "asked_at",
        "expected_on", "decided_at", "valid_until", "documents_until", "forgotten_at",
    ),
}  # fmt: skip
SIMULATED = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.PORTAL, Export.ACCESS, Erasure.DELETE)
SIMULATION = {
    TECHNICAL: ("id", "engine"),
    SIMULATED: (
        "household", "person", "made_by", "kind", "care_date", "valid_until", "content", "expense", "scheme_amount",
        "mutual_amount", "made_at",
    ),
}  # fmt: skip
NOEMIE_LINK = {TECHNICAL: ("id",), SCHEME: ("person", "household", "state", "since", "office", "reason")}

CONVENTION_TYPE = {TECHNICAL: ("code", "label", "operator", "position")}
CARD_DOMAIN = {TECHNICAL: ("code", "label", "act_family", "position")}
CARD_CONVENTION = {TECHNICAL: ("id", "plan", "domain", "convention", "other_convention", "level")}
# Who was shown the card of a person: told to the person, and kept as the journal is.
RIGHTS_LOOK = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)
CARD = {
    TECHNICAL: ("id", "reason", "revoked_for"),
    CONTRACT: (
        "number", "household", "policy", "person", "valid_from", "valid_to", "content", "content_sha256", "payload",
        "issued_at", "revoked_at",
    ),
}  # fmt: skip

CONTRIBUTION_TERM = {
    TECHNICAL: ("id",),
    CONTRACT: (
        "household", "policy", "payer", "valid_from", "valid_to", "amount", "frequency", "mode", "day",
    ),
}  # fmt: skip
INSTALMENT = {TECHNICAL: ("id",), CONTRACT: ("household", "policy", "due_on", "amount", "state", "state_on")}
LEGAL_DOCUMENT = {
    TECHNICAL: (
        "id", "kind", "title", "version", "plan", "group_contract", "valid_from", "valid_to", "file", "published_at",
        "published_by",
    ),
}  # fmt: skip

# The case and the reason may tell of health (a disability): read by those who decide, and kept as the proof of a right.
REQUESTED = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.CONTRACT, Export.ACCESS, Erasure.KEEP_CONTRACT)
TYPED = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.CONTRACT, Export.ACCESS, Erasure.KEEP_PROOF)
BENEFICIARY_RULE = {
    TECHNICAL: (
        "id", "plan", "case", "is_open", "employee_may_ask", "age_limit", "until", "declare_within_days", "late",
        "wording", "documents", "valid_from", "valid_to",
    ),
}  # fmt: skip
BENEFICIARY_REQUEST = {
    TECHNICAL: ("id", "reference"),
    TYPED: ("answers_sealed",),
    REQUESTED: ("case", "reason"),
    REPRESENTATION_KEPT: (
        "number", "kind", "account", "household", "asked_for", "policy", "person", "event_date", "effect_date", "state",
        "created_at", "saved_at", "asked_at", "due_on", "decided_at", "decided_by", "answer",
    ),
}  # fmt: skip
KEPT_CHILD = {TECHNICAL: ("id",), REQUESTED: ("case",), CONTRACT: ("person", "household", "since")}

TERMINATION = {
    TECHNICAL: ("id",),
    TERMINATION_KEPT: (
        "number", "household", "policy", "asked_by", "state", "received_at", "ends_on", "handled_at", "handled_by",
        "answer", "decided_at",
    ),
}  # fmt: skip

PORTABILITY = {
    TECHNICAL: ("id",),
    TERMINATION_KEPT: (
        "number", "household", "person", "policy", "contract_end", "months", "ends_on", "last_day", "state", "opened_at",
        "proof_due_on", "reminded_on", "suspends_on", "cause", "declared_at",
    ),
}  # fmt: skip
UNEMPLOYMENT_PROOF = {
    TECHNICAL: ("id",),
    TERMINATION_KEPT: (
        "portability", "household", "account", "state", "sent_at", "due_on", "decided_at", "decided_by", "proved_until",
        "answer",
    ),
}  # fmt: skip
INDIVIDUAL_OFFER = {
    TECHNICAL: ("id",),
    TERMINATION_KEPT: (
        "number", "household", "person", "policy", "portability", "ground", "rights_end", "sends_on", "due_on", "until",
        "state", "sent_at", "asked_at",
    ),
}  # fmt: skip

# What each form serves (CGU-8.4): by room, by module or by form, the longest name first found.
COLLECTS: Collects = {
    "members.audience": Purpose.COMMUNICATION,
    "members.beneficiaries": Purpose.CONTRACT,
    "members.card": Purpose.CONTRACT,
    "members.certificates": Purpose.CONTRACT,
    "members.contributions": Purpose.CONTRACT,
    "members.coordinates": Purpose.CONTRACT,
    "members.guarantees": Purpose.CONTRACT,
    "members.households": Purpose.CONTRACT,
    "members.library": Purpose.CONTRACT,
    "members.noemie": Purpose.CONTRACT,
    "members.portability": Purpose.CONTRACT,
    "members.termination": Purpose.CONTRACT,
    "members.benefits": Purpose.REIMBURSEMENT,
    "members.benefits.differences.admin": Purpose.OPERATIONS,
    "members.beneficiaries.admin": Purpose.OPERATIONS,
    "members.contributions.admin": Purpose.OPERATIONS,
    "members.library.admin": Purpose.OPERATIONS,
    "members.noemie.admin": Purpose.OPERATIONS,
    "members.portability.admin": Purpose.OPERATIONS,
    "members.quotes": Purpose.PRIOR_AGREEMENT,
    "members.quotes.requests.admin": Purpose.OPERATIONS,
    "members.representation": Purpose.PROOF,
    "members.representation.admin": Purpose.OPERATIONS,
    "members.representation.staff_forms": Purpose.OPERATIONS,
    "members.households.choices.forms.AuthorityForm": Purpose.OPERATIONS,
    "members.statements": Purpose.REIMBURSEMENT,
    "members.termination.admin": Purpose.OPERATIONS,
}

DECLARATION: Declaration = {
    "members.ContactChange": {
        TECHNICAL: ("id", "reference"),
        CONTACT_HISTORY: ("household", "person", "changed_by", "changed_at", "before", "after", "undone_at"),
    },
    "members.Portability": PORTABILITY,
    "members.PortabilityEvent": history_of(PORTABILITY),
    "members.UnemploymentProof": UNEMPLOYMENT_PROOF,
    "members.UnemploymentProofEvent": history_of(UNEMPLOYMENT_PROOF),
    "members.IndividualOffer": INDIVIDUAL_OFFER,
    "members.IndividualOfferEvent": history_of(INDIVIDUAL_OFFER),
    "members.Termination": TERMINATION,
    "members.TerminationEvent": history_of(TERMINATION),
    "members.ContributionTerm": CONTRIBUTION_TERM,
    "members.ContributionTermEvent": history_of(CONTRIBUTION_TERM),
    "members.Instalment": INSTALMENT,
    "members.InstalmentEvent": history_of(INSTALMENT),
    "members.LegalDocument": LEGAL_DOCUMENT,
    "members.LegalDocumentEvent": history_of(LEGAL_DOCUMENT),
    "members.BeneficiaryRule": BENEFICIARY_RULE,
    "members.BeneficiaryRuleEvent": history_of(BENEFICIARY_RULE),
    "members.BeneficiaryRequest": BENEFICIARY_REQUEST,
    "members.BeneficiaryRequestEvent": history_of(BENEFICIARY_REQUEST, excluded=("answers_sealed",)),
    "members.RequestStep": {TECHNICAL: ("id",), REPRESENTATION_KEPT: ("request", "household", "what", "words", "at")},
    "members.KeptChild": KEPT_CHILD,
    "members.KeptChildEvent": history_of(KEPT_CHILD),
    "members.LimitNotice": {
        TECHNICAL: ("id",),
        CONTRACT: ("person", "household", "limit_day", "last_day", "announced_at", "closed_at"),
    },
    "members.Card": CARD,
    "members.RightsLook": {
        TECHNICAL: ("id",),
        RIGHTS_LOOK: (
            "household", "person", "at", "on_day", "reference", "practice_name", "profession", "place",
        ),
    },
    "members.ConventionType": CONVENTION_TYPE,
    "members.ConventionTypeEvent": history_of(CONVENTION_TYPE),
    "members.CardDomain": CARD_DOMAIN,
    "members.CardDomainEvent": history_of(CARD_DOMAIN),
    "members.CardConvention": CARD_CONVENTION,
    "members.CardConventionEvent": history_of(CARD_CONVENTION),
    "members.AmountDifference": AMOUNT_DIFFERENCE,
    "members.AmountDifferenceEvent": history_of(AMOUNT_DIFFERENCE),
    "members.RecomputingMark": {TECHNICAL: ("id", "last_line", "last_change")},
    "members.LawParameter": {TECHNICAL: ("id", "code", "label", "value", "valid_from", "valid_to", "source")},
    "members.NoemieLink": NOEMIE_LINK,
    "members.NoemieLinkEvent": history_of(NOEMIE_LINK),
    "members.CareRequest": CARE_REQUEST,
    "members.CareRequestEvent": history_of(CARE_REQUEST, excluded=("content_sealed", "answer_sealed")),
    "members.Simulation": SIMULATION,
    "members.Representation": REPRESENTATION,
    "members.RepresentationEvent": history_of(REPRESENTATION, excluded=("claim_sealed",)),
    "members.CareChoice": CARE_CHOICE,
    "members.ParentalAuthority": PARENTAL_AUTHORITY,
    "members.Household": {TECHNICAL: ("id",), IDENTITY: ("member_number",)},
    "members.Person": PERSON,
    "members.PersonEvent": history_of(
        PERSON, excluded=("nir_sealed", "iban_sealed", "iban_replaced", "address_replaced", "phone_replaced")
    ),
    "members.Plan": PLAN,
    "members.PlanEvent": history_of(PLAN),
    "members.Guarantee": GUARANTEE,
    "members.GuaranteeEvent": history_of(GUARANTEE),
    "members.Policy": POLICY,
    "members.PolicyEvent": history_of(POLICY),
    "members.Cover": COVER,
    "members.CoverEvent": history_of(COVER),
    "members.ActFamily": {TECHNICAL: ("code", "label", "need", "position")},
    "members.ActCode": {TECHNICAL: ("code", "label", "family", "scheme_rate", "zero_out_of_pocket", "card_domain")},
    "members.ActTariff": {TECHNICAL: ("id", "act_code", "kind", "amount", "valid_from", "valid_to", "source")},
    "members.BenefitLine": BENEFIT_LINE,
    "members.BenefitLineEvent": history_of(BENEFIT_LINE),
    "members.StatementDelivery": {TECHNICAL: ("id",), CONTRACT: ("person", "household", "online", "since")},
    "members.StatementIssue": {TECHNICAL: ("id", "period", "issued_at", "lines_until", "changes_until")},
    "members.Statement": {
        TECHNICAL: ("id", "state", "verification_code"),
        HEALTH: (
            "number", "recipient", "household", "period", "issued_at", "line_count", "expense", "scheme_amount",
            "mutual_amount", "other_amount", "paid_to_insured", "paid_to_professionals", "content", "file",
        ),
    },
}  # fmt: skip
