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
    BANKING: ("iban_sealed", "iban_index"),
    CONTACT: ("email",),
}

LISTING = {
    IDENTITY: ("profession", "specialty"),
    CONTACT: ("professional", "networks", "in_network", "latitude", "longitude", "is_approximate", "x", "y"),
}
PLACE = {
    TECHNICAL: ("code", "name", "search_name", "postcodes", "population", "latitude", "longitude", "source"),
}

DECLARATION: Declaration = {
    "providers.Professional": PROFESSIONAL,
    "providers.ProfessionalEvent": history_of(PROFESSIONAL),
    "providers.Listing": LISTING,
    "providers.Place": PLACE,
    "providers.Agreement": AGREEMENT,
    "providers.AgreementEvent": history_of(AGREEMENT, excluded=("iban_sealed",)),
}
