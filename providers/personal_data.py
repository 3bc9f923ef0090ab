"""What the professional space holds, field by field."""

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

IDENTITY = Classified(
    Subject.PROFESSIONAL, Sensitivity.IDENTITY, Purpose.PROVIDER_PAYMENT, Export.PORTABILITY, Erasure.KEEP_CONTRACT
)
CONTACT = Classified(
    Subject.PROFESSIONAL, Sensitivity.CONTACT, Purpose.PROVIDER_PAYMENT, Export.PORTABILITY, Erasure.ANONYMISE
)
CONTRACT = Classified(
    Subject.PROFESSIONAL, Sensitivity.CONTRACT, Purpose.PROVIDER_PAYMENT, Export.PORTABILITY, Erasure.KEEP_CONTRACT
)
BANKING = Classified(Subject.PROFESSIONAL, Sensitivity.BANKING, Purpose.PROVIDER_PAYMENT, Export.ACCESS, Erasure.DELETE)
# Keyed fingerprints, which serve to find equal values and say nothing to anybody.
BANKING_INDEX = Classified(
    Subject.PROFESSIONAL, Sensitivity.BANKING, Purpose.PROVIDER_PAYMENT, Export.NONE, Erasure.DELETE
)
INVITED_INDEX = Classified(
    Subject.PROFESSIONAL, Sensitivity.CONTACT, Purpose.PROVIDER_PAYMENT, Export.NONE, Erasure.DELETE
)

PROFESSIONAL = {
    TECHNICAL: ("id",),
    IDENTITY: (
        "professional_ref", "rpps", "finess", "am_number", "profession", "specialty", "family_name", "given_name",
        "practice_name",
    ),
    CONTACT: ("street", "postcode", "city_code", "city", "phone", "latitude", "longitude", "networks"),
}  # fmt: skip
AGREEMENT = {
    TECHNICAL: ("id",),
    CONTRACT: ("agreement_number", "professional", "start_date", "end_date"),
    BANKING: ("iban_sealed",),
    BANKING_INDEX: ("iban_index", "iban_replaced"),
    CONTACT: ("email",),
}

LISTING = {
    IDENTITY: ("profession", "specialty"),
    CONTACT: ("professional", "networks", "in_network", "latitude", "longitude", "is_approximate", "x", "y"),
}
PLACE = {
    TECHNICAL: ("code", "name", "search_name", "postcodes", "population", "latitude", "longitude", "source"),
}
# What was billed for whom: a member number, a rank, acts and amounts, never a name.
BILLING = Classified(Subject.PERSON, Sensitivity.HEALTH, Purpose.PROVIDER_PAYMENT, Export.ACCESS, Erasure.KEEP_CONTRACT)
PAYMENT = Classified(
    Subject.PROFESSIONAL, Sensitivity.CONTRACT, Purpose.PROVIDER_PAYMENT, Export.PORTABILITY, Erasure.KEEP_CONTRACT
)
INVOICE = {
    TECHNICAL: ("id", "standing"),
    BILLING: (
        "invoice_number", "professional", "batch", "care_date", "member_number", "rank", "total", "scheme_part",
        "mutual_part", "mode", "received_on", "status", "reject_code", "transfer_ref", "paid_on", "resubmitted_as",
    ),
}  # fmt: skip
INVOICE_LINE = {
    TECHNICAL: ("id",),
    BILLING: (
        "invoice", "professional", "care_date", "line", "act_code", "quantity", "expense", "base", "scheme_rate",
        "scheme_amount", "mutual_amount",
    ),
}  # fmt: skip
INVOICE_TOTAL = {
    TECHNICAL: ("id",),
    PAYMENT: (
        "professional", "axis", "grain", "period", "standing", "mode", "count", "total", "scheme_part", "mutual_part",
        "days",
    ),
}  # fmt: skip
TRANSFER = {TECHNICAL: ("id",), PAYMENT: ("transfer_ref", "professional", "paid_on", "amount")}
TRANSFER_TOTAL = {TECHNICAL: ("id",), PAYMENT: ("professional", "transfer_ref", "count", "unpaid", "mutual_part")}
# What a practice asked, without saying of whom: keyed fingerprints that only tell equal questions from others.
LOOKUP = Classified(Subject.PROFESSIONAL, Sensitivity.CONTRACT, Purpose.SECURITY, Export.ACCESS, Erasure.KEEP_PROOF)
RIGHTS_LOOKUP = {
    TECHNICAL: ("id", "number_key", "date_key"),
    LOOKUP: ("professional", "account_id", "at", "reference", "on_day", "found"),
}
REJECT_REASON = {TECHNICAL: ("code", "label", "explanation", "next_step", "advice", "amount_changes")}
OPENING_DAY = {TECHNICAL: ("day", "rank")}

