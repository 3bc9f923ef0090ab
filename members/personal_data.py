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

IDENTITY = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.CONTRACT, Export.PORTABILITY, Erasure.KEEP_CONTRACT)
CONTACT = Classified(Subject.PERSON, Sensitivity.CONTACT, Purpose.CONTRACT, Export.PORTABILITY, Erasure.ANONYMISE)
CONTRACT = Classified(Subject.PERSON, Sensitivity.CONTRACT, Purpose.CONTRACT, Export.PORTABILITY, Erasure.KEEP_CONTRACT)
SCHEME = Classified(Subject.PERSON, Sensitivity.IDENTITY, Purpose.REIMBURSEMENT, Export.ACCESS, Erasure.KEEP_CONTRACT)
BANKING = Classified(Subject.PERSON, Sensitivity.BANKING, Purpose.REIMBURSEMENT, Export.ACCESS, Erasure.DELETE)
HEALTH = Classified(
    Subject.PERSON, Sensitivity.HEALTH, Purpose.REIMBURSEMENT, Export.PORTABILITY, Erasure.KEEP_CONTRACT
)

PERSON = {
    TECHNICAL: ("id",),
    IDENTITY: (
        "person_ref", "household", "rank", "role", "family_name", "birth_name", "given_names", "search_name",
        "birth_date", "birth_rank", "sex",
    ),
    SCHEME: ("nir_sealed", "nir_index", "scheme_code", "office_code", "alsace_moselle"),
    CONTACT: ("email", "phone", "address_line1", "address_line2", "postcode", "city", "country"),
    BANKING: ("iban_sealed", "iban_index"),
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
    CONTRACT: ("policy_number", "household", "plan", "start_date", "end_date", "end_reason", "group_contract"),
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

AMOUNT_DIFFERENCE = {
    TECHNICAL: ("id", "line_id", "state", "found_at", "decided_at", "decided_by"),
    HEALTH: (
        "benefit_ref", "household", "paid_scheme", "paid_mutual", "expected_scheme", "expected_mutual", "reason",
    ),
}  # fmt: skip
NOEMIE_LINK = {TECHNICAL: ("id",), SCHEME: ("person", "household", "state", "since", "office", "reason")}

CONVENTION_TYPE = {TECHNICAL: ("code", "label", "operator", "position")}
CARD_DOMAIN = {TECHNICAL: ("code", "label", "act_family", "position")}
CARD_CONVENTION = {TECHNICAL: ("id", "plan", "domain", "convention", "other_convention", "level")}
CARD = {
    TECHNICAL: ("id", "reason", "revoked_for"),
    CONTRACT: (
        "number", "household", "policy", "person", "valid_from", "valid_to", "content", "content_sha256", "payload",
        "issued_at", "revoked_at",
    ),
}  # fmt: skip

DECLARATION: Declaration = {
    "members.Card": CARD,
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
    "members.Representation": REPRESENTATION,
    "members.RepresentationEvent": history_of(REPRESENTATION, excluded=("claim_sealed",)),
    "members.Household": {TECHNICAL: ("id",), IDENTITY: ("member_number",)},
    "members.Person": PERSON,
    "members.PersonEvent": history_of(PERSON, excluded=("nir_sealed", "iban_sealed")),
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
    "members.Statement": {
        TECHNICAL: ("id", "state", "verification_code"),
        HEALTH: (
            "number", "recipient", "household", "period", "issued_at", "line_count", "expense", "scheme_amount",
            "mutual_amount", "other_amount", "paid_to_insured", "paid_to_professionals", "content", "file",
        ),
    },
}  # fmt: skip
