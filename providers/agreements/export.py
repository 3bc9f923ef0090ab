"""What a professional takes away: their practice and their agreements (« Tout télécharger »)."""

from collections.abc import Iterator

from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, sheet, text_cell
from providers.agreements.models import Agreement, Professional
from providers.agreements.queries import agreements_of

PROFESSIONAL_HEADINGS = (
    "RPPS", "FINESS", "N° AM", "Profession", "Spécialité", "Nom", "Prénom", "Cabinet", "Voie", "Code postal", "Commune",
    "Téléphone", "Réseaux",
)  # fmt: skip
AGREEMENT_HEADINGS = ("N° de convention", "Début", "Fin", "Adresse e-mail")


def professional_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of one professional. Bank details are not shown in the space, so they are not here either."""
    professionals = Professional.objects.filter(pk=grant.tenant_id)
    yield "professionnel.csv", sheet(PROFESSIONAL_HEADINGS, (_professional_row(one) for one in professionals))
    agreements = agreements_of(grant.tenant_id)
    yield "conventions.csv", sheet(AGREEMENT_HEADINGS, (_agreement_row(agreement) for agreement in agreements))


def _professional_row(one: Professional) -> list[str]:
    values = (
        one.rpps, one.finess, one.am_number, one.profession, one.specialty, one.family_name, one.given_name,
        one.practice_name, one.street, one.postcode, one.city, one.phone, one.networks,
    )  # fmt: skip
    return [text_cell(value) for value in values]


def _agreement_row(agreement: Agreement) -> list[str]:
    return [
        text_cell(agreement.agreement_number),
        date_cell(agreement.start_date),
        date_cell(agreement.end_date),
        text_cell(agreement.email),
    ]