# Who works at a practice, and who complained of what.
INVITED = Classified(Subject.PROFESSIONAL, Sensitivity.CONTACT, Purpose.PROVIDER_PAYMENT, Export.ACCESS, Erasure.DELETE)
INVITATION_LINK = Classified(Subject.PROFESSIONAL, Sensitivity.SECRET, Purpose.SECURITY, Export.NONE, Erasure.DELETE)
PROOF = Classified(Subject.PROFESSIONAL, Sensitivity.CONTRACT, Purpose.PROOF, Export.ACCESS, Erasure.KEEP_PROOF)
DELEGATION = {
    TECHNICAL: ("id", "reference"),
    INVITED: ("email_sealed",),
    INVITED_INDEX: ("email_index",),
    INVITATION_LINK: ("token_hash",),
    PROOF: (
        "professional", "role", "invited_by", "created_at", "expires_at", "accepted_at", "accepted_by", "revoked_at",
    ),
}  # fmt: skip
PAYMENT_COMPLAINT = {
    TECHNICAL: ("id",),
    PROOF: ("professional", "invoice_number", "opened_by", "thread_number", "opened_at"),
}
AGREEMENT_TEXT = {
    TECHNICAL: (
        "id", "kind", "title", "version", "profession", "valid_from", "valid_to", "file", "published_at",
        "published_by",
    ),
}  # fmt: skip

# What each form serves (CGU-8.4): by room, by module or by form, the longest name first found.
COLLECTS: Collects = {
    "providers.agreements": Purpose.PROVIDER_PAYMENT,
    "providers.banking": Purpose.PROVIDER_PAYMENT,
    "providers.contact": Purpose.PROVIDER_PAYMENT,
    "providers.invoices": Purpose.PROVIDER_PAYMENT,
    "providers.library": Purpose.PROVIDER_PAYMENT,
    "providers.users": Purpose.PROVIDER_PAYMENT,
    "providers.directory": Purpose.PORTAL,
    "providers.library.admin": Purpose.OPERATIONS,
    "providers.rights": Purpose.RIGHTS_LOOKUP,
}

DECLARATION: Declaration = {
    "providers.Professional": PROFESSIONAL,
    "providers.ProfessionalEvent": history_of(PROFESSIONAL),
    "providers.Listing": LISTING,
    "providers.Place": PLACE,
    "providers.Agreement": AGREEMENT,
    "providers.AgreementEvent": history_of(AGREEMENT, excluded=("iban_sealed", "iban_replaced")),
    "providers.AgreementText": AGREEMENT_TEXT,
    "providers.AgreementTextEvent": history_of(AGREEMENT_TEXT),
    "providers.Delegation": DELEGATION,
    "providers.PaymentComplaint": PAYMENT_COMPLAINT,
    "providers.Invoice": INVOICE,
    "providers.InvoiceEvent": history_of(INVOICE, excluded=("standing",)),
    "providers.InvoiceLine": INVOICE_LINE,
    "providers.InvoiceLineEvent": history_of(INVOICE_LINE),
    "providers.InvoiceTotal": INVOICE_TOTAL,
    "providers.OpeningDay": OPENING_DAY,
    "providers.RejectReason": REJECT_REASON,
    "providers.RightsLookup": RIGHTS_LOOKUP,
    "providers.Transfer": TRANSFER,
    "providers.TransferEvent": history_of(TRANSFER),
    "providers.TransferTotal": TRANSFER_TOTAL,
}
