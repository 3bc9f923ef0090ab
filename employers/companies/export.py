"""What a company takes away: itself and its group contracts (« Tout télécharger »)."""

from collections.abc import Iterator

from employers.companies.models import Company, GroupContract
from employers.permissions import ServiceCode, may_see
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, number_cell, sheet, text_cell

COMPANY_HEADINGS = (
    "SIRET",
    "Raison sociale",
    "NAF",
    "Adresse",
    "Code postal",
    "Commune",
    "Adresse e-mail",
    "Téléphone",
)
CONTRACT_HEADINGS = ("N° de contrat", "Formule", "Population", "Début", "Fin", "Part de l’employeur (%)")


def company_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of one company, as far as the grant shows them."""
    companies = Company.objects.filter(pk=grant.tenant_id)
    yield "entreprise.csv", sheet(COMPANY_HEADINGS, (_company_row(company) for company in companies))
    if not may_see(grant, ServiceCode.CONTRACT):
        return
    contracts = (
        GroupContract.objects.filter(company_id=grant.tenant_id).select_related("plan").order_by("start_date", "pk")
    )
    yield "contrats.csv", sheet(CONTRACT_HEADINGS, (_contract_row(contract) for contract in contracts))


def _company_row(company: Company) -> list[str]:
    values = (
        company.siret, company.name, company.naf, company.address_line1, company.postcode, company.city, company.email,
        company.phone,
    )  # fmt: skip
    return [text_cell(value) for value in values]


def _contract_row(contract: GroupContract) -> list[str]:
    share = contract.employer_share
    return [
        text_cell(contract.contract_number),
        text_cell(contract.plan.name),
        text_cell(contract.population),
        date_cell(contract.start_date),
        date_cell(contract.end_date),
        number_cell(share * 100) if share is not None else "",
    ]
