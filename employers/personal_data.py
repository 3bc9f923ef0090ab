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

COMPANY = {
    TECHNICAL: ("id", "siret", "naf"),
    CONTRACT: ("name",),
    CONTACT: ("address_line1", "postcode", "city", "email", "phone"),
}
GROUP_CONTRACT = {
    TECHNICAL: ("id", "plan", "population"),
    CONTRACT: ("contract_number", "company", "start_date", "end_date", "employer_share"),
}

DECLARATION: Declaration = {
    "employers.Company": COMPANY,
    "employers.CompanyEvent": history_of(COMPANY),
    "employers.GroupContract": GROUP_CONTRACT,
    "employers.GroupContractEvent": history_of(GROUP_CONTRACT),
}
